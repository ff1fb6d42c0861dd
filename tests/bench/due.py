"""Everybody's question comes due at the same moment: decided by the real scheduler, first as a
reminder to each, later as a climb to each lead's worklist.

The naive way: a job per person in APScheduler's SQL job store, without deciding anything.
"""

from __future__ import annotations

from bot.app import House
from storage.look import asks, outbox, worklists
from tests.bench import naive
from tests.bench import stage as s
from tests.bench.figures import Figure
from tests.bench.probes import Stall, Stopwatch
from tests.bench.stage import Stage

NAIVE = 3000
PATIENCE = 3600.0
"""Seconds after which every question is due, whatever it waits for."""


async def wave(house: House) -> tuple[float, Stall]:
    """Let everything come due now; seconds until all of it is decided."""
    s.forward(house, PATIENCE)
    due = house.clock.now()
    async with Stall() as stall:
        watch = Stopwatch()
        house.scheduler.kick()

        async def decided() -> bool:
            return await s.count(house, asks, asks.c.due_at <= due) == 0

        await s.until(decided)
        seconds = watch.seconds
    return seconds, stall


async def run(stage: Stage) -> list[Figure]:
    async with s.full_house(stage) as house:
        await s.call_everyone(house, stage.people)
        await s.spread(house)
        await s.delivered(house)
        house.scheduler.start()
        seconds, stall = await wave(house)
        reminded = await s.count(house, outbox, outbox.c.view == "checkin")
        assert reminded == stage.people, reminded
        house.scheduler.stop()
        await s.delivered(house)
        s.forward(house, PATIENCE)
        while await house.engine.come_due():
            pass
        await s.delivered(house)
        house.scheduler = type(house.scheduler)(house.engine.come_due)
        house.scheduler.start()
        climbing, climb_stall = await wave(house)
        climbed = await s.count(house, worklists)
        assert climbed >= stage.people - 1, climbed
    fired, naive_stall = await naive.fire_jobs(stage, NAIVE)
    share = stage.people / 100_000
    each = fired / NAIVE * stage.people
    return [
        Figure("all reminded", seconds, "s", 15 * share, each),
        Figure("worst stall meanwhile", stall.worst, "ms", 50, naive_stall),
        Figure("of it our own computing", stall.stretch, "ms", 50),
        Figure("all climbed to a worklist", climbing, "s", 15 * share, each),
        Figure("worst stall meanwhile, climbing", climb_stall.worst, "ms", 50, naive_stall),
    ]
