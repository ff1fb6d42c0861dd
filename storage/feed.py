"""What a person has been shown, and single look-ups that belong to no decision.

Rules of the room:
- A post keeps which card it was, never its words: whoever shows it draws it anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, not_, or_, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.health import health as health  # asked for here as well
from storage.instants import micros
from storage.rows import mapping
from storage.tables import JournalRow, MetaRow, PhotoRow, PostRow, WriterRow

posts = PostRow.__table__  # type: ignore[attr-defined]
photos = PhotoRow.__table__  # type: ignore[attr-defined]
journal = JournalRow.__table__  # type: ignore[attr-defined]
writers = WriterRow.__table__  # type: ignore[attr-defined]
facts = MetaRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Post:
    """One card as posted."""

    id: int
    view: str
    subject: str
    args: Mapping[str, str]
    posted_at: datetime
    touched: datetime
    seen: bool = False


async def page(
    conn: AsyncConnection, person: int, channel: str, before: int | None, limit: int
) -> list[Post]:
    """The newest `limit` posts of a person on a channel (those before `before`), oldest first.

    A card that was posted again is found at its newest place only.
    """
    later = posts.alias()
    again = exists().where(
        later.c.person == posts.c.person,
        later.c.mark == posts.c.mark,
        later.c.channel == posts.c.channel,
        later.c.id > posts.c.id,
    )
    query = (
        select(posts)
        .where(posts.c.person == person, posts.c.channel == channel)
        .where(or_(posts.c.mark == "", not_(again)))
        .order_by(posts.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(posts.c.id < before)
    found = [
        Post(
            r.id,
            r.view,
            r.subject,
            mapping(r.args),
            r.posted_at,
            r.touched,
            r.seen_at is not None,
        )
        for r in await conn.execute(query)
    ]
    return found[::-1]


async def revisions(conn: AsyncConnection, people: Collection[int]) -> dict[int, int]:
    """For each person a number that differs once anything they see has changed."""
    query = (
        select(posts.c.person, func.max(posts.c.touched).label("touched"), func.max(posts.c.id))
        .where(posts.c.person.in_(list(people)))
        .group_by(posts.c.person)
    )
    return {r.person: micros(r.touched) + r[2] for r in await conn.execute(query)}


async def photo(conn: AsyncConnection, photo_id: str) -> tuple[int, str, bytes] | None:
    """Who gave a picture, what it is about, and the picture."""
    row = (await conn.execute(select(photos).where(photos.c.id == photo_id))).first()
    return (row.person, row.about, row.picture) if row else None


# --- facts about those who write ---------------------------------------------------------


async def ever_sent(conn: AsyncConnection, channel: str) -> bool:
    """True if a message has been handed to this channel at least once."""
    query = select(posts.c.id).where(posts.c.channel == channel).limit(1)
    return (await conn.execute(query)).first() is not None


async def newest_time(conn: AsyncConnection) -> datetime | None:
    """The newest time on record: what a clock set back must not fall behind."""
    found: datetime | None = (await conn.execute(select(func.max(journal.c.at)))).scalar()
    return found


async def alive(conn: AsyncConnection, writer: str, now: datetime) -> None:
    """Leave word that this writer is running."""
    insert = pg_insert if conn.dialect.name == "postgresql" else sqlite_insert
    statement = insert(writers).values(name=writer, seq=0, hash=bytes(32), alive_at=now)
    await conn.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"alive_at": now})
    )


async def heads(conn: AsyncConnection) -> tuple[tuple[str, int], ...]:
    """How far each writer's journal has come: a row for each replica there ever was."""
    query = select(writers.c.name, writers.c.seq).order_by(writers.c.name)
    return tuple((r.name, r.seq) for r in await conn.execute(query))


async def last_alive(conn: AsyncConnection, writer: str) -> datetime | None:
    """When a server was last seen running."""
    query = select(writers.c.alive_at).where(writers.c.name == writer)
    found: datetime | None = (await conn.execute(query)).scalar()
    return found


async def fact(conn: AsyncConnection, name: str) -> str:
    """A single fact; empty where there is none."""
    return (await conn.execute(select(facts.c.value).where(facts.c.name == name))).scalar() or ""


async def set_fact(conn: AsyncConnection, name: str, value: str) -> None:
    """Keep a single fact."""
    insert = pg_insert if conn.dialect.name == "postgresql" else sqlite_insert
    statement = insert(facts).values(name=name, value=value)
    await conn.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )
