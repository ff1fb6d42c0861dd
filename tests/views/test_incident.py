"""The card of an incident, to its reporter and to those who deal with it."""

from __future__ import annotations

from bot.incidents import State as Stage
from tests.views.looking import (
    ID,
    LEAD,
    NOW,
    OFFICER,
    STAFF,
    acts,
    card,
    incident,
    page,
    text_of,
    town,
)


async def test_whoever_may_work_on_an_incident_has_its_taps() -> None:
    look = town(asks={"p1": page("p1", f"incident:{ID}", LEAD)})
    drawn = await card(look, LEAD, "incident", f"incident:{ID}")
    assert drawn.open
    assert acts(drawn) == ["take:incident", "inc:note", "inc:rollcall", "inc:close", "inc:dismiss"]
    assert text_of(drawn).startswith(
        "Fire: Building B\nNobody has taken it yet. Can you?\nSOMEBODY IS HURT."
    )
    look.incidents[ID] = incident(state=Stage.TAKEN, taken_by=LEAD, taken_at=NOW)
    drawn = await card(look, LEAD, "incident", f"incident:{ID}")
    assert (drawn.open, acts(drawn)[0]) == (False, "inc:note")


async def test_the_reporter_sees_how_it_stands_and_nothing_to_take() -> None:
    look = town(asks={f"p{n}": page(f"p{n}", f"incident:{ID}", n) for n in (LEAD, OFFICER)})
    drawn = await card(look, STAFF, "incident", f"incident:{ID}")
    assert [b.id for b in drawn.every_button()] == [f"inc:{ID}:mistake"]
    assert "Sent to 2 people. Nobody has taken it yet; we keep asking." in text_of(drawn)
    look.incidents[ID] = incident(state=Stage.TAKEN, taken_by=LEAD, taken_at=NOW)
    drawn = await card(look, STAFF, "incident", f"incident:{ID}")
    assert "Sato Ken has been taking care of it since 14:30." in text_of(drawn)


async def test_a_safety_officer_may_work_on_their_own_report() -> None:
    look = town(incidents={ID: incident(reporter=OFFICER)})
    assert "inc:close" in acts(await card(look, OFFICER, "incident", f"incident:{ID}"))
    look = town(incidents={ID: incident(reporter=LEAD)}, asks={})
    assert acts(await card(look, LEAD, "incident", f"incident:{ID}")) == ["inc:mistake"]


async def test_an_own_kind_is_called_by_its_own_name() -> None:
    look = town("ja", incidents={ID: incident(kind="vault")})
    assert text_of(await card(look, OFFICER, "incident", f"incident:{ID}")).startswith("金庫：")
    look = town("ar", incidents={ID: incident(kind="vault")})
    assert "Vault open" in (await card(look, OFFICER, "incident", f"incident:{ID}")).title
