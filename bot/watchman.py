"""The watchman: looks whether anything waits that nobody looks after.

Rules of the room:
- Three things must never be: an ask that waits without a time, one whose time has long come,
  a card that does not leave. Each is an alarm in the log and a card to every administrator.
- The same alarm is raised again only after a while; one that could not be told is no alarm.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.ports import Clock

log = structlog.get_logger("watchman")

AGAIN = timedelta(minutes=10)
OVERDUE = timedelta(minutes=2)


class Health(Protocol):
    """See `storage.feed.Health`."""

    @property
    def lost(self) -> int: ...
    @property
    def overdue(self) -> int: ...
    @property
    def stalled(self) -> timedelta: ...
    @property
    def queued(self) -> int: ...


class Watchman:
    """`look` tells the state of things, `tell` raises an alarm by text key and number."""

    def __init__(
        self,
        look: Callable[[datetime, timedelta], Awaitable[Health]],
        tell: Callable[[str, int], Awaitable[None]],
        clock: Clock,
        stall_after: timedelta,
    ) -> None:
        self._look = look
        self._tell = tell
        self._clock = clock
        self._stall_after = stall_after
        self._raised: dict[str, datetime] = {}

    async def round(self) -> None:
        """Look once."""
        now = self._clock.now()
        health = await self._look(now, OVERDUE)
        if health.lost:
            await self._alarm("alarm-lost", health.lost, now)
        if health.overdue:
            await self._alarm("alarm-overdue", health.overdue, now)
        if health.stalled > self._stall_after:
            await self._alarm("alarm-outbox", health.queued, now)

    async def _alarm(self, key: str, count: int, now: datetime) -> None:
        last = self._raised.get(key)
        if last is not None and now - last < AGAIN:
            return
        log.error("watchman.alarm", what=key, count=count)
        await self._tell(key, count)
        self._raised[key] = now
