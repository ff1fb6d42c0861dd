"""What somebody new to it stumbled over on the command line, and how it is said now."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.parts.office import SEEN, Pulse
from bot.config import ConfigError
from bot.config.reading import load
from tests.commands.desk import Desk


def drill(desk: Desk) -> str:
    call = desk.drill()
    desk.spread()
    return call


def cried(desk: Desk, key: str = "105") -> str:
    """Somebody needs help, and nobody has taken it; the roll call."""
    call = drill(desk)
    desk.good("chat", "--as", key, typed="I need help\n")
    return call


def test_an_older_cry_is_found_where_one_looks(desk: Desk) -> None:
    first = cried(desk)
    second = drill(desk)
    status = desk.good("rollcall", "status")
    assert second in status.out
    assert f"(105) in {first} (taken by nobody yet)" in status.err
    listed = desk.good("incident", "list")
    assert "Needs help" in listed.out
    assert first in listed.out
    [row] = desk.good("incident", "list", "--json").json
    assert (row["kind"], row["reporter"], row["taken_by"]) == ("call for help", "105", None)


def test_nobody_who_needs_help_is_removed_by_the_way(desk: Desk) -> None:
    call = cried(desk)
    refused = desk("people", "remove", "105", "106", "--yes")
    assert refused.code == 1
    assert "still needs help" in refused.err
    assert call in refused.err
    assert "--force" in refused.err
    assert desk.good("people", "list", "--json").json
    assert "Removed" in desk.good("people", "remove", "105", "--yes", "--force").out


def test_whoever_has_only_a_web_page_is_counted_as_such(desk: Desk) -> None:
    checks = {c["name"]: c for c in desk("check", "--json").json["checks"]}
    assert "only by their web page" in checks["by page"]["says"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("RENRAKU_TELEGRAM_TOKEN", "RENRAKU_TELEGRAM__TOKEN"),
        ("RENRAKU_WEB_PORT", "RENRAKU_WEB__PORT"),
        ("RENRAKU_SLACK_BOT_TOKEN", "RENRAKU_SLACK__BOT_TOKEN"),
    ],
)
def test_one_underscore_is_taken_for_two(name: str, meant: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        load(None, environ={name: "x"})
    assert str(wrong.value) == f"{name} is not a setting: did you mean {meant}?"


def test_a_list_that_cannot_be_read_names_the_option(desk: Desk) -> None:
    Path("list.csv").write_bytes("key,name\n1,二宮\n".encode("shift_jis"))
    refused = desk("people", "import", "list.csv")
    assert "--encoding Shift_JIS" in refused.out


def test_there_is_one_rule_for_whether_a_server_runs() -> None:
    assert Pulse(("server",)).words == ""
    assert Pulse(()).words == "No server is running: nothing is sent until `renraku serve` runs."
    killed = Pulse((), SEEN + timedelta(seconds=7))
    assert "gave its last sign 19 s ago: it has stopped or is restarting" in killed.words


def test_the_staff_list_says_whose_number_their_lead_may_see(desk: Desk) -> None:
    head = "key,name,lead,show number,contacts,phone\n"
    first = head + "1,Top,,,web,\n2,Ann,1,yes,web,+81 90 1111 2222\n3,Bob,1,no,web,+819033334444\n"
    Path("some.csv").write_text(first)
    desk.good("people", "import", "some.csv", "--keep-missing", "--yes")
    assert shown(desk) == {"2": "list", "3": ""}
    # Their own word counts more than the list's, whichever way.
    desk.good("chat", "--as", "2", typed="hide my number\n")
    desk.good("chat", "--as", "3", typed="show my number to my lead\n")
    desk.good("people", "import", "some.csv", "--keep-missing", "--yes")
    assert shown(desk) == {"2": "no", "3": "own"}
    # A list that does not speak of it changes nothing.
    Path("less.csv").write_text("key,name\n2,Ann\n3,Bob\n")
    desk.good("people", "import", "less.csv", "--keep-missing", "--yes")
    assert shown(desk) == {"2": "no", "3": "own"}


def shown(desk: Desk) -> dict[str, str]:
    with sqlite3.connect(desk.folder / "renraku.db") as found:
        query = "SELECT key, shown FROM contacts JOIN people ON people.id = person"
        return dict(found.execute(f"{query} WHERE channel = 'sms' AND key IN ('2', '3')"))
