"""The courier as it runs: what is slow holds up nobody else, and the database is asked seldom."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy import select, text

from bot.channels import Paced, Parcel
from bot.ports import SteadyClock
from bot.rounds import Habits
from storage.lanes import Pace, lanes
from tests.test_courier import AIKO, LENA, MORI, SECOND, Office, Opening, line, office, opening

__all__ = ["office", "opening"]

DATABASES = ("sqlite",)


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.005)


async def test_a_hand_over_that_hangs_holds_up_only_whoever_is_next_at_that_address(
    office: Office,
) -> None:
    gate = asyncio.Event()

    async def jam(parcel: Parcel) -> None:
        if parcel.person == LENA:
            await gate.wait()

    office.phone.meanwhile = jam
    office.house.courier.habits = Habits(batch=2)
    await office.queue(line(LENA), line(AIKO), line(LENA), line(MORI), line(AIKO))
    office.house.courier.start()
    await until(lambda: len(office.phone.handed) == 3)
    assert office.phone.handed == ["phone-of-P3", "phone-of-P1", "phone-of-P3"]
    gate.set()
    await until(lambda: len(office.phone.handed) == 5)
    await office.house.courier.stop()
    assert await office.rows() == []
    assert await office.journalled("card.delivered") == 5


async def test_what_waits_for_a_hand_over_that_hangs_is_marked_at_once(office: Office) -> None:
    gate = asyncio.Event()

    async def jam(parcel: Parcel) -> None:
        if parcel.person == LENA:
            await gate.wait()

    office.phone.meanwhile = jam
    await office.queue(line(LENA), line(AIKO), line(MORI))
    carrying = asyncio.create_task(office.house.courier.round("phone", urgent=False))
    async with asyncio.timeout(20):
        while len(await office.rows()) > 1:
            await asyncio.sleep(0.01)
    gate.set()
    await carrying
    assert await office.rows() == []


async def test_several_that_are_too_fast_together_are_one_time_too_fast(opening: Opening) -> None:
    office = await opening(lanes={"phone": {"rate": 8.0, "burst": 8}}).move_in()
    on_their_way = asyncio.Barrier(3)

    async def too_fast(_: Parcel) -> None:
        await on_their_way.wait()
        office.phone.meanwhile = None
        raise Paced(2)

    office.phone.meanwhile = too_fast
    await office.queue(line(LENA), line(AIKO), line(MORI))
    await office.house.courier.round("phone", urgent=False)
    async with office.house.store.look() as look:
        lane = (await look.conn.execute(text("SELECT rate FROM lanes"))).one()
    assert lane.rate == 4.0
    office.clock.turn(3 * SECOND)
    await office.house.courier.round("phone", urgent=False)
    assert len(office.phone.handed) == 3


async def test_a_lane_is_asked_for_several_turns_together(opening: Opening) -> None:
    office = await opening(lanes={"phone": {"rate": 100.0, "burst": 20}}).move_in()
    office.house.courier.clock = office.house.store.clock = SteadyClock()
    claims, claim = [], office.house.courier._claim

    async def noted(channel: str, *, urgent: bool) -> list[object]:
        found = await claim(channel, urgent=urgent)
        if channel == "phone" and not urgent:
            claims.append(len(found))
        return found

    office.house.courier._claim = noted  # type: ignore[method-assign]
    await office.queue(*[line(1 + n % 3) for n in range(60)])
    office.house.courier.start()
    await until(lambda: len(office.phone.handed) == 60)
    await office.house.courier.stop()
    assert sum(claims) == 60
    # One at a time would be as many claims as cards.
    assert len(claims) < 30


async def test_whoever_hears_it_while_all_wait_does_not_slow_the_lane_down_again(
    office: Office,
) -> None:
    pace, seen = Pace(8.0, 8), []
    for turn in (0, 1, 3):
        office.clock.turn(turn * SECOND)
        async with office.house.store.write() as work:
            await work.slow_down("phone", 2, pace)
            seen.append((await work.conn.execute(select(lanes.c.rate))).scalar())
    assert seen == [4.0, 4.0, 2.0]
