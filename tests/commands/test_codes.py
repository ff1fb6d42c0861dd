"""One-time codes for Telegram and Slack, and the app that Slack wants described."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import segno

from tests.adapters.telegram_fake import FakeTelegram
from tests.commands.desk import Desk, Result


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as platform:
        monkeypatch.setenv("RENRAKU_TELEGRAM__TOKEN", platform.token)
        monkeypatch.setenv("RENRAKU_TELEGRAM__API_URL", platform.url)
        yield platform


async def run(desk: Desk, *args: str) -> Result:
    return await asyncio.to_thread(desk, *args)


async def test_links_that_open_telegram(desk: Desk, telegram: FakeTelegram) -> None:
    said = await run(desk, "people", "invite", "103", "104", "--telegram", "--qr")
    assert said.code == 0, said.err
    links = [line.strip() for line in said.out.splitlines() if "https://t.me/" in line]
    assert [link.partition("?start=")[0] for link in links] == [
        f"https://t.me/{telegram.username}"
    ] * 2
    assert len(set(links)) == 2
    # The picture is of the very link above it.
    drawn = io.StringIO()
    segno.make(links[0], error="m", micro=False).terminal(drawn, border=2, compact=True)
    assert drawn.getvalue().strip() in said.out
    assert "hand it over privately" in said.err


async def test_a_table_and_slips_to_print(desk: Desk, telegram: FakeTelegram) -> None:
    files = ("--csv", "codes.csv", "--html", "slips.html")
    said = await run(desk, "people", "invite", "--all", "--telegram", "--days", "3", *files)
    assert said.code == 0, said.err
    table, sheet = Path("codes.csv"), Path("slips.html")
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [row["key"] for row in rows] == [str(n) for n in range(100, 108)]
    page = sheet.read_text(encoding="utf-8")
    for row in rows:
        assert row["link"].endswith(f"?start={row['code']}")
        assert row["code"] in page
        assert row["code"] not in said.out + said.err
    assert page.count("<svg") == 8
    # Names are text, whatever they look like; each slip is in its reader's language.
    assert "[red]Dan[/red] Day" in page
    assert 'lang="ja"' in page
    assert 'dir="rtl"' in page
    for file in (table, sheet):
        assert file.stat().st_mode & 0o077 == 0, "for nobody else's eyes"
    assert "then delete the file" in said.err


async def test_a_new_code_makes_the_one_before_void(desk: Desk, telegram: FakeTelegram) -> None:
    first = (await run(desk, "people", "invite", "103", "--telegram", "--json")).json
    second = (await run(desk, "people", "invite", "103", "--telegram", "--json")).json
    assert first[0]["code"] != second[0]["code"]
    kept = Path("renraku.db").read_bytes()
    assert second[0]["code"].encode() not in kept, "only its digest is kept"


def test_codes_to_type_in_slack(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_SLACK__BOT_TOKEN", "xoxb-1-test")
    monkeypatch.setenv("RENRAKU_SLACK__APP_TOKEN", "xapp-1-test")
    [row] = desk.good("people", "invite", "103", "--slack", "--json").json
    assert (len(row["code"]), row["link"]) == (12, "")
    assert "[red]Dan[/red] Day (103)" in desk.good("people", "invite", "103", "--slack").out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("103", "--telegram"), "telegram.token is not set"),
        (("103", "--slack"), "slack.bot_token is not set"),
        (("103", "--slack", "--telegram"), "not both"),
        (("--telegram",), "Say whose"),
        (("103", "--all", "--telegram"), "Say whose"),
        (("103", "--qr"), "go with --telegram or --slack"),
        (("103", "--new", "--telegram"), "--new is for web links"),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, args: tuple[str, ...], says: str) -> None:
    result = desk("people", "invite", *args)
    assert result.code == 2
    assert says in result.err


async def test_nobody_of_that_name_and_a_platform_that_is_away(
    desk: Desk, telegram: FakeTelegram
) -> None:
    nobody = await run(desk, "people", "invite", "999", "--telegram")
    assert (nobody.code, "Nobody has the key 999" in nobody.err) == (2, True)
    telegram.token = "987654321:another"
    away = await run(desk, "people", "invite", "103", "--telegram")
    assert away.code == 1
    assert "run `renraku check` to see why" in away.err


def test_the_app_that_slack_wants(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told = empty.good("slack", "manifest", "--name", "Safety")
    app = told.json
    assert app["display_information"]["name"] == "Safety"
    assert "chat:write" in app["oauth_config"]["scopes"]["bot"]
    assert app["settings"]["socket_mode_enabled"] is True
    assert "api.slack.com/apps" in told.err
    rights = empty.good("slack", "manifest", "--rights").out
    assert all(right in rights for right in app["oauth_config"]["scopes"]["bot"])
    monkeypatch.setenv("RENRAKU_SLACK__MODE", "http")
    assert "set web.public_url" in empty("slack", "manifest").err
    monkeypatch.setenv("RENRAKU_WEB__PUBLIC_URL", "https://renraku.example.org")
    settings = empty.good("slack", "manifest").json["settings"]
    assert settings["interactivity"]["request_url"] == "https://renraku.example.org/slack"
    assert empty("slack", "manifest", "--name", "x" * 36).code == 2
