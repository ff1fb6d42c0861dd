"""The database and its key: made once, kept apart, never mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.desk import Desk, results


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
