"""Whose an address is, asked for by many at once: those who knock together are looked up together.

Rules of the room:
- One look at a time, for everybody who waits at that moment: when a whole organisation answers
  within a second, a thousand looks side by side would only be in each other's way.
- Whoever stops waiting holds up nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.events import Sender
from bot.people import Person

TOGETHER = 200
"""How many are looked up in one look."""


class KnockLook(Protocol):
    """A look as it is needed here."""

    async def whose(self, senders: Collection[Sender]) -> Mapping[Sender, int]: ...

    async def person(self, person: int) -> Person | None: ...

    async def prefetch(self, *, people: Collection[int] = ()) -> None: ...


class Lookout(Protocol):
    """The store as it is needed here."""

    def look(self) -> AbstractAsyncContextManager[KnockLook]: ...


@dataclass(frozen=True, slots=True)
class _Knock:
    sender: Sender
    answer: asyncio.Future[Person | None]


class Knocks:
    """Answers who somebody is."""

    def __init__(self, lookout: Lookout) -> None:
        self._lookout = lookout
        self._line: list[_Knock] = []
        self._answering: asyncio.Task[None] | None = None

    async def who(self, sender: Sender) -> Person | None:
        """Whom an address belongs to, if to anybody who is here. Raises what the store raises."""
        knock = _Knock(sender, asyncio.get_running_loop().create_future())
        self._line.append(knock)
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answer(), name="knocks")
        return await knock.answer

    async def _answer(self) -> None:
        while self._line:
            batch, self._line = self._line[:TOGETHER], self._line[TOGETHER:]
            try:
                found = await self._found([knock.sender for knock in batch])
            except BaseException as problem:
                for knock in batch:
                    if not knock.answer.done():
                        knock.answer.set_exception(problem)
                if not isinstance(problem, Exception):
                    raise
                continue
            for knock in batch:
                if not knock.answer.done():
                    knock.answer.set_result(found.get(knock.sender))

    async def _found(self, senders: Collection[Sender]) -> dict[Sender, Person]:
        async with self._lookout.look() as look:
            owners = await look.whose(frozenset(senders))
            await look.prefetch(people=frozenset(owners.values()))
            people = {sender: await look.person(owner) for sender, owner in owners.items()}
        return {sender: person for sender, person in people.items() if person and not person.left}
