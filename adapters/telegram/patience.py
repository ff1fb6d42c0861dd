"""Doing something until it works: later and later, as long as told, and never silently.

Rules of the room:
- "Too fast" is obeyed to the second. Everything else waits twice as long each time, up to a
  limit. Each failure is a line in the log, by its kind alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.given import Habits
from adapters.telegram.transport import TooFast
from bot.ports import Clock

T = TypeVar("T")

log = structlog.get_logger("telegram")


def wait_after(problem: BaseException, failures: int, habits: Habits) -> float:
    """Seconds until the next attempt, after so many failures in a row."""
    if isinstance(problem, TooFast):
        return problem.seconds
    wait: float = habits.backoff * 2 ** min(failures - 1, 16)
    return min(wait, habits.backoff_max)


async def patiently(what: str, call: Callable[[], Awaitable[T]], clock: Clock, habits: Habits) -> T:
    """The result of `call`, tried until there is one; `what` names it in the log."""
    failures = 0
    while True:
        try:
            return await call()
        except TelegramError as problem:
            failures += 1
            wait = wait_after(problem, failures, habits)
            hint = "check telegram.token" if isinstance(problem, InvalidToken) else ""
            kind = type(problem).__name__
            log.warning("telegram.waits", what=what, problem=kind, seconds=wait, do=hint)
            await clock.sleep(wait)
