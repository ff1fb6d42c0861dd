"""One after the other for each person, everybody beside each other.

Rules of the room:
- What is begun under one key waits for what was begun under it before, whatever became of that.
- A key is forgotten as soon as nothing is begun under it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable


class Turns:
    """Runs work in the order it came, one line a key."""

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Task[None]] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self, key: Hashable, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Begin `work` as soon as everything before it under `key` is over."""
        task = asyncio.create_task(_after(self._last.get(key), work))
        self._last[key] = task
        self._under_way.add(task)

        def over(done: asyncio.Task[None]) -> None:
            self._under_way.discard(done)
            if self._last.get(key) is done:
                del self._last[key]

        task.add_done_callback(over)
        return task

    async def end(self, seconds: float) -> None:
        """Wait for what is under way, for a while; then give it up."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        left = list(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _after(before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
    if before is not None and not before.done():
        await asyncio.wait([before])
    await work()
