"""A house begins and ends in order, and its name is free afterwards."""

from __future__ import annotations

from bot.app import House, open_store
from storage import feed
from tests.databases import settings_for
from tests.scenarios.phones import TownClock


async def alive(database: str) -> bool:
    """True if a server of this name seems to run."""
    store = open_store(settings_for(database), TownClock())
    async with store.look() as look:
        found = await feed.last_alive(look.conn, "server")
    await store.close()
    return found is not None


async def test_a_house_that_ends_signs_off_after_its_last_sign_of_life(database: str) -> None:
    house = House(settings_for(database), tick=0.01)
    await house.start()
    assert await alive(database)
    # A sign of life that is just being given does not come after the last word.
    house.scheduler.every(0.001, "alive", house._alive)
    await house.stop()
    assert not await alive(database)


async def test_a_house_that_never_began_does_not_sign_off_another_of_its_name(
    database: str,
) -> None:
    running = House(settings_for(database))
    await running.start()
    other = House(settings_for(database))
    await other.stop()
    assert await alive(database)
    await running.stop()
    assert not await alive(database)
