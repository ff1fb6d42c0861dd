"""People on no list who were counted at an assembly point: visitors, drivers, cleaners.

Rules of the room:
- They are lines of a roll call's timeline; here they are read as people, page by page.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.board.figures import Guest
from storage import rows
from storage.look import notes
from storage.many import written
from storage.scopes import people

VISITOR = "note-visitor"


def _of(about: str) -> Any:
    return and_(notes.c.about == about, notes.c.key == written(VISITOR))


class Guests:
    """The part of a look that knows them."""

    conn: AsyncConnection

    async def guests(
        self, about: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[Guest]:
        query = (
            select(notes, people.c.name)
            .select_from(notes.outerjoin(people, people.c.id == notes.c.by))
            .where(_of(about))
        )
        if after is not None:
            at, last = after
            query = query.where(or_(notes.c.at > at, and_(notes.c.at == at, notes.c.id > last)))
        query = query.order_by(notes.c.at, notes.c.id).limit(limit)
        return [
            Guest(r.id, r.text, rows.mapping(r.args).get("site", ""), r.at, r.name or "")
            for r in await self.conn.execute(query)
        ]

    async def guest_count(self, about: str) -> int:
        query = select(func.count()).select_from(notes).where(_of(about))
        return int((await self.conn.execute(query)).scalar_one())
