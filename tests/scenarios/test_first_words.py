"""A report goes out with its first words; a mistake is taken back; asides are no answers."""

from __future__ import annotations

import pytest

from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Lena: deputy=Dirk @Plant
    Aiko:
    Ben: web
    Dirk:
"""


async def test_a_fire_in_one_sentence_reaches_everybody_who_must_know_at_once(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "there is a fire in building B", told="Sent")
    for name in ("Lena", "Mori"):
        page = town.hears(name, "Fire", "there is a fire in building B", "Plant", "Aiko")
        assert page.labels()[0] == "I take it"
    town.hears("Aiko", "Fire", "Sent to 2 people", buttons=["It was a mistake"])
    town.hears("Aiko", "Where?", "has been sent")
    # They say nothing more, and nothing depends on it.
    await town.fast_forward(minutes=3, seconds=10)
    for name in ("Lena", "Mori"):
        town.hears(name, "Fire", "there is a fire in building B")
    await town.fast_forward(minutes=6)
    town.hears("Dirk", "Fire", "there is a fire in building B")
    town.ignores()
    await town.taps("Dirk", "I take it")
    town.hears("Aiko", "Dirk is taking care")
    await town.fast_forward(minutes=3)
    # What they add later is told to whoever has it, loud: their card is old.
    await town.says("Aiko", "Building B", told="Added")
    town.hears("Dirk", "Fire: Building B")
    town.ignores()


async def test_what_can_wait_goes_as_it_is_after_two_minutes(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Ben", "the lift is out of order")
    town.hears("Ben", "Where?", "then it is sent")
    await town.fast_forward(minutes=1, seconds=55)
    town.hears_nothing()
    await town.fast_forward(seconds=10)
    for name in ("Lena", "Mori"):
        town.hears(name, "Broken equipment", "the lift is out of order", "Routine")
    town.hears("Ben", "sent your report with what you told us")
    town.ignores("Ben")
    # Now they say that somebody is in it: everybody is called again, with less patience.
    await town.taps("Ben", "Plant", told="Added")
    await town.taps("Ben", "Somebody is hurt", told="Added")
    for name in ("Lena", "Mori"):
        town.hears(name, "Broken equipment: Plant", "SOMEBODY IS HURT", "Critical")
    await town.fast_forward(minutes=3, seconds=10)
    for name in ("Lena", "Mori"):
        town.hears(name, "SOMEBODY IS HURT")
    town.ignores("Ben")
    await town.taps("Mori", "I take it")
    town.ignores()


async def test_words_nobody_has_a_name_for_are_sent_too(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.taps("Aiko", "Report an incident", on=await menu(town, "Aiko"))
    town.ignores("Aiko")
    await town.says("Aiko", "send help please", told="Sent")
    town.hears("Mori", "Something else", "send help please", "Critical")
    town.ignores()


async def menu(town: Town, name: str) -> str:
    await town.says(name, "menu")
    town.hears(name, "What do you need?")
    return "What do you need?"


async def test_a_mistake_is_taken_back_by_its_reporter_until_somebody_has_it(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "fire!", told="Sent")
    town.ignores()
    mistake = town.button("Aiko", "It was a mistake")
    await town.taps("Aiko", "It was a mistake")
    town.hears("Aiko", "Take this report back?", "Those who were called are told")
    await town.taps("Aiko", "No, it is real", told="Your report stands")
    await town.presses("Ben", mistake, refused="cannot do that")
    yes = town.button("Aiko", "Yes, it was a mistake")
    await town.presses("Lena", yes, refused="cannot do that")
    await town.presses("Aiko", yes, told="Taken back")
    for name in ("Lena", "Mori"):
        town.hears(name, "Fire", "Reported by mistake, says Aiko", buttons=[])
    town.sees("Aiko", "Take this report back?", buttons=[])
    town.sees("Aiko", "Fire", "Reported by mistake, says Aiko", buttons=[])
    await town.fast_forward(days=1)
    town.hears_nothing()
    # Whoever has taken it decides; then it is too late to take it back.
    await town.says("Aiko", "fire!", told="Sent")
    town.ignores()
    await town.taps("Aiko", "It was a mistake")
    town.ignores()
    yes = town.button("Aiko", "Yes, it was a mistake")
    await town.taps("Mori", "I take it")
    town.ignores()
    await town.presses("Aiko", yes, refused="already taking care")


# --- asides ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    ["no, I am safe", "No. I'm fine!", "いいえ、無事です", "没有，我平安", "لا، أنا بخير"],
)
async def test_an_answer_to_the_roll_call_is_no_place(found: Founding, said: str) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "there is a fire", told="Sent")
    await roll_call(town, "Mori", 5)
    town.ignores()
    await town.says("Aiko", said, told="you are safe")
    found_ = await town.row("SELECT place FROM incidents")
    assert found_.place == ""
    # The question is still open.
    await town.says("Aiko", "Hall 2", told="Added")
    assert (await town.row("SELECT place FROM incidents")).place == "Hall 2"
    town.ignores()


async def test_an_answer_and_a_place_in_one_breath_are_both_heard(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "there is a fire", told="Sent")
    await roll_call(town, "Mori", 5)
    town.ignores()
    await town.says("Aiko", "Building B, and I'm safe", told="Added")
    await town.says("Ben", "I'm safe, but there is a fire in the kitchen", told="you are safe")
    town.hears("Mori", "Fire", "fire in the kitchen")
    rows = await town.row("SELECT count(*) AS n FROM incidents")
    assert rows.n == 2
    town.ignores()


async def test_without_a_roll_call_an_answer_is_still_no_place(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "there is a fire", told="Sent")
    town.ignores()
    await town.says("Aiko", "no, I am safe", refused="Please tap one")
    town.hears("Aiko", "Where?")
    assert (await town.row("SELECT place FROM incidents")).place == ""


async def test_a_cry_while_a_report_asks_where_goes_out_loud(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "the power is out")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "I need help", told="Sent")
    for name in ("Lena", "Mori"):
        town.hears(name, "Outage", "I need help", "Critical")
    town.hears("Aiko", "Where?", "has been sent")
    await town.taps("Lena", "I take it")
    town.ignores()
    # Once more, while somebody has it: they hear it, loud, and it is no place.
    await town.says("Aiko", "please help, I am trapped", told="Noted")
    town.hears("Lena", "Outage", "asked for help: please help, I am trapped")
    assert (await town.row("SELECT place FROM incidents")).place == ""
    await town.says("Aiko", "cellar", told="Added")
    town.sees("Lena", "Outage: cellar")
    town.ignores()


# --- no longer in need -----------------------------------------------------------------------


async def test_now_safe_is_asked_once_more_and_can_be_undone(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5)
    town.ignores()
    await town.taps("Aiko", "I need help")
    town.ignores()
    await town.taps("Lena", "Now safe")
    town.hears("Lena", "Is Aiko really safe now?", buttons=["Yes, safe", "Not yet"])
    town.sees("Mori", "Aiko needs help")
    await town.taps("Lena", "Not yet", told="goes on")
    yes = town.button("Lena", "Yes, safe")
    await town.presses("Ben", yes, refused="cannot do that")
    await town.presses("Lena", yes, told="Recorded: safe")
    town.hears("Aiko", "Are you safe?", "Lena answered for you")
    town.sees("Mori", "Aiko no longer needs help", "Lena said so", buttons=["Still needs help"])
    town.sees("Lena", "Is Aiko really safe now?", buttons=[])
    await town.presses("Lena", yes, told="This is over")
    # It was a mistake: everybody is called again.
    await town.taps("Mori", "Still needs help", told="needs help")
    town.hears("Lena", "Aiko needs help")
    town.hears("Mori", "Aiko needs help")
    town.ignores()
    # What they say themselves is theirs, without a second question.
    await town.taps("Aiko", "I'm safe", told="you are safe")
    town.sees("Mori", "Aiko no longer needs help", buttons=[])
    town.ignores()


async def test_a_new_cry_does_not_quote_the_old_one(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5)
    town.ignores()
    await town.taps("Aiko", "I need help")
    await town.says("Aiko", "smoke on the stairs", told="Passed on")
    town.sees("Lena", "Aiko needs help", "smoke on the stairs")
    await town.taps("Aiko", "I'm safe")
    await town.fast_forward(minutes=1)
    await town.says("Aiko", "I need help, my leg is stuck", told="you need help")
    town.sees("Lena", "Aiko needs help", "my leg is stuck", lacks=["smoke on the stairs"])
    await town.fast_forward(seconds=5)
    town.ignores()
