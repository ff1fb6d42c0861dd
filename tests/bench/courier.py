"""The courier: claim, draw, hand over, settle, through the live web chat, questions to everybody.

The naive way: one card at a time, each in transactions of its own.
"""

from __future__ import annotations

from storage.look import outbox
from tests.bench import stage as s
from tests.bench.figures import Figure, rate
from tests.bench.probes import Stall, Stopwatch
from tests.bench.stage import Stage

MOST = 30_000
NAIVE = 300


async def run(stage: Stage) -> list[Figure]:
    async with s.full_house(stage) as house:
        await s.call_everyone(house, stage.people)
        await s.spread(house)
        queued = await s.count(house, outbox)
        wanted = min(MOST, queued - NAIVE)
        async with Stall() as stall:
            watch, carried = Stopwatch(), 0
            while carried < wanted:
                carried += await house.courier.round("web", urgent=False)
            seconds = watch.seconds
        house.courier.habits = type(house.courier.habits)(batch=1)
        watch = Stopwatch()
        for _ in range(NAIVE):
            assert await house.courier.round("web", urgent=False) == 1
        naive = NAIVE / watch.seconds
    return [
        rate("cards delivered", carried / seconds, naive=naive),
        Figure("worst stall of the loop", stall.worst, "ms"),
    ]
