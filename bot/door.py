"""The door as a channel sees it: events in; words, pages and pictures out.

Rules of the room:
- `handle` returns after the durable commit. Only then is a platform told "received".
- What must be shown at once (a page of a form, somebody's home page) is asked for here; all
  else is handed over by the courier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.cards import Card, FormPage
from bot.events import FromPeople, Sender
from bot.people import Person
from bot.texts import Words


@dataclass(frozen=True, slots=True)
class Shown:
    """Which card answers somebody, for a channel that shows it on the spot."""

    view: str
    subject: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the sender is told at once, in their words; empty for nothing to say."""

    text: str = ""
    problem: bool = False
    repeat: bool = False
    """The event had been handled before; nothing was done twice."""
    draft: str = ""
    """The form that is open for them now, where a page was opened or handed in."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with which answer of a page, in words."""
    shows: Shown | None = None
    """The card to be shown next, on a channel that shows it on the spot."""


class Door(Protocol):
    """What a chat channel needs of the house."""

    async def handle(self, event: FromPeople) -> Answered:
        """Returns after the durable commit; raises `bot.look.CouldNotSave` if there was none."""
        ...

    async def who(self, sender: Sender) -> Person | None:
        """Whom an address belongs to."""
        ...

    async def page(self, sender: Sender, draft: str) -> FormPage | None:
        """The open questions of a draft that can be asked at once; `None`: nothing is left."""
        ...

    async def home(self, sender: Sender) -> Sequence[Card]:
        """Everything that concerns somebody now: what waits for them, what they lead, the menu."""
        ...

    async def picture(self, photo: str, person: int) -> bytes | None:
        """The JPEG behind a card's photo; `None` where there is none this person may see."""
        ...

    def words(self, person: Person | None) -> Words:
        """Words in somebody's language; in the organisation's where nobody is known."""
        ...


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a channel found wrong with itself, for whoever runs it, in English."""

    says: str
    do: str = ""
    fatal: bool = True


class Source(Protocol):
    """A channel's receiving side."""

    async def start(self) -> None:
        """Begin receiving; returns at once and tries again by itself where a platform is away."""
        ...

    async def stop(self) -> None:
        """Receive nothing more; what has been received is confirmed or comes again."""
        ...

    async def check(self) -> Sequence[Trouble]:
        """Ask the platform for real whether token, scopes, webhook and clock are well."""
        ...
