"""The watchman: each thing that must never be is told once, to those who can do something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
import structlog
from sqlalchemy import text

from bot.app import House
from bot.look import CouldNotSave
from bot.outcomes import Outcome, Show
from bot.people import Role
from bot.watchman import AGAIN, OVERDUE, Watchman
from storage import journal, staff
from storage.tables import micros
from tests.databases import settings_for
from tests.scenarios.folk import folk, roster
from tests.scenarios.phones import TownClock

STALL = timedelta(minutes=1)


@dataclass(slots=True)
class State:
    """How things are."""

    lost: int = 0
    overdue: int = 0
    stalled: timedelta = timedelta()
    queued: int = 0


@dataclass
class Post:
    """A watchman's post: what he sees, what he has told."""

    state: State = field(default_factory=State)
    told: list[tuple[str, int]] = field(default_factory=list)
    deaf: bool = False

    def __post_init__(self) -> None:
        self.clock = TownClock()
        self.watchman = Watchman(self.look, self.tell, self.clock, STALL)

    async def look(self, now: datetime, patience: timedelta) -> State:
        assert patience == OVERDUE
        return self.state

    async def tell(self, key: str, count: int) -> None:
        if self.deaf:
            raise CouldNotSave("The disk is full.")
        self.told.append((key, count))

    async def rounds(self, *, minutes: float, times: int = 1) -> None:
        for _ in range(times):
            await self.watchman.round()
            self.clock.turn(timedelta(minutes=minutes))


# --- when he calls ----------------------------------------------------------------------------


async def test_all_is_well_and_he_is_silent() -> None:
    post = Post(State(queued=5000, stalled=STALL))
    await post.rounds(minutes=1, times=60)
    assert post.told == []


@pytest.mark.parametrize(
    ("state", "alarm"),
    [
        (State(lost=2), ("alarm-lost", 2)),
        (State(overdue=7), ("alarm-overdue", 7)),
        (State(stalled=STALL * 2, queued=41), ("alarm-outbox", 41)),
    ],
    ids=lambda p: "" if isinstance(p, State) else p[0],
)
async def test_an_alarm_is_raised_once_and_again_only_after_a_while(
    state: State, alarm: tuple[str, int]
) -> None:
    post = Post(state)
    with structlog.testing.capture_logs() as lines:
        await post.rounds(minutes=0.5, times=int(AGAIN / timedelta(seconds=30)))
        assert post.told == [alarm]
        post.clock.turn(timedelta(minutes=1))
        await post.rounds(minutes=0.5, times=2)
    assert post.told == [alarm] * 2
    assert [(line["event"], line["what"]) for line in lines] == [("watchman.alarm", alarm[0])] * 2


async def test_different_alarms_do_not_hide_each_other() -> None:
    post = Post(State(lost=1))
    await post.rounds(minutes=1)
    post.state = State(lost=1, overdue=2, stalled=STALL * 3, queued=3)
    await post.rounds(minutes=1, times=3)
    assert post.told == [("alarm-lost", 1), ("alarm-overdue", 2), ("alarm-outbox", 3)]


async def test_an_alarm_nobody_could_be_told_is_raised_again_at_the_next_round() -> None:
    post = Post(State(lost=1), deaf=True)
    with pytest.raises(CouldNotSave):
        await post.rounds(minutes=1)
    post.deaf = False
    await post.rounds(minutes=1, times=3)
    assert post.told == [("alarm-lost", 1)]


# --- in a house -------------------------------------------------------------------------------

PEOPLE = """
Mori: admin safety web
  Lena: admin ja web
    Aiko: web
Kai: safety web
"""


@pytest.fixture
async def house(database: str) -> AsyncIterator[House]:
    built = House(settings_for(database), clock=TownClock())
    async with built.store.write() as work:
        await staff.take_over(work, roster(folk(PEOPLE)), leave=False)
    yield built
    await built.store.close()


async def statement(house: House, words: str, **values: object) -> None:
    async with house.store.write() as work:
        await work.conn.execute(text(words), values)


async def an_ask(house: House, *, standing: str, due: datetime | None) -> None:
    await statement(
        house,
        "INSERT INTO asks (id, kind, about, person, policy, standing, due_at, rung, reminders,"
        " round, handed, tries) VALUES ('lost', 'check-in', 'rollcall:gone', 1,"
        " '180/60/2/300/1/900', :standing, :due, 0, 0, 1, false, 0)",
        standing=standing,
        due=None if due is None else micros(due),
    )


async def queued(house: House) -> list[tuple[str, str]]:
    """(who, which alarm) of every card in the outbox."""
    async with house.store.look() as look:
        found = await look.conn.execute(
            text(
                "SELECT people.name, outbox.args FROM outbox JOIN people"
                " ON people.id = outbox.person WHERE view = 'plain' ORDER BY name"
            )
        )
        return [(row.name, row.args.split('"text":"')[1].rstrip('"}')) for row in found]


async def test_an_ask_that_waits_without_a_time_is_told_to_every_administrator(
    house: House,
) -> None:
    await an_ask(house, standing="asked", due=None)
    await house.watchman.round()
    await house.watchman.round()
    assert await queued(house) == [("Lena", "alarm-lost"), ("Mori", "alarm-lost")]
    async with house.store.look() as look:
        assert set(await look.with_role(Role.ADMIN)) == {1, 2}
        kinds = (await look.conn.execute(text("SELECT kind FROM journal"))).scalars().all()
        assert kinds == ["watchman.alarm"]
        assert (await journal.verify(look.conn)).broken == ()


@pytest.mark.parametrize(("late", "alarms"), [(OVERDUE / 2, 0), (OVERDUE * 2, 2)])
async def test_an_ask_long_overdue_is_an_alarm_and_a_little_late_is_not(
    house: House, late: timedelta, alarms: int
) -> None:
    await an_ask(house, standing="climbed", due=house.clock.now() - late)
    await house.watchman.round()
    assert len(await queued(house)) == alarms


async def test_an_ask_that_no_longer_waits_is_nobodys_alarm(house: House) -> None:
    await an_ask(house, standing="answered", due=None)
    await house.watchman.round()
    assert await queued(house) == []


async def test_a_card_that_does_not_leave_is_an_alarm_one_that_shall_wait_is_not(
    house: House,
) -> None:
    async with house.store.write() as work:
        await work.take(Outcome(show=[Show(3, "menu", "person:3")]))
        await work.flush()
    clock = house.clock
    assert isinstance(clock, TownClock)
    stall = house.settings.courier.stall_after
    clock.turn(stall / 2)
    await house.watchman.round()
    assert await queued(house) == []
    clock.turn(stall)
    await house.watchman.round()
    assert await queued(house) == [("Lena", "alarm-outbox"), ("Mori", "alarm-outbox")]


async def test_the_alarm_is_a_sentence_in_every_administrators_language(house: House) -> None:
    await an_ask(house, standing="asked", due=None)
    await house.watchman.round()
    await house.courier.drain()
    said = {}
    async with house.store.look() as look:
        for person in (1, 2):
            found = await look.person(person)
            assert found is not None
            [item] = await house.site.feed.cards(person, None, 10)
            said[found.language] = item.card.title
    assert set(said) == {"en", "ja"}
    assert said["en"] != said["ja"]
    assert not [title for title in said.values() if "alarm" in title or "[" in title]
