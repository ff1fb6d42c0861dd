"""What happens in the demo, told in single lines, and how the newest roll call stands.

Rules of the room:
- It looks at the house from time to time and tells what is different; it changes nothing.
- It names the first few people and then only counts: with 5,000 people nobody wants to read
  every line.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot import pages
from bot.asks import Ask, Standing
from bot.found import Count
from bot.incidents import Incident
from bot.incidents import State as IncidentState
from bot.look import Book, Look
from bot.ports import Clock
from bot.rollcalls import HELP, RollCall
from bot.rollcalls import State as RollCallState
from bot.texts import Words

NAMED = 3
"""How many people are named in each kind of line."""
QUARTERS = (50, 75, 90, 100)
"""Shares of answers worth a line of their own, in percent."""

ALONE, HELPED, OVER = "alone", "helped", "over"

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened: a key of the demo's words, and its values."""

    key: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standings:
    """How many of those asked stand where."""

    all: int = 0
    done: int = 0
    help: int = 0
    missing: int = 0
    called: int = 0
    """Missing, and on the list of somebody above them."""

    @staticmethod
    def of(counts: list[Count], expected: int) -> Standings:
        done = help_ = missing = called = 0
        for count in counts:
            done += count.people if count.answer else 0
            help_ += count.people if count.answer == HELP else 0
            if not count.answer:
                missing += count.people
                silent = count.standing in (Standing.CLIMBED, Standing.UNREACHED)
                called += count.people if silent else 0
        return Standings(max(expected, done + missing), done, help_, missing, called)

    @property
    def values(self) -> dict[str, Value]:
        return {
            "all": self.all,
            "done": self.done,
            "help": self.help,
            "missing": self.missing,
            "called": self.called,
        }


@dataclass(slots=True)
class _Call:
    """What has been told of one roll call."""

    roll_call: RollCall
    reminders: int
    """How many the crowd had been given before it began."""
    quarter: int = 0
    reminded: bool = False
    crying: dict[str, str] = field(default_factory=dict)
    """Ask -> ALONE, HELPED or OVER; only of those who were named."""
    climbed: set[str] = field(default_factory=set)
    more: bool = False
    unreached: set[str] = field(default_factory=set)


class Story:
    """Tells `new()` lines; `standings` is the newest roll call that runs, or `None`."""

    def __init__(self, book: Book, clock: Clock, words: Words) -> None:
        self.standings: Standings | None = None
        self._book = book
        self._clock = clock
        self._words = words
        self._incidents: dict[str, Incident] = {}
        self._calls: dict[str, _Call] = {}

    async def new(self, reminders: int = 0) -> list[Line]:
        """What has happened since the last look; `reminders` so far, as the phones know."""
        async with self._book.look() as look:
            lines = [line async for line in self._reports(look)]
            running = await look.running()
            for roll_call in running:
                if roll_call.id not in self._calls:
                    self._calls[roll_call.id] = _Call(roll_call, reminders)
                    lines.append(Line("launched", {"count": roll_call.expected}))
            self.standings = None
            for known in list(self._calls.values()):
                now = await look.roll_call(known.roll_call.id)
                if now is not None:
                    lines += [line async for line in self._call(look, known, now, reminders)]
        return lines

    # --- reports ---------------------------------------------------------------------------

    async def _reports(self, look: Look) -> AsyncIterator[Line]:
        for incident in await look.open_incidents():
            if incident.id not in self._incidents:
                self._incidents[incident.id] = incident
                kind = self._words.say(f"kind-{incident.kind}")
                what = f"{kind} ({incident.place})" if incident.place else kind
                yield Line("reported", {"name": await _name(look, incident.reporter), "what": what})
        for known in list(self._incidents.values()):
            now = await look.incident(known.id)
            if now is None or now.state is known.state:
                continue
            self._incidents[now.id] = now
            if now.state is IncidentState.TAKEN:
                yield Line("taken", {"name": await _name(look, now.taken_by)})
            else:
                del self._incidents[now.id]
                yield Line("closed")

    # --- roll calls ------------------------------------------------------------------------

    async def _call(
        self, look: Look, known: _Call, now: RollCall, reminders: int
    ) -> AsyncIterator[Line]:
        standings = Standings.of(await look.counts(now.about), now.expected)
        if not now.running:
            del self._calls[now.id]
            if now.state is RollCallState.CANCELLED:
                yield Line("called-off")
            else:
                passed = (now.ended_at or self._clock.now()) - now.launched_at
                minutes = max(1, round(passed.total_seconds() / 60))
                yield Line("over", {**standings.values, "minutes": minutes})
            return
        self.standings = standings
        percent = 100 * standings.done // standings.all if standings.all else 0
        passed_now = [q for q in QUARTERS if known.quarter < q <= percent]
        if passed_now:
            known.quarter = passed_now[-1]
            yield Line("answered", {"done": standings.done, "all": standings.all})
        if not known.reminded and reminders > known.reminders:
            known.reminded = True
            yield Line("reminded")
        async for line in self._crying(look, known, now):
            yield line
        if standings.called:
            async for line in self._silent(look, known, now):
                yield line

    async def _crying(self, look: Look, known: _Call, now: RollCall) -> AsyncIterator[Line]:
        crying = {ask.id: ask for ask in await look.in_need(now.about)}
        for ask in crying.values():
            if ask.id not in known.crying and len(known.crying) < NAMED:
                known.crying[ask.id] = ALONE
                yield Line("help", {"name": await _name(look, ask.person), "site": ask.site})
        for ask_id, state in list(known.crying.items()):
            found = crying.get(ask_id) or await look.ask(ask_id)
            if found is None or state == OVER:
                continue
            if found.answer != HELP:
                known.crying[ask_id] = OVER
                yield Line("safe-again", {"name": await _name(look, found.person)})
            elif state == ALONE:
                holder = pages.holder(await look.asks_about(f"help:{ask_id}"))
                if holder is not None:
                    known.crying[ask_id] = HELPED
                    names = {"name": await _name(look, holder)}
                    yield Line("helped", {**names, "other": await _name(look, found.person)})

    async def _silent(self, look: Look, known: _Call, now: RollCall) -> AsyncIterator[Line]:
        for ask in await look.silent(now.about):
            if ask.standing is Standing.UNREACHED and ask.id not in known.unreached:
                known.unreached.add(ask.id)
                if len(known.unreached) <= NAMED:
                    yield Line("unreached", {"name": await _name(look, ask.person)})
            elif ask.standing is Standing.CLIMBED and ask.id not in known.climbed:
                known.climbed.add(ask.id)
                if len(known.climbed) <= NAMED:
                    yield await _climbed(look, ask)
                elif not known.more:
                    known.more = True
                    yield Line("climbed-more")


async def _climbed(look: Look, ask: Ask) -> Line:
    names = {"name": await _name(look, ask.person), "other": await _name(look, ask.holder)}
    return Line("climbed", {**names})


async def _name(look: Look, person: int | None) -> str:
    found = await look.person(person) if person is not None else None
    return found.name if found else "?"
