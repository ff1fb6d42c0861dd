"""The clock that asks "what is due?".

Rules of the room:
- APScheduler is the clock, not the store: its jobs live in memory, deadlines live in rows.
- One job, `clock`, decides what is due for as long as there is more, then arms itself again, at
  most a second away. Missed ticks are one tick; after an outage each overdue ask comes due once.
- `clock` is never armed for "now" while it runs: APScheduler would skip that run and, as the job
  has no other, forget it.
- Cron-like work (the watchman) is added when the scheduler is made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger("scheduler")

TICK = 1.0
"""Seconds between looks at what is due."""


class Scheduler:
    """Calls `come_due` until it returns 0, again and again; `tick` seconds between."""

    def __init__(self, come_due: Callable[[], Awaitable[int]], tick: float = TICK) -> None:
        self._come_due = come_due
        self._tick = tick
        self._again = False
        self._looking = False
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Also do `work` every so often."""
        self._scheduler.add_job(
            work,
            IntervalTrigger(seconds=seconds, timezone=UTC),
            id=name,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
            replace_existing=True,
        )

    def start(self) -> None:
        self._scheduler.start()
        self._arm(0.0)

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def kick(self) -> None:
        """Something is due now."""
        if self._scheduler.running and not self._again:
            self._again = True
            if not self._looking:
                self._arm(0.0)

    def _arm(self, seconds: float) -> None:
        self._scheduler.add_job(
            self._clock,
            DateTrigger(datetime.now(UTC) + timedelta(seconds=seconds), timezone=UTC),
            id="clock",
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
            replace_existing=True,
        )

    async def _clock(self) -> None:
        """One look: batch after batch until nothing is due, then again a tick later."""
        self._looking = self._again = True
        try:
            while self._again:
                self._again = False
                if await self._come_due():
                    self._again = True
        except Exception as problem:
            log.error("clock.failed", problem=type(problem).__name__)
        finally:
            self._looking = self._again = False
            if self._scheduler.running:
                self._arm(self._tick)
