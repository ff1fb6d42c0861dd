"""The call tree and its gaps."""

from __future__ import annotations

import pytest

from tests.commands.desk import Desk


def test_tree_of_one_person_marks_the_gaps(desk: Desk) -> None:
    told = desk.good("tree", "107", "--json").json
    assert told["chain"] == ["106", "101", "102", "100"]
    steps = [(s["key"], s["as"], s["asked"], s["passed_over"]) for s in told["steps"]]
    assert steps == [
        ("106", "lead", True, ""),
        ("104", "lead", False, "away"),
        ("101", "lead", True, ""),
        ("102", "deputy", True, ""),
        ("100", "lead", True, ""),
    ]
    shown = desk.good("tree", "Nobody").out
    assert "CANNOT BE REACHED" in shown
    assert "away, passed over" in shown
    assert "has no lead" in desk.good("tree", "100").out
    desk.good("people", "remove", "104", "--yes")
    assert "has left" in desk.good("tree", "105").out
    # The line runs on through whoever has left, as the climb does.
    told = desk.good("tree", "107", "--json").json
    assert told["chain"] == ["106", "101", "102", "100"]
    left = [s["key"] for s in told["steps"] if s["passed_over"] == "left"]
    assert left == ["104"]
    everybody = desk.good("tree", "--json").json
    assert "105" in everybody["lead_has_left"]


def test_tree_of_everybody(desk: Desk) -> None:
    told = desk.good("tree", "--json").json
    assert (told["people"], told["depth"], told["loops"]) == (8, 5, [])
    assert told["tops"] == [{"key": "100", "name": "Ada Top", "below": 7}]
    assert told["leads_unreachable"] == ["106"]
    assert told["leads_away_without_deputy"] == ["104"]
    assert "=Only Mail (106)" in desk.good("tree").out
    assert "No gaps" not in desk.good("tree").out


@pytest.mark.parametrize("removed", ["", "101", "104", "100"])
def test_the_tree_as_a_whole_says_what_its_lines_say(desk: Desk, removed: str) -> None:
    if removed:
        desk.good("people", "remove", removed, "--yes")
    marked = [
        row["key"]
        for row in desk.good("people", "list", "--json").json
        if "!" in desk.good("tree", row["key"]).out
    ]
    whole = desk.good("tree", "--json").json
    assert whole["with_gaps"] == marked
    assert "106" in marked
    assert f"{len(marked)} of {whole['people']} people have a gap" in desk.good("tree").out


def test_a_tree_without_gaps_marks_none(empty: Desk) -> None:
    empty.good("db", "upgrade")
    rows = "1,Ada,,2,,web\n2,Ben,1,,,web\n3,Cho,2,,,web\n4,Dan,5,3,,web\n5,Eve,1,3,yes,web\n"
    empty.good("people", "import", empty.staff("key,name,lead,deputy,away,contacts\n" + rows))
    told = empty.good("tree").out
    assert "- Leads without a deputy, so the next above stands in for them: 1 (Ben (2))" in told
    assert ("No other gaps." in told, "!" in told) == (True, False)
    assert empty.good("tree", "--json").json["leads_without_deputy"] == ["2"]
    whole = rows.replace("2,Ben,1,,", "2,Ben,1,3,")
    empty.good("people", "import", empty.staff("key,name,lead,deputy,away,contacts\n" + whole))
    assert "No gaps." in empty.good("tree").out
    for key in "12345":
        assert "!" not in empty.good("tree", key).out
    top = empty.good("tree", "1", "--json").json
    assert (top["gaps"], len(top["notes"])) == ([], 1)
    for deputy, without in (("", ["5"]), ("4", [])):
        # Dan cannot stand in for Eve where it is about Dan.
        other = rows.replace("5,Eve,1,3", f"5,Eve,1,{deputy}")
        empty.good("people", "import", empty.staff("key,name,lead,deputy,away,contacts\n" + other))
        told = empty.good("tree", "--json").json
        assert (told["leads_away_without_deputy"], told["with_gaps"]) == (without, ["4"])
        assert "Eve is away and no deputy stands in" in empty.good("tree", "4").out
        assert "1 of 5 people has a gap" in empty.good("tree").out


def test_tree_of_nobody(desk: Desk) -> None:
    assert desk("tree", "Zoe").code == 2
    several = desk("tree", "e")
    assert several.code == 2
    assert "Give the key" in several.err
