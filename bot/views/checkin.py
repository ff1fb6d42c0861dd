"""The check-in: "are you safe?", one tap, and after it what was recorded.

Rules of the room:
- Only the person asked sees it; others answer for them from a worklist, the tally or a cry.
- The answers stay on the card for as long as one is accepted, the present one ticked.
- After *I need help* it says truthfully who has been told and who is coming.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import buttons, checkins
from bot.asks import Ask, Standing
from bot.cards import Ask as Hint
from bot.cards import Button, Card, Section, Style, Text, Tone
from bot.look import Look
from bot.rollcalls import ANSWERS, HELP, SAFE, UNAFFECTED, RollCall
from bot.rollcalls import State as Stage
from bot.timeline import Note
from bot.views import Reader
from bot.views.parts import event, fit, people
from bot.views.parts.people import Told

STYLES = {SAFE: Style.GOOD, HELP: Style.DANGER, UNAFFECTED: Style.PLAIN}
"""How each answer's button looks, here and wherever else a check-in can be answered."""

WROTE = 300
"""Characters of one's own words beside the question."""
SETTLED = frozenset({Standing.ANSWERED, Standing.LAPSED, Standing.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class State:
    ask: Ask
    roll_call: RollCall
    launcher: str
    answered_by: str = ""
    """Who answered on the person's behalf."""
    told: Told = field(default_factory=Told)
    reminder: int = 0
    remark: Note | None = None
    """What they wrote beside it last."""


def answer_buttons(reader: Reader, ask: Ask) -> tuple[Button, ...]:
    """The three answers to one's own check-in."""
    words = reader.words
    return tuple(
        fit.button(
            buttons.own(ask.id, answer),
            words.say(f"answer-{answer}"),
            STYLES[answer],
            chosen=ask.answer == answer,
        )
        for answer in ANSWERS
    )


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    ask = await look.ask(subject.partition(":")[2])
    if ask is None or ask.person != reader.person.id:
        return None
    roll_call = await look.roll_call(ask.about.partition(":")[2])
    if roll_call is None:
        return None
    told = Told()
    if ask.answer == HELP:
        told = await people.told(look, f"help:{ask.id}")
    reminder = args.get("reminder", "")
    return State(
        ask,
        roll_call,
        await event.name_of(look, roll_call.launched_by),
        await event.name_of(look, ask.answered_by) if ask.on_behalf else "",
        told,
        int(reminder) if reminder.isdecimal() else 0,
        (await look.remarks([ask.id])).get(ask.id),
    )


def draw(state: State, reader: Reader) -> Card:
    words, ask, roll_call = reader.words, state.ask, state.roll_call
    body: list[Section | None] = [event.said(reader, roll_call)]
    if roll_call.drill:
        body.append(Text(words.say("drill-note")))
    if roll_call.state is Stage.CANCELLED:
        body.append(Text(words.say("checkin-cancelled")))
        body.append(event.sender(reader, roll_call, state.launcher))
        title = words.say("checkin-cancelled-title")
        return fit.card(reader, title, body, drill=roll_call.drill)

    welcome = (
        checkins.refusal(roll_call, reader.now) is None and ask.standing is not Standing.WITHDRAWN
    )
    waits = roll_call.running and ask.standing not in SETTLED
    if ask.answer:
        body += recorded(state, reader)
        if welcome:
            body.append(Text(words.say("checkin-change"), quiet=True))
    elif waits and state.reminder:
        body.insert(0, Text(words.say("checkin-reminder", count=state.reminder)))
    if state.remark is not None:
        # Small print, not what the organisation says: an SMS and a call leave it out.
        when = words.when(state.remark.at, reader.now)
        text = fit.said(state.remark.text, WROTE).text
        body.append(Text(words.say("checkin-remark", when=when, text=text), quiet=True))
    crying = ask.answer == HELP
    if welcome and not waits and not ask.answer:
        body.append(Text(words.say("checkin-late"), quiet=True))
    elif not (welcome and roll_call.running) and not crying:
        body.append(Text(words.say("checkin-over"), quiet=True))
    body.append(event.sender(reader, roll_call, state.launcher))
    return fit.card(
        reader,
        words.say("checkin-title"),
        body,
        answer_buttons(reader, ask) if welcome else (),
        tone=Tone.GOOD if ask.answer and not crying else Tone.URGENT,
        drill=roll_call.drill,
        open=waits and welcome,
        ask=Hint(words.say("cry-hint"), place=True) if crying else None,
    )


def recorded(state: State, reader: Reader) -> list[Section | None]:
    """What was recorded, when and by whom; after a cry, what happens now."""
    words, ask = reader.words, state.ask
    when = words.when(ask.answered_at or state.roll_call.launched_at, reader.now)
    if state.answered_by:
        name = fit.line(state.answered_by)
        body: list[Section | None] = [
            Text(words.say(f"checkin-recorded-for-{ask.answer}", name=name, when=when))
        ]
    else:
        body = [Text(words.say(f"checkin-recorded-{ask.answer}", when=when))]
    if ask.answer != HELP:
        return body
    told = state.told
    if told.taker:
        body.append(Text(words.say("checkin-taken", name=fit.line(told.taker))))
    elif told.ids:
        listed = people.names(reader, told.names, len(told.ids))
        body.append(Text(words.say("checkin-told", names=listed)))
    else:
        body.append(Text(words.say("checkin-told-nobody")))
    danger = "checkin-danger-drill" if state.roll_call.drill else "checkin-danger"
    body.append(Text(words.say(danger)))
    return body
