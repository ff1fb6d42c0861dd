"""Whoever leaves the organisation leaves nothing undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import checkins, incidents
from storage import staff
from tests.scenarios.folk import folk, roster
from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin web
  Sato: web
    Lena: deputy=Dirk
      Aiko: web
      Ben: ja
      Dirk: web
Rita: responder
"""


async def reported(found: Founding, taker: str = "Lena") -> Town:
    """Aiko has reported a fire, and somebody has taken it."""
    town = await found(PEOPLE)
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "roof", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.ignores()
    await town.presses(taker, town.button("Lena", "I take it"), told="It is yours")
    town.ignores()
    return town


async def cried(found: Founding, name: str = "Aiko", taker: str = "Lena") -> Town:
    """Everybody is safe but one, and somebody has taken that."""
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 7)
    for other in town.people:
        await town.presses(other, await answer(town, other, "safe"))
    await town.presses(name, await answer(town, name, "help"))
    town.ignores()
    await town.presses(taker, town.button("Mori", "I take it"), told="It is yours")
    town.ignores()
    return town


async def answer(town: Town, name: str, said: str) -> str:
    asked = "SELECT id FROM asks WHERE person = :p AND kind = 'check-in'"
    return f"ask:{(await town.row(asked, p=town.people[name].id)).id}:{said}"


async def entries(town: Town, kind: str) -> int:
    count = "SELECT count(*) AS n FROM journal WHERE kind = :kind"
    return int((await town.row(count, kind=kind)).n)


async def test_a_report_whose_taker_has_left_is_paged_again_and_its_reporter_hears_so(
    found: Founding,
) -> None:
    town = await reported(found)
    await town.leaves("Lena")
    for name in ("Dirk", "Mori"):
        town.hears(name, "Fire: roof", "Nobody has taken it yet", "Lena: has left, others")
    town.hears("Aiko", "Lena can no longer deal with your report. Somebody else is being called")
    town.hears_nothing()
    assert await entries(town, "incident.taker-left") == 1
    await town.fast_forward(minutes=3, seconds=10)
    for name in ("Dirk", "Mori"):
        town.hears(name, "Fire: roof")
    await town.taps("Dirk", "I take it", told="It is yours")
    town.ignores("Dirk")
    town.hears("Aiko", "Dirk is taking care of your report")
    await town.fast_forward(hours=2)
    town.hears_nothing()


async def test_a_cry_whose_taker_has_left_is_paged_again_and_its_person_hears_so(
    found: Founding,
) -> None:
    town = await cried(found, "Ben")
    town.sees("Mori", "Ben needs help", "Lena is taking care of it")
    await town.leaves("Lena")
    for name in ("Dirk", "Mori"):
        town.hears(name, "Ben needs help", buttons=["I take it", "Now safe"])
    town.hears("Ben", "Lenaさんは対応できなくなりました")
    town.hears_nothing()
    assert await entries(town, "cry.taker-left") == 1
    await town.taps("Mori", "I take it", on="Ben needs help", told="It is yours")
    town.hears("Ben", "Moriさんが対応しています")
    await town.fast_forward(hours=2)
    town.ignores("Mori")
    town.hears_nothing()


async def test_it_is_paged_again_by_whichever_process_runs_next(found: Founding) -> None:
    town = await reported(found)
    async with town.house.store.write() as work:
        await staff.remove(work, [town.people["Lena"].somebody.key])
    town.reopen()
    await town.looks()
    town.hears("Dirk", "Fire: roof", "Nobody has taken it yet")
    await town.looks()
    assert await entries(town, "incident.taker-left") == 1
    town.ignores()


async def test_a_staff_list_without_the_taker_pages_again_too(found: Founding) -> None:
    town = await reported(found, taker="Rita")
    listed = roster(folk(PEOPLE))
    keys = [person.key for person in folk(PEOPLE) if person.name == "Rita"]
    async with town.house.store.write() as work:
        given = replace(listed, added=(), leaving=tuple(keys), fields=frozenset())
        await staff.take_over(work, given, leave=True)
    await town.looks()
    for name in ("Lena", "Mori"):
        town.hears(name, "Fire: roof", "Nobody has taken it yet")
    town.ignores("Aiko")


async def test_one_that_cannot_be_decided_holds_up_no_other(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await cried(found)
    await town.says("Dirk", "fire!", told="Sent")
    await town.says("Dirk", "roof", told="Added")
    await town.taps("Dirk", "Nobody", told="Added")
    await town.taps("Lena", "I take it", on="Fire: roof", told="It is yours")
    town.ignores()
    monkeypatch.setattr(incidents, "left", lambda *_: 1 / 0)
    town.faults_expected = {"leaver.undecided"}
    await town.leaves("Lena")
    town.hears("Mori", "Aiko needs help")
    assert await entries(town, "leaver.undecided") == 1
    town.ignores()


@pytest.mark.parametrize("what", ["report", "cry"])
async def test_what_comes_back_to_waiting_is_an_alarm_only_when_it_has_waited_from_then_on(
    found: Founding, what: str
) -> None:
    town = await (reported(found) if what == "report" else cried(found))
    await town.fast_forward(hours=3)
    town.ignores()
    await town.leaves("Lena")
    town.ignores()
    await town.house.watchman.round()
    await town.settle()
    town.hears_nothing()
    # Nobody takes it: reminders after 3 and 6 minutes, a step up at 9, 5 more for the next above.
    await town.fast_forward(minutes=15)
    town.ignores()
    await town.house.watchman.round()
    await town.settle()
    town.hears("Mori", "taken by nobody")
    town.hears_nothing()
    await town.fast_forward(hours=3)
    town.ignores()


@pytest.mark.parametrize("what", ["report", "cry"])
async def test_what_stays_with_somebody_who_has_left_is_an_alarm(
    found: Founding, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    town = await (reported(found) if what == "report" else cried(found))
    room = incidents if what == "report" else checkins
    monkeypatch.setattr(room, "left" if what == "report" else "help_left", lambda *_: 1 / 0)
    town.faults_expected = {"leaver.undecided"}
    await town.leaves("Lena")
    await town.house.watchman.round()
    await town.settle()
    town.hears_nothing()
    await town.fast_forward(minutes=10)
    await town.house.watchman.round()
    await town.settle()
    town.hears("Mori", "still with somebody who has left")


async def test_what_is_over_is_paged_no_more(found: Founding) -> None:
    town = await reported(found)
    await town.taps("Lena", "Close")
    await town.says("Lena", "put out", told="Closed")
    town.ignores()
    await town.leaves("Lena")
    town.hears_nothing()
    assert await entries(town, "incident.taker-left") == 0


async def test_a_cry_of_long_ago_is_history(found: Founding) -> None:
    town = await cried(found)
    await town.taps("Mori", "All clear: end it")
    await town.taps("Mori", "End it, nothing to add", told="ended")
    town.ignores()
    await town.fast_forward(days=8)
    await town.leaves("Lena")
    town.hears_nothing()


async def test_whoever_needed_help_and_has_left_is_looked_for_no_more(found: Founding) -> None:
    town = await cried(found)
    async with town.house.store.write() as work:
        await staff.remove(work, [town.people[n].somebody.key for n in ("Aiko", "Lena")])
    await town.looks()
    town.hears_nothing()
    assert await entries(town, "cry.taker-left") == 0


async def test_somebody_away_keeps_what_they_took(found: Founding) -> None:
    town = await reported(found)
    listed = roster(folk(PEOPLE.replace("Lena: deputy=Dirk", "Lena: deputy=Dirk away")))
    async with town.house.store.write() as work:
        keys = tuple(entry.key for entry in listed.entries)
        given = replace(listed, added=(), changed=keys, fields=frozenset())
        await staff.take_over(work, given, leave=False)
    away = await town.row("SELECT count(*) AS n FROM people WHERE away AND name = 'Lena'")
    assert away.n == 1
    await town.looks()
    town.hears_nothing()
    town.sees("Mori", "Fire: roof", "Lena")
    assert await entries(town, "incident.taker-left") == 0


async def test_what_had_climbed_to_somebody_who_leaves_goes_on_at_once(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 7)
    for name in town.people:
        if name != "Aiko":
            await town.presses(name, await answer(town, name, "safe"))
    town.ignores()
    await town.fast_forward(minutes=9, seconds=10)
    town.hears("Lena", "still to reach", "Aiko")
    town.ignores("Aiko")
    await town.leaves("Lena")
    await town.fast_forward(seconds=2)
    town.hears("Dirk", "still to reach", "Aiko")
    town.hears_nothing()
    # Somebody further up leaves before it is their turn: they are passed over.
    await town.leaves("Sato")
    town.clock.turn(timedelta(seconds=1))
    await town.fast_forward(minutes=5, seconds=10)
    town.hears("Mori", "still to reach", "Aiko")
    await town.presses("Aiko", await answer(town, "Aiko", "safe"))
    town.ignores()


async def test_a_page_that_had_climbed_to_somebody_who_leaves_goes_on_at_once(
    found: Founding,
) -> None:
    town = await found(PEOPLE.replace("Mori: safety admin web", "Mori: web"))
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "roof", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    await town.fast_forward(minutes=9, seconds=10)
    town.hears("Dirk", "Fire: roof")
    town.ignores()
    await town.leaves("Dirk")
    await town.fast_forward(seconds=2)
    town.hears("Sato", "Fire: roof")
    town.hears_nothing()
    await town.taps("Sato", "I take it")
    town.ignores()


UNREACHED = """
Mori: safety web
  Aiko: none
Kai: safety
Rita: responder
"""


@pytest.mark.parametrize("minutes", [1, 30], ids=["before nobody is left to ask", "after"])
async def test_people_nobody_reached_are_the_desks_when_the_launcher_leaves(
    found: Founding, minutes: int
) -> None:
    town = await found(UNREACHED)
    await roll_call(town, "Mori", 4)
    for name in ("Mori", "Kai", "Rita"):
        await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=minutes)
    town.ignores()
    await town.leaves("Mori")
    await town.fast_forward(seconds=2)
    town.hears("Kai", "One person still to reach", "Aiko")
    town.ignores()
    await town.looks()
    await town.fast_forward(minutes=20)
    town.hears_nothing()
    await town.taps("Kai", "Safe (by phone)", on="still to reach", told="Recorded")
    await town.fast_forward(seconds=2)
    town.sees("Kai", "Done", lacks=["Aiko"])
    town.ignores()


async def test_without_a_desk_the_deputy_of_the_launcher_calls_whom_nobody_reached(
    found: Founding,
) -> None:
    town = await found("Omar: admin deputy=Pia web\n  Pia:\nSato:\n  Aiko: none")
    await roll_call(town, "Omar", 4)
    for name in ("Omar", "Pia", "Sato"):
        await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=30)
    town.hears("Omar", "One person still to reach", "Aiko")
    town.ignores()
    await town.leaves("Omar")
    town.hears("Pia", "One person still to reach", "Aiko")
    await town.taps("Pia", "Safe (by phone)", told="Recorded")
    await town.fast_forward(seconds=2)
    town.sees("Pia", "Done", lacks=["Aiko"])
    town.ignores()


async def test_a_launcher_nobody_can_send_the_list_to_is_replaced_by_the_desk(
    found: Founding,
) -> None:
    town = await found("Omar: admin\nKai: safety\nAiko: none")
    town.phones.blocked.add(town.people["Omar"].somebody.address("phone"))
    await roll_call(town, "Omar", 3)
    await town.taps("Kai", "I'm safe")
    town.hears("Kai", "still to reach", "Aiko")
    town.ignores()
