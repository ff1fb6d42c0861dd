"""A link to the board from the command line."""

from __future__ import annotations

import re

import pytest

from tests.commands.desk import Desk, free_port


def test_a_link_to_the_board_is_printed_for_one_person(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    told = desk.good("board", "--as", "Ben Lead")
    assert re.search(r"^http://\S+/board/in/[0-9a-z]{12}\.[0-9a-f]{40}$", told.out, re.M)
    other = desk.good("board", "--as", "101", "--json").json["link"]
    assert other not in told.out
    assert desk("board", "--as", "Somebody Else").code == 2
    assert desk("board").code == 2
