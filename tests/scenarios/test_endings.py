"""How a roll call ends: with the all-clear, or called off as a mistake."""

from __future__ import annotations

from tests.scenarios.launch import WORDS, roll_call
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin @HQ
  Lena: deputy=Dirk @Plant
    Aiko:
    Ben: web
    Chen: none
    Dirk:
  Omar: @HQ
"""


async def asked(found: Founding, **settings: object) -> Town:
    """Lena's site has been asked; Mori and Omar have not."""
    town = await found(PEOPLE, **settings)
    await roll_call(town, "Mori", 5, who="site:Plant")
    town.ignores()
    return town


async def all_clear(town: Town, words: str = "") -> None:
    await town.taps("Mori", "All clear: end it")
    town.hears("Mori", "Anything to add")
    if words:
        await town.says("Mori", words, told="ended")
    else:
        await town.taps("Mori", "End it, nothing to add", told="ended")


async def test_the_all_clear_goes_to_everyone_asked_and_only_to_them(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I'm safe")
    await all_clear(town, "The smoke came from a toaster.")
    for name in ("Lena", "Aiko", "Ben", "Dirk"):
        town.hears(name, "All clear", "The smoke came from a toaster.", WORDS, "Mori")
    town.hears_nothing("Mori", "Omar", "Chen")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Roll call ended", "Answered: 1 of 5", buttons=[])
    await town.fast_forward(hours=3)
    town.hears_nothing()


async def test_an_all_clear_stops_reminders_and_empties_worklists(found: Founding) -> None:
    town = await asked(found)
    await town.fast_forward(minutes=10)
    town.ignores()
    town.sees("Lena", "still to reach", "Chen", "Aiko")
    await all_clear(town)
    for name in ("Lena", "Aiko", "Ben", "Dirk"):
        town.hears(name, "All clear")
    town.hears("Mori", "Roll call ended", "No answer from 5 people", buttons=[])
    await town.fast_forward(seconds=2)
    town.sees("Lena", "no more calls needed", lacks=["Chen"], buttons=[])
    await town.fast_forward(hours=3)
    town.hears_nothing()


async def test_whoever_ends_it_reads_who_needs_help_and_who_was_never_heard_from(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 7)
    town.ignores()
    await town.taps("Aiko", "I need help")
    for name in ("Mori", "Lena", "Omar", "Ben"):
        await town.taps(name, "I'm safe")
    town.ignores()
    await town.taps("Mori", "All clear: end it")
    town.hears("Mori", "Anything to add", "1 person needs help", "Aiko", "Chen", "Dirk")
    await town.taps("Mori", "End it, nothing to add", told="ended")
    silent = ("No answer from 2 people", "Chen", "Dirk")
    town.hears("Mori", "All clear", "1 person needs help", "Aiko", *silent, lacks=["Omar"])
    for name in ("Lena", "Ben", "Omar"):
        town.hears(name, "All clear", lacks=["Chen", "Dirk", "needs help"])
    town.hears("Aiko", "You are not forgotten", lacks=["All clear", "Thank you"])
    town.hears("Dirk", "All clear", lacks=["Chen", "needs help"])
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Roll call ended", "Aiko", *silent)
    await town.taps("Dirk", "I'm safe", told="you are safe")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "All clear", "Chen", lacks=["Dirk"])
    town.sees("Mori", "Roll call ended", "Chen", lacks=["Dirk"])


async def test_whoever_needs_help_is_not_thanked_but_told_who_looks_after_them(
    found: Founding,
) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I need help")
    await town.taps("Ben", "I need help")
    await town.taps("Mori", "I take it", on="Ben needs help")
    town.ignores()
    await all_clear(town, "The smoke came from a toaster.")
    answers = ["I'm safe", "I need help", "Not affected"]
    still = ("You are not forgotten", "call for help has not", "toaster")
    town.hears("Ben", *still, "Mori is taking care of it", buttons=answers)
    town.hears("Aiko", *still, "Told: ", "until somebody takes care", lacks=["Thank"])
    town.hears("Dirk", "All clear", "Thank you for answering")
    town.hears("Lena", "All clear")
    town.ignores("Mori")
    # What changes afterwards changes there too, and words are heard.
    await town.taps("Lena", "I take it", on="Aiko needs help")
    town.hears("Aiko", "Lena is taking care of it")
    town.sees("Aiko", "You are not forgotten", "Lena is taking care of it")
    await town.says("Aiko", "second floor, behind the lift", told="Passed on")
    await town.taps("Aiko", "I'm safe", on="You are not forgotten", told="you are safe")
    town.sees("Aiko", "All clear", "you are safe", lacks=["not forgotten"])
    town.ignores()


async def test_late_answers_are_welcome_after_the_all_clear_tapped_or_typed(
    found: Founding,
) -> None:
    town = await asked(found)
    await all_clear(town)
    town.ignores()
    await town.fast_forward(days=2)
    await town.taps("Aiko", "I'm safe", told="you are safe")
    town.sees("Aiko", "Are you safe?", "you are safe")
    await town.says("Ben", "I'm safe", told="you are safe")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Roll call ended", "Answered: 2 of 5")
    # Even now a cry is heard.
    await town.taps("Dirk", "I need help", told="you need help")
    for name in ("Lena", "Mori"):
        town.hears(name, "Dirk needs help")
    await town.taps("Lena", "I take it")
    town.hears("Dirk", "Lena is taking care of it")


async def test_too_late_is_said_kindly(found: Founding) -> None:
    town = await asked(found)
    await all_clear(town)
    town.ignores()
    button = town.button("Aiko", "I'm safe")
    await town.fast_forward(days=8)
    await town.presses("Aiko", button, refused="takes no more answers")
    await town.says("Ben", "I'm safe", refused="did not understand")
    town.ignores()


async def test_the_end_is_announced_once_however_often_it_is_tapped(found: Founding) -> None:
    town = await asked(found)
    button = town.button("Mori", "All clear: end it")
    await all_clear(town)
    town.ignores()
    await town.presses("Mori", button, told="already ended")
    town.hears_nothing()


async def test_called_off_while_half_is_still_queued(found: Founding) -> None:
    """One card a second: the first have arrived, the others wait."""
    town = await found(PEOPLE, lanes={"phone": {"rate": 1, "burst": 2}})
    await town.fast_forward(minutes=1)
    await roll_call(town, "Mori", 5, who="site:Plant")
    await town.fast_forward(seconds=1.5)
    reached = [n for n in ("Lena", "Aiko", "Dirk") if town.heard(n, "Are you safe?")]
    assert 0 < len(reached) < 3
    town.ignores()

    await town.submits("Mori", "calloff", {"words": "Wrong button."}, about=running(town))
    await town.fast_forward(minutes=2)
    for name in ("Lena", "Aiko", "Dirk"):
        assert town.heard(name, "Are you safe?") == (name in reached), name
    for name in reached:
        town.sees(name, "no need to answer", buttons=[])
        town.hears(name, "Please ignore the roll call", "Wrong button.")
    town.hears("Ben", "Please ignore the roll call")
    town.ignores("Mori")
    town.hears_nothing()


def running(town: Town) -> str:
    button = town.button("Mori", "Call off (a mistake)")
    return f"rollcall:{button.split(':')[1]}"


async def test_called_off_corrects_what_was_sent_and_takes_no_answer(found: Founding) -> None:
    town = await asked(found)
    await town.fast_forward(minutes=10)
    town.ignores()
    button = town.button("Aiko", "I'm safe")
    await town.taps("Mori", "Call off (a mistake)")
    await town.taps("Mori", "Call it off, nothing to add", told="Called off")
    await town.fast_forward(seconds=2)
    for name in ("Lena", "Aiko", "Ben", "Dirk"):
        town.hears(name, "Please ignore the roll call", "by mistake")
        town.sees(name, "no need to answer", "by mistake", buttons=[])
    town.ignores("Mori")
    town.sees("Lena", "no more calls needed", buttons=[])
    town.sees("Mori", "Roll call called off", buttons=[])
    await town.presses("Aiko", button, refused="called off")
    await town.fast_forward(hours=3)
    town.hears_nothing()


async def test_a_cry_outlives_the_roll_call_that_was_called_off(found: Founding) -> None:
    """The question was a mistake; whoever needs help still needs it."""
    town = await asked(found)
    await town.taps("Aiko", "I need help")
    await town.taps("Mori", "Call off (a mistake)")
    await town.taps("Mori", "Call it off, nothing to add", told="Called off")
    town.ignores()
    await town.fast_forward(minutes=3, seconds=10)
    for name in ("Lena", "Mori"):
        town.hears(name, "Aiko needs help", buttons=["I take it", "Now safe"])
    await town.taps("Lena", "Now safe")
    town.hears("Lena", "really safe now?")
    await town.taps("Lena", "Yes, safe", told="safe")
    for name in ("Lena", "Mori"):
        town.sees(name, "Aiko", lacks=["needs help"], buttons=[])
    await town.fast_forward(hours=1)
    town.hears_nothing()


async def test_any_safety_officer_may_end_it_and_nobody_else(found: Founding) -> None:
    town = await found(PEOPLE.replace("Omar: @HQ", "Omar: safety @HQ"))
    await roll_call(town, "Mori", 5, who="site:Plant")
    town.ignores()
    button = town.button("Omar", "All clear: end it")
    await town.presses("Lena", button, refused="cannot do that")
    await town.presses("Omar", button)
    await town.taps("Omar", "End it, nothing to add", told="ended")
    town.hears("Aiko", "All clear", "Omar")
    town.ignores()


async def test_a_late_answer_draws_the_all_clear_again_only_for_those_it_concerns(
    found: Founding,
) -> None:
    town = await asked(found)
    await all_clear(town)
    for name in ("Lena", "Aiko", "Ben", "Dirk"):
        town.hears(name, "All clear")
    await town.fast_forward(seconds=5)
    before = {name: len(town.sees(name, "All clear").drawn) for name in ("Lena", "Dirk")}
    await town.taps("Aiko", "I'm safe", told="you are safe")
    await town.fast_forward(seconds=5)
    for name, drawn in before.items():
        assert len(town.sees(name, "All clear").drawn) == drawn, name
    town.sees("Mori", "Roll call ended", "Answered: 1 of 5")
    town.ignores()
