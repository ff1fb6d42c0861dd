"""The way to Telegram and back, whether all is well there, and what must never be shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut

import adapters.telegram as telegram_room
from adapters.telegram import Given, Habits
from adapters.telegram.client import Client
from adapters.telegram.transport import TooFast, TooLarge
from bot.door import Source
from bot.ports import SteadyClock
from tests.adapters.telegram_fake import Drops, FakeTelegram, Hangs, Status, TooMany
from tests.adapters.telegram_house import QUICK, stage


def client(fake: FakeTelegram, habits: Habits = QUICK, **given: Any) -> Client:
    settings = Given(**{"token": fake.token, "api_url": fake.url, **given})
    return Client(settings, habits, SteadyClock())


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (Status(500), NetworkError),
        (Status(502), NetworkError),
        (Status(503, '{"ok":false,"error_code":503,"description":"busy"}'), NetworkError),
        (Status(200, "hello"), TelegramError),
        (Status(200, '["list"]'), TelegramError),
        (Status(302, ""), NetworkError),
        (Status(404), NetworkError),
        (Status(401), NetworkError),
        (Drops(after=False), NetworkError),
        (Drops(after=True), NetworkError),
        (Hangs(), TimedOut),
        (Status(429, "slow down"), NetworkError),
    ],
    ids=str,
)
async def test_each_fault_has_its_name_and_the_next_call_works(
    fault: Any, raised: type[Exception]
) -> None:
    async with FakeTelegram() as fake:
        ours = client(fake, replace(QUICK, call=0.15))
        try:
            fake.fails("getMe", fault)
            with pytest.raises(raised) as problem:
                await ours.get_me()
            assert not isinstance(problem.value, InvalidToken | BadRequest)
            assert fake.token not in repr(problem.value) + str(problem.value)
            assert (await ours.get_me()).username == fake.username
        finally:
            await ours.close_connections()


@pytest.mark.parametrize("seconds", [0, 1, 35, 86_400])
async def test_too_fast_keeps_its_figure(seconds: int) -> None:
    async with FakeTelegram() as fake:
        ours = client(fake)
        fake.fails("getMe", TooMany(seconds))
        with pytest.raises(TooFast) as problem:
            await ours.get_me()
        assert problem.value.seconds == seconds
        await ours.close_connections()


async def test_nobody_answering_is_the_networks_fault_and_shows_no_token() -> None:
    async with FakeTelegram() as fake:
        for url in ("http://127.0.0.1:1", "http://nowhere.invalid", "nonsense"):
            ours = client(fake, api_url=url)
            with pytest.raises(NetworkError) as problem:
                await ours.get_me()
            seen = f"{problem.value!r} {problem.value.__cause__!r} {problem.value.__context__!r}"
            assert problem.value.__suppress_context__
            assert fake.token not in str(problem.value)
            assert problem.value.__cause__ is None, seen
            await ours.close_connections()


async def test_a_wrong_token_is_named_as_such() -> None:
    async with FakeTelegram() as fake:
        ours = client(fake, token="1:wrong")
        with pytest.raises(InvalidToken):
            await ours.get_me()
        await ours.close_connections()


async def test_pictures_go_up_and_come_down() -> None:
    async with FakeTelegram() as fake:
        fake.user(7)
        ours = client(fake)
        picture = bytes(range(256)) * 900
        sent = await ours.send_photo(
            7, InputFile(picture, filename="photo.jpg"), caption="山 & <b>"
        )
        assert fake.user(7).last.photo == picture
        assert fake.user(7).last.text == "山 & <b>"
        file = sent.photo[-1].file_id
        assert await ours.picture(file, len(picture), 1.0) == picture
        with pytest.raises(TooLarge):
            await ours.picture(file, len(picture) - 1, 1.0)
        await ours.close_connections()


async def test_connections_are_used_again() -> None:
    async with FakeTelegram() as fake:
        ours = client(fake)
        for _ in range(20):
            await ours.get_me()
        connector: Any = ours.transport._session and ours.transport._session.connector
        assert sum(len(found) for found in connector._conns.values()) == 1
        await ours.close_connections()


def test_nothing_of_the_library_that_loses_work_is_used() -> None:
    """Its updater confirms before the commit; its limiter tries nothing again."""
    room = Path(telegram_room.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))
    assert "telegram.ext" not in sources
    assert not re.search(r"import .*(Application|Updater|RateLimiter|HTTPXRequest)", sources)


async def test_a_proxy_in_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeTelegram() as fake:
        monkeypatch.setenv("http_proxy", fake.url)
        monkeypatch.setenv("no_proxy", "localhost")
        ours = client(fake, api_url="http://telegram.invalid")
        # Asked through the proxy, which is the fake itself.
        assert (await ours.get_me()).username == fake.username
        await ours.close_connections()
        monkeypatch.setenv("no_proxy", "telegram.invalid")
        ours = client(fake, api_url="http://telegram.invalid")
        with pytest.raises(NetworkError):
            await ours.get_me()
        await ours.close_connections()


def test_a_token_is_never_shown() -> None:
    given = Given("123:secret", webhook_secret="hidden")
    assert "secret'" not in repr(given)
    assert "123:secret" not in repr(given)
    assert "hidden" not in repr(given)


def test_where_the_webhook_is() -> None:
    for root in ("https://x.org", "https://x.org/", "https://x.org/telegram"):
        assert Given("t", public_url=root).webhook == "https://x.org/telegram"
    assert Given("t").webhook == ""


# --- is all well? ----------------------------------------------------------------------------


async def test_all_is_well() -> None:
    async with stage(running=False) as on:
        source: Source = on.telegram.source
        assert list(await source.check()) == []


async def says(on: Any) -> str:
    return " | ".join(f"{t.says} {t.do}" for t in await on.telegram.source.check())


async def test_a_token_that_is_refused() -> None:
    async with stage(running=False, token="1:wrong") as on:
        assert "does not accept the token" in await says(on)
        assert "1:wrong" not in await says(on)


async def test_a_platform_that_cannot_be_reached() -> None:
    async with stage(running=False, api_url="http://127.0.0.1:1") as on:
        [trouble] = await on.telegram.source.check()
        assert "cannot be reached at 127.0.0.1" in trouble.says
        assert trouble.fatal


async def test_a_webhook_where_we_poll() -> None:
    async with stage(running=False) as on:
        on.fake.webhook.url = "https://old.example.org/hook?key=1"
        said = await says(on)
        assert "Telegram delivers to old.example.org instead of being asked." in said
        assert "key=1" not in said


async def test_nobody_fetches() -> None:
    async with stage(running=False) as on:
        for _ in range(101):
            on.fake.user(7).says("hello?")
        assert "101 messages wait at Telegram" in await says(on)


async def test_groups_that_no_roll_call_can_be_posted_in_are_named() -> None:
    rooms = ("-1001", "-1002", "-1003")
    async with stage(running=False, rooms=rooms) as on:
        on.fake.group(-1001, "Plant")
        on.fake.group(-1002, "Office").throws_the_bot_out(on.fake.user(7))
        said = await says(on)
        assert "-1001" not in said
        assert "-1002" in said
        assert "-1003" in said


def apart(said: str, how: str) -> int:
    """How many seconds a clock is said to be wrong."""
    found = re.search(rf"([0-9]+) seconds {how} Telegram's", said)
    assert found, said
    return int(found[1])


async def test_a_clock_that_is_wrong() -> None:
    async with stage(running=False) as on:
        on.fake.skew = -90.0
        assert 88 <= apart(await says(on), "ahead of") <= 93
        on.fake.skew = 3600.0
        assert 3597 <= apart(await says(on), "behind") <= 3602


async def test_a_webhook_that_is_not_whole() -> None:
    async with stage(running=False, mode="webhook") as on:
        said = await says(on)
        assert "no address to deliver to" in said
        assert "no secret" in said


async def test_a_webhook_that_fails() -> None:
    at = {"mode": "webhook", "webhook_secret": "x" * 20, "public_url": "https://us.example.org"}
    async with stage(running=False, **at) as on:
        assert "Telegram delivers nowhere yet." in await says(on)
        on.fake.webhook.url = "https://other.example.org/telegram"
        assert "Telegram delivers to another address." in await says(on)
        on.fake.webhook.url = "https://us.example.org/telegram"
        assert await says(on) == ""
        on.fake.webhook.error = "SSL error {certificate verify failed}"
        assert "could not deliver lately: SSL error" in await says(on)
        long_ago = on.fake.clock.now() - timedelta(hours=2)
        on.fake.webhook.error_at = int(long_ago.timestamp())
        assert await says(on) == ""
        on.fake.updates.allowed = frozenset({"message"})
        assert "holds back some kinds of updates" in await says(on)


async def test_an_address_telegram_cannot_deliver_to() -> None:
    at = {"mode": "webhook", "webhook_secret": "x" * 20}
    for url in ("http://us.example.org", "https://us.example.org:9000"):
        async with stage(running=False, public_url=url, **at) as on:
            checking: Any = on.telegram.source
            given = replace(on.given, api_url="https://api.telegram.org")
            checking._checking._given = given
            assert "delivers only to https, on port" in await says(on)


async def test_nothing_personal_is_logged() -> None:
    secret_words = "my leg is trapped under the shelf"
    async with stage(running=False) as on:
        with capture_logs() as lines:
            on.fake.fails("getUpdates", Status(500), Drops(), Status(200, secret_words))
            on.fake.fails("sendMessage", Status(500))
            on.door.down = 2
            on.fake.user(7).says(secret_words)
            on.fake.user(66, "A Stranger").says(secret_words)
            on.fake.updates.add_raw({"message": {"text": secret_words}})
            on.fake.user(7).starts("one-time-code")
            await on.start()
            await on.settled()
        written = str(lines)
        for word in (secret_words, on.fake.token, "one-time-code", "Aiko", "A Stranger"):
            assert word not in written
        assert lines
