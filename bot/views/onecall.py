"""One call once more: what was recorded was a slip, or has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, Person
from bot.look import Look
from bot.rollcalls import RollCall
from bot.views import Reader, handout
from bot.views.parts import event, fit


@dataclass(frozen=True, slots=True)
class State:
    roll_call: RollCall
    line: handout.Line


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    ask_id = subject.partition(":")[2]
    ask = await look.ask(ask_id)
    call = (await look.calls_of([ask_id])).get(ask_id)
    roll_call = await look.roll_call(ask.about.partition(":")[2]) if ask is not None else None
    if ask is None or call is None or roll_call is None:
        return None
    given = await look.ask(call.handout) if call.handout else None
    if given is None or given.person != reader.person.id:
        return None
    ways = (await look.asked_by([ask_id])).get(ask_id, ())
    remark = (await look.remarks([ask_id])).get(ask_id)
    name = await event.name_of(look, ask.person)
    return State(roll_call, handout.Line(name, ask, tuple(ways), remark=remark))


def draw(state: State, reader: Reader) -> Card:
    words, ask = reader.words, state.line.ask
    name = fit.line(state.line.name)
    taps = handout.results(reader, ask) if state.roll_call.running else ()
    line = handout.line(reader, state.line)
    return fit.card(
        reader,
        words.say("onecall-title", name=name),
        (Person(line.name, line.note, taps),),
        drill=state.roll_call.drill,
    )
