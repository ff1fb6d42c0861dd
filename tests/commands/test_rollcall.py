"""Roll calls: started, watched, ended, exported."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.commands.desk import START, Desk


def test_rollcall_dry_run_shows_who_how_and_how_long(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENRAKU_LANES", '{"web": {"rate": 0.01}}')
    told = desk.good(*START, "--everyone", "--dry-run", "--json").json
    assert (told["people"], told["channels"], told["unreachable"]) == (8, {"web": 6}, 2)
    assert (told["unreachable_keys"], told["seconds"]) == (["106", "107"], 600.0)
    shown = desk.good(*START, "--everyone", "--cascade", "--drill", "--dry-run")
    assert "THIS IS A DRILL" in shown.out
    assert "10 minutes" in shown.out
    assert "1 at first" in shown.out
    assert desk.good("rollcall", "list", "--json").json == []


def test_rollcall_is_confirmed_by_its_number(desk: Desk) -> None:
    for typed in ("", "\n", "7\n", "yes\n"):
        result = desk(*START, "--everyone", typed=typed)
        assert result.code == 1
        assert "Not started" in result.err
    assert desk.good("rollcall", "list", "--json").json == []
    result = desk.good(*START, "--everyone", typed="8\n")
    assert "nobody is asked yet: 8 people will be, as soon as `renraku serve` runs" in result.out
    assert "nothing is sent until `renraku serve` runs" in result.err
    shown = desk.good("rollcall", "status").out
    assert "8 not asked yet, nothing is sent until `renraku serve` runs" in shown
    assert "missing" not in shown
    assert "being sent" not in shown
    assert desk.good("rollcall", "status", "--json").json["server_running"] is False
    [call] = desk.good("rollcall", "list", "--json").json
    assert (call["drill"], call["launched_by"], call["expected"]) == (False, "100", 8)
    assert call["launched_by_name"] == "Ada Top"
    assert call["id"] in desk.good("rollcall", "list").out
    assert "Ada Top (100)" in desk.good("rollcall", "list").out


@pytest.mark.parametrize(
    ("args", "people"),
    [
        (("--site", "hq"), 5),
        (("--team", "Drivers"), 3),
        (("--under", "100"), 7),
        (("--under", "104"), 3),
        (("--list", "101, 102;103"), 3),
    ],
    ids=["site", "team", "own people", "others' people", "list"],
)
def test_rollcall_of_some(desk: Desk, args: tuple[str, ...], people: int) -> None:
    told = desk.good(*START, *args, "--drill", "--yes", "--json").json
    assert (told["people"], told["drill"]) == (people, True)
    desk.spread()
    asked = desk.good("rollcall", "status", "--json").json
    assert asked["counts"]["total"] == people


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ((), 2, "--everyone"),
        (("--everyone", "--site", "HQ"), 2, "--everyone"),
        (("--site", "Moon"), 2, "HQ, Depot"),
        (("--team", "Moon"), 2, "Office"),
        (("--under", "999"), 2, "999"),
        (("--under", "103"), 1, "Nobody stands below"),
        (("--list", "101,999"), 2, "999"),
        (("--everyone", "--as", "999"), 2, "999"),
        (("--everyone", "--as", "103"), 2, "may not"),
        (("--site", "HQ", "--as", "101"), 2, "--under 101"),
        (("--everyone", "--words", "x" * 501), 2, "500"),
        (("--everyone", "--words", " "), 2, "--words"),
        (("--everyone", "--words", "\x1b\u202e"), 2, "--words"),
        (("--everyone", "--as", ""), 2, "RENRAKU_AS"),
    ],
)
def test_rollcall_start_refuses(desk: Desk, args: tuple[str, ...], code: int, says: str) -> None:
    result = desk(*START, *args, "--yes")
    assert (result.code, says in result.err) == (code, True), result.err
    assert desk.good("rollcall", "list", "--json").json == []
    with sqlite3.connect("renraku.db") as db:
        [drafts] = db.execute("select count(*) from drafts").fetchone()
    db.close()
    assert drafts == 0, "a refusal leaves no half-filled form behind"


def test_who_you_are_may_come_from_the_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENRAKU_AS", "101")
    desk.good("rollcall", "start", "--under", "101", "--words", "Well?", "--yes")


def test_rollcall_from_start_to_export(desk: Desk) -> None:
    call = desk.drill()
    desk.spread()
    desk.good("chat", "--as", "105", typed="2\n/quit\n")
    desk.good("chat", "--as", "Dan", typed="I'm safe\n/quit\n")
    told = desk.good("rollcall", "status", "--json").json
    assert (told["id"], told["state"], told["drill"]) == (call, "open", True)
    counts = told["counts"]
    assert (counts["total"], counts["help"], counts["safe"], counts["missing"]) == (8, 1, 1, 6)
    assert [row["key"] for row in told["help"]] == ["105"]
    assert told["sites"][0]["name"] == "Depot", "help first"
    shown = desk.good("rollcall", "status", call).out
    assert "1 NEEDS HELP" in shown
    assert shown.index("Need help") < shown.index("No answer")
    assert "by Ada Top (100)" in shown
    assert "By channel" in shown
    [web] = told["delivery"]
    assert (web["channel"], web["failed"]) == ("web", {})
    assert web["seen"] == 3, "those whose page was opened: one asked, two answered"
    assert told["help"][0]["name"] == "ثالث"
    rows = {row["key"]: row for row in desk.good("rollcall", "export", call, "--json").json}
    assert (rows["105"]["answer"], rows["105"]["answered_by"]) == ("help", "105")
    assert rows["105"]["answered_at"].endswith("Z")
    assert (rows["105"]["name"], rows["105"]["answered_by_name"]) == ("ثالث", "ثالث")
    assert desk.good("rollcall", "export", "--json").json == list(rows.values())
    desk.good("rollcall", "export", call, "--csv", "answers.csv")
    text = Path("answers.csv").read_text(encoding="utf-8-sig")
    assert text.count("\n") == 9
    row = rows["105"]
    assert (row["kind"], row["time_zone"], row["rollcall"]) == ("drill", "UTC", call)
    assert row["started_at"].endswith("Z")
    assert (row["event"], row["seen_at"], row["asked"]) == (told["words"], "", "1")
    assert "'=Only Mail" in text
    assert desk("rollcall", "close", call, "--as", "103", "--yes").code == 1
    closed = desk.good("rollcall", "close", call, "--as", "102", "--words", "All well", "--yes")
    assert "all-clear" in closed.out
    assert f"Ended drill {call} (8 asked, 2 answered, 6 missing, 1 in need of help)" in closed.out
    assert desk("rollcall", "close", call, "--as", "102", "--yes").code == 1
    assert desk("rollcall", "cancel", call, "--as", "102", "--yes").code == 1
    assert desk.good("rollcall", "status", "--watch").out.startswith(f"Drill {call}")


def test_status_after_the_end_names_who_never_answered_and_who_needs_help(desk: Desk) -> None:
    desk.drill("--cascade")
    desk.spread()
    desk.good("chat", "--as", "100", typed="I'm safe\n/quit\n")
    desk.good("chat", "--as", "105", typed="I need help\n/quit\n")
    desk.good("rollcall", "close", "--as", "100", "--yes")
    told = desk.good("rollcall", "status", "--json").json
    assert told["counts"]["missing"] == len(told["missing"]) == 6
    assert {row["key"] for row in told["missing"]} == {"101", "102", "103", "104", "106", "107"}
    assert [(row["key"], row["taken_by"]) for row in told["help"]] == [("105", None)]
    shown = desk.good("rollcall", "status").out
    assert "2 of 8 answered, 1 NEEDS HELP, 6 never answered, ended" in shown
    never = shown[shown.index("Never answered: 6") :]
    assert "Ben Lead" in never
    assert "ثالث" in shown[shown.index("Need help: 1") : shown.index("Never answered")]
    assert "Ada Top" not in never.partition("Site")[0]
    desk.good("chat", "--as", "103", typed="I'm safe\n/quit\n")
    late = desk.good("rollcall", "status", "--json").json
    assert "103" not in {row["key"] for row in late["missing"]}


def test_ending_a_roll_call_is_shown_and_asked_first(desk: Desk) -> None:
    none = desk("rollcall", "close", "--as", "100")
    assert (none.code, "No roll call is running" in none.err) == (1, True)
    call = desk.drill()
    desk.spread()
    desk.good("chat", "--as", "105", typed="I need help\n/quit\n")
    for verb in ("close", "cancel"):
        for typed in ("", "\n", "n\n", "105\n"):
            asked = desk("rollcall", verb, "--as", "100", typed=typed)
            assert asked.code == 1
            assert "Nothing was changed" in asked.err
            assert "1 person still needs help." in asked.err
            assert f"THIS IS A DRILL: drill {call}" in asked.out
            for fact in ("Fire drill", "Asked      8", "Answered   1", "Missing    7: "):
                assert fact in asked.out
            assert "Need help  1: ثالث (105), taken by nobody yet" in asked.out
            assert "Ben Lead (101)" in asked.out
    assert "give --yes" in desk("rollcall", "close", "--as", "100").err
    assert desk.good("rollcall", "status", "--json").json["state"] == "open"
    machine = desk("rollcall", "close", "--as", "100", "--json", typed="n\n")
    assert (machine.out, "ثالث (105)" in machine.err) == ("", True)
    done = desk.good("rollcall", "close", "--as", "100", "--json", "--yes")
    assert (done.json["id"], done.json["state"], done.json["counts"]["help"]) == (call, "closed", 1)
    assert "Need help" not in done.err


def test_a_roll_call_must_be_named_where_several_run(desk: Desk) -> None:
    first, second = desk.drill(), desk.drill()
    for verb in ("close", "cancel"):
        several = desk("rollcall", verb, "--as", "100", "--yes")
        assert several.code == 2
        assert "2 roll calls are running" in several.err
        assert f"  {first}  drill, 8 people: Fire drill" in several.err
        assert f"  {second}  drill" in several.err
    newest = desk.good("rollcall", "status")
    assert newest.out.startswith(f"Drill {second}")
    assert f"1 more is running: {first}." in newest.err
    desk.good("rollcall", "close", second, "--as", "100", typed="y\n")
    assert desk.good("rollcall", "status").out.startswith(f"Drill {first}"), "it runs"
    over = desk.good("rollcall", "close", "--as", "100", typed="yes\n").out
    assert f"Ended drill {first} (nobody had been asked)" in over
    assert "ended before anybody was asked" in desk.good("rollcall", "status", first).out
    assert desk.good("rollcall", "status").out.startswith(f"Drill {second}"), "the newest ended"


def test_rollcall_called_off(desk: Desk) -> None:
    call = desk.drill()
    desk.spread()
    told = desk.good(
        "rollcall", "cancel", f"rollcall:{call}", "--as", "100", "--json", "--yes"
    ).json
    assert (told["id"], told["state"], told["drill"]) == (call, "cancelled", True)
    assert "was called off" in desk.good("rollcall", "status").out
    other = desk.drill()
    desk.spread()
    desk.good("chat", "--as", "105", typed="I need help\n/quit\n")
    said = desk.good("rollcall", "cancel", "--as", "100", typed="y\n").out
    assert f"Called off drill {other} (8 asked, 1 answered, 7 missing, 1 in need of help)" in said
    shown = desk.good("rollcall", "status").out
    assert "was called off; 1 NEEDS HELP" in shown
    assert "ثالث" in shown, "a cry for help outlives the roll call"


@pytest.mark.parametrize("verb", ["status", "export", "close", "cancel"])
def test_a_roll_call_that_is_none(desk: Desk, verb: str) -> None:
    more = ("--as", "100") if verb in ("close", "cancel") else ()
    result = desk("rollcall", verb, "nope", *more)
    assert result.code == 2
    assert "nope" in result.err


def test_status_before_the_first(desk: Desk) -> None:
    assert desk("rollcall", "status").code == 1
    assert "no roll call yet" in desk.good("rollcall", "list").err
