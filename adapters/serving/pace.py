"""How often one person may ask something of the pages: a bucket of allowances each.

Rules of the room:
- It protects the many from the one stuck key or runaway script. It is generous: nobody who
  taps in fear shall ever meet it.
- Time is the event loop's own, not the wall clock: setting the clock must not lock anyone out.
- Memory is bounded: whoever has been quiet the longest is forgotten, which only refills them.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

REMEMBERED = 20_000
"""People whose bucket is kept; some 3 MB."""


class Pace:
    """`burst` at once, then `each_second` a second, for each person."""

    def __init__(self, burst: float, each_second: float) -> None:
        self._burst = burst
        self._each_second = each_second
        self._buckets: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def allows(self, person: int) -> bool:
        """True, and one allowance is taken; or False, and nothing is."""
        now = asyncio.get_running_loop().time()
        left, then = self._buckets.get(person, (self._burst, now))
        left = min(self._burst, left + (now - then) * self._each_second)
        allowed = left >= 1
        self._buckets[person] = (left - 1 if allowed else left, now)
        self._buckets.move_to_end(person)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
