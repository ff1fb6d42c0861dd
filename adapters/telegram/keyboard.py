"""Buttons below a message: in the order of the card, as many in a row as can be read.

Rules of the room:
- The order is that of `Card.every_button`: a number that is typed means the same button.
- A button that cries for help stands alone, so that no thumb finds it beside another.
- The buttons of a person's line bear that line's letter. Letters, not numbers: a typed number
  already means a button.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram.lettering import cut, width
from bot.cards import Button, Card, Person, Style

ROW_WIDTH = 30
"""Letters beside each other on a narrow phone."""
IN_A_ROW = 3
LABEL = 72
"""UTF-16 units of a label, with its letter and tick."""
MOST = 100
"""Buttons a message takes."""

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STYLES = {Style.DANGER: "danger", Style.GOOD: "success"}


def letters(card: Card) -> dict[int, str]:
    """By place in `card.body`: the letter of each person whose buttons must say whose they are."""
    with_buttons = [
        place for place, s in enumerate(card.body) if isinstance(s, Person) and s.buttons
    ]
    if len(with_buttons) < 2:
        return {}
    return {place: letter(number) for number, place in enumerate(with_buttons)}


def letter(number: int) -> str:
    """A, B … Z, AA, AB …"""
    rest, last = divmod(number, len(_ALPHABET))
    return (letter(rest - 1) if rest else "") + _ALPHABET[last]


def keyboard(card: Card) -> InlineKeyboardMarkup | None:
    """The buttons of a card; `None` where it has none."""
    marks = letters(card)
    rows: list[list[InlineKeyboardButton]] = []
    for place, section in enumerate(card.body):
        if isinstance(section, Person) and section.buttons:
            rows += _rows(section.buttons, marks.get(place, ""))
    rows += _rows(card.buttons, "")
    left = MOST
    kept = []
    for row in rows:
        if row[:left]:
            kept.append(row[:left])
        left = max(0, left - len(row))
    return InlineKeyboardMarkup(kept) if kept else None


def _rows(buttons: Sequence[Button], mark: str) -> Iterator[list[InlineKeyboardButton]]:
    row: list[InlineKeyboardButton] = []
    widest = 0
    for button in buttons:
        drawn = _drawn(button, mark)
        alone = button.style is Style.DANGER
        wide = max(widest, width(drawn.text))
        fits = len(row) < IN_A_ROW and wide * (len(row) + 1) <= ROW_WIDTH
        if row and (alone or not fits):
            yield row
            row = []
        row.append(drawn)
        widest = max(widest, width(drawn.text)) if len(row) > 1 else width(drawn.text)
        if alone:
            yield row
            row, widest = [], 0
    if row:
        yield row


def _drawn(button: Button, mark: str) -> InlineKeyboardButton:
    label = f"✓ {button.label}" if button.chosen else button.label
    if mark:
        label = f"{mark} · {label}"
    return InlineKeyboardButton(
        cut(label, LABEL), callback_data=button.id, style=_STYLES.get(button.style)
    )
