"""The fake's own time: it stands still until a test lets it pass.

Rules of the room:
- Nothing here reads the machine's clock, so a slow machine never lets a deadline pass.
- Any clock with `now()` can stand in, for stories that share one clock with the whole house.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Aware UTC time."""

    def now(self) -> datetime: ...


class StandingClock:
    """Virtual time, turned by hand."""

    def __init__(self, start: datetime = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def turn(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
