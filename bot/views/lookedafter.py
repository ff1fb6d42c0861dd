"""When a roll call has ended: to whoever still needs help, in place of the all-clear.

Rules of the room:
- Nobody who waits for help is thanked and left: it says who is coming, or who has been told.
- The answers stay on it, and what they write is heard, as on the check-in itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.asks import Standing
from bot.cards import Ask as Hint
from bot.cards import Card, Section, Text, Tone
from bot.look import Look
from bot.rollcalls import HELP
from bot.rollcalls import State as Stage
from bot.views import Reader, checkin
from bot.views.checkin import State
from bot.views.parts import event, fit


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    state = await checkin.gather(look, subject, reader, {})
    if state is None or state.roll_call.state is not Stage.CLOSED:
        return None
    return state


def draw(state: State, reader: Reader) -> Card:
    words, ask, roll_call = reader.words, state.ask, state.roll_call
    drill, crying = roll_call.drill, ask.answer == HELP
    body: list[Section | None] = [fit.said(roll_call.ending) if roll_call.ending else None]
    if crying:
        body.append(Text(words.say("still-open")))
    if ask.answer:
        body += checkin.recorded(state, reader)
    body += (Text(words.say("checkin-change"), quiet=True), event.about(reader, roll_call))
    if not crying:
        title = words.say("allclear-title-drill" if drill else "allclear-title")
    else:
        title = words.say("still-title-drill" if drill else "still-title")
    return fit.card(
        reader,
        title,
        body,
        checkin.answer_buttons(reader, ask) if ask.standing is not Standing.WITHDRAWN else (),
        tone=Tone.URGENT if crying else Tone.GOOD,
        drill=drill,
        ask=Hint(words.say("cry-hint"), place=True) if crying else None,
    )
