"""The whole of a write transaction: what the engine and the courier ask of it.

Rules of the room:
- On PostgreSQL what is due is locked and skipped by others, so that any number of replicas
  work through it together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, select, update
from sqlalchemy.exc import DBAPIError

from bot.asks import Ask, Kind
from bot.calls import Call
from bot.events import Delivered, Sender
from bot.forms import Draft
from bot.found import LeftBehind
from bot.heads import Sighting
from bot.look import CardKey, CouldNotSave, Known, Posted
from bot.newcomers import Invite
from bot.outcomes import Entry
from bot.receipts import Receipt, Sent
from bot.rollcalls import RollCall
from storage import (
    callers,
    cascades,
    heads,
    journal,
    lanes,
    leavers,
    newcomers,
    outbox,
    receipts,
    rows,
)
from storage.journal import Line
from storage.lanes import Pace
from storage.look import asks, drafts, posts, roll_calls
from storage.look import outbox as waiting
from storage.many import among, slices
from storage.outbox import Claimed
from storage.routing import card_mark
from storage.scopes import contacts
from storage.tx import Tx

PROVEN_AGAIN = timedelta(days=1)

DUE_ORDER = (
    (Kind.PAGE, False),
    (Kind.CALL, False),
    (Kind.CHECK_IN, False),
    (Kind.CALL, True),
    (Kind.CHECK_IN, True),
)
"""What comes due is decided in this order: somebody may be hurt; then real before drills."""


class Work(Tx):
    """`bot.look.Work`; see there. Made by `Store.write`."""

    def refused(self, problem: Exception) -> bool:
        return isinstance(problem, DBAPIError | CouldNotSave)

    async def seen(self, events: Sequence[str]) -> dict[str, str]:
        return await journal.seen(self.conn, events)

    def record(self, entries: Sequence[Entry], event: str = "", reply: str = "") -> None:
        for number, entry in enumerate(entries):
            self.note(
                Line(
                    at=self.now,
                    kind=entry.kind,
                    about=entry.about,
                    person=entry.person,
                    behalf=entry.behalf,
                    data=rows.args_text(entry.data),
                    event=(event or None) if number == 0 else None,
                    reply=reply if number == 0 else "",
                )
            )

    # --- who writes ----------------------------------------------------------------------

    async def senders(self, senders: Collection[Sender]) -> dict[Sender, Known]:
        found = {s: Known(int(s.address), 0) for s in senders if newcomers.vouched(s)}
        digests = {
            (s.channel, self.keys.digest(s.channel, s.address)): s
            for s in senders
            if s.channel not in newcomers.TRUSTED
        }
        stale: list[int] = []
        channels = {channel for channel, _ in digests}
        for some in slices([digest for _, digest in digests]):
            query = select(contacts).where(
                contacts.c.channel.in_(channels),
                contacts.c.digest.in_(some),
                contacts.c.failing != newcomers.UNLINKED,
            )
            for row in await self.conn.execute(query):
                sender = digests.get((row.channel, row.digest))
                if sender is None:
                    continue
                found[sender] = Known(row.person, row.id)
                old = row.proven_at is None or self.now - row.proven_at > PROVEN_AGAIN
                if row.failing or old:
                    stale.append(row.id)
        for some in slices(stale):
            await self.conn.execute(
                update(contacts)
                .where(contacts.c.id.in_(some))
                .values(failing="", proven_at=self.now)
            )
        return found

    async def invite(self, channel: str, code: str) -> Invite | None:
        return await newcomers.find(self, self.keys, channel, code)

    async def owner(self, channel: str, address: str) -> int | None:
        return await newcomers.owner(self.conn, self.keys, channel, address)

    async def declined(self, sender: Sender) -> bool:
        return await newcomers.declined(self, self.keys, sender)

    async def caused(self, event: str, person: int) -> str:
        return await journal.caused(self.conn, event, person)

    async def last_posted(self, person: int, limit: int = 8) -> list[Posted]:
        query = (
            select(posts.c.id, posts.c.view, posts.c.subject, posts.c.args)
            .where(posts.c.person == person)
            .order_by(posts.c.id.desc())
            .limit(limit)
        )
        return [
            Posted(r.id, r.view, r.subject, rows.mapping(r.args))
            for r in await self.conn.execute(query)
        ]

    async def sighting(self, ask: str) -> Sighting | None:
        return await heads.find(self.conn, ask)

    async def own_word(self, ask: str, person: int) -> str:
        about = f"ask:{ask}"
        for line in reversed(self._lines):
            if (line.kind, line.about, line.person) == (journal.ANSWERED, about, person):
                return rows.mapping(line.data).get("answer", "")
        return await journal.own_word(self.conn, about, person)

    # --- what is due ---------------------------------------------------------------------

    def _claiming(self, query: Select[Any]) -> Select[Any]:
        return query.with_for_update(skip_locked=True) if self.postgres else query

    async def gather_calls(self, about: str) -> int:
        await self.save()
        return await callers.gather(self.conn, about, self.now)

    async def waiting_calls(self, about: str, after: str) -> tuple[list[Call], str]:
        return await callers.waiting(self.conn, about, self.now, after)

    async def not_well(self, about: str, people: Collection[int]) -> tuple[set[int], set[int]]:
        return await callers.not_well(self.conn, about, people)

    async def next_back(self, about: str) -> datetime | None:
        return await callers.next_back(self.conn, about, self.now)

    async def asleep(self, about: str, since: datetime) -> set[int]:
        return await callers.asleep(self.conn, about, since)

    async def busy_callers(self) -> set[int]:
        return await callers.busy(self.conn)

    async def due_asks(self, limit: int) -> list[Ask]:
        found: list[Ask] = []
        for kind, drill in DUE_ORDER:
            query = (
                select(asks)
                .where(asks.c.kind == kind.value, asks.c.drill.is_(drill))
                .where(asks.c.due_at <= self.now)
                .order_by(asks.c.due_at)
                .limit(limit - len(found))
            )
            if len(found) < limit:
                found += await self._ask_list(self._claiming(query))
        return found

    async def in_line(self, cards: Collection[CardKey]) -> set[CardKey]:
        marks = {card_mark(*card): card for card in cards}
        found: set[CardKey] = set()
        for some in slices(marks):
            query = select(waiting.c.merge, waiting.c.attempts, waiting.c.channel)
            # Not asked of the database: it would look through all that waits on a channel.
            for mark, attempts, channel in await self.conn.execute(
                query.where(among(waiting.c.merge, some))
            ):
                if not attempts and channel in self.channels:
                    found.add(marks[mark])
        return found

    async def due_roll_call(self) -> RollCall | None:
        query = (
            select(roll_calls)
            .where(and_(roll_calls.c.due_at.is_not(None), roll_calls.c.due_at <= self.now))
            .order_by(roll_calls.c.drill, roll_calls.c.due_at)
            .limit(1)
        )
        row = (await self.conn.execute(self._claiming(query))).first()
        if row is None:
            return None
        found = self._roll_calls[row.id] = rows.roll_call_of(row)
        return found

    async def due_drafts(self, limit: int) -> list[Draft]:
        query = (
            select(drafts)
            .where(drafts.c.due_at.is_not(None), drafts.c.due_at <= self.now)
            .order_by(drafts.c.due_at)
            .limit(limit)
        )
        found = [rows.draft_of(r) for r in await self.conn.execute(self._claiming(query))]
        self._drafts.update({d.id: d for d in found})
        return found

    async def left_behind(self) -> LeftBehind:
        taken = self._held(leavers.incidents())
        found = [rows.incident_of(r) for r in await self.conn.execute(taken)]
        self._incidents.update({i.id: i for i in found})
        cries = list((await self.conn.execute(leavers.cries())).scalars())
        climbed = await self._ask_list(self._locked(leavers.climbed()))
        await self.prefetch(people={a.holder for a in climbed})
        holders = [(a, await self.person(a.holder)) for a in climbed]
        launched = await self.conn.execute(leavers.roll_calls_of_leavers())
        return LeftBehind(
            found,
            cries,
            [a for a, p in holders if p is None or p.left],
            [rows.roll_call_of(r) for r in launched],
        )

    async def unkept(self, about: str, keepers: Collection[int]) -> list[Ask]:
        return await self._ask_list(self._locked(leavers.unkept(about, keepers)))

    async def stranded(self, about: str) -> list[Ask]:
        return await self._ask_list(self._locked(cascades.stranded(about)))

    # --- the outbox ----------------------------------------------------------------------

    async def claim(
        self, channel: str, pace: Pace, most: int, lease: timedelta, *, urgent: bool
    ) -> list[Claimed]:
        return await outbox.claim(self, channel, pace, most, lease, urgent=urgent)

    async def settle(self, claimed: Sequence[Claimed], arrived: Collection[Delivered]) -> None:
        await outbox.settle(self, claimed, arrived)

    async def discard(self, ids: Collection[int]) -> None:
        await outbox.discard(self, ids)

    async def put_back(self, waits: dict[int, timedelta]) -> None:
        await outbox.put_back(self, waits)

    async def free_own(self) -> None:
        """What an earlier run under our name held when it was killed may be sent at once."""
        await self.conn.execute(
            update(waiting)
            .where(waiting.c.claimed_by == self.writer)
            .values(claimed_by="", ready_at=self.now)
        )

    async def release(self, waits: dict[int, timedelta]) -> None:
        await outbox.release(self, waits)

    async def fail_contact(self, contact: int, why: str) -> None:
        await outbox.fail_contact(self, contact, why)

    def refusal(self, about: str, subject: str, person: int, channel: str, why: str) -> None:
        row = {"about": about, "subject": subject, "person": person, "channel": channel}
        self._plain.setdefault(receipts.refusals, []).append({**row, "why": why, "at": self.now})

    # --- receipts ------------------------------------------------------------------------

    async def sent(self, receipt: Receipt) -> Sent | None:
        contact = receipt.reference.rpartition(".")[2] if receipt.reference else ""
        if contact.isdecimal() and len(contact) <= newcomers.LONGEST_ID:
            return await receipts.sent(self.conn, receipt.channel, int(contact), receipt.reference)
        if not receipt.address:
            return None
        digest = self.keys.digest(receipt.channel, receipt.address)
        query = select(contacts.c.id).where(
            contacts.c.channel == receipt.channel, contacts.c.digest == digest
        )
        known = (await self.conn.execute(query)).scalar()
        if known is None:
            return None
        return await receipts.sent(self.conn, receipt.channel, known, "")

    async def under_way(self, receipt: Receipt) -> bool:
        return await receipts.under_way(self.conn, receipt.reference)

    async def marked(self, posts: Collection[int], *, seen: bool) -> None:
        await receipts.marked(self.conn, posts, self.now, seen=seen)

    async def looked_at(self, posts: Collection[int]) -> list[tuple[str, int, str]]:
        return await receipts.looked_at(self.conn, posts, self.now)

    async def opened(self, person: int, view: str, subject: str) -> str:
        return await receipts.opened(self.conn, person, view, subject, self.final, self.now)

    # --- channels ------------------------------------------------------------------------

    async def close_channel(self, channel: str, why: str) -> bool:
        return await lanes.close(self, channel, why)

    async def open_channel(self, channel: str) -> None:
        """It works again."""
        await lanes.reopen(self, channel)

    async def take_back(self, channel: str, limit: int) -> list[Claimed]:
        return await outbox.take_back(self, channel, limit)

    async def slow_down(self, channel: str, seconds: float, pace: Pace) -> None:
        await lanes.slow_down(self, channel, seconds, pace)
