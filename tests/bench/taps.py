"""Taps answered after a durable commit: 300 people at once, each tapping as soon as the last
answer came, journal and refreshes included.

The naive way: an object per row, a commit per tap, on the same tables.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import House
from bot.events import Sender, Tapped
from storage.tables import AskRow, JournalRow
from tests.bench import stage as s
from tests.bench.figures import Figure, rate
from tests.bench.probes import Stall, percentile, timed
from tests.bench.stage import Stage

CLIENTS = 300
REAL_LIFE = 800
"""Taps a second when 100,000 people are asked."""
SECONDS = 5
NAIVE = 1500
"""Taps the naive way is given."""
PEOPLE = 20_000


async def _closed_loop(
    work: Iterator[tuple[int, tuple[str, int]]],
    tap: Callable[[int, str, int], Awaitable[None]],
) -> tuple[float, list[float]]:
    """Taps a second and each one's time in ms, with `CLIENTS` taking turns."""
    took: list[float] = []

    async def client() -> None:
        for number, (ask, person) in work:
            with timed(took):
                await tap(number, ask, person)

    start = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return len(took) / (time.perf_counter() - start), took


async def _as_they_come(
    work: list[tuple[int, tuple[str, int]]],
    tap: Callable[[int, str, int], Awaitable[None]],
) -> list[float]:
    """Each tap's time in ms when `REAL_LIFE` of them come a second, whether answered or not."""
    took: list[float] = []

    async def one(number: int, ask: str, person: int) -> None:
        with timed(took):
            await tap(number, ask, person)

    loop, taps = asyncio.get_running_loop(), []
    start = loop.time()
    for place, (number, (ask, person)) in enumerate(work):
        wait = start + place / REAL_LIFE - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        taps.append(asyncio.create_task(one(number, ask, person)))
    await asyncio.gather(*taps)
    return took


def _answer(number: int) -> str:
    return "help" if number % 500 == 250 else "unaffected" if number % 20 == 10 else "safe"


async def run(stage: Stage) -> list[Figure]:
    async with s.full_house(stage) as house:
        await s.call_everyone(house, stage.people)
        await s.spread(house)
        await s.delivered(house)
        everyone = await s.asked(house)

        async def tap(number: int, ask: str, person: int) -> None:
            event = Tapped(
                f"web:{number}", Sender("web", str(person)), f"ask:{ask}:{_answer(number)}"
            )
            said = await house.engine.handle(event)
            assert not said.problem, said.text

        await house.store.tidy()
        async with Stall() as stall:
            speed, took = await _closed_loop(iter(list(enumerate(everyone))), tap)
        await house.store.tidy()
        again = list(enumerate(everyone[: REAL_LIFE * SECONDS], start=len(everyone)))
        real = await _as_they_come(again, tap)
        naive, naive_took = await _naive(house, everyone[:NAIVE])
    slow, naive_slow = percentile(took, 0.99), percentile(naive_took, 0.99)
    return [
        rate("answered", speed, target=5000, naive=naive, note=f"{CLIENTS} at once"),
        Figure("p50", percentile(took, 0.5), "ms", naive=percentile(naive_took, 0.5)),
        Figure("p99", slow, "ms", target=50, naive=naive_slow),
        Figure(f"p50 at {REAL_LIFE}/s", percentile(real, 0.5), "ms"),
        Figure(f"p99 at {REAL_LIFE}/s", percentile(real, 0.99), "ms", target=50),
        Figure("worst stall of the loop", stall.worst, "ms"),
        Figure("of it our own computing", stall.stretch, "ms"),
    ]


async def _naive(house: House, everyone: list[tuple[str, int]]) -> tuple[float, list[float]]:
    engine = house.store._writer
    turn = asyncio.Semaphore(1 if house.store.sqlite else 8)

    async def tap(number: int, ask: str, person: int) -> None:
        async with turn, AsyncSession(engine) as session:
            row = await session.get(AskRow, ask)
            assert row is not None
            row.standing, row.due_at, row.answer = "answered", None, "safe"
            row.answered_at, row.answered_by = house.clock.now(), person
            session.add(row)
            session.add(
                JournalRow(
                    writer="naive",
                    seq=number,
                    at=house.clock.now(),
                    event=f"naive:{number}",
                    kind="checkin.answered",
                    about=f"ask:{ask}",
                    person=person,
                    hash=b"",
                )
            )
            await session.commit()

    return await _closed_loop(iter(list(enumerate(everyone))), tap)
