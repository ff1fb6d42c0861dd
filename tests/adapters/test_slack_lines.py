"""Connections to Slack: kept open, replaced without a gap, missed when they fall silent."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.slack import lines, reception, source
from adapters.slack.source import SlackSource
from bot.cards import Button, Card
from bot.events import Tapped, Wrote
from tests.adapters.slack_fake.deliveries import Delivery
from tests.adapters.slack_fake.payloads import acted_on_message
from tests.adapters.slack_house import House, Stage, playing

CARD = Card("Are you safe?", buttons=(Button("ask:a1:safe", "I'm safe"),), open=True)


def connected(stage: Stage) -> int:
    """How many connections the adapter itself takes to be well."""
    assert isinstance(stage.slack.source, SlackSource)
    return stage.slack.source.connected


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is noticed in a fraction of a second instead of many."""
    monkeypatch.setattr(lines, "PING", 0.1)
    monkeypatch.setattr(source, "LOOK", 0.05)


async def test_as_many_connections_are_open_as_wanted():
    async with playing(connections=3) as stage:
        await stage.until(lambda: connected(stage) == 3)
        assert len(stage.platform.sockets.open) == 3
    assert stage.platform.sockets.open == []


async def test_a_connection_slack_wants_back_is_replaced_before_it_goes():
    async with playing(connections=1) as stage:
        sockets = stage.platform.sockets
        (old,) = sockets.open
        fewest = []

        async def look() -> None:
            while True:
                fewest.append(len(sockets.open))
                await asyncio.sleep(0)

        looking = asyncio.create_task(look())
        await sockets.refresh()
        await stage.until(lambda: old not in sockets.open and len(sockets.open) == 1)
        looking.cancel()
        assert min(fewest) >= 1
        await stage.aiko.says("fire")
        assert len(stage.house.happened) == 1


async def test_what_is_in_hand_on_a_connection_that_goes_is_still_confirmed_on_it():
    house = House(gate=asyncio.Event())
    async with playing(house) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: house.waiting)
        (delivery,) = stage.platform.deliveries.waiting
        await stage.platform.sockets.refresh()
        await stage.until(lambda: stage.platform.sockets.ever == 2)
        house.gate.set()
        assert await stage.aiko.waits_for(delivery)
        assert delivery.sent == 1


async def test_connections_that_are_cut_are_made_again():
    async with playing(connections=2) as stage:
        await stage.platform.sockets.drop()
        await stage.platform.sockets.connected(2)
        await stage.aiko.says("fire")
        assert len(stage.house.happened) == 1


@pytest.mark.usefixtures("hasty")
async def test_a_connection_that_is_open_but_dead_is_replaced():
    async with playing(connections=1) as stage:
        (dead,) = stage.platform.sockets.open
        stage.platform.sockets.deafen()
        await stage.aiko.says("fire", wait=False)
        (delivery,) = stage.platform.deliveries.waiting
        await stage.until(lambda: [s for s in stage.platform.sockets.open if s is not dead])
        dead.leaving = True
        stage.clock.turn(timedelta(seconds=4))
        await stage.until(lambda: delivery.acked)


async def test_a_connection_that_says_nothing_and_answers_no_ping_is_not_trusted(monkeypatch):
    """Even where the socket below it does not notice."""
    monkeypatch.setattr(source, "LOOK", 0.02)
    async with playing(connections=1) as stage:
        keeper = stage.slack.source
        assert isinstance(keeper, SlackSource)
        await stage.until(lambda: keeper.connected)
        line = keeper._lines[0]
        line.heard -= 1000
        line._answered = line._loop.time()
        assert line.well, "a pong is a sign of life too"
        line._answered -= 1000
        await stage.until(lambda: stage.platform.sockets.ever == 2)


@pytest.mark.usefixtures("hasty")
async def test_a_quiet_connection_is_not_taken_for_a_dead_one():
    async with playing(connections=1) as stage:
        await asyncio.sleep(0.6)
        assert stage.platform.sockets.ever == 1
        assert connected(stage) == 1


async def test_a_platform_that_is_away_is_tried_again_and_again():
    async with playing(start=False) as stage:
        faults = stage.platform.faults
        faults.status("apps.connections.open", 503, times=3)
        faults.error("apps.connections.open", "invalid_auth", times=2)
        faults.ratelimit("apps.connections.open", 30)
        await stage.slack.source.start()
        await stage.platform.sockets.connected()
        assert len(stage.platform.calls("apps.connections.open")) == 7


async def test_no_connection_is_tried_in_a_hurry():
    async with playing(start=False) as stage:
        keeper = stage.slack.source
        assert isinstance(keeper, SlackSource)
        waits = [keeper._patience(n) for n in range(1, 30)]
        assert 0.7 < waits[0] < 1.3
        assert min(waits[8:]) > 40
        assert max(waits) < 80


async def test_stopping_finishes_what_is_in_hand():
    house = House(gate=asyncio.Event())
    async with playing(house) as stage:
        for number in range(5):
            await stage.aiko.says(f"line {number}", wait=False)
        await stage.until(lambda: house.waiting)
        deliveries = stage.platform.deliveries.waiting
        stopping = asyncio.create_task(stage.slack.source.stop())
        await asyncio.sleep(0.05)
        house.gate.set()
        await stopping
        assert all(delivery.acked for delivery in deliveries)
        assert len(house.happened) == 5


async def test_an_envelope_that_cannot_be_read_holds_up_no_other():
    async with playing() as stage:
        (socket,) = stage.platform.sockets.open
        for odd in ("{", "[]", '{"envelope_id": 7}', '{"envelope_id": "x", "payload": "y"}'):
            await socket.ws.send_str(odd)
        await stage.aiko.says("fire")
        assert [type(e) for e in stage.house.happened] == [Wrote]


@pytest.mark.parametrize("payload", [{}, {"type": "event_callback"}, {"type": "block_actions"}])
async def test_what_is_of_no_known_shape_is_confirmed_and_left(payload: dict[str, str]):
    """Slack would send it three times more, and it would mean no more to us."""
    async with playing() as stage:
        delivery = Delivery("interactive", dict(payload))
        await stage.platform.deliveries.send(delivery)
        await stage.until(lambda: delivery.acked)
        assert stage.house.happened == []


async def burst(stage: Stage, taps: int) -> list[Delivery]:
    """So many people tap at the same moment."""
    platform = stage.platform
    room = platform.add_channel("C1", "everyone", "U1")
    await stage.slack.channel.deliver(stage.parcel(CARD, "C1"))
    message = platform.messages[-1]
    shown = message.tappable("I'm safe")
    assert shown
    sent = []
    for number in range(taps):
        user = f"W{number}"
        platform.workspace.add_user(user)
        stage.house.people[user] = stage.house.people["U1"]
        action = {
            "type": "button",
            "action_id": shown.action_id,
            "block_id": shown.block_id,
            "value": shown.value,
            "action_ts": platform.workspace.ts(),
        }
        respond = platform.replies.url("actions", user, room, message)
        payload = acted_on_message(platform, user, message, action, "1.2.x", respond)
        sent.append(Delivery("interactive", payload))
    return sent


async def test_a_thousand_taps_at_once_are_each_confirmed_and_none_is_lost(monkeypatch):
    """How fast is for the benches: the machine that runs this may be busy."""
    monkeypatch.setattr(reception, "DEADLINE", 60)
    async with playing(connections=2) as stage:
        sent = await burst(stage, 1000)
        for delivery in sent:
            await stage.platform.deliveries.send(delivery)
        await stage.until(lambda: all(delivery.acked for delivery in sent), patience=60)
        assert len(stage.house.of(Tapped)) == 1000
        assert stage.platform.troubles == []
