"""The spinner on a tapped button: it is stopped once, with the reply if that comes in time.

Rules of the room:
- Telegram waits some seconds for an answer and shows a spinner meanwhile. We answer after the
  commit, with what the house says; where the house takes long, without words, before the person
  taps again.
- Exactly one answer a tap. What fails is not tried again: the spinner ends by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import structlog
from telegram.error import TelegramError

from adapters.telegram.client import Client
from adapters.telegram.failures import too_old
from adapters.telegram.lettering import cut

LONGEST = 200
"""UTF-16 units of an answer."""

log = structlog.get_logger("telegram")


class Spinner:
    """The spinner of one tap, running since it was made; stopped in `seconds` at the latest."""

    def __init__(self, client: Client, query: str, seconds: float, tasks: set[asyncio.Task[None]]):
        self._client = client
        self._query = query
        self._tasks = tasks
        self._stopped = False
        self._never = asyncio.Event()
        self._timer = self._begin(self._late(seconds))

    def stop(self, text: str = "", *, alert: bool = False) -> bool:
        """Stop it with these words; False if it has been stopped before, so nobody saw them."""
        if self._stopped:
            return False
        self._stopped = True
        self._timer.cancel()
        self._begin(self._answer(text, alert))
        return True

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _late(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._never.wait()
        if not self._stopped:
            self._stopped = True
            await self._answer("", alert=False)

    async def _answer(self, text: str, alert: bool) -> None:
        try:
            await self._client.answer_callback_query(
                self._query, text=cut(text, LONGEST) or None, show_alert=alert or None
            )
        except TelegramError as problem:
            if not too_old(problem):
                log.warning("tap.unanswered", problem=type(problem).__name__)
