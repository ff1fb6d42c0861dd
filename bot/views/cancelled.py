"""The correction: to everyone who was asked, when a roll call was called off as a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, Section, Text
from bot.look import Look
from bot.rollcalls import RollCall
from bot.rollcalls import State as Stage
from bot.views import Reader
from bot.views.parts import event, fit


@dataclass(frozen=True, slots=True)
class State:
    roll_call: RollCall
    ended_by: str


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    roll_call = await look.roll_call(subject.partition(":")[2])
    if roll_call is None or roll_call.state is not Stage.CANCELLED:
        return None
    return State(roll_call, await event.name_of(look, roll_call.ended_by))


def draw(state: State, reader: Reader) -> Card:
    words, roll_call = reader.words, state.roll_call
    body: list[Section | None] = [
        Text(words.say("cancelled-note-drill" if roll_call.drill else "cancelled-note")),
        fit.said(roll_call.ending) if roll_call.ending else None,
        event.about(reader, roll_call),
        event.ended(reader, roll_call, state.ended_by),
    ]
    return fit.card(reader, words.say("cancelled-title"), body, drill=roll_call.drill)
