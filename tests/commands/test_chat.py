"""The chat in a terminal, and how the demo is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.desk import Desk


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
