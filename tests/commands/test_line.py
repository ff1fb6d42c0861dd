"""The command line as such: help, refusals, JSON, settings, and what a fault tells."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot import commands
from tests.commands.desk import ROOT, Desk

HEAVY = {"sqlalchemy", "pydantic", "starlette", "uvicorn", "structlog", "alembic", "babel"}


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
    assert "tests/commands/test_line.py" in debug.err
