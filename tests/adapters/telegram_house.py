"""A house of a few people behind a real adapter: a door that remembers what came through it.

Rules of the room:
- Only the house is made up here. Telegram is `FakeTelegram` on loopback, and between the two is
  the adapter as it runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.telegram import Given, Habits, Telegram
from bot.cards import Card, FormPage
from bot.channels import Parcel
from bot.door import Answered
from bot.events import Departed, FromPeople, Introduced, Sender, Wrote
from bot.look import CouldNotSave
from bot.people import Person
from bot.ports import SeededIds, SteadyClock
from bot.texts import Texts, Words
from tests.adapters.telegram_fake import FakeTelegram

TEXTS = Texts()
PHOTO_LIMIT = 10_000_000
QUICK = Habits(
    poll=1,
    slack=0.4,
    call=5.0,
    connect=1.0,
    tap=0.15,
    photo=1.0,
    head=0.05,
    backoff=0.01,
    backoff_max=0.05,
    conflict=0.02,
    webhook=5.0,
    farewell=2.0,
)


class SmallDoor:
    """Fits `bot.door.Door`: knows its people, journals ids, answers what it was told to."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self.people = dict(people)
        """By their Telegram id."""
        self.codes: dict[str, Person] = {}
        """Invitations still to be used."""
        self.events: list[FromPeople] = []
        """What was committed, each once, in order."""
        self.repeats: list[str] = []
        self.answer: Callable[[FromPeople], Answered] = lambda event: Answered()
        self.pictures: dict[str, bytes] = {}
        self.asked_for: list[tuple[str, int]] = []
        self.down = 0
        """How many of the next events cannot be saved."""
        self.broken: Callable[[FromPeople], bool] = lambda event: False
        """Events that the house itself stumbles over."""
        self.before_commit: Callable[[FromPeople], Any] | None = None
        """Awaited while an event is being decided."""
        self._seen: dict[str, Answered] = {}
        self._news = asyncio.Event()

    async def handle(self, event: FromPeople) -> Answered:
        if self.before_commit is not None:
            await self.before_commit(event)
        if self.down:
            self.down -= 1
            raise CouldNotSave("the disk is full", down=True)
        if self.broken(event):
            raise RuntimeError("a fault of ours")
        if event.id in self._seen:
            self.repeats.append(event.id)
            return replace(self._seen[event.id], repeat=True)
        said = self._introduced(event) if isinstance(event, Introduced) else self.answer(event)
        self._seen[event.id] = said
        self.events.append(event)
        self._news.set()
        return said

    def _introduced(self, event: Introduced) -> Answered:
        person = self.codes.pop(event.code, None)
        if person is None:
            return Answered("That code is not known.", problem=True)
        self.people[event.sender.address] = person
        return Answered(f"Welcome, {person.name}.")

    async def who(self, sender: Sender) -> Person | None:
        return self.people.get(sender.address)

    async def page(self, sender: Sender, draft: str) -> FormPage | None:
        return None

    async def home(self, sender: Sender) -> Sequence[Card]:
        return ()

    async def picture(self, photo: str, person: int) -> bytes | None:
        self.asked_for.append((photo, person))
        return self.pictures.get(photo) if person else None

    def words(self, person: Person | None) -> Words:
        return TEXTS.words(person.language if person else "en")

    async def heard(self, count: int, within: float = 5.0) -> list[FromPeople]:
        """What was committed, once there are so many."""
        async with asyncio.timeout(within):
            while len(self.events) < count:
                self._news.clear()
                await self._news.wait()
        return self.events

    def wrote(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Wrote)]

    def departed(self) -> list[Departed]:
        return [event for event in self.events if isinstance(event, Departed)]


AIKO = Person(1, "S1", "Aiko", "en")
BEN = Person(2, "S2", "Ben", "ja")
AMIRA = Person(3, "S3", "Amira", "ar")


@dataclass
class Stage:
    """A platform, an adapter and a house, joined."""

    fake: FakeTelegram
    door: SmallDoor
    telegram: Telegram
    given: Given
    habits: Habits
    running: bool = False
    more: list[Telegram] = field(default_factory=list)

    async def start(self) -> None:
        self.running = True
        await self.telegram.source.start()

    async def stop(self) -> None:
        self.running = False
        await self.telegram.source.stop()

    def another(self, **changes: Any) -> Telegram:
        """A second process with the same token."""
        made = Telegram(
            replace(self.given, **changes),
            self.door,
            SteadyClock(),
            SeededIds(2),
            prepare,
            PHOTO_LIMIT,
            self.habits,
        )
        self.more.append(made)
        return made

    async def deliver(self, card: Card, to: int | str, *, person: int = 1, post: int = 1) -> str:
        return await self.telegram.channel.deliver(Parcel(card, person, post, str(to)))

    async def refresh(self, card: Card, to: int | str, reference: str, *, person: int = 1) -> None:
        await self.telegram.channel.refresh(Parcel(card, person, 1, str(to), reference))

    async def until(self, true: Callable[[], object], within: float = 5.0) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(0.002)

    async def settled(self, within: float = 5.0) -> None:
        """Until the platform has nothing left that is not confirmed."""
        await self.until(lambda: not self.fake.updates.pending, within)


def prepare(data: bytes, limit: int) -> bytes:
    """Stands for the checking of pictures."""
    if len(data) > limit:
        raise ValueError("photo-too-big")
    if data.startswith(b"not"):
        raise ValueError("photo-not-a-picture")
    return b"small:" + data


@asynccontextmanager
async def stage(
    *, habits: Habits = QUICK, running: bool = True, **given: Any
) -> AsyncIterator[Stage]:
    """A stage with Aiko (7), Ben (8) and Amira (9) on it; `given` changes the settings."""
    async with FakeTelegram() as fake:
        door = SmallDoor({"7": AIKO, "8": BEN, "9": AMIRA})
        for number, person in ((7, AIKO), (8, BEN), (9, AMIRA)):
            fake.user(number, person.name, person.language)
        settings = Given(**{"token": fake.token, "api_url": fake.url, **given})
        telegram = Telegram(
            settings, door, SteadyClock(), SeededIds(1), prepare, PHOTO_LIMIT, habits
        )
        made = Stage(fake, door, telegram, settings, habits)
        try:
            if running:
                await made.start()
            yield made
        finally:
            if made.running:
                await made.stop()
            for each in [telegram, *made.more]:
                await each.close()
