"""The classical call tree: whoever answers, or falls silent, releases the people below."""

from __future__ import annotations

from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety @HQ
  Sato: @HQ
    Lena: @Plant
      Aiko:
      Ben:
    Timo: @Plant
      Chen:
"""


async def begun(found: Founding, people: str = PEOPLE, count: int = 7) -> Town:
    """Mori has started a call tree."""
    town = await found(people)
    await roll_call(town, "Mori", count, mode="cascade")
    town.hears("Mori", "Answered: 0 of", "Not asked yet")
    return town


async def test_each_answer_asks_the_next_level(found: Founding) -> None:
    town = await begun(found)
    town.hears("Mori", "Are you safe?")
    town.hears_nothing()
    await town.taps("Mori", "I'm safe")
    town.hears("Sato", "Are you safe?")
    town.hears_nothing()
    await town.taps("Sato", "Not affected")
    for name in ("Lena", "Timo"):
        town.hears(name, "Are you safe?")
    town.hears_nothing()
    await town.taps("Timo", "I'm safe")
    town.hears("Chen", "Are you safe?")
    town.hears_nothing()
    await town.taps("Lena", "I'm safe")
    for name in ("Aiko", "Ben"):
        town.hears(name, "Are you safe?")
    for name in ("Aiko", "Ben", "Chen"):
        await town.taps(name, "I'm safe")
    await town.fast_forward(hours=2)
    town.sees("Mori", "Answered: 7 of 7", lacks=["Not asked yet"])
    town.hears_nothing()


async def test_silence_past_the_reminders_asks_the_next_level_too(found: Founding) -> None:
    town = await begun(found)
    await town.taps("Mori", "I'm safe")
    await town.taps("Sato", "I'm safe")
    await town.taps("Timo", "I'm safe")
    await town.taps("Chen", "I'm safe")
    town.ignores()
    await town.fast_forward(minutes=8)
    for _ in range(2):
        town.hears("Lena", "Are you safe?", "Reminder")
    town.hears_nothing()
    await town.fast_forward(minutes=1, seconds=10)
    for name in ("Aiko", "Ben"):
        town.hears(name, "Are you safe?")
        await town.taps(name, "I'm safe")
    town.hears("Sato", "still to reach", "Lena")
    town.hears_nothing()
    # The second round asks Lena again, not her people.
    await town.fast_forward(minutes=30)
    town.hears_nothing("Aiko", "Ben")
    town.ignores()


async def test_somebody_who_cannot_be_reached_releases_at_once(found: Founding) -> None:
    town = await begun(found, PEOPLE.replace("Sato: @HQ", "Sato: @HQ none"))
    town.hears("Mori", "Are you safe?")
    await town.taps("Mori", "I'm safe")
    town.hears("Mori", "still to reach", "Sato")
    for name in ("Lena", "Timo"):
        town.hears(name, "Are you safe?")
    town.hears_nothing()
    town.ignores()


async def test_a_lead_who_is_away_is_a_gap_and_does_not_stop_the_tree(found: Founding) -> None:
    town = await begun(found, PEOPLE.replace("Lena: @Plant", "Lena: @Plant away"))
    town.hears("Mori", "Are you safe?")
    await town.taps("Mori", "I'm safe")
    town.hears("Sato", "Are you safe?")
    await town.taps("Sato", "I'm safe")
    # Lena is asked for herself; her people do not wait for her.
    for name in ("Lena", "Timo", "Aiko", "Ben"):
        town.hears(name, "Are you safe?")
    town.hears_nothing()


async def test_people_whose_lead_is_not_among_those_asked_are_asked_at_once(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5, who="site:Plant", mode="cascade")
    town.hears("Mori", "Answered: 0 of 5")
    for name in ("Lena", "Timo"):
        town.hears(name, "Are you safe?")
    town.hears_nothing()
    await town.taps("Timo", "I'm safe")
    town.hears("Chen", "Are you safe?")


async def test_a_call_tree_of_one(found: Founding) -> None:
    town = await found(PEOPLE)
    key = town.people["Chen"].somebody.key
    await roll_call(town, "Mori", 1, who="list", people=key, mode="cascade")
    town.hears("Mori", "Answered: 0 of 1")
    town.hears("Chen", "Are you safe?")
    await town.taps("Chen", "I'm safe")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 1 of 1")


async def test_an_answer_on_behalf_releases_as_well(found: Founding) -> None:
    town = await begun(found)
    await town.taps("Mori", "I'm safe")
    town.ignores()
    await town.fast_forward(seconds=2)
    await town.taps("Mori", "Safe (by phone)", line="Sato", told="safe")
    for name in ("Lena", "Timo"):
        town.hears(name, "Are you safe?")
    town.hears_nothing()


async def test_those_never_asked_hear_of_no_all_clear(found: Founding) -> None:
    town = await begun(found)
    await town.taps("Mori", "I'm safe")
    town.ignores()
    await town.taps("Mori", "All clear: end it")
    await town.taps("Mori", "Skip", told="ended")
    for name in ("Mori", "Sato"):
        town.hears(name, "All clear")
    town.ignores("Mori")
    await town.fast_forward(hours=1)
    town.hears_nothing()
