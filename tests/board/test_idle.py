"""An open page costs nothing while nothing happens, whichever replica it hangs on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Hashable

import pytest

from adapters.board import live
from tests.board.test_live import PEOPLE, looking, parts
from tests.scenarios.launch import roll_call
from tests.town import Founding


async def test_an_idle_board_is_not_looked_up_and_hears_what_another_replica_did(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "EVERY", 0.02)
    monkeypatch.setattr(live, "SLOWLY", 0.02)
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5)
    town.ignores()
    other = town.open_house("other")
    topics = other.board.topics
    _, seen, mori = await looking(town, "Mori")
    monkeypatch.setattr(topics, "_took", deque([0.0], maxlen=1))
    page = topics.enter(seen, mori, "")
    assert page is not None
    try:
        await asyncio.wait_for(page.woken.wait(), 5)
        page.take()
        rounds = counted(monkeypatch, topics)
        while topics.looks < 2 and rounds["revision"] < 5:
            await asyncio.sleep(0.01)
        before, since = topics.looks, rounds["revision"]
        while rounds["revision"] < since + 10:
            await asyncio.sleep(0.01)
        assert topics.looks == before
        # The other process writes it; this one only reads.
        page.woken.clear()
        await town.taps("Aiko", "I need help", told="you need help")
        await asyncio.wait_for(page.woken.wait(), 5)
        assert {"need", "count"} <= parts(page.take())
        assert topics.looks > before
    finally:
        topics.close()
    town.ignores()


def counted(monkeypatch: pytest.MonkeyPatch, topics: live.Topics) -> dict[str, int]:
    """How often the house is asked whether anything has happened."""
    asked = {"revision": 0}
    real = topics._desk.revision

    async def revision() -> Hashable:
        asked["revision"] += 1
        return await real()

    monkeypatch.setattr(type(topics._desk), "revision", lambda _: revision())
    return asked
