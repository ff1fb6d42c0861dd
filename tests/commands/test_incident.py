"""Incidents: reported, listed, shown, ended."""

from __future__ import annotations

import pytest

from tests.commands.desk import Desk


def test_incident_from_report_to_end(desk: Desk) -> None:
    name = desk.incident()
    [row] = desk.good("incident", "list", "--json").json
    assert (row["id"], row["severity"], row["reporter"]) == (name, "critical", "103")
    told = desk.good("incident", "show", name, "--json").json
    assert {page["key"] for page in told["paged"]} == {"100", "101", "102"}
    assert (told["place"], told["details"], told["state"]) == ("Lobby", "", "reported")
    refused = desk("incident", "close", name, "--reason", "No", "--as", "105")
    assert refused.code == 1
    assert "may not" in refused.err
    desk.good("incident", "close", name, "--reason", "Bandaged", "--as", "101")
    shown = desk.good("incident", "show", name).out
    assert "closed: Bandaged" in shown
    assert desk("incident", "dismiss", name, "--reason", "No", "--as", "101").code == 1
    assert desk.good("incident", "list", "--json").json == []
    [over] = desk.good("incident", "list", "--all", "--json").json
    assert over["state"] == "closed"


def test_the_only_open_incident_needs_no_id(desk: Desk) -> None:
    none = desk("incident", "close", "--reason", "over", "--as", "100")
    assert (none.code, "No incident is open" in none.err) == (1, True)
    first = desk.incident()
    assert f"incident {first}" in desk.good("incident", "close", "--reason", "x", "--as", "100").out
    first, second = desk.incident(), desk.incident()
    several = desk("incident", "dismiss", "--reason", "twice", "--as", "100")
    assert several.code == 2
    assert all(f"  {name}  injury, Lobby: reported" in several.err for name in (first, second))
    desk.good("incident", "dismiss", second, "--reason", "twice", "--as", "100")
    left = desk.good("incident", "list", "--json").json
    assert [row["id"] for row in left] == [first]


def test_incident_report_says_at_once_all_that_is_missing(desk: Desk) -> None:
    refused = desk("incident", "report", "--hurt", "perhaps")
    wrong = refused.err.splitlines()
    assert refused.code == 2
    assert [line.split()[0] for line in wrong] == ["--as", "--kind", "--place", "--hurt"]
    unknown = desk("incident", "report", "--as", "999").err.splitlines()
    assert (len(unknown), 'Nobody has the key "999"' in unknown[0]) == (3, True)


def test_incident_dismissed(desk: Desk) -> None:
    name = desk.incident()
    told = desk.good("incident", "dismiss", name, "--reason", "x", "--as", "100", "--json").json
    assert told == {"id": name, "state": "dismissed"}


def test_help_says_when_to_close_and_when_to_dismiss(desk: Desk) -> None:
    close = " ".join(desk.good("incident", "close", "--help").out.split())
    assert "was real and has been dealt with" in close
    assert "renraku incident dismiss" in close
    dismiss = " ".join(desk.good("incident", "dismiss", "--help").out.split())
    assert "a false alarm, a mistake, reported twice" in dismiss
    assert "renraku incident close" in dismiss


def test_incidents_name_people(desk: Desk) -> None:
    said = ("--kind", "injury", "--place", "Lobby", "--as", "103")
    report = desk.good("incident", "report", *said)
    assert "nobody is called yet" in report.out
    assert "as soon as `renraku serve` runs" in report.out
    listed = desk.good("incident", "list").out
    assert "[red]Dan[/red] Day (103)" in listed
    assert "nobody yet" in listed
    [row] = desk.good("incident", "list", "--json").json
    assert (row["reporter_name"], row["taken_by_name"]) == ("[red]Dan[/red] Day", None)
    desk.good("incident", "close", row["id"], "--reason", "Bandaged", "--as", "101")
    shown = desk.good("incident", "show", row["id"]).out
    assert "by [red]Dan[/red] Day (103)" in shown
    assert "Ben Lead (101): withdrawn" in shown
    assert "Ben Lead (101)  closed: Bandaged" in shown
    told = desk.good("incident", "show", row["id"], "--json").json
    assert (told["ended_by"], told["ended_by_name"]) == ("101", "Ben Lead")
    assert {"100": "Ada Top", "101": "Ben Lead"}.items() <= {
        page["key"]: page["name"] for page in told["paged"]
    }.items()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--kind", "flying", "--place", "x"), "earthquake"),
        (("--kind", "fire"), "--place"),
        (("--kind", "fire", "--place", "x", "--hurt", "maybe"), "nobody, someone, unknown"),
        (("--kind", "fire", "--place", "x" * 201), "200"),
        (("--kind", "fire", "--place", "x", "--details", "x" * 4001), "4,000"),
        (("--kind", "fire", "--place", "x", "--as", "999"), "999"),
    ],
)
def test_incident_report_refuses(desk: Desk, args: tuple[str, ...], says: str) -> None:
    result = desk("incident", "report", "--as", "103", *args)
    assert result.code == 2
    assert says in result.err
    assert desk.good("incident", "list", "--json").json == []


def test_an_incident_nobody_is_set_up_for(empty: Desk) -> None:
    empty.good("db", "upgrade")
    empty.good("people", "import", empty.staff("key,name,contacts\n1,Alone,web\n"))
    result = empty("incident", "report", "--kind", "fire", "--place", "x", "--as", "1")
    assert result.code == 1
    assert "phone somebody" in result.err
    assert len(empty.good("incident", "list", "--json").json) == 1
