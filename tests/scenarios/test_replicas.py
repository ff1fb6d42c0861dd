"""Two equal processes on one PostgreSQL share the work and double nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from bot import deliveries, phoning
from bot.door import Answered
from bot.events import Sender, Tapped
from tests.scenarios.launch import roll_call
from tests.scenarios.phones import Killed
from tests.scenarios.test_calling import ASK, SAFE, silent
from tests.town import Founding, Town

DATABASES = ("postgresql",)

PEOPLE = """
Mori: safety admin @HQ
  Lena: deputy=Dirk @Plant
    Aiko:
    Ben:
    Dirk:
  Omar: safety @HQ
"""


def crowd(size: int) -> str:
    """Mori and `size` people below."""
    return "Mori: safety @HQ\n" + "\n".join(f"  Nr{n}:" for n in range(1, size + 1))


async def two(found: Founding, people: str = PEOPLE) -> Town:
    """A town served by two processes."""
    town = await found(people, courier={"batch": 10})
    town.open_house("east")
    return town


async def test_every_card_goes_out_once(found: Founding) -> None:
    town = await two(found, crowd(150))
    await roll_call(town, "Mori", 151)
    for name in town.people:
        assert town.heard(name, "Are you safe?") == 1, name
    await town.fast_forward(minutes=3, seconds=10)
    for name in town.people:
        assert town.heard(name, "Reminder") == 1, name
    both = await town.row(
        "SELECT count(DISTINCT writer) AS n FROM journal WHERE kind = 'card.delivered'"
    )
    assert both.n == 2
    town.ignores()


async def test_an_event_that_reaches_both_is_done_once(found: Founding) -> None:
    town = await two(found)
    await roll_call(town, "Mori", 6)
    town.ignores()
    for name in ("Aiko", "Ben", "Dirk"):
        tap = town.tap(name, town.button(name, "I need help"))
        said = await town.together(tap, tap)
        assert sorted(answer.repeat for answer in said) == [False, True], name
        assert said[0].text == said[1].text
    lines = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'checkin.answered'")
    pages = await town.row("SELECT count(*) AS n FROM asks WHERE kind = 'page'")
    # Lena, Mori and Omar for each of the three.
    assert (lines.n, pages.n) == (3, 9)
    town.ignores()


async def test_two_who_take_it_through_different_processes_are_not_both_told_it_is_theirs(
    found: Founding,
) -> None:
    town = await two(found)
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "roof", told=None)
    await town.taps("Aiko", "Nobody", told=None)
    town.ignores()
    button = town.button("Lena", "I take it")
    said = await town.together(*(town.tap(name, button) for name in ("Lena", "Mori", "Omar")))
    assert sum("It is yours" in answer.text for answer in said) == 1
    assert town.heard("Aiko", "taking care of your report") == 1
    town.ignores()


async def free(town: Town, statement: str, **values: object) -> int:
    """How many rows of a query nobody holds."""
    async with town.house.store.look() as look:
        held = text(f"{statement} FOR UPDATE SKIP LOCKED")
        return len((await look.conn.execute(held, values)).all())


async def waits_for_a_lock(town: Town) -> None:
    """Returns once somebody waits for what somebody else holds."""
    waiting = "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    async with asyncio.timeout(20):
        while not (await town.row(waiting)).n:
            await asyncio.sleep(0.02)


async def test_whoever_takes_a_cry_holds_the_check_in_before_its_pages(found: Founding) -> None:
    """As whoever answers does: otherwise each of two processes may hold what the other wants."""
    town = await two(found)
    await roll_call(town, "Mori", 6)
    await town.taps("Aiko", "I need help")
    town.ignores()
    tap = town.tap("Omar", town.button("Omar", "I take it"))
    ask = town.button("Omar", "I take it").removeprefix("take:help:")
    pages = "SELECT id FROM asks WHERE about = :about"
    async with town.houses[1].store.write() as work:
        assert await work.ask(ask) is not None
        taking = asyncio.create_task(town.house.engine.handle(tap))
        await waits_for_a_lock(town)
        assert await free(town, pages, about=f"help:{ask}") == 3
    assert "It is yours" in (await taking).text
    await town.settle()
    town.ignores()


async def test_whoever_takes_a_report_holds_the_incident_before_its_pages(
    found: Founding,
) -> None:
    town = await two(found)
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "roof", told=None)
    await town.taps("Aiko", "Nobody", told=None)
    town.ignores()
    button = town.button("Lena", "I take it")
    incident = button.removeprefix("take:incident:")
    pages = "SELECT id FROM asks WHERE about = :about"
    async with town.houses[1].store.write() as work:
        assert await work.incident(incident) is not None
        taking = asyncio.create_task(town.house.engine.handle(town.tap("Lena", button)))
        await waits_for_a_lock(town)
        assert await free(town, pages, about=f"incident:{incident}") == 3
    assert "It is yours" in (await taking).text
    await town.settle()
    town.ignores()


async def test_answers_through_both_at_once_are_all_counted(found: Founding) -> None:
    town = await two(found, crowd(60))
    await roll_call(town, "Mori", 61)
    town.ignores()
    taps = [town.tap(name, town.button(name, "I'm safe")) for name in town.people]
    said = await town.together(*taps)
    assert not any(answer.problem for answer in said)
    await town.fast_forward(seconds=3)
    town.sees("Mori", "Answered: 61 of 61")
    town.ignores()


async def test_an_answer_races_its_own_deadline(found: Founding) -> None:
    """Whichever comes first, the other does no harm."""
    town = await two(found, crowd(40))
    await roll_call(town, "Mori", 41)
    town.ignores()
    buttons = {name: town.button(name, "I'm safe") for name in town.people}
    await town.fast_forward(minutes=2, seconds=55)
    east = town.houses[1].engine
    west = town.houses[0].engine
    taps = [west.handle(town.tap(name, button)) for name, button in buttons.items()]
    town.clock.at_least(await town.next_due())
    said, *_ = await asyncio.gather(asyncio.gather(*taps), east.come_due(), east.come_due())
    assert not any(answer.problem for answer in said)
    await town.settle()
    left = await town.row("SELECT count(*) AS n FROM asks WHERE answer <> 'safe'")
    assert left.n == 0
    await town.fast_forward(minutes=20)
    late = await town.row("SELECT count(*) AS n FROM asks WHERE due_at IS NOT NULL")
    assert late.n == 0
    town.ignores()


async def test_the_other_takes_over_when_one_is_killed_between_sending_and_marking(
    found: Founding,
) -> None:
    town = await two(found, crowd(30))
    answers = {"drill": "real", "who": "everyone", "words": "Gas", "mode": "broadcast"}
    await town.house.engine.handle(town.page("Mori", "rollcall", answers | {"confirm": "31"}))
    await town.house.engine.come_due()
    town.phones.kills = 1
    killed = town.houses.pop(0)

    def saves_nothing_more(**_: object) -> None:
        raise Killed

    town.phones.at_death = lambda: setattr(killed.store, "write", saves_nothing_more)
    try:
        await killed.courier.drain()
    except Killed:
        await asyncio.sleep(0.05)
    town.bury(killed)
    await town.fast_forward(minutes=1, seconds=5)
    assert all(town.heard(name, "Are you safe?") for name in town.people)
    # Only what the one that died had in hand goes out again.
    phones = (person.phone for person in town.people.values())
    again = [len(p.messages) - len({m.posted for m in p.messages}) for p in phones]
    assert 1 <= sum(again) <= 10
    town.ignores()


async def test_a_cascade_is_released_whichever_process_hears_the_answer(found: Founding) -> None:
    town = await two(found)
    await roll_call(town, "Mori", 6, mode="cascade")
    tap = town.tap("Mori", town.button("Mori", "I'm safe"))
    await town.happens(tap, town.houses[1])
    for name in ("Lena", "Omar"):
        town.hears(name, "Are you safe?")
    tap = town.tap("Lena", town.button("Lena", "I'm safe"))
    await town.happens(tap, town.houses[0])
    for name in ("Aiko", "Ben", "Dirk"):
        town.hears(name, "Are you safe?")
    town.ignores("Mori", "Omar")


async def test_called_off_on_one_while_the_other_is_still_spreading_it(found: Founding) -> None:
    town = await two(found, crowd(1500))
    answers = {"drill": "real", "who": "everyone", "words": "Gas", "mode": "broadcast"}
    await town.house.engine.handle(town.page("Mori", "rollcall", answers | {"confirm": "1501"}))
    west, east = (house.engine for house in town.houses)
    call = await town.row("SELECT id FROM rollcalls")
    end = town.page("Mori", "calloff", {"words": ""}, about=f"rollcall:{call.id}")
    await west.come_due()
    await asyncio.gather(west.come_due(), east.handle(end))
    await town.settle()
    state = await town.row("SELECT state, due_at FROM rollcalls")
    assert (state.state, state.due_at) == ("cancelled", None)
    open_ = await town.row("SELECT count(*) AS n FROM asks WHERE standing <> 'withdrawn'")
    assert open_.n == 0
    assert not any(town.heard(name, "Are you safe?") for name in town.people)
    town.ignores()


async def test_each_keeps_a_chain_of_its_own_in_the_journal(found: Founding) -> None:
    town = await two(found)
    for number, name in enumerate(("Aiko", "Ben", "Lena", "Omar")):
        await town.happens(town.line(name, "menu"), town.houses[number % 2])
    writers = await town.row("SELECT count(*) AS n FROM writers WHERE seq > 0")
    assert writers.n == 2
    town.ignores()


async def test_a_result_and_the_end_of_its_hand_out_do_not_block_each_other(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await silent(found, 3)
    button = town.button("Lena", SAFE, on=ASK, line="P00")
    town.ignores()
    store, engine = town.house.store, town.house.engine
    async with store.write() as work:
        await work.conn.execute(text("UPDATE asks SET due_at = 1 WHERE kind = 'call'"))
        await work.flush()
    inside, lost, left_of = asyncio.Event(), [], phoning.left_of

    async def once_the_tap_waits(*about: Any) -> Any:
        inside.set()
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        async with store.look() as look:
            while not (await look.conn.execute(waiting)).scalar():
                await asyncio.sleep(0.01)
        return await left_of(*about)

    def lost_race(problem: Exception) -> bool:
        lost.append(problem)
        return deliveries.lost_race(problem)

    async def tap() -> Answered:
        await inside.wait()
        sender = Sender("web", str(town.people["Lena"].id))
        return await engine.handle(Tapped("web:late:1", sender, button))

    monkeypatch.setattr(phoning, "left_of", once_the_tap_waits)
    monkeypatch.setattr("bot.engine.lost_race", lost_race)
    async with asyncio.timeout(30):
        _, told = await asyncio.gather(engine.come_due(), tap())
    assert (lost, told.problem) == ([], False)
    # What is free again is handed on a moment later.
    await town.fast_forward(seconds=2)
    town.ignores()
