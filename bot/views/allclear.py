"""The all-clear: to everyone who was asked, when a roll call has ended.

Rules of the room:
- Whoever looks after the roll call reads here who is still not accounted for; nobody else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards import Card, Section, Text, Tone
from bot.look import Look
from bot.rollcalls import RollCall
from bot.rollcalls import State as Stage
from bot.views import Reader
from bot.views.parts import event, fit, unsettled
from bot.views.parts.unsettled import Unsettled


@dataclass(frozen=True, slots=True)
class State:
    roll_call: RollCall
    ended_by: str
    unsettled: Unsettled = field(default_factory=Unsettled)


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    roll_call = await look.roll_call(subject.partition(":")[2])
    if roll_call is None or roll_call.state is not Stage.CLOSED:
        return None
    by = await event.name_of(look, roll_call.ended_by)
    if not unsettled.may_see(reader, roll_call):
        return State(roll_call, by)
    everyone = unsettled.together(await unsettled.counted(look, roll_call))
    return State(roll_call, by, await unsettled.gather(look, roll_call, everyone, reader))


def draw(state: State, reader: Reader) -> Card:
    words, roll_call = reader.words, state.roll_call
    drill = roll_call.drill
    body: list[Section | None] = [
        fit.said(roll_call.ending) if roll_call.ending else None,
        Text(words.say("allclear-thanks-drill" if drill else "allclear-thanks")),
        *unsettled.in_need(state.unsettled, reader),
        *unsettled.silent(state.unsettled, reader),
        event.about(reader, roll_call),
        event.ended(reader, roll_call, state.ended_by),
    ]
    title = words.say("allclear-title-drill" if drill else "allclear-title")
    return fit.card(reader, title, body, tone=Tone.GOOD, drill=drill)
