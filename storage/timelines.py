"""What people wrote: the timelines of incidents and cries, and remarks beside a check-in.

Rules of the room:
- One statement for however many check-ins; of each the newest remark.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.timeline import Note
from storage import rows
from storage.many import among, slices
from storage.tables import NoteRow

table = NoteRow.__table__  # type: ignore[attr-defined]


class Timelines:
    """The part of a look that reads what was written."""

    conn: AsyncConnection
    still: bool
    _remarks: dict[str, Note | None]

    async def notes(self, about: str, limit: int = 50) -> list[Note]:
        query = (
            select(table)
            .where(table.c.about == about)
            .order_by(table.c.at.desc(), table.c.id.desc())
            .limit(limit)
        )
        found = [rows.note_of(row) for row in await self.conn.execute(query)]
        return found[::-1]

    async def remarks(self, asks: Collection[str]) -> dict[str, Note]:
        if not self.still:
            return await self._newest("ask", asks)
        fresh = [ask for ask in asks if ask not in self._remarks]
        if fresh:
            found = await self._newest("ask", fresh)
            self._remarks.update({ask: found.get(ask) for ask in fresh})
        return {ask: note for ask in asks if (note := self._remarks[ask]) is not None}

    async def cried(self, asks: Collection[str]) -> dict[str, Note]:
        return await self._newest("help", asks)

    async def _newest(self, noun: str, asks: Collection[str]) -> dict[str, Note]:
        newest = func.row_number().over(
            partition_by=table.c.about, order_by=(table.c.at.desc(), table.c.id.desc())
        )
        found: dict[str, Note] = {}
        for some in slices([f"{noun}:{ask}" for ask in asks]):
            ranked = select(table, newest.label("place")).where(among(table.c.about, some))
            ranked_rows = ranked.subquery()
            query = select(ranked_rows).where(ranked_rows.c.place == 1)
            for row in await self.conn.execute(query):
                note = rows.note_of(row)
                found[note.about.removeprefix(f"{noun}:")] = note
        return found
