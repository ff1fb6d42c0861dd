"""What concerns somebody now: what waits for them, roll calls they run, incidents they follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import buttons, incidents
from bot.asks import Ask, Kind
from bot.cards import Button, Card, Person, Section, Style, Text, Tone
from bot.choices import may_launch
from bot.forms import Draft
from bot.incidents import Incident
from bot.look import Look
from bot.rollcalls import HELP, RollCall
from bot.views import Reader, menu
from bot.views.parts import event, fit, kinds, unsettled, waiting
from bot.views.parts.waiting import CheckIn

MOST = 5
"""Lines of each sort."""


@dataclass(frozen=True, slots=True)
class State:
    check_in: CheckIn | None
    cries: tuple[tuple[Ask, str], ...]
    """Check-ins of people who need help and whom the reader was asked to look after."""
    roll_calls: tuple[RollCall, ...]
    """Running ones the reader watches."""
    worklists: tuple[tuple[RollCall, int], ...]
    """Running ones in which the reader has people to call, and how many."""
    handouts: tuple[tuple[Ask, RollCall, int], ...]
    """Those in the reader's hand, and how many are still to be called."""
    incidents: tuple[Incident, ...]
    draft: Draft | None
    launcher: bool


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    me = reader.person
    if subject.partition(":")[2] != str(me.id):
        return None
    waits = await look.waiting_for(me.id)
    tree = await look.tree()
    running = await look.running()
    worklists = []
    for roll_call in running:
        found = await look.worklist(roll_call.about, me.id, 0, 1)
        if found.total:
            worklists.append((roll_call, found.total))
    paged = {ask.about for ask in waits if ask.kind is Kind.PAGE}
    mine = []
    for incident in await look.open_incidents():
        chain = tree.chain(incident.reporter)
        concerned = incidents.may_work_on(incident, me, chain, incident.about in paged)
        if concerned or incident.reporter == me.id:
            mine.append(incident)
    return State(
        await waiting.check_in(look, waits, reader),
        await _cries(look, paged),
        tuple(r for r in running if unsettled.may_see(reader, r))[:MOST],
        tuple(worklists)[:MOST],
        await _handouts(look, waits),
        tuple(mine)[:MOST],
        await look.draft_of(me.id),
        may_launch(me, tree),
    )


async def _handouts(look: Look, waits: Sequence[Ask]) -> tuple[tuple[Ask, RollCall, int], ...]:
    found = []
    for ask in waits:
        if ask.kind is Kind.CALL:
            roll_call = await look.roll_call(ask.about.removeprefix("calls:"))
            left = sum(call.caller == ask.person for call in await look.handout(ask.id))
            if roll_call is not None and roll_call.running and left:
                found.append((ask, roll_call, left))
    return tuple(found)[:MOST]


async def _cries(look: Look, paged: set[str]) -> tuple[tuple[Ask, str], ...]:
    """Who needs help, of those the reader was paged about."""
    found = []
    for about in sorted(paged):
        noun, _, ask_id = about.partition(":")
        ask = await look.ask(ask_id) if noun == "help" else None
        if ask is not None and ask.answer == HELP:
            found.append((ask, await event.name_of(look, ask.person)))
    return tuple(found)[:MOST]


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    body: list[Section] = []
    first: tuple[Button, ...] = ()
    if state.check_in:
        body += waiting.question(reader, state.check_in)
        first = waiting.answers(reader, state.check_in)
    body += [_cry(ask, name, reader) for ask, name in state.cries]
    body += [_handout(*each, reader) for each in state.handouts]
    body += [_worklist(roll_call, count, reader) for roll_call, count in state.worklists]
    body += [_roll_call(roll_call, reader) for roll_call in state.roll_calls]
    body += [_incident(incident, reader) for incident in state.incidents]
    if not body:
        body.append(Text(words.say("nothing-waiting")))
    return fit.card(
        reader,
        words.say("status-title"),
        body,
        (*first, *menu.doors(reader, launcher=state.launcher, draft=state.draft, waits=0)),
        tone=Tone.URGENT if state.cries or state.check_in else Tone.CALM,
        drill=bool(state.check_in and state.check_in.roll_call.drill),
    )


def _cry(ask: Ask, name: str, reader: Reader) -> Person:
    words = reader.words
    take = fit.button(buttons.take(f"help:{ask.id}"), words.say("button-take"), Style.DANGER)
    since = words.when(ask.answered_at, reader.now) if ask.answered_at else ""
    note = words.dotted((words.say("person-needs-help", when=since), fit.line(ask.site)))
    return Person(fit.line(name), note, (take,))


def _handout(ask: Ask, roll_call: RollCall, left: int, reader: Reader) -> Person:
    words = reader.words
    show = fit.button(buttons.hand(ask.id), words.say("button-show"), Style.DANGER)
    return Person(_words(roll_call, reader), words.say("handout-title", count=left), (show,))


def _worklist(roll_call: RollCall, count: int, reader: Reader) -> Person:
    words = reader.words
    show = buttons.worklist(roll_call.id, reader.person.id, 0)
    note = words.say("status-worklist", count=count)
    return Person(
        _words(roll_call, reader), note, (fit.button(show, words.say("button-show"), Style.DANGER),)
    )


def _roll_call(roll_call: RollCall, reader: Reader) -> Person:
    words = reader.words
    show = fit.button(buttons.roll_call(roll_call.id, "tally"), words.say("button-show"))
    note = words.say("status-rollcall", when=words.when(roll_call.launched_at, reader.now))
    return Person(_words(roll_call, reader), note, (show,))


def _words(roll_call: RollCall, reader: Reader) -> str:
    said = fit.line(event.plain(reader, roll_call.words), 100)
    return reader.words.say("status-drill", words=said) if roll_call.drill else said


def _incident(incident: Incident, reader: Reader) -> Person:
    words = reader.words
    show = fit.button(buttons.incident(incident.id, "show"), words.say("button-show"))
    state = words.say(f"state-{incident.state.value}")
    note = words.dotted((state, words.when(incident.reported_at, reader.now)))
    return Person(kinds.name(reader, incident), note, (show,))
