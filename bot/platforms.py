"""The chat platforms in use, made from the settings.

Rules of the room:
- A platform is in use if it has a token. Its library is loaded only then.
- Each is a channel for the courier, a source of events, and the routes it wants served.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from starlette.routing import BaseRoute

from adapters.pictures import prepare
from bot.channels import Channel
from bot.config import ConfigError, Settings
from bot.config.outside import MEDIA
from bot.door import Door, Source
from bot.ports import Clock, Ids
from bot.receipts import Receipts
from bot.rules import Rules
from bot.texts import Texts

if TYPE_CHECKING:
    from adapters.outbound.given import Medium


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
    if settings.mail.host:
        found.add("email")
    found.update(settings.outbound.used)
    return frozenset(found)


FINAL = frozenset({"email", *MEDIA})
"""Channels whose messages stay as they were sent."""


def joined(
    settings: Settings, door: Door, clock: Clock, ids: Ids, rules: Rules, texts: Texts
) -> Mapping[str, Platform]:
    """Every platform in use, by name. Raises `ConfigError` where a secret is missing."""
    found: dict[str, Platform] = {}
    used = in_use(settings)
    if "slack" in used:
        found["slack"] = _slack(settings, door, clock, ids, rules)
    if "telegram" in used:
        found["telegram"] = _telegram(settings, door, clock, ids, rules)
    if "email" in used:
        found["email"] = _mail(settings, clock, rules, texts)
    for name in settings.outbound.used:
        found[name] = _outbound(settings, name, texts, clock)
    return found


def hooked(settings: Settings, door: Door, receipts: Receipts, clock: Clock) -> Sequence[BaseRoute]:
    """Where gateways hand in replies and receipts. Raises `ConfigError` for a hook without a
    secret."""
    from adapters.hooks import Given, hooks

    given = {}
    for name, hook in settings.hooks.items():
        named = hook.model_dump(exclude={"secret", "secret_file"})
        given[name] = Given(name=name, secret=hook.shown(name), **named)
    return hooks(given, door, receipts, clock)


def _outbound(settings: Settings, name: str, texts: Texts, clock: Clock) -> Platform:
    from adapters.outbound import Given, Outbound

    replies = any(hook.channel == name for hook in settings.hooks.values())
    template = settings.outbound.secret(name)
    return Outbound(Given(cast("Medium", name), template, replies), texts, clock)


def _mail(settings: Settings, clock: Clock, rules: Rules, texts: Texts) -> Platform:
    from adapters.mail import Given, Mail

    given = settings.mail
    return Mail(
        Given(
            host=given.host,
            port=given.port,
            security=given.security,
            sender=given.sender,
            organisation=rules.organisation,
            user=given.user,
            password=given.secret("password"),
            reply_to=given.reply_to,
            ca_file=given.ca_file,
        ),
        texts,
        clock,
    )


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
