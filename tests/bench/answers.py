"""A tap's way: 1,000 people tap at once on a chat platform. Until the last is acknowledged (Slack
waits three seconds), until the last has read its answer (Telegram's toast), until the platform
may forget it.
"""

from __future__ import annotations

from dataclasses import replace

from storage.look import asks
from tests.bench import chats
from tests.bench import stage as s
from tests.bench.figures import Figure
from tests.bench.messages import NO_LANE
from tests.bench.probes import Stall
from tests.bench.stage import Stage

PEOPLE = 1000
PATIENCE = {"slack": 3.0, "telegram": 10.0}
"""Seconds after which each platform gives a tap up."""


async def run(stage: Stage) -> list[Figure]:
    stage = replace(stage, people=min(stage.people, PEOPLE))
    found = []
    for name in chats.PLATFORMS:
        found += await _tapped(stage, name)
    return found


async def _tapped(stage: Stage, name: str) -> list[Figure]:
    people = stage.people
    async with (
        chats.platform(name, people, limits=False) as on,
        chats.house(stage, on, lanes={name: NO_LANE}) as house,
    ):
        await house.start()
        await s.call_everyone(house, people)

        async def all_sent() -> bool:
            return bool((await on.ask("count"))["posts"] >= people)

        await s.until(all_sent, 120)
        async with Stall() as stall:
            done = await on.ask("tap")
        answered = await s.count(house, asks, asks.c.answer == "safe")
    assert answered == people, f"{name}: {answered} of {people} answers are on record, {done}"
    return [
        Figure(f"{name}: until the last tap was answered", done["answered"], "s", PATIENCE[name]),
        Figure(f"{name}: until the last was confirmed", done["confirmed"], "s"),
        Figure(f"{name}: of that, the platform's sending", done["sent"], "s"),
        Figure(f"{name}: taps given up", done["failed"], "", 0),
        Figure(f"{name}: worst stall of the loop", stall.worst, "ms"),
    ]
