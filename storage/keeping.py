"""What the house knows of itself: people by language, the state of the lanes, the last import.

Rules of the room:
- Numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import feed
from storage.lanes import lanes
from storage.look import outbox
from storage.scopes import people

IMPORTED = "imported"
"""The fact that holds when a staff list was taken over last."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane as it is kept."""

    rate: float
    closed: str
    blocked_until: datetime | None


async def languages(conn: AsyncConnection) -> dict[str, int]:
    """How many present people read each language, the most first."""
    number = func.count()
    query = select(people.c.language, number.label("people")).where(people.c.left_at.is_(None))
    query = query.group_by(people.c.language).order_by(number.desc(), people.c.language)
    return {r.language: r.people for r in await conn.execute(query)}


async def lanes_kept(conn: AsyncConnection) -> Mapping[str, Lane]:
    return {
        r.channel: Lane(r.rate, r.closed, r.blocked_until)
        for r in await conn.execute(select(lanes))
    }


async def queued(conn: AsyncConnection) -> dict[str, int]:
    """How many cards wait to be sent, by channel."""
    query = select(outbox.c.channel, func.count().label("cards")).group_by(outbox.c.channel)
    return {r.channel: r.cards for r in await conn.execute(query)}


async def imported(conn: AsyncConnection, now: datetime) -> None:
    """A staff list has been taken over."""
    await feed.set_fact(conn, IMPORTED, now.isoformat())


async def imported_at(conn: AsyncConnection) -> datetime | None:
    said = await feed.fact(conn, IMPORTED)
    return datetime.fromisoformat(said) if said else None
