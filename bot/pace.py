"""How fast one sender may go: bounded, so that one hammering hand holds up nobody else.

Rules of the room:
- A bucket a sender that empties by itself; memory is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.events import FromPeople, Sender, Tapped
from bot.ports import Clock
from bot.rules import Rules

MOST_SENDERS = 200_000


@dataclass(slots=True)
class _Bucket:
    level: float = 0.0
    """How full, from 0 to 1."""
    at: float = 0.0


class Paces:
    """Counts by sender what was tapped and written in the last minute."""

    def __init__(self, rules: Rules, clock: Clock) -> None:
        self._rules = rules
        self._clock = clock
        self._buckets: dict[Sender, _Bucket] = {}

    def too_fast(self, event: FromPeople) -> bool:
        """True if this event is one too many. The command line is never too fast."""
        if event.sender.channel == "person":
            return False
        tapped = isinstance(event, Tapped)
        most = self._rules.taps_per_minute if tapped else self._rules.messages_per_minute
        if len(self._buckets) > MOST_SENDERS:
            self._buckets.clear()
        now = self._clock.now().timestamp()
        bucket = self._buckets.setdefault(event.sender, _Bucket(at=now))
        # A clock set back counts as no time, not as time to wait.
        bucket.level = max(0.0, bucket.level - max(0.0, now - bucket.at) / 60)
        bucket.at = now
        if bucket.level >= 1:
            return True
        bucket.level += 1 / most
        return False
