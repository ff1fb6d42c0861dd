"""What the board counts and lists.

Rules of the room:
- One page at a time, by where the last one ended; whatever can be counted is counted here.
- Of contacts only their number leaves this room.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Select, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import Standing
from bot.board.figures import (
    Caller,
    Change,
    Choice,
    Line,
    Place,
    Sort,
    Spot,
)
from bot.calls import Way
from bot.found import Count
from bot.incidents import Incident
from bot.rights import Within
from bot.rollcalls import HELP, SAFE_ANSWERS, UNAFFECTED, RollCall
from bot.timeline import Note
from storage import heads, rows
from storage.hands import CallRow
from storage.instants import micros
from storage.journal import ANSWERED
from storage.look import (
    RUNNING,
    UNHEARD,
    asks,
    incidents,
    notes,
    roll_calls,
    worklists,
)
from storage.many import among, written
from storage.scopes import people
from storage.tables import JournalRow

calls = CallRow.__table__  # type: ignore[attr-defined]
journal = JournalRow.__table__  # type: ignore[attr-defined]

DEGREES = re.compile(r"(-?\d{1,2}\.\d{5}), (-?\d{1,3}\.\d{5})")
"""How a shared place is written."""
LOOKED_THROUGH = 3000
"""Lines of the journal, newest first, among which those of a roll call are looked for."""

ANSWERS = {Sort.SAFE: SAFE_ANSWERS, Sort.HELP: (HELP,), Sort.UNAFFECTED: (UNAFFECTED,)}


def _within(column: Any, within: Within) -> list[Any]:
    return [] if within is None else [among(column, sorted(within))]


def _sorted(sort: Sort) -> list[Any]:
    """The condition that picks people by how they stand."""
    if sort in ANSWERS:
        return [or_(*(asks.c.answer == written(answer) for answer in ANSWERS[sort]))]
    match sort:
        case Sort.MISSING:
            return [asks.c.standing.in_(UNHEARD), asks.c.answer == written("")]
        case Sort.HELD:
            return [asks.c.standing == Standing.HELD.value]
        case _:
            return [asks.c.standing != Standing.WITHDRAWN.value]


class Boards:
    """The part of a look that only the board asks for."""

    conn: AsyncConnection

    async def asked_by(self, asks: Sequence[str]) -> dict[str, list[Way]]:
        """How these check-ins were asked."""
        raise TypeError("a look knows how they were asked")

    async def remarks(self, asks: Collection[str]) -> dict[str, Note]:
        """What was written beside them last."""
        raise TypeError("a look knows the remarks")

    async def cried(self, asks: Collection[str]) -> dict[str, Note]:
        """What was written with their cries last."""
        raise TypeError("a look knows the cries")

    # --- one roll call ---------------------------------------------------------------------

    async def concerns(self, about: str, within: frozenset[int]) -> bool:
        theirs = asks.c.about == about, *_within(asks.c.person, within)
        return (
            await self.conn.execute(select(asks.c.id).where(*theirs).limit(1))
        ).first() is not None

    async def tallied(self, about: str, within: Within) -> list[Count]:
        columns = asks.c.site, asks.c.team, asks.c.standing, asks.c.answer
        query = (
            select(*columns, func.count().label("people"))
            .where(asks.c.about == about, *_within(asks.c.person, within))
            .group_by(*columns)
        )
        found = await self.conn.execute(query)
        return [Count(r.site, r.team, r.standing, r.answer, r.people) for r in found]

    async def listed(self, about: str, choice: Choice, within: Within) -> list[Line]:
        wanted = [asks.c.about == about, *_sorted(choice.sort), *_within(asks.c.person, within)]
        if choice.site is not None:
            wanted.append(asks.c.site == choice.site)
        if choice.team is not None:
            wanted.append(asks.c.team == choice.team)
        if choice.after is not None:
            wanted.append(_after(people.c.name, asks.c.person, choice.after))
        joined = asks.join(people, people.c.id == asks.c.person)
        # First who, from indexes alone, then their asks: there may be 100,000 of them.
        order: tuple[Any, ...] = (people.c.name, asks.c.person)
        named = select(asks.c.person).select_from(joined).where(*wanted)
        named = named.order_by(*order).limit(choice.limit)
        listed = list((await self.conn.execute(named)).scalars())
        query = (
            select(asks, people.c.name, people.c.key, people.c.away)
            .select_from(joined)
            .where(asks.c.about == about, among(asks.c.person, listed))
        )
        found = [_line(r) for r in await self.conn.execute(query)]
        place = {person: number for number, person in enumerate(listed)}
        found.sort(key=lambda line: place[line.ask.person])
        return await self._with_names(found)

    async def lines_in_need(self, about: str, within: Within, limit: int) -> list[Line]:
        pages = asks.alias()
        cry = pages.c.about == literal("help:") + asks.c.id
        taken = exists().where(cry, pages.c.standing == Standing.ANSWERED.value).correlate(asks)
        query = (
            select(asks, people.c.name, people.c.key, people.c.away)
            .select_from(asks.join(people, people.c.id == asks.c.person))
            .where(
                asks.c.about == about,
                asks.c.answer == written(HELP),
                *_within(asks.c.person, within),
            )
            .order_by(case((taken, 1), else_=0), asks.c.answered_at, asks.c.id)
            .limit(limit)
        )
        return await self._with_names([_line(r) for r in await self.conn.execute(query)])

    async def _with_names(self, lines: Sequence[Line]) -> list[Line]:
        """Who takes care of those in need, who answered for whom, and who saw whom."""
        seen = await heads.seen(self.conn, [line.ask.id for line in lines])
        crying = [f"help:{line.ask.id}" for line in lines if line.ask.answer == HELP]
        taken: dict[str, int] = {}
        if crying:
            query = select(asks.c.about, asks.c.answered_by).where(
                among(asks.c.about, crying), asks.c.standing == Standing.ANSWERED.value
            )
            taken = {r.about: r.answered_by for r in await self.conn.execute(query)}
        wanted = {p for p in taken.values() if p is not None}
        wanted |= {
            line.ask.answered_by
            for line in lines
            if line.ask.answered_by is not None and line.ask.answered_by != line.ask.person
        }
        names = await self._names(wanted | {sighting.by for sighting in seen.values()})
        ids = [line.ask.id for line in lines]
        ways, remarks = await self.asked_by(ids), await self.remarks(ids)
        said = await self.cried([line.ask.id for line in lines if line.ask.answer == HELP])
        return [
            replace(
                line,
                taken_by=names.get(taken.get(f"help:{line.ask.id}", 0), ""),
                answered_by=names.get(line.ask.answered_by or 0, ""),
                sighting=(tick := seen.get(line.ask.id)),
                seen_by=names.get(tick.by, "") if tick else "",
                ways=tuple(ways.get(line.ask.id, ())),
                remark=said.get(line.ask.id) or remarks.get(line.ask.id),
            )
            for line in lines
        ]

    async def _names(self, ids: Collection[int]) -> dict[int, str]:
        if not ids:
            return {}
        query = select(people.c.id, people.c.name).where(among(people.c.id, sorted(ids)))
        return {r.id: r.name for r in await self.conn.execute(query)}

    async def answered_by_step(
        self, about: str, begin: datetime, step: timedelta, within: Within
    ) -> Mapping[int, int]:
        size = int(step.total_seconds() * 1_000_000)
        at = cast(asks.c.answered_at, asks.c.person.type)
        number = cast((at - micros(begin)) / size, Integer)
        if self.conn.dialect.name == "postgresql":
            number = cast(func.floor((at - micros(begin)) / size), Integer)
        query = (
            select(number.label("step"), func.count().label("people"))
            .where(asks.c.about == about, asks.c.answer != "", *_within(asks.c.person, within))
            .group_by(number)
        )
        return {r.step or 0: r.people for r in await self.conn.execute(query)}

    async def unsent(self, about: str) -> int:
        nothing = and_(
            asks.c.about == about,
            asks.c.handed.is_(False),
            asks.c.answer == "",
            asks.c.standing.in_(("climbed", "unreached", "lapsed")),
        )
        return int((await self.conn.execute(select(func.count()).where(nothing))).scalar_one())

    async def callers(self, about: str, within: Within, limit: int) -> list[Caller]:
        waits = or_(asks.c.standing.in_(UNHEARD), asks.c.answer == HELP)
        own = asks.c.answered_by == worklists.c.person
        query = (
            select(
                worklists.c.person,
                func.count().filter(waits).label("open"),
                func.count().filter(~waits).label("done"),
                func.max(case((own, asks.c.answered_at))).label("last"),
            )
            .select_from(worklists.join(asks, asks.c.id == worklists.c.ask))
            .where(worklists.c.about == about, *_within(asks.c.person, within))
            .group_by(worklists.c.person)
            .order_by(func.count().filter(waits).desc(), worklists.c.person)
            .limit(limit)
        )
        found = {r.person: r for r in await self.conn.execute(query)}
        handed = (
            select(calls.c.caller, func.count().label("names"))
            .select_from(calls.join(asks, asks.c.id == calls.c.ask))
            .where(
                *(calls.c.about == about, calls.c.caller.is_not(None), waits),
                *_within(asks.c.person, within),
            )
            .group_by(calls.c.caller)
            .order_by(func.count().desc(), calls.c.caller)
            .limit(limit)
        )
        in_hand = {r.caller: r.names for r in await self.conn.execute(handed)}
        names = await self._names({*found, *in_hand})
        listed = []
        for person in dict.fromkeys((*in_hand, *found)):
            row = found.get(person)
            listed.append(
                Caller(
                    person,
                    names.get(person, ""),
                    row.open if row else 0,
                    row.done if row else 0,
                    row.last if row else None,
                    in_hand.get(person, 0),
                )
            )
        return listed[:limit]

    async def spots(self, about: str, within: Within, limit: int) -> list[Spot]:
        query = (
            select(people.c.name, notes.c.at, notes.c.text)
            .select_from(
                asks.join(notes, notes.c.about == "help:" + asks.c.id).join(
                    people, people.c.id == asks.c.person
                )
            )
            .where(
                asks.c.about == about,
                asks.c.answer == written(HELP),
                notes.c.by == asks.c.person,
                *_within(asks.c.person, within),
            )
            .order_by(notes.c.at.desc())
            .limit(limit * 4)
        )
        found: dict[str, Spot] = {}
        for name, at, text in (await self.conn.execute(query)).all():
            match = DEGREES.fullmatch(text)
            if match and name not in found:
                found[name] = Spot(name, at, float(match[1]), float(match[2]))
        return list(found.values())[:limit]

    async def changes(self, roll_call: RollCall, within: Within, limit: int) -> list[Change]:
        recent = (
            select(journal)
            .where(
                journal.c.at >= roll_call.launched_at - timedelta(minutes=1),
                or_(
                    journal.c.about == roll_call.about,
                    and_(journal.c.behalf.is_not(None), journal.c.about.like("ask:%")),
                    and_(journal.c.kind == "page.taken", journal.c.about.like("help:%")),
                    and_(journal.c.kind == ANSWERED, journal.c.data.like(f'%"{HELP}"%')),
                ),
            )
            .order_by(journal.c.at.desc())
            .limit(LOOKED_THROUGH)
            .subquery()
        )
        # `ask:` of somebody's check-in, `help:` of their cry.
        ask = func.replace(func.replace(recent.c.about, "help:", ""), "ask:", "")
        theirs = and_(asks.c.id == ask, asks.c.about == roll_call.about)
        query = (
            select(recent, asks.c.person.label("whose"))
            .select_from(recent.outerjoin(asks, theirs))
            .where(or_(recent.c.about == roll_call.about, asks.c.id.is_not(None)))
        )
        if within is not None:
            query = query.where(or_(asks.c.person.is_(None), among(asks.c.person, sorted(within))))
        found = (await self.conn.execute(query.order_by(recent.c.at.desc()).limit(limit))).all()
        names = await self._names({p for r in found for p in (r.person, r.whose) if p is not None})
        return [
            Change(
                r.at,
                r.kind,
                names.get(r.person or 0, ""),
                names.get(r.whose or 0, "") if r.whose != r.person else "",
                {k: str(v) for k, v in rows.mapping(r.data).items()},
            )
            for r in found
        ]

    # --- what has been ---------------------------------------------------------------------

    async def lately(self, limit: int) -> list[RollCall]:
        query = (
            select(roll_calls)
            .where(roll_calls.c.state.not_in(RUNNING))
            .order_by(roll_calls.c.launched_at.desc())
            .limit(limit)
        )
        return [rows.roll_call_of(r) for r in await self.conn.execute(query)]

    async def incidents_lately(
        self,
        after: tuple[datetime, str] | None,
        limit: int,
        reporters: Within,
        called: int,
        *,
        unfinished: bool = False,
    ) -> list[Incident]:
        query: Select[Any] = select(incidents)
        if reporters is not None:
            paged = select(asks.c.about).where(
                asks.c.person == called, asks.c.about.like("incident:%")
            )
            query = query.where(
                or_(
                    among(incidents.c.reporter, sorted(reporters)),
                    incidents.c.taken_by == called,
                    ("incident:" + incidents.c.id).in_(paged),
                )
            )
        if unfinished:
            query = query.where(incidents.c.state.in_(("reported", "taken")))
        if after is not None:
            at, last = after
            query = query.where(
                or_(
                    incidents.c.reported_at < at,
                    and_(incidents.c.reported_at == at, incidents.c.id < last),
                )
            )
        query = query.order_by(incidents.c.reported_at.desc(), incidents.c.id.desc()).limit(limit)
        return [rows.incident_of(r) for r in await self.conn.execute(query)]


def _after(name: Any, id_: Any, place: Place) -> Any:
    last, number = place
    return or_(name > last, and_(name == last, id_ > number))


def _line(r: Any) -> Line:
    return Line(rows.ask_of(r), r.name, r.key, bool(r.away))
