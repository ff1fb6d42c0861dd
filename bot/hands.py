"""Who is to call whom, as a port: the part of a look that people who call need.

Rules of the room:
- No address is to be had here, only which contact may be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.calls import Call, Way


class Hands(Protocol):
    """Reading."""

    async def handout(self, handout: str) -> list[Call]:
        """The names that were last part of a hand-out, those tried least first."""
        ...

    async def calls_of(self, asks: Collection[str]) -> dict[str, Call]:
        """How far these check-ins are on the way from hand to hand; those that are not are left
        out."""
        ...

    async def asked_by(self, asks: Sequence[str]) -> dict[str, list[Way]]:
        """By which channels these check-ins were asked; one no channel has taken is left out."""
        ...

    async def callable_by(self, people_ids: Collection[int]) -> dict[int, int]:
        """Of these people the contact whose number those above them may see: by person."""
        ...

    async def has_number(self, person: int) -> bool: ...

    async def helpers(self, sites: Collection[str]) -> dict[str, list[int]]:
        """Responders of these sites who are present, by id."""
        ...


class HandsAtWork(Protocol):
    """Handing out, and what the calls gave."""

    async def own_word(self, ask: str, person: int) -> str:
        """What this person themself last answered to a check-in; empty if they never did."""
        ...

    async def gather_calls(self, about: str) -> int:
        """Everybody of a roll call who is silent, and was not before, waits to be called."""
        ...

    async def waiting_calls(self, about: str, after: str) -> tuple[list[Call], str]:
        """Names nobody has in hand, a few of each of some pools `after` that one; and the last
        of those pools, empty if there are no more."""
        ...

    async def not_well(self, about: str, people: Collection[int]) -> tuple[set[int], set[int]]:
        """Of these people those who are themselves looked for in this roll call, and those who
        need help in it."""
        ...

    async def next_back(self, about: str) -> datetime | None:
        """When the next of those comes back who are not to be called just now."""
        ...

    async def asleep(self, about: str, since: datetime) -> set[int]:
        """Who has let a hand-out of these calls lie since then without giving one result."""
        ...

    async def busy_callers(self) -> set[int]:
        """Who has names in hand."""
        ...
