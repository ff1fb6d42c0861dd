"""The classical call tree: whoever answers, or falls silent, releases the people below."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot import due
from storage import staff
from storage.instants import micros
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
    await town.taps("Mori", "End it, nothing to add", told="ended")
    for name in ("Mori", "Sato"):
        town.hears(name, "All clear")
    town.ignores("Mori")
    await town.fast_forward(hours=1)
    town.hears_nothing()


async def going_out(found: Founding, monkeypatch: pytest.MonkeyPatch, people: str = PEOPLE) -> Town:
    """A call tree of which the first two people, Mori and Sato, have been asked so far."""
    monkeypatch.setattr(due, "SPREAD", 2)
    town = await found(people)
    answers = {"drill": "real", "who": "everyone", "words": "Gas", "mode": "cascade"}
    await town.house.engine.handle(town.page("Mori", "rollcall", answers | {"confirm": "7"}))
    assert await town.house.engine.come_due() == 2
    return town


async def leaves_at_once(town: Town, name: str) -> None:
    """Somebody leaves before the house does anything else."""
    async with town.house.store.write() as work:
        await staff.remove(work, [town.people[name].somebody.key])


async def test_people_of_a_lead_who_left_while_it_went_out_are_asked_all_the_same(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await going_out(found, monkeypatch)
    await leaves_at_once(town, "Lena")
    await town.settle()
    town.hears("Mori", "Answered: 0 of")
    town.hears("Mori", "Are you safe?")
    # Lena has no question of her own, and so will never answer it.
    for name in ("Aiko", "Ben"):
        town.hears(name, "Are you safe?")
    town.hears_nothing()
    held = await town.row("SELECT count(*) AS n FROM asks WHERE standing = 'held'")
    assert held.n == 3
    for name, below in (("Mori", ["Sato"]), ("Sato", ["Timo"]), ("Timo", ["Chen"])):
        await town.taps(name, "I'm safe")
        for asked in below:
            town.hears(asked, "Are you safe?")
        town.hears_nothing()


async def test_a_whole_batch_that_has_left_does_not_end_the_rest_of_a_branch(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tree of another replica may be a moment older than the people."""
    monkeypatch.setattr(due, "SPREAD", 2)
    town = await found("Mori: safety\n" + "\n".join(f"  Nr{n}:" for n in range(1, 8)))
    under = f"under:{town.people['Mori'].id}"
    answers = {"drill": "real", "who": under, "words": "Gas", "mode": "broadcast"}
    await town.house.engine.handle(town.page("Mori", "rollcall", answers | {"confirm": "7"}))
    gone = [town.people[name].id for name in ("Nr3", "Nr4", "Nr6")]
    async with town.house.store.write() as work:
        leave = text("UPDATE people SET left_at = :now WHERE id IN (:a, :b, :c)")
        values = dict(zip("abc", gone, strict=True))
        await work.conn.execute(leave, {"now": micros(work.now), **values})
    await town.settle()
    for name in ("Nr1", "Nr2", "Nr5", "Nr7"):
        town.hears(name, "Are you safe?")
    town.ignores("Mori")
    town.hears_nothing()
