"""The menu, the help and what is going on."""

from __future__ import annotations

import pytest

from bot.cards import Style
from bot.forms import Draft
from tests.views.looking import (
    ID,
    LEAD,
    OFFICER,
    OTHER,
    STAFF,
    acts,
    answered,
    card,
    crowd,
    page,
    shown,
    text_of,
    town,
)


async def test_the_menu_offers_what_one_may_do() -> None:
    look = town(asks={})
    assert acts(await card(look, STAFF, "menu", f"person:{STAFF}")) == [
        "do:report",
        "do:status",
        "do:help",
    ]
    assert "do:rollcall" in acts(await card(look, LEAD, "menu", f"person:{LEAD}"))
    assert await shown(look, STAFF, "menu", f"person:{LEAD}") is None


@pytest.mark.parametrize("view", ["explain", "menu"])
async def test_whoever_types_help_during_a_roll_call_finds_its_answers_first(view: str) -> None:
    drawn = await card(town(), STAFF, view, f"person:{STAFF}")
    answers = [f"ask:{ID}:{answer}" for answer in ("safe", "help", "unaffected")]
    assert [button.id for button in drawn.buttons[:3]] == answers
    assert drawn.buttons[1].style is Style.DANGER


async def test_an_unfinished_form_can_be_taken_up_again() -> None:
    look = town(asks={}, drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(look, STAFF, "menu", f"person:{STAFF}")
    assert drawn.buttons[0].id == f"form:{ID}:!resume"


async def test_the_status_lists_what_concerns_somebody() -> None:
    asks = {"h": answered("help", ask="h"), "p": page("p", "help:h", LEAD), **crowd(3)}
    look = town(asks=asks, lists={LEAD: ["a0", "a1"]})
    drawn = await card(look, LEAD, "status", f"person:{LEAD}")
    assert acts(drawn)[:3] == ["take:help:h", f"wl:{LEAD}:0", "inc:show"]
    assert "2 people for you to call" in text_of(drawn)
    desk = await card(look, OFFICER, "status", f"person:{OFFICER}")
    assert "rc:tally" in acts(desk)
    nothing = town(asks={}, incidents={})
    assert "Nothing waits for you." in text_of(
        await card(nothing, OTHER, "status", f"person:{OTHER}")
    )
