"""Everything that was written about an incident or a cry for help, uncut, part by part.

Rules of the room:
- The card of the thing itself shows the beginning of long words and the newest lines; whoever may
  see that card may read the rest here. The timeline is for those who work on it.
- A part is short enough for every channel, and no word is left out between two parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot import buttons
from bot.cards import Button, Card, Photo, Section, Style, Text
from bot.look import Look
from bot.timeline import Note
from bot.views import Reader, help, incident  # noqa: A004
from bot.views.parts import event, fit, kinds

PART = 2500
"""Characters on one card."""
MOST = 200
"""Lines of a timeline, the newest."""
PICTURES = 12

Line = tuple[Note, str]
"""A line of the timeline, and who wrote it."""


@dataclass(frozen=True, slots=True)
class State:
    title: str
    details: str
    photos: tuple[str, ...]
    lines: tuple[Line, ...]
    drill: bool
    about: str
    part: int


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    asked = args.get("part", "")
    part = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    if subject.startswith("help:"):
        return await _cry(look, subject, reader, part)
    found = await incident.gather(look, subject, reader, {})
    if found is None:
        return None
    return State(
        kinds.name(reader, found.incident),
        found.incident.details,
        found.incident.photos[:PICTURES],
        await _lines(look, subject) if found.worker else (),
        False,
        subject,
        part,
    )


async def _cry(look: Look, subject: str, reader: Reader, part: int) -> State | None:
    found = await help.gather(look, subject, reader, {})
    if found is None:
        return None
    title = reader.words.say("cry-title", name=fit.line(found.name))
    lines = await _lines(look, subject)
    return State(title, "", (), lines, found.roll_call.drill, subject, part)


async def _lines(look: Look, about: str) -> tuple[Line, ...]:
    notes = await look.notes(about, MOST)
    await look.prefetch(people=[note.by for note in notes if note.by is not None])
    return tuple([(note, await event.name_of(look, note.by)) for note in notes])


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    parts = list(_parts(list(_sections(state, reader))))
    here = min(state.part, len(parts) - 1)
    body = parts[here]
    if len(parts) > 1:
        shown = words.say("everything-part", first=here + 1, all=len(parts))
        body = [*body, Text(shown, quiet=True)]
    return fit.card(
        reader,
        state.title,
        body,
        _turns(state, reader, here, len(parts)),
        drill=state.drill,
    )


def _sections(state: State, reader: Reader) -> Iterator[Section]:
    words = reader.words
    yield from _said(state.details)
    for photo in state.photos:
        yield Photo(photo, words.say("photo-alt"))
    if state.lines:
        yield Text(words.say("timeline-title"), quiet=True)
    for note, name in state.lines:
        # What happened in our words, then what they wrote, whole.
        happened = replace(note, text="") if note.key else None
        facts = [words.when(note.at, reader.now), fit.line(name) or words.say("timeline-nobody")]
        facts += [incident.noted(happened, reader)] if happened else []
        yield Text(words.dotted(facts), quiet=True)
        yield from _said(note.text)


def _said(text: str) -> Iterator[Section]:
    for piece in fit.pieces(text):
        yield Text(piece, said=True)


def _parts(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """As many sections on a card as fit; at least one card, if an empty one."""
    here: list[Section] = []
    room = PART
    for section in sections:
        takes = len(section.text) if isinstance(section, Text) else 0
        if here and takes > room:
            yield here
            here, room = [], PART
        here.append(section)
        room -= takes
    yield here


def _turns(state: State, reader: Reader, here: int, parts: int) -> tuple[Button, ...]:
    """To the next part, and back to the first."""
    words, turns = reader.words, []
    if here + 1 < parts:
        turns.append((here + 1, words.say("everything-next")))
    if here:
        turns.append((0, words.say("everything-first")))
    return tuple(
        fit.button(buttons.everything(state.about, part), label, Style.QUIET)
        for part, label in turns
    )
