"""The watchman: looks whether anything waits that nobody looks after.

Rules of the room:
- These must never be: an ask that waits without a time, one whose time has long come, one held
  in a call tree for somebody who will not release it; a report or cry for help that nobody took
  though the person and the next above have had their time, or that is still with somebody who has
  left; a card that does not leave, or was
  begun and never finished. Each is an alarm in the log and a card to every administrator.
- The same alarm is raised again only after a while, each further time after twice as long, unless
  it has become worse. One that could not be told is no alarm.
- A database that was out of reach and works again is told as well; the first round after it calls
  for nothing, for what came due meanwhile is only just being worked off.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.look import CouldNotSave
from bot.ports import Clock

log = structlog.get_logger("watchman")

LONGEST = timedelta(days=1)
"""No alarm that still holds is silent for longer."""


class Health(Protocol):
    """See `storage.health.Health`."""

    @property
    def lost(self) -> int: ...
    @property
    def overdue(self) -> int: ...
    @property
    def stranded(self) -> int: ...
    @property
    def untaken(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def claimed(self) -> int: ...
    @property
    def stalled(self) -> timedelta: ...
    @property
    def queued(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm that was told: when, about how many, and how long it is not told again."""

    at: datetime
    count: int
    quiet: timedelta


class Watchman:
    """`look` tells the state of things, `tell` raises an alarm by text key and number."""

    def __init__(
        self,
        look: Callable[[datetime], Awaitable[Health]],
        tell: Callable[[str, int], Awaitable[None]],
        clock: Clock,
        stall_after: timedelta,
        again: timedelta,
    ) -> None:
        self._look = look
        self._tell = tell
        self._clock = clock
        self._stall_after = stall_after
        self._again = again
        self._raised: dict[str, Raised] = {}
        self._away_since: datetime | None = None
        """Since when the database could not be looked at."""

    async def round(self) -> None:
        """Look once."""
        now = self._clock.now()
        try:
            health = await self._look(now)
        except CouldNotSave:
            self._away_since = self._away_since or now
            log.warning("watchman.blind")
            return
        if self._away_since is not None:
            await self._tell("alarm-database-over", int((now - self._away_since).total_seconds()))
            self._away_since = None
            # What came due meanwhile is being worked off: the next round sees what is left.
            return
        found = {
            "alarm-untaken": health.untaken,
            "alarm-left": health.left,
            "alarm-lost": health.lost,
            "alarm-overdue": health.overdue,
            "alarm-stranded": health.stranded,
            "alarm-outbox": health.queued if health.stalled > self._stall_after else 0,
            "alarm-claimed": health.claimed,
        }
        for key, count in found.items():
            if count:
                await self._alarm(key, count, now)
            else:
                self._raised.pop(key, None)

    async def _alarm(self, key: str, count: int, now: datetime) -> None:
        last = self._raised.get(key)
        quiet = self._again
        if last is not None:
            if now - last.at < (self._again if count > last.count else last.quiet):
                return
            quiet = min(2 * last.quiet, max(LONGEST, self._again))
        log.warning("watchman.alarm", what=key, count=count)
        await self._tell(key, count)
        self._raised[key] = Raised(now, count, quiet)
