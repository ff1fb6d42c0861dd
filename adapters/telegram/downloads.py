"""Pictures people sent: fetched from Telegram, checked, made small.

Rules of the room:
- A picture that is too large is not fetched at all; one that grows beyond it is left.
- Fetching is tried a few times within one time, the wait for others included; then the person is
  told to send it again. A picture never holds up the line for longer.
- Computing happens in threads.
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

ON_THEIR_WAY, AT_ONCE = 8, 2
"""Pictures fetched, and pictures made small, at the same time: each may be of many megabytes."""
TRIES = 4
PATIENT, SHORTER = 3, 10
"""After so many in a row that never came, the next are given so much less time."""

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
        self._hung = 0
        """How many in a row never came."""
        self._fetching = asyncio.Semaphore(ON_THEIR_WAY)
        self._computing = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, picture: Picture) -> bytes:
        """The picture as it may be kept. Raises `Unusable`."""
        if picture.size > self.limit:
            raise Unusable("photo-too-big")
        limit = self._habits.photo
        if self._hung >= PATIENT:
            # Telegram's files are out of order: everybody's updates would wait for each photo.
            limit /= SHORTER
        try:
            async with asyncio.timeout(limit), self._fetching:
                content = await self._fetched(picture, limit / 2)
        except TimeoutError:
            self._hung += 1
            log.warning("photo.lost", problem="timeout")
            raise Unusable("telegram-photo-lost") from None
        self._hung = 0
        async with self._computing:
            try:
                return await asyncio.to_thread(self._prepare, content, self.limit)
            except ValueError as refused:
                raise Unusable(str(refused)) from None

    async def _fetched(self, picture: Picture, each: float) -> bytes:
        wait = self._habits.backoff
        for attempt in range(1, TRIES + 1):
            try:
                # Half of the time each: one that hangs is tried once more.
                return await self._client.picture(picture.file, self.limit, each)
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
