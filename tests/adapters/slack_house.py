"""A house for the Slack adapter to talk to: a door that remembers everything it was handed.

Rules of the room:
- It journals by event id as the real one does: a repeat is answered as before.
- What it answers is for a test to say; unless told otherwise it says nothing.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from PIL import Image

from adapters.pictures import prepare
from adapters.slack import Given, Slack
from bot.cards import Card, Choice, Field, FormPage
from bot.channels import Parcel
from bot.door import Answered
from bot.events import FromPeople, Introduced, Sender, Tapped
from bot.look import CouldNotSave
from bot.people import Person
from bot.ports import SeededIds
from bot.texts import Texts, Words
from tests.adapters.slack_fake import Phone
from tests.adapters.slack_fake import Slack as Platform
from tests.scenarios.phones import TownClock

TEXTS = Texts()
AIKO = Person(1, "E1", "Aiko Tanaka", language="en", time_zone="Asia/Tokyo")
YUSUF = Person(2, "E2", "يوسف", language="ar", time_zone="Asia/Riyadh")
MEGABYTE = 1_000_000

PAGE = FormPage(
    "d1",
    "incident",
    "Report an incident",
    (
        Field(
            "kind",
            "choice",
            "What has happened?",
            choices=(Choice("fire", "Fire"), Choice("flood", "Flood")),
        ),
        Field(
            "place",
            "choice",
            "Where?",
            choices=(Choice("site:B", "Building B"),),
            own_words=True,
            longest=200,
        ),
        Field("details", "text", "What else?", optional=True),
        Field("photo", "photo", "A photo?", optional=True),
    ),
    "Send",
    "Close",
)

OPENS = ("do:report", "do:rollcall", "form:d1:!resume")
"""Buttons that open a form."""

Answer = Callable[[FromPeople], Answered]


def photo(width: int = 60, height: int = 40, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


@dataclass
class House:
    """Fits `bot.door.Door`."""

    people: dict[str, Person] = field(default_factory=dict)
    """By user id."""
    emails: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, Person] = field(default_factory=dict)
    happened: list[FromPeople] = field(default_factory=list)
    """What was committed, in order, each once."""
    repeats: list[str] = field(default_factory=list)
    answers: dict[type, Answer] = field(default_factory=dict)
    refuses: int = 0
    """How many of the next events cannot be saved."""
    breaks: int = 0
    """How many of the next events end in a fault."""
    gate: asyncio.Event | None = None
    """Events wait here before they are committed."""
    waiting: int = 0
    before: Callable[[FromPeople], None] | None = None
    """Called as an event is committed."""
    pages: list[FormPage | None] = field(default_factory=list)
    """What is asked next, each once; then nothing."""
    cards: list[Card] = field(default_factory=list)
    asked: int = 0
    """How often somebody was looked up."""
    _said: dict[str, Answered] = field(default_factory=dict)

    async def handle(self, event: FromPeople) -> Answered:
        if self.gate is not None:
            self.waiting += 1
            await self.gate.wait()
        await asyncio.sleep(0)
        if self.refuses:
            self.refuses -= 1
            raise CouldNotSave("the disk is full", down=True)
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("a fault of ours")
        if event.id in self._said:
            self.repeats.append(event.id)
            return replace(self._said[event.id], repeat=True)
        if self.before is not None:
            self.before(event)
        self.happened.append(event)
        self._said[event.id] = answered = self._answer(event)
        return answered

    def _answer(self, event: FromPeople) -> Answered:
        if type(event) in self.answers:
            return self.answers[type(event)](event)
        if isinstance(event, Introduced):
            person = self.emails.get(event.email) or self.codes.get(event.code)
            if person is None:
                return Answered("Unknown." if event.email else "That code is wrong.", True)
            self.people[event.sender.address] = person
            return Answered(f"Welcome, {person.name}.")
        if isinstance(event, Tapped) and event.page and event.button in OPENS:
            return Answered(draft="d1")
        return Answered()

    async def who(self, sender: Sender) -> Person | None:
        assert sender.channel == "slack"
        self.asked += 1
        return self.people.get(sender.address)

    async def page(self, sender: Sender, draft: str) -> FormPage | None:
        return self.pages.pop(0) if self.pages else None

    async def home(self, sender: Sender) -> Sequence[Card]:
        return self.cards

    async def picture(self, photo: str, person: int) -> bytes | None:
        return None

    def words(self, person: Person | None) -> Words:
        if person is None:
            return TEXTS.words("en", "UTC")
        return TEXTS.words(person.language, person.time_zone)

    def of(self, kind: type) -> list[Any]:
        """What was committed of one kind."""
        return [event for event in self.happened if type(event) is kind]


@dataclass
class Stage:
    """The platform, the adapter and the house behind it."""

    platform: Platform
    slack: Slack
    house: House
    clock: TownClock
    aiko: Phone
    yusuf: Phone

    async def until(self, true: Callable[[], object], patience: float = 5) -> None:
        """Wait until something has come about."""
        async with asyncio.timeout(patience):
            while not true():
                await asyncio.sleep(0.005)

    def parcel(self, card: Card, user: str = "U1", reference: str = "", post: int = 1) -> Parcel:
        return Parcel(card, 1, post, user, reference)


def given(platform: Platform, **more: Any) -> Given:
    return Given(
        bot_token=platform.bot_token,
        app_token=platform.app_token,
        signing_secret=platform.signing_secret,
        api_url=platform.api_url,
        **more,
    )


@asynccontextmanager
async def playing(
    house: House | None = None,
    *,
    connections: int = 1,
    limit: int = MEGABYTE,
    start: bool = True,
    directory: bool = False,
) -> AsyncIterator[Stage]:
    """Everything joined, in socket mode: Aiko (U1) and Yusuf (U2, Arabic) are known."""
    clock = TownClock()
    house = house or House()
    async with Platform(clock=clock) as platform:
        aiko = platform.add_user("U1", real_name="Aiko Tanaka", email="aiko@example.org")
        yusuf = platform.add_user("U2", real_name="Yusuf", email="yusuf@example.org", locale="ar")
        house.people |= {"U1": AIKO, "U2": YUSUF}
        slack = Slack(
            given(platform, connections=connections, directory=directory),
            house,
            clock,
            SeededIds(1),
            prepare,
            limit,
        )
        if start:
            await slack.source.start()
            await platform.sockets.connected(connections)
        try:
            yield Stage(platform, slack, house, clock, aiko, yusuf)
        finally:
            await slack.source.stop()
            await slack.close()
