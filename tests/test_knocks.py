"""Those who knock together are looked up together, and nobody's trouble is another's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import pytest

from bot.events import Sender
from bot.knocks import TOGETHER, Knocks
from bot.look import CouldNotSave
from bot.people import Person

AIKO = Person(1, "E1", "Aiko")
GONE = Person(2, "E2", "Gone", left=True)


class Store:
    """Two known addresses, and how often it was looked into."""

    def __init__(self) -> None:
        self.looks = 0
        self.fails = 0
        self.side_by_side = 0
        self.most = 0

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Store]:
        self.looks += 1
        self.side_by_side += 1
        self.most = max(self.most, self.side_by_side)
        await asyncio.sleep(0)
        try:
            if self.fails:
                self.fails -= 1
                raise CouldNotSave("away", down=True)
            yield self
        finally:
            self.side_by_side -= 1

    async def whose(self, senders: Collection[Sender]) -> dict[Sender, int]:
        await asyncio.sleep(0)
        known = {at("U1"): 1, at("U2"): 2}
        return {sender: known[sender] for sender in senders if sender in known}

    async def prefetch(self, *, people: Collection[int] = ()) -> None:
        assert None not in people

    async def person(self, person: int) -> Person | None:
        return {1: AIKO, 2: GONE}.get(person)


def at(address: str) -> Sender:
    return Sender("slack", address)


async def test_known_unknown_and_gone():
    knocks = Knocks(Store())
    assert await knocks.who(at("U1")) == AIKO
    assert await knocks.who(at("U2")) is None
    assert await knocks.who(at("U9")) is None


async def test_a_thousand_at_once_need_a_handful_of_looks_one_after_the_other():
    store = Store()
    knocks = Knocks(store)
    found = await asyncio.gather(*(knocks.who(at(f"U{n % 10}")) for n in range(1000)))
    assert found.count(AIKO) == 100
    assert store.looks == 1000 // TOGETHER
    assert store.most == 1


async def test_what_the_store_refuses_is_told_to_everybody_who_waited_and_to_nobody_after():
    store = Store()
    store.fails = 1
    knocks = Knocks(store)
    told = await asyncio.gather(*(knocks.who(at("U1")) for _ in range(3)), return_exceptions=True)
    assert [type(problem) for problem in told] == [CouldNotSave] * 3
    assert await knocks.who(at("U1")) == AIKO


async def test_whoever_stops_waiting_holds_up_nobody():
    knocks = Knocks(Store())
    first = asyncio.create_task(knocks.who(at("U1")))
    second = asyncio.create_task(knocks.who(at("U1")))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await second == AIKO
