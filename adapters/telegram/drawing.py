"""From a card to a message: HTML that always fits, and the buttons below it.

Rules of the room:
- Everything is cut as plain text and escaped afterwards; what people wrote stands in a quotation.
- Where a message grows too long, long quotations give way first, then its end.
- A drill says so in the first line, which is what a locked phone shows, and again at the end of a
  message whose first line may be out of sight.
- Telegram has no switch for direction: each line of a right-to-left card begins with a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from telegram import InlineKeyboardMarkup

from adapters.telegram.keyboard import keyboard, letters
from adapters.telegram.lettering import RTL_MARK, apart, cut, escape, size
from bot.cards import Card, Fields, Person, Photo, Tally, Text, Tone

LONGEST = 4096
"""UTF-16 units of a message, its markup not counted."""
OUT_OF_SIGHT = 700
"""From this length on the first line may have scrolled away from the buttons."""
_QUOTED = (1000, 400, 160, 80)
"""How long quotations may be, tried one after the other."""

_SIGNS = {Tone.URGENT: "❗", Tone.GOOD: "✅"}
_BLOCKS = {Tone.URGENT: "🟥", Tone.CALM: "⬜", Tone.GOOD: "🟩", Tone.DRILL: "🟨"}
BAR = 12
"""Blocks of a tally's bar."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What goes to Telegram: the text with markup, the same without, and the buttons."""

    html: str
    plain: str
    keyboard: InlineKeyboardMarkup | None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style: `b`, `i`, `blockquote`, or none."""

    text: str
    tag: str = ""

    @property
    def html(self) -> str:
        said = escape(self.text)
        return f"<{self.tag}>{said}</{self.tag}>" if self.tag and said else said


def draw(card: Card) -> Drawn:
    """A card as a message of at most 4,096 units and 100 buttons."""
    head, body, tail = _head(card), list(_body(card)), list(_hint(card))
    for longest in _QUOTED:
        body = [replace(r, text=cut(r.text, longest)) if r.tag == _SAID else r for r in body]
        if _length([*head, *body, *tail]) <= LONGEST - _spare(card):
            break
    runs = _shortened([*head, *body], LONGEST - _spare(card) - _length(tail))
    runs += tail
    if card.badge and _length(runs) > OUT_OF_SIGHT:
        runs += [Run("\n\n"), *_banner(card)]
    return Drawn(
        "".join(run.html for run in runs),
        "".join(run.text for run in runs),
        keyboard(card),
    )


def line(text: str, *, rtl: bool = False) -> str:
    """One plain line of the house as HTML."""
    return escape(cut((RTL_MARK if rtl else "") + text, LONGEST))


_SAID = "blockquote"


def _banner(card: Card) -> list[Run]:
    block = _BLOCKS[Tone.DRILL]
    return [Run(f"{block}{block} "), Run(card.badge, "b"), Run(f" {block}{block}")]


def _spare(card: Card) -> int:
    """Room kept for the second banner."""
    return _length(_banner(card)) + 2 if card.badge else 0


def _head(card: Card) -> list[Run]:
    mark = RTL_MARK if card.rtl else ""
    runs = [*_banner(card), Run("\n")] if card.badge else []
    sign = "" if card.badge else _SIGNS.get(card.tone, "")
    runs.append(Run(f"{mark}{sign} " if sign else mark))
    runs.append(Run(cut(card.title, 1000) or "…", "b"))
    return runs


def _body(card: Card) -> Iterator[Run]:
    marks = letters(card)
    before: object = None
    for place, section in enumerate(card.body):
        drawn = list(_section(section, card, marks.get(place, "")))
        if not drawn:
            continue
        # People's lines stand together; everything else is a paragraph.
        together = isinstance(section, Person) and isinstance(before, Person)
        yield Run("\n" if together else "\n\n")
        yield from drawn
        before = section


def _section(section: object, card: Card, mark: str) -> Iterator[Run]:
    match section:
        case Text(text=text, said=True):
            yield Run(text, _SAID)
        case Text(text=text, link=link) if link:
            # As it is, without a mark of direction in front: Telegram makes it a link by itself.
            yield Run(text)
        case Text(text=text, quiet=quiet):
            yield Run(_lined(text, card), "i" if quiet else "")
        case Fields(rows=rows):
            yield from _joined(
                [
                    Run(_lined(f"{label}: ", card), "b"),
                    Run(apart(value, rtl=card.rtl)),
                ]
                for label, value in rows
            )
        case Person():
            yield from _person(section, card, mark)
        case Tally():
            yield from _tally(section, card)
        case Photo(alt=alt):
            yield Run(_lined(f"📷 {alt}", card), "i")


def _person(person: Person, card: Card, mark: str) -> Iterator[Run]:
    yield Run(_lined(f"{mark} · " if mark else "• ", card))
    yield Run(apart(person.name, rtl=card.rtl), "b")
    if person.note:
        yield Run(f": {apart(person.note, rtl=card.rtl)}")


def _tally(tally: Tally, card: Card) -> Iterator[Run]:
    bar = "".join(
        _BLOCKS[tone] * blocks
        for (_, _, tone), blocks in zip(tally.parts, shares(tally), strict=True)
    )
    if bar:
        yield Run(_lined(bar, card))
        yield Run("\n")
    yield from _joined(
        [Run(_lined(f"{_BLOCKS[tone]} {label}: ", card)), Run(f"{count:,}", "b")]
        for label, count, tone in tally.parts
    )


def shares(tally: Tally) -> list[int]:
    """How many blocks of the bar each part gets: whoever is counted is seen."""
    counts = [max(0, count) for _, count, _ in tally.parts]
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    blocks = [max(1, round(BAR * count / total)) if count else 0 for count in counts]
    while sum(blocks) > BAR and max(blocks) > 1:
        blocks[blocks.index(max(blocks))] -= 1
    while sum(blocks) < BAR:
        blocks[counts.index(max(counts))] += 1
    return blocks


def _hint(card: Card) -> Iterator[Run]:
    """What may be typed or handed over, as the last line."""
    if card.ask is None:
        return
    signs = ("📷" if card.ask.photo else "") + ("📍" if card.ask.place else "")
    hint = cut(card.ask.hint, 300)
    if hint or signs:
        yield Run("\n\n")
        yield Run(_lined(f"{signs or '✏️'} {hint}".rstrip(), card), "i")


def _joined(lines: Iterable[list[Run]]) -> Iterator[Run]:
    for number, runs in enumerate(lines):
        if number:
            yield Run("\n")
        yield from runs


def _lined(text: str, card: Card) -> str:
    """`text` with each of its lines begun in the reader's direction."""
    return RTL_MARK + text.replace("\n", f"\n{RTL_MARK}") if card.rtl else text


def _length(runs: Iterable[Run]) -> int:
    return sum(size(run.text) for run in runs)


def _shortened(runs: list[Run], longest: int) -> list[Run]:
    """As many runs as fit; the last one is cut."""
    kept: list[Run] = []
    left = longest
    for run in runs:
        if size(run.text) > left:
            shorter = cut(run.text, left)
            if shorter:
                kept.append(replace(run, text=shorter))
            break
        kept.append(run)
        left -= size(run.text)
    return kept
