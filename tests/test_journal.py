"""The journal: whatever is changed, cut out, cut off or moved is found and named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.app import House, open_store
from bot.events import Sender, Wrote
from bot.look import CouldNotSave
from bot.outcomes import Entry
from bot.ports import SeededIds
from bot.roster import Entry as Line
from bot.roster import Roster
from storage import feed, journal, staff
from storage.journal import GENESIS, Verdict, link
from storage.store import Store
from tests.databases import settings_for
from tests.scenarios.phones import TownClock

Keeping = Callable[..., Store]


@pytest.fixture
async def keeping(database: str) -> AsyncIterator[Keeping]:
    """Opens stores on one database, each a writer of its own."""
    opened: list[Store] = []

    def keep(writer: str = "server") -> Store:
        opened.append(open_store(settings_for(database), TownClock(), writer=writer))
        return opened[-1]

    yield keep
    for store in opened:
        await store.close()


async def write(store: Store, *kinds: str, event: str = "", reply: str = "") -> None:
    async with store.write() as work:
        work.record([Entry(kind, "ask:a", 1, 2, {"n": 1}) for kind in kinds], event, reply)
        await work.flush()


async def verdict(store: Store) -> Verdict:
    async with store.look() as look:
        return await journal.verify(look.conn)


async def tamper(store: Store, *statements: str) -> None:
    async with store.write() as work:
        for statement in statements:
            found = await work.conn.exec_driver_sql(statement)
            assert found.rowcount > 0, statement


async def test_an_empty_journal_holds(keeping: Keeping) -> None:
    assert (await verdict(keeping())).broken == ()


async def test_what_is_written_verifies_in_another_process(keeping: Keeping) -> None:
    await write(keeping(), "a", "b")
    await write(keeping(), "c", event="e:1", reply="r")
    assert await verdict(keeping()) == Verdict(lines=3, writers=1, broken=())


async def test_a_line_is_kept_as_it_was(keeping: Keeping) -> None:
    store = keeping()
    await write(store, "checkin.answered", "second", event="e:1", reply='["ok",{},false]')
    async with store.look() as look:
        rows = (await look.conn.execute(text("SELECT * FROM journal ORDER BY seq"))).all()
    first, second = rows
    assert (first.kind, first.about, first.person, first.behalf) == (
        "checkin.answered",
        "ask:a",
        1,
        2,
    )
    assert (first.event, first.reply, first.data) == ("e:1", '["ok",{},false]', '{"n":1}')
    assert (second.event, second.reply) == (None, ""), "the first line alone carries the event"


FIVE = tuple("abcde")

TAMPERED = {
    "a changed kind": (["UPDATE journal SET kind = 'x' WHERE seq = 3"], "server:3"),
    "a changed person": (["UPDATE journal SET person = 9 WHERE seq = 2"], "server:2"),
    "on whose behalf": (["UPDATE journal SET behalf = NULL WHERE seq = 1"], "server:1"),
    "a changed time": (["UPDATE journal SET at = at + 1 WHERE seq = 4"], "server:4"),
    "a changed answer": (["UPDATE journal SET data = '{\"n\":2}' WHERE seq = 5"], "server:5"),
    "a changed reply": (["UPDATE journal SET reply = 'x' WHERE seq = 5"], "server:5"),
    "a changed event": (["UPDATE journal SET event = 'x' WHERE seq = 2"], "server:2"),
    "a line cut out": (["DELETE FROM journal WHERE seq = 3"], "server:4"),
    "the first cut off": (["DELETE FROM journal WHERE seq = 1"], "server:2"),
    "the last cut off": (["DELETE FROM journal WHERE seq = 5"], "server:5"),
    "all but the first cut off": (["DELETE FROM journal WHERE seq > 1"], "server:2"),
    "all of it gone": (["DELETE FROM journal"], "server:1"),
    "the head forgotten": (["DELETE FROM writers WHERE name = 'server'"], "server:6"),
    "the head set back": (
        [
            "DELETE FROM journal WHERE seq = 5",
            "UPDATE writers SET seq = 4 WHERE name = 'server'",
        ],
        "server:5",
    ),
    "two lines swapped": (
        [
            "UPDATE journal SET seq = 99 WHERE seq = 2",
            "UPDATE journal SET seq = 2 WHERE seq = 3",
            "UPDATE journal SET seq = 3 WHERE seq = 99",
        ],
        "server:2",
    ),
    "a line moved to another writer": (
        ["UPDATE journal SET writer = 'other' WHERE seq = 5"],
        "other:5",
    ),
    "a line slipped in": (
        [
            "INSERT INTO journal (writer, seq, at, kind, hash)"
            " SELECT writer, 6, at, kind, hash FROM journal WHERE seq = 5"
        ],
        "server:6",
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
async def test_tampering_is_found_and_named(keeping: Keeping, how: str) -> None:
    store = keeping()
    await write(store, *FIVE)
    assert (await verdict(store)).broken == ()
    statements, place = TAMPERED[how]
    await tamper(store, *statements)
    assert place in (await verdict(store)).broken


async def test_one_broken_chain_leaves_the_others_whole(keeping: Keeping) -> None:
    for writer in ("north", "south", "east"):
        await write(keeping(writer), *FIVE)
    store = keeping("north")
    await tamper(store, "UPDATE journal SET kind = 'x' WHERE seq = 2 AND writer = 'south'")
    found = await verdict(store)
    assert (found.writers, found.broken) == (3, ("south:2",))


async def test_writers_at_once_each_keep_a_chain(keeping: Keeping) -> None:
    stores = [keeping(f"replica-{n}") for n in range(4)]
    await asyncio.gather(
        *(
            write(store, "a", "b", event=f"{store.options.writer}:{n}")
            for store in stores
            for n in range(10)
        )
    )
    assert await verdict(stores[0]) == Verdict(lines=80, writers=4, broken=())


async def test_two_processes_under_one_name_share_a_chain(keeping: Keeping) -> None:
    first, second = keeping(), keeping()
    await write(first, "a")
    await asyncio.gather(*(write(store, "b", "c") for store in (first, second) for _ in range(10)))
    assert await verdict(first) == Verdict(lines=41, writers=1, broken=())


async def test_word_that_a_writer_is_alive_does_not_touch_its_chain(keeping: Keeping) -> None:
    store = keeping()
    for _ in range(2):
        async with store.write() as work:
            await feed.alive(work.conn, "server", work.now)
        await write(store, *FIVE)
    assert await verdict(store) == Verdict(lines=10, writers=1, broken=())


async def test_a_transaction_taken_back_leaves_no_gap(keeping: Keeping) -> None:
    store = keeping()
    await write(store, "a")

    async def fail() -> None:
        async with store.write() as work:
            work.record([Entry("b")], "e:1")
            await work.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    await write(store, "c", event="e:1")
    assert await verdict(store) == Verdict(lines=2, writers=1, broken=())


# --- repeats ----------------------------------------------------------------------------------


async def test_an_event_seen_before_is_found_with_the_reply_given_then(keeping: Keeping) -> None:
    store = keeping()
    await write(store, "a", "b", event="slack:1", reply="first")
    async with keeping().look() as look:
        assert await journal.seen(look.conn, ["slack:1", "slack:2"]) == {"slack:1": "first"}
        assert await journal.seen(look.conn, []) == {}


async def test_the_same_event_cannot_be_journalled_twice(keeping: Keeping) -> None:
    await write(keeping("north"), "a", event="slack:1")
    with pytest.raises(CouldNotSave) as caught:
        await write(keeping("south"), "a", event="slack:1")
    assert caught.value.again
    assert await verdict(keeping()) == Verdict(lines=1, writers=1, broken=())


async def test_replicas_handed_the_same_event_at_once_do_it_once(database: str) -> None:
    """A platform that repeats a request may well repeat it to another replica."""
    houses = [
        House(settings_for(database), clock=TownClock(), ids=SeededIds(n), writer=f"replica-{n}")
        for n in range(3)
    ]
    ann = Line(1, "1", "Ann", "en", "UTC", "", "", None, None, frozenset(), False, (("web", ""),))
    async with houses[0].store.write() as work:
        roster = Roster(entries=(ann,), added=("1",), fields=frozenset({"contacts"}))
        await staff.take_over(work, roster, leave=False)
    try:
        for number in range(10):
            event = Wrote(f"web:{number}", Sender("web", "1"), "status")
            said = await asyncio.gather(*(h.engine.handle(event) for h in houses for _ in range(2)))
            assert [answered.repeat for answered in said].count(False) == 1
            assert len({answered.text for answered in said}) == 1
        found = await verdict(houses[0].store)
        assert (found.lines, found.broken) == (10, ())
    finally:
        for house in houses:
            await house.store.close()


# --- the hash ---------------------------------------------------------------------------------

TEXT = st.text(max_size=20)
LINES = st.builds(
    journal.Line,
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(1971, 1, 1)),  # noqa: DTZ001
    kind=TEXT,
    about=TEXT,
    person=st.none() | st.integers(0, 2**40),
    behalf=st.none() | st.integers(0, 2**40),
    data=TEXT,
    event=st.none() | TEXT,
    reply=TEXT,
)


@settings(deadline=None)
@given(LINES, LINES)
def test_two_lines_have_the_same_hash_only_if_they_are_the_same(
    one: journal.Line, other: journal.Line
) -> None:
    same = link(GENESIS, "w", 1, one) == link(GENESIS, "w", 1, other)
    assert same == (one == other)


def test_a_hash_tells_its_place() -> None:
    line = journal.Line(datetime(2026, 3, 11, tzinfo=UTC), "a")
    places = [(GENESIS, "w", 1), (GENESIS, "w", 2), (GENESIS, "v", 1), (bytes([1] * 32), "w", 1)]
    assert len({link(previous, writer, seq, line) for previous, writer, seq in places}) == 4
