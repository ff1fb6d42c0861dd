"""Work that goes on after Slack has been told "received": kept in hand, finished on the way out.

Rules of the room:
- Nothing that must not be lost is an errand: it is committed before. An errand shows something.
- An errand's fault ends there: it is logged by its kind and troubles nobody else.
- How many may wait is bounded; what only says again what a card shows is left out first, and
  only a few of it go at once: whoever waits for a receipt comes first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger("slack")

MOST = 5000
"""Errands in hand; beyond it whatever may be left out is."""
ABREAST = 8
"""Of what may be left out, so many at once."""


class Errands:
    """Tasks nobody waits for."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()
        self._few = asyncio.Semaphore(ABREAST)
        self.left_out = 0

    def __len__(self) -> int:
        return len(self._tasks)

    def run(self, errand: Coroutine[Any, Any, object], name: str, *, needed: bool = True) -> None:
        """Begin it now. What is not `needed` is left out where too much is under way."""
        if not needed and len(self._tasks) >= self._most:
            self.left_out += 1
            errand.close()
            return
        work = self._kept(errand, name) if needed else self._in_turn(errand, name)
        task = asyncio.create_task(work, name=f"slack-{name}")
        # The loop itself holds tasks only weakly.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_turn(self, errand: Coroutine[Any, Any, object], name: str) -> None:
        try:
            await self._few.acquire()
        except asyncio.CancelledError:
            errand.close()
            raise
        try:
            await self._kept(errand, name)
        finally:
            self._few.release()

    async def _kept(self, errand: Coroutine[Any, Any, object], name: str) -> None:
        try:
            await errand
        except Exception as problem:
            log.warning("slack.errand", errand=name, problem=type(problem).__name__)

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand, then end the rest."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        rest = list(self._tasks)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
