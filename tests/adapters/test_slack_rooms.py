"""Many people tap one post at the same time: each is told their own, and nobody another's."""

from __future__ import annotations

import asyncio

from bot.cards import Button, Card
from bot.door import Answered
from bot.events import Tapped
from tests.adapters.slack_house import playing

POST = Card(
    "Are you safe?",
    buttons=(Button("room:r1:safe", "I'm safe"), Button("room:r1:help", "I need help")),
    open=True,
)


async def test_whoever_taps_reads_their_own_answer_and_no_other() -> None:
    async with playing() as stage:
        stage.platform.add_channel("C1", "all", "U1", "U2")
        await stage.slack.channel.deliver(stage.parcel(POST, "C1"))
        [message] = stage.platform.messages
        stage.house.answers[Tapped] = lambda event: Answered(f"For {event.sender.address} alone.")
        stage.house.gate = asyncio.Event()
        first = asyncio.create_task(stage.aiko.taps("I need help", message))
        await stage.until(lambda: stage.house.waiting == 1)
        second = asyncio.create_task(stage.yusuf.taps("I'm safe", message))
        await stage.until(lambda: stage.house.waiting == 2)
        stage.house.gate.set()
        await asyncio.gather(first, second)
        for person, user in ((stage.aiko, "U1"), (stage.yusuf, "U2")):
            await stage.until(lambda p=person: [m for m in p.received if m.ephemeral])
            said = [m.shown for m in person.received if m.ephemeral]
            assert said == [f"For {user} alone."]
