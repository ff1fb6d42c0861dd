"""The workspace's directory: who has an account here, so that people can be asked who have never
written to the app.

Rules of the room:
- An account is linked by the e-mail address Slack vouches for, quietly: nobody is told, and
  whoever has unlinked theirs stays unlinked.
- It is walked through when receiving starts and every hour, a page at a time, as slowly as Slack
  wants. Between two walks Slack tells of each change by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog

from adapters.slack.accounts import Accounts, Workspace, profile_of
from adapters.slack.calls import Calls, Refused
from adapters.slack.given import CHANNEL
from bot.channels import Closed, Paced, Temporary
from bot.door import Door
from bot.events import Departed, Introduced, Sender
from bot.look import CouldNotSave
from bot.ports import Clock

log = structlog.get_logger("slack")

PAGE = 200
PAUSE = 3.0
"""Seconds between two pages: the method takes 20 calls a minute."""
AGAIN = timedelta(hours=1)
"""Until the next walk: somebody may have come onto the staff list meanwhile."""
PATIENCE = 60.0
"""Seconds before a walk that failed goes on where it was."""


class Directory:
    """Walks through the directory, again and again, while it is running."""

    def __init__(self, calls: Calls, accounts: Accounts, door: Door, clock: Clock) -> None:
        self._calls = calls
        self._accounts = accounts
        self._door = door
        self._clock = clock
        self._walking: asyncio.Task[None] | None = None
        self._gone: set[str] = set()
        """Accounts the house has been told of: once, not at every walk."""
        self.walks = 0
        """How often it has been walked through to its end."""

    def start(self) -> None:
        self._walking = asyncio.create_task(self._walk_on(), name="slack-directory")

    async def stop(self) -> None:
        if self._walking is not None:
            self._walking.cancel()
            await asyncio.gather(self._walking, return_exceptions=True)
            self._walking = None

    async def _walk_on(self) -> None:
        while True:
            await self.walk()
            await asyncio.sleep(AGAIN.total_seconds())

    async def walk(self) -> int:
        """Once through all of it; returns how many people were linked."""
        cursor, linked = "", 0
        begun = f"{self._clock.now():%Y%m%d%H%M%S}"
        while True:
            try:
                home = await self._accounts.home()
                where = {"cursor": cursor} if cursor else {}
                page = await self._calls.look(
                    "users.list", limit=str(PAGE), include_locale="true", **where
                )
                linked += await self._members(page.get("members") or (), home, begun)
            except Paced as paced:
                await self._clock.sleep(paced.seconds)
                continue
            except (Temporary, Closed, CouldNotSave) as problem:
                log.warning("slack.directory", problem=type(problem).__name__)
                await self._clock.sleep(PATIENCE)
                continue
            except Refused as refused:
                log.error("slack.directory", code=refused.code)
                return linked
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                self.walks += 1
                log.info("slack.directory", linked=linked)
                return linked
            await self._clock.sleep(PAUSE)

    async def _members(self, users: Sequence[Any], home: Workspace, begun: str) -> int:
        """A page of accounts, all at once: the house looks them up together."""
        found = await asyncio.gather(
            *(self._member(user, home, begun) for user in users), return_exceptions=True
        )
        for each in found:
            if isinstance(each, BaseException):
                raise each
        return sum(each for each in found if isinstance(each, int))

    async def _member(self, user: Mapping[str, Any], home: Workspace, begun: str) -> int:
        """One account; 1 if it was linked just now."""
        profile, id_ = profile_of(user, home), str(user.get("id") or "")
        if not id_ or profile.bot or profile.foreign:
            return 0
        sender = Sender(CHANNEL, id_)
        known = await self._door.who(sender)
        stamp = f"{CHANNEL}:directory:{id_}:{begun}"
        if profile.gone:
            if known is not None and id_ not in self._gone:
                await self._door.handle(Departed(stamp, sender, "deactivated"))
                self._gone.add(id_)
            return 0
        self._gone.discard(id_)
        if known is not None or not profile.email:
            return 0
        found = Introduced(
            stamp,
            sender,
            email=profile.email,
            language=profile.language,
            time_zone=profile.time_zone,
            quiet=True,
        )
        return 0 if (await self._door.handle(found)).problem else 1
