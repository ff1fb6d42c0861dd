"""Thousands are asked, and whoever needs help does not wait behind them."""

from __future__ import annotations

from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

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
    town = await found(people(), lanes={"phone": {"rate": 100, "burst": 100}})
    engine = town.house.engine
    answers = {"drill": "real", "who": "everyone", "words": "Earthquake", "mode": "broadcast"}
    await engine.handle(town.page("Mori", "rollcall", answers | {"confirm": str(SIZE + 1)}))
    # A batch of people a transaction, so that nobody waits behind all of them.
    assert [await engine.come_due() for _ in range(4)] == [1000, 1000, 1000, 1]
    await town.settle()
    assert len(town.phones.handed) == 100

    town.hears("P0-1", "Are you safe?")
    await town.fast_forward(seconds=3)
    queued = SIZE - len(town.phones.handed)
    assert queued > 2000
    sent = len(town.phones.handed)
    await engine.handle(town.tap("P0-1", town.button("P0-1", "I need help")))
    await town.fast_forward(seconds=0.02)
    first = town.phones.handed[sent]
    assert first == town.people["Lead0"].somebody.address("phone")
    town.hears("Lead0", "P0-1 needs help")
    town.hears("Mori", "P0-1 needs help")

    await town.fast_forward(seconds=40)
    assert all(town.heard(name, "Are you safe?") == 1 for name in town.people)
    await town.taps("Lead0", "I take it", told="yours")
    for name in ("P0-1", "P29-99", "Lead7"):
        await town.taps(name, "I'm safe", told="you are safe")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 3 of 3,001")
    town.ignores()
    await town.taps("Mori", "All clear: end it")
    await town.taps("Mori", "Skip", told="ended")
    # The news goes first; that the old questions say so too can wait.
    await town.fast_forward(seconds=35)
    assert all(town.heard(name, "All clear\n") == 1 for name in town.people)
    await town.fast_forward(seconds=60)
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
    for n in range(1, 41):
        await town.happens(town.tap(f"Nr{n:02}", town.button(f"Nr{n:02}", "I'm safe")))
    await town.fast_forward(seconds=2)
    town.sees("Lena", "all 40 people are accounted for")
    town.ignores()
