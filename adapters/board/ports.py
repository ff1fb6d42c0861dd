"""What the board needs of the house, as small ports; `bot.boarding` joins them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.board.figures import Choice, Guest, Line, Member, Place
from bot.board.heads import Heads
from bot.board.incidents import Dossier, Page
from bot.board.people import Branch, Ready, Roster
from bot.board.rollcall import Quick, Seen, Slow
from bot.board.settings import Keeping
from bot.board.start import Start
from bot.cards import Card, FormPage
from bot.door import Answered
from bot.events import FromPeople, Sender
from bot.people import Person
from bot.rights import Rights

CHANNEL = "board"
"""In `Sender.channel` and in front of every event id."""


class Door(Protocol):
    """The way in for everything people do."""

    async def handle(self, event: FromPeople) -> Answered:
        """Returns after the durable commit; raises `bot.look.CouldNotSave` if there was none."""
        ...

    async def page(self, sender: Sender, draft: str) -> FormPage | None:
        """The open questions of a draft that can be asked at once; `None`: nothing is left."""
        ...


class Entrance(Protocol):
    """Who is signed in. Raises `bot.look.CouldNotSave`."""

    async def enter(self, token: str) -> str | None:
        """Use a link up; the new session's token, or `None`: the link opens nothing."""
        ...

    async def who(self, session: str, *, uses: bool = True) -> Person | None:
        """Whose session this is, if it still holds; looked at without using it, it idles on."""
        ...

    async def leave(self, session: str, *, everywhere: bool) -> None:
        """End this session, or all of its owner's."""
        ...


class Desk(Protocol):
    """Everything the pages show. What somebody may not see is `None` or left out."""

    async def rights(self, person: Person) -> Rights: ...

    async def start(self, rights: Rights) -> Start: ...

    async def seen(self, roll_call: str, rights: Rights) -> Seen | None: ...

    async def quick(self, seen: Seen, choice: Choice) -> Quick: ...

    async def heads(self, seen: Seen, choice: Choice) -> Heads:
        """One page of a head count."""
        ...

    async def revision(self) -> Hashable:
        """Another one whenever something was done, by whichever replica."""
        ...

    async def slow(self, seen: Seen, quick: Quick) -> Slow: ...

    def everybody(self, seen: Seen, choice: Choice) -> AsyncIterator[Sequence[Line]]:
        """All pages of a list, one after the other: for exports."""
        ...

    def guests(self, seen: Seen, choice: Choice) -> AsyncIterator[Sequence[Guest]]:
        """People on no list who were counted at an assembly point, the first first; none where
        `choice` asks for people by their answer or their team."""
        ...

    async def incidents(self, rights: Rights, after: tuple[datetime, str] | None) -> Page: ...

    async def incident(self, incident: str, rights: Rights) -> Dossier | None: ...

    async def sure(self, subject: str, rights: Rights) -> Card | None:
        """A second question to whoever may answer it, while it is open."""
        ...

    async def members(self, rights: Rights, after: Place | None, said: str) -> Roster: ...

    async def branch(self, rights: Rights, person: int | None) -> Branch | None: ...

    async def ready(self, rights: Rights) -> Ready | None: ...

    async def settings(self, rights: Rights) -> Keeping | None:
        """The house itself, for administrators."""
        ...

    async def samples(self, draft: str, rights: Rights) -> Mapping[str, Card]:
        """How the question of a roll call that is about to begin looks, by language."""
        ...

    async def about(self, draft: str, rights: Rights) -> str:
        """What a draft of theirs is about, as `noun:id`; empty where it is about nothing."""
        ...

    async def became(self, draft: str, rights: Rights) -> str:
        """What a draft of theirs that was sent has become, or is about, as `noun:id`; empty where
        it was not sent or belongs to nothing."""
        ...


class Words(Protocol):
    """Words in one language and time zone."""

    @property
    def language(self) -> str: ...

    @property
    def zone(self) -> str: ...

    def say(self, key: str, /, **args: str | int) -> str: ...

    def has(self, key: str) -> bool: ...

    def when(self, at: datetime, now: datetime) -> str: ...

    def exactly(self, at: datetime) -> str: ...

    def ago(self, at: datetime, now: datetime) -> str: ...

    def span(self, seconds: float) -> str: ...

    def number(self, number: float) -> str: ...

    def dotted(self, parts: Sequence[str]) -> str: ...

    def join(self, names: Sequence[str]) -> str: ...


class Texts(Protocol):
    """All languages' words."""

    def words(self, language: str, time_zone: str = "") -> Words: ...


__all__ = ["CHANNEL", "Desk", "Door", "Entrance", "Member", "Texts", "Words"]
