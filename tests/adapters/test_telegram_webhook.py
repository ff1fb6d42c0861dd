"""Receiving by being called: who may call, what is taken, and what comes again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import uvicorn
from starlette.applications import Starlette
from structlog.testing import capture_logs

from adapters.telegram.webhook import LARGEST, SECRET
from bot.door import Answered
from bot.events import FromPeople, Wrote
from tests.adapters.telegram_fake import Status
from tests.adapters.telegram_house import QUICK, Stage, stage
from tests.adapters.test_telegram_channel import CHECK_IN

WORD = "a-secret_of_9_letters"


class Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


@asynccontextmanager
async def hooked(**more: Any) -> AsyncIterator[tuple[Stage, str]]:
    """A stage whose routes are served on loopback; yields it and the webhook's address."""
    async with stage(
        running=False, mode="webhook", webhook_secret=WORD, public_url="http://127.0.0.1:1", **more
    ) as on:
        app = Starlette(routes=list(on.telegram.routes))
        server = Server(
            uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False)
        )
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        root = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        webhook: Any = on.telegram.source
        webhook._given = replace(webhook._given, public_url=root)
        try:
            yield on, f"{root}/telegram"
        finally:
            if on.running:
                await on.stop()
            await on.fake.webhook.close()
            server.should_exit = True
            await serving


async def post(url: str, body: bytes, secret: str | None = WORD) -> int:
    headers = {SECRET: secret} if secret is not None else {}
    async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers) as said:
        return said.status


async def test_updates_are_delivered_and_answered_after_the_commit() -> None:
    async with hooked() as (on, url):
        await on.start()
        await on.until(lambda: on.fake.webhook.url)
        assert on.fake.webhook.url == url
        [given] = on.fake.called("setWebhook")
        assert given["secret_token"] == WORD
        assert given["allowed_updates"] == [
            "message", "edited_message", "callback_query", "my_chat_member",
        ]  # fmt: skip
        saved = asyncio.Event()

        async def wait(event: FromPeople) -> None:
            await saved.wait()

        on.door.before_commit = wait
        on.fake.user(7).says("fire")
        await asyncio.sleep(0.05)
        assert on.fake.webhook.posts == []
        saved.set()
        await on.settled()
        assert on.door.wrote() == ["fire"]
        assert on.fake.webhook.posts == [(991, 200)]


async def test_what_cannot_be_saved_is_refused_and_comes_again() -> None:
    async with hooked() as (on, _):
        await on.start()
        on.door.down = 2
        on.fake.user(7).says("fire")
        await on.settled()
        assert on.fake.webhook.posts == [(991, 503), (991, 503), (991, 200)]
        assert on.door.wrote() == ["fire"]


async def test_what_is_delivered_twice_is_done_once() -> None:
    async with hooked() as (on, _):
        on.fake.updates.twice = True
        await on.start()
        await on.deliver(CHECK_IN, 7)
        on.door.answer = lambda event: Answered("Recorded.")
        on.fake.user(7).says("fire")
        on.fake.user(7).taps("I'm safe")
        await on.settled()
        await on.until(lambda: len(on.door.repeats) == 2)
        assert [type(event).__name__ for event in on.door.events] == ["Wrote", "Tapped"]
        await on.until(lambda: on.fake.user(7).toasts)
        assert [toast.text for toast in on.fake.user(7).toasts] == ["Recorded."]


async def test_one_persons_updates_keep_their_order() -> None:
    async with hooked() as (on, url):
        gate = asyncio.Event()

        async def first_waits(event: FromPeople) -> None:
            if event.id == "telegram:7:1":
                await gate.wait()

        on.door.before_commit = first_waits
        posts = []
        for number in (1, 2):
            on.fake.user(7).says(f"line {number}")
            update = on.fake.updates.pending.popitem()[1]
            body = str(update).replace("'", '"').replace("False", "false").encode()
            posts.append(asyncio.create_task(post(url, body)))
            await asyncio.sleep(0.05)
        gate.set()
        assert await asyncio.gather(*posts) == [200, 200]
        assert on.door.wrote() == ["line 1", "line 2"]


async def test_whoever_does_not_know_the_secret_is_turned_away() -> None:
    async with hooked() as (on, url):
        body = b'{"update_id": 1, "message": {"message_id": 1}}'
        for wrong in (None, "", "a-secret", WORD + "x", "ünicode"):
            assert await post(url, body, wrong) == 403
        assert on.door.events == []


async def test_without_a_secret_nobody_is_let_in() -> None:
    async with hooked() as (on, url):
        webhook: Any = on.telegram.source
        webhook._given = replace(webhook._given, webhook_secret="")
        assert await post(url, b"{}", "") == 403
        with capture_logs() as lines:
            await on.start()
            await on.until(lambda: [x for x in lines if x["event"] == "telegram.webhook"])
        assert on.fake.called("setWebhook") == []


async def test_what_is_too_large_or_no_json_is_refused() -> None:
    async with hooked() as (_, url):
        assert await post(url, b"x" * (LARGEST + 1)) == 413
        assert await post(url, b"{") == 400
        assert await post(url, b"[" * 100_000) == 400

        async def endless() -> AsyncIterator[bytes]:
            for _ in range(40):
                yield b"x" * 50_000

        async with (
            aiohttp.ClientSession() as http,
            http.post(url, data=endless(), headers={SECRET: WORD}) as said,
        ):
            assert said.status == 413


async def test_what_cannot_be_read_is_taken_and_logged() -> None:
    async with hooked() as (_, url):
        with capture_logs() as lines:
            assert await post(url, b"[]") == 200
            assert await post(url, b'{"update_id": 7, "message": 5}') == 200
            assert await post(url, b'{"update_id": 8, "poll": {}}') == 200
        assert [(line["event"], line["update_id"]) for line in lines] == [
            ("update.malformed", None), ("update.malformed", 7),
        ]  # fmt: skip


async def test_what_the_house_stumbles_over_is_given_up_after_a_while() -> None:
    async with hooked() as (on, _):
        await on.start()
        on.door.broken = lambda event: isinstance(event, Wrote)
        on.fake.user(7).says("poison")
        await on.settled()
        assert [status for _, status in on.fake.webhook.posts] == [503] * 4 + [200]


async def test_a_house_that_hangs_is_asked_again_later() -> None:
    async with hooked(habits=replace(QUICK, webhook=0.1)) as (on, _):
        await on.start()
        free = asyncio.Event()

        async def wait(event: FromPeople) -> None:
            await free.wait()

        on.door.before_commit = wait
        on.fake.user(7).says("fire")
        await on.until(lambda: on.fake.webhook.posts)
        assert on.fake.webhook.posts[0] == (991, 503)
        free.set()
        await on.settled()
        assert on.door.wrote() == ["fire"]


async def test_the_webhook_is_set_as_soon_as_telegram_is_there() -> None:
    async with hooked() as (on, _):
        on.fake.fails("setWebhook", Status(502), times=3)
        await on.start()
        await on.until(lambda: on.fake.webhook.url)


async def test_stopping_leaves_the_webhook_so_that_nothing_is_lost() -> None:
    async with hooked() as (on, _):
        await on.start()
        await on.until(lambda: on.fake.webhook.url)
        await on.stop()
        assert on.fake.called("deleteWebhook") == []
