"""The turnstile of a channel: never more cards within one second than the platform takes.

Rules of the room:
- The lane in the store says how fast all replicas together go over a longer time. Platforms look
  closer: whoever sends thirty at once, and fifteen more half a second later, has been too fast.
  So cards that have leave to go pass here one by one, evenly.
- When a platform counts a call nobody here knows; between the call and its answer. A second is
  therefore counted from the answer, though from no later than `MARGIN` after the call, so that
  somebody far away from the platform is not slowed down much. Whoever is too fast nevertheless
  allows for more from then on, up to `WIDEST`.
- What is in a hurry waits for two other cards at most.
- While the platform says "wait" nobody passes, and nobody waits here either.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ports import Clock

WINDOW = 1.0
"""Seconds in which a platform counts."""
MARGIN, WIDEST = 0.07, 0.28
"""Seconds between a call and the moment it counts, as far as we allow for that."""
LATE = 0.1
"""Seconds by which cards may be behind their turns and still make up for it."""


class Turnstile:
    """Lets `rate` cards a second through, and never more than that within any second; 0 lets
    everybody through at once."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._apart = 1 / rate if rate else 0.0
        self._most = max(1, int(rate * WINDOW))
        self._clock = clock
        self._margin = MARGIN
        self._shut = 0.0
        self._turn = 0.0
        """When the next card is due, if they pass evenly."""
        self._counted: deque[_Passage] = deque()
        """Those of the last second, oldest first."""
        self._gate = asyncio.Lock()
        self._queue = asyncio.Lock()

    def warn(self) -> None:
        """The platform said "too fast", be it only in one chat."""
        self._margin = min(WIDEST, self._margin * 2)

    def shut(self, seconds: float) -> None:
        """The platform said wait, to everybody."""
        self._shut = max(self._shut, self._now() + seconds)

    @property
    def shut_for(self) -> float:
        """Seconds for which nobody passes."""
        if not self._shut:
            return 0.0
        left = self._shut - self._now()
        if left <= 0:
            self._shut = 0.0
        return max(0.0, left)

    @asynccontextmanager
    async def passage(self, *, hurried: bool) -> AsyncIterator[None]:
        """Wait until a card may go; its hand-over happens inside."""
        if not self._apart:
            yield
            return
        if hurried:
            passed = await self._pass()
        else:
            async with self._queue:
                passed = await self._pass()
        try:
            yield
        finally:
            passed.counts_until = min(passed.counts_until, self._now() + WINDOW)

    async def _pass(self) -> _Passage:
        async with self._gate:
            while (wait := self._wait(now := self._now())) > 0:
                await self._clock.sleep(wait)
            self._turn = max(self._turn, now - LATE) + self._apart
            passed = _Passage(now + self._margin + WINDOW)
            self._counted.append(passed)
            return passed

    def _wait(self, now: float) -> float:
        """Seconds until the next card may go."""
        while self._counted and self._counted[0].counts_until <= now:
            self._counted.popleft()
        wait = self._turn - now
        if len(self._counted) >= self._most:
            wait = max(wait, self._counted[0].counts_until - now)
        return wait

    def _now(self) -> float:
        return self._clock.now().timestamp()


class _Passage:
    """One card that has gone through; until when it counts."""

    __slots__ = ("counts_until",)

    def __init__(self, counts_until: float) -> None:
        self.counts_until = counts_until
