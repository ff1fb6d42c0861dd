"""Every command on a real database file, as an operator uses it: right, wrong and at odds."""

from __future__ import annotations

import importlib
import io
import json
import logging
import os
import pkgutil
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import structlog

from bot import cli, commands

ROOT = Path(__file__).parent.parent

STAFF = """key,name,language,site,team,lead,deputy,roles,away,contacts,email,phone
100,Ada Top,en,HQ,Board,,,admin safety,,web,ada@example.org,
101,Ben Lead,en,HQ,Office,100,102,,,web,,+81 90 1234 5678
102,Cho Deputy,ja,HQ,Office,100,,safety,,web,,
103,[red]Dan[/red] Day,en,HQ,Office,101,,,,web,,
104,二宮 花子,ja,HQ,Office,101,,,yes,web,,
105,ثالث,ar,Depot,Drivers,104,,,,web,,
106,"'=Only Mail",en,Depot,Drivers,104,,,,,only.mail@example.org,
107,Nobody Reach,en,Depot,Drivers,106,,,,,,
"""
SECRETS = ("ada@example.org", "only.mail@example.org", "1234 5678", "12345678")
HEAVY = {"sqlalchemy", "pydantic", "starlette", "uvicorn", "structlog", "alembic", "babel"}


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Desk:
    """A folder with a database in it, and the command line."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *args: str, typed: str = "", links: bool = False) -> Result:
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        self._capsys.readouterr()
        code = cli.run(args)
        out, err = self._capsys.readouterr()
        said = out + err
        assert "Traceback" not in said
        assert not [secret for secret in SECRETS if secret in said]
        assert links or "/c/" not in said, "a personal link where none was asked for"
        return Result(code, out, err)

    def good(self, *args: str, **more: Any) -> Result:
        result = self(*args, **more)
        assert result.code == 0, result.err
        return result

    def staff(self, text: str = STAFF, name: str = "staff.csv") -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def drill(self, *more: str) -> str:
        """The id of a drill that has just been started."""
        said = ("--everyone", "--words", "Fire drill", "--drill", "--as", "100", "--yes", "--json")
        found: str = self.good("rollcall", "start", *said, *more).json["id"]
        return found

    def spread(self) -> None:
        """What a server does first: everybody is asked. A chat without one does it too."""
        self.good("chat", "--as", "100", typed="/help\n/help\n/quit\n")

    def incident(self) -> str:
        said = ("--kind", "injury", "--place", "Lobby", "--hurt", "someone", "--as", "103")
        found: str = self.good("incident", "report", *said, "--json").json["id"]
        return found


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting from outside gets in, no log set-up gets out."""
    for name in [n for n in os.environ if n.startswith("RENRAKU_")]:
        monkeypatch.delenv(name)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)
    for name in ("bot", "adapters", "storage", "uvicorn", "apscheduler", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with eight people, made once and copied."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "staff.csv").write_text(STAFF, encoding="utf-8")
    here = Path.cwd()
    os.chdir(folder)
    try:
        assert cli.run(["db", "upgrade"]) == 0
        assert cli.run(["people", "import", "staff.csv"]) == 0
    finally:
        os.chdir(here)
    return folder


@pytest.fixture
def empty(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Desk:
    """A folder with nothing in it."""
    monkeypatch.chdir(tmp_path)
    return Desk(capsys, monkeypatch, tmp_path)


@pytest.fixture
def desk(template: Path, empty: Desk) -> Desk:
    """Eight people on record, no server."""
    for name in ("renraku.db", "renraku.key"):
        shutil.copy2(template / name, empty.folder / name)
    return empty


# --- the command line as such ----------------------------------------------------------------


def files(folder: ModuleType = commands, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for found in pkgutil.iter_modules(folder.__path__):
        module = importlib.import_module(f"{folder.__name__}.{found.name}")
        if found.ispkg and found.name != "parts":
            yield from files(module, *path, found.name)
        elif not found.ispkg:
            yield (*path, found.name.rstrip("_")), module


EVERY = dict(files())


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_explains_itself(empty: Desk, path: tuple[str, ...]) -> None:
    result = empty.good(*path, "--help")
    first = EVERY[path].command.__doc__.partition("\n")[0]
    assert first.split()[0] in result.out
    assert "--config" in result.out


def test_every_command_of_the_readme_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {
        (*row.split()[:1], part) if "|" in row else tuple(row.split()[:2])
        for line in readme.splitlines()
        if line.startswith("| `renraku ")
        for row in [line.split("`")[1].removeprefix("renraku ").replace("\\|", "|")]
        for part in (row.split()[1].split("|") if " " in row else [""])
    }
    known = {name for path in EVERY for name in (path, path[:1])}
    missing = {n for n in named if n not in known and n[:1] not in known}
    assert missing == set()


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    said = f"import sys\nfrom bot import cli\ncli.build()\nprint({HEAVY!r} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert found.stdout.strip() == "set()"


def test_the_version(empty: Desk) -> None:
    assert empty.good("--version").out.startswith("renraku 0.")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nonsense"], "nonsense"),
        (["people", "lst"], "list"),
        (["people", "list", "--nope"], "--nope"),
        (["people", "import"], "FILE"),
        (["incident", "show"], "ID"),
        (["people", "list", "\x1b[31m"], "See `renraku people list --help`"),
        (["people", "list", "--config"], "--config"),
    ],
)
def test_wrong_usage_is_one_sentence(empty: Desk, args: list[str], says: str) -> None:
    result = empty(*args)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err


def test_a_group_alone_shows_what_it_has(empty: Desk) -> None:
    result = empty("people")
    assert result.code == 2
    assert "import" in result.out


@pytest.mark.parametrize(
    "place", [("-c", "x.toml", "people", "list"), ("people", "list", "-c", "x.toml")]
)
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "x.toml does not exist"),
        ("web.prot = 1", "did you mean web.port?"),
        ("web.port = 'x'", "web.port"),
        ("not toml", "line 1"),
        ("database.url = 'mysql://u:pw-secret@h/x'", "database.url"),
    ],
)
def test_settings_that_cannot_be_used(
    desk: Desk, place: tuple[str, ...], text: str | None, says: str
) -> None:
    if text is not None:
        Path("x.toml").write_text(text, encoding="utf-8")
    result = desk(*place)
    assert result.code == 2
    assert says in result.err
    assert "pw-secret" not in result.err


def test_settings_are_found_in_the_folder_and_the_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("renraku.toml").write_text('organisation.name = "One"\n', encoding="utf-8")
    assert "read from renraku.toml" in desk("check").out
    Path("config.toml").write_text("", encoding="utf-8")
    assert "read from config.toml" in desk("check").out
    Path("other.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("RENRAKU_CONFIG", "other.toml")
    assert "read from other.toml" in desk("check").out


def test_a_fault_of_our_own_is_no_traceback(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ada@example.org")

    monkeypatch.setattr("bot.commands.parts.paper.table", breaks)
    result = desk("people", "list")
    assert result.code == 4
    assert "ZeroDivisionError" in result.err
    debug = desk("people", "list", "--debug")
    assert debug.code == 4
    assert "tests/test_commands.py" in debug.err


# --- the database and its key ----------------------------------------------------------------


def test_a_new_database_and_its_key(empty: Desk) -> None:
    first = empty.good("db", "upgrade")
    assert "Keep a copy" in first.out
    for name in ("renraku.key", "renraku.db"):
        assert Path(name).stat().st_mode & 0o077 == 0, name
    again = empty.good("db", "upgrade", "--json")
    assert again.json == {
        "database": "sqlite:///renraku.db",
        "up_to_date": True,
        "key_made": False,
    }


@pytest.mark.parametrize(
    "args",
    [
        ("people", "list"),
        ("tree",),
        ("journal",),
        ("rollcall", "list"),
        ("incident", "list"),
        ("chat", "--as", "100"),
    ],
    ids=" ".join,
)
def test_nothing_is_made_by_looking(empty: Desk, args: tuple[str, ...]) -> None:
    result = empty(*args)
    assert result.code == 3
    assert "`renraku db upgrade`" in result.err
    assert list(empty.folder.iterdir()) == []


def test_a_lost_key_is_not_replaced(desk: Desk) -> None:
    Path("renraku.key").unlink()
    for args in (["db", "upgrade"], ["serve", "--port", "0"]):
        result = desk(*args)
        assert result.code == 2
        assert "restore the file from its copy" in result.err
    assert not Path("renraku.key").exists()
    assert desk("people", "list").code == 2


def test_another_key_opens_nothing(desk: Desk) -> None:
    Path("renraku.key").write_text("A" * 43 + "=\n", encoding="ascii")
    for args in (["db", "upgrade"], ["people", "list"], ["chat", "--as", "100"]):
        result = desk(*args)
        assert result.code == 2
        assert "not the one" in result.err
    check = desk("check", "--json")
    assert check.code == 1
    assert {"master key": "bad"}.items() <= results(check).items()


def test_a_database_that_is_none(desk: Desk) -> None:
    for text in ("this is no database, it is only text and somewhat long", ""):
        Path("renraku.db").write_text(text, encoding="utf-8")
        result = desk("people", "list")
        assert result.code == 3
        assert result.err.count("\n") == 1


def test_a_folder_nobody_may_write_in(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_DATABASE__URL", "sqlite:////proc/nowhere/renraku.db")
    result = empty("db", "upgrade")
    assert result.code == 3
    assert "/proc/nowhere" in result.err


# --- people ----------------------------------------------------------------------------------


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


def test_people_invite_prints_links_that_open_the_chat(desk: Desk) -> None:
    result = desk.good("people", "invite", "100", "103", links=True)
    assert result.out.count("http://127.0.0.1:8080/c/") == 2
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


# --- the tree --------------------------------------------------------------------------------


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


# --- roll calls ------------------------------------------------------------------------------

START = ("rollcall", "start", "--words", "Earthquake. Are you safe?", "--as", "100")


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
    assert told["help"][0]["name"] == "ثالث"
    rows = {row["key"]: row for row in desk.good("rollcall", "export", call, "--json").json}
    assert (rows["105"]["answer"], rows["105"]["answered_by"]) == ("help", "105")
    assert rows["105"]["answered_at"].endswith("Z")
    assert (rows["105"]["name"], rows["105"]["answered_by_name"]) == ("ثالث", "ثالث")
    assert desk.good("rollcall", "export", "--json").json == list(rows.values())
    desk.good("rollcall", "export", call, "--csv", "answers.csv")
    text = Path("answers.csv").read_text(encoding="utf-8-sig")
    assert text.count("\n") == 9
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


# --- incidents -------------------------------------------------------------------------------


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


# --- the journal -----------------------------------------------------------------------------


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


# --- check -----------------------------------------------------------------------------------


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def finding(check: Result, name: str) -> dict[str, str]:
    [found] = [row for row in check.json["checks"] if row["name"] == name]
    return dict(found)


def results(check: Result) -> dict[str, str]:
    return {row["name"]: row["result"] for row in check.json["checks"]}


def test_check_of_a_sound_house(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    check = desk.good("check", "--json")
    assert check.json["ok"] is True
    found = results(check)
    assert found["database"] == found["master key"] == found["safety desk"] == "ok"
    assert found["server"] == found["reach"] == "look"
    assert found["port"] == "ok"
    assert "✓" in desk.good("check").out
    assert "=Only Mail (106), Nobody Reach (107)" in desk.good("check").out


def test_check_finds_what_must_be_mended(desk: Desk) -> None:
    Path("renraku.key").chmod(0o644)
    desk.good("people", "import", desk.staff(STAFF.replace("safety", "")))
    with sqlite3.connect("renraku.db") as db:
        db.execute("update journal set at = at + 3600000000")
    db.close()
    check = desk("check", "--json")
    assert check.code == 1
    found = results(check)
    assert (found["safety desk"], found["clock"]) == ("bad", "bad")
    assert found["master key"] == "look"
    assert "clock" in check.err


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ({"RENRAKU_WEB__PORT": "x"}, "configuration"),
        ({"RENRAKU_DATABASE__URL": "sqlite:///nowhere.db"}, "database"),
        ({"RENRAKU_DATABASE__URL": "postgresql://u:pw-secret@127.0.0.1:1/x"}, "database"),
        ({"RENRAKU_SECRETS__MASTER_KEY_FILE": "nowhere.key"}, "master key"),
    ],
)
def test_check_says_what_bars_the_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], name: str
) -> None:
    for key, value in setting.items():
        monkeypatch.setenv(key, value)
    check = desk("check", "--json")
    assert check.code == 1
    assert results(check)[name] == "bad"
    assert "pw-secret" not in check.out + check.err


def test_check_names_everything_that_is_wrong_with_the_settings(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PORT", "x")
    monkeypatch.setenv("RENRAKU_ROLLCALL__LATE_ANSWERS", "soon")
    check = desk("check", "--json")
    wrong = [row["says"] for row in check.json["checks"]]
    assert {row["name"] for row in check.json["checks"]} == {"configuration"}
    assert (len(wrong), check.code) == (2, 1)
    assert "RENRAKU_WEB__PORT" in " ".join(wrong)
    assert "RENRAKU_ROLLCALL__LATE_ANSWERS" in " ".join(wrong)
    # Every other command says as much.
    assert desk("people", "list").err.splitlines() == wrong


def test_check_counts_what_nobody_looks_after(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    assert results(desk.good("check", "--json"))["unattended"] == "ok"
    incident = desk.incident()
    ages_ago = "update incidents set reported_at = reported_at - 86400000000"
    taken = "update incidents set state = 'taken', taken_by = (select id from people where key = ?)"
    with sqlite3.connect("renraku.db") as db:
        db.execute(ages_ago)
    found = finding(desk("check", "--json"), "untaken")
    assert (found["result"], "1 report or call for help" in found["says"]) == ("bad", True)
    assert "renraku incident list" in found["do"]
    desk.good("people", "remove", "101", "--yes")
    with sqlite3.connect("renraku.db") as db:
        db.execute(taken, ("101",))
        db.execute("update people set left_at = left_at - 86400000000 where key = '101'")
    assert finding(desk("check", "--json"), "leavers")["result"] == "bad"
    desk.good("incident", "close", incident, "--reason", "over", "--as", "100")
    assert results(desk.good("check", "--json"))["unattended"] == "ok"


class Stranger(BaseHTTPRequestHandler):
    """Somebody else at the port; `says` is what they answer to everything."""

    says = b"Welcome"

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" or self.says != b"ok\n" else 404)
        self.end_headers()
        self.wfile.write(self.says)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("says", "who"),
    [(b"Welcome", "another program"), (b"ok\n", "another Renraku, such as the demo")],
)
def test_a_port_that_is_taken_is_said_by_each(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, says: bytes, who: str
) -> None:
    monkeypatch.setattr(Stranger, "says", says)
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        port = other.server_port
        monkeypatch.setenv("RENRAKU_WEB__PORT", str(port))
        check = desk("check", "--json")
        refused = desk("serve")
        invited = desk("people", "invite", "100", links=True)
        other.shutdown()
    assert (invited.code, "/c/" in invited.out) == (1, True)
    assert check.code == 1
    found = finding(check, "port")
    assert found["result"] == "bad"
    assert f"{port} on 127.0.0.1 is taken by {who}" in found["says"]
    assert "set web.port" in found["do"]
    assert refused.code == 2
    assert refused.err.strip() == (
        f"Port {port} on 127.0.0.1 is taken by {who}: end that, or choose another port with"
        " --port or web.port."
    )
    assert f"do not work now: port {port} on 127.0.0.1 is taken by {who}." in invited.err
    assert finding(desk.good("check", "--json"), "port")["result"] == "ok", "free again"


def test_a_port_nobody_may_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_WEB__HOST", "192.0.2.1")
    assert finding(desk("check", "--json"), "port")["result"] == "bad"
    monkeypatch.setenv("RENRAKU_WEB__HOST", "127.0.0.1")
    monkeypatch.setenv("RENRAKU_WEB__PORT", "0")
    found = finding(desk("check", "--json"), "port")
    assert (found["result"], "any free one" in found["says"]) == ("look", True)


# --- beside other processes ------------------------------------------------------------------


def hold(seconds: float, began: threading.Event) -> None:
    """Another process that keeps the database to itself for a while."""
    db = sqlite3.connect("renraku.db", isolation_level=None)
    db.execute("begin immediate")
    began.set()
    time.sleep(seconds)
    db.execute("rollback")
    db.close()


@pytest.mark.parametrize(
    ("busy", "code"), [(5000, 0), (200, 3)], ids=["held shortly", "held too long"]
)
def test_a_database_held_by_another_process(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, busy: int, code: int
) -> None:
    monkeypatch.setattr("storage.sqlite.BUSY_MS", busy)
    began = threading.Event()
    holder = threading.Thread(target=hold, args=(1.5, began))
    holder.start()
    began.wait()
    result = desk("people", "remove", "107", "--yes")
    holder.join()
    assert result.code == code, result.err
    if code:
        assert "held the database for too long" in result.err


class Server:
    """`renraku serve` in a process of its own."""

    address = ""

    def __init__(self, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", *args],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out + err


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    running = Server("--port", "0")
    try:
        greeting = running.line()
        assert "Renraku is running at http://127.0.0.1:" in greeting
        running.address = greeting.split()[4]
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


def test_commands_work_beside_a_server(desk: Desk, server: Server) -> None:
    result = desk.good(*START, "--everyone", "--drill", "--yes")
    assert "8 people are being asked" in result.out
    assert "No server is running" not in result.err
    told = desk.good("rollcall", "status", "--json").json
    for _ in range(100):
        if told["state"] == "open":
            break
        time.sleep(0.1)
        told = desk.good("rollcall", "status", "--json").json
    assert told["counts"]["missing"] == 8
    assert results(desk.good("check", "--json"))["server"] == "ok"
    [invited] = desk.good("people", "invite", "105", "--json", links=True).json
    with urllib.request.urlopen(invited["link"]) as page:
        assert "Earthquake" in page.read().decode()
    desk.good("rollcall", "close", "--as", "100", "--yes")
    desk.good("journal", "--verify")
    second = desk("serve", "--port", "0")
    assert second.code == 1
    assert "already running" in second.err
    code, said = server.end()
    assert (code, "Traceback" in said) == (0, False)
    assert "Ended" in said
    assert results(desk("check", "--json"))["server"] == "look"


def test_the_port_and_its_links_beside_a_server(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    listens = server.address
    port = listens.rpartition(":")[2]
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    elsewhere = finding(desk.good("check", "--json"), "port")
    assert elsewhere["result"] == "look"
    assert f"the server runs at {listens}, but the settings say" in elsewhere["says"]
    invited = desk.good("people", "invite", "100", links=True)
    assert f"{listens}/c/" in invited.out
    assert "these links end when it is started without options" in invited.err
    monkeypatch.setenv("RENRAKU_WEB__PORT", port)
    ours = finding(desk.good("check", "--json"), "port")
    assert (ours["result"], ours["says"]) == ("ok", f"this Renraku serves {port} on 127.0.0.1")
    assert "started without options" not in desk.good("people", "invite", "100", links=True).err
    again = desk("serve")
    assert again.code == 1
    assert again.err.strip() == f"This Renraku is already running at port {port} on 127.0.0.1."
    server.end()
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    moved = desk.good("people", "invite", "100", links=True)
    assert f"The server ran at {listens} before" in moved.err
    second = Server()
    try:
        assert "Renraku is running" in second.line()
        _, said = second.end()
        assert f"It ran at {listens} before: links that begin so do not lead here." in said
    finally:
        second.process.kill()
        second.process.communicate()


def test_a_second_ctrl_c_ends_at_once(desk: Desk, server: Server) -> None:
    server.process.send_signal(signal.SIGINT)
    code, said = server.end(signal.SIGINT)
    assert code in (0, 130)
    assert "Traceback" not in said


def test_after_a_kill_the_next_server_starts(desk: Desk, server: Server) -> None:
    server.process.kill()
    server.process.wait()
    desk.good("people", "list")
    # Its last sign is fresh, but no further one comes.
    again = Server("--port", "0")
    try:
        assert "Renraku is running" in again.line()
        assert again.end()[0] == 0
    finally:
        again.process.kill()
        again.process.communicate()


def test_serve_refuses(desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = desk("serve", "--host", "192.0.2.1", "--port", "0")
    assert nowhere.code == 2
    monkeypatch.setenv("RENRAKU_REPLICA", "cli")
    assert desk("serve", "--port", "0").code == 2


# --- chat and demo ---------------------------------------------------------------------------


def test_chat_needs_somebody(desk: Desk) -> None:
    assert desk("chat").code == 2
    assert desk("chat", "--as", "Zoe").code == 2
    several = desk("chat", "--as", "e")
    assert several.code == 2
    assert "Ben Lead (101)" in several.err


def test_chat_speaks_and_listens(desk: Desk) -> None:
    result = desk.good("chat", "--as", "103", typed="there is a fire\nLobby\n1\n")
    assert "Where?" in result.out
    [incident] = desk.good("incident", "list", "--json").json
    assert (incident["kind"], incident["reporter"]) == ("fire", "103")


def test_chat_says_each_line_once(desk: Desk) -> None:
    out = desk.good("chat", "--as", "103", typed="cancel\nwhatever this is\n").out
    assert out.count("There is nothing open just now.") == 1
    assert out.count("I did not understand that.") == 1


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("100", "You are Ada Top."),
        ("104", "二宮 花子さん"),
        ("105", "أنت ثالث."),
    ],
)
def test_chat_begins_with_who_you_are(desk: Desk, who: str, says: str) -> None:
    assert says in desk.good("chat", "--as", who, typed="/quit\n").out.splitlines()[0]


def test_demo_hands_over_what_was_asked(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    monkeypatch.setattr("bot.demo.run", lambda *args: taken.append(args))
    empty.good("demo", "--people", "50", "--speed", "9", "--port", "0", "--folder", "d")
    assert taken == [(50, 9.0, 0, "127.0.0.1", Path("d"))]
    assert empty("demo", "--people", "1").code == 2
