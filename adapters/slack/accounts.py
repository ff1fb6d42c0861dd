"""Who stands behind a user id: what Slack knows of an account, and whom of them the house knows.

Rules of the room:
- An e-mail address counts only where Slack vouches for it: confirmed, and of this workspace.
- Whoever the house knows is asked about once in a few minutes, not at each tap. If they have
  been taken off the staff list meanwhile, the house itself still says no.
- Both memories are bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.slack.calls import Calls, Refused
from adapters.slack.given import CHANNEL
from bot.door import Door
from bot.events import Sender
from bot.people import Person
from bot.ports import Clock

KNOWN_FOR = timedelta(minutes=5)
MOST = 20_000
SLACKBOT = "USLACKBOT"

LANGUAGES = {
    "en": "en",
    "ja": "ja",
    "ar": "ar",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "zh-hant": "zh-Hant",
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-hans": "zh-Hans",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as far as it matters here."""

    bot: bool = False
    gone: bool = False
    """Deactivated."""
    foreign: bool = False
    """Of another organisation, met in a shared channel."""
    email: str = field(default="", repr=False)
    """Empty unless Slack vouches for it."""
    language: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where the app is installed."""

    team: str
    enterprise: str = ""


def language_of(locale: str) -> str:
    """Slack's locale as one of our languages; empty where it is none.

    >>> language_of("zh-TW"), language_of("en-GB"), language_of("pt-BR")
    ('zh-Hant', 'en', '')
    """
    name = locale.replace("_", "-").lower()
    return LANGUAGES.get(name) or LANGUAGES.get(name.partition("-")[0], "")


def profile_of(user: Mapping[str, Any], home: Workspace) -> Profile:
    """What a user object says."""
    about = user.get("profile") or {}
    team = str(user.get("team_id") or home.team)
    enterprise = str((user.get("enterprise_user") or {}).get("enterprise_id") or "")
    ours = team == home.team or (home.enterprise != "" and enterprise == home.enterprise)
    foreign = bool(user.get("is_stranger")) or not ours
    vouched = not foreign and user.get("is_email_confirmed", True) is not False
    return Profile(
        bot=bool(user.get("is_bot")) or user.get("id") == SLACKBOT,
        gone=bool(user.get("deleted")),
        foreign=foreign,
        email=str(about.get("email") or "")[:320] if vouched else "",
        language=language_of(str(user.get("locale") or "")),
        time_zone=str(user.get("tz") or "")[:64],
    )


class Accounts:
    """Slack's accounts, looked up and remembered for a few minutes."""

    def __init__(self, calls: Calls, clock: Clock) -> None:
        self._calls = calls
        self._clock = clock
        self._found: OrderedDict[str, tuple[datetime, Profile]] = OrderedDict()
        self._home: Workspace | None = None

    async def home(self) -> Workspace:
        """This workspace. Raises what `Calls.call` raises."""
        if self._home is None:
            answer = await self._calls.call("auth.test")
            self._home = Workspace(str(answer["team_id"]), str(answer.get("enterprise_id") or ""))
        return self._home

    async def get(self, user: str) -> Profile | None:
        """The account; `None` where Slack knows none. Raises `Temporary`, `Paced`, `Refused`."""
        now = self._clock.now()
        known = self._found.get(user)
        if known is not None and now - known[0] < KNOWN_FOR:
            return known[1]
        home = await self.home()
        try:
            answer = await self._calls.look("users.info", user=user, include_locale="true")
        except Refused as refused:
            if refused.code in ("user_not_found", "user_not_visible"):
                return None
            raise
        profile = profile_of(answer["user"], home)
        self._found[user] = (now, profile)
        while len(self._found) > MOST:
            self._found.popitem(last=False)
        return profile

    def forget(self, user: str) -> None:
        self._found.pop(user, None)


class Residents:
    """Whom the house knows, remembered for a few minutes."""

    def __init__(self, door: Door, clock: Clock) -> None:
        self._door = door
        self._clock = clock
        self._known: OrderedDict[str, tuple[datetime, Person]] = OrderedDict()

    async def get(self, user: str) -> Person | None:
        now = self._clock.now()
        known = self._known.get(user)
        if known is not None and now - known[0] < KNOWN_FOR:
            return known[1]
        person = await self._door.who(Sender(CHANNEL, user))
        if person is None:
            self._known.pop(user, None)
            return None
        self._known[user] = (now, person)
        self._known.move_to_end(user)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return person

    def forget(self, user: str) -> None:
        self._known.pop(user, None)
