"""Slack is asked for real whether all is well; what is wrong is said with its remedy."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from adapters.pictures import prepare
from adapters.slack import Given, Slack, manifest
from adapters.slack.manifest import APP_SCOPES, EVENTS, OPTIONAL_SCOPES, SCOPES
from bot import cli
from bot.door import Trouble
from bot.ports import SeededIds, SteadyClock
from tests.adapters.slack_fake import Slack as Platform
from tests.adapters.slack_fake import slack as fake
from tests.adapters.slack_house import House, given
from tests.scenarios.phones import TownClock


async def found(platform: Platform, clock: object = None, **changed: object) -> list[Trouble]:
    settings = replace(given(platform), **changed)  # type: ignore[arg-type]
    slack = Slack(settings, House(), clock or SteadyClock(), SeededIds(1), prepare, 1)  # type: ignore[arg-type]
    try:
        return list(await slack.source.check())
    finally:
        await slack.close()


async def test_where_all_is_well_nothing_is_said():
    async with Platform() as platform:
        assert await found(platform) == []
        assert await found(platform, mode="http") == []
        assert [c.method for c in platform.calls()] == [
            "auth.test",
            "apps.connections.open",
            "auth.test",
        ]


async def test_rooms_that_no_roll_call_can_be_posted_in_are_named():
    async with Platform() as platform:
        platform.add_channel("C0GOOD", "good")
        platform.add_channel("C0OUT", "out", bot=False)
        platform.add_channel("C0OLD", "old")
        platform.workspace.rooms["C0OLD"].archived = True
        rooms = ("C0GOOD", "C0OUT", "C0OLD", "C0NONE")
        troubles = await found(platform, rooms=rooms)
        assert [(t.says.split()[2], t.fatal) for t in troubles] == [
            ("C0OUT", False),
            ("C0OLD", False),
            ("C0NONE", False),
        ]
        assert "/invite" in troubles[0].do
        assert "archived" in troubles[1].says
        assert "does not exist" in troubles[2].says
        platform.scopes.append("chat:write.public")
        assert len(await found(platform, rooms=rooms)) == 2, "it may post there uninvited"


@pytest.mark.parametrize(
    ("changed", "says", "do"),
    [
        ({"bot_token": ""}, "No bot token", "slack.bot_token"),
        ({"bot_token": "xoxb-wrong"}, "refuses the bot token (invalid_auth)", "xoxb-"),
        ({"app_token": ""}, "No app-level token", "connections:write"),
        ({"app_token": "xapp-wrong"}, "refuses the app-level token", "xapp-"),
        ({"mode": "http", "signing_secret": ""}, "No signing secret", "slack.signing_secret"),
        ({"api_url": "http://127.0.0.1:9/api"}, "cannot be reached", "slack.com"),
    ],
)
async def test_each_trouble_has_a_remedy(changed: dict[str, str], says: str, do: str):
    async with Platform() as platform:
        (trouble,) = await found(platform, **changed)
        assert says in trouble.says
        assert do in trouble.do
        assert trouble.fatal
        assert "xoxb-wrong" not in repr(trouble)


async def test_rights_that_lack_are_named_with_what_they_are_for():
    async with Platform(scopes=["chat:write", "im:write", "commands"]) as platform:
        troubles = await found(platform)
        lacking = {t.says.split("right ")[1].rpartition(": ")[0].split(": ")[0] for t in troubles}
        assert lacking == set(SCOPES) - {"chat:write", "im:write", "commands"}
        assert not any(t.fatal for t in troubles)
        assert all("renraku slack manifest" in t.do for t in troubles)
    async with Platform(scopes=[s for s in SCOPES if s != "chat:write"]) as platform:
        assert [t.fatal for t in await found(platform)] == [True]
        platform.app_scopes.clear()
        assert "connections:write" in (await found(platform))[-1].says


async def test_a_clock_that_is_wrong_is_named():
    async with Platform() as platform:
        (trouble,) = await found(platform, TownClock())
        assert "clock" in trouble.says
        assert not trouble.fatal


async def test_a_platform_that_is_busy_is_no_reason_to_give_up():
    async with Platform() as platform:
        platform.faults.ratelimit("auth.test", 20)
        (trouble,) = await found(platform)
        assert not trouble.fatal
        assert "20 seconds" in trouble.says


def test_the_manifest_asks_for_what_is_used_and_for_nothing_else():
    made = manifest()
    assert made["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    assert set(SCOPES) == set(fake.SCOPES)
    assert set(EVENTS) == set(fake.EVENTS)
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)
    assert made["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(made)
    assert made["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    called = {s["callback_id"] for s in made["features"]["shortcuts"]}
    assert called == {"report", "report_message"}


def test_in_http_mode_the_manifest_says_where():
    url = "https://renraku.example.org/slack"
    made = manifest("Sunrise Clinic", "http", url)
    assert json.dumps(made).count(url) == 3
    assert made["settings"]["socket_mode_enabled"] is False


def test_every_right_has_its_reason_in_one_sentence():
    for reason in (SCOPES | APP_SCOPES | OPTIONAL_SCOPES).values():
        assert re.fullmatch(r"[A-Z].+\.", reason)


def test_what_is_shown_of_the_settings_holds_no_secret():
    assert "secret" not in repr(Given("xoxb-secret", "xapp-secret", "secret"))


def test_the_command_prints_the_manifest_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["slack", "manifest", "--name", "Sunrise"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == manifest("Sunrise")
    assert "slack.app_token" in told.err
    assert cli.run(["slack", "manifest", "--rights"]) == 0
    told = capsys.readouterr()
    assert all(right in told.out for right in SCOPES)
    assert cli.run(["slack", "manifest", "--name", "x" * 36]) != 0


def test_in_http_mode_the_command_needs_the_public_address(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RENRAKU_SLACK__MODE", "http")
    assert cli.run(["slack", "manifest"]) != 0
    assert "web.public_url" in capsys.readouterr().err
    monkeypatch.setenv("RENRAKU_WEB__PUBLIC_URL", "https://renraku.example.org")
    assert cli.run(["slack", "manifest"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == manifest("Renraku", "http", "https://renraku.example.org/slack")
    assert "slack.signing_secret" in told.err
