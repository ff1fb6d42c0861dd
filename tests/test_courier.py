"""The courier over a real store: what is tried again when, what goes elsewhere, what is dropped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import structlog
from sqlalchemy import func, select, text

from bot.app import House
from bot.cards import Limits
from bot.channels import Gone, Lane, Paced, Parcel, Temporary
from bot.events import Sender, Submitted, Tapped
from bot.look import CouldNotSave
from bot.outcomes import Outcome, Priority, Refresh, Show
from bot.ports import SeededIds
from storage import journal, staff
from storage.instants import micros, moment
from storage.lanes import Pace
from storage.look import outbox, posts
from storage.scopes import contacts
from tests.databases import settings_for
from tests.scenarios.folk import folk, roster
from tests.scenarios.phones import TownClock

PEOPLE = """
Mori: safety phone
  Lena: phone mail
  Aiko: phone mail
"""
MORI, LENA, AIKO = 1, 2, 3
NEXT = text(
    "SELECT min(ready_at) AS at FROM outbox WHERE ready_at > :now"
    " UNION SELECT min(blocked_until) FROM lanes WHERE blocked_until > :now"
)
SECOND = timedelta(seconds=1)


class Fake:
    """A channel that keeps what it was handed, and fails as told."""

    def __init__(self, name: str, clock: TownClock) -> None:
        self.name = name
        self.limits = Limits()
        self.clock = clock
        self.tries: list[tuple[datetime, str]] = []
        self.handed: list[str] = []
        self.refreshed: list[str] = []
        self.fails: Callable[[Parcel], Exception | None] = lambda _: None
        self.meanwhile: Callable[[Parcel], Awaitable[object]] | None = None

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        await self._try(parcel)
        self.handed.append(parcel.address)
        return f"{self.name}-{len(self.handed)}"

    async def refresh(self, parcel: Parcel) -> None:
        await self._try(parcel)
        self.refreshed.append(parcel.reference)

    async def changed(self, people: object) -> None:
        raise AssertionError("only live channels are told")

    async def _try(self, parcel: Parcel) -> None:
        self.tries.append((self.clock.now(), parcel.address))
        fault = self.fails(parcel)
        if fault is not None:
            raise fault
        if self.meanwhile is not None:
            await self.meanwhile(parcel)

    def fail_with(self, *faults: Exception) -> None:
        """These, each once, and then no more."""
        left = list(faults)
        self.fails = lambda _: left.pop(0) if left else None

    def waits(self) -> list[int]:
        """Whole seconds between the tries."""
        times = [at for at, _ in self.tries]
        return [round((b - a).total_seconds()) for a, b in pairwise(times)]


class Office:
    """A house with two channels, and a clock that stands still until it is turned."""

    def __init__(
        self, url: str, writer: str = "server", like: Office | None = None, **settings: Any
    ):
        self.clock = like.clock if like else TownClock()
        self.phone = like.phone if like else Fake("phone", self.clock)
        self.mail = like.mail if like else Fake("mail", self.clock)
        channels = {"phone": self.phone, "mail": self.mail}
        self.house = House(
            settings_for(url, **settings),
            clock=self.clock,
            ids=SeededIds(1),
            writer=writer,
            channels=channels,
        )

    async def move_in(self, people: str = PEOPLE) -> Office:
        async with self.house.store.write() as work:
            await staff.take_over(work, roster(folk(people)), leave=False)
        return self

    async def queue(self, *shows: Show) -> None:
        async with self.house.store.write() as work:
            await work.take(Outcome(show=list(shows)))
            assert await work.flush() == []

    async def pass_by(self, seconds: float) -> None:
        """Time passes; the courier looks at each moment when something may go."""
        end = self.clock.now() + seconds * SECOND
        while self.clock.now() < end:
            await self.house.courier.drain()
            async with self.house.store.look() as look:
                found = await look.conn.execute(NEXT, {"now": micros(self.clock.now())})
                times = [moment(row.at) for row in found if row.at is not None]
            self.clock.at_least(min([end, *times]))

    async def rows(self) -> list[Any]:
        async with self.house.store.look() as look:
            return list(await look.conn.execute(select(outbox).order_by(outbox.c.id)))

    async def journalled(self, kind: str) -> int:
        async with self.house.store.look() as look:
            lines = await look.conn.execute(text("SELECT kind FROM journal"))
            assert (await journal.verify(look.conn)).broken == ()
            return [line.kind for line in lines].count(kind)


Opening = Callable[..., Office]


@pytest.fixture
async def opening(database: str) -> AsyncIterator[Opening]:
    """Opens offices on one database."""
    opened: list[Office] = []

    def open_one(writer: str = "server", like: Office | None = None, **settings: Any) -> Office:
        opened.append(Office(database, writer, like, **settings))
        return opened[-1]

    yield open_one
    for office in opened:
        await office.house.courier.stop()
        await office.house.store.close()


@pytest.fixture
async def office(opening: Opening) -> Office:
    return await opening().move_in()


def line(person: int = LENA, priority: Priority = Priority.QUESTION, **more: Any) -> Show:
    args = {"text": "button-gone"}
    return Show(person, "plain", f"person:{person}", args, priority, **more)


# --- arriving ---------------------------------------------------------------------------------


async def test_a_card_goes_to_the_first_contact_once_and_is_on_record(office: Office) -> None:
    await office.queue(line())
    await office.pass_by(300)
    assert (office.phone.handed, office.mail.handed) == (["phone-of-P2"], [])
    assert await office.rows() == []
    assert await office.journalled("card.delivered") == 1


async def test_a_card_whose_subject_changed_on_its_way_is_drawn_again(office: Office) -> None:
    async def change(_: Parcel) -> None:
        office.phone.meanwhile = None
        async with office.house.store.write() as work:
            await work.take(Outcome(refresh=[Refresh("person:2")]))
            await work.flush()

    office.phone.meanwhile = change
    await office.queue(line())
    await office.pass_by(5)
    assert (office.phone.handed, office.phone.refreshed) == (["phone-of-P2"], ["phone-1"])


async def test_what_is_settled_by_then_is_not_sent(office: Office) -> None:
    answers = {"drill": "drill", "who": "everyone", "words": "?", "mode": "broadcast"}
    sender = Sender("person", str(MORI))
    launch = Submitted("e:1", sender, "rollcall", {**answers, "start": "start"})
    assert not (await office.house.engine.handle(launch)).problem
    while await office.house.engine.come_due():
        pass
    async with office.house.store.look() as look:
        query = text("SELECT id, person FROM asks")
        asks = {row.person: row.id for row in await look.conn.execute(query)}
    office.clock.turn(SECOND)
    tap = Tapped("e:2", Sender("person", str(AIKO)), f"ask:{asks[AIKO]}:safe")
    assert not (await office.house.engine.handle(tap)).problem
    await office.pass_by(5)
    asked = [to for to in office.phone.handed if to in ("phone-of-P2", "phone-of-P3")]
    assert asked == ["phone-of-P2"]
    assert await office.rows() == []


async def test_the_same_reminder_queued_twice_is_one(office: Office) -> None:
    again = line(unless_settled=True)
    await office.queue(again)
    await office.queue(again, again)
    assert len(await office.rows()) == 1


# --- temporary --------------------------------------------------------------------------------


async def test_waits_between_attempts_double_up_to_the_longest(opening: Opening) -> None:
    courier = {"backoff": "2s", "backoff_max": "20s", "attempts": 8}
    office = await opening(courier=courier).move_in("Lena: phone")
    office.phone.fails = lambda _: Temporary("no answer")
    await office.queue(line(1))
    await office.pass_by(100)
    assert office.phone.waits()[:7] == [2, 4, 8, 16, 20, 20, 20]


async def test_what_worked_at_last_is_handed_over_once(office: Office) -> None:
    office.phone.fail_with(Temporary("a"), Temporary("b"))
    await office.queue(line())
    await office.pass_by(60)
    assert (len(office.phone.tries), office.phone.handed) == (3, ["phone-of-P2"])
    assert office.mail.handed == []


async def test_too_many_attempts_and_the_next_contact_has_it(opening: Opening) -> None:
    for attempts in (2, 3):  # so that neither falls on the same contact by chance
        office = opening(courier={"attempts": attempts})
        if attempts == 2:
            await office.move_in()
        office.phone.fails = lambda _: Temporary("no answer")
        await office.queue(line())
        await office.pass_by(60)
        assert len(office.phone.tries) == attempts
        assert office.mail.handed == ["mail-of-P2"]


async def test_whoever_has_one_contact_only_is_tried_there_again(opening: Opening) -> None:
    office = await opening(courier={"attempts": 2}).move_in("Lena: phone")
    office.phone.fail_with(*[Temporary("no answer")] * 5)
    await office.queue(line(1))
    await office.pass_by(60)
    assert office.phone.handed == ["phone-of-P1"]


async def test_a_card_that_found_no_way_for_days_is_given_up(opening: Opening) -> None:
    courier = {"attempts": 6, "backoff": "1h", "backoff_max": "1d"}
    office = await opening(courier=courier).move_in("Lena: phone")
    office.phone.fails = lambda _: Temporary("no answer")
    await office.queue(line(1))
    await office.pass_by(100 * 3600)
    assert await office.rows() == []
    assert office.phone.tries[-1][0] - office.phone.tries[0][0] > timedelta(days=2)


async def test_a_faulty_adapter_or_card_holds_nobody_up_and_tells_no_address(
    office: Office,
) -> None:
    office.phone.fails = lambda p: ValueError(p.address) if p.person == LENA else None
    await office.queue(line(LENA), Show(AIKO, "no-such-view", "person:3"), line(AIKO))
    with structlog.testing.capture_logs() as lines:
        await office.house.courier.drain()
    assert office.phone.handed == ["phone-of-P3"]
    assert {row.attempts for row in await office.rows()} == {1}
    faults = [entry["event"] for entry in lines if entry["log_level"] == "error"]
    assert sorted(faults) == ["card.undrawable", "channel.fault"]
    assert "phone-of" not in str(lines)


# --- permanent --------------------------------------------------------------------------------


async def test_a_contact_that_is_gone_leads_to_the_next_at_the_same_moment(office: Office) -> None:
    office.phone.fails = lambda _: Gone("blocked")
    await office.queue(line())
    await office.house.courier.drain()
    assert (len(office.phone.tries), office.mail.handed) == (1, ["mail-of-P2"])
    assert office.mail.tries[0][0] - office.phone.tries[0][0] < SECOND
    async with office.house.store.look() as look:
        query = select(contacts.c.channel, contacts.c.failing).where(contacts.c.person == LENA)
        assert set(await look.conn.execute(query)) == {("phone", "blocked"), ("mail", "")}
    await office.queue(line())
    await office.house.courier.drain()
    assert len(office.phone.tries) == 1, "nothing more goes there"
    assert await office.journalled("card.undelivered") == 1


async def test_nobody_is_left_to_try_and_that_is_on_record(office: Office) -> None:
    office.phone.fails = office.mail.fails = lambda _: Gone("blocked")
    await office.queue(line())
    await office.house.courier.drain()
    assert await office.rows() == []
    assert await office.journalled("card.undelivered") == 2
    assert await office.journalled("card.unroutable") == 1


async def test_a_contact_taken_off_the_list_meanwhile_leads_to_the_next(office: Office) -> None:
    await office.queue(line())
    async with office.house.store.write() as work:
        gone = contacts.delete().where(contacts.c.person == LENA, contacts.c.channel == "phone")
        await work.conn.execute(gone)
    await office.house.courier.drain()
    assert (office.phone.tries, office.mail.handed) == ([], ["mail-of-P2"])


async def test_somebody_who_left_meanwhile_is_sent_nothing(office: Office) -> None:
    await office.queue(line())
    async with office.house.store.write() as work:
        await staff.remove(work, ["P2"])
    await office.house.courier.drain()
    assert (office.phone.tries, office.mail.tries, await office.rows()) == ([], [], [])


async def test_a_redraw_that_is_refused_is_not_posted_elsewhere(office: Office) -> None:
    await office.queue(line())
    await office.house.courier.drain()
    office.phone.fails = lambda _: Gone("message-deleted")
    async with office.house.store.write() as work:
        await work.take(Outcome(refresh=[Refresh("person:2")]))
        await work.flush()
    await office.pass_by(5)
    assert (len(office.phone.tries), office.mail.tries, await office.rows()) == (2, [], [])
    await office.queue(line())
    office.phone.fail_with()
    await office.house.courier.drain()
    assert office.phone.handed == ["phone-of-P2"] * 2, "the contact itself still works"


# --- pace -------------------------------------------------------------------------------------


async def test_a_channel_that_says_slower_closes_its_lane_and_costs_no_attempt(
    office: Office,
) -> None:
    office.phone.fail_with(Paced(30))
    await office.queue(*[line(p) for p in (MORI, LENA, AIKO)])
    await office.house.courier.drain()
    assert len(office.phone.tries) == 1
    assert {row.attempts for row in await office.rows()} == {0}
    await office.queue(line(LENA, Priority.HELP))
    await office.pass_by(29)
    assert (office.phone.handed, office.mail.handed) == ([], [])
    await office.pass_by(3)
    assert len(office.phone.handed) == 4
    assert office.phone.handed[0] == "phone-of-P2", "the cry for help goes first"


async def test_a_shorter_wait_does_not_cut_a_longer_one_short(office: Office) -> None:
    for seconds in (60.0, 1.0):
        async with office.house.store.write() as work:
            await work.slow_down("phone", seconds, Pace())
    await office.queue(line())
    await office.pass_by(59)
    assert office.phone.tries == []
    await office.pass_by(3)
    assert office.phone.handed == ["phone-of-P2"]


RATE, BURST = 5.0, 3


async def test_the_pace_holds_over_time_and_bursts_are_small(opening: Opening) -> None:
    office = await opening(lanes={"phone": {"rate": RATE, "burst": BURST}}).move_in()
    await office.queue(*[line() for _ in range(100)])
    sent = []
    for _ in range(80):
        await office.house.courier.round("phone", urgent=False)
        sent.append(len(office.phone.handed))
        office.clock.turn(SECOND / 10)
    assert sent[0] == BURST
    for begin in range(80):
        for end in range(begin + 1, 80):
            most = RATE * (end - begin) / 10 + BURST
            assert sent[end] - sent[begin] <= most + 0.01
    assert sent[-1] >= RATE * 7.9, "and no slower than it may"


async def test_no_lane_is_slowed_down_to_nothing(opening: Opening) -> None:
    lanes = {"phone": {"rate": 8.0, "burst": 1}}
    office = await opening(lanes=lanes).move_in()
    office.phone.fail_with(*[Paced(1)] * 12)
    await office.queue(*[line() for _ in range(10)])
    for _ in range(12 * 3 + 10 * 2):
        await office.house.courier.round("phone", urgent=False)
        office.clock.turn(SECOND)
    assert len(office.phone.handed) == 10


async def test_a_lane_that_gets_its_pace_later_moves(opening: Opening) -> None:
    office = await opening().move_in()
    office.phone.fail_with(Paced(1))
    await office.queue(line())
    await office.house.courier.drain()
    paced = opening(like=office, lanes={"phone": {"rate": 10.0, "burst": 1}})
    office.clock.turn(5 * SECOND)
    await paced.house.courier.drain()
    assert office.phone.handed == ["phone-of-P2"]


# --- several ----------------------------------------------------------------------------------


async def test_a_dead_couriers_cards_are_free_when_its_lease_runs_out(opening: Opening) -> None:
    dead = await opening("dead").move_in()
    await dead.queue(line(), line(AIKO))
    async with dead.house.store.write() as work:
        assert len(await work.claim("phone", Pace(), 10, timedelta(seconds=60), urgent=False)) == 2
    alive = opening("alive", like=dead)
    await alive.pass_by(59)
    assert alive.phone.handed == []
    await alive.pass_by(3)
    assert sorted(alive.phone.handed) == ["phone-of-P2", "phone-of-P3"]
    async with dead.house.store.write() as work:
        await work.put_back({1: timedelta(), 2: timedelta()})
    await alive.pass_by(3)
    assert len(alive.phone.handed) == 2


async def test_one_that_wakes_up_late_gives_up_only_what_is_still_its_own(
    opening: Opening,
) -> None:
    slow = await opening("slow").move_in()
    await slow.queue(line())
    lease = timedelta(seconds=60)
    async with slow.house.store.write() as work:
        [card] = await work.claim("phone", Pace(), 10, lease, urgent=False)
    slow.clock.turn(lease + SECOND)
    quick = opening("quick", like=slow)
    async with quick.house.store.write() as work:
        assert len(await work.claim("phone", Pace(), 10, lease, urgent=False)) == 1
    async with slow.house.store.write() as work:
        await work.put_back({card.row: timedelta()})
        await work.release({card.row: timedelta()})
    assert [row.claimed_by for row in await slow.rows()] == ["quick"]


async def test_what_another_may_claim_before_it_arrives_is_given_back_instead(
    office: Office,
) -> None:
    await office.queue(*[line() for _ in range(6)])

    async def slowly(_: Parcel) -> None:
        office.clock.turn(10 * SECOND)

    office.phone.meanwhile = slowly
    began = office.clock.now()
    assert await office.house.courier.round("phone", urgent=False) == 6
    lease = office.house.courier.habits.lease
    assert max(at for at, _ in office.phone.tries) < began + lease / 2 + SECOND
    assert len(office.phone.handed) == 3
    left = await office.rows()
    assert [(row.claimed_by, row.attempts) for row in left] == [("", 0)] * 3
    await office.house.courier.drain()
    assert len(office.phone.handed) == 6
    assert await office.rows() == []


async def test_couriers_side_by_side_send_every_card_once(opening: Opening) -> None:
    first = await opening("r1").move_in()
    offices = [first, opening("r2", like=first), opening("r3", like=first)]

    async def breathe(_: Parcel) -> None:
        await asyncio.sleep(0)

    first.phone.meanwhile = breathe
    cards = 300
    await first.queue(*[line(1 + n % 3) for n in range(cards)])

    async def carry(office: Office) -> None:
        while await office.house.courier.round("phone", urgent=False):
            pass

    for office in offices:
        office.house.courier.habits = type(office.house.courier.habits)(batch=20)
    await asyncio.gather(*(carry(office) for office in offices for _ in range(2)))
    assert len(first.phone.handed) == cards
    assert await first.rows() == []
    async with first.house.store.look() as look:
        kept = select(func.count(), func.count(posts.c.reference.distinct()))
        assert tuple((await look.conn.execute(kept)).one()) == (cards, cards)
    assert await first.journalled("card.delivered") == cards


async def test_a_cry_for_help_passes_five_thousand_that_are_on_their_way(office: Office) -> None:
    gate, jammed = asyncio.Event(), asyncio.Event()

    async def jam(parcel: Parcel) -> None:
        if parcel.person != MORI:
            jammed.set()
            await gate.wait()

    office.phone.meanwhile = jam
    await office.queue(*[line(LENA, Priority.TALLY) for _ in range(5000)])
    office.house.courier.start()
    await jammed.wait()
    await office.queue(line(MORI, Priority.HELP))
    office.house.courier.kick()
    async with asyncio.timeout(20):
        while not office.phone.handed:
            await asyncio.sleep(0.01)
    assert office.phone.handed == ["phone-of-P1"]
    gate.set()


async def test_what_was_handed_over_before_the_database_went_away_is_not_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.queue(line(), line(AIKO))
    look = office.house.store.look

    @asynccontextmanager
    async def lost_at_the_end() -> AsyncIterator[Any]:
        async with look() as found:
            yield found
        raise CouldNotSave("The database cannot be reached just now.", down=True)

    with monkeypatch.context() as away:
        away.setattr(office.house.store, "look", lost_at_the_end)
        with pytest.raises(CouldNotSave):
            await office.house.courier.round("phone", urgent=False)
    assert len(office.phone.handed) == 2
    assert await office.rows() == []
    await office.pass_by(120)
    assert len(office.phone.handed) == 2


async def test_a_courier_that_shall_stop_finishes_what_is_under_way(office: Office) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def slowly(_: Parcel) -> None:
        begun.set()
        await gate.wait()

    office.phone.meanwhile = slowly
    await office.queue(line())
    office.house.courier.start()
    await begun.wait()
    stopping = asyncio.create_task(office.house.courier.stop())
    await asyncio.sleep(0)
    gate.set()
    await stopping
    assert (office.phone.handed, await office.rows()) == (["phone-of-P2"], [])
