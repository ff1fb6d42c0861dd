"""The home page: published when somebody looks, and again while they may still be looking."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from adapters.slack.homes import Homes
from bot.cards import Button, Card, Text
from bot.channels import Paced, Temporary
from bot.door import Answered
from bot.events import Tapped
from bot.people import Person
from tests.adapters.slack_house import House, playing
from tests.scenarios.phones import TownClock

CARDS = [
    Card("Are you safe?", buttons=(Button("ask:a1:safe", "I'm safe"),), open=True),
    Card("What do you need?", (Text("Nothing waits."),), (Button("do:report", "Report"),)),
]


async def test_whoever_opens_their_home_page_sees_what_concerns_them():
    async with playing(House(cards=CARDS)) as stage:
        await stage.aiko.opens_home(tab="messages")
        await stage.aiko.opens_home()
        await stage.until(lambda: stage.platform.calls("views.publish"))
        await stage.until(lambda: stage.aiko.home)
        assert stage.aiko.home.labels == ["I'm safe", "Report"]
        assert len(stage.platform.calls("views.publish")) == 1


async def test_a_tap_on_it_is_answered_on_it():
    house = House(cards=CARDS, answers={Tapped: lambda _: Answered("Recorded: you are safe.")})
    async with playing(house) as stage:
        await stage.aiko.opens_home()
        await stage.until(lambda: stage.platform.calls("views.publish"))
        await stage.until(lambda: stage.aiko.home)
        await stage.aiko.taps("I'm safe")
        assert len(house.happened) == 1
        stage.clock.turn(timedelta(seconds=4))
        await stage.until(lambda: "Recorded" in stage.aiko.home.words())


async def test_a_stranger_sees_one_line():
    async with playing(House(cards=CARDS)) as stage:
        eve = stage.platform.add_user("U9")
        await eve.opens_home()
        await stage.until(lambda: stage.platform.calls("views.publish"))
        await stage.until(lambda: "U9" in stage.platform.views.homes)
        assert eve.home.labels == []
        assert "not registered" in eve.home.words()
        assert eve.received == []


async def test_it_is_drawn_again_when_a_card_of_theirs_changes():
    async with playing(House(cards=CARDS)) as stage:
        await stage.slack.channel.deliver(stage.parcel(CARDS[0], "U2"))
        await stage.aiko.opens_home()
        published = lambda: len(stage.platform.calls("views.publish"))  # noqa: E731
        await stage.until(lambda: published() == 1)
        stage.clock.turn(timedelta(seconds=4))
        await stage.slack.channel.deliver(stage.parcel(CARDS[0]))
        await stage.until(lambda: published() == 2)
        for _ in range(20):
            await stage.slack.channel.deliver(stage.parcel(CARDS[0]))
        await asyncio.sleep(0.05)
        assert published() == 2, "twice within three seconds"
        stage.clock.turn(timedelta(seconds=4))
        await stage.until(lambda: published() == 3)
        stage.clock.turn(timedelta(minutes=11))
        await stage.slack.channel.deliver(stage.parcel(CARDS[0]))
        await asyncio.sleep(0.05)
        assert published() == 3, "for somebody who has long stopped looking"


async def test_pages_owed_are_published_in_turn_and_failures_harm_nobody():
    clock, seen = TownClock(), []
    fails = {"U1": [Temporary("x")], "U2": [Paced(5)], "U3": [RuntimeError("x")]}

    async def publish(user: str, note: str) -> None:
        if fails.get(user):
            raise fails[user].pop()
        seen.append((user, note))

    homes = Homes(publish, clock)
    for user in ("U1", "U2", "U3", "U4"):
        homes.opened(user, f"for {user}")
    for _ in range(200):
        clock.turn(timedelta(seconds=1))
        await asyncio.sleep(0.001)
        if len(seen) == 2:
            break
    assert sorted(seen) == [("U2", "for U2"), ("U4", "for U4")]
    await homes.finish(0)


async def test_many_pages_go_at_slacks_pace():
    naps: list[float] = []

    class Napping(TownClock):
        async def sleep(self, seconds: float) -> None:
            naps.append(seconds)
            await asyncio.sleep(0)

    done: list[str] = []

    async def publish(user: str, note: str) -> None:
        done.append(user)

    homes = Homes(publish, Napping())
    for number in range(50):
        homes.opened(f"U{number}")
    async with asyncio.timeout(5):
        while len(done) < 50:
            await asyncio.sleep(0.001)
    assert len(naps) >= 30
    assert set(naps) == {0.6}
    await homes.finish(0)


async def test_a_home_page_speaks_its_readers_language():
    async with playing(House(cards=[Card("ماذا تحتاج؟", language="ar")])) as stage:
        await stage.yusuf.opens_home()
        await stage.until(lambda: "U2" in stage.platform.views.homes)
        assert stage.yusuf.home.words().startswith("\u200f")
        assert stage.house.people["U2"] == Person(
            2, "E2", "يوسف", language="ar", time_zone="Asia/Riyadh"
        )
