"""From card to message: a text for the notification, and blocks.

Rules of the room:
- Every card fits: 50 blocks and some 13,000 characters. Where it does not, its title, its badge
  and its buttons stay, and one line says that something is missing.
- A drill says so before everything else, in large letters and in the notification.
- A picture is shown as its name only. Slack shows a picture either from a public address, which
  would hand a photo of an incident to whoever has the link, or after it is uploaded, for which
  the app would have to hold the right to write files; Renraku asks for neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from adapters.slack import blocks
from adapters.slack.blocks import Block
from adapters.slack.given import Speak
from adapters.slack.plain import RLM, escaped, escaped_within, size, within
from bot.cards import Card, Fields, Person, Photo, Section, Tally, Text, Tone, as_text

MOST_BLOCKS = 50
MOST_IN_A_VIEW = 100
BUDGET = 13_000
"""Characters of all blocks of a message, as `blocks.cost` counts them; Slack takes 13,200."""
HOME_BUDGET = 35_000
"""Characters of a home page: a view may have 250 kilobytes, in which a letter takes up to six."""
NOTICE = 1000
"""Characters of the text for notifications."""
BARE = 3800
"""Characters of a card without blocks; Slack takes 4,000 when a message is changed."""
BAR = 20
"""Squares in the bar of a tally."""
CARDS_AT_HOME = 12

SIGNS = {Tone.URGENT: "🔴 ", Tone.GOOD: "✅ ", Tone.CALM: "", Tone.DRILL: ""}
SQUARES = {Tone.URGENT: "🟥", Tone.GOOD: "🟩", Tone.CALM: "⬜", Tone.DRILL: "🟦"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as Slack takes it."""

    text: str = field(repr=False)
    blocks: list[Block] = field(repr=False)


class Drawing:
    """Draws cards for messages and for home pages."""

    def __init__(self, speak: Speak) -> None:
        self._speak = speak

    def message(self, card: Card) -> Drawn:
        """The card as one message."""
        return Drawn(notice(card), self._blocks(card, count(1), MOST_BLOCKS, BUDGET))

    def bare(self, card: Card) -> str:
        """The card as text alone, with its buttons as numbers to type."""
        text = as_text(card)
        if size(escaped(text)) <= BARE:
            return escaped(text)
        # What can be answered counts most, and it stands at the end.
        taps = escaped_within(as_text(Card("", (), card.every_button())).strip(), BARE * 3 // 4)
        return f"{escaped_within(text, BARE - size(taps) - 1)}\n{taps}"

    def home(self, cards: Sequence[Card], note: str = "") -> dict[str, object]:
        """Somebody's home page: cards below each other. `note`: what has just been recorded."""
        drawn: list[Block] = []
        room = HOME_BUDGET
        positions = count(1)
        rtl = bool(cards) and cards[0].rtl
        if note:
            drawn += [blocks.section(note, rtl=rtl), blocks.divider()]
        for number, card in enumerate(cards):
            left = MOST_IN_A_VIEW - len(drawn) - 2
            if number == CARDS_AT_HOME or left < 8:
                drawn.append(self._more(card))
                break
            made = self._blocks(card, positions, min(MOST_BLOCKS, left), min(BUDGET, room))
            room -= blocks.total(made)
            if drawn and drawn[-1]["type"] != "divider":
                drawn.append(blocks.divider())
            drawn += made
        return {"type": "home", "blocks": drawn or [blocks.section(blocks.BLANK)]}

    def line(self, text: str) -> dict[str, object]:
        """A home page that says one sentence."""
        return {"type": "home", "blocks": [blocks.section(text)]}

    def _more(self, card: Card) -> Block:
        return blocks.context(self._speak(card.language).say("slack-cut"), rtl=card.rtl)

    def _blocks(self, card: Card, positions: Iterator[int], most: int, room: int) -> list[Block]:
        """Head and foot first; the body gets the room that is left."""
        head = [blocks.header(f"🟦 {card.badge} 🟦", rtl=card.rtl)] if card.badge else []
        head.append(blocks.header(SIGNS[card.tone] + card.title, rtl=card.rtl))
        foot = []
        if card.open and card.ask is not None and card.ask.hint.strip():
            foot.append(blocks.context(f"✏️ {card.ask.hint}", rtl=card.rtl))
        foot += blocks.rows([blocks.button(b, next(positions)) for b in card.buttons])
        more = self._more(card)
        room -= blocks.total(head) + blocks.total(foot) + blocks.cost(more)
        most -= len(head) + len(foot) + 1
        body: list[Block] = []
        for made in self._body(card, positions):
            price = blocks.total(made)
            if price > room or len(made) > most:
                body.append(more)
                break
            room -= price
            most -= len(made)
            body += made
        return head + body + foot

    def _body(self, card: Card, positions: Iterator[int]) -> Iterator[list[Block]]:
        """Each section as the blocks that belong together; lines of people without buttons are
        one block."""
        lines: list[str] = []
        for part in card.body:
            line = _line(part)
            if line and sum(map(size, lines)) + size(line) + len(lines) < blocks.SECTION:
                lines.append(line)
                continue
            if lines:
                yield [blocks.section("\n".join(lines), rtl=card.rtl)]
                lines = []
            if line:
                lines.append(within(line, blocks.SECTION - 1))
            else:
                yield section_blocks(part, positions, rtl=card.rtl)
        if lines:
            yield [blocks.section("\n".join(lines), rtl=card.rtl)]


def _line(part: Section) -> str:
    """A person about whom there is nothing to tap, as a line; else empty."""
    return _named(part) if isinstance(part, Person) and not part.buttons else ""


def _named(person: Person) -> str:
    return f"• {person.name}" + (f", {person.note}" if person.note else "")


def section_blocks(
    part: Section, positions: Iterator[int] | None = None, *, rtl: bool
) -> list[Block]:
    """One section; without `positions`, without its buttons."""
    match part:
        case Text(text=text, said=True):
            return [blocks.quoted(text, rtl=rtl)]
        case Text(text=text, link=link) if link:
            return [blocks.linked(text, link)]
        case Text(text=text, quiet=True):
            return [blocks.context(text, rtl=rtl)]
        case Text(text=text):
            return [blocks.section(text, rtl=rtl)]
        case Fields(rows=rows):
            mark = RLM if rtl else ""
            facts = "\n".join(f"{mark}{label}: {value}" for label, value in rows)
            return [blocks.section(facts, rtl=rtl)] if rows else []
        case Person(buttons=buttons):
            drawn = [blocks.button(b, next(positions)) for b in buttons] if positions else []
            named = blocks.section(_named(part), rtl=rtl)
            if len(drawn) == 1:
                return [{**named, "accessory": drawn[0]}]
            return [named, *blocks.rows(drawn)]
        case Tally():
            return [blocks.section(f"{bar(part)}\n{counts(part)}", rtl=rtl)]
        case Photo(alt=alt):
            return [blocks.context(f"📷 {alt}", rtl=rtl)]


def counts(tally: Tally) -> str:
    """The counts in words."""
    shown = " · ".join(f"{label} {number:,}" for label, number, _ in tally.parts)
    return f"{shown} / {tally.total:,}"


def bar(tally: Tally) -> str:
    """Twenty squares; nobody who counts is too few to be seen.

    >>> bar(Tally((("Help", 1, Tone.URGENT), ("Safe", 99, Tone.GOOD)), 100))
    '🟥🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩'
    """
    whole = sum(number for _, number, _ in tally.parts)
    if whole <= 0:
        return SQUARES[Tone.CALM] * BAR
    wide = [max(1, round(n * BAR / whole)) if n > 0 else 0 for _, n, _ in tally.parts]
    while sum(wide) > BAR and max(wide) > 1:
        wide[wide.index(max(wide))] -= 1
    while sum(wide) < BAR:
        wide[wide.index(max(wide))] += 1
    return "".join(SQUARES[part[2]] * n for part, n in zip(tally.parts, wide, strict=True))


def notice(card: Card) -> str:
    """What a notification and a screen reader say: the title, and the first line below it."""
    head = f"[{card.badge}] {card.title}" if card.badge else card.title
    first = next((part.text for part in card.body if isinstance(part, Text) and part.text), "")
    lines = [" ".join(line.split()) for line in (head, first)]
    said = "\n".join(line for line in lines if line)
    return escaped_within(said, NOTICE) or blocks.BLANK
