"""Thousands are asked, and whoever needs help does not wait behind them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import due
from tests.scenarios.launch import roll_call
from tests.town import Founding

SIZE = 3000


def people() -> str:
    """3,000 people in 30 teams, each with a lead."""
    lines = ["Mori: safety admin @HQ web"]
    for team in range(30):
        lines.append(f"  Lead{team}: @Plant{team % 3} #Team{team}")
        lines += [f"    P{team}-{n}:" for n in range(1, SIZE // 30)]
    return "\n".join(lines)


async def test_three_thousand_spread_in_batches_and_a_cry_overtakes_the_queue(
    found: Founding,
) -> None:
    town = await found(people(), lanes={"phone": {"rate": 500, "burst": 500}})
    engine = town.house.engine
    answers = {"drill": "real", "who": "everyone", "words": "Earthquake", "mode": "broadcast"}
    await engine.handle(town.page("Mori", "rollcall", answers | {"confirm": str(SIZE + 1)}))
    # A batch of people a transaction, so that nobody waits behind all of them.
    assert [await engine.come_due() for _ in range(4)] == [2000, 1001, 0, 0]
    began = town.clock.now()
    await town.settle()
    # The burst, and what the lane gives out in the moment this took; not one more.
    passed = (town.clock.now() - began).total_seconds()
    assert 500 <= len(town.phones.handed) <= 500 + int(500 * passed)

    town.hears("P0-1", "Are you safe?")
    sent = len(town.phones.handed)
    await engine.handle(town.tap("P0-1", town.button("P0-1", "I need help")))
    await town.fast_forward(seconds=0.02)
    first = town.phones.handed[sent]
    assert first == town.people["Lead0"].somebody.address("phone")
    town.hears("Lead0", "P0-1 needs help")
    town.hears("Mori", "P0-1 needs help")

    await town.fast_forward(seconds=8)
    assert all(town.heard(name, "Are you safe?") == 1 for name in town.people)
    await town.taps("Lead0", "I take it", told="yours")
    for name in ("P0-1", "P29-99", "Lead7"):
        await town.taps(name, "I'm safe", told="you are safe")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 3 of 3,001")
    town.ignores()


async def test_news_goes_out_before_old_cards_are_drawn_again(found: Founding) -> None:
    crowd = "\n".join(f"  Nr{n}:" for n in range(1, 31))
    town = await found(f"Mori: safety web\n{crowd}", lanes={"phone": {"rate": 10, "burst": 30}})
    await roll_call(town, "Mori", 31)
    await town.fast_forward(seconds=10)
    town.ignores()
    await town.taps("Mori", "All clear: end it")
    await town.taps("Mori", "End it, nothing to add", told="ended")
    await town.says("Nr30", "fire!", told="Sent")
    await town.fast_forward(seconds=1)
    assert all(town.heard(f"Nr{n}", "All clear") == 1 for n in range(1, 31))
    town.hears("Nr30", "Where?")
    await town.fast_forward(seconds=10)
    town.sees("Nr1", "Are you safe?", "has ended")
    town.ignores()


async def test_forty_silent_people_are_one_card_of_pages_for_their_lead(found: Founding) -> None:
    crowd = "\n".join(f"    Nr{n:02}:" for n in range(1, 41))
    town = await found(f"Mori: safety web\n  Lena: phone\n{crowd}\n")
    await roll_call(town, "Mori", 42)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    town.ignores()
    await town.fast_forward(minutes=9, seconds=10)
    town.hears("Lena", "40 of 40 still to reach", "1 to 8 of 40", "Nr01", "Nr08", lacks=["Nr09"])
    town.hears_nothing("Lena")
    await town.taps("Lena", "Next 8")
    town.hears("Lena", "9 to 16 of 40", "Nr09", "Nr16")
    silent = [f"Nr{n:02}" for n in range(1, 41)]
    await town.together(*(town.tap(name, town.button(name, "I'm safe")) for name in silent))
    await town.fast_forward(seconds=2)
    town.sees("Lena", "all 40 people are accounted for")
    town.ignores()


async def test_whoever_answers_while_the_tree_is_still_being_written_releases_everyone(
    found: Founding,
) -> None:
    """A tree of more people than one transaction writes: the top answers after the first."""
    crowd = "\n".join(f"  Nr{n}:" for n in range(1, 2101))
    town = await found(f"Mori: safety @HQ\n{crowd}\n")
    answers = {"drill": "real", "who": "everyone", "words": "Gas", "mode": "cascade"}
    launch = town.page("Mori", "rollcall", answers | {"confirm": "2101"})
    engine = town.house.engine
    await engine.handle(launch)
    assert await engine.come_due() == 2000
    await town.house.courier.drain()
    town.hears("Mori", "Are you safe?")
    await engine.handle(town.tap("Mori", town.button("Mori", "I'm safe")))
    await town.settle()
    held = await town.row("SELECT count(*) AS n FROM asks WHERE standing = 'held'")
    assert held.n == 0
    assert all(town.heard(f"Nr{n}", "Are you safe?") == 1 for n in range(1, 2101))
    town.ignores()


async def test_what_is_real_comes_due_before_a_drill_that_was_due_earlier(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "DUE", 3)
    patient = {"serious": {"first_reminder": "3m", "remind_every": "3m"}}
    crowd = "\n".join(f"  Nr{n}:" for n in range(1, 6))
    town = await found(f"Mori: safety web\n{crowd}", policy=patient)
    under = f"under:{town.people['Mori'].id}"
    drill = await roll_call(town, "Mori", 5, who=under, drill=True)
    await town.fast_forward(seconds=30)
    real = await roll_call(town, "Mori", 5, who=under)
    town.ignores()
    town.clock.turn(timedelta(minutes=5))
    reminded = "SELECT sum(reminders) AS n FROM asks WHERE about = :about"
    seen = []
    for _ in range(4):
        await town.house.engine.come_due()
        calls = (real, drill)
        seen.append([(await town.row(reminded, about=f"rollcall:{c}")).n for c in calls])
    assert seen == [[3, 0], [5, 1], [5, 4], [5, 5]]
    await town.settle()
    town.ignores()


async def test_a_real_roll_call_goes_out_before_a_drill_that_was_launched_earlier(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "SPREAD", 2)
    crowd = "\n".join(f"  Nr{n}:" for n in range(1, 6))
    town = await found(f"Mori: safety web\n{crowd}")
    given = {"who": "everyone", "words": "Gas", "mode": "broadcast"}
    for answers in ({"drill": "drill", "start": "start"}, {"drill": "real", "confirm": "6"}):
        await town.house.engine.handle(town.page("Mori", "rollcall", given | answers))
        await town.house.engine.come_due()
    for _ in range(2):
        await town.house.engine.come_due()
    asked = "SELECT count(*) AS n FROM asks JOIN rollcalls ON about = 'rollcall:' || rollcalls.id"
    counts = [(await town.row(f"{asked} WHERE rollcalls.drill = {d}")).n for d in ("false", "true")]
    assert counts == [6, 2]
    await town.settle()
    town.ignores()
