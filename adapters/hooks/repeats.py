"""Messages of gateways that give no ids: which is the last one sent once more, and which is new.

Rules of the room:
- Only the same words, right after one another and within seconds, are one message sent twice. Who
  writes "2", then "1", then "2" again means the last: nothing is dropped that changes anything.
- Kept in memory: after a restart, or at another replica, a repeat is heard as said twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b

from bot.ports import Clock

WITHIN = timedelta(seconds=30)
"""How long a gateway may take to try again."""
MANY = 10_000
"""How many numbers are remembered at once."""


class Repeats:
    """Gives messages ids; a repeat gets that of the first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[bytes, tuple[bytes, datetime]] = {}
        """By sender: their last words, as digests, and when these first came; the newest behind."""

    def id_of(self, address: str, text: str) -> str:
        """An id for what somebody has written just now."""
        now = self._clock.now()
        sender, words = _digest(address), _digest(text)
        before = self._last.pop(sender, None)
        if before is None or before[0] != words or now - before[1] > WITHIN:
            before = (words, now)
        self._last[sender] = before
        while len(self._last) > MANY:
            del self._last[next(iter(self._last))]
        return f"{sender.hex()}.{words.hex()}.{int(before[1].timestamp() * 1_000_000)}"


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()
