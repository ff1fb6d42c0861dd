"""Is Telegram well: the token, the way updates come, the clock. In words for whoever runs it.

Rules of the room:
- It asks the platform for real and changes nothing.
- Each trouble says what is wrong and what to do; the token and the secret are in none of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from adapters.telegram.client import Client
from adapters.telegram.given import UPDATES, Given, Habits
from bot.door import Trouble
from bot.ports import Clock

SKEW = timedelta(seconds=30)
WAITING = 100
"""Updates that wait at Telegram: more say that nobody fetches them."""
LATELY = timedelta(minutes=15)
PORTS = (None, 443, 80, 88, 8443)


class Checking:
    """Looks Telegram over."""

    def __init__(self, given: Given, client: Client, clock: Clock, habits: Habits) -> None:
        self._given = given
        self._client = client
        self._clock = clock
        self._habits = habits

    async def troubles(self) -> Sequence[Trouble]:
        """What is wrong, the worst first; empty if all is well."""
        try:
            async with asyncio.timeout(2 * self._habits.call):
                await self._client.get_me()
                info = await self._client.get_webhook_info()
        except InvalidToken:
            return [
                Trouble(
                    "Telegram does not accept the token.",
                    "Ask @BotFather for it (/mybots, API Token) and set RENRAKU_TELEGRAM__TOKEN.",
                )
            ]
        except (TelegramError, TimeoutError) as problem:
            host = urlsplit(self._given.api_url).hostname or self._given.api_url
            return [
                Trouble(
                    f"Telegram cannot be reached at {host} ({type(problem).__name__}).",
                    "Check that this machine may connect to it (firewall, proxy, DNS), and"
                    " telegram.api_url.",
                )
            ]
        found = self._by_webhook(info) if self._given.mode == "webhook" else _by_polling(info)
        rooms = [trouble for room in self._given.rooms for trouble in await self._room(room)]
        return [*found, *_waiting(info), *self._clocks(), *rooms]

    async def _room(self, room: str) -> list[Trouble]:
        """What keeps a roll call from being posted in a group."""
        named = f"The group {room} in telegram.rooms"
        try:
            async with asyncio.timeout(self._habits.call):
                await self._client.get_chat(int(room))
        except (BadRequest, Forbidden, ValueError):
            return [
                Trouble(
                    f"{named} does not exist, or the bot is not in it.",
                    "Add the bot to the group; the server's log then names the group's id.",
                    fatal=False,
                )
            ]
        except (TelegramError, TimeoutError):
            return [Trouble(f"{named} could not be looked at.", "Check again later.", fatal=False)]
        return []

    def _by_webhook(self, info: WebhookInfo) -> list[Trouble]:
        found = []
        wanted = self._given.webhook
        if not wanted:
            found.append(
                Trouble(
                    "Telegram has no address to deliver to.",
                    "Set web.public_url to an https address that Telegram can reach, or"
                    ' telegram.mode to "polling".',
                )
            )
        elif not self._given.api_url.startswith("http://") and not _may_deliver(wanted):
            found.append(
                Trouble(
                    "Telegram delivers only to https, on port 443, 80, 88 or 8443.",
                    'Change web.public_url, or set telegram.mode to "polling".',
                )
            )
        if not self._given.webhook_secret:
            found.append(
                Trouble(
                    "There is no secret to tell Telegram's calls from anybody else's.",
                    "Set RENRAKU_TELEGRAM__WEBHOOK_SECRET to a long random word of letters and"
                    " digits.",
                )
            )
        if wanted and info.url != wanted:
            says = "delivers to another address" if info.url else "delivers nowhere yet"
            found.append(
                Trouble(
                    f"Telegram {says}.",
                    "Starting the server sets it. If it does run: another one uses this token.",
                    fatal=False,
                )
            )
        elif wanted and set(info.allowed_updates or UPDATES) != set(UPDATES):
            found.append(
                Trouble(
                    "Telegram holds back some kinds of updates.",
                    "Start the server again: it names those it needs.",
                    fatal=False,
                )
            )
        if info.last_error_date and self._clock.now() - info.last_error_date < LATELY:
            said = " ".join((info.last_error_message or "it does not say why").split())[:200]
            found.append(
                Trouble(
                    f"Telegram could not deliver lately: {said}",
                    "Open the address from outside; check its certificate, and that the proxy in"
                    " front passes /telegram on.",
                    fatal=False,
                )
            )
        return found

    def _clocks(self) -> list[Trouble]:
        ahead = self._client.transport.ahead
        if ahead is None or abs(ahead) < SKEW:
            return []
        seconds = round(abs(ahead).total_seconds())
        way = "ahead of" if ahead > timedelta() else "behind"
        return [
            Trouble(
                f"This machine's clock is {seconds} seconds {way} Telegram's.",
                "Let a time server set it (chrony, systemd-timesyncd).",
                fatal=False,
            )
        ]


def _by_polling(info: WebhookInfo) -> list[Trouble]:
    if not info.url:
        return []
    return [
        Trouble(
            f"Telegram delivers to {urlsplit(info.url).hostname} instead of being asked.",
            "Starting the server changes that. If another one is to keep it, this one needs a bot"
            " of its own.",
            fatal=False,
        )
    ]


def _waiting(info: WebhookInfo) -> list[Trouble]:
    count = info.pending_update_count
    if count <= WAITING:
        return []
    return [
        Trouble(
            f"{count} messages wait at Telegram to be fetched.",
            "See that the server runs and look into its log; Telegram keeps them for a day.",
            fatal=False,
        )
    ]


def _may_deliver(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.port in PORTS
