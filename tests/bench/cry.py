"""A cry for help in the thick of it: everybody's question comes due, reminders go out, and now
and then somebody taps "I need help". From the tap to the moment a channel has the page.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time

from bot.events import Sender, Tapped
from storage.look import asks
from tests.bench import stage as s
from tests.bench.due import PATIENCE
from tests.bench.figures import Figure, rate
from tests.bench.probes import Letterbox, Stall, percentile
from tests.bench.stage import Stage

EVERY = 0.2
"""Seconds between two cries."""
MOST = 400


async def run(stage: Stage) -> list[Figure]:
    letterbox = Letterbox()
    async with s.full_house(stage, letterbox) as house:
        await s.call_everyone(house, stage.people)
        await s.spread(house)
        await s.delivered(house)
        everyone = await s.asked(house)
        criers = random.Random(7).sample(everyone[20:], min(MOST, len(everyone) - 20))
        await house.start()
        tapped: dict[str, float] = {}
        answered: list[float] = []

        async def cry(ask: str, person: int) -> None:
            start = tapped[f"take:help:{ask}"] = time.perf_counter()
            event = Tapped(f"web:help:{ask}", Sender("web", str(person)), f"ask:{ask}:help")
            await house.engine.handle(event)
            answered.append((time.perf_counter() - start) * 1000)

        async with Stall() as stall:
            s.forward(house, PATIENCE)
            due = house.clock.now()
            house.scheduler.kick()
            taken = letterbox.taken
            start = time.perf_counter()
            cries: list[asyncio.Task[None]] = []
            for ask, person in criers:
                cries.append(asyncio.create_task(cry(ask, person)))
                await asyncio.sleep(EVERY)
                if len(cries) % 20 == 0:
                    late = await s.count(house, asks, asks.c.due_at <= due)
                    if not late:
                        break
            await asyncio.gather(*cries)
            carried = (letterbox.taken - taken) / (time.perf_counter() - start)

            async def handed_over() -> bool:
                return tapped.keys() <= letterbox.first.keys()

            with contextlib.suppress(TimeoutError):
                await s.until(handed_over, 60)
        handed = [
            (letterbox.first[button] - at) * 1000
            for button, at in tapped.items()
            if button in letterbox.first
        ]
        lost = len(tapped) - len(handed)
    assert not lost, f"{lost} cries reached no channel"
    return [
        Figure("tap to hand-over, p99", percentile(handed, 0.99), "ms", 250),
        Figure("tap to hand-over, p50", percentile(handed, 0.5), "ms"),
        Figure("tap to its own answer, p99", percentile(answered, 0.99), "ms"),
        rate("cards carried meanwhile", carried, note=f"{len(handed)} cries"),
        Figure("worst stall of the loop", stall.worst, "ms", 50),
        Figure("of it our own computing", stall.stretch, "ms", 50),
    ]
