"""What may be looked up for the board, as a port.

Rules of the room:
- `within` limits every answer to the people the reader may see; `None` is everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.board.figures import Caller, Change, Choice, Gap, Guest, Line, Member, Place, Spot
from bot.found import Count
from bot.incidents import Incident
from bot.look import Look
from bot.rights import Within
from bot.rollcalls import RollCall


class BoardLook(Look, Protocol):
    """A look as the board needs it."""

    async def concerns(self, about: str, within: frozenset[int]) -> bool:
        """True if any of these people is asked."""
        ...

    async def tallied(self, about: str, within: Within) -> list[Count]: ...

    async def lines_in_need(self, about: str, within: Within, limit: int) -> list[Line]:
        """Those who need help: whom nobody has taken first, and whoever has waited longest."""
        ...

    async def listed(self, about: str, choice: Choice, within: Within) -> list[Line]:
        """People of a roll call, in order of name."""
        ...

    async def guests(
        self, about: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[Guest]:
        """People on no list, in the order in which they were counted."""
        ...

    async def guest_count(self, about: str) -> int: ...

    async def sighted(self, about: str, within: Within) -> list[Count]:
        """Of the people `tallied` counts those who were seen at a head count."""
        ...

    async def answered_by_step(
        self, about: str, begin: datetime, step: timedelta, within: Within
    ) -> Mapping[int, int]:
        """How many present answers were given in each step of time."""
        ...

    async def unsent(self, about: str) -> int:
        """How many were to be asked, but nothing got through to them."""
        ...

    async def callers(self, about: str, within: Within, limit: int) -> list[Caller]:
        """Who has people to look after; those with most left first."""
        ...

    async def spots(self, about: str, within: Within, limit: int) -> list[Spot]: ...

    async def changes(self, roll_call: RollCall, within: Within, limit: int) -> list[Change]:
        """The newest first."""
        ...

    async def lately(self, limit: int) -> list[RollCall]:
        """Roll calls that have ended, the newest first."""
        ...

    async def incidents_lately(
        self,
        after: tuple[datetime, str] | None,
        limit: int,
        reporters: Within,
        called: int,
        *,
        unfinished: bool = False,
    ) -> list[Incident]:
        """Reports by these people, and those about which the person `called` was called; the newest
        first, of every state or only what is not over."""
        ...

    async def members(
        self, within: Within, after: Place | None, limit: int, *, said: str = ""
    ) -> list[Member]:
        """The staff in order of name; `said` is part of a name or a whole key."""
        ...

    async def members_of(self, ids: Collection[int]) -> Sequence[Member]: ...

    async def gaps(self, limit: int) -> Sequence[Gap]:
        """What is missing: contacts, proof, leads, deputies."""
        ...

    async def staff_count(self) -> int: ...
