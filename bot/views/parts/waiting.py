"""The roll call that waits for the reader's own answer, wherever it is shown besides its card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.asks import Ask, Kind
from bot.cards import Button, Section, Text
from bot.look import Look
from bot.rollcalls import RollCall
from bot.views import Reader, checkin
from bot.views.parts import event


@dataclass(frozen=True, slots=True)
class CheckIn:
    ask: Ask
    roll_call: RollCall
    launcher: str


async def check_in(look: Look, asks: Iterable[Ask], reader: Reader) -> CheckIn | None:
    """The reader's first check-in of a running roll call among `asks`; a real one before a
    drill."""
    found: CheckIn | None = None
    for ask in asks:
        if ask.kind is not Kind.CHECK_IN or ask.person != reader.person.id:
            continue
        roll_call = await look.roll_call(ask.about.partition(":")[2])
        if roll_call is None or not roll_call.running:
            continue
        if found is None or (found.roll_call.drill and not roll_call.drill):
            launcher = await event.name_of(look, roll_call.launched_by)
            found = CheckIn(ask, roll_call, launcher)
    return found


def question(reader: Reader, waiting: CheckIn) -> list[Section]:
    """The question again, with its sender."""
    words = reader.words
    body: list[Section] = [Text(words.say("checkin-title")), event.said(reader, waiting.roll_call)]
    if waiting.roll_call.drill:
        body.append(Text(words.say("drill-note")))
    body.append(event.sender(reader, waiting.roll_call, waiting.launcher))
    return body


def answers(reader: Reader, waiting: CheckIn) -> tuple[Button, ...]:
    """Its answers, in the order in which they are numbered everywhere."""
    return checkin.answer_buttons(reader, waiting.ask)
