"""What a platform says later about a message it has taken: delivered, opened, or failed after all.

    await receipts.take(Receipt("hook:gw:81", "sms", "failed", reference="7.17.3", why="no-route"))

Rules of the room:
- A receipt is no answer and moves no question. Only a failure has a consequence: the person is
  asked by their next contact, at once, while there is still something to ask.
- A repeat is known by its id and does nothing. One that fits no message does nothing either;
  one that is faster than the end of the hand-over it speaks of is refused, to be sent again.
- Receipts come in floods: those that wait at a moment share one transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import structlog

from bot.look import CouldNotSave, Look, Work
from bot.outcomes import Entry, Outcome, Priority, Refresh, Show
from bot.ports import Clock
from bot.settling import finish, told_callers

log = structlog.get_logger("receipts")

TOGETHER = 200


class State(StrEnum):
    """What became of a message."""

    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One word about one message: found by `reference`, else the newest to `address`."""

    id: str
    """Of this very receipt, prefixed by its channel."""
    channel: str
    state: State
    reference: str = ""
    address: str = field(default="", repr=False)
    why: str = ""
    lasting: bool = False
    """The contact will never work again."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it left."""

    post: int
    person: int
    contact: int
    channel: str
    view: str
    subject: str
    about: str
    args: Mapping[str, str]
    tried: tuple[int, ...] = ()
    """The contacts that would not take it before."""


class ReceiptWork(Work, Protocol):
    """A write transaction as it is needed here."""

    async def sent(self, receipt: Receipt) -> Sent | None:
        """The message a receipt speaks of."""
        ...

    async def under_way(self, receipt: Receipt) -> bool:
        """True if its message is being handed over just now: there is no post of it yet."""
        ...

    async def marked(self, posts: Collection[int], *, seen: bool) -> None:
        """These messages were delivered; with `seen`, opened."""
        ...

    async def looked_at(self, posts: Collection[int]) -> list[tuple[str, int, str]]:
        """These cards stand on an open page; of those that did not before subject, person and
        what they belong to."""
        ...

    async def opened(self, person: int, view: str, subject: str) -> str:
        """The newest message with this card was opened; returns what it belongs to."""
        ...


class ReceiptBook(Protocol):
    """The store as it is needed here."""

    def write(self, *, patient: bool = False) -> AbstractAsyncContextManager[ReceiptWork]: ...

    def look(self) -> AbstractAsyncContextManager[Look]: ...

    def close_channel(self, channel: str) -> None: ...


class Receipts:
    """Takes what is said about messages."""

    def __init__(self, book: ReceiptBook, clock: Clock, after: Callable[[Work], None]) -> None:
        self._book = book
        self._clock = clock
        self._after = after
        self._line: list[tuple[Receipt, asyncio.Future[None]]] = []
        self._looked: set[int] = set()
        self._serving: asyncio.Task[None] | None = None

    def looked_at(self, posts: Collection[int]) -> None:
        """These cards stand on a page that is open: put on record soon. What cannot be is told
        again when the page is drawn next."""
        self._looked.update(posts)
        self._wake()

    async def idle(self) -> None:
        """Until what was told so far is on record."""
        if self._serving is not None:
            await asyncio.gather(self._serving, return_exceptions=True)

    def _wake(self) -> None:
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve(), name="receipts")

    async def take(self, receipt: Receipt) -> None:
        """Put it on record; returns after the commit. Raises `bot.look.CouldNotSave`, also where
        it came before its message was marked as handed over: it shall be sent again."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append((receipt, future))
        self._wake()
        await future

    async def _serve(self) -> None:
        while self._line or self._looked:
            await self._on_pages()
            some, self._line = self._line[:TOGETHER], self._line[TOGETHER:]
            try:
                early = await self._together([receipt for receipt, _ in some])
            except Exception as problem:
                for _, future in some:
                    if not future.done():
                        future.set_exception(problem)
            else:
                for receipt, future in some:
                    if future.done():
                        continue
                    if receipt.id in early:
                        future.set_exception(CouldNotSave("its message is still under way"))
                    else:
                        future.set_result(None)
            await self._clock.sleep(0)

    async def _on_pages(self) -> None:
        some = {self._looked.pop() for _ in range(min(TOGETHER, len(self._looked)))}
        if not some:
            return
        try:
            async with self._book.write(patient=True) as work:
                opened = await work.looked_at(some)
                entries = [Entry("receipt.seen", subject, person) for subject, person, _ in opened]
                work.record(entries)
                await work.take(Outcome(refresh=_tallies({about for *_, about in opened})))
                await _told_callers(work, [s.removeprefix("ask:") for s, *_ in opened])
                await finish(work)
        except CouldNotSave as problem:
            log.warning("pages.unrecorded", problem=type(problem).__name__)
        else:
            self._after(work)

    async def _together(self, receipts: Sequence[Receipt]) -> set[str]:
        """Put them on record; returns the ids of those that came too early."""
        early: set[str] = set()
        async with self._book.write(patient=True) as work:
            seen = set(await work.seen([receipt.id for receipt in receipts]))
            marks: dict[State, list[int]] = {}
            abouts: set[str] = set()
            for receipt in receipts:
                if receipt.id in seen:
                    continue
                found = await work.sent(receipt)
                if found is None:
                    if await work.under_way(receipt):
                        early.add(receipt.id)
                    continue
                seen.add(receipt.id)
                kind = f"receipt.{receipt.state.value}"
                why = {"why": receipt.why[:80]} if receipt.why else {}
                work.record([Entry(kind, found.subject, found.person, data=why)], receipt.id)
                abouts.add(found.about)
                if receipt.state is State.FAILED:
                    await _failed(work, receipt, found)
                else:
                    marks.setdefault(receipt.state, []).append(found.post)
            for state, posts in marks.items():
                await work.marked(posts, seen=state is State.SEEN)
            await work.take(Outcome(refresh=_tallies(abouts)))
            await finish(work)
        self._after(work)
        return early

    async def opened(self, person: int, view: str, subject: str) -> None:
        """The page of a card was opened. Raises `bot.look.CouldNotSave`."""
        async with self._book.write(patient=True) as work:
            about = await work.opened(person, view, subject)
            if about:
                work.record([Entry("receipt.seen", subject, person)])
                await work.take(Outcome(refresh=_tallies({about})))
            await finish(work)
        self._after(work)


async def _failed(work: ReceiptWork, receipt: Receipt, found: Sent) -> None:
    """It was taken and did not arrive: the next contact, now."""
    why = receipt.why or "failed"
    work.refusal(found.about, found.subject, found.person, found.channel, why)
    if receipt.lasting:
        await work.fail_contact(found.contact, why)
    again = Show(
        found.person,
        found.view,
        found.subject,
        found.args,
        Priority.QUESTION,
        after=found.contact,
        tried=(*found.tried, found.contact),
        about=found.about,
        unless_settled=True,
    )
    await work.take(Outcome(show=[again]))


async def _told_callers(work: ReceiptWork, asks: Sequence[str]) -> None:
    """Whoever looks for them reads that their page has been opened."""
    await work.prefetch(asks=asks)
    for ask_id in asks:
        ask = await work.ask(ask_id)
        if ask is not None and ask.sought:
            await told_callers(work, ask)


def _tallies(abouts: Collection[str]) -> list[Refresh]:
    return [Refresh(a, Priority.TALLY) for a in sorted(abouts) if a.startswith("rollcall:")]
