"""A second question before what cannot be left to a slip of the thumb.

Rules of the room:
- It says what would follow, and who is concerned; the other button leaves everything as it is.
- Once it is settled, whichever way, nothing can be tapped on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons, incidents
from bot.cards import Card, Style, Text, Tone
from bot.look import Look
from bot.rollcalls import HELP
from bot.views import Reader
from bot.views.parts import event, fit, kinds, people

NO = "keep"
"""The tap that leaves it as it is."""


@dataclass(frozen=True, slots=True)
class State:
    what: str
    """`mistake`: a report is taken back; `safe`: somebody who cried for help is safe."""
    name: str
    yes: str
    no: str
    open: bool
    drill: bool = False


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    noun, _, found = subject.partition(":")
    if noun == "incident":
        incident = await look.incident(found)
        if incident is None or incident.reporter != reader.person.id:
            return None
        return State(
            "mistake",
            kinds.name(reader, incident),
            buttons.incident(incident.id, "mistaken"),
            buttons.incident(incident.id, NO),
            incident.state is incidents.State.REPORTED,
        )
    ask = await look.ask(found)
    roll_call = await look.roll_call(ask.about.partition(":")[2]) if ask else None
    if ask is None or roll_call is None:
        return None
    told = await people.told(look, f"help:{ask.id}", 0)
    mine = told.taken_by == reader.person.id
    return State(
        "safe",
        await event.name_of(look, ask.person),
        buttons.behalf(ask.id, "nowsafe"),
        buttons.behalf(ask.id, NO),
        ask.answer == HELP and (mine or people.may_answer(reader, ask, roll_call)),
        roll_call.drill,
    )


def draw(state: State, reader: Reader) -> Card:
    words, name = reader.words, fit.line(state.name)
    title = words.say(f"sure-{state.what}", name=name)
    if not state.open:
        return fit.card(reader, title, (Text(words.say("page-over"), quiet=True),))
    about = Text(state.name) if state.what == "mistake" else None
    return fit.card(
        reader,
        title,
        (about, Text(words.say(f"sure-{state.what}-how", name=name))),
        (
            fit.button(state.yes, words.say(f"sure-{state.what}-yes"), Style.GOOD),
            fit.button(state.no, words.say(f"sure-{state.what}-no"), Style.QUIET),
        ),
        tone=Tone.URGENT,
        drill=state.drill,
        open=True,
    )
