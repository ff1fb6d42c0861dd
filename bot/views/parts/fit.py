"""Pieces of a card, cut so that every channel can carry them.

Rules of the room:
- A card's title is one line of at most 150 characters, words people wrote at most 1,000,
  a button at most 64 characters and its id 64 bytes, a card at most 40 buttons.
- What is cut ends in an ellipsis, never inside a letter with its marks, and closes every
  isolate it opened.

>>> line("fire\\nin  building B", 12)
'fire in bui…'
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.buttons import LONGEST as LONGEST_ID
from bot.cards import Ask, Button, Card, Section, Style, Text, Tone
from bot.forms import clean
from bot.views import Reader

TITLE = 150
SAID = 1000
LABEL = 64
NAME = 60
BUTTONS = 40

_OPENING = "\u2066\u2067\u2068"
_CLOSING = "\u2069"
_JOINER = "\u200d"


def cut(text: str, longest: int) -> str:
    """`text` itself, or as much of it as leaves room for an ellipsis."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 0:
        while end > 0 and _clings(text, end):
            end -= 1
        kept = text[:end].rstrip()
        unclosed = sum(map(kept.count, _OPENING)) - kept.count(_CLOSING)
        # What it takes to close the isolates must fit as well.
        if len(kept) + 1 + max(0, unclosed) <= longest:
            return kept + "…" + _CLOSING * max(0, unclosed)
        end -= 1
    return "…"


def pieces(text: str, longest: int = SAID) -> list[str]:
    """What somebody wrote, whole, in pieces; a piece ends between words where it can.

    >>> pieces("the roof is on fire", 12)
    ['the roof is', 'on fire']
    """
    rest = (text if text.isprintable() else clean(text)).strip()
    found = []
    while len(rest) > longest:
        end = max(rest.rfind(" ", 1, longest + 1), rest.rfind("\n", 1, longest + 1))
        if end < longest // 2:
            end = longest
            while end > 1 and _clings(rest, end):
                end -= 1
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest else found


def _clings(text: str, at: int) -> bool:
    """True if the character at `at` belongs to the one before it."""
    letter = text[at]
    return (
        letter == _JOINER
        or text[at - 1] == _JOINER
        or "\U0001f3fb" <= letter <= "\U0001f3ff"  # a skin tone
        or unicodedata.category(letter).startswith("M")
    )


def line(text: str, longest: int = NAME) -> str:
    """People's words as one line: names, sites, teams, places."""
    if not text.isprintable():
        text = clean(text)
    return cut(" ".join(text.split()), longest)


def organisation(reader: Reader) -> str:
    """Who uses this; configuration allows 80 characters."""
    return line(reader.rules.organisation, 80)


def channel(reader: Reader, name: str) -> str:
    """A channel's name in words."""
    key = f"channel-{name}"
    return reader.words.say(key) if reader.words.has(key) else name


def said(text: str, longest: int = SAID, *, quiet: bool = False) -> Text:
    """A paragraph somebody wrote."""
    if not text.isprintable():
        text = clean(text)
    return Text(cut(text, longest), quiet=quiet, said=True)


def button(id: str, label: str, style: Style = Style.PLAIN, *, chosen: bool = False) -> Button:  # noqa: A002
    """A button whose label fits. An id that does not fit is a fault of the program."""
    if len(id.encode()) > LONGEST_ID:
        raise ValueError(f"button id longer than {LONGEST_ID} bytes: {id}")
    return Button(id, cut(label, LABEL), style, chosen)


def card(
    reader: Reader,
    title: str,
    body: Sequence[Section | None] = (),
    buttons: Sequence[Button] = (),
    *,
    tone: Tone = Tone.CALM,
    open: bool = False,  # noqa: A002
    ask: Ask | None = None,
    drill: bool = False,
) -> Card:
    """A card in the reader's language; a drill looks like one whatever else it is.

    `open` only where the card asks its reader for something.
    """
    words = reader.words
    drawn = Card(
        title=cut(title, TITLE),
        body=tuple(section for section in body if section is not None),
        buttons=tuple(buttons),
        tone=Tone.DRILL if drill else tone,
        language=words.language,
        open=open,
        ask=ask,
        badge=words.say("badge-drill") if drill else "",
    )
    if len(drawn.every_button()) > BUTTONS:
        raise ValueError(f"more than {BUTTONS} buttons on one card")
    return drawn
