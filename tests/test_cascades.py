"""Who is held in a call tree although nobody will ever release them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import open_store
from bot.asks import Ask, Kind, Policy, Standing
from bot.outcomes import Outcome
from bot.rollcalls import Mode, RollCall, Scope, State
from storage import cascades
from storage.store import Store
from tests.databases import settings_for
from tests.scenarios.phones import TownClock

NOW = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)
POLICY = Policy(180, 180, 2, 300)
CALL = RollCall(
    "r", "Fire", Scope.EVERYONE, (), Mode.CASCADE, False, POLICY, 1, NOW, state=State.OPEN
)
S = Standing


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = open_store(settings_for(database), TownClock())
    yield opened
    await opened.close()


def ask(person: int, standing: Standing, releaser: int | None = None, **moved: object) -> Ask:
    due = NOW + timedelta(minutes=3) if standing in (S.ASKED, S.CLIMBED) else None
    found = Ask(
        f"a{person}", Kind.CHECK_IN, CALL.about, person, (), POLICY, standing, due,
        releaser=releaser,
    )  # fmt: skip
    return replace(found, **moved)


async def stranded(store: Store, *asks: Ask, call: RollCall = CALL) -> tuple[list[int], int]:
    """Whom the roll call finds in need of release, and how many the watchman counts."""
    async with store.write() as work:
        await work.take(Outcome(save=[call, *asks]))
        await work.save()
        found = sorted(a.person for a in await work.stranded(call.about))
    async with store.look() as look:
        counted = (await look.conn.execute(cascades.strandings())).scalar()
    assert isinstance(counted, int)
    return found, counted


async def test_whoever_waits_for_somebody_who_is_asked_or_held_is_in_good_hands(
    store: Store,
) -> None:
    line = [ask(1, S.ASKED), ask(2, S.HELD, 1), ask(3, S.HELD, 2), ask(4, S.HELD, 1)]
    assert await stranded(store, *line) == ([], 0)


@pytest.mark.parametrize(
    "above",
    [
        ask(1, S.ANSWERED, answer="safe"),
        ask(1, S.CLIMBED, rung=1),
        ask(1, S.UNREACHED),
        ask(1, S.WITHDRAWN),
        ask(1, S.ASKED, round=2),
        ask(9, S.ASKED),
    ],
    ids=["answered", "climbed", "unreached", "withdrawn", "asked again", "not asked at all"],
)
async def test_the_top_of_a_branch_nobody_releases_is_found_and_releases_the_rest(
    store: Store, above: Ask
) -> None:
    branch = [ask(2, S.HELD, 1), ask(3, S.HELD, 2), ask(4, S.HELD, 2)]
    assert await stranded(store, above, *branch) == ([2], 1)


async def test_people_held_for_each_other_are_found_with_all_below(store: Store) -> None:
    circle = [ask(2, S.HELD, 3), ask(3, S.HELD, 2), ask(4, S.HELD, 3)]
    found, _ = await stranded(store, ask(1, S.ASKED), *circle, ask(5, S.HELD, 1))
    assert found == [2, 3, 4]


async def test_the_watchman_counts_none_while_it_still_goes_out_or_is_over(store: Store) -> None:
    held = ask(2, S.HELD, 1)
    goes_out = replace(CALL, state=State.LAUNCHING, due_at=NOW)
    assert await stranded(store, held, call=goes_out) == ([2], 0)
    assert await stranded(store, call=replace(CALL, state=State.CLOSED)) == ([2], 0)
    assert await stranded(store, call=CALL) == ([2], 1)
