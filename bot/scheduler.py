"""The clock that asks "what is due?".

Rules of the room:
- APScheduler is the clock, not the store: its jobs live in memory, deadlines live in rows.
- A tick of the job `clock`, or a kick, is one look: batch after batch until nothing is due.
  Looks never overlap, missed ticks are one tick, and after an outage each overdue ask comes
  due once.
- A job never arms itself for "now": APScheduler skips it while it still runs and, where it has
  no later time, forgets it.
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


class Scheduler:
    """Calls `come_due` until it returns 0, again and again; `tick` seconds between."""

    def __init__(self, come_due: Callable[[], Awaitable[int]], tick: float = TICK) -> None:
        self._come_due = come_due
        self._tick = tick
        self._wake = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._jobs: dict[str, tuple[float, Callable[[], Awaitable[None]]]] = {}
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Also do `work`, a coroutine function, every so often."""
        self._jobs[name] = (seconds, work)
        self._add(name)

    def start(self) -> None:
        """Look now, and from now on; needs a running loop."""
        self.every(self._tick, "clock", self._ticked)
        self._scheduler.start()
        self._wake.set()
        self._looking = asyncio.create_task(self._look(), name="clock")

    def stop(self) -> None:
        """No more looks; one under way is taken back."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def kick(self) -> None:
        """Something is due now."""
        self._wake.set()

    def _add(self, name: str) -> None:
        seconds, work = self._jobs[name]
        self._scheduler.add_job(
            work,
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
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._tick * SILENT):
                    await self._wake.wait()
            if not self._wake.is_set():
                log.warning("clock.silent", ticks=SILENT)
                for name in self._jobs:
                    self._add(name)
            self._wake.clear()
            try:
                while await self._come_due():
                    pass
            except Exception as problem:
                log.error("clock.failed", problem=type(problem).__name__)
