"""What the web chat needs of the house, as small ports; `bot.app` joins them.

Rules of the room:
- Only the vocabulary of `bot` passes through here: people, cards and events. The adapter does
  not know where any of it is kept.
- A person's mistake is a value (`BadLink`, `Answered.problem`); an exception means that the
  house could not do its part, and the page says so and keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.cards import Card, FormPage
from bot.door import Answered
from bot.events import FromPeople
from bot.people import Person

CHANNEL = "web"
"""The channel's name: in `Sender.channel` and in front of every event id."""


@dataclass(frozen=True, slots=True)
class BadLink:
    """Why a link opens nothing. A revoked one is `bad`: it tells nobody that it once worked."""

    reason: Literal["bad", "expired"] = "bad"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One post as the person sees it now. Posts are numbered in the order they were made."""

    post: int
    at: datetime
    card: Card
    mine: bool
    """Something the person wrote or handed over, drawn on their own side."""
    changed: datetime


@dataclass(frozen=True, slots=True)
class OneCard:
    """What a one-tap link opens: one card as it is now, or a form in its place."""

    person: Person
    view: str
    subject: str
    card: Card | None = None
    form: FormPage | None = None
    cancel: str = ""
    """The id of the button that gives the form up."""

    @property
    def gone(self) -> bool:
        """True if there is nothing to show any more."""
        return self.card is None and self.form is None


class Door(Protocol):
    """The way in for everything people do."""

    async def handle(self, event: FromPeople) -> Answered:
        """Returns after the durable commit; raises `bot.look.CouldNotSave` if there was none."""
        ...


class People(Protocol):
    """Who a link belongs to."""

    async def who(self, token: str) -> Person | BadLink: ...


class Cards(Protocol):
    """Single cards, for whoever holds a one-tap link to one."""

    async def open(self, token: str, args: Mapping[str, str]) -> OneCard | BadLink:
        """The card behind a link; `args` say which part of it, where it has several."""
        ...

    def token(self, person: Person, view: str, subject: str) -> str:
        """A fresh link to a card for the same person; empty where such a card has none."""
        ...

    def sealed(self, token: str, button: str) -> str:
        """A button as the page of this link offers it."""
        ...

    def unsealed(self, token: str, sealed: str) -> str:
        """The button a page sent back; empty where the page of this link never offered it."""
        ...

    async def seen(self, one: OneCard) -> None:
        """Somebody has looked at this card. Never raises: that it is on record helps nobody who
        waits for the page."""
        ...


class Feed(Protocol):
    """What a person has been shown, drawn from the present state."""

    async def cards(self, person_id: int, before: int | None, limit: int) -> list[FeedItem]:
        """The newest `limit` posts (those older than `before`), oldest first."""
        ...

    async def revision(self, person_ids: Collection[int]) -> Mapping[int, int]:
        """A number for each person that differs once anything they see has changed; one query."""
        ...


class Pictures(Protocol):
    """Pictures kept in the store."""

    async def get(self, photo_id: str, person: Person) -> bytes | None:
        """The JPEG, or `None` where there is none that this person may see."""
        ...


class Prepare(Protocol):
    """Checks a picture and makes it small; slow, so it is called in a thread."""

    def __call__(self, data: bytes, limit: int) -> bytes:
        """A JPEG without metadata. Raises `ValueError` whose text is the key of what to say."""
        ...


class Words(Protocol):
    """Words by key, in one language."""

    def say(self, key: str, /, **args: str | int) -> str: ...


class Texts(Protocol):
    """All languages' words."""

    def words(self, language: str, time_zone: str = "") -> Words: ...
