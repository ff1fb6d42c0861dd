"""The cry: somebody needs help, who was told, who has it, and that it is over.

Rules of the room:
- It is for those who were paged, those above the person and the safety desk.
- It asks until somebody has it; a roll call that ends does not end it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons, checkins
from bot.asks import Ask, Standing
from bot.cards import Button, Card, Fields, Section, Style, Text, Tone
from bot.look import Look
from bot.people import Role
from bot.rollcalls import HELP, SAFE, RollCall
from bot.rollcalls import State as Stage
from bot.timeline import Note
from bot.views import Reader
from bot.views.parts import event, fit, people
from bot.views.parts.people import Told

NOTES = 5
"""How many of their last lines are shown."""
NAMED = 6
"""How many of those told are named."""


@dataclass(frozen=True, slots=True)
class State:
    ask: Ask
    roll_call: RollCall
    name: str
    launcher: str
    answered_by: str
    told: Told
    notes: tuple[Note, ...] = ()
    """What the person wrote and where they are, oldest first."""
    earlier: bool = False
    """They wrote more lines than these."""


def may_see(reader: Reader, ask: Ask, told: Told) -> bool:
    me = reader.person
    if me.id == ask.person:
        return False
    if me.id in told.ids or me.id in ask.chain or me.id == told.taken_by:
        return True
    return me.may(Role.SAFETY, Role.RESPONDER)


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    ask = await look.ask(subject.partition(":")[2])
    if ask is None:
        return None
    roll_call = await look.roll_call(ask.about.partition(":")[2])
    told = await people.told(look, f"help:{ask.id}", NAMED)
    if roll_call is None or not may_see(reader, ask, told):
        return None
    found = await look.notes(subject, NOTES + 1)
    since = ask.answered_at
    return State(
        ask,
        roll_call,
        await event.name_of(look, ask.person),
        await event.name_of(look, roll_call.launched_by),
        await event.name_of(look, ask.answered_by),
        told,
        # Those of an earlier cry, from which they were safe since, tell what is no longer true.
        tuple(note for note in found[-NOTES:] if since is None or note.at >= since),
        len(found) > NOTES,
    )


def draw(state: State, reader: Reader) -> Card:
    words, ask, roll_call = reader.words, state.ask, state.roll_call
    name = fit.line(state.name)
    drill = roll_call.drill
    called_off = roll_call.state is Stage.CANCELLED or ask.standing is Standing.WITHDRAWN
    if called_off and ask.answer != HELP:
        body: list[Section | None] = [
            Text(words.say("checkin-cancelled")),
            event.sender(reader, roll_call, state.launcher),
        ]
        title = words.say("cry-title-cancelled", name=name)
        return fit.card(reader, title, body, drill=drill)
    if ask.answer != HELP:
        body = [_over(state, reader), event.said(reader, roll_call)]
        title = words.say("cry-title-over", name=name)
        return fit.card(reader, title, body, _undo(state, reader), drill=drill, tone=Tone.GOOD)

    body = [
        Text(words.say("cry-drill" if drill else "cry-ask")) if not state.told.taker else None,
        _taken(state, reader),
        _facts(state, reader),
        *(fit.said(note.text, fit.SAID) for note in state.notes if note.text),
        event.said(reader, roll_call),
        _told(state, reader),
        event.sender(reader, roll_call, state.launcher),
    ]
    return fit.card(
        reader,
        words.say("cry-title", name=name),
        body,
        _buttons(state, reader),
        tone=Tone.CALM if state.told.taker else Tone.URGENT,
        drill=drill,
        open=state.told.taken_by is None,
    )


def _over(state: State, reader: Reader) -> Text:
    """Who said that help is no longer needed, and when."""
    words, ask = reader.words, state.ask
    when = words.when(ask.answered_at or state.roll_call.launched_at, reader.now)
    return Text(words.say("cry-said-by", name=fit.line(state.answered_by), when=when))


def _taken(state: State, reader: Reader) -> Text | None:
    told = state.told
    if told.taken_by is None:
        return None
    words = reader.words
    if told.taken_by == reader.person.id:
        return Text(words.say("page-yours"))
    return Text(words.say("person-taken", name=fit.line(told.taker)))


def _facts(state: State, reader: Reader) -> Fields:
    words, ask = reader.words, state.ask
    site, team = people.place(ask)
    rows = [
        (words.say("fact-site"), site),
        (words.say("fact-team"), team),
        (
            words.say("fact-since"),
            words.when(ask.answered_at, reader.now) if ask.answered_at else "",
        ),
        (words.say("fact-said-by"), fit.line(state.answered_by) if ask.on_behalf else ""),
    ]
    return Fields(tuple((label, value) for label, value in rows if value))


def _told(state: State, reader: Reader) -> Text | None:
    told = state.told
    if not told.ids:
        return None
    listed = people.names(reader, told.names, len(told.ids))
    return Text(reader.words.say("page-told", names=listed), quiet=True)


def _undo(state: State, reader: Reader) -> tuple[Button, ...]:
    """What somebody else has said may have been a mistake: they are called for again."""
    ask, roll_call = state.ask, state.roll_call
    if not ask.on_behalf or checkins.refusal(roll_call, reader.now):
        return ()
    if not people.may_answer(reader, ask, roll_call):
        return ()
    again = buttons.behalf(ask.id, HELP)
    return (fit.button(again, reader.words.say("cry-undo"), Style.DANGER),)


def _buttons(state: State, reader: Reader) -> tuple[Button, ...]:
    words, ask = reader.words, state.ask
    drawn = []
    if state.told.taken_by is None:
        take = buttons.take(f"help:{ask.id}")
        drawn.append(fit.button(take, words.say("button-take"), Style.DANGER))
    if state.told.taken_by == reader.person.id or people.may_answer(reader, ask, state.roll_call):
        safe = buttons.behalf(ask.id, SAFE)
        drawn.append(fit.button(safe, words.say("for-now-safe"), Style.GOOD))
    if state.earlier or any(len(note.text) > fit.SAID for note in state.notes):
        whole = buttons.everything(f"help:{ask.id}")
        drawn.append(fit.button(whole, words.say("button-everything")))
    return tuple(drawn)
