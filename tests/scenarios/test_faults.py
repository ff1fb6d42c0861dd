"""What must not happen and does: the process dies, the clock jumps, an event breaks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot import handlers
from bot.handlers import Scene
from bot.look import CouldNotSave
from bot.outcomes import Outcome
from bot.views import views
from storage.work import Work
from tests.scenarios.launch import roll_call
from tests.scenarios.phones import Killed
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin @HQ web
  Lena: @Plant
    Aiko:
    Ben:
    Chen: web
"""


async def asked(found: Founding, people: str = PEOPLE) -> Town:
    town = await found(people)
    await roll_call(town, "Mori", 5)
    town.ignores()
    return town


# --- the process dies ------------------------------------------------------------------------


async def test_killed_between_sending_and_marking_repeats_at_most_one_message(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    town.phones.kills = 1
    with pytest.raises(Killed):
        await roll_call(town, "Mori", 5)
    await asyncio.sleep(0.05)
    sent = list(town.phones.handed)
    town.reopen()
    await town.settle()
    # Their cards are still claimed by the one that died, until its lease runs out.
    assert town.phones.handed == sent
    await town.fast_forward(minutes=1, seconds=5)
    copies = [town.phones.handed.count(address) for address in set(town.phones.handed)]
    assert len(copies) == 3
    assert max(copies) <= 2
    for name in ("Lena", "Aiko", "Ben"):
        await town.taps(name, "I'm safe", told="you are safe")
        # Every copy of it that is on record shows the answer.
        town.sees(name, "Are you safe?", "you are safe")
    town.ignores()


async def test_killed_while_a_roll_call_spreads_goes_on_where_it_stopped(found: Founding) -> None:
    crowd = "\n".join(f"  Nr{n}:" for n in range(1, 2201))
    town = await found(f"Mori: safety @HQ web\n{crowd}")
    answers = {"drill": "real", "who": "everyone", "words": "Gas", "mode": "broadcast"}
    event = town.page("Mori", "rollcall", answers | {"confirm": "2201"})
    await town.house.engine.handle(event)
    assert await town.house.engine.come_due() == 2000
    town.reopen()
    again = await town.house.engine.handle(event)
    assert again.repeat
    await town.settle()
    assert len(town.phones.handed) == len(set(town.phones.handed)) == 2200
    asks = await town.row("SELECT count(*) AS n, count(DISTINCT person) AS people FROM asks")
    assert (asks.n, asks.people) == (2201, 2201)
    town.ignores()


async def test_after_a_restart_a_form_and_a_roll_call_go_on(found: Founding) -> None:
    town = await asked(found)
    await town.says("Aiko", "there is a fire", told="Sent")
    town.hears("Aiko", "Where?")
    town.ignores()
    town.reopen()
    await town.says("Aiko", "Roof", told="Added")
    town.hears("Aiko", "Is anyone hurt?")
    await town.taps("Ben", "I'm safe", told="you are safe")
    await town.fast_forward(minutes=3, seconds=10)
    for name in ("Lena", "Aiko", "Chen", "Mori"):
        town.hears(name, "Are you safe?", "Reminder")
    town.ignores("Aiko", "Lena", "Mori")
    town.hears_nothing()


# --- the clock -------------------------------------------------------------------------------


async def test_the_clock_set_back_an_hour_loses_and_doubles_nothing(found: Founding) -> None:
    town = await asked(found)
    await town.fast_forward(minutes=3, seconds=10)
    for name in town.people:
        town.hears(name, "Are you safe?", "Reminder")
    town.clock.turn(-timedelta(hours=1))
    await town.settle()
    town.hears_nothing()
    for name in ("Aiko", "Chen"):
        await town.taps(name, "I'm safe", told="you are safe")
    await town.says("Ben", "I'm safe", told="you are safe")
    town.sees("Aiko", "Are you safe?", "you are safe")
    await town.fast_forward(hours=1, minutes=3)
    for name in ("Mori", "Lena"):
        town.hears(name, "Are you safe?", "Reminder 2")
    town.hears_nothing()


async def test_a_clock_set_back_does_not_make_anybody_too_fast(found: Founding) -> None:
    town = await asked(found, PEOPLE.replace(" web", ""))
    await town.taps("Aiko", "I'm safe")
    await town.fast_forward(seconds=2)
    town.clock.turn(-timedelta(hours=5))
    await town.taps("Aiko", "Not affected", told="not affected")
    await town.taps("Aiko", "I'm safe", told="you are safe")
    await town.fast_forward(seconds=2)


# --- one event breaks ------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A button that no handler survives."""

    async def breaks(scene: Scene, parts: list[str]) -> Outcome:
        raise ZeroDivisionError(parts[0])

    handlers.load()
    monkeypatch.setitem(handlers.TAPS, "breaks", breaks)


@pytest.mark.usefixtures("broken")
async def test_one_broken_event_of_a_batch_harms_no_other(found: Founding) -> None:
    town = await asked(found)
    town.faults_expected.add("event.failed")
    before, after = town.button("Aiko", "I'm safe"), town.button("Ben", "I'm safe")
    first, fault, last = await town.together(
        town.tap("Aiko", before), town.tap("Chen", "breaks:now"), town.tap("Ben", after)
    )
    assert (first.problem, last.problem) == (False, False)
    assert fault.problem
    assert "The fault is on record" in fault.text
    line = await town.row("SELECT person, data FROM journal WHERE kind = 'event.failed'")
    assert line.person == town.people["Chen"].id
    assert "ZeroDivisionError" in line.data
    town.sees("Aiko", "Are you safe?", "you are safe")
    town.sees("Ben", "Are you safe?", "you are safe")


@pytest.mark.usefixtures("broken")
async def test_a_broken_event_that_is_repeated_gets_the_same_answer(found: Founding) -> None:
    town = await asked(found)
    town.faults_expected.add("event.failed")
    event = town.tap("Chen", "breaks:now")
    first, again = await town.happens(event), await town.happens(event)
    assert again.repeat
    assert first.text == again.text


async def test_a_card_that_cannot_be_drawn_holds_up_no_other(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await found(PEOPLE, courier={"backoff": "1s", "attempts": 3})
    town.faults_expected.add("card.undrawable")

    async def fails(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(views()["tally"], "gather", fails)
    await roll_call(town, "Lena", 3, who=f"under:{town.people['Lena'].id}")
    for name in ("Aiko", "Ben", "Chen"):
        town.hears(name, "Are you safe?")
        await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=5)
    # Given up and on record, not tried for ever; and the contact is not to blame.
    lines = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'card.undelivered'")
    assert lines.n >= 1
    failing = await town.row("SELECT count(*) AS n FROM contacts WHERE failing <> ''")
    assert failing.n == 0
    town.ignores()


async def test_when_nothing_can_be_saved_the_sender_is_not_told_otherwise(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await asked(found)
    button = town.button("Aiko", "I'm safe")

    async def refuses(_self: object) -> None:
        raise CouldNotSave("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(Work, "flush", refuses)
        with pytest.raises(CouldNotSave, match="disk is full"):
            await town.house.engine.handle(town.tap("Aiko", button))
    answers = await town.row("SELECT count(*) AS n FROM asks WHERE answer <> ''")
    assert answers.n == 0
    # The platform repeats what was not acknowledged.
    await town.presses("Aiko", button, told="you are safe")


# --- people come and go ----------------------------------------------------------------------


async def test_whoever_leaves_is_nobodys_to_call(found: Founding) -> None:
    town = await asked(found)
    for name in ("Mori", "Lena", "Ben", "Chen"):
        await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=9, seconds=10)
    town.ignores()
    town.sees("Lena", "still to reach", "Aiko")
    await town.leaves("Aiko")
    await town.fast_forward(seconds=2)
    town.sees("Lena", "accounted for", lacks=["Aiko"])
    town.sees("Mori", "Answered: 4 of", lacks=["Aiko"])
    await town.fast_forward(hours=1)
    town.hears_nothing()
    waiting = await town.row("SELECT count(*) AS n FROM asks WHERE due_at IS NOT NULL")
    assert waiting.n == 0


async def test_a_page_to_somebody_who_leaves_goes_on_to_the_next_above(found: Founding) -> None:
    town = await found("Mori: web\n  Lena:\n    Aiko:")
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "roof", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.ignores()
    await town.leaves("Lena")
    town.hears("Mori", "Fire: roof", "Nobody has taken it yet")
    await town.taps("Mori", "I take it")
    town.hears("Aiko", "Mori")
    town.hears_nothing()
