"""Where a tap can be answered: the address that came with it, good for five answers and half an
hour.

Rules of the room:
- To answer there costs none of the few changes of a message Slack allows a minute; so the newest
  address of each message is kept for its next drawing.
- It is kept in memory only: where it is lost, the message is changed the ordinary way.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ports import Clock

USES = 5
GOOD_FOR = timedelta(minutes=29)
MOST = 20_000


@dataclass(slots=True)
class _Address:
    url: str = field(repr=False)
    until: datetime
    left: int = USES


class Answering:
    """By message: the newest tap's address."""

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._known: OrderedDict[str, _Address] = OrderedDict()

    def tapped(self, reference: str, url: str) -> None:
        """A tap on this message came with this address."""
        if not reference or not url:
            return
        known = self._known.pop(reference, None)
        if known is None or known.url != url:
            known = _Address(url, self._clock.now() + GOOD_FOR)
        self._known[reference] = known
        while len(self._known) > self._most:
            self._known.popitem(last=False)

    def good(self, reference: str) -> bool:
        """True if `take` would give one."""
        known = self._known.get(reference)
        return known is not None and known.left > 0 and self._clock.now() < known.until

    def take(self, reference: str) -> str:
        """An address for one answer; empty where there is none."""
        if not self.good(reference):
            self._known.pop(reference, None)
            return ""
        known = self._known[reference]
        known.left -= 1
        return known.url

    def spent(self, reference: str) -> None:
        """Slack takes no more answers there."""
        self._known.pop(reference, None)
