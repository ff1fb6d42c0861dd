"""Somebody needs help: lead and every safety officer at once, climbing until somebody has it."""

from __future__ import annotations

from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Sato: @HQ
    Lena: deputy=Dirk @Plant
      Aiko:
      Ben: web
      Dirk:
  Omar: safety web @HQ
  Rita: responder @HQ
"""


async def asked(found: Founding, people: str = PEOPLE, count: int = 8) -> Town:
    """Everyone has been asked whether they are safe."""
    town = await found(people)
    await roll_call(town, "Mori", count)
    town.ignores()
    return town


async def test_the_lead_and_all_safety_officers_are_paged_at_once(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I need help", told="you need help")
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Aiko needs help", "Plant", buttons=["I take it", "Now safe"])
    town.hears_nothing()
    town.sees("Aiko", "Are you safe?", "you need help", "Told: ", "Lena", "Mori", "Omar")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 1 of 8", "1 person needs help", "Aiko")

    await town.taps("Omar", "I take it", told="It is yours")
    town.hears("Aiko", "Omar is taking care of it")
    town.sees("Aiko", "Are you safe?", "Omar is taking care of it")
    for name in ("Lena", "Mori"):
        town.sees(name, "Aiko needs help", "Omar is taking care of it", buttons=["Now safe"])
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 1 of 8", "Aiko", "Omar is taking care of it")


async def test_a_cry_climbs_until_somebody_takes_it(found: Founding) -> None:
    town = await asked(found)
    for name in town.people:
        await town.taps(name, "I'm safe")
    await town.taps("Aiko", "I need help")
    await town.fast_forward(minutes=9, seconds=10)
    for name in ("Lena", "Mori", "Omar") * 3:
        town.hears(name, "Aiko needs help")
    # Lena's silence climbs to her deputy, Omar's to Mori.
    town.hears("Dirk", "Aiko needs help")
    town.hears("Mori", "Aiko needs help")
    town.hears_nothing()
    await town.fast_forward(minutes=5)
    town.hears("Sato", "Aiko needs help")
    town.sees("Aiko", "Are you safe?", "Told: ", "2 others")
    town.ignores("Mori", "Omar")
    await town.taps("Sato", "I take it", told="It is yours")
    town.hears("Aiko", "Sato is taking care of it")
    await town.fast_forward(hours=2)
    town.hears_nothing()


async def test_a_cry_goes_on_after_the_all_clear(found: Founding) -> None:
    town = await asked(found)
    for name in town.people:
        await town.taps(name, "I'm safe")
    await town.taps("Aiko", "I need help")
    await town.taps("Mori", "All clear: end it")
    await town.taps("Mori", "End it, nothing to add", told="ended")
    town.ignores()
    await town.fast_forward(minutes=3, seconds=10)
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Aiko needs help")
    await town.taps("Lena", "I take it")
    town.hears("Aiko", "Lena is taking care of it")


async def test_safe_after_all_withdraws_the_cry(found: Founding) -> None:
    town = await asked(found)
    for name in town.people:
        await town.taps(name, "I'm safe")
    await town.taps("Aiko", "I need help")
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Aiko needs help")
    button = town.button("Lena", "I take it")
    await town.taps("Aiko", "I'm safe", told="you are safe")
    for name in ("Lena", "Mori", "Omar"):
        town.sees(name, "Aiko no longer needs help", "Aiko", buttons=[])
    await town.presses("Lena", button, told="This is over")
    await town.fast_forward(hours=1)
    town.hears_nothing()


async def test_a_second_cry_is_as_loud_as_the_first_one_that_was_taken(found: Founding) -> None:
    town = await asked(found)
    for name in town.people:
        await town.taps(name, "I'm safe")
    await town.taps("Aiko", "I need help")
    await town.taps("Omar", "I take it")
    town.ignores()
    await town.taps("Omar", "Now safe")
    town.hears("Omar", "really safe now?")
    await town.taps("Omar", "Yes, safe", told="safe")
    town.hears("Aiko", "Omar answered for you")
    town.sees("Lena", "Aiko no longer needs help")
    await town.fast_forward(minutes=20)
    town.hears_nothing()

    await town.taps("Aiko", "I need help", told="you need help")
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Aiko needs help", buttons=["I take it", "Now safe"])
    await town.fast_forward(minutes=3, seconds=10)
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Aiko needs help")
    await town.taps("Lena", "I take it", told="It is yours")
    town.hears("Aiko", "Lena is taking care of it")
    town.sees("Aiko", "Are you safe?", "Lena is taking care of it", lacks=["Omar"])
    await town.fast_forward(hours=1)
    town.ignores("Lena")
    town.hears_nothing()


async def test_a_responder_who_was_not_paged_may_take_it_too(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I need help")
    town.ignores()
    ask = town.button("Mori", "I take it")
    await town.presses("Rita", ask, told="It is yours")
    town.hears("Aiko", "Rita is taking care of it")


async def test_a_colleague_may_not_take_it(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I need help")
    town.ignores()
    await town.presses("Ben", town.button("Mori", "I take it"), refused="cannot do that")


async def test_a_safety_officer_who_needs_help_is_not_asked_to_help_themself(
    found: Founding,
) -> None:
    town = await asked(found)
    await town.taps("Omar", "I need help", told="you need help")
    town.hears("Mori", "Omar needs help")
    town.hears_nothing()


async def test_a_cry_by_typed_words_without_a_roll_call_becomes_a_report(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "I need help", told="Sent")
    town.hears("Aiko", "What has happened?")
    await town.taps("Aiko", "Injury or illness")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "stairs", told="Added")
    town.hears("Aiko", "Is anyone hurt?")
    await town.taps("Aiko", "Somebody is hurt", told="Added")
    town.ignores("Aiko")
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Something else", "I need help", "Critical", "Plant")
        town.sees(name, "Injury or illness: stairs", "I need help", "SOMEBODY IS HURT")


async def test_without_lead_and_safety_desk_the_launcher_is_called(found: Founding) -> None:
    town = await found("Mori: admin\nAiko:")
    await roll_call(town, "Mori", 2)
    town.ignores()
    await town.taps("Aiko", "I need help", told="you need help")
    town.sees("Aiko", "Are you safe?", "Told: Mori")
    town.hears("Mori", "Aiko needs help")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 1 of 2", "1 person needs help")


async def test_nobody_can_be_told_and_the_person_hears_so(found: Founding) -> None:
    town = await found("Mori: admin\nAiko:")
    await roll_call(town, "Mori", 2)
    town.ignores()
    await town.taps("Mori", "I need help", refused="Nobody could be told")
    town.sees("Mori", "Are you safe?", "Nobody could be told automatically. Please phone")


async def test_a_sentence_that_cries_for_help_is_an_answer_and_is_read_by_those_called(
    found: Founding,
) -> None:
    town = await asked(found)
    await town.says("Aiko", "I need help, my leg is stuck", told="you need help")
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Aiko needs help", "my leg is stuck")
    town.hears_nothing()
    await town.says("Ben", "I don't need help", told="you have not answered yet")
    town.sees("Ben", "Are you safe?", "I don't need help")
    town.ignores()


async def test_an_open_form_does_not_swallow_a_cry_for_help(found: Founding) -> None:
    town = await asked(found)
    await town.says("Aiko", "report")
    town.ignores("Aiko")
    await town.says("Aiko", "There are 3 of us trapped in the lift", told="you need help")
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "Aiko needs help", "3 of us trapped in the lift")
    town.ignores("Aiko")
    town.hears_nothing()


async def test_without_a_roll_call_a_cry_for_help_begins_a_report(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "We need help, we are trapped", told="Sent")
    town.hears("Aiko", "Something else", "Sent to 3 people", "It was a mistake")
    town.hears("Aiko", "What has happened?", "has been sent")
    for name in ("Lena", "Mori", "Omar"):
        town.hears(name, "We need help, we are trapped", "Critical")
    town.hears_nothing()


async def test_a_fire_during_a_drill_is_reported_as_real(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 8, drill=True)
    town.ignores()
    await town.says("Aiko", "There is a fire, I am trapped", told="you need help")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "Hall 2", told="Added")
    await town.taps("Aiko", "Somebody is hurt")
    town.ignores("Aiko")
    for name in ("Lena", "Mori", "Omar"):
        paged = town.hears(name, "Fire", "I am trapped")
        assert not paged.card.badge, "nobody takes it for a drill"
    town.ignores()


async def test_a_cry_under_a_photo_is_a_cry_though_a_report_is_open(found: Founding) -> None:
    town = await found("Mori: safety web\n  Ben:")
    await town.says("Ben", "there is a fire", told="Sent")
    await town.says("Ben", "roof", told="Added")
    await town.taps("Ben", "Nobody", told="Added")
    await roll_call(town, "Mori", 2)
    town.ignores()
    await town.shows("Ben", b"a small picture", "help, I am trapped in the stairs", told=None)
    town.hears("Mori", "Ben", "needs help", "trapped in the stairs")
    town.sees("Mori", "Fire: roof", "added a photo")
    town.ignores()


async def test_a_fire_told_by_whoever_cried_before_is_a_report_as_well(found: Founding) -> None:
    town = await found("Mori: safety web\n  Ben:\n  Chen:")
    await roll_call(town, "Mori", 3)
    await town.taps("Ben", "I need help")
    town.ignores()
    await town.says("Ben", "there is a fire in the stairwell", told=None)
    town.hears("Ben", "Where?")
    await town.says("Ben", "stairs", told="Added")
    await town.taps("Ben", "Nobody", told="Added")
    town.hears("Mori", "Fire")
    town.ignores()


async def test_whoever_cried_hears_it_when_somebody_else_says_they_are_safe(
    found: Founding,
) -> None:
    town = await found("Mori: safety web\n  Ben:\n  Chen:")
    await roll_call(town, "Mori", 3)
    await town.taps("Ben", "I need help")
    town.ignores()
    await town.taps("Mori", "Now safe")
    await town.taps("Mori", "Yes, safe", told="safe")
    card = town.hears("Ben", "Are you safe?", "Mori answered for you")
    assert "I need help" in card.labels()
    town.ignores()
