"""What people see, in words every channel can draw.

Rules of the room:
- A card is drawn at the last moment from the state as it is then; nobody stores one.
- A card holds plain text only. Escaping, layout and length are the adapter's work, and what
  a channel can show is data: `Limits`.
- `open` tells whether the card still asks for something. A reminder whose card is no longer
  open is dropped by the courier instead of being sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tone(StrEnum):
    """How a card should feel; adapters pick a colour or a sign for it."""

    CALM = "calm"
    URGENT = "urgent"
    GOOD = "good"
    DRILL = "drill"


class Style(StrEnum):
    """How a button should look."""

    PLAIN = "plain"
    GOOD = "good"
    DANGER = "danger"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: `id` comes back as `Tapped.button`, at most 64 bytes."""

    id: str
    label: str
    style: Style = Style.PLAIN
    chosen: bool = False
    """This is the answer given so far: drawn with a tick."""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; `quiet` for small print, `said` for words a person wrote.

    With `link`, `text` is an address of ours and `link` what to call it, where a channel can draw
    that; elsewhere the address itself is what people tap.
    """

    text: str
    quiet: bool = False
    said: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Short facts as label and value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A line about one person, with the taps that concern only them."""

    name: str
    note: str = ""
    buttons: tuple[Button, ...] = ()
    number: int = 0
    """A contact of theirs whose number the reader may see: see `numbers`."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts as a bar: `parts` are (label, count, tone), their sum is `total`."""

    parts: tuple[tuple[str, int, Tone], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture kept in the store."""

    id: str
    alt: str


Section = Text | Fields | Person | Tally | Photo


@dataclass(frozen=True, slots=True)
class Ask:
    """What the card would like typed or handed over, besides its buttons."""

    hint: str
    photo: bool = False
    place: bool = False
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One message as its reader shall see it.

    `title` one line; `body` in order; `buttons` rows from left to right; `language` decides
    direction and font.
    """

    title: str
    body: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.CALM
    language: str = "en"
    open: bool = True
    ask: Ask | None = None
    badge: str = ""
    """A word that must never be missed, such as DRILL; empty for the real thing."""

    @property
    def rtl(self) -> bool:
        """True where the reader's language runs from right to left."""
        return self.language == "ar"

    def every_button(self) -> tuple[Button, ...]:
        """All buttons, those of people's lines first, in the order shown."""
        inner = tuple(b for s in self.body if isinstance(s, Person) for b in s.buttons)
        return inner + self.buttons


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field: `value` is what comes back."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question on a page. `kind` is `choice`, `text`, `place`, `number` or `photo`."""

    name: str
    kind: str
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    value: str = ""
    """What has been answered so far: shown filled in."""
    optional: bool = False
    own_words: bool = False
    """A choice that also takes words of one's own."""
    longest: int = 4000


@dataclass(frozen=True, slots=True)
class FormPage:
    """As many questions of a form as can be asked at once, for channels that show pages.

    Handed in as `Submitted(form=form, about=f"draft:{draft}", answers by field name)`; a field
    left empty is handed in as the empty string. `intro` comes before the questions.
    """

    draft: str
    form: str
    title: str
    fields: tuple[Field, ...]
    submit: str
    close: str
    intro: tuple[Section, ...] = ()
    language: str = "en"
    badge: str = ""
    real: bool = False
    """It belongs to a roll call that is no drill."""
    left: datetime | None = None
    """When it was last gone on with, where something of it is answered and nothing sent."""
    given: tuple[tuple[str, str], ...] = ()
    """What is answered already, in words: question and answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can show."""

    text: int = 4000
    buttons: int = 100
    label: int = 64
    edits: bool = True
    """False where what has been posted stays as it is (mail): no edit is ever queued."""
    forms: bool = False
    """True where several questions fit on one page."""
    live: bool = False
    """True where cards are drawn whenever they are looked at, so that no edit need be sent."""
    edits_apart: bool = False
    """True where the platform counts edits by themselves: a card drawn again takes no turn from a
    new one."""
    history: bool = True
    """True where the platform itself keeps what people wrote to the bot."""
    links: bool = False
    """True where nothing can be tapped in the message: each card brings a link to a page on which
    it can."""


def as_text(card: Card, *, numbered: bool = True) -> str:
    """The card as plain lines, buttons as numbers to type: for terminals, SMS and tests."""
    head = f"[{card.badge}] {card.title}" if card.badge else card.title
    lines = [head]
    number = 0

    def taps(buttons: tuple[Button, ...]) -> str:
        nonlocal number
        drawn = []
        for button in buttons:
            number += 1
            tick = "✓ " if button.chosen else ""
            drawn.append(
                f"[{number}] {tick}{button.label}" if numbered else f"[{tick}{button.label}]"
            )
        return "  ".join(drawn)

    for section in card.body:
        match section:
            case Text(text=text):
                lines.append(text)
            case Fields(rows=rows):
                lines += [f"{label}: {value}" for label, value in rows]
            case Person(name=name, note=note, buttons=buttons):
                lines.append(f"• {name}" + (f", {note}" if note else ""))
                if buttons:
                    lines.append("  " + taps(buttons))
            case Tally(parts=parts, total=total):
                counts = " · ".join(f"{label} {count}" for label, count, _ in parts)
                lines.append(f"{counts} / {total}")
            case Photo(alt=alt):
                lines.append(f"[{alt}]")
    if card.buttons:
        lines.append(taps(card.buttons))
    return "\n".join(lines)
