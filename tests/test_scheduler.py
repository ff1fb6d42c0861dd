"""The clock that asks what is due: it goes on, whatever happens, and never twice at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta, tzinfo

import pytest
import structlog
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from bot.scheduler import Scheduler

QUICK = 0.01
NEVER = 3600.0


class Due:
    """Something to decide: tells how often it was asked, and answers as told."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)
        self.looks = 0
        self.at_once = 0
        self.most_at_once = 0
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        self._looked = asyncio.Condition()

    async def __call__(self) -> int:
        self.looks += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            if self.meanwhile is not None:
                await self.meanwhile()
            found = self.answers.pop(0) if self.answers else 0
            if isinstance(found, Exception):
                raise found
            return found
        finally:
            self.at_once -= 1
            async with self._looked:
                self._looked.notify_all()

    async def work(self) -> None:
        await self()

    async def looked(self, times: int) -> None:
        """Returns once there were so many looks; a clock that has stopped fails the test."""
        async with asyncio.timeout(20), self._looked:
            await self._looked.wait_for(lambda: self.looks >= times)


Start = Callable[..., Scheduler]


@pytest.fixture
async def started() -> AsyncIterator[Start]:
    running: list[Scheduler] = []

    def start(due: Due, tick: float) -> Scheduler:
        running.append(Scheduler(due, tick))
        running[-1].start()
        return running[-1]

    yield start
    for scheduler in running:
        await scheduler.stopped()


async def settled() -> None:
    """Whatever could happen at once has happened."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_it_looks_again_and_again_though_nothing_is_due(started: Start) -> None:
    due = Due()
    started(due, QUICK)
    await due.looked(5)


async def test_it_goes_on_at_once_while_there_is_more(started: Start) -> None:
    due = Due(*[400] * 30)
    started(due, NEVER)
    await due.looked(31)
    await settled()
    assert due.looks == 31, "and then waits for the next tick"


async def test_a_failure_is_one_line_in_the_log_and_the_next_look_comes(started: Start) -> None:
    due = Due(1, RuntimeError("secret@example.org"), RuntimeError("again"))
    with structlog.testing.capture_logs() as lines:
        started(due, QUICK)
        await due.looked(6)
    failed = [line for line in lines if line["event"] == "clock.failed"]
    assert [line["problem"] for line in failed] == ["RuntimeError"] * 2
    assert "secret" not in str(lines)


async def test_a_kick_looks_at_once(started: Start) -> None:
    due = Due()
    scheduler = started(due, NEVER)
    await due.looked(1)
    for looks in (2, 3, 4):
        await settled()
        scheduler.kick()
        await due.looked(looks)


async def test_a_kick_during_a_look_is_not_lost(started: Start) -> None:
    due = Due()
    scheduler = started(due, NEVER)

    async def kick_once() -> None:
        if due.looks <= 3:
            scheduler.kick()
            await asyncio.sleep(0)

    due.meanwhile = kick_once
    await due.looked(4)
    await settled()
    assert due.looks == 4


async def test_a_hundred_kicks_are_one_look_and_never_two_at_once(started: Start) -> None:
    due = Due()
    scheduler = started(due, NEVER)
    await due.looked(1)
    await settled()
    for _ in range(100):
        scheduler.kick()
    await due.looked(2)
    await settled()
    assert (due.looks, due.most_at_once) == (2, 1)


async def test_the_clock_goes_on_after_kicks_at_every_moment(started: Start) -> None:
    due = Due()
    scheduler = started(due, QUICK)
    for looks in range(1, 60):
        scheduler.kick()
        await asyncio.sleep(0)
        scheduler.kick()
        await due.looked(looks)
    before = due.looks
    await due.looked(before + 3)
    assert due.most_at_once == 1


async def test_ticks_missed_while_nothing_could_run_do_not_come_afterwards(started: Start) -> None:
    due = Due()
    started(due, QUICK)
    await due.looked(1)
    await settled()
    before = due.looks
    time.sleep(QUICK * 50)  # the whole process stands still
    await due.looked(before + 1)
    await settled()
    assert due.looks < before + 25


async def test_a_machine_whose_time_is_set_back_keeps_looking(
    started: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SetBack(datetime):
        by = timedelta()

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - cls.by

    for module in (base, interval):
        monkeypatch.setattr(module, "datetime", SetBack)
    due = Due()
    other = Due()
    scheduler = started(due, QUICK)
    scheduler.every(QUICK, "other", other.work)
    await other.looked(2)
    SetBack.by = timedelta(hours=1)
    await due.looked(due.looks + 8)
    await other.looked(other.looks + 3)


async def test_other_work_is_done_every_so_often_and_survives_its_failures(
    started: Start,
) -> None:
    due = Due()
    other = Due(RuntimeError("once"))
    scheduler = started(due, QUICK)
    scheduler.every(QUICK, "other", other.work)
    await other.looked(3)
    await due.looked(3)
    assert other.most_at_once == 1


async def test_once_stopped_it_looks_no_more(started: Start) -> None:
    due = Due()
    scheduler = started(due, QUICK)
    await due.looked(2)
    scheduler.stop()
    scheduler.kick()
    await settled()
    before = due.looks
    await asyncio.sleep(QUICK * 5)
    assert due.looks == before
    scheduler.stop()


class Slow:
    """Something that takes until it is let go; knows how it ended."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.let_go = asyncio.Event()
        self.ended = ""

    async def work(self) -> None:
        self.began.set()
        try:
            await self.let_go.wait()
            self.ended = "done"
        except asyncio.CancelledError:
            self.ended = "cut short"
            raise

    async def come_due(self) -> int:
        await self.work()
        return 1


async def test_whoever_stops_the_clock_waits_for_the_look_and_the_work_under_way() -> None:
    due, other = Slow(), Slow()
    scheduler = Scheduler(due.come_due, QUICK)
    scheduler.start()
    scheduler.every(QUICK, "other", other.work)
    async with asyncio.timeout(20):
        await asyncio.gather(due.began.wait(), other.began.wait())
    stopping = asyncio.create_task(scheduler.stopped())
    await settled()
    assert not stopping.done()
    due.let_go.set()
    await settled()
    assert not stopping.done()
    other.let_go.set()
    await stopping
    assert (due.ended, other.ended) == ("done", "done")


async def test_what_takes_too_long_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.GRACE", 0.05)
    due, other = Slow(), Slow()
    scheduler = Scheduler(due.come_due, QUICK)
    scheduler.start()
    scheduler.every(QUICK, "other", other.work)
    async with asyncio.timeout(20):
        await asyncio.gather(due.began.wait(), other.began.wait())
    with structlog.testing.capture_logs() as lines:
        await scheduler.stopped()
    assert (due.ended, other.ended) == ("cut short", "cut short")
    assert sorted(line["task"] for line in lines) == ["clock", "other"]
