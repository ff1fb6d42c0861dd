"""What became of messages: handed over, delivered, opened, refused and why; counted by channel.

Rules of the room:
- *Handed over* is a post. *Delivered* and *opened* are marks on it, each set once and never taken
  back. *Refused* is a row of its own: what was refused was never posted, or was not received.
- None of these is an answer, and none stops a question from being asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Text, and_, case, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from bot.found import Delivery
from bot.receipts import Sent
from storage.instants import Instant, micros
from storage.many import NO_TEXT, among, written
from storage.routing import tried_of
from storage.rows import mapping
from storage.scopes import contacts
from storage.tables import AskRow, OutboxRow, PostRow, Serial, Table

posts = PostRow.__table__  # type: ignore[attr-defined]
outbox = OutboxRow.__table__  # type: ignore[attr-defined]
asks = AskRow.__table__  # type: ignore[attr-defined]

QUESTION = "checkin"
LONGEST_NUMBER = 18
"""Digits of a number in a reference: whatever is longer was not made here."""
LATEST = 30
"""Among how many of a person's newest messages on a channel a receipt finds its own."""


def _words() -> Any:
    return Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class RefusalRow(Table, table=True):
    """A card that one contact did not get."""

    __tablename__ = "refusals"
    __table_args__ = (Index("ix_refusals_about_channel", "about", "channel", "why", "person"),)

    id: int | None = Field(
        default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True)
    )
    about: str = _words()
    subject: str = _words()
    person: int = Field(sa_column=Column(BigInteger, nullable=False))
    channel: str = _words()
    why: str = _words()
    at: datetime = Field(sa_column=Column(Instant, nullable=False))


refusals = RefusalRow.__table__  # type: ignore[attr-defined]


# --- counting --------------------------------------------------------------------------------


async def delivery(conn: AsyncConnection, about: str) -> list[Delivery]:
    """What became of the questions of a roll call, by channel: three queries, however many."""
    queued = (
        select(outbox.c.channel, func.count().label("n"))
        .where(outbox.c.about == about, outbox.c.view == QUESTION)
        .where(outbox.c.post.is_(None), outbox.c.room == NO_TEXT)
        .group_by(outbox.c.channel)
    )
    waiting = {r.channel: r.n for r in await conn.execute(queued)}
    refused: dict[str, dict[str, int]] = {}
    why = (
        select(refusals.c.channel, refusals.c.why, func.count(refusals.c.person.distinct()))
        .where(refusals.c.about == about)
        .group_by(refusals.c.channel, refusals.c.why)
    )
    for channel, reason, people in await conn.execute(why):
        refused.setdefault(channel, {})[reason] = people
    found = {r.channel: r for r in await conn.execute(_handed(about))}
    return [
        Delivery(
            channel,
            queued=waiting.get(channel, 0),
            handed=found[channel].handed if channel in found else 0,
            delivered=found[channel].delivered if channel in found else 0,
            seen=found[channel].seen if channel in found else 0,
            answered=found[channel].answered if channel in found else 0,
            failed=refused.get(channel, {}),
        )
        for channel in sorted({*waiting, *refused, *found})
    ]


def _handed(about: str) -> Any:
    """People, not messages: whoever was reminded twice is counted once."""
    each = (
        select(
            posts.c.channel,
            posts.c.person,
            func.max(posts.c.delivered_at).label("delivered"),
            func.max(posts.c.seen_at).label("seen"),
        )
        .where(posts.c.about == about, posts.c.view == written(QUESTION), posts.c.person != 0)
        .group_by(posts.c.channel, posts.c.person)
        .subquery()
    )
    # Looked up as a set: joined, SQLite would go through all of them for each.
    said = select(asks.c.person).where(asks.c.about == about, asks.c.answer != NO_TEXT)
    return (
        select(
            each.c.channel,
            func.count().label("handed"),
            func.count(each.c.delivered).label("delivered"),
            func.count(each.c.seen).label("seen"),
            func.sum(case((each.c.person.in_(said), 1), else_=0)).label("answered"),
        )
        .select_from(each)
        .group_by(each.c.channel)
    )


# --- receipts --------------------------------------------------------------------------------


async def sent(conn: AsyncConnection, channel: str, contact: int, reference: str) -> Sent | None:
    """The message a receipt speaks of: by its reference, else the newest to this contact; none of
    another channel, whatever the receipt says."""
    known = (
        await conn.execute(
            select(contacts.c.person, contacts.c.channel).where(contacts.c.id == contact)
        )
    ).first()
    if known is None or known.channel != channel:
        return None
    query = (
        select(posts)
        .where(posts.c.person == known.person, posts.c.channel == known.channel)
        .order_by(posts.c.id.desc())
        .limit(LATEST)
    )
    for row in (await conn.execute(query)).all():
        if row.contact == contact and reference in ("", row.reference):
            return Sent(
                row.id,
                row.person,
                contact,
                row.channel,
                row.view,
                row.subject,
                row.about,
                mapping(row.args),
                tried_of(row.tried),
            )
    return None


async def under_way(conn: AsyncConnection, reference: str) -> bool:
    """True if the card of this reference (row, when it was queued, contact) is just being sent."""
    parts = reference.split(".")
    if len(parts) != 3 or not all(p.isdecimal() and len(p) <= LONGEST_NUMBER for p in parts):
        return False
    row, queued, contact = map(int, parts)
    query = select(outbox.c.created_at).where(
        outbox.c.id == row,
        outbox.c.contact == contact,
        outbox.c.claimed_by != NO_TEXT,
        outbox.c.post.is_(None),
    )
    since = (await conn.execute(query)).scalar()
    # A reference is made with floating point.
    return since is not None and abs(micros(since) - queued) <= 2


async def marked(conn: AsyncConnection, ids: Collection[int], now: datetime, *, seen: bool) -> None:
    """These were delivered; with `seen` they were opened too."""
    column = posts.c.seen_at if seen else posts.c.delivered_at
    await conn.execute(
        update(posts).where(among(posts.c.id, ids), column.is_(None)).values({column: now})
    )


async def looked_at(
    conn: AsyncConnection, ids: Collection[int], now: datetime
) -> list[tuple[str, int, str]]:
    """These stand on an open page; of those that did not before subject, person and about."""
    query = update(posts).where(among(posts.c.id, ids), posts.c.seen_at.is_(None))
    done = query.values(seen_at=now).returning(posts.c.subject, posts.c.person, posts.c.about)
    return [(r.subject, r.person, r.about) for r in await conn.execute(done)]


def _unopened(person: int, view: str, subject: str, channels: Sequence[str]) -> Any:
    return and_(
        posts.c.subject == subject,
        posts.c.person == person,
        posts.c.view == view,
        posts.c.channel.in_(channels),
        posts.c.seen_at.is_(None),
    )


async def unopened(
    conn: AsyncConnection, person: int, view: str, subject: str, channels: Sequence[str]
) -> bool:
    """True if a message with this card has not been opened yet."""
    which = _unopened(person, view, subject, channels)
    return bool((await conn.execute(select(exists().where(which)))).scalar())


async def opened(
    conn: AsyncConnection,
    person: int,
    view: str,
    subject: str,
    channels: Sequence[str],
    now: datetime,
) -> str:
    """The newest message with this card has been opened; returns what it belongs to."""
    which = _unopened(person, view, subject, channels)
    newest = select(func.max(posts.c.id)).where(which).scalar_subquery()
    done = update(posts).where(posts.c.id == newest).values(seen_at=now)
    return str((await conn.execute(done.returning(posts.c.about))).scalar() or "")
