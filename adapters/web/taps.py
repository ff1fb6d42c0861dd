"""One-tap links: one card for one person, in as few letters as an SMS can spare.

A token is, in base64url: which view; the week it was made in; whose it is (unless the card is that
of one's own ask, which tells); the subject; eight bytes of a MAC. For a check-in these are 24
letters.

Rules of the room:
- Nothing is kept: the token says what it opens, and the MAC binds purpose, person, link revision,
  week, view and subject together. Raising `Person.link_rev` revokes every link of that person.
- The MAC is checked once the person is known, for only they know their revision. Until then a
  claim is worth nothing, and whoever makes one up learns nothing.
- Of the week only its last eight bits travel; the MAC holds all of it. So a link runs out and
  never comes back, and a clock set back a little expires nothing.
- A link opens one card, and only what its page has offered can be tapped there (`sealed`): whoever
  gets hold of a link to a question can neither start nor end anything.
- The first key signs, all verify.

Eight bytes: whoever guesses needs 2**63 tries on average, each one a request to this server.

>>> from datetime import timedelta
>>> from bot.ports import SteadyClock
>>> taps = Taps(["a-long-secret"], lifetime=timedelta(days=60), clock=SteadyClock())
>>> claim = taps.claim(taps.make(7, 2, "checkin", "ask:abcdefghjkmn"))
>>> claim.view, claim.subject, claim.person, taps.verdict(claim, 7, 2)
('checkin', 'ask:abcdefghjkmn', None, 'good')
>>> taps.verdict(claim, 8, 2)
'bad'
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.ports import ALPHABET, ASK_ID, Clock

VIEWS = (
    *("checkin", "worklist", "incident", "help", "tally", "form", "status", "menu", "everything"),
    *("explain", "duty", "allclear", "cancelled", "unlink", "handout", "onecall"),
    *("sure", "lookedafter", "alarm"),
)
"""The cards that have links: those drawn from their subject alone. By their place in this row; new
ones are added behind, none is ever moved."""

OWN = frozenset({"checkin", "lookedafter"})
"""Views of one's own ask: only whoever is asked ever gets them."""
MAC = 8
SEAL = "~"
"""Between a button's id and what proves that the page offered it."""
WEEK = 7 * 86_400
AHEAD = 4
"""Weeks a link may come from the future: some clock was set back."""
LONGEST = 200
SHAPE = re.compile(rf"[A-Za-z0-9_-]{{16,{LONGEST}}}")
ASK = re.compile(rf"ask:([{ALPHABET}]{{{ASK_ID}}})")
PLAIN = re.compile(r"[a-z0-9:._-]{1,100}", re.IGNORECASE)

Verdict = Literal["good", "bad", "expired"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says of itself; nothing of it is proven yet."""

    view: str
    subject: str
    person: int | None
    """`None`: whoever the ask named by `subject` asks."""
    week: int
    late: bool
    """Made too long ago, if it was made here at all."""
    mac: bytes


class Taps:
    """Makes and reads the tokens in `/a/{token}`."""

    def __init__(self, keys: Sequence[str], lifetime: timedelta, clock: Clock) -> None:
        if not keys or not all(keys):
            raise ValueError("a link needs at least one key to be signed with, and none empty")
        self._keys = [hmac.digest(key.encode(), b"renraku.web.tap", "sha256") for key in keys]
        # What is left of the week it was made in counts in the link's favour.
        self._weeks = min(-(-int(lifetime.total_seconds()) // WEEK), 255 - AHEAD)
        self._clock = clock

    def sealed(self, token: str, button: str) -> str:
        """A button as the page of this link offers it: nothing else can be tapped there."""
        return f"{button}{SEAL}{_seal(self._keys[0], token, button)}"

    def unsealed(self, token: str, sealed: str) -> str:
        """The button behind `sealed`; empty where the page of this link never offered it."""
        button, _, seal = sealed.rpartition(SEAL)
        made = [_seal(key, token, button) for key in self._keys]
        good = any(
            hmac.compare_digest(each.encode(), seal.encode("utf-8", "replace")) for each in made
        )
        return button if good else ""

    @property
    def _week(self) -> int:
        return int(self._clock.now().timestamp()) // WEEK

    def make(self, person: int, rev: int, view: str, subject: str) -> str:
        """A new token, good for the lifetime from now; `view` is one of `VIEWS`."""
        week = self._week
        # A card about somebody else's ask says whose link it is.
        packed = _ask(subject) if view in OWN else None
        head = bytes([VIEWS.index(view), week & 0xFF])
        if packed is None:
            head += b"\0" + _varint(person) + subject.encode("ascii")
        else:
            head += packed
        mac = _mac(self._keys[0], person, rev, week, view, subject)
        return base64.urlsafe_b64encode(head + mac).rstrip(b"=").decode("ascii")

    def claim(self, token: str) -> Claim | None:
        """What a token says, or `None` where it says nothing. Never raises."""
        if not SHAPE.fullmatch(token):
            return None
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            if base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii") != token:
                return None  # bits that mean nothing were changed
            return self._claim(raw[:-MAC], raw[-MAC:])
        except (ValueError, IndexError, binascii.Error):
            return None

    def _claim(self, head: bytes, mac: bytes) -> Claim | None:
        view, rest = VIEWS[head[0]], head[1:]
        age = (self._week - rest[0]) & 0xFF
        if age > 255 - AHEAD:
            age -= 256
        if rest[1] & 0xF0:
            subject, person = _asked(rest[1:]), None
        else:
            person, named = _counted(rest[2:])
            subject = named.decode("ascii")
            if rest[1] or not PLAIN.fullmatch(subject):
                return None
        return Claim(view, subject, person, self._week - age, age > self._weeks, mac)

    def verdict(self, claim: Claim, person: int, rev: int) -> Verdict:
        """Whether it is the person's, made here, and still good."""
        right = False
        for key in self._keys:
            made = _mac(key, person, rev, claim.week, claim.view, claim.subject)
            right |= hmac.compare_digest(made, claim.mac)
        if not right:
            return "bad"
        return "expired" if claim.late else "good"


def _seal(key: bytes, token: str, button: str) -> str:
    said = f"button\0{token}\0{button}".encode("utf-8", "replace")
    return base64.urlsafe_b64encode(hmac.digest(key, said, "sha256")[:9]).decode("ascii")


def _mac(key: bytes, person: int, rev: int, week: int, view: str, subject: str) -> bytes:
    said = f"{person}\0{rev}\0{week}\0{view}\0{subject}".encode()
    return hmac.digest(key, said, "sha256")[:MAC]


def _ask(subject: str) -> bytes | None:
    """An ask's twelve letters carry five bits each: eight bytes, the first four bits a mark."""
    found = ASK.fullmatch(subject)
    if found is None:
        return None
    number = 0xF
    for letter in found[1]:
        number = number << 5 | ALPHABET.index(letter)
    return number.to_bytes(8, "big")


def _asked(packed: bytes) -> str:
    number = int.from_bytes(packed, "big")
    if len(packed) != 8 or number >> 60 != 0xF:
        raise ValueError("no ask")
    letters = [ALPHABET[number >> 5 * place & 31] for place in reversed(range(12))]
    return "ask:" + "".join(letters)


def _varint(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def _counted(raw: bytes) -> tuple[int, bytes]:
    number = 0
    for place in range(9):
        number |= (raw[place] & 0x7F) << 7 * place
        if not raw[place] & 0x80:
            return number, raw[place + 1 :]
    raise ValueError("no number")
