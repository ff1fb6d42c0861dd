"""The clock that asks "what is due?".

Rules of the room:
- APScheduler is the clock, not the store: its jobs live in memory, deadlines live in rows.
- A tick of the job `clock`, or a kick, is one look: batch after batch until nothing is due.
  Looks never overlap, missed ticks are one tick, and after an outage each overdue ask comes
  due once.
- A job never arms itself for "now": APScheduler skips it while it still runs and, where it has
  no later time, forgets it.
- Whoever ends the clock waits for what it has begun, but not for ever.
- APScheduler goes by the machine's time. When that is set back its jobs stand still; their
  silence is noticed, and they are made anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger("scheduler")

TICK = 1.0
"""Seconds between looks at what is due."""
SILENT = 3
"""After so many ticks without one the jobs are made anew."""
GRACE = 5.0
"""Seconds that what is under way is given to end by itself."""


class Scheduler:
    """Calls `come_due` until it returns 0, again and again; `tick` seconds between."""

    def __init__(self, come_due: Callable[[], Awaitable[int]], tick: float = TICK) -> None:
        self._come_due = come_due
        self._tick = tick
        self._wake = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._ending = False
        self._jobs: dict[str, tuple[float, Callable[[], Awaitable[None]]]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Also do `work`, a coroutine function, every so often."""
        self._jobs[name] = (seconds, work)
        self._add(name)

    def start(self) -> None:
        """Look now, and from now on; needs a running loop."""
        self._ending = False
        self.every(self._tick, "clock", self._ticked)
        self._scheduler.start()
        self._wake.set()
        self._looking = asyncio.create_task(self._look(), name="clock")

    def stop(self) -> None:
        """Nothing more is begun; what is under way goes on: see `stopped`."""
        self._ending = True
        self._wake.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def stopped(self) -> None:
        """Stop, and wait for what is under way; what takes too long is taken back."""
        self.stop()
        under_way = {*self._working, *([self._looking] if self._looking else [])}
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=GRACE)
            for task in late:
                log.warning("clock.late", task=task.get_name())
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        self._looking = None

    def kick(self) -> None:
        """Something is due now."""
        self._wake.set()

    def _add(self, name: str) -> None:
        seconds, work = self._jobs[name]

        async def job() -> None:
            if self._ending:
                return
            # A task of our own: APScheduler cuts its own short when it ends.
            task = asyncio.create_task(_do(work), name=name)
            self._working.add(task)
            task.add_done_callback(self._working.discard)
            await asyncio.shield(task)

        self._scheduler.add_job(
            job,
            IntervalTrigger(seconds=seconds, timezone=UTC),
            id=name,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
            replace_existing=True,
        )

    async def _ticked(self) -> None:
        self._wake.set()

    async def _look(self) -> None:
        while not self._ending:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._tick * SILENT):
                    await self._wake.wait()
            if not self._wake.is_set():
                log.warning("clock.silent", ticks=SILENT)
                for name in self._jobs:
                    self._add(name)
            self._wake.clear()
            try:
                while not self._ending and await self._come_due():
                    pass
            except Exception as problem:
                log.error("clock.failed", problem=type(problem).__name__)


async def _do(work: Callable[[], Awaitable[None]]) -> None:
    await work()
