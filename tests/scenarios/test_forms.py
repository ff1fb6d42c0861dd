"""The form in chat: back, leave out, give up, go on later, correct; tapped or typed."""

from __future__ import annotations

import pytest

from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Lena: @Plant
    Aiko:
    Ben: web
"""


async def begun(found: Founding) -> Town:
    """Aiko has tapped "report an incident"."""
    town = await found(PEOPLE)
    await town.says("Aiko", "menu")
    town.hears(
        "Aiko", "What do you need?", buttons=["Report an incident", "What is going on", "Help"]
    )
    await town.taps("Aiko", "Report an incident")
    kinds = town.hears("Aiko", "What has happened?")
    assert kinds.labels()[:2] == ["Fire", "Earthquake"]
    assert "Back" not in kinds.labels()
    return town


async def test_back_asks_the_question_before_again(found: Founding) -> None:
    town = await begun(found)
    await town.taps("Aiko", "Outage")
    town.hears("Aiko", "Where?")
    await town.taps("Aiko", "Back")
    town.hears("Aiko", "What has happened?")
    await town.taps("Aiko", "Storm or typhoon")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "back")
    town.hears("Aiko", "What has happened?")
    await town.taps("Aiko", "Outage")
    await town.taps("Aiko", "Plant")
    town.ignores()
    await town.taps("Aiko", "Nobody", told="Sent")
    town.hears("Mori", "Outage: Plant", "Nobody is hurt")
    town.ignores()


async def test_cancel_sends_nothing_and_its_old_buttons_say_so(found: Founding) -> None:
    town = await begun(found)
    await town.taps("Aiko", "Outage")
    town.ignores()
    button = town.button("Aiko", "Plant")
    await town.taps("Aiko", "Cancel", told="Nothing was sent")
    await town.presses("Aiko", button, refused="no longer open")
    await town.says("Aiko", "cancel", told="nothing open")
    await town.fast_forward(days=20)
    town.hears_nothing()
    rows = await town.row("SELECT count(*) AS n FROM incidents")
    assert rows.n == 0


async def test_cancelling_after_it_was_sent_leaves_it_sent(found: Founding) -> None:
    town = await begun(found)
    for label in ("Fire", "Plant", "Nobody"):
        await town.taps("Aiko", label)
    town.ignores()
    await town.says("Aiko", "cancel", told="What you sent stays sent")
    rows = await town.row("SELECT count(*) AS n, max(state) AS state FROM incidents")
    assert (rows.n, rows.state) == (1, "reported")


async def test_what_is_optional_can_be_left_out(found: Founding) -> None:
    town = await begun(found)
    for label in ("Fire", "Plant", "Nobody"):
        await town.taps("Aiko", label)
    town.hears("Aiko", "What else should those who come know?")
    await town.says("Aiko", "skip")
    town.hears("Aiko", "Can you send a photo?")
    await town.taps("Aiko", "Skip")
    town.ignores()
    await town.says("Aiko", "skip", told="nothing open")


async def test_what_is_needed_cannot_be_left_out(found: Founding) -> None:
    town = await begun(found)
    await town.says("Aiko", "skip", refused="needed")
    town.hears("Aiko", "What has happened?", "needed")


async def test_an_unfinished_report_goes_as_it_is_and_is_completed_days_later(
    found: Founding,
) -> None:
    town = await begun(found)
    await town.taps("Aiko", "Outage")
    town.hears("Aiko", "Where?", "then it is sent")
    await town.fast_forward(minutes=1, seconds=50)
    town.hears_nothing()
    await town.fast_forward(seconds=20)
    town.hears("Aiko", "sent your report with what you told us")
    town.hears("Aiko", "Outage", "Sent to 2 people")
    town.hears("Aiko", "Where?", "has been sent")
    for name in ("Lena", "Mori"):
        town.hears(name, "Outage", "Plant", "Aiko", "Not known whether anyone is hurt")
    await town.taps("Mori", "I take it")
    town.ignores()
    await town.fast_forward(days=3)
    town.hears_nothing()
    await town.says("Aiko", "menu")
    town.hears("Aiko", "What do you need?", "Go on with my report")
    await town.taps("Aiko", "Go on with my report")
    town.hears("Aiko", "Where?")
    await town.taps("Aiko", "HQ", on="Where?", told="Added")
    town.hears("Aiko", "Is anyone hurt?")
    town.hears("Mori", "Outage: HQ", "taking care of it")
    await town.taps("Aiko", "Nobody", told="Added")
    town.sees("Mori", "Outage: HQ", "Nobody is hurt")
    town.ignores()


async def test_a_form_that_was_only_opened_sends_nothing_and_still_takes_an_answer(
    found: Founding,
) -> None:
    town = await begun(found)
    await town.fast_forward(minutes=30)
    town.hears_nothing()
    await town.taps("Aiko", "Fire", told="Sent")
    town.hears("Mori", "Fire", "Plant")
    town.ignores()


async def test_a_form_only_opened_is_put_away_after_two_weeks(found: Founding) -> None:
    town = await begun(found)
    button = town.button("Aiko", "Fire")
    await town.fast_forward(days=15)
    town.hears_nothing()
    await town.presses("Aiko", button, refused="no longer open")
    rows = await town.row("SELECT count(*) AS n FROM drafts WHERE done = false")
    assert rows.n == 0


async def test_words_of_a_new_emergency_days_later_are_not_taken_for_an_old_answer(
    found: Founding,
) -> None:
    town = await begun(found)
    await town.taps("Aiko", "Lost badge or key")
    town.hears("Aiko", "Where?")
    await town.fast_forward(days=2)
    town.ignores()
    await town.says("Aiko", "there is smoke in the corridor", told="Sent")
    town.hears("Aiko", "Where?")
    await town.taps("Aiko", "Plant")
    await town.taps("Aiko", "Nobody", told="Added")
    town.hears("Mori", "Fire", "smoke in the corridor")
    town.sees("Mori", "Fire: Plant", "smoke in the corridor", "Nobody is hurt")
    town.ignores()


async def test_an_answer_is_corrected_by_an_old_button_before_sending(found: Founding) -> None:
    town = await begun(found)
    flood = town.button("Aiko", "Storm or typhoon")
    await town.taps("Aiko", "Outage")
    town.hears("Aiko", "Where?")
    await town.presses("Aiko", flood)
    town.sees("Aiko", "What has happened?", "Storm or typhoon")
    town.hears("Aiko", "Where?")
    await town.taps("Aiko", "Plant")
    await town.taps("Aiko", "Nobody")
    town.hears("Mori", "Storm or typhoon: Plant")
    town.ignores()


async def test_an_answer_is_corrected_by_an_old_button_after_sending(found: Founding) -> None:
    town = await begun(found)
    flood = town.button("Aiko", "Flood")
    for label in ("Fire", "Plant", "Nobody"):
        await town.taps("Aiko", label)
    town.ignores()
    await town.presses("Aiko", flood, told="Added")
    town.sees("Mori", "Flood: Plant")
    town.sees("Aiko", "Flood: Plant")
    town.ignores()


@pytest.mark.parametrize(
    ("kind", "place", "hurt"),
    [
        ("1", "1", "2"),
        ("１", "plant", "somebody is hurt"),
        ("火災", "PLANT", "有人受傷"),
        ("حريق", "2", "نعم"),
        ("火灾", "the loading dock", "Someone"),
        ("fire!", "Plant", "２"),
    ],
)
async def test_numbers_labels_and_words_of_any_language_are_answers(
    found: Founding, kind: str, place: str, hurt: str
) -> None:
    town = await begun(found)
    await town.says("Aiko", kind, told="Sent")
    await town.says("Aiko", place, told="Added")
    await town.says("Aiko", hurt, told="Added")
    row = await town.row("SELECT kind, place, hurt FROM incidents")
    assert (row.kind, row.hurt) == ("fire", "someone")
    assert row.place in ("Plant", "HQ", "the loading dock")
    town.ignores()


async def test_a_sentence_answers_what_has_happened(found: Founding) -> None:
    town = await begun(found)
    await town.says("Aiko", "there is a fire in building B", told="Sent")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "building B", told="Added")
    await town.taps("Aiko", "Nobody")
    town.hears("Mori", "Fire", "there is a fire in building B")
    town.ignores()


async def test_the_form_as_one_page(found: Founding) -> None:
    town = await found(PEOPLE)
    answers = {"kind": "fire", "place": "Plant", "hurt": "nobody", "details": "grey smoke"}
    await town.submits("Ben", "incident", answers, told="Sent")
    town.hears("Mori", "Fire: Plant", "grey smoke")
    town.ignores()


async def test_a_safe_typed_while_a_form_is_open_answers_the_roll_call(found: Founding) -> None:
    town = await begun(found)
    await town.taps("Aiko", "Fire")
    await roll_call(town, "Mori", 4)
    town.ignores()
    await town.says("Aiko", "I'm safe", told="you are safe")
    await town.says("Aiko", "roof", told="Added")
    town.hears("Aiko", "Is anyone hurt?")
    town.ignores()


async def test_the_roll_call_form_forgets_nothing_of_a_report_begun_before(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    await town.says("Mori", "the power is out")
    await town.says("Mori", "roll call")
    town.ignores()
    await town.taps("Mori", "Cancel", on="real or a drill", told="Nothing was sent")
    await town.says("Mori", "menu")
    town.hears("Mori", "Go on with my report")
    await town.taps("Mori", "Go on with my report")
    town.hears("Mori", "Where?")


async def test_somebody_elses_form_is_not_theirs_to_fill_in(found: Founding) -> None:
    town = await begun(found)
    button = town.button("Aiko", "Fire")
    await town.presses("Ben", button, refused="cannot do that")
    town.hears_nothing()
