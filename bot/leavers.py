"""Whoever leaves the organisation leaves nothing undone: others are called for what they had.

Rules of the room:
- A report or a cry for help that was taken by somebody who has left is nobody's: everyone who
  was to be called is called again, and whoever waits for help hears so.
- What had climbed to them is looked at now, and goes on to the next above.
- Those nobody could reach were on the list of whoever launched the roll call: others get them.
- Somebody marked away keeps what they took: they said that they have it, and being away only
  means not being looked for.
- Should something stay behind all the same, the watchman counts it and calls.
- The staff is looked through when it has changed and when a process starts, and once more a
  little later.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot import checkins, desk, handlers, incidents, pages
from bot.asks import Ask
from bot.incidents import Incident
from bot.look import Book, Work
from bot.outcomes import Entry, Outcome
from bot.ports import Ids, ask_ids
from bot.rollcalls import RollCall
from bot.rules import Rules
from bot.settling import finish

log = structlog.get_logger("engine")

AGAIN = timedelta(minutes=2)
"""When we look once more: longer than any transaction lasts."""


class Leavers:
    """Looks after what those who have left had in hand; `after` gets each finished work."""

    def __init__(self, book: Book, rules: Rules, ids: Ids, after: Callable[[Work], None]) -> None:
        self.book = book
        self.rules = rules
        self.ids = ids
        self._after = after
        self._seen: str | None = None
        self._again: datetime | None = None

    async def look(self, staff: str, now: datetime) -> int:
        """After each change of staff, and once more; returns how many things were left behind.

        Once more because somebody may have taken a thing in a transaction that began before they
        left and ended after we looked; and because what failed is not given up.
        """
        if staff == self._seen and (self._again is None or now < self._again):
            return 0
        self._again = now + AGAIN if staff != self._seen else None
        self._seen = staff
        try:
            return await self._pass_on()
        except Exception as problem:
            # Nobody's reminder waits for this.
            self._again = now + AGAIN
            log.error("leavers.failed", problem=type(problem).__name__)
            return 0

    async def _pass_on(self) -> int:
        async with self.book.write(patient=True) as work:
            left = await work.left_behind()
            for incident in left.incidents:
                await self._take(work, self._report(work, incident), incident.about)
            for ask_id in left.cries:
                await self._take(work, self._cry(work, ask_id), f"help:{ask_id}")
            for roll_call in left.roll_calls:
                await self._take(work, self._unkept(work, roll_call), roll_call.about)
            await work.prefetch(people={ask.holder for ask in left.climbed})
            for ask in left.climbed:
                holder = await work.person(ask.holder)
                if ask.waiting and holder is not None and holder.left:
                    await work.take(Outcome(save=[replace(ask, due_at=work.now)]))
            await finish(work)
        self._after(work)
        return sum(map(len, (left.incidents, left.cries, left.roll_calls, left.climbed)))

    async def _unkept(self, work: Work, roll_call: RollCall) -> Outcome:
        """People nobody could reach were the launcher's to call: now they are somebody else's."""
        keepers = await desk.keepers(work, roll_call)
        out = Outcome()
        for ask in await work.unkept(roll_call.about, keepers):
            for keeper in keepers:
                out.add(checkins.to_worklist(roll_call, ask, keeper))
        return out

    async def _take(self, work: Work, deciding: Awaitable[Outcome], about: str) -> None:
        """One that cannot be decided does not hold up the others, nor whatever else is due."""
        try:
            out = await deciding
        except Exception as problem:
            if work.refused(problem):
                raise
            log.exception("leaver.undecided", about=about)
            out = Outcome(journal=[Entry("leaver.undecided", about)])
            self._again = work.now + AGAIN
        work.record(out.journal)
        await work.take(out)

    async def _report(self, work: Work, incident: Incident) -> Outcome:
        called = await desk.called_about(work, incident.reporter)
        log.warning("incident.left", incident=incident.id)
        return incidents.left(
            incident,
            await work.person(incident.taken_by) if incident.taken_by else None,
            called,
            ask_ids(self.ids, len(called), work.now),
            self.rules.policies[incident.severity],
            work.now,
            self.ids.token(handlers.NOUN_ID + 5),
        )

    async def _cry(self, work: Work, ask_id: str) -> Outcome:
        """The check-in first, then its pages: everybody who holds both takes them in this order."""
        ask = await work.ask(ask_id)
        if ask is None or not checkins.crying(ask) or await self._gone(work, ask):
            return Outcome()
        roll_call = await work.roll_call(ask.about.removeprefix("rollcall:"))
        holder = pages.holder(await work.asks_about(f"help:{ask.id}"))
        taker = await work.person(holder) if holder is not None else None
        if roll_call is None or taker is None:
            return Outcome()
        if checkins.history(roll_call, work.now, self.rules.late_answers):
            return Outcome()
        called = await desk.called_for(work, ask, roll_call)
        log.warning("cry.left", ask=ask.id)
        return checkins.help_left(
            roll_call,
            ask,
            taker,
            called,
            ask_ids(self.ids, len(called), work.now),
            self.rules.policies["critical"],
            work.now,
        )

    async def _gone(self, work: Work, ask: Ask) -> bool:
        found = await work.person(ask.person)
        return found is None or found.left
