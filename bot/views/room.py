"""The roll call as one post in a room: everybody in it answers there, each for themself.

Rules of the room:
- It names nobody but the sender: who answered what is for the tally.
- How many have answered is drawn now and then, never with each answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons, checkins
from bot.cards import Button, Card, Section, Text, Tone
from bot.found import Count
from bot.look import Look
from bot.rollcalls import ANSWERS, RollCall
from bot.rollcalls import State as Stage
from bot.views import Reader
from bot.views.checkin import STYLES
from bot.views.parts import event, fit


@dataclass(frozen=True, slots=True)
class State:
    roll_call: RollCall
    launcher: str
    asked: int
    answered: int


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    roll_call = await look.roll_call(subject.partition(":")[2])
    if roll_call is None:
        return None
    members = args.get("members", "everyone")
    counts = [c for c in await look.counts(roll_call.about) if _inside(c, members)]
    return State(
        roll_call,
        await event.name_of(look, roll_call.launched_by),
        sum(c.people for c in counts),
        sum(c.people for c in counts if c.answer),
    )


def _inside(count: Count, members: str) -> bool:
    noun, _, name = members.partition(":")
    match noun:
        case "site":
            return count.site == name
        case "team":
            return count.team == name
        case _:
            return True


def draw(state: State, reader: Reader) -> Card:
    words, roll_call = reader.words, state.roll_call
    body: list[Section | None] = [event.said(reader, roll_call)]
    if roll_call.drill:
        body.append(Text(words.say("drill-note")))
    if roll_call.state is Stage.CANCELLED:
        body += [Text(words.say("checkin-cancelled")), _sender(state, reader)]
        title = words.say("checkin-cancelled-title")
        return fit.card(reader, title, body, drill=roll_call.drill)
    welcome = checkins.refusal(roll_call, reader.now) is None
    if welcome:
        body.append(Text(words.say("room-how")))
    if not roll_call.running:
        body.append(Text(words.say("checkin-late" if welcome else "checkin-over"), quiet=True))
    if state.answered:
        told = words.say("room-answered", done=state.answered, all=state.asked)
        body.append(Text(told, quiet=True))
    body.append(_sender(state, reader))
    return fit.card(
        reader,
        words.say("checkin-title"),
        body,
        _answers(roll_call, reader) if welcome else (),
        tone=Tone.URGENT,
        drill=roll_call.drill,
        open=welcome and roll_call.running,
    )


def _sender(state: State, reader: Reader) -> Text:
    return event.sender(reader, state.roll_call, state.launcher)


def _answers(roll_call: RollCall, reader: Reader) -> tuple[Button, ...]:
    return tuple(
        fit.button(
            buttons.room(roll_call.id, answer), reader.words.say(f"answer-{answer}"), STYLES[answer]
        )
        for answer in ANSWERS
    )
