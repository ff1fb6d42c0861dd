"""What a mail server's refusal means for the courier.

Rules of the room:
- 4xx is temporary, unless it says "too fast". 5xx at the recipient, where it speaks of the address
  itself, is for good; any other 5xx says that this mail is not taken, not that the address is bad.
- What concerns our login, our sender or the right to send through it closes the channel: else
  every address would be struck off for a fault of ours. Said at a recipient it may be about that
  mailbox, which takes mail from its own house alone: several in a row must be refused like that.
- `why` is the code alone: what a server writes behind it quotes addresses.

Codes: RFC 5321 section 4.2, RFC 3463 (the three numbers: 5.1.1 is "no such mailbox").
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.channels import Closed, Declined, Gone, Paced, Temporary

PAUSE = 30.0
"""Seconds of silence after "too fast", where a server does not say how long."""

ENHANCED = re.compile(r"^\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
TOO_FAST = re.compile(
    r"too (many|fast|much)|rate.?limit|throttl|slow down|exceed.*(rate|limit)",
    re.IGNORECASE,
)
NO_SUCH = frozenset({(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 0), (2, 1)})
"""Of the address itself: unknown, moved away, switched off."""
NO_SUCH_CODES = frozenset({550, 551, 553})
"""The same, where a server says no more than this."""
OURS = re.compile(
    r"relay|authenticat|log ?in|not (permitted|allowed|authori[sz]ed) to send", re.IGNORECASE
)
LOGIN = frozenset({530, 534, 535, 538})
BAD_SENDER = frozenset({550, 553})
"""At the sender, what is about the sender; the rest is about this mail: 552 is its size."""
IN_A_ROW = 5
"""Recipients refused for our sake, none having been taken in between: then it is us."""


class Stage(StrEnum):
    """How far a mail had come."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


Failure = Temporary | Paced | Gone | Declined | Closed


def failure(stage: Stage, code: int, said: str, *, alone: bool = False) -> Failure:
    """What to tell the courier. `alone`: no other recipient was refused like this one, so that it
    is no reason to close the channel."""
    found = _failure(stage, code, said)
    if alone and stage is Stage.RECIPIENT and isinstance(found, Closed):
        return Declined(f"smtp-{code}")
    return found


def _failure(stage: Stage, code: int, said: str) -> Failure:
    found = ENHANCED.match(said)
    detail = (int(found[2]), int(found[3])) if found else None
    why = f"smtp-{code}" + (f"-{found[1]}.{found[2]}.{found[3]}" if found else "")
    if 400 <= code < 500:
        if code == 421 or TOO_FAST.search(said):
            return Paced(PAUSE)
        return Temporary(why)
    if code in LOGIN:
        return Closed("login-refused")
    if stage is Stage.SENDER and code in BAD_SENDER:
        return Closed("sender-refused")
    if stage is not Stage.RECIPIENT:
        return Declined(why)
    if detail is None:
        if OURS.search(said):
            return Closed("relay-refused")
        return Gone(why) if code in NO_SUCH_CODES else Declined(why)
    if detail in NO_SUCH:
        return Gone(why)
    if detail == (7, 1) and OURS.search(said):
        return Closed("relay-refused")
    return Declined(why)
