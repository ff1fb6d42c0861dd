"""One batch of the courier: what became of its cards.

Rules of the room:
- The porter writes, the courier takes what there is (`so_far`) and settles it. Each card's end is
  taken once; what could not be settled is given back (`again`).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.events import Delivered


@dataclass(frozen=True, slots=True)
class Habits:
    """How the courier works: see the section `courier` of the settings."""

    batch: int = 200
    lease: timedelta = timedelta(seconds=60)
    attempts: int = 8
    backoff: timedelta = timedelta(seconds=2)
    backoff_max: timedelta = timedelta(minutes=5)


@dataclass(slots=True)
class Round:
    """What became of one batch."""

    habits: Habits = Habits()
    delivered: list[Delivered] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    """Rows a contact will never take, and why."""
    dropped: list[int] = field(default_factory=list)
    """Rows with nothing left to say."""
    stuck: dict[int, str] = field(default_factory=dict)
    """Rows that another contact shall have, though this one may be good, and why."""
    later: dict[int, timedelta] = field(default_factory=dict)
    """Rows that failed for now, and how long to wait."""
    waiting: dict[int, float] = field(default_factory=dict)
    """Rows that only have to wait for their turn, and for how many seconds; not an attempt."""
    paced: float = 0.0
    """Seconds for which the whole channel has to wait."""
    closed: str = ""
    """Why the whole channel is out of order."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Nothing more is on its way."""
    drawn: bool = False
    """No card is still to be drawn."""
    to_begin: set[int] = field(default_factory=set)
    """Rows that are drawn and wait for their turn to be handed over."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Something has become of a card."""
    away: asyncio.Event = field(default_factory=asyncio.Event)
    """Every card is on its way, or stays behind."""

    def all_drawn(self) -> None:
        """Nothing is still to be drawn."""
        self.drawn = True
        if not self.to_begin:
            self.away.set()

    def begun(self, row: int) -> None:
        """This card waits for nothing of ours any more."""
        self.to_begin.discard(row)
        if self.drawn and not self.to_begin:
            self.away.set()

    def so_far(self) -> Round:
        """What has become of cards since this was asked last."""
        found = replace(self)
        for name in _LISTS:
            setattr(self, name, type(getattr(self, name))())
        self.paced = 0.0
        return found

    def again(self, found: Round) -> None:
        """What `so_far` gave could not be kept: it is given once more."""
        self.delivered = found.delivered + self.delivered
        self.dropped = found.dropped + self.dropped
        self.stuck = {**found.stuck, **self.stuck}
        self.failed = {**found.failed, **self.failed}
        self.later = {**found.later, **self.later}
        self.waiting = {**found.waiting, **self.waiting}
        self.paced = max(found.paced, self.paced)


_LISTS = ("delivered", "failed", "dropped", "stuck", "later", "waiting")
