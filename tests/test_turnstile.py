"""However cards come to the turnstile, no second sees more of them than the platform takes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.turnstile import MARGIN, WIDEST, Turnstile

START = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)


class Race:
    """A clock that jumps to the next sleeper as soon as everybody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0
        self._numbers = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.at)

    async def sleep(self, seconds: float) -> None:
        mine = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.at + seconds, next(self._numbers), mine))
        await mine

    async def run(self, work: Sequence[asyncio.Task[None]]) -> None:
        while not all(task.done() for task in work):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                first = min(self._sleepers)
                self._sleepers.remove(first)
                self.at = max(self.at, first[0])
                first[2].set_result(None)
        await asyncio.gather(*work)


async def passed(
    stile: Turnstile, race: Race, cards: Sequence[tuple[float, float, bool]]
) -> list[float]:
    """When each of these cards went: each comes at a time and takes its time, some in a hurry."""
    gone: dict[int, float] = {}

    async def one(number: int, comes: float, takes: float, hurried: bool) -> None:
        await race.sleep(comes)
        async with stile.passage(hurried=hurried):
            gone[number] = race.at
            await race.sleep(takes)

    work = [asyncio.create_task(one(n, *card)) for n, card in enumerate(cards)]
    await race.run(work)
    return [gone[number] for number in range(len(cards))]


def most_in_a_second(times: Sequence[float]) -> int:
    return max(sum(at <= t < at + 1 for t in times) for at in times)


async def test_a_thousand_take_as_long_as_the_limit_says_and_no_second_sees_too_many() -> None:
    race = Race()
    gone = await passed(Turnstile(30, race), race, [(0, 0.02, False)] * 1000)
    assert most_in_a_second(gone) == 30
    assert 1000 / 30 * 0.97 < max(gone) < 1000 / 30 * 1.05


@example([(0.0, MARGIN, False)] * 40)
@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 3), st.floats(0, MARGIN), st.booleans()), min_size=1, max_size=60
    )
)
def test_no_second_sees_more_than_the_rate_whenever_the_platform_counts(
    cards: list[tuple[float, float, bool]],
) -> None:
    async def scene() -> None:
        race = Race()
        gone = await passed(Turnstile(10, race), race, cards)
        # The worst there is: counted at the answer the first time, at the call the second.
        for number, (_, takes, _) in enumerate(cards):
            end = gone[number] + takes
            others = [at for other, at in enumerate(gone) if other != number]
            assert sum(end <= at < end + 1 - 1e-5 for at in others) < 10
        assert most_in_a_second([round(at, 5) for at in gone]) <= 10

    asyncio.run(scene())


async def test_what_is_in_a_hurry_waits_for_two_others_at_most() -> None:
    race = Race()
    stile = Turnstile(10, race)
    cards = [(0.0, 0.0, False)] * 30 + [(0.52, 0.0, True)]
    gone = await passed(stile, race, cards)
    assert sum(0.52 < at < gone[-1] for at in gone) <= 2
    assert gone[-1] < 0.52 + 0.3


async def test_an_answer_that_takes_long_holds_up_nobody_for_longer_than_the_margin() -> None:
    race = Race()
    gone = await passed(Turnstile(10, race), race, [(0, 30.0, False)] * 40)
    assert max(gone) < 4 * (1 + MARGIN) + 0.1


async def test_whoever_was_too_fast_allows_for_more() -> None:
    race = Race()
    stile = Turnstile(10, race)
    for _ in range(9):
        stile.warn()
    gone = await passed(stile, race, [(0, 5.0, False)] * 11)
    assert gone[10] - gone[0] == pytest.approx(1 + WIDEST, abs=0.01)


def test_while_it_is_shut_it_says_for_how_long() -> None:
    race = Race()
    stile = Turnstile(0, race)
    assert stile.shut_for == 0
    stile.shut(7)
    stile.shut(3)
    assert stile.shut_for == pytest.approx(7)
    race.at = 7.1
    assert stile.shut_for == 0


async def test_without_a_rate_everybody_passes_at_once() -> None:
    race = Race()
    gone = await passed(Turnstile(0, race), race, [(0, 1, False)] * 100)
    assert set(gone) == {0.0}
