"""The chat platforms in use, made from the settings.

Rules of the room:
- A platform is in use if it has a token. Its library is loaded only then.
- Each is a channel for the courier, a source of events, and the routes it wants served.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from starlette.routing import BaseRoute

from adapters.pictures import prepare
from bot.channels import Channel
from bot.config import ConfigError, Settings
from bot.door import Door, Source
from bot.ports import Clock, Ids
from bot.rules import Rules


class Platform(Protocol):
    """A platform, joined to the house."""

    @property
    def channel(self) -> Channel: ...

    @property
    def source(self) -> Source: ...

    @property
    def routes(self) -> Sequence[BaseRoute]: ...

    async def address(self) -> str:
        """What a link that opens a chat with the bot begins with; empty where there are none."""
        ...

    async def close(self) -> None:
        """The last to be called: ends every connection."""
        ...


def in_use(settings: Settings) -> frozenset[str]:
    """The names of all channels there are with these settings."""
    found = {"web"}
    if settings.slack.secret("bot_token"):
        found.add("slack")
    if settings.telegram.secret("token"):
        found.add("telegram")
    return frozenset(found)


def joined(
    settings: Settings, door: Door, clock: Clock, ids: Ids, rules: Rules
) -> Mapping[str, Platform]:
    """Every platform in use, by name. Raises `ConfigError` where a secret is missing."""
    found: dict[str, Platform] = {}
    used = in_use(settings)
    if "slack" in used:
        found["slack"] = _slack(settings, door, clock, ids, rules)
    if "telegram" in used:
        found["telegram"] = _telegram(settings, door, clock, ids, rules)
    return found


def _slack(settings: Settings, door: Door, clock: Clock, ids: Ids, rules: Rules) -> Platform:
    from adapters.slack import Given, Slack

    given = settings.slack
    needed = "app_token" if given.mode == "socket" else "signing_secret"
    if not given.secret(needed):
        raise ConfigError(
            f'slack.{needed} is missing, which slack.mode = "{given.mode}" needs: give it as'
            f" RENRAKU_SLACK__{needed.upper()}."
        )
    return Slack(
        Given(
            bot_token=given.secret("bot_token"),
            app_token=given.secret("app_token"),
            signing_secret=given.secret("signing_secret"),
            mode=given.mode,
            connections=given.connections,
            api_url=given.api_url,
            directory=given.directory,
            rooms=tuple(given.rooms.values()),
        ),
        door,
        clock,
        ids,
        prepare,
        rules.photo_bytes,
    )


def _telegram(settings: Settings, door: Door, clock: Clock, ids: Ids, rules: Rules) -> Platform:
    from adapters.telegram import Given, Telegram

    given = settings.telegram
    if given.mode == "webhook":
        if not given.secret("webhook_secret"):
            raise ConfigError(
                'telegram.webhook_secret is missing, which telegram.mode = "webhook" needs: give'
                " it as RENRAKU_TELEGRAM__WEBHOOK_SECRET."
            )
        if not settings.web.public_url.startswith("https://"):
            raise ConfigError(
                'web.public_url must begin with https:// where telegram.mode is "webhook":'
                " Telegram calls it from outside."
            )
    return Telegram(
        Given(
            token=given.secret("token"),
            mode=given.mode,
            webhook_secret=given.secret("webhook_secret"),
            api_url=given.api_url,
            public_url=settings.web.base_url,
            rooms=tuple(given.rooms.values()),
        ),
        door,
        clock,
        ids,
        prepare,
        rules.photo_bytes,
    )
