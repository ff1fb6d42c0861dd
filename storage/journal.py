"""The journal: who did what, when, on whose behalf, chained by hash.

Rules of the room:
- One chain a writer, so that replicas never wait for each other; the head of each chain is
  kept apart, so that lines cut off at the end are noticed too.
- A line holds ids, never texts or addresses.
- The id of an event stands in the first line it caused: a repeat finds it there, together with
  the reply that was given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.instants import micros
from storage.many import Insert, Values, among
from storage.rows import compact, mapping
from storage.tables import JournalRow, WriterRow

journal = JournalRow.__table__  # type: ignore[attr-defined]
writers = WriterRow.__table__  # type: ignore[attr-defined]

ANSWERED = "checkin.answered"
GENESIS = bytes(32)
APPEND = Insert(
    journal,
    ("writer", "seq", "at", "event", "kind", "about", "person", "behalf", "data", "reply", "hash"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is chained; `data` and `reply` are compact JSON."""

    at: datetime
    kind: str
    about: str = ""
    person: int | None = None
    behalf: int | None = None
    data: str = "{}"
    event: str | None = None
    reply: str = ""


def link(previous: bytes, writer: str, seq: int, line: Line) -> bytes:
    """The hash of a line, which holds the hash of the line before it."""
    said = compact(
        [
            writer,
            seq,
            micros(line.at),
            line.event,
            line.kind,
            line.about,
            line.person,
            line.behalf,
            line.data,
            line.reply,
        ]
    )
    return hashlib.sha256(previous + said.encode()).digest()


async def write(conn: AsyncConnection, writer: str, lines: Sequence[Line]) -> None:
    """Append `lines` to the chain of `writer`, within the caller's transaction."""
    if not lines:
        return
    seq, previous = await _head(conn, writer)
    drawn: list[Values] = []
    for line in lines:
        seq += 1
        previous = link(previous, writer, seq, line)
        drawn.append(
            (
                writer,
                seq,
                micros(line.at),
                line.event,
                line.kind,
                line.about,
                line.person,
                line.behalf,
                line.data,
                line.reply,
                previous,
            )
        )
    await APPEND.run(conn, drawn)
    await conn.execute(
        update(writers)
        .where(writers.c.name == writer)
        .values(seq=seq, hash=previous, alive_at=lines[-1].at)
    )


async def _head(conn: AsyncConnection, writer: str) -> tuple[int, bytes]:
    """The newest line of a writer's chain, locked until the transaction ends."""
    query = select(writers.c.seq, writers.c.hash).where(writers.c.name == writer).with_for_update()
    head = (await conn.execute(query)).first()
    if head is None:
        # Its first line, which several transactions may be about to write.
        new = pg_insert if conn.dialect.name == "postgresql" else sqlite_insert
        row = {"name": writer, "seq": 0, "hash": GENESIS}
        await conn.execute(new(writers).values(row).on_conflict_do_nothing())
        head = (await conn.execute(query)).one()
    return head.seq, head.hash


async def seen(conn: AsyncConnection, events: Sequence[str]) -> dict[str, str]:
    """Of these event ids, those journalled before, with the reply given then."""
    if not events:
        return {}
    query = select(journal.c.event, journal.c.reply).where(among(journal.c.event, events))
    return {r.event: r.reply for r in (await conn.execute(query)).all()}


async def caused(conn: AsyncConnection, event: str, person: int) -> str:
    """What this event of this person was about; empty if there was none."""
    query = select(journal.c.about).where(journal.c.event == event, journal.c.person == person)
    return (await conn.execute(query)).scalar() or ""


async def own_word(conn: AsyncConnection, about: str, person: int) -> str:
    """What this person themself last answered to a check-in; empty if they never did."""
    query = (
        select(journal.c.data)
        .where(journal.c.about == about, journal.c.kind == ANSWERED, journal.c.person == person)
        .order_by(journal.c.at.desc(), journal.c.seq.desc())
        .limit(1)
    )
    return mapping((await conn.execute(query)).scalar() or "{}").get("answer", "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the journal found."""

    lines: int
    writers: int
    broken: tuple[str, ...]
    """Where a chain does not hold, as `writer:seq`."""


async def verify(conn: AsyncConnection) -> Verdict:
    """Walk every chain from its first line to its head."""
    heads = {r.name: (r.seq, r.hash) for r in await conn.execute(select(writers))}
    names = list(await conn.scalars(select(journal.c.writer).distinct()))
    total, broken = 0, []
    for writer in sorted({*heads, *names}):
        seq, previous, whole = 0, GENESIS, True
        query = select(journal).where(journal.c.writer == writer).order_by(journal.c.seq)
        found = await conn.stream(query)
        async for r in found:
            total += 1
            line = Line(r.at, r.kind, r.about, r.person, r.behalf, r.data, r.event, r.reply)
            if r.seq != seq + 1 or link(previous, writer, r.seq, line) != r.hash:
                broken.append(f"{writer}:{r.seq}")
                whole = False
                break
            seq, previous = r.seq, r.hash
        if whole and heads.get(writer) != (seq, previous) and (seq or writer in heads):
            broken.append(f"{writer}:{seq + 1}")
    return Verdict(total, len(heads), tuple(broken))
