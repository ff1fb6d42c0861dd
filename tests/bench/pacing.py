"""A roll call for 1,000 people at the pace the platforms publish, in real time: how long until
the last question is posted, beside what the limits allow, and how often the platform said "too
fast".

Naive ways: everything at once, each message again after the wait it was told; and one message
after the other.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

import aiohttp

from bot.app import House
from bot.config.platforms import BUILT_IN_LANES
from storage.lanes import GENTLE
from tests.bench import chats
from tests.bench import stage as s
from tests.bench.chats import FIRST, Platform
from tests.bench.figures import Figure
from tests.bench.stage import Stage

PEOPLE = 1000
TELEGRAM = 30
"""Messages a second that Telegram publishes."""
ABREAST = 64


def allowed_by_lane(cards: int, rate: float, burst: float, start: float) -> float:
    """Seconds for so many cards in a lane that speeds up as it says, without any idle moment."""
    pace, seconds = start or rate, 0.0
    for number in range(1, cards + 1):
        if number > burst:
            seconds += 1 / pace
        pace = min(rate, pace + rate / GENTLE)
    return seconds


async def run(stage: Stage) -> list[Figure]:
    stage = replace(stage, people=min(stage.people, PEOPLE))
    return [*await _telegram(stage), *await _slack(stage)]


async def _launched(house: House, on: Platform, people: int) -> dict[str, float]:
    """Everybody is asked by the running house; what the platform has taken when all were."""
    await house.start()
    await s.call_everyone(house, people)
    await s.until(lambda: _posted(on, people), 180)
    found: dict[str, float] = await on.ask("count")
    return found


async def _posted(on: Platform, people: int) -> bool:
    return bool((await on.ask("count"))["posts"] >= people)


async def _telegram(stage: Stage) -> list[Figure]:
    people = stage.people
    async with (
        chats.platform("telegram", people, limits=True) as on,
        chats.house(stage, on) as house,
    ):
        ours = await _launched(house, on, people)
    flood = await _naive(stage, _at_once)
    slow = await _naive(stage, _one_by_one)
    took = ours["last"] - ours["first"]
    allowed = (ours["posts"] + ours["changes"]) / TELEGRAM
    return [
        Figure("telegram: until the last question", took, "s", naive=flood[0]),
        Figure("telegram: of what the limits allow", 100 * took / allowed, "%", target=105),
        Figure("telegram: 'too fast'", ours["refused"], "times", target=0, naive=flood[1]),
        Figure("telegram: most in one second", ours["most"], "", target=TELEGRAM),
        Figure("telegram: naive, one by one", slow[0], "s"),
        Figure("telegram: naive, one by one, 'too fast'", slow[1], "times"),
    ]


async def _slack(stage: Stage) -> list[Figure]:
    people = stage.people
    async with (
        chats.platform("slack", people, limits=True) as on,
        chats.house(stage, on) as house,
    ):
        ours = await _launched(house, on, people)
    took = ours["last"] - ours["first"]
    lane = BUILT_IN_LANES["slack"]
    allowed = allowed_by_lane(int(ours["posts"]), lane["rate"], lane["burst"], lane["start"])
    return [
        Figure("slack: until the last question", took, "s"),
        Figure("slack: of what its lane allows", 100 * took / allowed, "%", target=105),
        Figure("slack: 'too fast'", ours["refused"], "times", target=0),
    ]


# --- the naive ways --------------------------------------------------------------------------


async def _naive(stage: Stage, way: Callable[..., object]) -> tuple[float, int]:
    """Seconds until the last message was taken, and how often the platform said "too fast"."""
    async with chats.platform("telegram", stage.people, limits=True) as on:
        url = f"{on.settings['api_url']}/bot{on.settings['token']}/sendMessage"
        connector = aiohttp.TCPConnector(limit=ABREAST)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def send(person: int) -> None:
                body = {"chat_id": FIRST + person, "text": "Are you safe?"}
                while True:
                    async with session.post(url, json=body) as answer:
                        said = await answer.json()
                    if answer.status == 200:
                        return
                    await asyncio.sleep(said["parameters"]["retry_after"])

            start = time.monotonic()
            await way(send, stage.people)  # type: ignore[misc]
            took = time.monotonic() - start
        return took, int((await on.ask("count"))["refused"])


async def _at_once(send: Callable[[int], object], people: int) -> None:
    await asyncio.gather(*(send(p) for p in range(1, people + 1)))  # type: ignore[call-overload]


async def _one_by_one(send: Callable[[int], object], people: int) -> None:
    for person in range(1, people + 1):
        await send(person)  # type: ignore[misc]
