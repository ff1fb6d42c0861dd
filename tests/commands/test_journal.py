"""The journal: read, and verified."""

from __future__ import annotations

import sqlite3

import pytest

from tests.commands.desk import Desk


def test_the_journal_is_shown_and_holds(desk: Desk) -> None:
    call, incident = desk.drill(), desk.incident()
    lines = desk.good("journal", "--json").json
    assert {"people.imported", "rollcall.launched", "incident.reported"} <= {
        line["kind"] for line in lines
    }
    about = desk.good("journal", "--about", call, "--json").json
    assert {line["about"] for line in about} == {f"rollcall:{call}"}
    assert desk.good("journal", "--about", incident, "--json").json
    by = desk.good("journal", "--about", "103", "--json").json
    assert {line["person"] for line in by} == {"103"}
    assert desk.good("journal", "--about", "nothing", "--json").json == []
    assert len(desk.good("journal", "--limit", "1", "--json").json) == 1
    shown = desk.good("journal").out
    assert "[red]Dan[/red] Day (103)" in shown
    desk.good("people", "remove", "107", "--yes")
    assert "person:107" in desk.good("journal").out, "by key, as --about takes it"
    assert "whole" in desk.good("journal", "--verify").out
    assert desk.good("journal", "--verify", "--json").json["whole"] is True


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("update journal set kind = 'nothing' where seq = 2", "cli:2"),
        ("delete from journal where seq = 2", "cli:3"),
        ("delete from journal where seq = (select max(seq) from journal)", "cli:"),
    ],
)
def test_a_forged_journal_is_found(desk: Desk, statement: str, line: str) -> None:
    desk.drill()
    desk.incident()
    with sqlite3.connect("renraku.db") as db:
        db.execute(statement)
    db.close()
    result = desk("journal", "--verify")
    assert result.code == 1
    assert line in result.err
    told = desk("journal", "--verify", "--json")
    assert told.code == 1
    assert told.json["broken"][0].startswith(line)
