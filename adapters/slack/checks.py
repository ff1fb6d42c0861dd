"""Asks Slack for real whether tokens, rights and the clock are well, and says what to do.

Rules of the room:
- One sentence for what is wrong, one for what to do; plain English, no token, no address.
- What only hampers is no reason not to start: `fatal` is what keeps everybody from being reached.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from adapters.slack.calls import Calls, Refused
from adapters.slack.given import Given
from adapters.slack.manifest import SCOPES
from bot.channels import Paced, Temporary
from bot.door import Trouble
from bot.ports import Clock

SKEW = 120.0
"""Seconds the machine's clock may differ; Slack's signatures are good for 300."""

MANIFEST = "Update the app with `renraku slack manifest` at api.slack.com/apps, then reinstall it."

REMEDIES = {
    "account_inactive": "Install the app into the workspace again and set the new bot token.",
    "invalid_auth": "Copy the token again from api.slack.com/apps; it begins with {prefix}.",
    "missing_scope": "{manifest}",
    "not_allowed_token_type": "This is another kind of token: the one needed begins with {prefix}.",
    "not_authed": "Set the token; it begins with {prefix}.",
    "token_expired": "Switch token rotation off in the app's settings and install it again.",
    "token_revoked": "Install the app into the workspace again and set the new token.",
}


async def check(given: Given, calls: Calls, clock: Clock) -> Sequence[Trouble]:
    """Everything that is wrong; empty where all is well."""
    found: list[Trouble] = []
    if not given.bot_token:
        return [Trouble("No bot token is set.", "Set slack.bot_token; it begins with xoxb-.")]
    try:
        answer = await calls.call("auth.test")
    except Paced as paced:
        says = f"Slack asks to wait {paced.seconds:g} seconds before it can be checked."
        return [Trouble(says, "Run the check again later.", fatal=False)]
    except Temporary:
        says = "Slack cannot be reached."
        return [Trouble(says, "See whether this machine may connect to slack.com by HTTPS.")]
    except Refused as refused:
        return [_refused("the bot token", "slack.bot_token", "xoxb-", refused)]
    granted = _granted(answer["headers"])
    found += _scopes(granted)
    found += _skew(answer["headers"], clock.now())
    if given.mode == "socket":
        found += await _socket(given, calls)
    elif not given.signing_secret:
        found.append(
            Trouble(
                "No signing secret is set, so nothing that Slack sends can be told from a forgery.",
                "Set slack.signing_secret to the one shown under Basic Information of the app.",
            )
        )
    for room in given.rooms:
        found += await _room(room, calls, granted)
    return found


async def _room(room: str, calls: Calls, granted: Collection[str]) -> list[Trouble]:
    """What keeps a roll call from being posted in a channel."""
    named = f"The channel {room} in slack.rooms"
    invite = "Invite the app there: /invite @Renraku."
    try:
        answer = await calls.look("conversations.info", channel=room)
    except Refused as refused:
        if refused.code != "channel_not_found":
            return []  # a right that is missing has been named above
        says = f"{named} does not exist, or is private and the app is not in it."
        return [Trouble(says, f"Copy the id from the channel's details. {invite}", fatal=False)]
    except (Temporary, Paced):
        return [Trouble(f"{named} could not be looked at.", "Check again later.", fatal=False)]
    channel = answer.get("channel") or {}
    if channel.get("is_archived"):
        return [Trouble(f"{named} is archived.", "Name another one.", fatal=False)]
    if not channel.get("is_member") and "chat:write.public" not in granted:
        return [Trouble(f"{named} does not have the app in it.", invite, fatal=False)]
    return []


def _granted(headers: Mapping[str, str]) -> frozenset[str]:
    """The app's rights; empty where Slack says nothing about them."""
    told = next((v for k, v in headers.items() if k.lower() == "x-oauth-scopes"), "")
    return frozenset(scope.strip() for scope in told.split(",") if scope.strip())


def _scopes(granted: Collection[str]) -> list[Trouble]:
    # Where nothing was said about rights, each call will tell by itself.
    lacking = [scope for scope in SCOPES if scope not in granted] if granted else []
    # Without the right to write nobody can be asked; without the others less is possible.
    return [
        Trouble(f"The app lacks the right {scope}: {SCOPES[scope]}", MANIFEST, fatal=True)
        if scope in ("chat:write", "im:write")
        else Trouble(f"The app lacks the right {scope}: {SCOPES[scope]}", MANIFEST, fatal=False)
        for scope in lacking
    ]


def _skew(headers: Mapping[str, str], now: datetime) -> list[Trouble]:
    told = next((v for k, v in headers.items() if k.lower() == "date"), "")
    try:
        apart = abs((parsedate_to_datetime(told) - now).total_seconds())
    except (TypeError, ValueError):
        return []
    if apart <= SKEW:
        return []
    return [
        Trouble(
            f"This machine's clock differs from Slack's by {apart:.0f} seconds; beyond 300 seconds"
            " whatever Slack sends by HTTP is refused.",
            "Let the machine's clock be set by a time server (NTP).",
            fatal=False,
        )
    ]


async def _socket(given: Given, calls: Calls) -> list[Trouble]:
    if not given.app_token:
        return [
            Trouble(
                "No app-level token is set, which socket mode needs.",
                "Make one under Basic Information of the app, with connections:write, and set"
                " slack.app_token; it begins with xapp-.",
            )
        ]
    try:
        await opening(given, calls)
    except Refused as refused:
        return [_refused("the app-level token", "slack.app_token", "xapp-", refused)]
    except (Temporary, Paced):
        says = "Slack gives no address to connect to just now."
        return [Trouble(says, "Run the check again in a minute.", fatal=False)]
    return []


async def opening(given: Given, calls: Calls) -> str:
    """Where to connect to in socket mode. Raises what `Calls.call` raises."""
    answer: Mapping[str, Any] = await calls.call("apps.connections.open", token=given.app_token)
    return str(answer["url"])


def _refused(what: str, key: str, prefix: str, refused: Refused) -> Trouble:
    does = REMEDIES.get(refused.code, f"Look at {key} and at the app at api.slack.com/apps.")
    code = f"{refused.code}: {refused.needed}" if refused.needed else refused.code
    return Trouble(f"Slack refuses {what} ({code}).", does.format(prefix=prefix, manifest=MANIFEST))
