"""Whose turn it is to write: SQLite has one writer, and somebody is always in a hurry.

Rules of the room:
- Whoever is in a hurry (a person who taps, a page that must go out) goes before the patient
  (what came due, what was delivered), however long those have waited.
- The patient are never forgotten: after `PATIENCE` others it is their turn.

>>> async def scene():
...     turns, order = Turns(), []
...
...     async def write(name, patient):
...         async with turns.turn(patient=patient):
...             order.append(name)
...             await asyncio.sleep(0)
...
...     await asyncio.gather(write("due", True), write("more due", True), write("tap", False))
...     return order
>>> asyncio.run(scene())
['due', 'tap', 'more due']
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 4
"""How many in a hurry go before somebody patient at most."""


class Turns:
    """A lock with two lines of people waiting for it."""

    def __init__(self) -> None:
        self._taken = False
        self._hurried: deque[asyncio.Future[None]] = deque()
        self._patient: deque[asyncio.Future[None]] = deque()
        self._passed_over = 0

    @asynccontextmanager
    async def turn(self, *, patient: bool = False) -> AsyncIterator[None]:
        """The one turn there is; waits for it."""
        if self._taken:
            await self._wait(self._patient if patient else self._hurried)
        self._taken = True
        try:
            yield
        finally:
            self._next()

    async def _wait(self, line: deque[asyncio.Future[None]]) -> None:
        mine = asyncio.get_running_loop().create_future()
        line.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                # It was our turn just when we went away.
                self._next()
            raise

    def _next(self) -> None:
        while self._hurried or self._patient:
            line = self._line()
            if not (waiting := line.popleft()).done():
                # Nobody who comes meanwhile takes it from them: it stays taken.
                waiting.set_result(None)
                return
        self._taken = False

    def _line(self) -> deque[asyncio.Future[None]]:
        if self._hurried and (not self._patient or self._passed_over < PATIENCE):
            self._passed_over += bool(self._patient)
            return self._hurried
        self._passed_over = 0
        return self._patient
