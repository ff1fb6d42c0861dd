"""How cards and lines look in a terminal.

Rules of the room:
- Nothing a person wrote reaches the terminal with a control character in it: an escape sequence
  in a name could rewrite the screen or type for the reader.
"""

from __future__ import annotations

import io
import re
import unicodedata

from rich.console import Console
from rich.text import Text

from bot.cards import Card, Tone, as_text

_TONES = {Tone.CALM: "bold", Tone.URGENT: "bold red", Tone.GOOD: "bold green"}
_NUMBER = re.compile(r"\[\d+\]")
_TURNING = frozenset(
    map(chr, (0x200E, 0x200F, 0x061C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
"""Marks that turn a line around: a terminal has its own way with right-to-left."""


class Ink:
    """Draws for a terminal `width` cells wide, or for a file."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._width = width
        self._colour = colour

    def card(self, card: Card) -> str:
        head, *lines = plain(as_text(card)).split("\n")
        style = "bold magenta" if card.badge else _TONES.get(card.tone, "bold")
        text = Text(head, style=style)
        for line in lines:
            body = Text("\n" + line)
            body.highlight_regex(_NUMBER, "bold cyan")
            text.append_text(body)
        if card.open and card.ask is not None:
            text.append_text(Text("\n" + plain(card.ask.hint), style="dim"))
        return "\n" + self._drawn(text)

    def reply(self, text: str) -> str:
        return self._drawn(Text(plain(text), style="green"))

    def problem(self, text: str) -> str:
        return self._drawn(Text(plain(text), style="yellow"))

    def quiet(self, text: str) -> str:
        return self._drawn(Text(plain(text), style="dim"))

    def _drawn(self, text: Text) -> str:
        out = io.StringIO()
        Console(
            file=out,
            width=self._width,
            force_terminal=self._colour,
            color_system="standard" if self._colour else None,
            highlight=False,
            legacy_windows=False,
        ).print(text, soft_wrap=False)
        return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))


def says(card: Card, text: str) -> bool:
    """True if this card is a line in reply and no more; a long one stands below a title."""
    if card.every_button():
        return False
    return as_text(card) == text or [getattr(part, "text", "") for part in card.body] == [text]


def plain(text: str) -> str:
    """Words without anything a terminal would obey; line breaks stay.

    >>> plain("a\\x1b[2Jb\\u202ec\\td")
    'a[2Jbc d'
    """
    kept = []
    for letter in text.replace("\u2028", "\n").replace("\u2029", "\n"):
        if letter == "\n":
            kept.append(letter)
        elif letter == "\t":
            kept.append(" ")
        elif unicodedata.category(letter) not in ("Cc", "Cs") and letter not in _TURNING:
            kept.append(letter)
    return "".join(kept)
