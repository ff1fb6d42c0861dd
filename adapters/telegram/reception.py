"""Everything that comes in: who is it, into the house, and a line back where one is due.

Rules of the room:
- Each part of a `Job` ends only after the durable commit. It may be done again: the house knows
  the event by its id, and nothing is done twice.
- Somebody nobody knows gets one polite line a minute at most; what they write is not kept.
- Words the house answers with cards are not answered here. Taps, introductions and what we could
  not read are.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from adapters.telegram.channel import NO_PREVIEW, TelegramChannel
from adapters.telegram.client import Client
from adapters.telegram.commands import language_of
from adapters.telegram.downloads import Downloads, Unusable
from adapters.telegram.drawing import LONGEST
from adapters.telegram.following import Following
from adapters.telegram.given import Habits
from adapters.telegram.lettering import cut
from adapters.telegram.reading import (
    From,
    Member,
    Moved,
    Picture,
    Read,
    Room,
    Said,
    Start,
    Tap,
    Unreadable,
    key_of,
    read,
)
from adapters.telegram.taps import Spinner
from bot.door import Door
from bot.events import Attached, Edited, Introduced, Located, Wrote
from bot.people import Person
from bot.ports import Clock
from bot.texts import Words

STRANGERS = 10_000
"""How many of those nobody knows are remembered, so that they are not told again and again."""

log = structlog.get_logger("telegram")


@dataclass(frozen=True, slots=True)
class Part:
    """Something to be done; `run` returns after the commit and may be called again."""

    key: object
    """What has the same key is done in the order it came."""
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """One update to be done, part by part."""

    parts: Sequence[Part]
    late: Callable[[], Awaitable[None]]
    """Tell the sender that nothing can be recorded just now."""


class Reception:
    """Takes updates to the house."""

    def __init__(
        self,
        client: Client,
        channel: TelegramChannel,
        following: Following,
        downloads: Downloads,
        door: Door,
        clock: Clock,
        habits: Habits,
    ) -> None:
        self.name = ""
        """The bot's own name, as soon as it is known."""
        self._client = client
        self._channel = channel
        self._following = following
        self._downloads = downloads
        self._door = door
        self._clock = clock
        self._habits = habits
        self._strangers: OrderedDict[int, datetime] = OrderedDict()
        self._behind: set[asyncio.Task[None]] = set()
        """Answers on their way, which nothing waits for."""

    def job(self, update: object) -> Job | None:
        """What is to be done for an update; `None` for nothing. Raises `reading.Malformed`."""
        found = read(update, self.name)
        if found is None:
            return None
        spinner = (
            Spinner(self._client, found.query, self._habits.tap, self._behind)
            if isinstance(found, Tap)
            else None
        )

        async def late() -> None:
            if not isinstance(found, Room | Moved | Member):
                await self._say(found.by, self._door.words(None).say("telegram-not-recorded"))

        parts = [Part(key_of(found), lambda: self._do(found, spinner))]
        if isinstance(found, Picture):
            # In no line: neither what they write next nor other pictures wait for a download.
            parts.append(Part(object(), lambda: self._picture(found)))
        return Job(parts, late)

    async def done(self, seconds: float) -> None:
        """Wait for the answers on their way, for a while."""
        if self._behind:
            await asyncio.wait(self._behind, timeout=seconds)
        for task in list(self._behind):
            task.cancel()
        await asyncio.gather(*self._behind, return_exceptions=True)

    async def _do(self, found: Read, spinner: Spinner | None) -> None:
        match found:
            case Moved(old, new):
                self._channel.moved(old, new)
            case Room(chat, present):
                name = "group.joined" if present else "group.left"
                log.info(name, group=chat, do="name it in telegram.rooms" if present else "")
            case Start():
                await self._start(found)
            case Tap():
                assert spinner is not None  # noqa: S101 - made with the job
                await self._tap(found, spinner)
            case Member(event=event):
                if await self._door.who(event.sender) is not None:
                    await self._door.handle(event)
            case Said() | Picture() | Unreadable():
                person = await self._door.who(found.by.sender)
                if person is None:
                    await self._stranger(found)
                else:
                    await self._known(found, person)

    # --- people who are known --------------------------------------------------------------

    async def _known(self, found: Said | Picture | Unreadable, person: Person) -> None:
        words = self._door.words(person)
        match found:
            case Said(by, event):
                await self._door.handle(event)
                if isinstance(event, Located):
                    self._following.located(by.chat)
            case Picture(id=id_, by=by, caption=caption):
                if caption:
                    # Words are kept before the picture is fetched, which may take long or fail.
                    await self._door.handle(Wrote(id_, by.sender, caption))
            case Unreadable(by, said):
                if said is not None:
                    await self._door.handle(said)
                await self._say(by, words.say("telegram-not-read"))

    async def _picture(self, found: Picture) -> None:
        person = await self._door.who(found.by.sender)
        if person is None:
            return
        try:
            content = await self._downloads.fetch(found)
        except Unusable as why:
            limit = self._downloads.limit // 1_000_000
            await self._say(found.by, self._door.words(person).say(why.key, limit=limit))
            return
        await self._door.handle(Attached(f"{found.id}:picture", found.by.sender, content))

    async def _tap(self, found: Tap, spinner: Spinner) -> None:
        if found.event is None:
            spinner.stop()
            return
        if await self._door.who(found.by.sender) is None:
            spinner.stop(self._words(found.by).say("unknown-person"), alert=True)
            return
        said = await self._door.handle(found.event)
        in_time = spinner.stop(said.text, alert=said.problem)
        if not in_time and said.problem and said.text:
            # Too late for a word beside the button, and no card will say it.
            await self._say(found.by, said.text)

    # --- people who are not, yet -----------------------------------------------------------

    async def _start(self, found: Start) -> None:
        """With a code the house makes them known, and shows what there is."""
        by = found.by
        if found.code:
            language = self._language(by)
            said = await self._door.handle(
                Introduced(found.id, by.sender, code=found.code, language=language)
            )
            if said.text:
                await self._say(by, said.text)
        elif await self._door.who(by.sender) is not None:
            await self._door.handle(Wrote(found.id, by.sender, "menu"))
        else:
            await self._stranger(found)

    async def _stranger(self, found: Said | Picture | Unreadable | Start) -> None:
        by = found.by
        if not by.private or (isinstance(found, Said) and isinstance(found.event, Edited)):
            return
        now = self._clock.now()
        told = self._strangers.get(by.id)
        if told is not None and now - told < timedelta(seconds=self._habits.stranger):
            return
        self._strangers[by.id] = now
        self._strangers.move_to_end(by.id)
        while len(self._strangers) > STRANGERS:
            self._strangers.popitem(last=False)
        await self._say(by, self._words(by).say("unknown-person"))

    def _language(self, by: From) -> str:
        """The language of their own Telegram, if we speak it."""
        return language_of(by.language, self._door.words(None).language)

    def _words(self, by: From) -> Words:
        """Words for somebody nobody knows yet."""
        language = self._language(by)
        return self._door.words(Person(0, "", "", language) if language else None)

    # --- a line back -----------------------------------------------------------------------

    async def _say(self, by: From, text: str) -> None:
        """One line to the sender alone; a platform that will not take it holds nothing up."""
        try:
            await self._client.send_message(
                by.id, cut(text, LONGEST), link_preview_options=NO_PREVIEW
            )
        except TelegramError as problem:
            log.warning("line.lost", problem=type(problem).__name__)
