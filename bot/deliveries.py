"""What became of the cards that went out.

Rules of the room:
- The clock of an ask starts when its question was handed over, not when it was queued.
- A contact that will never work, or will not take this card, leads to the next one at once; with
  none left, to whoever stands above.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.asks import Handed, Kind, step
from bot.events import Delivered
from bot.look import Book, CouldNotSave, Work
from bot.outcomes import Entry, Outcome, Priority, Refresh, Show
from bot.people import Role
from bot.porter import GIVEN_UP, STUCK
from bot.ports import Clock
from bot.settling import finish, told_callers

PORTION = 500
"""How many cards of a closed channel are moved at once."""
RACES = 5
"""How often a transaction that lost a race to another replica is done again."""


def lost_race(problem: Exception) -> bool:
    """True if the very same transaction may well succeed when it is done again."""
    return isinstance(problem, CouldNotSave) and problem.again


class Deliveries:
    """Takes the courier's news."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        after: Callable[[Work], None],
    ) -> None:
        self.book = book
        self.clock = clock
        self._after = after

    async def arrived(
        self,
        claimed: Sequence[Any],
        delivered: Sequence[Delivered],
        failed: Mapping[int, str],
        dropped: Collection[int] = (),
        stuck: Mapping[int, str] = MappingProxyType({}),
        *,
        patient: bool = True,
    ) -> None:
        """The courier's news about claimed cards, by outbox row.

        `failed`: a contact that will never take it, and why. `dropped`: nothing left to say.
        `stuck`: another contact shall have it, and why, though this one may be good. `patient`:
        whoever is in a hurry may go first; not so where a page is what has been handed over.
        """
        for attempt in range(RACES):
            try:
                await self._arrived(claimed, delivered, failed, dropped, stuck, patient)
                return
            except Exception as problem:
                if not lost_race(problem) or attempt == RACES - 1:
                    raise
                await self.clock.sleep(0.01 * 2**attempt)

    async def closed(self, channel: str, why: str) -> None:
        """A whole channel is out of order: administrators hear it, and whoever has another
        contact gets there what was queued here. The others' cards wait."""
        self.book.close_channel(channel)
        async with self.book.write() as work:
            if await work.close_channel(channel, why):
                data = {"channel": channel, "why": why[:80]}
                work.record([Entry("channel.closed", data=data)])
                for admin in await work.with_role(Role.ADMIN):
                    about = f"channel:{channel}"
                    alarm = Show(
                        admin, "closed", about, priority=Priority.PAGE, unless_settled=True
                    )
                    await work.take(Outcome(show=[alarm]))
            await finish(work)
        self._after(work)
        await self.go_round(channel)

    async def go_round(self, channel: str) -> None:
        """Whatever is queued on a closed channel and can go elsewhere goes there; also what other
        replicas queued before they knew."""
        while await self._elsewhere(channel):
            pass

    async def _elsewhere(self, channel: str) -> int:
        """Some of the cards queued for a closed channel, by other contacts."""
        async with self.book.write(patient=True) as work:
            cards = await work.take_back(channel, PORTION)
            await work.take(Outcome(show=[_again(card) for card in cards]))
            await finish(work)
        self._after(work)
        return len(cards)

    async def _arrived(
        self,
        claimed: Sequence[Any],
        delivered: Sequence[Delivered],
        failed: Mapping[int, str],
        dropped: Collection[int],
        stuck: Mapping[int, str],
        patient: bool,
    ) -> None:
        async with self.book.write(patient=patient) as work:
            await work.settle(claimed, delivered)
            await work.discard(dropped)
            arrived = {d.row for d in delivered}
            cards = [c for c in claimed if c.row in arrived and c.post is None]
            await self._start_clocks(work, cards)
            for card in cards:
                work.record([Entry("card.delivered", card.subject, card.person)])
            gone = {*arrived, *dropped, *failed, *stuck}
            await work.take(Outcome(refresh=self._further(c for c in claimed if c.row in gone)))
            for card in claimed:
                if card.row in failed:
                    await self._undelivered(work, card, failed[card.row], gone=True)
                elif card.row in stuck:
                    await self._undelivered(work, card, stuck[card.row], gone=False)
            await finish(work)
        self._after(work)

    def _further(self, cards: Iterable[Any]) -> list[Refresh]:
        """The tally says what became of the questions, and how much is still to be sent."""
        abouts = {c.about for c in cards if c.post is None and c.view == "checkin"}
        return [Refresh(about, Priority.TALLY) for about in sorted(abouts)]

    async def _start_clocks(self, work: Work, cards: Sequence[Any]) -> None:
        """The clock of an ask starts when its question was handed over."""
        ids = [c.subject.removeprefix("ask:") for c in cards if c.view == "checkin"]
        ids += [c.args["ask"] for c in cards if c.view != "checkin" and "ask" in c.args]
        await work.prefetch(asks=ids)
        for ask_id in ids:
            ask = await work.ask(ask_id)
            if ask is not None:
                if ask.kind is Kind.CHECK_IN and ask.sought:
                    await told_callers(work, ask)
                moved = step(ask, Handed(), work.now)
                if moved.ask is not ask:
                    await work.take(Outcome(save=[moved.ask]))

    async def _undelivered(self, work: Work, card: Any, why: str, *, gone: bool) -> None:
        """By the next contact, if it was a new card; else it is put on record and dropped."""
        await work.discard([card.row])
        work.record([Entry("card.undelivered", card.subject, card.person, data={"why": why[:80]})])
        if card.post is not None:
            return
        work.refusal(card.about, card.subject, card.person, card.channel, why[:80])
        if why in GIVEN_UP:
            return
        if gone and not card.room:
            await work.fail_contact(card.contact, why)
        if card.room:
            await self._room_refused(work, card)
            return
        # One that was stuck may take it later; one that said no is not asked again.
        tried = card.tried if why == STUCK else (*card.tried, card.contact)
        await work.take(Outcome(show=[_again(card, after=card.contact, tried=tried)]))

    async def _room_refused(self, work: Work, card: Any) -> None:
        """Nobody shall believe that a room was asked which was not."""
        args = {"text": "alarm-room", "channel": card.channel}
        shows = [
            Show(admin, "plain", f"person:{admin}", args, Priority.PAGE)
            for admin in await work.with_role(Role.ADMIN)
        ]
        await work.take(Outcome(show=shows))


def _again(card: Any, after: int = 0, tried: tuple[int, ...] | None = None) -> Show:
    """The same card once more; `after` is the contact that failed."""
    return Show(
        card.person,
        card.view,
        card.subject,
        card.args,
        Priority(card.priority),
        after=after,
        tried=card.tried if tried is None else tried,
        since=card.created_at,
        about=card.about,
        unless_settled=card.unless_settled,
    )
