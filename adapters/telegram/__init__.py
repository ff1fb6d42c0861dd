"""Telegram: updates in, cards out.

The journey of one tap: `polling` or `webhook` hands over an update as it came -> `reading` makes
a `Tapped` of it -> `reception` asks who it is and gives it to the house, one after the other for
each person (`turns`) -> after the commit `taps` stops the button's spinner with the reply, and
`window` lets the next poll confirm it.

The journey of one card: the courier calls `channel` -> `drawing` and `keyboard` make a message of
it, `lettering` sees that it fits -> `client` and `transport` carry it -> `failures` says in the
courier's words what went wrong -> `following` sends its pictures and the button for a place.

Rules of the room:
- Nothing is confirmed before it is durable. Nothing that cannot be read holds up what can.
- The courier paces; here "too fast" is only reported, with Telegram's exact figure.
- `checking` asks Telegram for real whether all is well; `commands` is the menu in each language.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from starlette.routing import Route
from telegram.error import TelegramError

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.checking import Checking
from adapters.telegram.client import Client
from adapters.telegram.commands import announce
from adapters.telegram.downloads import Downloads, Prepare
from adapters.telegram.following import Following
from adapters.telegram.given import CHANNEL, Given, Habits
from adapters.telegram.patience import patiently
from adapters.telegram.polling import Polling
from adapters.telegram.reception import Reception
from adapters.telegram.webhook import Webhook
from bot.channels import Channel
from bot.door import Door, Source
from bot.ports import Clock, Ids

__all__ = ["CHANNEL", "Given", "Habits", "Telegram"]

log = structlog.get_logger("telegram")


class Telegram:
    """One bot at Telegram: `channel` sends, `source` receives, `routes` is for webhooks."""

    def __init__(
        self,
        given: Given,
        door: Door,
        clock: Clock,
        ids: Ids,
        prepare: Prepare,
        photo_limit: int,
        habits: Habits | None = None,
    ) -> None:
        habits = habits or Habits()
        self._door = door
        self._clock = clock
        self._habits = habits
        self._client = Client(given, habits, clock)
        self._following = Following(self._client, door)
        channel = TelegramChannel(self._client, self._following, clock)
        self.channel: Channel = channel
        downloads = Downloads(self._client, prepare, photo_limit, clock, habits)
        self._reception = Reception(
            self._client, channel, self._following, downloads, door, clock, habits
        )
        checking = Checking(given, self._client, clock, habits)
        self.source: Source
        self.routes: Sequence[Route] = ()
        parts = (self._client, self._reception, checking, clock, habits, self._greet)
        if given.mode == "webhook":
            webhook = Webhook(given, *parts)
            self.source, self.routes = webhook, webhook.routes
        else:
            self.source = Polling(*parts)

    async def address(self) -> str:
        """What a link that opens a chat with our bot begins with. Raises what the library does."""
        me = await self._client.get_me()
        return f"https://t.me/{me.username}"

    async def close(self) -> None:
        """The last to be called, when nothing more is sent: ends every connection."""
        await self._following.done(self._habits.farewell)
        await self._client.close_connections()

    async def _greet(self) -> None:
        """Learn our own name, and show the menu; a menu that fails holds nothing up."""
        me = await patiently("getMe", self._client.get_me, self._clock, self._habits)
        self._reception.name = me.username or ""
        log.info("telegram.ready", bot=me.id)
        try:
            await announce(self._client, self._door)
        except TelegramError as problem:
            log.warning("telegram.menu", problem=type(problem).__name__)
