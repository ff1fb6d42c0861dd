"""What may be looked up while deciding and drawing: the read side of the store, as a port.

Rules of the room:
- Every look-up answers from one consistent state. What was asked for before is not fetched
  again, and `prefetch` turns the look-ups of a whole batch into a handful of queries.
- No address is to be had here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.asks import Ask
from bot.events import Delivered, Sender
from bot.forms import Draft
from bot.found import Batch, Count, Delivery, Duties, LeftBehind, Reach, Worklist
from bot.hands import Hands, HandsAtWork
from bot.heads import Sighting
from bot.incidents import Incident
from bot.newcomers import Invite
from bot.outcomes import Entry, Outcome, Show
from bot.people import CallTree, Person, Role
from bot.rollcalls import RollCall, Scope
from bot.signin import SignIn
from bot.timeline import Note

CardKey = tuple[int, str, str]
"""A card somebody is to be sent: person, view, subject."""


class Look(Hands, Protocol):
    """Look-ups by id answer `None` for what does not exist."""

    async def prefetch(
        self,
        *,
        asks: Collection[str] = (),
        people: Collection[int] = (),
        rollcalls: Collection[str] = (),
        incidents: Collection[str] = (),
    ) -> None: ...

    async def ask(self, ask: str) -> Ask | None: ...

    async def asks_about(self, about: str) -> list[Ask]:
        """Every ask about something; for pages, which are few."""
        ...

    async def check_in(self, about: str, person: int) -> Ask | None:
        """The check-in of one person in one roll call."""
        ...

    async def check_ins(self, about: str, people: Collection[int]) -> list[Ask]:
        """Those of several people, who need not all have one."""
        ...

    async def waiting_for(self, person: int) -> list[Ask]:
        """Asks that wait for this very person now, the most urgent first; at most 20."""
        ...

    async def cry_of(self, person: int) -> Ask | None:
        """The check-in in which this person says that they need help; the newest."""
        ...

    async def person(self, person: int) -> Person | None: ...

    async def by_key(self, keys: Sequence[str]) -> dict[str, Person]: ...

    async def roll_call(self, roll_call: str) -> RollCall | None: ...

    async def incident(self, incident: str) -> Incident | None: ...

    async def draft(self, draft: str) -> Draft | None: ...

    async def draft_of(self, person: int) -> Draft | None:
        """The draft a person is working on: their newest that is not done."""
        ...

    async def notes(self, about: str, limit: int = 50) -> list[Note]:
        """The newest `limit` lines of a timeline, oldest first."""
        ...

    async def remarks(self, asks: Collection[str]) -> dict[str, Note]:
        """The newest words people wrote beside these check-ins of theirs, by check-in."""
        ...

    async def counts(self, about: str) -> list[Count]: ...

    async def worklist(self, about: str, lead: int, offset: int, limit: int) -> Worklist:
        """Those in need of help first, then the silent ones in order of name."""
        ...

    async def in_need(self, about: str, limit: int = 20) -> list[Ask]:
        """Those who said they need help, the longest waiting first."""
        ...

    async def silent(self, about: str, limit: int = 20) -> list[Ask]:
        """Those not heard from, by name; of a roll call that has ended, those never heard from."""
        ...

    async def crying(
        self,
        now: datetime,
        limit: int = 20,
        people: Collection[int] | None = None,
        *,
        untaken: bool = False,
    ) -> list[Ask]:
        """Everybody who needs help in a roll call of late (of `people`, if named), the longest
        waiting first; `untaken`: those nobody takes care of yet."""
        ...

    async def untaken_reports(self, limit: int) -> list[Incident]:
        """Reports nobody has taken, the oldest first."""
        ...

    async def running(self) -> list[RollCall]:
        """Roll calls that have not ended, newest first."""
        ...

    async def ended_lately(self, now: datetime) -> list[RollCall]:
        """Roll calls that have ended and still take late answers, the last ended first."""
        ...

    async def open_incidents(
        self, limit: int = 20, *, reporter: int | None = None
    ) -> list[Incident]:
        """Incidents that are not over, newest first; of one reporter if named."""
        ...

    async def in_charge(self, person: int) -> list[Incident]:
        """Open incidents this person has taken, newest first."""
        ...

    async def desk(self) -> tuple[int, ...]:
        """Everyone at the safety desk: present safety officers, by id."""
        ...

    async def with_role(self, role: Role) -> tuple[int, ...]:
        """Everyone present who has a role, by id."""
        ...

    async def tree(self) -> CallTree: ...

    async def out_of_order(self) -> Collection[str]:
        """Channels that let us in no more."""
        ...

    async def sign_in(self, id_: str) -> SignIn | None:
        """A link to the board, with its token."""
        ...

    async def duties(self, now: datetime) -> Duties:
        """What is due at `now`."""
        ...

    async def sites(self) -> tuple[str, ...]: ...

    async def teams(self) -> tuple[str, ...]: ...

    async def sending(self, about: str, channels: Collection[str]) -> Mapping[str, int]:
        """How many questions of a roll call wait to be sent by these channels."""
        ...

    async def reach(self, scope: Scope, target: Sequence[str]) -> Reach: ...

    async def delivery(self, about: str) -> list[Delivery]:
        """What became of the questions of a roll call, by channel."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a sender turned out to be, through which contact (0: none needed)."""

    person: int
    contact: int


@dataclass(frozen=True, slots=True)
class Posted:
    """A card somebody has been shown."""

    id: int
    view: str
    subject: str
    args: Mapping[str, str]


class Work(HandsAtWork, Look, Protocol):
    """A look that can also write: one transaction."""

    now: datetime
    woken: set[int]
    queued: int

    def refused(self, problem: Exception) -> bool:
        """True if it was the database that failed, and with it this whole transaction."""
        ...

    async def seen(self, events: Sequence[str]) -> dict[str, str]:
        """Of these event ids those journalled before, with the reply given then."""
        ...

    async def senders(self, senders: Collection[Sender]) -> dict[Sender, Known]: ...

    async def invite(self, channel: str, code: str) -> Invite | None:
        """The one-time code somebody shows, if there is such a one."""
        ...

    async def owner(self, channel: str, address: str) -> int | None:
        """Whose address this is."""
        ...

    async def declined(self, sender: Sender) -> bool:
        """True if whoever has this account has unlinked it."""
        ...

    async def caused(self, event: str, person: int) -> str:
        """What an event of this person was about; empty where there was none."""
        ...

    async def sighting(self, ask: str) -> Sighting | None:
        """Who saw whoever is asked, at a head count."""
        ...

    async def take(self, out: Outcome) -> None: ...

    def record(self, entries: Sequence[Entry], event: str = "", reply: str = "") -> None:
        """Journal lines; the first carries the event's id and reply."""
        ...

    async def save(self) -> None:
        """Write the values taken so far, so that queries see them."""
        ...

    async def flush(self) -> list[Show]:
        """Write all that was taken; returns the cards no channel can carry."""
        ...

    async def due_asks(self, limit: int) -> list[Ask]:
        """Asks whose time has come: pages first, then real roll calls before drills."""
        ...

    async def in_line(self, cards: Collection[CardKey]) -> set[CardKey]:
        """Those of these cards that are queued and have not had their turn yet."""
        ...

    async def left_behind(self) -> LeftBehind: ...

    async def unkept(self, about: str, keepers: Collection[int]) -> list[Ask]:
        """Those nobody could reach who are on the worklist of none of `keepers`."""
        ...

    async def due_roll_call(self) -> RollCall | None: ...

    async def due_drafts(self, limit: int) -> list[Draft]: ...

    async def hold_roll_call(self, roll_call: str) -> RollCall | None:
        """A roll call that is about to end, held against another who ends it too."""
        ...

    async def held_by(self, about: str, releaser: int) -> list[Ask]: ...

    async def stranded(self, about: str) -> list[Ask]:
        """Cascade: held asks that neither an answer nor silence will ever release."""
        ...

    async def candidates(
        self, scope: Scope, target: Sequence[str], after: int, limit: int
    ) -> Batch: ...

    async def scope_ids(self, scope: Scope, target: Sequence[str]) -> list[int]: ...

    async def last_posted(self, person: int, limit: int = 8) -> list[Posted]:
        """The newest cards a person has been shown, newest first."""
        ...

    async def settle(self, claimed: Sequence[Any], arrived: Collection[Delivered]) -> None: ...

    async def discard(self, ids: Collection[int]) -> None: ...

    async def fail_contact(self, contact: int, why: str) -> None: ...

    def refusal(self, about: str, subject: str, person: int, channel: str, why: str) -> None:
        """Put on record that somebody did not get a card by a channel."""
        ...

    async def close_channel(self, channel: str, why: str) -> bool:
        """Put on record that a channel is out of order; `False` if it was already."""
        ...

    async def take_back(self, channel: str, limit: int) -> Sequence[Any]:
        """Out of the outbox: cards of this channel whose person has another open one."""
        ...


class CouldNotSave(Exception):
    """The database refused: the disk is full, another process holds it, it is unreachable."""

    def __init__(self, why: str, *, again: bool = False, down: bool = False) -> None:
        super().__init__(why)
        self.again = again
        """True if the very same work may well succeed when it is tried once more."""
        self.down = down
        """True if nothing can be saved just now, whatever it is."""


class Book(Protocol):
    """The store as the engine sees it; raises `CouldNotSave` where the database refuses."""

    def write(self, *, patient: bool = False) -> AbstractAsyncContextManager[Work]:
        """One transaction. `patient`: whoever is in a hurry may go first."""
        ...

    def look(self) -> AbstractAsyncContextManager[Look]: ...

    def close_channel(self, channel: str) -> None:
        """From now on nothing new goes by this channel where there is another."""
        ...
