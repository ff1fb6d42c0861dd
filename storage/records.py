"""What is on record, for whoever looks it up afterwards: lists, answers, journal lines.

Rules of the room:
- Reading only, but for the word a server leaves when it ends. No address is to be had here.
- Lists come newest first and are bounded; answers of a roll call are streamed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import Ask
from bot.incidents import Incident
from bot.rollcalls import RollCall
from storage import feed, scopes
from storage import look as rooms
from storage.feed import journal, writers
from storage.rows import ask_of, incident_of, mapping, roll_call_of

BATCH = 2000


# --- who writes ----------------------------------------------------------------------------


async def key_mark(conn: AsyncConnection) -> str:
    """The mark of the master key this database was sealed with; empty for a new database."""
    if not await conn.run_sync(lambda sync: inspect(sync).has_table("facts")):
        return ""
    return await feed.fact(conn, "key")


async def servers(
    conn: AsyncConnection, since: datetime, *, without: Collection[str]
) -> dict[str, datetime]:
    """The writers seen alive after `since`, by name, and when last; those in `without` are no
    servers. Whoever ended as it should gives no sign any more."""
    query = (
        select(writers.c.name, writers.c.alive_at)
        .where(writers.c.alive_at > since, writers.c.name.not_in(list(without)))
        .order_by(writers.c.name)
    )
    return {r.name: r.alive_at for r in await conn.execute(query)}


async def gone(conn: AsyncConnection, writer: str) -> None:
    """This writer has ended as it should: another of its name may begin at once."""
    await conn.execute(update(writers).where(writers.c.name == writer).values(alive_at=None))


# --- the journal ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal as it is read; people by id."""

    writer: str
    seq: int
    at: datetime
    kind: str
    about: str
    person: int | None
    behalf: int | None
    data: dict[str, str]
    reply: str
    """What the sender was told, as kept with an event; JSON of key, values, problem."""


def _line(r: Any) -> Line:
    return Line(
        r.writer, r.seq, r.at, r.kind, r.about, r.person, r.behalf, mapping(r.data), r.reply
    )


async def caused(conn: AsyncConnection, event: str) -> Line | None:
    """The first line an event caused; `None` if it never arrived."""
    row = (await conn.execute(select(journal).where(journal.c.event == event))).first()
    return _line(row) if row else None


async def lines(
    conn: AsyncConnection, limit: int, *, about: Collection[str] = (), person: int | None = None
) -> list[Line]:
    """The newest `limit` lines, oldest first; with `about`, those about these things and the asks
    and cries for help that belong to them; with `person`, what they did or was done for them."""
    query = select(journal)
    if about or person is not None:
        asked = select(rooms.asks.c.id).where(rooms.asks.c.about.in_(list(about)))
        belongs = [
            asked.with_only_columns(literal(f"{noun}:") + rooms.asks.c.id)
            for noun in ("ask", "help")
        ]
        theirs = [journal.c.person == person, journal.c.behalf == person] if person else []
        query = query.where(
            or_(journal.c.about.in_(list(about)), *map(journal.c.about.in_, belongs), *theirs)
        )
    newest = query.order_by(journal.c.at.desc(), journal.c.seq.desc()).limit(limit)
    return [_line(r) for r in await conn.execute(newest)][::-1]


# --- roll calls and incidents --------------------------------------------------------------


async def roll_calls(conn: AsyncConnection, limit: int) -> list[RollCall]:
    """The newest roll calls, those that have ended too."""
    query = select(rooms.roll_calls).order_by(rooms.roll_calls.c.launched_at.desc()).limit(limit)
    return [roll_call_of(r) for r in await conn.execute(query)]


async def incidents(conn: AsyncConnection, limit: int) -> list[Incident]:
    """The newest incidents, those that are over too."""
    query = select(rooms.incidents).order_by(rooms.incidents.c.reported_at.desc()).limit(limit)
    return [incident_of(r) for r in await conn.execute(query)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one person in a roll call; `by` is whoever answered, by key and by name."""

    key: str
    name: str
    ask: Ask
    by: str
    by_name: str


async def answers(conn: AsyncConnection, about: str) -> AsyncIterator[Answer]:
    """Everybody asked in a roll call, by key, those who have left since too."""
    asks, people = rooms.asks, scopes.people
    giver = people.alias()
    query = (
        select(
            asks,
            people.c.key.label("of"),
            people.c.name,
            giver.c.key.label("giver"),
            giver.c.name.label("giver_name"),
        )
        .select_from(
            asks.join(people, people.c.id == asks.c.person).join(
                giver, giver.c.id == asks.c.answered_by, isouter=True
            )
        )
        .where(asks.c.about == about)
        .order_by(people.c.key)
    )
    async for part in (await conn.stream(query)).partitions(BATCH):
        for r in part:
            yield Answer(r.of, r.name, ask_of(r), r.giver or "", r.giver_name or "")
