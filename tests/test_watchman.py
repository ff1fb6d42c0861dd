"""The watchman: each thing that must never be is told once, to those who can do something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
import structlog
from sqlalchemy import text

from bot.app import House, rules_of
from bot.cards import as_text
from bot.look import CouldNotSave
from bot.outcomes import Outcome, Show
from bot.people import Role
from bot.rules import Rules
from bot.views import Reader, draw
from bot.watchman import LONGEST, Watchman
from storage import journal, staff
from storage.instants import micros
from storage.lanes import Pace
from tests.databases import settings_for
from tests.scenarios.folk import folk, roster
from tests.scenarios.phones import TownClock

STALL = timedelta(minutes=1)
AGAIN = timedelta(minutes=10)


@dataclass(slots=True)
class State:
    """How things are."""

    lost: int = 0
    overdue: int = 0
    stranded: int = 0
    untaken: int = 0
    left: int = 0
    claimed: int = 0
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
        self.watchman = Watchman(self.look, self.tell, self.clock, STALL, AGAIN)

    async def look(self, now: datetime) -> State:
        assert self.clock.now() - now < timedelta(seconds=1)
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
        (State(stranded=3), ("alarm-stranded", 3)),
        (State(untaken=1), ("alarm-untaken", 1)),
        (State(left=2), ("alarm-left", 2)),
        (State(claimed=4), ("alarm-claimed", 4)),
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


async def test_an_alarm_that_goes_on_is_told_less_and_less_often_but_never_forgotten() -> None:
    post = Post(State(untaken=1))
    await post.rounds(minutes=1, times=60 * 24 * 7)
    # After 10 minutes, 20, 40 and so on, then once a day.
    assert len(post.told) == 9 + 5
    daily = len(post.told)
    await post.rounds(minutes=1, times=60 * 24 * 3)
    assert len(post.told) == daily + timedelta(days=3) // LONGEST


async def test_an_alarm_that_grows_worse_is_told_again_after_a_while() -> None:
    post = Post(State(untaken=1))
    await post.rounds(minutes=1, times=40)
    assert post.told == [("alarm-untaken", 1)] * 3
    post.state = State(untaken=2)
    await post.rounds(minutes=1, times=10)
    assert post.told[3:] == [("alarm-untaken", 2)]


async def test_what_was_mended_and_breaks_again_is_a_new_alarm() -> None:
    post = Post(State(overdue=1))
    await post.rounds(minutes=1, times=2)
    post.state = State()
    await post.rounds(minutes=1)
    post.state = State(overdue=1)
    await post.rounds(minutes=1, times=2)
    assert post.told == [("alarm-overdue", 1)] * 2


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
                " ON people.id = outbox.person WHERE view IN ('plain', 'alarm') ORDER BY name"
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


@pytest.mark.parametrize(("late", "alarms"), [(0.5, 0), (2, 2)])
async def test_an_ask_long_overdue_is_an_alarm_and_a_little_late_is_not(
    house: House, late: float, alarms: int
) -> None:
    due = house.clock.now() - house.rules.overdue_after * late
    await an_ask(house, standing="climbed", due=due)
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


async def an_incident(house: House, severity: str, minutes: int, state: str = "reported") -> None:
    await statement(
        house,
        "INSERT INTO incidents (id, kind, severity, reporter, reported_at, state)"
        " VALUES (:id, 'fire', :severity, 3, :at, :state)",
        id=f"{severity}{minutes}{state}",
        severity=severity,
        at=micros(house.clock.now() - timedelta(minutes=minutes)),
        state=state,
    )


async def test_a_report_nobody_took_is_an_alarm_once_its_policy_has_had_its_time(
    house: House,
) -> None:
    # Critical: reminders after 3 and 6 minutes, a step up at 9, 5 minutes for the next above.
    await an_incident(house, "critical", 13)
    await an_incident(house, "serious", 39)
    await an_incident(house, "critical", 600, "taken")
    await an_incident(house, "critical", 600, "closed")
    await house.watchman.round()
    assert await queued(house) == []
    await an_incident(house, "serious", 41)
    await house.watchman.round()
    assert await queued(house) == [("Lena", "alarm-untaken"), ("Mori", "alarm-untaken")]


async def cry(house: House, minutes: int, *, ended: timedelta | None = None) -> None:
    now = house.clock.now()
    await statement(
        house,
        "INSERT INTO rollcalls (id, launched_by, launched_at, state, drill, expected, cursor,"
        " ended_at) VALUES ('r', 1, 0, :state, false, 3, 0, :ended)",
        state="open" if ended is None else "closed",
        ended=None if ended is None else micros(now - ended),
    )
    await statement(
        house,
        "INSERT INTO asks (id, kind, about, person, policy, standing, answer, answered_at, rung,"
        " reminders, round, handed, tries) VALUES ('a', 'check-in', 'rollcall:r', 3,"
        " '180/60/2/300/1/900', 'answered', 'help', :at, 0, 0, 1, false, 0)",
        at=micros(now - timedelta(minutes=minutes)),
    )


async def paged(house: House, standing: str) -> None:
    await statement(
        house,
        "INSERT INTO asks (id, kind, about, person, policy, standing, rung, reminders, round,"
        " handed, tries) VALUES ('p', 'page', 'help:a', 2, '180/60/2/300/1/900', :standing, 0, 0,"
        " 1, false, 0)",
        standing=standing,
    )


@pytest.mark.parametrize(
    ("minutes", "ended", "standing", "alarms"),
    [
        (13, None, "unreached", 0),
        (15, None, "unreached", 2),
        (15, None, "", 2),
        (15, None, "answered", 0),
        (600, timedelta(hours=3), "unreached", 2),
        (9000, timedelta(days=5), "unreached", 0),
    ],
    ids=["in time", "given up", "nobody was called", "taken", "roll call over", "long ago"],
)
async def test_a_cry_nobody_took_is_an_alarm(
    house: House, minutes: int, ended: timedelta | None, standing: str, alarms: int
) -> None:
    await cry(house, minutes, ended=ended)
    if standing:
        await paged(house, standing)
    await house.watchman.round()
    assert len(await queued(house)) == alarms


async def test_the_one_nobody_took_is_named_however_many_cried_before_them(house: House) -> None:
    await cry(house, 15)
    for number in range(60):
        for ask, kind, about, standing, answer in (
            (f"t{number}", "check-in", "rollcall:r", "answered", "help"),
            (f"p{number}", "page", f"help:t{number}", "answered", ""),
        ):
            await statement(
                house,
                "INSERT INTO asks (id, kind, about, person, policy, standing, answer, answered_at,"
                " rung, reminders, round, handed, tries) VALUES (:ask, :kind, :about, 2,"
                " '180/60/2/300/1/900', :standing, :answer, 1, 0, 0, 1, false, 0)",
                ask=ask,
                kind=kind,
                about=about,
                standing=standing,
                answer=answer,
            )
    await house.watchman.round()
    async with house.store.look() as look:
        mori = await look.person(1)
        assert mori is not None
        reader = Reader(mori, house.clock.now(), house.rules, house.texts)
        card = await draw("alarm", look, "alarm:untaken", reader, {})
    assert card is not None
    assert [button.id for button in card.every_button()] == ["take:help:a"]
    assert "Aiko" in as_text(card)


async def test_somebody_held_for_nobody_is_an_alarm(house: House) -> None:
    await cry(house, 1)
    await statement(
        house,
        "INSERT INTO asks (id, kind, about, person, policy, standing, releaser, rung, reminders,"
        " round, handed, tries) VALUES ('h', 'check-in', 'rollcall:r', 4, '180/60/2/300/1/900',"
        " 'held', 9, 0, 0, 1, false, 0)",
    )
    await house.watchman.round()
    assert await queued(house) == [("Lena", "alarm-stranded"), ("Mori", "alarm-stranded")]


async def test_a_card_somebody_died_with_and_nobody_took_over_is_an_alarm(house: House) -> None:
    async with house.store.write() as work:
        await work.take(Outcome(show=[Show(3, "menu", "person:3")]))
        await work.flush()
    lease = house.settings.courier.lease
    async with house.store.write() as work:
        assert len(await work.claim("web", Pace(), 10, lease, urgent=False)) == 1
    clock = house.clock
    assert isinstance(clock, TownClock)
    clock.turn(lease + house.rules.overdue_after / 2)
    await house.watchman.round()
    assert await queued(house) == []
    clock.turn(house.rules.overdue_after)
    await house.watchman.round()
    assert ("Mori", "alarm-claimed") in await queued(house)


def test_where_the_clock_runs_faster_people_and_machines_are_given_as_much_more() -> None:
    rules = house_rules()
    fast = rules.lapsed(60)
    assert fast.overdue_after == rules.overdue_after * 60
    assert fast.alarm_again == rules.alarm_again * 60
    assert fast.listens == rules.listens * 60
    assert fast.listens_unsent == rules.listens_unsent * 60
    assert fast.nudge_after == rules.nudge_after * 60
    assert fast.policies == rules.policies
    assert rules.lapsed(0.5) == rules


def house_rules() -> Rules:
    return rules_of(settings_for("sqlite:///renraku.db"))
