"""`renraku check` asks the platforms themselves, and says in words what is wrong and what to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.commands.parts import platforms
from tests.adapters.slack_fake import Slack
from tests.adapters.telegram_fake import FakeTelegram, Hangs, Status
from tests.commands.desk import Desk, Result


@dataclass
class Outside:
    """Both platforms, and an operator at a desk who has an account on each."""

    slack: Slack
    telegram: FakeTelegram
    desk: Desk

    async def check(self) -> dict[str, list[tuple[str, str, str]]]:
        """What is found by `check`, by name: result, what it says, what to do."""
        result: Result = await asyncio.to_thread(self.desk, "check", "--json")
        said = result.out + result.err
        secrets = (self.slack.bot_token, self.slack.app_token, self.telegram.token)
        assert not [secret for secret in secrets if secret in said]
        found: dict[str, list[tuple[str, str, str]]] = {}
        for row in result.json["checks"]:
            found.setdefault(row["name"], []).append((row["result"], row["says"], row["do"] or ""))
        bad = [rows for rows in found.values() for row in rows if row[0] == "bad"]
        assert result.code == (1 if bad else 0)
        return found


@pytest.fixture
async def outside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outside]:
    async with Slack() as slack, FakeTelegram() as telegram:
        slack.clock = telegram.clock
        for name, value in {
            "SLACK__BOT_TOKEN": slack.bot_token,
            "SLACK__APP_TOKEN": slack.app_token,
            "SLACK__API_URL": slack.api_url.rstrip("/"),
            "TELEGRAM__TOKEN": telegram.token,
            "TELEGRAM__API_URL": telegram.url,
            "WEB__PORT": "0",
        }.items():
            monkeypatch.setenv(f"RENRAKU_{name}", value)
        yield Outside(slack, telegram, desk)


WELL = [("ok", "lets us in, with all the rights that are needed", "")]


async def test_both_are_well(outside: Outside) -> None:
    found = await outside.check()
    assert found["slack"] == found["telegram"] == WELL
    # Nothing was begun: no connection, no update taken, nobody written to.
    assert outside.slack.sockets.ever == 0
    assert {call.method for call in outside.slack.calls()} == {"auth.test", "apps.connections.open"}
    assert {call.method for call in outside.telegram.calls} == {"getMe", "getWebhookInfo"}


async def test_tokens_that_are_refused(outside: Outside) -> None:
    outside.slack.dead = "token_revoked"
    outside.telegram.token = "987654321:another"
    found = await outside.check()
    assert found["slack"] == [
        (
            "bad",
            "Slack refuses the bot token (token_revoked).",
            "Install the app into the workspace again and set the new token.",
        )
    ]
    [(result, says, do)] = found["telegram"]
    assert (result, says) == ("bad", "Telegram does not accept the token.")
    assert "@BotFather" in do


async def test_rights_that_are_missing(outside: Outside) -> None:
    outside.slack.scopes.remove("chat:write")
    outside.slack.scopes.remove("users:read.email")
    outside.slack.app_scopes.clear()
    found = await outside.check()
    told = {says.partition(":")[0]: (result, do) for result, says, do in found["slack"]}
    assert any("chat" in says and result == "bad" for says, (result, _) in told.items())
    rights = [row for row in found["slack"] if "lacks the right" in row[1]]
    assert [(result, says.split()[5].rstrip(":")) for result, says, _ in rights] == [
        ("bad", "chat:write"),
        ("look", "users:read.email"),
    ]
    assert all("renraku slack manifest" in do for _, _, do in rights)
    assert any("refuses the app-level token" in says for _, says, _ in found["slack"])


async def test_a_webhook_that_fails_and_a_clock_that_is_wrong(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENRAKU_TELEGRAM__MODE", "webhook")
    monkeypatch.setenv("RENRAKU_TELEGRAM__WEBHOOK_SECRET", "a-long-random-word")
    monkeypatch.setenv("RENRAKU_WEB__PUBLIC_URL", "https://renraku.example.org")
    told = await outside.check()
    [(result, says, _)] = told["telegram"]
    assert (result, says) == ("look", "Telegram delivers nowhere yet.")
    hook, telegram = outside.telegram.webhook, outside.telegram
    hook.url, hook.error = "https://renraku.example.org/telegram", "Connection timed out"
    telegram.skew = 600
    found = await outside.check()
    said = " ".join(says for _, says, _ in found["telegram"])
    assert "could not deliver lately: Connection timed out" in said
    assert "clock" in said
    assert found["slack"] == WELL


async def test_a_secret_that_is_missing_is_named(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RENRAKU_SLACK__APP_TOKEN")
    found = await outside.check()
    [(result, says, _)] = found["platforms"]
    assert result == "bad"
    assert says.startswith("slack.app_token is missing")
    assert "RENRAKU_SLACK__APP_TOKEN" in says


async def test_one_that_is_away_does_not_hold_up_the_other(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platforms, "PATIENCE", 0.3)
    outside.slack.faults.hang("auth.test")
    found = await outside.check()
    assert found["telegram"] == WELL
    [(result, says, _)] = found["slack"]
    assert (result, says) == ("bad", "Slack does not answer within 0 seconds.")
    outside.slack.faults.clear()
    outside.telegram.down = Hangs()
    outside.slack.faults.status("auth.test", 503)
    found = await outside.check()
    assert [row[1] for row in found["telegram"]] == ["Telegram does not answer within 0 seconds."]
    assert [row[1] for row in found["slack"]] == ["Slack cannot be reached."]
    outside.telegram.down = Status(502)
    [(result, says, do)] = (await outside.check())["telegram"]
    assert (result, says.startswith("Telegram cannot be reached at 127.0.0.1")) == ("bad", True)
    assert "firewall" in do
