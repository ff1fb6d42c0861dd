"""The read side: look-ups for deciding and drawing, on one connection.

Rules of the room:
- What was fetched once is kept for as long as the look lives, so deciding about 300 taps costs
  a handful of queries.
- In a write transaction on PostgreSQL, asks are locked in order of id when first fetched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import OPEN_TO_ANSWERS, WAITING, Ask, Kind, Standing
from bot.forms import Draft
from bot.found import Count, Delivery, Duties
from bot.incidents import Incident
from bot.outcomes import Priority
from bot.people import CallTree, Person
from bot.rollcalls import HELP, RollCall
from storage import receipts, rows
from storage.callers import Callers
from storage.lists import UNHEARD as UNHEARD
from storage.lists import Lists
from storage.lists import worklists as worklists
from storage.many import among, slices, written
from storage.needs import RUNNING as RUNNING
from storage.needs import Needs
from storage.rows import USUAL, Usual
from storage.scopes import Scopes, people
from storage.signins import SignIns
from storage.tables import (
    AskRow,
    DraftRow,
    IncidentRow,
    NoteRow,
    OutboxRow,
    PostRow,
    RollCallRow,
)
from storage.timelines import Timelines
from storage.trees import Trees

asks = AskRow.__table__  # type: ignore[attr-defined]
roll_calls = RollCallRow.__table__  # type: ignore[attr-defined]
incidents = IncidentRow.__table__  # type: ignore[attr-defined]
notes = NoteRow.__table__  # type: ignore[attr-defined]
drafts = DraftRow.__table__  # type: ignore[attr-defined]
posts = PostRow.__table__  # type: ignore[attr-defined]
outbox = OutboxRow.__table__  # type: ignore[attr-defined]


LATE = 20
"""Among how many ended roll calls a late typed answer is looked for."""


class Looking(Callers, Lists, Needs, Scopes, SignIns, Timelines):
    """`bot.look.Look` over one connection; see there for what each look-up answers."""

    locks = False
    still = True
    """Nothing changes while this look lasts: what was read once is known."""

    def __init__(
        self,
        conn: AsyncConnection,
        trees: Trees,
        channels: Collection[str],
        usual: Usual = USUAL,
    ) -> None:
        self.conn = conn
        self.channels = list(channels)
        self.usual = usual
        self._remarks = {}
        self._trees = trees
        self._asks: dict[str, Ask | None] = {}
        self._abouts: dict[str, list[Ask]] = {}
        self._people: dict[int, Person | None] = {}
        self._roll_calls: dict[str, RollCall | None] = {}
        self._incidents: dict[str, Incident | None] = {}
        self._drafts: dict[str, Draft | None] = {}
        self._desk: tuple[int, ...] | None = None

    # --- by id ---------------------------------------------------------------------------

    async def prefetch(
        self,
        *,
        asks: Collection[str] = (),
        people: Collection[int] = (),
        rollcalls: Collection[str] = (),
        incidents: Collection[str] = (),
    ) -> None:
        await self._fetch_asks(asks)
        await self._fetch(self._people, people, _people_query, self._person_of)
        await self._fetch(self._roll_calls, rollcalls, _roll_calls_query, rows.roll_call_of)
        await self._fetch(self._incidents, incidents, self._incidents_query, rows.incident_of)

    async def _fetch_asks(self, ids: Collection[str]) -> None:
        await self._fetch(self._asks, sorted(set(ids)), self._asks_query, rows.ask_of)

    async def _fetch(
        self, known: dict[Any, Any], ids: Collection[Any], query: Any, of: Any
    ) -> None:
        missing = [i for i in dict.fromkeys(ids) if i not in known]
        for some in slices(missing):
            for row in (await self.conn.execute(query(some))).all():
                known[row[0]] = of(row)
        for absent in missing:
            known.setdefault(absent, None)

    def _asks_query(self, ids: list[str]) -> Select[Any]:
        return self._locked(select(asks).where(among(asks.c.id, ids)))

    def _held(self, query: Select[Any]) -> Select[Any]:
        """What is written back whole is held from reading on, so that no replica's change is
        written over."""
        return query.with_for_update() if self.locks else query

    def _incidents_query(self, ids: list[str]) -> Select[Any]:
        found = select(incidents).where(among(incidents.c.id, ids))
        return self._held(found.order_by(incidents.c.id))

    def _drafts_query(self, ids: list[str]) -> Select[Any]:
        return self._held(select(drafts).where(among(drafts.c.id, ids)).order_by(drafts.c.id))

    async def hold_roll_call(self, roll_call: str) -> RollCall | None:
        """A roll call that is about to end, held against another who ends it too."""
        query = select(roll_calls).where(roll_calls.c.id == roll_call)
        if self.locks:
            row = (await self.conn.execute(query.with_for_update())).first()
            self._roll_calls[roll_call] = rows.roll_call_of(row) if row else None
        return await self.roll_call(roll_call)

    def _locked(self, query: Select[Any]) -> Select[Any]:
        if not self.locks:
            return query
        return query.order_by(asks.c.id).with_for_update()

    async def ask(self, ask: str) -> Ask | None:
        if ask not in self._asks:
            await self._fetch_asks((ask,))
        return self._asks[ask]

    async def person(self, person: int) -> Person | None:
        if person not in self._people:
            await self.prefetch(people=(person,))
        return self._people[person]

    async def roll_call(self, roll_call: str) -> RollCall | None:
        if roll_call not in self._roll_calls:
            await self.prefetch(rollcalls=(roll_call,))
        return self._roll_calls[roll_call]

    async def incident(self, incident: str) -> Incident | None:
        if incident not in self._incidents:
            await self.prefetch(incidents=(incident,))
        return self._incidents[incident]

    async def draft(self, draft: str) -> Draft | None:
        if draft not in self._drafts:
            await self._fetch(self._drafts, (draft,), self._drafts_query, rows.draft_of)
        return self._drafts[draft]

    async def draft_of(self, person: int) -> Draft | None:
        mine = [d for d in self._drafts.values() if d and d.person == person]
        query = (
            select(drafts)
            .where(drafts.c.person == person, drafts.c.done.is_(False))
            .order_by(drafts.c.updated_at.desc())
            .limit(1)
        )
        row = (await self.conn.execute(self._held(query))).first()
        if row is not None and row.id not in self._drafts:
            self._drafts[row.id] = rows.draft_of(row)
            mine.append(rows.draft_of(row))
        live = [d for d in mine if not d.done]
        return max(live, key=lambda d: (d.updated_at is not None, d.updated_at), default=None)

    def _person_of(self, row: Any) -> Person:
        return rows.person_of(row, self.usual)

    async def by_key(self, keys: Sequence[str]) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for some in slices(tuple(dict.fromkeys(keys))):
            query = select(people).where(among(people.c.key, some), people.c.left_at.is_(None))
            for row in await self.conn.execute(query):
                found[row.key] = self._person_of(row)
        return found

    # --- asks about something ------------------------------------------------------------

    async def _ask_list(self, query: Select[Any]) -> list[Ask]:
        """Asks by query; those already held here win, for they may have moved since."""
        out: list[Ask] = []
        for row in (await self.conn.execute(query)).all():
            known = self._asks.get(row[0])
            if known is None:
                known = self._asks[row[0]] = rows.ask_of(row)
            out.append(known)
        return out

    async def asks_about(self, about: str) -> list[Ask]:
        known = self._abouts.get(about) if self.still else None
        if known is None:
            known = self._abouts[about] = await self._asks_about(about)
        return known

    async def _asks_about(self, about: str) -> list[Ask]:
        query = select(asks).where(asks.c.about == about).order_by(asks.c.id)
        found = await self._ask_list(query.with_for_update() if self.locks else query)
        fresh = {a.id: a for a in self._asks.values() if a and a.about == about}
        return list({**{a.id: a for a in found}, **fresh}.values())

    async def check_in(self, about: str, person: int) -> Ask | None:
        query = select(asks).where(asks.c.about == about, asks.c.person == person)
        found = await self._ask_list(self._locked(query))
        return found[0] if found else None

    async def check_ins(self, about: str, people: Collection[int]) -> list[Ask]:
        found: list[Ask] = []
        for some in slices(people):
            query = select(asks).where(asks.c.about == about, asks.c.person.in_(some))
            found += await self._ask_list(self._locked(query))
        return found

    async def held_by(self, about: str, releaser: int) -> list[Ask]:
        """Cascade: those whose releaser is this person and who have not been asked."""
        query = select(asks).where(
            asks.c.about == about,
            asks.c.releaser == releaser,
            asks.c.standing == written(Standing.HELD.value),
        )
        found = await self._ask_list(self._locked(query))
        return [a for a in found if a.standing is Standing.HELD]

    async def waiting_for(self, person: int) -> list[Ask]:
        query = (
            select(asks)
            .where(
                asks.c.person == person,
                asks.c.standing.in_([s.value for s in WAITING] + [Standing.UNREACHED.value]),
            )
            .order_by(asks.c.kind.desc(), asks.c.due_at)
            .limit(20)
        )
        found = await self._ask_list(query)
        return [a for a in found if a.standing in OPEN_TO_ANSWERS and not a.answer]

    async def cry_of(self, person: int) -> Ask | None:
        query = (
            select(asks)
            .where(asks.c.person == person, asks.c.standing == Standing.ANSWERED.value)
            .where(asks.c.answer == HELP)
            .order_by(asks.c.answered_at.desc())
            .limit(1)
        )
        found = await self._ask_list(query)
        return found[0] if found and found[0].answer == HELP else None

    # --- counting ------------------------------------------------------------------------

    async def counts(self, about: str) -> list[Count]:
        query = (
            select(
                asks.c.site,
                asks.c.team,
                asks.c.standing,
                asks.c.answer,
                func.count().label("people"),
            )
            .where(asks.c.about == about)
            .group_by(asks.c.site, asks.c.team, asks.c.standing, asks.c.answer)
        )
        found = await self.conn.execute(query)
        return [Count(r.site, r.team, r.standing, r.answer, r.people) for r in found]

    async def delivery(self, about: str) -> list[Delivery]:
        return await receipts.delivery(self.conn, about)

    # --- what goes on --------------------------------------------------------------------

    async def running(self) -> list[RollCall]:
        query = (
            select(roll_calls)
            .where(roll_calls.c.state.in_(RUNNING))
            .order_by(roll_calls.c.launched_at.desc())
        )
        return [rows.roll_call_of(r) for r in await self.conn.execute(query)]

    async def ended_lately(self, now: datetime) -> list[RollCall]:
        query = (
            select(roll_calls)
            .where(roll_calls.c.state == "closed", roll_calls.c.late_until >= now)
            .order_by(roll_calls.c.ended_at.desc())
            .limit(LATE)
        )
        return [rows.roll_call_of(r) for r in await self.conn.execute(query)]

    async def open_incidents(
        self, limit: int = 20, *, reporter: int | None = None
    ) -> list[Incident]:
        query = (
            select(incidents)
            .where(incidents.c.state.in_(("reported", "taken")))
            .order_by(incidents.c.reported_at.desc())
            .limit(limit)
        )
        if reporter is not None:
            query = query.where(incidents.c.reporter == reporter)
        return [rows.incident_of(r) for r in await self.conn.execute(query)]

    async def in_charge(self, person: int) -> list[Incident]:
        query = (
            select(incidents)
            .where(incidents.c.taken_by == person, incidents.c.state == "taken")
            .order_by(incidents.c.taken_at.desc())
        )
        return [rows.incident_of(r) for r in await self.conn.execute(query)]

    async def tree(self) -> CallTree:
        return await self._trees.current(self.conn)

    async def ready(self, channel: str, now: datetime, *, urgent: bool) -> bool:
        which = and_(outbox.c.channel == channel, outbox.c.ready_at <= now)
        if urgent:
            which = and_(which, outbox.c.priority <= int(Priority.PAGE))
        return bool((await self.conn.execute(select(exists().where(which)))).scalar())

    async def duties(self, now: datetime) -> Duties:
        def any_due(table: Any, *more: Any) -> Any:
            return exists().where(table.c.due_at <= now, *more)

        # All there are: so the index by which they come due is used to the end.
        every = (asks.c.kind.in_([k.value for k in Kind]), asks.c.drill.in_([False, True]))
        query = select(any_due(asks, *every), any_due(roll_calls), any_due(drafts))
        due = (await self.conn.execute(query)).one()
        staff = await self._trees.revision(self.conn)
        return Duties(bool(due[0]), bool(due[1]), bool(due[2]), staff)


def _people_query(ids: list[int]) -> Select[Any]:
    return select(people).where(among(people.c.id, ids))


def _roll_calls_query(ids: list[str]) -> Select[Any]:
    return select(roll_calls).where(among(roll_calls.c.id, ids))
