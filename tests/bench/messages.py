"""10,000 questions, each to another person, through a platform without limits: messages a second
of computing, memory, and whose work the computing is.

The platform runs in a process of its own, so nothing here is its.
"""

from __future__ import annotations

import time
from dataclasses import replace

from tests.bench import chats, shares
from tests.bench import stage as s
from tests.bench.chats import Platform
from tests.bench.figures import Figure, rate
from tests.bench.probes import Stall, forget_peak, peak_memory
from tests.bench.shares import Shares
from tests.bench.stage import Stage

PEOPLE = 10_000
NO_LANE = {"rate": 10_000, "burst": 10_000, "start": 0, "strict": False}
OURS = (shares.DRAWING, shares.COURIER, shares.STORAGE, shares.ADAPTER)


async def run(stage: Stage) -> list[Figure]:
    stage = replace(stage, people=min(stage.people, PEOPLE))
    found = []
    for name in chats.PLATFORMS:
        async with chats.platform(name, stage.people, limits=False) as on:
            found += await _sent(stage, on)
    return found


async def _sent(stage: Stage, on: Platform) -> list[Figure]:
    lanes = {on.name: NO_LANE}
    async with chats.house(stage, on, lanes=lanes) as house:
        await s.call_everyone(house, stage.people)
        await s.spread(house)
        await house.start()
        house.courier.kick()
        forget_peak()
        counting = Shares()
        async with Stall() as stall:
            start, computed = time.monotonic(), time.process_time()
            with counting:

                async def all_sent() -> bool:
                    return bool((await on.ask("count"))["posts"] >= stage.people)

                await s.until(all_sent, 300)
            took = time.monotonic() - start
            computed = time.process_time() - computed
        memory = peak_memory()
        posts = (await on.ask("count"))["posts"]
    return [
        rate(f"{on.name}: messages a second of computing", posts / computed),
        rate(f"{on.name}: messages a second, side by side with the platform", posts / took),
        Figure(f"{on.name}: memory at most", memory, "MB"),
        *(Figure(f"{on.name}: {part}", counting.of(part), "%") for part in OURS),
        Figure(f"{on.name}: {shares.LIBRARY}", counting.of(shares.LIBRARY), "%"),
        Figure(f"{on.name}: {shares.LOOP}", counting.of(shares.LOOP), "%"),
        Figure(f"{on.name}: worst stall of the loop", stall.worst, "ms"),
    ]
