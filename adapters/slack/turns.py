"""One after the other for each person: two lines typed in a row answer two questions in a row.

Rules of the room:
- Whoever comes first is served first; different people never wait for each other.
- Nothing is kept about anybody for whom nothing is under way.
"""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Turns:
    """`async with turns.of(user):` is that user's turn."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, user: str) -> asyncio.Lock:
        """Held by whoever is being served; it hands turns out in the order of asking."""
        lock = self._locks.get(user)
        if lock is None:
            lock = self._locks[user] = asyncio.Lock()
        return lock
