"""The staff as the board lists it, and what is missing before an emergency.

Rules of the room:
- Of contacts only their number and when they last carried something leaves this room.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.board.figures import Gap, Member, Place
from bot.rights import Within
from storage.many import NO_TEXT, among
from storage.rows import Usual, person_of
from storage.scopes import contacts, people


class Muster:
    """The part of a look that knows the staff as a whole."""

    conn: AsyncConnection
    usual: Usual
    channels: list[str]

    async def members(
        self, within: Within, after: Place | None, limit: int, *, said: str = ""
    ) -> list[Member]:
        query = select(people).where(people.c.left_at.is_(None))
        if within is not None:
            query = query.where(among(people.c.id, sorted(within)))
        if after is not None:
            last, number = after
            later = people.c.name > last, and_(people.c.name == last, people.c.id > number)
            query = query.where(or_(*later))
        if said:
            plain = said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            likely = (people.c.name, people.c.site, people.c.team)
            # Databases know few letters' other case: as typed, and in the usual spellings.
            spelt = sorted({plain, plain.lower(), plain.upper(), plain.title()})
            query = query.where(
                or_(
                    people.c.key.like(f"{plain}%", escape="\\"),
                    *(func.lower(c).like(f"%{plain.lower()}%", escape="\\") for c in likely),
                    *(c.like(f"%{one}%", escape="\\") for c in likely for one in spelt),
                )
            )
        return await self._known(query.order_by(people.c.name, people.c.id).limit(limit))

    async def members_of(self, ids: Collection[int]) -> Sequence[Member]:
        query = select(people).where(among(people.c.id, sorted(ids)), people.c.left_at.is_(None))
        return await self._known(query.order_by(people.c.name, people.c.id))

    async def _known(self, query: Any) -> list[Member]:
        found = [person_of(r, self.usual) for r in await self.conn.execute(query)]
        ways = (
            select(
                contacts.c.person,
                func.count().label("ways"),
                func.count(contacts.c.proven_at).label("proven"),
                func.max(contacts.c.proven_at).label("proven_at"),
            )
            .where(among(contacts.c.person, [p.id for p in found]), *self._usable())
            .group_by(contacts.c.person)
        )
        counted = {r.person: r for r in await self.conn.execute(ways)}
        return [
            Member(p, c.ways, c.proven, c.proven_at)
            if (c := counted.get(p.id))
            else Member(p, 0, 0)
            for p in found
        ]

    def _usable(self) -> tuple[Any, ...]:
        return contacts.c.failing == "", contacts.c.channel.in_(self.channels)

    async def staff_count(self) -> int:
        query = select(func.count()).where(people.c.left_at.is_(None))
        return int((await self.conn.execute(query)).scalar_one())

    async def gaps(self, limit: int) -> Sequence[Gap]:
        one = contacts.alias()
        usable = one.c.person == people.c.id, one.c.failing == "", one.c.channel.in_(self.channels)
        reached = select(one.c.id).where(*usable).exists()
        proven = select(one.c.id).where(*usable, one.c.proven_at.is_not(None)).exists()
        other = people.alias()
        leads = select(other.c.lead).where(other.c.lead.is_not(None), other.c.left_at.is_(None))
        has_people = people.c.id.in_(leads)
        gone = select(other.c.id).where(other.c.id == people.c.lead, other.c.left_at.is_not(None))
        wanted = {
            "unreachable": ~reached,
            "unproven": and_(reached, ~proven),
            "leadless": or_(
                and_(people.c.lead.is_(None), ~has_people, people.c.roles == NO_TEXT),
                gone.exists(),
            ),
            "deputyless": and_(has_people, people.c.deputy.is_(None)),
        }
        found = []
        for kind, missing in wanted.items():
            here = people.c.left_at.is_(None), missing
            count = (await self.conn.execute(select(func.count()).where(*here))).scalar_one()
            query = select(people).where(*here).order_by(people.c.name, people.c.id).limit(limit)
            rows = (await self.conn.execute(query)).all() if count else []
            found.append(Gap(kind, int(count), tuple(person_of(r, self.usual) for r in rows)))
        return found
