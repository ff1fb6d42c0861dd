"""By HTTP: signatures come first, a receipt means that it was committed."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from adapters.pictures import prepare
from adapters.slack import Given, Slack
from bot.cards import Button, Card
from bot.events import Tapped, Wrote
from bot.ports import SeededIds
from tests.adapters.slack_fake import Slack as Platform
from tests.adapters.slack_house import AIKO, PAGE, House, Stage, given
from tests.scenarios.phones import TownClock

CARD = Card("Are you safe?", buttons=(Button("ask:a1:safe", "I'm safe"),), open=True)


class Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@asynccontextmanager
async def serving(house: House | None = None, **changed: object) -> AsyncIterator[Stage]:
    """The adapter behind a real server on loopback."""
    clock, house = TownClock(), house or House()
    async with Platform(clock=clock) as platform:
        aiko = platform.add_user("U1", real_name="Aiko Tanaka")
        yusuf = platform.add_user("U2")
        house.people["U1"] = AIKO
        settings = given(platform, mode="http")
        if changed:
            settings = Given(platform.bot_token, mode="http", api_url=platform.api_url, **changed)
        slack = Slack(settings, house, clock, SeededIds(1), prepare, 1_000_000)
        app = Starlette(routes=slack.routes)
        config = uvicorn.Config(app, "127.0.0.1", 0, log_config=None, lifespan="off")
        server = Server(config)
        running = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        platform.request_url = f"http://127.0.0.1:{port}/slack"
        await slack.source.start()
        try:
            yield Stage(platform, slack, house, clock, aiko, yusuf)
        finally:
            await slack.source.stop()
            await slack.close()
            server.should_exit = True
            await running


async def test_events_taps_pages_and_commands_come_by_http_too():
    async with serving(House(pages=[PAGE])) as stage:
        await stage.aiko.says("fire & <B>")
        await stage.slack.channel.deliver(stage.parcel(CARD))
        assert (await stage.aiko.taps("I'm safe")).acked
        assert (await stage.aiko.runs("/renraku status")).acked
        await stage.aiko.shortcut("report")
        await stage.until(lambda: stage.aiko.modal)
        await stage.aiko.fills({"What has happened?": "Fire"})
        assert (await stage.aiko.submits()).acked
        assert stage.aiko.modal is None
        assert stage.house.happened[0].text == "fire & <B>"
        assert len(stage.house.happened) == 5


async def test_the_address_is_verified_by_its_challenge():
    async with serving() as stage:
        assert await stage.platform.posts.verify_url()


async def test_what_is_not_signed_by_slack_is_turned_away():
    async with serving() as stage:
        posts = stage.platform.posts
        posts.bad_signatures = 4
        await stage.aiko.says("fire")
        assert posts.answers[0].status == 401
        posts.bad_signatures = 0
        posts.seconds_old = 400
        await stage.aiko.says("fire again")
        assert {a.status for a in posts.answers} == {401}
        assert stage.house.happened == []
        assert stage.house.asked == 0


async def test_without_a_signing_secret_nothing_is_believed():
    async with serving(signing_secret="") as stage:
        stage.platform.signing_secret = ""
        await stage.aiko.says("fire")
        assert {a.status for a in stage.platform.posts.answers} == {503}
        assert stage.house.happened == []


async def test_what_could_not_be_saved_gets_503_and_comes_again():
    async with serving(House(refuses=1)) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: [type(e) for e in stage.house.happened] == [Wrote])
        assert stage.platform.posts.answers[0].status == 503
        await stage.until(lambda: not stage.platform.deliveries.waiting)


async def test_a_tap_that_could_not_be_saved_is_an_error_to_slack():
    async with serving(House(refuses=1)) as stage:
        await stage.slack.channel.deliver(stage.parcel(CARD))
        await stage.aiko.taps("I'm safe")
        assert stage.aiko.troubles
        await stage.aiko.taps("I'm safe", stage.aiko.received[0])
        assert [type(e) for e in stage.house.happened] == [Tapped]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"\xff\xfe", "application/json", 400),
        (b"[1, 2]", "application/json", 400),
        (b"{", "application/json", 400),
        (b"payload=%7B", "application/x-www-form-urlencoded", 400),
        (b"x" * 2_100_000, "application/json", 413),
        (b"", "application/json", 401),
    ],
)
async def test_odd_bodies_are_refused_and_harm_nothing(body: bytes, kind: str, status: int):
    async with serving() as stage, aiohttp.ClientSession() as somebody:
        for at, expected in (("1", status), ("x", 401), ("", 401)):
            headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": at}
            data = io.BytesIO(body)
            url = stage.platform.request_url
            async with somebody.post(url, data=data, headers=headers) as answer:
                assert answer.status == expected
        await stage.aiko.says("fire")
        assert len(stage.house.happened) == 1


async def test_while_slack_itself_is_away_nothing_is_confirmed_unseen():
    """The framework answers "please install the app", with 200, when it cannot ask for its own
    token: what arrived would be lost."""
    async with serving() as stage:
        stage.platform.faults.error("auth.test", "internal_error", times=99)
        await stage.aiko.says("fire")
        assert len(stage.house.happened) == 1
        assert stage.platform.calls("auth.test") == []


def test_in_socket_mode_there_is_no_address_to_post_to():
    slack = Slack(Given("xoxb-"), House(), TownClock(), SeededIds(1), prepare, 1)
    assert not slack.routes
    assert "xoxb" not in repr(Given("xoxb-1", "xapp-1", "secret"))
