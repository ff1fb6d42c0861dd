"""What people say who are asked, and which is no answer: kept, and read by who looks for them."""

from __future__ import annotations

import pytest

from bot.events import Located
from tests.scenarios.launch import roll_call
from tests.scenarios.taplinks import checkin, opened
from tests.town import Founding, Town

POLICY = {severity: {"call_after": "20m"} for severity in ("routine", "serious", "critical")}


PEOPLE = """
Mori: safety admin web @HQ
  Lena: @Plant
    Aiko:
    Ben:
  Chen:
"""


async def asked(found: Founding) -> Town:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5)
    town.ignores()
    return town


async def kept(town: Town) -> list[str]:
    row = await town.row("SELECT max(text) AS words, count(*) AS n FROM notes")
    return [row.words] * row.n


async def test_words_that_are_no_answer_are_read_by_the_lead(found: Founding) -> None:
    town = await asked(found)
    for name in ("Mori", "Lena", "Ben", "Chen"):
        await town.taps(name, "I'm safe")
    town.ignores()
    await town.says("Aiko", "still walking home over the bridge", told="not answered yet")
    town.sees("Aiko", "Are you safe?", "You wrote", "still walking home")
    # Whatever it is, the lead reads it at once: it may be about somebody else.
    town.hears("Lena", "Aiko writes", "still walking home over the bridge", "No answer yet")
    town.hears_nothing()
    await town.fast_forward(minutes=10)
    town.hears("Lena", "Aiko", "wrote", "still walking home over the bridge")
    row = await town.row(
        "SELECT answer, standing FROM asks ORDER BY standing = 'climbed' DESC LIMIT 1"
    )
    assert (row.answer, row.standing) == ("", "climbed"), "words alone are no answer"
    town.ignores()
    # On the card in the lead's hand, what they wrote last stands, in place.
    await town.says("Aiko", "now at the station", told="not answered yet")
    town.ignores("Aiko")
    await town.fast_forward(seconds=2)
    town.sees("Lena", "One person still", "now at the station", lacks=["over the bridge"])
    town.hears("Lena", "Aiko writes", "over the bridge", "now at the station")
    town.hears_nothing()
    await town.taps("Aiko", "I'm safe", told="you are safe")
    await town.says("Aiko", "at home with the children", told="Whoever looks after you")
    town.sees("Aiko", "Are you safe?", "you are safe", "at home with the children")
    await town.fast_forward(seconds=2)
    town.sees("Lena", "Aiko writes", "now at the station", "at home with the children", "Safe")
    town.ignores()


async def test_whoever_calls_reads_what_was_written(found: Founding) -> None:
    town = await found("Mori: safety web @HQ\n  Lena:\n    Aiko:\n", policy=POLICY)
    await roll_call(town, "Mori", 3)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    await town.says("Aiko", "my battery is nearly empty", told="not answered yet")
    town.ignores()
    await town.fast_forward(minutes=20, seconds=10)
    town.hears("Lena", "Please call", "Aiko", "my battery is nearly empty")
    town.ignores()


async def test_a_place_is_kept_without_a_cry(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Ben", "I'm safe", told="you are safe")
    place = Located(town.event_id(), town.sender("Ben"), 35.5, 139.25)
    said = await town.happens(place)
    assert not said.problem
    town.sees("Ben", "Are you safe?", "you are safe", "35.50000, 139.25000")
    assert await kept(town) == ["35.50000, 139.25000"]
    town.ignores()


async def test_a_line_on_a_one_tap_page_is_kept_and_steers_nothing(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await web.page(await checkin(town, "Mori"))
        shown = await page.writes("all clear at the north gate")
        assert "you have not answered yet" in shown.text
        assert "all clear at the north gate" in shown.text
    row = await town.row("SELECT state FROM rollcalls")
    assert row.state == "open"
    assert await kept(town) == ["all clear at the north gate"]
    town.ignores()


@pytest.mark.parametrize("words", ["👍", "7", "?!"])
async def test_what_says_nothing_gets_one_helpful_line(found: Founding, words: str) -> None:
    town = await asked(found)
    await town.says("Aiko", words, refused="did not understand")
    assert await kept(town) == []
    town.ignores()


async def test_after_it_has_ended_nobody_reads_remarks(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Mori", "All clear: end it")
    await town.taps("Mori", "End it, nothing to add", told="ended")
    await town.says("Aiko", "is the canteen open", refused="did not understand")
    assert await kept(town) == []
    town.ignores()


async def test_words_after_an_answer_reach_somebody_who_is_well(found: Founding) -> None:
    """The nearest above who is neither looked for nor in need; never only a promise."""
    town = await asked(found)
    await town.taps("Lena", "I need help", told="you need help")
    await town.taps("Aiko", "I'm safe", told="you are safe")
    town.ignores()
    await town.says("Aiko", "Ben lies under the shelf in hall three", told="Whoever looks after")
    town.hears("Mori", "Aiko writes", "Ben lies under the shelf in hall three", "Safe")
    town.hears_nothing("Lena")
    town.ignores()


async def test_whoever_called_for_help_long_ago_is_heard_by_those_who_were_called(
    found: Founding,
) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I need help", told="you need help")
    await town.taps("Lena", "I take it", told="yours")
    await town.fast_forward(hours=13)
    town.ignores()
    await town.says("Aiko", "it is getting so cold here", told="Passed on")
    town.ignores("Aiko")
    town.sees("Lena", "Aiko needs help", "it is getting so cold here")
    town.ignores()


async def test_whoever_is_not_asked_yet_is_not_asked_by_their_own_words(found: Founding) -> None:
    """A call tree: those below are asked when those above have answered."""
    town = await found("Mori: safety web @HQ\n  Lena:\n    Aiko:\n")
    await roll_call(town, "Mori", 3, mode="cascade")
    town.ignores()
    await town.says("Aiko", "what is going on at the gate", told="Whoever looks after you")
    assert town.heard("Aiko", "Are you safe?") == 0
    town.hears("Lena", "Aiko writes", "at the gate")
    town.ignores()


async def test_ones_own_words_are_not_what_the_organisation_says(found: Founding) -> None:
    town = await asked(found)
    await town.says("Aiko", "nobody needs to come, the gate is closed", told="not answered yet")
    card = town.people["Aiko"].phone.messages[0].card
    said = [s.text for s in card.body if getattr(s, "said", False)]
    assert all("gate is closed" not in line for line in said)
    town.ignores()


async def test_whoever_is_fine_but_is_not_taken_for_safe(found: Founding) -> None:
    town = await asked(found)
    await town.says("Aiko", "I'm fine but my leg is broken", told="you need help")
    for name in ("Mori", "Lena"):
        town.hears(name, "Aiko needs help", "my leg is broken")
    await town.says("Ben", "I'm safe, but Timo did not come out", told="not answered yet")
    town.hears("Lena", "Ben writes", "Timo did not come out")
    await town.says("Chen", "I'm safe, but there is a fire in the kitchen", told="you are safe")
    town.ignores()


async def test_a_form_left_lying_gives_way_to_a_newer_question(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "there is a fire in the workshop", told="Sent")
    town.hears("Aiko", "Where?")
    await town.fast_forward(hours=1)
    await roll_call(town, "Mori", 5)
    town.ignores()
    await town.says("Aiko", "I am stuck on the second floor but ok", told="not answered yet")
    town.hears("Lena", "Aiko writes", "stuck on the second floor")
    row = await town.row("SELECT place FROM incidents")
    assert row.place == ""
    town.ignores()
