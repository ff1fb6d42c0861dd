"""A town: made-up people, their phones, a house that serves them, and a clock.

A scenario is a dialogue with it:

    town = await found("Mori: safety\\n  Lena:\\n    Aiko:")
    await town.says("Aiko", "there is a fire in building B")
    town.hears("Aiko", "Where?", buttons=["Cancel"])
    await town.taps("Lena", "I take it", told="It is yours")
    await town.fast_forward(minutes=3)

Rules of the room:
- Whatever a phone receives must be expected: a card that nobody heard or ignored fails the test.
- After every step no ask waits without a time, and none has a time without waiting.
- At the end the outbox is empty, every chain of the journal holds, the log has no error, no
  word is missing, and every phone shows what it would show if it were drawn anew.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.app import House
from bot.look import CouldNotSave
from bot.ports import SeededIds
from storage import staff
from storage.instants import micros, moment
from tests.databases import settings_for
from tests.scenarios.dialogue import Citizen, Dialogue
from tests.scenarios.folk import folk, roster
from tests.scenarios.phones import Phone, PostOffice, TownClock
from tests.scenarios.webpages import WebPages

Founding = Callable[..., Awaitable["Town"]]

MOST_TURNS = 500
"""How often the house may find something to do at one moment before it counts as endless."""
_NEXT = (
    "SELECT min(at) FROM ("
    " SELECT min(due_at) AS at FROM asks WHERE due_at IS NOT NULL"
    " UNION ALL SELECT min(due_at) FROM rollcalls WHERE due_at IS NOT NULL"
    " UNION ALL SELECT min(due_at) FROM drafts WHERE due_at IS NOT NULL"
    " UNION ALL SELECT min(ready_at) FROM outbox WHERE ready_at > :now"
    " UNION ALL SELECT min(blocked_until) FROM lanes WHERE blocked_until > :now"
    ") AS moments"
)
_TOKENS = (
    "SELECT updated_at + CAST((1 - tokens) / rate * 1000000 AS BIGINT) FROM lanes WHERE rate > 0"
)
_PENDING = (
    "SELECT 'due' FROM asks WHERE due_at <= :now"
    " UNION SELECT 'due' FROM rollcalls WHERE due_at <= :now"
    " UNION SELECT 'due' FROM drafts WHERE due_at <= :now"
    " UNION SELECT channel FROM outbox WHERE ready_at <= :now"
    " UNION SELECT 'lost ' || id || ' ' || standing FROM asks"
    " WHERE (standing IN ('asked', 'climbed')) <> (due_at IS NOT NULL)"
)

TICK = timedelta(seconds=1)
"""How often the house looks what is due: what lies closer together is found together."""

NOBODY_CALLS = {severity: {"call_after": "0s"} for severity in ("routine", "serious", "critical")}
"""The stage in which people telephone has stories of its own."""


class Town(Dialogue):
    """Found one with `Town.found`; the fixture `found` also looks it over and closes it."""

    def __init__(self, url: str, clock: TownClock, settings: Mapping[str, object]) -> None:
        self.url = url
        self.clock = clock
        self.offices = {
            "phone": PostOffice("phone", clock),
            "mail": PostOffice("mail", clock, edits=False),
            "telegram": PostOffice("telegram", clock),
        }
        self.people: dict[str, Citizen] = {}
        self.houses: list[House] = []
        self._gone: list[House] = []
        self.settings = settings
        self.faults_expected: set[str] = set()
        path = make_url(url).database if url.startswith("sqlite") else None
        self._file = sqlite3.connect(path, isolation_level=None) if path else None
        self.web = WebPages(clock)

    @classmethod
    async def found(cls, url: str, people: str, *, seed: int = 1, **settings: object) -> Town:
        """A town on the database at `url`, its people as `tests.scenarios.folk` reads them."""
        given: dict[str, dict[str, object]] = settings.pop("policy", {})  # type: ignore[assignment]
        settings["policy"] = {s: {**quiet, **given.get(s, {})} for s, quiet in NOBODY_CALLS.items()}
        town = cls(url, TownClock(), settings)
        town.open_house(seed=seed)
        await town.move_in(people)
        return town

    def open_house(self, writer: str = "server", *, seed: int = 1) -> House:
        """A process that serves this town; a second one is a replica."""
        house = House(
            settings_for(self.url, **self.settings),
            clock=self.clock,
            ids=SeededIds(seed + 1000 * len(self.houses)),
            writer=writer,
            channels={**self.offices},
        )
        self.houses.append(house)
        return house

    def reopen(self) -> None:
        """The process is gone and another takes its place: nothing is left but the database."""
        self.bury(self.houses.pop(0))
        self.houses.insert(0, self.open_house(seed=len(self._gone) + 7))
        self.houses.pop()

    def bury(self, house: House) -> None:
        """A process that is no more; only its connections are still to be closed."""
        self._gone.append(house)

    @property
    def carriers(self) -> set[str]:
        """The channels whose cards may have to wait for their turn."""
        return {*self.offices, *self.house.platforms}

    @property
    def phones(self) -> PostOffice:
        return self.offices["phone"]

    async def move_in(self, people: str) -> None:
        """These people are imported, and get their phones."""
        new = folk(people)
        async with self.house.store.write() as work:
            await staff.take_over(work, roster(new), leave=False)
            known = await work.by_key([p.key for p in new])
        for person in new:
            phone = Phone(person.name)
            self.people[person.name] = Citizen(person, known[person.key].id, phone)
            for channel, office in self.offices.items():
                office.phones[person.address(channel)] = phone
            if "web" in person.channels:
                self.web.open(known[person.key].id, phone)

    async def leaves(self, name: str) -> None:
        """Somebody leaves the organisation."""
        async with self.house.store.write() as work:
            await staff.remove(work, [self.people[name].somebody.key])
            await work.flush()
        self.web.close(self.people[name].id)
        await self.looks()

    async def looks(self) -> None:
        """The clock has ticked, though nothing may be due."""
        await self.house.engine.come_due()
        await self.settle()

    # --- time ----------------------------------------------------------------------------

    async def fast_forward(self, **by: float) -> None:
        """Let time pass, from each moment something is due to the next."""
        until = self.clock.now() + timedelta(**by)
        while True:
            due = await self.next_due()
            if due is None or due > until:
                break
            self.clock.at_least(min(due + TICK, until))
            await self.settle()
        self.clock.at_least(until)
        await self.settle()

    async def next_due(self) -> datetime | None:
        """When something is to be done next, if ever."""
        now = self.clock.now()
        [found] = await self._column(_NEXT)
        moments = [] if found is None else [moment(found)]
        if (await self._pending()) & self.carriers:
            # The lane of a channel lets no more through until it has a whole token again.
            tokens = [moment(at) for at in await self._column(_TOKENS) if at > micros(now)]
            moments += tokens or [now + TICK]
        return max(min(moments), now) if moments else None

    async def settle(self) -> None:
        """Until nobody has anything to do at this moment; then nothing may be amiss."""
        for _ in range(MOST_TURNS):
            pending = await self._pending()
            if not pending:
                break
            done = await asyncio.gather(*(self._turn(house, pending) for house in self.houses))
            if not any(done):
                break
        else:
            raise AssertionError("the house finds no rest")
        lost = [word for word in pending if word.startswith("lost ")]
        assert not lost, f"asks and their times disagree: {lost}"
        await self.web.follow(self.house)

    async def _pending(self) -> set[str]:
        """`due` if anything is, the channels that have cards ready, and asks that are lost."""
        return set(await self._column(_PENDING))

    async def _column(self, statement: str) -> list[Any]:
        """The first column of a query about this moment; it is asked very often."""
        now = {"now": micros(self.clock.now())}
        if self._file is not None:
            return [row[0] for row in self._file.execute(statement, now)]
        async with self.house.store.look() as look:
            return list((await look.conn.execute(text(statement), now)).scalars())

    async def _turn(self, house: House, pending: set[str]) -> int:
        done = 0
        if "due" in pending:
            try:
                done += await house.engine.come_due()
            except CouldNotSave as problem:
                # As the clock does: a race lost to another replica is run again at once.
                if not problem.again:
                    raise
                done += 1
        for channel in sorted(pending & set(house.channels)):
            done += await house.courier.round(channel, urgent=False)
        return done

    async def close(self) -> None:
        for house in [*self._gone, *self.houses]:
            await house.stop()
        if self._file is not None:
            self._file.close()
