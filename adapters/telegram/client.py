"""Our bot at Telegram: python-telegram-bot's `Bot`, and the updates as they came.

Rules of the room:
- `get_updates` of the library reads a batch as a whole, so one update that it cannot read hides
  all the others, for ever. `updates` hands them out one by one, unread.
- Nothing here decides, waits or tries again.
"""

from __future__ import annotations

from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from adapters.telegram.given import UPDATES, Given, Habits
from adapters.telegram.transport import Transport
from bot.ports import Clock

MOST = 100
"""Updates a poll returns at most; the API allows no more."""


class Client(Bot):
    """The Bot API with one token."""

    def __init__(self, given: Given, habits: Habits, clock: Clock) -> None:
        root = given.api_url.rstrip("/")
        transport = Transport(clock, habits.call, habits.connect)
        super().__init__(
            given.token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=transport,
            # Polls have a session of their own: they never wait behind what is sent.
            get_updates_request=Transport(clock, habits.call, habits.connect),
        )
        with self._unfrozen():
            self.transport = transport
            self.files = f"{root}/file/bot{given.token}"

    async def updates(self, offset: int, seconds: int, patience: float) -> list[Any]:
        """What came from `offset` on, as it came; waits `seconds` for something to come.

        Everything below `offset` is thereby confirmed and never comes again.
        """
        found = await self._post(
            "getUpdates",
            {
                "offset": offset,
                "limit": MOST,
                "timeout": seconds,
                "allowed_updates": list(UPDATES),
            },
            read_timeout=seconds + patience,
        )
        if not isinstance(found, list):
            raise TelegramError("an answer that is not the API's")
        return found

    async def picture(self, file: str, most: int, seconds: float) -> bytes:
        """The content of a file people sent, at most `most` bytes. Raises `telegram.error`."""
        found = await self.get_file(file)
        path = found.file_path or ""
        # The library makes whole addresses of paths; a server of one's own may do so as well.
        url = path if "://" in path else f"{self.files}/{path.lstrip('/')}"
        return await self.transport.fetch(url, most, seconds)

    async def close_connections(self) -> None:
        for request in self._request:
            await request.shutdown()
