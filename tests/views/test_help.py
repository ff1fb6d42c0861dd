"""The card of somebody who needs help."""

from __future__ import annotations

from bot.cards import Tone
from bot.rollcalls import State as Call
from tests.views.looking import (
    ID,
    LEAD,
    NOW,
    OFFICER,
    OTHER,
    STAFF,
    acts,
    answered,
    card,
    page,
    roll_call,
    shown,
    text_of,
    town,
)


async def test_a_cry_can_be_taken_and_says_who_has_it() -> None:
    pages = {"p1": page("p1", f"help:{ID}", LEAD), "p2": page("p2", f"help:{ID}", OFFICER)}
    look = town(asks={ID: answered("help"), **pages})
    drawn = await card(look, OFFICER, "help", f"help:{ID}")
    assert drawn.open
    assert acts(drawn) == ["take:help", "for:safe"]
    assert "Told: Sato Ken and Lee Wei" in text_of(drawn)
    look.asks["p2"] = page("p2", f"help:{ID}", OFFICER, taken=True)
    taker = await card(look, OFFICER, "help", f"help:{ID}")
    assert (taker.open, acts(taker)) == (False, ["for:safe"])
    assert "You are taking care of it." in text_of(taker)
    lead = await card(look, LEAD, "help", f"help:{ID}")
    assert "Lee Wei is taking care of it" in text_of(lead)


async def test_a_cry_ends_when_help_is_no_longer_needed_not_when_the_roll_call_ends() -> None:
    over = roll_call(state=Call.CLOSED, ended_at=NOW, ended_by=OFFICER)
    look = town(asks={ID: answered("help")}, roll_calls={ID: over})
    assert (await card(look, LEAD, "help", f"help:{ID}")).open
    look.asks[ID] = answered("safe")
    drawn = await card(look, LEAD, "help", f"help:{ID}")
    assert (drawn.open, drawn.buttons, drawn.tone) == (False, (), Tone.GOOD)
    assert text_of(drawn).startswith("Amira Nasser no longer needs help")


async def test_a_cry_is_shown_to_those_concerned_only() -> None:
    look = town(asks={ID: answered("help")})
    assert await shown(look, STAFF, "help", f"help:{ID}") is None
    assert await shown(look, OTHER, "help", f"help:{ID}") is None
    assert await shown(look, OFFICER, "help", "help:none") is None
