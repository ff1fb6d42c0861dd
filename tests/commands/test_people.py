"""The staff: imported, listed, invited, removed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.commands.desk import STAFF, Desk, free_port


def test_people_import_tells_what_it_does(empty: Desk) -> None:
    empty.good("db", "upgrade")
    file = empty.staff()
    dry = empty.good("people", "import", file, "--dry-run")
    assert "New: 8" in dry.out
    assert empty.good("people", "list", "--json").json == []
    done = empty.good("people", "import", file, "--json")
    assert (done.json["applied"], len(done.json["added"]), done.json["leaving"]) == (True, 8, [])
    again = empty.good("people", "import", file)
    assert "As before: 8" in again.out
    assert "=Only Mail (106), Nobody Reach (107)" in again.err
    assert "looks like a formula" not in again.err, "an apostrophe in front says that it is text"


def test_people_import_warns_of_what_looks_like_a_formula(empty: Desk) -> None:
    empty.good("db", "upgrade")
    rows = "1,=1+1,HQ\n2,Ada,-\n3,@Ben,HQ\n4,'=Cho,+HQ\n"
    file = empty.staff("key,name,site\n" + rows)
    told = empty.good("people", "import", file)
    assert (
        "Column B 'name': What stands on lines 2 (key 1), 4 (key 3) looks like a formula"
        in told.err
    )
    assert "Column C 'site': What stands on line 5 (key 4) looks like a formula" in told.err
    assert told.err.count("formula") == 2
    kept = empty.good("people", "list", "--json").json
    assert [row["name"] for row in kept] == ["=1+1", "Ada", "@Ben", "=Cho"]
    codes = [w["code"] for w in empty.good("people", "import", file, "--json").json["warnings"]]
    assert codes.count("formula") == 2


def test_people_import_of_a_bad_list_changes_nothing(desk: Desk) -> None:
    bad = STAFF.replace("103,[red]Dan[/red] Day,en,HQ,Office,101", "103,,en,HQ,Office,999")
    bad = bad.replace("ada@example.org", "ada.example.org")
    before = desk.good("people", "list", "--json").json
    result = desk("people", "import", desk.staff(bad))
    assert result.code == 1
    assert "Line 2, column K 'email'" in result.out
    assert "Line 5, column B 'name'" in result.out
    assert "ada.example" not in result.out + result.err
    assert "3 problems" in result.err
    told = desk("people", "import", desk.staff(bad), "--json").json
    assert [(p["line"], p["code"]) for p in told["problems"]] == [
        (2, "email"),
        (5, "name_empty"),
        (5, "unknown_key"),
    ]
    assert desk.good("people", "list", "--json").json == before


def test_people_import_counts_what_it_does_not_show(desk: Desk) -> None:
    rows = "".join(f"{n},,\n" for n in range(200))
    result = desk("people", "import", desk.staff("key,name,lead\n" + rows))
    assert result.code == 1
    assert result.out.count("The name is missing") == 50
    assert "and 150 more" in result.out


def test_people_import_removes_nobody_unasked(desk: Desk) -> None:
    file = desk.staff("".join(STAFF.splitlines(keepends=True)[:-1]))
    dry = desk.good("people", "import", file, "--dry-run").out
    assert "not in the list: 1 (Nobody Reach (107))" in dry
    assert "would leave with --leave" in dry
    assert "stay as before with --keep-missing" in dry
    assert "would be removed" in desk.good("people", "import", file, "--dry-run", "--leave").out
    stays = desk.good("people", "import", file, "--dry-run", "--keep-missing").out
    assert "would stay as before" in stays
    told = desk.good("people", "import", file, "--dry-run", "--json").json
    assert (told["leaving"], told["names"]) == (["107"], {"107": "Nobody Reach"})
    undecided = desk("people", "import", file)
    assert undecided.code == 2
    assert "--leave" in undecided.err
    assert desk("people", "import", file, "--leave").code == 1
    assert desk("people", "import", file, "--leave", typed="n\n").code == 1
    assert len(desk.good("people", "list", "--json").json) == 8
    desk.good("people", "import", file, "--keep-missing")
    assert len(desk.good("people", "list", "--json").json) == 8
    desk.good("people", "import", file, "--leave", typed="y\n")
    assert len(desk.good("people", "list", "--json").json) == 7


@pytest.mark.parametrize(
    ("name", "says"), [("nowhere.csv", "does not exist"), (".", "is a folder")]
)
def test_people_import_of_no_file(desk: Desk, name: str, says: str) -> None:
    result = desk("people", "import", name)
    assert result.code == 2
    assert says in result.err


def test_people_import_refuses_what_is_no_list(desk: Desk) -> None:
    Path("photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    result = desk("people", "import", "photo.csv")
    assert result.code == 1
    assert "neither an XLSX workbook nor text" in result.out
    Path("sjis.csv").write_bytes("社員番号,氏名\r\n1,佐藤\r\n".encode("cp932"))
    desk.good("people", "import", "sjis.csv", "--encoding", "Shift_JIS", "--dry-run")
    assert desk("people", "import", "sjis.csv", "--encoding", "klingon", "--dry-run").code == 1


def test_people_list_shows_ways_and_no_address(desk: Desk) -> None:
    rows = {row["key"]: row for row in desk.good("people", "list", "--json").json}
    assert (rows["101"]["lead"], rows["101"]["deputy"], rows["101"]["ways"]) == (
        "100",
        "102",
        ["web", "sms"],
    )
    assert rows["100"]["roles"] == ["admin", "safety"]
    shown = desk.good("people", "list").out
    assert "[red]Dan[/red] Day" in shown
    assert "ثالث" in shown
    unreachable = desk.good("people", "list", "--unreachable", "--json").json
    assert [row["key"] for row in unreachable] == ["106", "107"]
    depot = desk.good("people", "list", "--site", "Depot", "--team", "Drivers", "--json").json
    assert [row["key"] for row in depot] == ["105", "106", "107"]
    assert "Ben Lead (101)" in shown, "a lead by name"
    assert rows["103"]["lead_name"] == "Ben Lead"
    csv = desk.good("people", "list", "--csv").out
    assert "Ben Lead (101)" not in csv, "keys alone, so that it may be imported again"
    assert "'=Only Mail" in csv, "a formula stays text"


def test_people_invite_prints_links_that_open_the_chat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(port))
    result = desk.good("people", "invite", "100", "103", links=True)
    assert result.out.count(f"http://127.0.0.1:{port}/c/") == 2
    assert "on this machine only" in result.err
    first = desk.good("people", "invite", "--all", "--json", links=True).json
    assert [row["key"] for row in first] == ["100", "101", "102", "103", "104", "105"]
    desk.good("people", "invite", "100", "--new", "--json", links=True)
    desk.good("people", "invite", "--all", "--new", "--yes", "--csv", "links.csv")
    assert Path("links.csv").stat().st_mode & 0o077 == 0
    assert Path("links.csv").read_text(encoding="utf-8-sig").count("/c/") == 6
    kinds = [line["kind"] for line in desk.good("journal", "--json").json]
    assert kinds.count("people.links-renewed") == 7


def test_people_invite_uses_the_public_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PUBLIC_URL", "https://safe.example.org/chat")
    result = desk.good("people", "invite", "100", links=True)
    assert "https://safe.example.org/chat/c/" in result.out
    assert "only" not in result.err
    monkeypatch.delenv("RENRAKU_WEB__PUBLIC_URL")
    monkeypatch.setenv("RENRAKU_WEB__PORT", "0")
    assert desk("people", "invite", "100").code == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "--all"),
        (("100", "--all"), "--all"),
        (("100", "999", "998"), "999, 998"),
        (("106",), '"web"'),
        (("100", "--csv", "/proc/nowhere/links.csv"), "/proc/nowhere"),
    ],
)
def test_people_invite_refuses(desk: Desk, args: tuple[str, ...], says: str) -> None:
    result = desk("people", "invite", *args)
    assert result.code == 2
    assert says in result.err


def test_people_remove_destroys_and_says_what_remains(desk: Desk) -> None:
    assert desk("people", "remove", "104", "999", "--yes").code == 2
    assert desk("people", "remove", "104", typed="\n").code == 1
    assert len(desk.good("people", "list", "--json").json) == 8
    result = desk.good("people", "remove", "104", "104", typed="y\n")
    assert "stay" in result.out
    assert "ثالث (105), =Only Mail (106)" in result.err
    rows = desk.good("people", "list", "--json").json
    assert "104" not in [row["key"] for row in rows]
    with sqlite3.connect("renraku.db") as db:
        left = db.execute("select sealed_key from people where key = '104'").fetchone()
        contacts = db.execute(
            "select count(*) from contacts c join people p on p.id = c.person where key = '104'"
        ).fetchone()
    db.close()
    assert (left, contacts) == ((None,), (0,))
    told = desk.good("people", "remove", "106", "--yes", "--json").json
    assert (told["removed"], told["without_lead_or_deputy"]) == (["106"], ["107"])
    assert told["names"] == {"106": "=Only Mail", "107": "Nobody Reach"}
