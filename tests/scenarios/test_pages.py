"""Forms as pages: several questions at once, what is wrong beside each, the next page after."""

from __future__ import annotations

from bot.cards import FormPage
from bot.door import Answered
from bot.events import Submitted, Tapped
from tests.scenarios.phones import plain
from tests.town import Founding, Town

PEOPLE = """
Mori: safety @HQ phone
  Lena: @Plant phone
    Aiko: phone
"""


async def opens(town: Town, name: str, button: str) -> FormPage:
    """Somebody opens a form by a button, on a channel that shows pages."""
    said = await town.happens(Tapped(town.event_id(), town.sender(name), button, page=True))
    assert not said.problem, said.text
    page = await town.house.door.page(town.sender(name), said.draft)
    assert page is not None
    return page


async def hands_in(town: Town, name: str, page: FormPage, **answers: str) -> Answered:
    event = Submitted(
        town.event_id(),
        town.sender(name),
        page.form,
        answers,
        about=f"draft:{page.draft}",
        page=True,
    )
    return await town.happens(event)


async def test_a_report_is_one_page(found: Founding) -> None:
    town = await found(PEOPLE)
    page = await opens(town, "Aiko", "do:report")
    assert [f.name for f in page.fields] == ["kind", "place", "hurt", "details", "photo"]
    town.hears_nothing("Aiko")
    said = await hands_in(
        town, "Aiko", page, kind="fire", place="roof", hurt="nobody", details="", photo=""
    )
    assert "Sent" in said.text
    assert await town.house.door.page(town.sender("Aiko"), page.draft) is None
    town.hears("Lena", "Fire: roof")
    town.ignores()


async def test_what_is_wrong_is_said_beside_each_question_and_nothing_is_lost(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    page = await opens(town, "Aiko", "do:report")
    said = await hands_in(town, "Aiko", page, kind="fire", place="", hurt="perhaps")
    assert set(said.problems) == {"place", "hurt"}
    assert said.draft == page.draft
    town.hears_nothing()
    again = await town.house.door.page(town.sender("Aiko"), page.draft)
    assert again is not None
    assert [f.name for f in again.fields] == ["place", "hurt", "details", "photo"]
    await hands_in(town, "Aiko", page, kind="fire", place="roof", hurt="nobody")
    town.hears("Lena", "Fire: roof")
    town.ignores()


async def test_a_real_roll_call_shows_its_preflight_and_wants_the_number(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    page = await opens(town, "Mori", "do:rollcall")
    assert [f.name for f in page.fields] == ["drill", "who"]
    said = await hands_in(town, "Mori", page, drill="real", who="everyone")
    assert not said.problems
    page = await town.house.door.page(town.sender("Mori"), said.draft)
    assert page is not None
    assert [f.name for f in page.fields] == ["words", "mode"]
    said = await hands_in(town, "Mori", page, words="Quake", mode="broadcast")
    page = await town.house.door.page(town.sender("Mori"), said.draft)
    assert page is not None
    assert [f.name for f in page.fields] == ["confirm"]
    assert any("THIS IS REAL" in str(section) for section in page.intro)
    said = await hands_in(town, "Mori", page, confirm="12")
    assert "confirm" in said.problems
    said = await hands_in(town, "Mori", page, confirm="３")
    assert "Started" in said.text
    town.hears("Aiko", "Are you safe?", "Quake")
    town.ignores()


async def test_a_drill_is_started_by_the_button_of_its_last_page(found: Founding) -> None:
    town = await found(PEOPLE)
    page = await opens(town, "Mori", "do:rollcall")
    said = await hands_in(town, "Mori", page, drill="drill", who="everyone")
    page = await town.house.door.page(town.sender("Mori"), said.draft)
    assert page is not None
    said = await hands_in(town, "Mori", page, words="Practice", mode="broadcast")
    page = await town.house.door.page(town.sender("Mori"), said.draft)
    assert page is not None
    assert page.fields == ()
    assert page.badge == "DRILL"
    said = await hands_in(town, "Mori", page)
    assert "Started" in said.text
    town.hears("Aiko", "DRILL", "Practice")
    town.ignores()


async def test_a_page_that_is_closed_goes_on_as_questions(found: Founding) -> None:
    town = await found(PEOPLE)
    page = await opens(town, "Aiko", "do:report")
    await town.presses("Aiko", f"form:{page.draft}:!resume")
    town.hears("Aiko", "What has happened?")
    await town.taps("Aiko", "Fire")
    town.hears("Aiko", "Where?")
    # And back on a page: what was answered is not asked again.
    page = await opens(town, "Aiko", f"form:{page.draft}:!resume")
    assert page.fields[0].name == "place"
    town.ignores()


async def test_somebody_elses_page_is_not_shown_and_not_taken(found: Founding) -> None:
    town = await found(PEOPLE)
    page = await opens(town, "Aiko", "do:report")
    assert await town.house.door.page(town.sender("Lena"), page.draft) is None
    said = await hands_in(town, "Lena", page, kind="fire", place="roof", hurt="nobody")
    assert said.problem
    town.hears_nothing()


async def test_staff_may_not_open_a_managers_page(found: Founding) -> None:
    town = await found(PEOPLE)
    said = await town.happens(
        Tapped(town.event_id(), town.sender("Aiko"), "do:rollcall", page=True)
    )
    assert said.problem
    assert not said.draft


async def test_the_home_page_has_what_waits_and_what_one_leads(found: Founding) -> None:
    town = await found(PEOPLE)
    titles = [card.title for card in await town.house.door.home(town.sender("Aiko"))]
    assert titles == ["What is going on", "On duty"]
    page = await opens(town, "Mori", "do:rollcall")
    await hands_in(town, "Mori", page, drill="real", who="everyone")
    page2 = await town.house.door.page(town.sender("Mori"), page.draft)
    assert page2 is not None
    await hands_in(town, "Mori", page2, words="Quake", mode="broadcast")
    await hands_in(town, "Mori", page2, confirm="3")
    cards = await town.house.door.home(town.sender("Mori"))
    assert cards[0].title == "What is going on"
    assert [plain(c.title) for c in cards][1:] == ["Answered: 0 of 3", "On duty"]
    assert "I'm safe" in [button.label for button in cards[0].buttons]
    town.ignores()


async def test_what_is_answered_already_is_shown_filled_in(found: Founding) -> None:
    town = await found(PEOPLE)
    begun = Submitted(
        town.event_id(),
        town.sender("Aiko"),
        "incident",
        {"details": "Smoke in the stairwell"},
        page=True,
    )
    said = await town.happens(begun)
    page = await town.house.door.page(town.sender("Aiko"), said.draft)
    assert page is not None
    assert [f.name for f in page.fields] == ["kind", "place", "hurt", "details", "photo"]
    assert {f.name: f.value for f in page.fields if f.value} == {
        "details": "Smoke in the stairwell"
    }
    await hands_in(
        town,
        "Aiko",
        page,
        kind="fire",
        place="roof",
        hurt="nobody",
        details="Smoke everywhere",
        photo="",
    )
    town.hears("Lena", "Fire: roof", "Smoke everywhere")
    town.ignores()
