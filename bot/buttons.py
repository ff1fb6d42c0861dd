"""What a button says when it is tapped, in at most 64 bytes.

Rules of the room:
- A button id is `verb:noun…`; it names a thing and never grants a right. Who may tap it is
  decided when it is tapped.
"""

from __future__ import annotations

LONGEST = 64
"""Bytes: what the narrowest platform carries."""


def may_be(button: str) -> bool:
    """False for what no button of ours ever said: it goes no further than this."""
    return len(button) <= LONGEST and button.isascii() and button.isprintable()


def own(ask: str, answer: str) -> str:
    """My own answer to a check-in."""
    return f"ask:{ask}:{answer}"


def behalf(ask: str, answer: str) -> str:
    """An answer for somebody else; `tried` for "no answer"."""
    return f"for:{ask}:{answer}"


def worklist(roll_call: str, lead: int, offset: int) -> str:
    """The next people of a worklist."""
    return f"wl:{roll_call}:{lead}:{offset}"


def roll_call(roll_call: str, act: str) -> str:
    """`allclear`, `calloff`, `tally`."""
    return f"rc:{roll_call}:{act}"


def room(roll_call: str, answer: str) -> str:
    """My own answer, on a post that everybody in a room sees."""
    return f"room:{roll_call}:{answer}"


def account(act: str) -> str:
    """`unlink` or `keep` the chat account this is tapped on."""
    return f"account:{act}"


def call(ask: str, result: str, contact: int = 0) -> str:
    """What a telephone call gave; `correct` to say something else about it. A wrong number is
    that of a `contact`."""
    return f"call:{ask}:{result}:{contact}" if contact else f"call:{ask}:{result}"


def hand(handout: str) -> str:
    """The people in one's hand to call, once more."""
    return f"hand:{handout}"


def take(about: str) -> str:
    """Take a page about `incident:…` or `help:…`."""
    return f"take:{about}"


def incident(incident: str, act: str) -> str:
    """`note`, `rollcall`, `close`, `dismiss`, `show`."""
    return f"inc:{incident}:{act}"


def everything(about: str, part: int = 0) -> str:
    """Read all that was written about `incident:…` or `help:…`, from this part on."""
    return f"all:{about}:{part}"


def option(draft: str, question: str, tag: str) -> str:
    """Choose an option of a form's question."""
    return f"form:{draft}:{question}:{tag}"


def form(draft: str, act: str, question: str = "") -> str:
    """`!back`, `!cancel`, `!resume`; with a question `!skip`, `!change`."""
    return f"form:{draft}:{question}:{act}" if question else f"form:{draft}:{act}"


def do(act: str, what: str = "") -> str:
    """The menu: `report`, `rollcall`, `help`, `status`, `board`."""
    return f"do:{act}:{what}" if what else f"do:{act}"
