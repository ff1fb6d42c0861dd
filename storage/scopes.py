"""Whom a roll call speaks of: a site, a team, a list, a subtree, everyone; and who holds a role.

Rules of the room:
- Only people who are still here are ever in a scope.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.found import Batch, Reach
from bot.people import CallTree, Role
from bot.rollcalls import Scope
from storage.many import NO_TEXT, among, slices
from storage.tables import ContactRow, OutboxRow, PersonRow

people = PersonRow.__table__  # type: ignore[attr-defined]
contacts = ContactRow.__table__  # type: ignore[attr-defined]
outbox = OutboxRow.__table__  # type: ignore[attr-defined]

PAGE = "web"
"""The channel that reaches only whoever has it open."""
NAMED = 5
"""How many of those nobody can reach are named."""


def in_scope(scope: Scope, target: Sequence[str], under: Collection[int]) -> Any:
    """The condition that picks a roll call's people; `under` is the subtree where asked for."""
    present = people.c.left_at.is_(None)
    match scope:
        case Scope.EVERYONE:
            return present
        case Scope.SITE:
            return and_(present, people.c.site.in_(list(target)))
        case Scope.TEAM:
            return and_(present, people.c.team.in_(list(target)))
        case Scope.LIST:
            return and_(present, among(people.c.key, target))
        case Scope.UNDER:
            return and_(present, among(people.c.id, under))


class Scopes:
    """The part of a look that counts and names people by where they belong."""

    conn: AsyncConnection
    channels: list[str]
    _desk: tuple[int, ...] | None = None

    async def tree(self) -> CallTree:
        """The call tree of everyone."""
        raise TypeError("a look knows the tree")

    async def desk(self) -> tuple[int, ...]:
        if self._desk is None:
            self._desk = await self.with_role(Role.SAFETY)
        return self._desk

    async def with_role(self, role: Role) -> tuple[int, ...]:
        """Everyone present who has a role, by id."""
        query = select(people.c.id).where(
            people.c.roles != NO_TEXT,
            people.c.roles.like(f"% {role.value} %"),
            people.c.left_at.is_(None),
            people.c.away.is_(False),
        )
        # Sorted here: asked for by id, SQLite would read everybody in that order.
        return tuple(sorted((await self.conn.execute(query)).scalars()))

    async def _distinct(self, column: Any) -> tuple[str, ...]:
        query = (
            select(column)
            .where(people.c.left_at.is_(None), column != "")
            .group_by(column)
            .order_by(func.count().desc(), column)
        )
        return tuple((await self.conn.execute(query)).scalars())

    async def sites(self) -> tuple[str, ...]:
        return await self._distinct(people.c.site)

    async def teams(self) -> tuple[str, ...]:
        return await self._distinct(people.c.team)

    async def under(self, scope: Scope, target: Sequence[str]) -> list[int]:
        """The subtree a scope speaks of; empty for other scopes."""
        if scope is not Scope.UNDER:
            return []
        return (await self.tree()).subtree(int(target[0]))

    async def reach(self, scope: Scope, target: Sequence[str]) -> Reach:
        total = 0
        channels: dict[str, int] = {}
        first = (
            select(contacts.c.channel)
            .where(
                contacts.c.person == people.c.id,
                contacts.c.failing == "",
                contacts.c.channel.in_(self.channels),
            )
            .order_by(contacts.c.rank)
            .limit(1)
            .scalar_subquery()
        )
        under = await self.under(scope, target)
        for some in slices(under) if scope is Scope.UNDER else ([],):
            inner = select(first.label("channel")).where(in_scope(scope, target, some)).subquery()
            query = select(inner.c.channel, func.count().label("n")).group_by(inner.c.channel)
            for row in await self.conn.execute(query):
                total += row.n
                channels[row.channel or ""] = channels.get(row.channel or "", 0) + row.n
        unreachable = channels.pop("", 0)
        alone = await self._alone(scope, target, under) if unreachable else ()
        by_page = await self._by_page(scope, target, under)
        return Reach(total, channels, unreachable, alone, by_page)

    async def _by_page(self, scope: Scope, target: Sequence[str], under: Collection[int]) -> int:
        """How many have nothing but a web page."""

        def way(*which: Any) -> Any:
            return exists().where(
                contacts.c.person == people.c.id, contacts.c.failing == "", *which
            )

        page = way(contacts.c.channel == PAGE)
        others = [channel for channel in self.channels if channel != PAGE]
        found = 0
        for some in slices(under) if scope is Scope.UNDER else ([],):
            query = (
                select(func.count())
                .select_from(people)
                .where(in_scope(scope, target, some), page, ~way(contacts.c.channel.in_(others)))
            )
            found += (await self.conn.execute(query)).scalar() or 0
        return found

    async def _alone(
        self, scope: Scope, target: Sequence[str], under: Collection[int]
    ) -> tuple[str, ...]:
        """Names of the first few whom no channel reaches."""
        reachable = select(contacts.c.id).where(
            contacts.c.person == people.c.id,
            contacts.c.failing == "",
            contacts.c.channel.in_(self.channels),
        )
        found: list[str] = []
        for some in slices(under) if scope is Scope.UNDER else ([],):
            query = (
                select(people.c.name)
                .where(in_scope(scope, target, some), ~reachable.exists())
                .order_by(people.c.name)
                .limit(NAMED)
            )
            found += (await self.conn.execute(query)).scalars()
        return tuple(sorted(found)[:NAMED])

    async def sending(self, about: str, channels: Collection[str]) -> dict[str, int]:
        """How many questions of a roll call wait to be sent, by channel."""
        wanted = [channel for channel in channels if channel in self.channels]
        if not wanted:
            return {}
        query = (
            select(outbox.c.channel, func.count().label("n"))
            .where(
                outbox.c.about == about,
                outbox.c.view == "checkin",
                outbox.c.post.is_(None),
                outbox.c.channel.in_(wanted),
            )
            .group_by(outbox.c.channel)
        )
        return {r.channel: r.n for r in await self.conn.execute(query)}

    async def candidates(
        self, scope: Scope, target: Sequence[str], after: int, limit: int
    ) -> Batch:
        """The next people of a roll call, by id: rows of id, site, team."""
        left = sorted(i for i in await self.under(scope, target) if i > after)
        under = left[:limit]
        query = (
            select(people.c.id, people.c.site, people.c.team)
            .where(in_scope(scope, target, under), people.c.id > after)
            .order_by(people.c.id)
            .limit(limit)
        )
        found = (await self.conn.execute(query)).all()
        if scope is Scope.UNDER:
            # The tree may be a moment older than the rows: it says whether anybody is left.
            return Batch(found, under[-1] if under else after, last=len(left) <= limit)
        return Batch(found, found[-1].id if found else after, last=len(found) < limit)

    async def scope_ids(self, scope: Scope, target: Sequence[str]) -> list[int]:
        """Everybody in a scope, by id."""
        if scope is Scope.UNDER:
            return await self.under(scope, target)
        query = select(people.c.id).where(in_scope(scope, target, ())).order_by(people.c.id)
        return list((await self.conn.execute(query)).scalars())
