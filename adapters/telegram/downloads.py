"""Pictures people sent: fetched from Telegram, checked, made small.

Rules of the room:
- A picture that is too large is not fetched at all; one that grows beyond it is left.
- Fetching is tried a few times within one time; then the person is told to send it again. A
  picture never holds up the line for longer.
- Computing happens in threads, two pictures at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from telegram.error import BadRequest, TelegramError

from adapters.telegram.client import Client
from adapters.telegram.given import Habits
from adapters.telegram.reading import LARGEST, Picture
from adapters.telegram.transport import TooFast, TooLarge
from bot.ports import Clock

AT_ONCE = 2
TRIES = 4

Prepare = Callable[[bytes, int], bytes]
"""A small JPEG without metadata, from at most so many bytes. Raises `ValueError`: a text's key."""

log = structlog.get_logger("telegram")


class Unusable(Exception):
    """There is no picture to keep; `key` says why, in words for the person."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Downloads:
    """Fetches and prepares; `limit` in bytes."""

    def __init__(
        self, client: Client, prepare: Prepare, limit: int, clock: Clock, habits: Habits
    ) -> None:
        self.limit = min(limit, LARGEST)
        self._client = client
        self._prepare = prepare
        self._clock = clock
        self._habits = habits
        self._computing = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, picture: Picture) -> bytes:
        """The picture as it may be kept. Raises `Unusable`."""
        if picture.size > self.limit:
            raise Unusable("photo-too-big")
        try:
            async with asyncio.timeout(self._habits.photo):
                content = await self._fetched(picture)
        except TimeoutError:
            log.warning("photo.lost", problem="timeout")
            raise Unusable("telegram-photo-lost") from None
        async with self._computing:
            try:
                return await asyncio.to_thread(self._prepare, content, self.limit)
            except ValueError as refused:
                raise Unusable(str(refused)) from None

    async def _fetched(self, picture: Picture) -> bytes:
        wait = self._habits.backoff
        for attempt in range(1, TRIES + 1):
            try:
                # Half of the time each: one that hangs is tried once more.
                return await self._client.picture(picture.file, self.limit, self._habits.photo / 2)
            except TooLarge:
                raise Unusable("photo-too-big") from None
            except TelegramError as problem:
                if "too big" in problem.message.casefold():
                    raise Unusable("photo-too-big") from None
                if isinstance(problem, BadRequest) or attempt == TRIES:
                    log.warning("photo.lost", problem=type(problem).__name__)
                    raise Unusable("telegram-photo-lost") from None
                await self._clock.sleep(problem.seconds if isinstance(problem, TooFast) else wait)
                wait *= 2
        raise AssertionError("the last attempt returns or raises")
