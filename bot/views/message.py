"""A message to a group of those who were asked in a roll call: its words, and who sent it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, Text
from bot.look import Look
from bot.rollcalls import RollCall
from bot.timeline import Note
from bot.views import Reader
from bot.views.parts import event, fit


@dataclass(frozen=True, slots=True)
class State:
    note: Note
    roll_call: RollCall
    sender: str


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    roll_call = await look.roll_call(subject.split(":")[1])
    notes = await look.notes(subject, 1)
    if roll_call is None or not notes:
        return None
    return State(notes[0], roll_call, await event.name_of(look, notes[0].by))


def draw(state: State, reader: Reader) -> Card:
    words, note = reader.words, state.note
    when = words.when(note.at, reader.now)
    sender = words.say(
        "rollcall-from",
        name=fit.line(state.sender),
        organisation=fit.organisation(reader),
        when=when,
    )
    body = (fit.said(note.text), event.about(reader, state.roll_call), Text(sender, quiet=True))
    return fit.card(reader, words.say("message-title"), body, drill=state.roll_call.drill)
