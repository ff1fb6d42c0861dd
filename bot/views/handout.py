"""The hand-out: at most eight people to telephone, and one tap for what each call gave.

Rules of the room:
- It is for the one in whose hand it is. Whoever answers meanwhile is off it, in place; what the
  caller recorded stays on it, so that a slip can be put right.
- It names the contact whose number may be shown, never the number: see `bot.numbers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import buttons, calls
from bot.asks import Ask
from bot.calls import HANDFUL, Call, Way
from bot.cards import Button, Card, Person, Section, Style, Text, Tone
from bot.look import Look
from bot.rollcalls import RollCall
from bot.rollcalls import State as Stage
from bot.timeline import Note
from bot.views import Reader
from bot.views.parts import event, fit, people
from bot.views.parts.people import Somebody

STYLES = {calls.SAFE: Style.GOOD, calls.HELP: Style.DANGER}


@dataclass(frozen=True, slots=True)
class Line:
    """One person to call: how they were asked, and the contact whose number may be shown."""

    name: str
    ask: Ask
    asked: tuple[Way, ...] = ()
    number: int = 0
    open: bool = False
    remark: Note | None = None


@dataclass(frozen=True, slots=True)
class State:
    handout: Ask
    roll_call: RollCall
    launcher: str
    lines: tuple[Line, ...]

    @property
    def left(self) -> int:
        return sum(line.open for line in self.lines)


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    handout = await look.ask(subject.partition(":")[2])
    if handout is None or handout.person != reader.person.id:
        return None
    roll_call = await look.roll_call(handout.about.removeprefix("calls:"))
    if roll_call is None:
        return None
    launcher = await event.name_of(look, roll_call.launched_by)
    names = await look.handout(handout.id) if roll_call.running else []
    return State(handout, roll_call, launcher, await lines(look, names[:HANDFUL], reader))


async def lines(look: Look, names: Sequence[Call], reader: Reader) -> tuple[Line, ...]:
    """Those still to call first, then what the reader recorded."""
    me = reader.person.id
    await look.prefetch(asks=[call.ask for call in names])
    found = [(call, await look.ask(call.ask)) for call in names]
    asked = [(call, ask) for call, ask in found if ask is not None]
    await look.prefetch(people=[ask.person for _, ask in asked])
    ids = [ask.id for _, ask in asked]
    ways, remarks = await look.asked_by(ids), await look.remarks(ids)
    # A number is for those who answer for somebody, not for whoever helps out.
    mine = [ask.person for _, ask in asked if me in ask.chain]
    numbers = await look.callable_by(mine) if mine else {}
    drawn = []
    for call, ask in asked:
        to_call = call.caller == me and ask.sought
        tried = call.caller is None and ask.sought and ask.tries > 0
        if to_call or tried or ask.answered_by == me:
            name = await event.name_of(look, ask.person)
            number = numbers.get(ask.person, 0) if to_call else 0
            asked_by = tuple(ways.get(ask.id, ()))
            drawn.append(Line(name, ask, asked_by, number, to_call, remarks.get(ask.id)))
    return tuple(sorted(drawn, key=lambda line: (not line.open, line.name)))


def draw(state: State, reader: Reader) -> Card:
    words, roll_call = reader.words, state.roll_call
    said = event.said(reader, roll_call)
    sender = event.sender(reader, roll_call, state.launcher)
    body: list[Section | None] = [_hint(state, reader), said]
    body += [line(reader, each) for each in state.lines]
    body.append(sender)
    asks = bool(state.left) and state.handout.waiting
    return fit.card(
        reader,
        words.say(_title(state), count=state.left),
        body,
        tone=Tone.URGENT if asks else Tone.CALM,
        drill=roll_call.drill,
        open=asks,
    )


def _title(state: State) -> str:
    if state.roll_call.state is Stage.CANCELLED:
        return "worklist-cancelled"
    if not state.roll_call.running:
        return "worklist-over"
    if state.left:
        return "handout-title"
    return "handout-done"


def _hint(state: State, reader: Reader) -> Text | None:
    if not state.left or not state.handout.waiting:
        return None
    span = reader.words.span(state.handout.policy.first_reminder)
    return Text(reader.words.say("handout-hint", span=span))


def line(reader: Reader, each: Line) -> Person:
    """One person, how they were tried, and what the reader may record."""
    words, ask = reader.words, each.ask
    facts = list(people.place(ask))
    if not ask.answer:
        somebody = Somebody(each.name, ask, each.asked, remark=each.remark)
        if each.asked:
            ways = [way(reader, asked) for asked in each.asked]
            facts.append(words.say("person-asked-by", ways=words.join(ways)))
            facts += people.history(reader, somebody)[1:]
        else:
            facts += people.history(reader, somebody)
    else:
        facts.append(words.say(f"for-{ask.answer}"))
    note = words.dotted(facts)
    return Person(fit.line(each.name), note, _taps(reader, each), number=each.number)


def way(reader: Reader, asked: Way) -> str:
    """By which channel and when."""
    said = f"{fit.channel(reader, asked.channel)} {reader.words.when(asked.at, reader.now)}"
    return reader.words.say("way-unopened", way=said) if asked.closed else said


def _taps(reader: Reader, each: Line) -> tuple[Button, ...]:
    words, ask = reader.words, each.ask
    if not each.open:
        again = buttons.call(ask.id, "correct")
        return (fit.button(again, words.say("button-correct"), Style.QUIET),)
    return results(reader, ask, number=each.number)


def results(reader: Reader, ask: Ask, *, number: int = 0) -> tuple[Button, ...]:
    """What a call may have given; a wrong number only where one was shown: of that contact."""
    given = [result for result in calls.RESULTS if number or result != calls.WRONG]
    return tuple(
        fit.button(
            buttons.call(ask.id, result, number if result == calls.WRONG else 0),
            reader.words.say(f"for-{result}"),
            STYLES.get(result, Style.QUIET),
        )
        for result in given
    )
