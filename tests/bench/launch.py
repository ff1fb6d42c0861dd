"""Launching a roll call for everybody: from the launcher's tap until every ask and every first
question is durable, with the real scheduler doing the work.

The naive way: an object per ask and per message, and a job per person in APScheduler's SQL job
store for the first reminder.
"""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import House
from storage.look import asks, outbox
from storage.tables import AskRow, OutboxRow
from tests.bench import naive
from tests.bench import stage as s
from tests.bench.figures import Figure
from tests.bench.probes import Stall, Stopwatch
from tests.bench.stage import Stage

NAIVE = 2000
"""People the naive way is given."""


async def run(stage: Stage) -> list[Figure]:
    async with s.full_house(stage) as house:
        house.scheduler.start()
        async with Stall() as stall:
            watch = Stopwatch()
            await s.call_everyone(house, stage.people)
            first = watch.seconds
            await s.until(lambda: s.launched(house))
            seconds = watch.seconds
        house.scheduler.stop()
        assert await s.count(house, asks) == stage.people
        assert await s.count(house, outbox, outbox.c.view == "checkin") == stage.people
        each = await _naive(house, stage)
    target = 5.0 * stage.people / 100_000
    return [
        Figure("all asks and questions durable", seconds, "s", target, each * stage.people),
        Figure("worst stall of the loop", stall.worst, "ms", target=50),
        Figure("of it our own computing", stall.stretch, "ms", target=50),
        Figure("p99 stall of the loop", stall.p(0.99), "ms"),
        Figure("the launcher's own answer", first * 1000, "ms"),
    ]


async def _naive(house: House, stage: Stage) -> float:
    """Seconds a person."""
    watch, now = Stopwatch(), house.clock.now()
    async with AsyncSession(house.store._writer) as session:
        for number in range(NAIVE):
            ask = f"naive{number}"
            session.add(
                AskRow(
                    id=ask,
                    kind="check-in",
                    about="rollcall:naive",
                    person=number + 1,
                    standing="asked",
                    due_at=now,
                )
            )
            session.add(
                OutboxRow(
                    person=number + 1,
                    contact=number + 1,
                    channel="naive",
                    view="checkin",
                    subject=f"ask:{ask}",
                    about="rollcall:naive",
                    ready_at=now,
                    created_at=now,
                )
            )
        await session.commit()
    rows = watch.seconds
    return (rows + naive.add_jobs(stage, NAIVE)) / NAIVE
