"""What a question offers, and whom a roll call would ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.choices import choices, keys_in, may_launch, scope_of
from bot.forms import FORMS, Draft, match
from bot.incidents import State as Stage
from bot.rollcalls import Scope
from tests.views.looking import (
    BOSS,
    ID,
    LEAD,
    OFFICER,
    OTHER,
    STAFF,
    Looking,
    incident,
    reader,
    town,
)


async def offered(
    look: Looking, person: int, form: str, question: str, draft: Draft | None = None
) -> list[str]:
    asked = FORMS[form].question(question)
    assert asked is not None
    using = draft or Draft(ID, person, form)
    found = await choices(look, reader(look, person), FORMS[form], using, asked)
    assert len({o.tag for o in found}) == len(found)
    return [o.value for o in found]


async def test_whom_somebody_may_ask() -> None:
    look = town()
    tree = await look.tree()
    assert await offered(look, OFFICER, "rollcall", "who") == [
        "everyone", "site:Harbour", "team:Night", "list", "site:North", "team:Day",
    ]  # fmt: skip
    assert (await offered(look, BOSS, "rollcall", "who"))[3] == f"under:{BOSS}"
    assert await offered(look, LEAD, "rollcall", "who") == [f"under:{LEAD}"]
    assert await offered(look, STAFF, "rollcall", "who") == []
    may = {p: may_launch(look.all_people[p], tree) for p in look.all_people}
    assert may == {BOSS: True, LEAD: True, STAFF: False, OFFICER: True, OTHER: False}
    assert not may_launch(replace(look.all_people[OFFICER], left=True), tree)


async def test_who_travels_as_text_and_back() -> None:
    assert scope_of("everyone") == (Scope.EVERYONE, ())
    assert scope_of("site:a:b") == (Scope.SITE, ("a:b",))
    assert scope_of("under:7") == (Scope.UNDER, ("7",))
    assert scope_of("list", "A1、B2,\nA1 C3") == (Scope.LIST, ("A1", "B2", "C3"))
    assert keys_in(" , ") == ()
    with pytest.raises(ValueError, match="nobody"):
        scope_of("nobody")


async def test_ones_own_site_comes_first_and_the_list_is_short() -> None:
    look = town(places=tuple(f"Site {n}" for n in range(30)))
    places = await offered(look, STAFF, "incident", "place")
    assert places == ["Harbour", *(f"Site {n}" for n in range(7))]
    homeless = {**look.all_people, STAFF: replace(look.all_people[STAFF], site="")}
    look = replace(look, all_people=homeless)
    assert (await offered(look, STAFF, "incident", "place"))[0] == "Site 0"


async def test_words_for_an_event_come_from_the_incident_and_hold_no_marks() -> None:
    look = town("ar")
    draft = Draft(ID, OFFICER, "rollcall", {"drill": "drill"}, about=f"incident:{ID}")
    words = await offered(look, OFFICER, "rollcall", "words", draft)
    assert len(words) == 3
    assert words[1].startswith("حريق: Building B")
    assert not any(c in w for w in words for c in "\u2066\u2067\u2068\u2069")
    assert len(await offered(look, OFFICER, "rollcall", "words")) == 3


async def test_notes_offer_the_incident_at_hand_then_those_in_charge() -> None:
    mine = incident(id="mine", state=Stage.TAKEN, taken_by=LEAD)
    look = town(incidents={ID: incident(), "mine": mine})
    draft = Draft(ID, LEAD, "note", about=f"incident:{ID}")
    assert await offered(look, LEAD, "note", "which", draft) == [ID, "mine"]
    assert await offered(look, LEAD, "note", "which") == ["mine"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("火災", "fire"), ("1", "fire"), ("حريق", "fire"), ("金庫", "vault"), ("?", None)],
)
async def test_options_are_meant_in_any_language(typed: str, kind: str | None) -> None:
    look = town("en")
    question = FORMS["incident"].questions[0]
    options = await choices(
        look, reader(look, STAFF), FORMS["incident"], Draft(ID, 3, "incident"), question
    )
    found = match(typed, options)
    assert (found.value if found else None) == kind
