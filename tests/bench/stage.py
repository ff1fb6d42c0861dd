"""The stage a benchmark plays on: a house with a made-up organisation in a fresh database.

Rules of the room:
- The house is the real one, put together as `bot.app` does; only its clock can be set forward.
- Staging (people, a roll call that is already out) is done in bulk and not measured, but leaves
  just what the product itself would have left.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from bot.app import House, settle_down
from bot.config import load
from bot.events import Delivered, Sender, Submitted
from bot.people import LANGUAGES, Role
from bot.roster import Entry, Roster
from storage import staff
from storage.lanes import Pace
from storage.look import asks, roll_calls
from tests.bench.probes import ForwardClock, Letterbox

SPAN = 10
"""People directly below one lead."""
SITES, TEAMS = 20, 200
DESK = 4
"""Safety officers, at the top."""
ZONES = ("UTC", "Asia/Tokyo", "Asia/Taipei", "Asia/Shanghai", "Asia/Riyadh")


@dataclass(frozen=True, slots=True)
class Stage:
    """What a benchmark is told: which database, how many people, where files may be put."""

    database: str
    """`sqlite` or `postgresql`."""
    url: str
    people: int
    folder: str

    @property
    def sqlite(self) -> bool:
        return self.database == "sqlite"


def entries(people: int) -> list[Entry]:
    """A made-up organisation: ten below each lead, five languages, a safety desk at the top."""
    found = []
    for number in range(1, people + 1):
        language = number % len(LANGUAGES)
        desk = frozenset({Role.SAFETY, Role.ADMIN}) if number <= DESK else frozenset()
        found.append(
            Entry(
                number + 1,
                f"n{number:06}",
                f"Person {number}",
                LANGUAGES[language],
                ZONES[language],
                f"Site {number % SITES}",
                f"Team {number % TEAMS}",
                f"n{(number - 2) // SPAN + 1:06}" if number > 1 else None,
                None,
                desk,
                False,
                (("web", ""),),
            )
        )
    return found


async def populate(house: House, people: int) -> None:
    """Everyone is on record."""
    every = entries(people)
    keys = tuple(e.key for e in every)
    roster = Roster(entries=tuple(every), added=keys, fields=frozenset({"contacts"}))
    async with house.store.write() as work:
        await staff.take_over(work, roster, leave=False)


@asynccontextmanager
async def empty_house(stage: Stage, channel: Letterbox | None = None) -> AsyncIterator[House]:
    """A house with nobody in it; `channel` stands in for the web chat."""
    settings = load(
        None,
        database={"url": stage.url},
        secrets={"master_key": base64.b64encode(bytes(32)).decode()},
        limits={"taps_per_minute": 10_000},
    )
    channels = {channel.name: channel} if channel else {}
    house = House(settings, clock=ForwardClock(), channels=channels)
    await house.upgrade()
    settle_down()
    try:
        yield house
    finally:
        await house.stop()


@asynccontextmanager
async def full_house(stage: Stage, channel: Letterbox | None = None) -> AsyncIterator[House]:
    """A house with `stage.people` in it."""
    async with empty_house(stage, channel) as house:
        await populate(house, stage.people)
        if not stage.sqlite:
            async with house.store._writer.connect() as conn:
                plain = await conn.execution_options(isolation_level="AUTOCOMMIT")
                await plain.exec_driver_sql("ANALYZE")
        yield house


def forward(house: House, seconds: float) -> None:
    """Set the house's clock forward."""
    clock = house.clock
    assert isinstance(clock, ForwardClock)
    clock.forward(seconds)


async def call_everyone(house: House, people: int, event: str = "bench:launch") -> None:
    """Somebody at the safety desk launches a roll call to all; returns once that is durable."""
    answers = {
        "drill": "real",
        "who": "everyone",
        "words": "Are you all right?",
        "mode": "broadcast",
        "confirm": str(people),
    }
    said = await house.engine.handle(Submitted(event, Sender("person", "1"), "rollcall", answers))
    assert not said.problem, said.text


async def spread(house: House) -> None:
    """Until everybody has been asked."""
    while await house.engine.come_due():
        pass


async def delivered(house: House) -> None:
    """All that is queued has arrived, just not drawn."""
    lease = timedelta(seconds=60)
    while True:
        async with house.store.write() as work:
            cards = await work.claim("web", Pace(), 1000, lease, urgent=False)
        if not cards:
            return
        await house.engine.arrived(cards, [Delivered(c.row) for c in cards], {})


async def asked(house: House) -> list[tuple[str, int]]:
    """Every check-in and whom it asks."""
    async with house.store.look() as look:
        query = select(asks.c.id, asks.c.person).where(asks.c.kind == "check-in")
        return [(r.id, r.person) for r in await look.conn.execute(query)]


async def count(house: House, table: object, *where: object) -> int:
    """How many rows there are."""
    async with house.store.look() as look:
        query = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
        return int((await look.conn.execute(query)).scalar() or 0)


async def launched(house: House) -> bool:
    """True once nobody is left to be asked."""
    return await count(house, roll_calls, roll_calls.c.state == "launching") == 0


async def until(condition: object, seconds: float = 300.0) -> None:
    """Wait until `await condition()` is true; gives up after `seconds`."""
    async with asyncio.timeout(seconds):
        while not await condition():  # type: ignore[operator]
            await asyncio.sleep(0.1)
