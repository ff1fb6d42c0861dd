"""The call tree of everyone, kept in memory and read anew when the staff has changed.

Rules of the room:
- Whoever changes people raises the tree's revision in the same transaction (`touch`).
"""

from __future__ import annotations

import asyncio

from sqlalchemy import Integer, Text, cast, or_, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import CallTree, TreeRow
from storage.tables import MetaRow, PersonRow

people = PersonRow.__table__  # type: ignore[attr-defined]
facts = MetaRow.__table__  # type: ignore[attr-defined]

REVISION = "tree"


class Trees:
    """Holds the newest `CallTree`; shared by every look of a store."""

    def __init__(self) -> None:
        self._revision = ""
        self._tree = CallTree(())
        self._lock = asyncio.Lock()

    async def revision(self, conn: AsyncConnection) -> str:
        """Differs whenever the staff has changed."""
        query = select(facts.c.value).where(facts.c.name == REVISION)
        return (await conn.execute(query)).scalar() or "0"

    async def current(self, conn: AsyncConnection) -> CallTree:
        """The tree as this connection sees it."""
        revision = await self.revision(conn)
        if revision != self._revision:
            async with self._lock:
                if revision != self._revision:
                    self._tree = await _read(conn)
                    self._revision = revision
                return self._tree
        return self._tree


async def _read(conn: AsyncConnection) -> CallTree:
    columns = (people.c.id, people.c.lead, people.c.deputy, people.c.away)
    # Of those who have left only whoever still stands above somebody: the line runs through them.
    leads = select(people.c.lead).where(people.c.lead.is_not(None))
    query = select(*columns, people.c.left_at.is_not(None)).where(
        or_(people.c.left_at.is_(None), people.c.id.in_(leads))
    )
    tree = CallTree()
    async for part in (await conn.stream(query)).partitions(2000):
        tree.grow(TreeRow(*row) for row in part)
        await asyncio.sleep(0)
    return tree


async def touch(conn: AsyncConnection) -> None:
    """Tell every holder of a tree that it is out of date."""
    insert = pg_insert if conn.dialect.name == "postgresql" else sqlite_insert
    # Counted on in the database: two who change people at once never agree on a number.
    raised = cast(cast(facts.c.value, Integer) + 1, Text)
    statement = insert(facts).values(name=REVISION, value="1")
    await conn.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": raised})
    )
