"""Head counts: who was seen, kept apart from what anybody answered.

Rules of the room:
- There are as many rows as ticks, which people set one by one; the figures of a head count come
  from them and from the counts there are already.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Text, delete, func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.found import Count
from bot.heads import Sighting, Unseen
from bot.rights import Within
from storage.instants import Instant
from storage.many import among
from storage.scopes import people
from storage.tables import AskRow, Table, _no


class SightingRow(Table, table=True):
    """Somebody asked was seen at a head count."""

    __tablename__ = "sightings"
    __table_args__ = (Index("ix_sightings_about", "about"),)

    ask: str = Field(sa_column=Column(Text, primary_key=True))
    about: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    by: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    said: bool = _no()
    """The tick was also their answer."""


asks = AskRow.__table__  # type: ignore[attr-defined]
sightings = SightingRow.__table__  # type: ignore[attr-defined]


def _of(r: Any) -> Sighting:
    return Sighting(r.ask, r.about, r.by, r.at, bool(r.said))


async def find(conn: AsyncConnection, ask: str) -> Sighting | None:
    row = (await conn.execute(select(sightings).where(sightings.c.ask == ask))).first()
    return _of(row) if row else None


async def save(conn: AsyncConnection, value: Sighting | Unseen) -> None:
    """A tick, the first of which counts; or none any more."""
    if isinstance(value, Unseen):
        await conn.execute(delete(sightings).where(sightings.c.ask == value.ask))
        return
    insert = pg_insert if conn.dialect.name == "postgresql" else sqlite_insert
    row = {
        "ask": value.ask,
        "about": value.about,
        "by": value.by,
        "at": value.at,
        "said": value.said,
    }
    await conn.execute(insert(sightings).values(row).on_conflict_do_nothing())


async def seen(conn: AsyncConnection, ids: Collection[str]) -> dict[str, Sighting]:
    """Of these asks those whose people were seen."""
    query = select(sightings).where(among(sightings.c.ask, list(ids)))
    return {r.ask: _of(r) for r in await conn.execute(query)}


async def ticks(conn: AsyncConnection, about: str) -> dict[str, tuple[datetime, str]]:
    """Everybody seen in a roll call, by ask: when, and by whom (a name)."""
    joined = sightings.outerjoin(people, people.c.id == sightings.c.by)
    query = select(sightings.c.ask, sightings.c.at, people.c.name).select_from(joined)
    found = await conn.execute(query.where(sightings.c.about == about))
    return {r.ask: (r.at, r.name or "") for r in found}


class Heads:
    """The part of a look that knows them."""

    conn: AsyncConnection

    async def sighted(self, about: str, within: Within) -> list[Count]:
        columns = asks.c.site, asks.c.team, asks.c.standing, asks.c.answer
        query = (
            select(*columns, func.count().label("people"))
            .select_from(sightings.join(asks, asks.c.id == sightings.c.ask))
            .where(sightings.c.about == about)
            .group_by(*columns)
        )
        if within is not None:
            query = query.where(among(asks.c.person, sorted(within)))
        found = await self.conn.execute(query)
        return [Count(r.site, r.team, r.standing, r.answer, r.people) for r in found]
