"""Pictures people hand over: fetched from Slack, checked, made small, handed in.

Rules of the room:
- What was written with a picture is handed in before and without it: words never wait for a
  download.
- A picture that cannot be had is not passed over: the person is told to send it again.
- How many are fetched at once is bounded, and so is the size of each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import structlog

from adapters.slack.calls import Calls, Refused
from adapters.slack.given import CHANNEL, Prepare
from adapters.slack.reading import Payload
from adapters.slack.telling import Telling
from bot.channels import Paced, Temporary
from bot.door import Door
from bot.events import Attached, Sender
from bot.people import Person
from bot.ports import Clock

log = structlog.get_logger("slack")

AT_ONCE = 4
TRIES = 4
BACKOFF = 1.0
"""Seconds before the second try; twice as many before each further one."""


class Pictures:
    """Fetches and hands in."""

    def __init__(
        self,
        calls: Calls,
        door: Door,
        telling: Telling,
        clock: Clock,
        prepare: Prepare,
        limit: int,
    ) -> None:
        self._calls = calls
        self._door = door
        self._telling = telling
        self._clock = clock
        self._prepare = prepare
        self._limit = limit
        self._room = asyncio.Semaphore(AT_ONCE)

    async def hand_in(
        self, event: str, user: str, person: Person, files: Iterable[Payload]
    ) -> None:
        """Each file as an event of its own. Raises `CouldNotSave`."""
        for file in files:
            found = await self._picture(file)
            if isinstance(found, str):
                megabytes = max(1, self._limit // 1_000_000)
                words = self._door.words(person)
                self._telling.tell(user, words.say(found, limit=megabytes))
                continue
            sender = Sender(CHANNEL, user)
            await self._door.handle(Attached(f"{event}:{file.get('id', '')}", sender, found))

    async def _picture(self, file: Payload) -> bytes | str:
        """The picture, or the key of what to say instead."""
        try:
            size = int(file.get("size") or 0)
            if size > self._limit:
                return "photo-too-big"
            async with self._room:
                data = await self._fetched(file)
                return await asyncio.to_thread(self._prepare, data, self._limit)
        except Refused as refused:
            log.warning("slack.picture", code=refused.code)
            return "photo-too-big" if refused.code == "too_big" else "slack-photo-lost"
        except (Temporary, Paced) as problem:
            log.warning("slack.picture", problem=str(problem))
            return "slack-photo-lost"
        except ValueError as problem:
            key = str(problem)
            return key if key in ("photo-too-big", "photo-not-a-picture") else "photo-not-a-picture"

    async def _fetched(self, file: Payload) -> bytes:
        if file.get("file_access") == "check_file_info":
            # From a shared channel: the event names the file only.
            answer = await self._calls.look("files.info", file=str(file["id"]))
            file = answer.get("file") or file
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        wait = BACKOFF
        for attempt in range(1, TRIES + 1):
            try:
                return await self._calls.fetch(url, self._limit)
            except (Temporary, Paced) as problem:
                if attempt == TRIES:
                    raise
                await self._clock.sleep(getattr(problem, "seconds", wait))
                wait *= 2
        raise Temporary("no picture")
