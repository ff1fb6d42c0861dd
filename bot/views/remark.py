"""What somebody wrote beside their check-in, for whoever looks after them.

Rules of the room:
- Words are no answer: whoever has not answered can still be answered for, right here.
- One card for one person, drawn again in place as they write on and answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import desk
from bot.asks import Ask
from bot.cards import Card, Person, Section, Text
from bot.look import Look
from bot.rollcalls import HELP, RollCall
from bot.timeline import Note
from bot.views import Reader
from bot.views.parts import event, fit, people
from bot.views.parts.people import Somebody

LAST = 3
"""How many of their last lines are shown."""
LONGEST = 300
"""Characters of each."""


@dataclass(frozen=True, slots=True)
class State:
    roll_call: RollCall
    launcher: str
    somebody: Somebody
    notes: tuple[Note, ...]


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    ask = await look.ask(subject.partition(":")[2])
    roll_call = await look.roll_call(ask.about.partition(":")[2]) if ask is not None else None
    if ask is None or roll_call is None or ask.person == reader.person.id:
        return None
    may = people.may_answer(reader, ask, roll_call)
    if not may and not await desk.stands_in(look, roll_call, reader.person):
        return None
    notes = await look.notes(subject, LAST)
    [somebody] = await people.on_list(look, [ask], reader, roll_call) or [None]
    if somebody is None or not notes:
        return None
    launcher = await event.name_of(look, roll_call.launched_by)
    return State(roll_call, launcher, somebody, tuple(notes))


def draw(state: State, reader: Reader) -> Card:
    words, roll_call, somebody = reader.words, state.roll_call, state.somebody
    body: list[Section | None] = []
    for note in state.notes:
        body.append(Text(words.when(note.at, reader.now), quiet=True))
        body.append(fit.said(note.text, LONGEST))
    name = fit.line(somebody.name)
    facts = (*_standing(reader, somebody.ask), *people.place(somebody.ask))
    silent = roll_call.running and not somebody.ask.answer
    taps = people.answers(reader, somebody) if silent else ()
    body.append(Person(name, words.dotted(facts), taps))
    body.append(event.about(reader, roll_call))
    body.append(event.sender(reader, roll_call, state.launcher))
    return fit.card(reader, words.say("remark-title", name=name), body, drill=roll_call.drill)


def _standing(reader: Reader, ask: Ask) -> tuple[str, ...]:
    """What they have answered, and when."""
    if not ask.answer or ask.answered_at is None:
        return (reader.words.say("tally-missing"),)
    when = reader.words.when(ask.answered_at, reader.now)
    said = "for-help" if ask.answer == HELP else f"tally-{ask.answer}"
    return reader.words.say(said), when
