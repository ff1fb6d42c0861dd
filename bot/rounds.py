"""One batch of the courier: what became of its cards."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.events import Delivered


@dataclass(slots=True)
class Round:
    """What became of one batch."""

    delivered: list[Delivered] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    """Rows a contact will never take, and why."""
    dropped: list[int] = field(default_factory=list)
    """Rows with nothing left to say."""
    stuck: list[int] = field(default_factory=list)
    """Rows that failed for a while too often: the next contact gets them."""
    later: dict[int, timedelta] = field(default_factory=dict)
    """Rows that failed for now, and how long to wait."""
    waiting: dict[int, float] = field(default_factory=dict)
    """Rows that only have to wait for their turn, and for how many seconds; not an attempt."""
    paced: float = 0.0
    """Seconds for which the whole channel has to wait."""
    closed: str = ""
    """Why the whole channel is out of order."""
    over: bool = False
    """Nothing more is on its way."""

    def so_far(self) -> Round:
        """What has become of cards since this was asked last."""
        found = replace(self, over=False)
        for name in _LISTS:
            setattr(self, name, type(getattr(self, name))())
        return found

    def again(self, found: Round) -> None:
        """What `so_far` gave could not be kept: it is given once more."""
        self.delivered = found.delivered + self.delivered
        self.dropped = found.dropped + self.dropped
        self.stuck = found.stuck + self.stuck
        self.failed = {**found.failed, **self.failed}
        self.later = {**found.later, **self.later}
        self.waiting = {**found.waiting, **self.waiting}


_LISTS = ("delivered", "failed", "dropped", "stuck", "later", "waiting")
