"""The worklist: whom a lead is to call, and what the calls gave.

Rules of the room:
- One card for one lead and one roll call, drawn again in place as it shrinks.
- Whoever needs help comes first. A page holds no more people than have room for their buttons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import buttons
from bot.cards import Button, Card, Person, Section, Style, Text, Tone
from bot.found import Worklist
from bot.look import Look
from bot.rollcalls import HELP, RollCall
from bot.rollcalls import State as Stage
from bot.views import Reader
from bot.views.parts import event, fit, people
from bot.views.parts.people import Somebody

MOST = 12
"""People on one page: three buttons each, and two to turn the page."""


@dataclass(frozen=True, slots=True)
class State:
    roll_call: RollCall
    launcher: str
    listed: tuple[Somebody, ...]
    waiting: int
    done: int
    offset: int
    in_hand: int = 0
    """Of those who wait: on the reader's other card, to be called just now."""
    callers: Mapping[str, str] = field(default_factory=dict)
    """Names of others who have somebody in hand to call, by check-in."""

    @property
    def here(self) -> int:
        """How many stand on the pages of this list."""
        return self.waiting - self.in_hand


def page_size(reader: Reader) -> int:
    return max(1, min(reader.rules.worklist_size, MOST))


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    _, roll_call_id, lead = (*subject.split(":"), "", "")[:3]
    roll_call = await look.roll_call(roll_call_id)
    if roll_call is None or lead != str(reader.person.id):
        return None
    given = args.get("offset", "")
    offset = int(given) if given.isdecimal() else 0
    found = Worklist((), 0, 0)
    if roll_call.running:
        found = await _page(look, roll_call, reader, offset)
        if offset and not found.asks:
            # The list has become shorter than that: back to its beginning.
            offset = 0
            found = await _page(look, roll_call, reader, offset)
    return State(
        roll_call,
        await event.name_of(look, roll_call.launched_by),
        await people.on_list(look, found.asks, reader, roll_call, given=True),
        found.total,
        found.done,
        offset,
        found.in_hand,
        await _callers(look, found, reader),
    )


async def _callers(look: Look, found: Worklist, reader: Reader) -> Mapping[str, str]:
    """Who has whom in hand to call, by check-in: nobody is called by two at once."""
    calls = await look.calls_of([ask.id for ask in found.asks])
    held = {a: c.caller for a, c in calls.items() if c.caller not in (None, reader.person.id)}
    return {ask: await event.name_of(look, caller) for ask, caller in held.items()}


async def _page(look: Look, roll_call: RollCall, reader: Reader, offset: int) -> Worklist:
    return await look.worklist(roll_call.about, reader.person.id, offset, page_size(reader))


def draw(state: State, reader: Reader) -> Card:
    words, roll_call = reader.words, state.roll_call
    said = event.said(reader, roll_call)
    sender = event.sender(reader, roll_call, state.launcher)
    drill = roll_call.drill
    if not roll_call.running:
        called_off = roll_call.state is Stage.CANCELLED
        title = words.say("worklist-cancelled" if called_off else "worklist-over")
        return fit.card(reader, title, (said, sender), drill=drill)
    everyone = state.waiting + state.done
    if not state.waiting:
        title = words.say("worklist-done", count=everyone)
        return fit.card(reader, title, (said, sender), drill=drill, tone=Tone.GOOD)

    hint = Text(words.say("worklist-hint")) if state.here else None
    body: list[Section | None] = [hint, said]
    body += [_line(reader, each, state.callers.get(each.ask.id, "")) for each in state.listed]
    last = state.offset + len(state.listed)
    if state.offset or last < state.here:
        shown = words.say("worklist-range", first=state.offset + 1, last=last, all=state.here)
        body.append(Text(shown, quiet=True))
    if state.in_hand:
        body.append(Text(words.say("worklist-in-hand", count=state.in_hand)))
    body.append(sender)
    crying = any(somebody.ask.answer == HELP for somebody in state.listed)
    return fit.card(
        reader,
        words.say("worklist-title", count=state.waiting, all=everyone),
        body,
        _turns(state, reader, last),
        tone=Tone.URGENT if crying else Tone.CALM,
        drill=drill,
        open=True,
    )


def _line(reader: Reader, somebody: Somebody, caller: str) -> Person:
    facts = [*people.history(reader, somebody), *people.place(somebody.ask)]
    if caller and somebody.ask.answer != HELP:
        facts.insert(0, reader.words.say("person-called-by", name=fit.line(caller)))
    note = reader.words.dotted(facts)
    return Person(fit.line(somebody.name), note, people.answers(reader, somebody))


def _turns(state: State, reader: Reader, last: int) -> tuple[Button, ...]:
    """To the next people on the list, and back to the first."""
    words, turns = reader.words, []
    left = state.here - last
    if left > 0:
        label = words.say("worklist-next", count=min(left, page_size(reader)))
        turns.append((last, label))
    if state.offset:
        turns.append((0, words.say("worklist-first")))
    me, roll_call = reader.person.id, state.roll_call.id
    return tuple(
        fit.button(buttons.worklist(roll_call, me, offset), label, Style.QUIET)
        for offset, label in turns
    )
