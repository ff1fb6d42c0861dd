"""What Slack sends is committed before Slack hears so, once, in whatever order it comes."""

from __future__ import annotations

import asyncio

import pytest

from bot.cards import Button, Card
from bot.door import Answered
from bot.events import Attached, Departed, Edited, Introduced, Tapped, Wrote
from tests.adapters.slack_house import House, photo, playing

CARD = Card("Are you safe?", buttons=(Button("ask:a1:safe", "I'm safe"),), open=True)


async def test_a_typed_line_reaches_the_house_as_it_was_typed():
    async with playing() as stage:
        said = await stage.aiko.says("fire & smoke in <B>")
        (event,) = stage.house.happened
        assert isinstance(event, Wrote)
        assert event.text == "fire & smoke in <B>"
        assert event.id == f"slack:{said.room.id}:{said.ts}"
        assert event.sender.address == "U1"


async def test_the_house_has_it_before_slack_hears_so():
    house = House(gate=asyncio.Event())
    async with playing(house) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: house.waiting)
        (delivery,) = stage.platform.deliveries.waiting
        assert not delivery.acked
        house.before = lambda _: [] if not delivery.acked else pytest.fail("acked too early")
        assert house.gate
        house.gate.set()
        assert await stage.aiko.waits_for(delivery)
        assert len(house.happened) == 1


async def test_what_could_not_be_saved_is_not_confirmed_and_comes_again():
    house = House(refuses=1)
    async with playing(house) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: not house.refuses)
        (delivery,) = stage.platform.deliveries.waiting
        await asyncio.sleep(0.05)
        assert not delivery.acked
        stage.clock.turn_seconds = None if False else None
