"""The outbox: claiming cards at the channel's pace, and settling them afterwards.

Rules of the room:
- A claim is a lease: whoever dies with it loses it when it runs out, and another sends the
  card. A repeated question is better than a missing one.
- The lane of a channel is charged in the transaction that claims, so that all replicas
  together keep its pace.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, and_, delete, insert, literal, select, update

from bot.events import Delivered
from bot.outcomes import Priority
from storage.look import outbox, posts
from storage.many import Insert, Values, among, slices
from storage.rows import args_text, mapping
from storage.scopes import contacts, people
from storage.tables import LaneRow, micros
from storage.tx import Tx

lanes = LaneRow.__table__  # type: ignore[attr-defined]

POST = Insert(
    posts,
    (
        *("person", "contact", "channel", "view", "subject", "about", "args", "reference"),
        *("mark", "posted_at", "touched"),
    ),
)

SLOWEST = 16
"""The part of its pace to which a lane is slowed down at most."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a channel takes: `rate` cards a second with bursts of `burst`; 0 is no limit."""

    rate: float = 0.0
    burst: int = 1


@dataclass(frozen=True, slots=True)
class Claimed:
    """A card claimed for sending, with what is needed to address it."""

    row: int
    priority: int
    person: int
    contact: int
    channel: str
    view: str
    subject: str
    about: str
    args: dict[str, str]
    unless_settled: bool
    attempts: int
    created_at: datetime
    post: int | None
    reference: str
    key: str
    sealed_key: bytes | None = field(repr=False)
    sealed: bytes = field(repr=False)


async def claim(
    tx: Tx, channel: str, pace: Pace, most: int, lease: timedelta, *, urgent: bool
) -> list[Claimed]:
    """Up to `most` ready cards of a channel, the most important first.

    `urgent` claims only what overtakes everything: cries for help, replies, pages.
    """
    allowed = await _charge(tx, channel, pace, most)
    if allowed < 1:
        return []
    query = (
        select(outbox.c.id)
        .where(outbox.c.channel == channel, outbox.c.ready_at <= tx.now)
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(allowed)
    )
    if urgent:
        query = query.where(outbox.c.priority <= int(Priority.PAGE))
    if tx.postgres:
        query = query.with_for_update(skip_locked=True)
    ids = list((await tx.conn.execute(query)).scalars())
    if not ids:
        return []
    await _spend(tx, channel, pace, len(ids))
    await tx.conn.execute(
        update(outbox)
        .where(among(outbox.c.id, ids))
        .values(
            claimed_by=tx.writer,
            ready_at=tx.now + lease,
            # A newer card like it must not be merged into one that is drawn already.
            merge=literal("c") + outbox.c.id.cast(Text) + ":" + outbox.c.merge,
            again=False,
            attempts=outbox.c.attempts + 1,
        )
    )
    return await _claimed(tx, ids)


async def _claimed(tx: Tx, ids: Sequence[int]) -> list[Claimed]:
    joined = (
        outbox.join(people, people.c.id == outbox.c.person)
        .join(contacts, contacts.c.id == outbox.c.contact, isouter=True)
        .join(posts, posts.c.id == outbox.c.post, isouter=True)
    )
    query = (
        select(
            *(outbox.c[name] for name in _CARD),
            posts.c.reference,
            people.c.key,
            people.c.sealed_key,
            contacts.c.sealed,
        )
        .select_from(joined)
        .where(among(outbox.c.id, ids))
        .order_by(outbox.c.priority, outbox.c.id)
    )
    found = []
    for r in (await tx.conn.execute(query)).all():
        (row, priority, person, contact, channel, view, subject, about, args, unless_settled,
         attempts, created_at, post, reference, key, sealed_key, sealed) = r  # fmt: skip
        found.append(
            Claimed(
                row,
                priority,
                person,
                contact,
                channel,
                view,
                subject,
                about,
                mapping(args),
                unless_settled,
                attempts,
                created_at,
                post,
                reference or "",
                key,
                sealed_key,
                sealed or b"",
            )
        )
    return found


_CARD = (
    *("id", "priority", "person", "contact", "channel", "view", "subject", "about", "args"),
    *("unless_settled", "attempts", "created_at", "post"),
)


async def _charge(tx: Tx, channel: str, pace: Pace, most: int) -> int:
    """How many cards the lane allows now."""
    lane = (
        await tx.conn.execute(select(lanes).where(lanes.c.channel == channel).with_for_update())
    ).first()
    if lane is None:
        if not pace.rate:
            return most
        await tx.conn.execute(
            insert(lanes).values(
                channel=channel, tokens=float(pace.burst), rate=pace.rate, updated_at=tx.now
            )
        )
        return min(most, pace.burst)
    if lane.blocked_until is not None and lane.blocked_until > tx.now:
        return 0
    if not pace.rate:
        return most
    return min(most, int(_tokens(tx, lane, pace)))


def _tokens(tx: Tx, lane: Any, pace: Pace) -> float:
    passed = max(0.0, (tx.now - lane.updated_at).total_seconds())
    # However often it was slowed down, or set a pace only later: no lane stands still.
    rate = min(pace.rate, max(lane.rate, pace.rate / SLOWEST))
    return float(min(float(pace.burst), lane.tokens + passed * rate))


async def _spend(tx: Tx, channel: str, pace: Pace, sent: int) -> None:
    if not pace.rate:
        return
    lane = (await tx.conn.execute(select(lanes).where(lanes.c.channel == channel))).one()
    await tx.conn.execute(
        update(lanes)
        .where(lanes.c.channel == channel)
        .values(
            tokens=_tokens(tx, lane, pace) - sent,
            rate=min(pace.rate, max(lane.rate, pace.rate / SLOWEST) * 1.02),
            updated_at=tx.now,
        )
    )


async def slow_down(tx: Tx, channel: str, seconds: float, pace: Pace) -> None:
    """The platform said wait: nothing for `seconds`, then half the speed."""
    lane = (await tx.conn.execute(select(lanes).where(lanes.c.channel == channel))).first()
    until = tx.now + timedelta(seconds=seconds)
    if lane is not None and lane.blocked_until is not None:
        until = max(until, lane.blocked_until)
    values = {
        "blocked_until": until,
        "updated_at": until,
        "tokens": 0.0,
        "rate": (lane.rate if lane else pace.rate) / 2,
    }
    if lane is None:
        await tx.conn.execute(insert(lanes).values(channel=channel, **values))
    else:
        await tx.conn.execute(update(lanes).where(lanes.c.channel == channel).values(values))


async def settle(tx: Tx, claimed: Sequence[Claimed], arrived: Collection[Delivered]) -> None:
    """These have arrived: posts are kept, rows leave the outbox."""
    by_row = {c.row: c for c in claimed}
    now = micros(tx.now)
    fresh: list[Values] = []
    for delivered in arrived:
        card = by_row[delivered.row]
        if card.post is None:
            fresh.append(
                (
                    card.person,
                    card.contact,
                    card.channel,
                    card.view,
                    card.subject,
                    card.about,
                    args_text(card.args),
                    delivered.reference,
                    mark(card),
                    now,
                    now,
                )
            )
            if card.channel in tx.live:
                tx.woken.add(card.person)
    await POST.run(tx.conn, fresh)
    stale = await _leave(tx, [d.row for d in arrived])
    await _again(tx, [by_row[row] for row in stale])


LINES = frozenset({"plain", "said", "told"})
"""Views that are lines of a conversation: each stands for itself."""


def mark(card: Claimed) -> str:
    """What makes two posts the same card, so that a live channel shows only the newest."""
    if card.view in LINES:
        return ""
    return f"{card.view}:{card.subject}:{card.args.get('question', '')}"


async def _leave(tx: Tx, ids: Collection[int]) -> list[int]:
    """Take rows out of the outbox; returns those whose subject has changed meanwhile."""
    changed: list[int] = []
    for some in slices(ids):
        gone = delete(outbox).where(among(outbox.c.id, some))
        left = await tx.conn.execute(gone.returning(outbox.c.id, outbox.c.again))
        changed += [r.id for r in left.all() if r.again]
    return changed


async def _again(tx: Tx, cards: Sequence[Claimed]) -> None:
    for card in cards:
        if card.channel in tx.live:
            continue
        which = and_(posts.c.contact == card.contact, posts.c.subject == card.subject)
        await tx.requeue(which, Priority.REPLY, timedelta())


async def discard(tx: Tx, ids: Collection[int]) -> None:
    """Take rows out of the outbox."""
    for some in slices(ids):
        await tx.conn.execute(delete(outbox).where(among(outbox.c.id, some)))


async def put_back(tx: Tx, waits: dict[int, timedelta]) -> None:
    """Give up claims: each row may be claimed again after its wait."""
    await _give_up(tx, waits, outbox.c.attempts)


async def release(tx: Tx, ids: Collection[int], wait: timedelta) -> None:
    """Give up claims that came to nothing because the lane was closed: no attempt was made."""
    await _give_up(tx, dict.fromkeys(ids, wait), outbox.c.attempts - 1)


async def _give_up(tx: Tx, waits: dict[int, timedelta], attempts: Any) -> None:
    """A claim that ran out and was taken over by another writer is theirs to give up."""
    marks = await _free_marks(tx, waits)
    for row, wait in waits.items():
        await tx.conn.execute(
            update(outbox)
            .where(outbox.c.id == row, outbox.c.claimed_by == tx.writer)
            .values(claimed_by="", ready_at=tx.now + wait, attempts=attempts, merge=marks.get(row))
        )


_CLAIMED = re.compile(r"^(c\d+:)+")


async def _free_marks(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """The marks these rows had before they were claimed, where no newer row has them now."""
    had: dict[int, str] = {}
    for some in slices(ids):
        query = select(outbox.c.id, outbox.c.merge).where(among(outbox.c.id, some))
        for r in (await tx.conn.execute(query)).all():
            if r.merge is not None:
                had[r.id] = _CLAIMED.sub("", r.merge)
    taken: set[str] = set()
    for some in slices(set(had.values())):
        query = select(outbox.c.merge).where(among(outbox.c.merge, some))
        taken.update((await tx.conn.execute(query)).scalars())
    free: dict[str, int] = {}
    for row, mark in had.items():
        if mark not in taken:
            free.setdefault(mark, row)
    return {row: mark for mark, row in free.items()}


async def fail_contact(tx: Tx, contact: int, why: str) -> None:
    """The channel refuses this contact for good."""
    await tx.conn.execute(
        update(contacts).where(contacts.c.id == contact).values(failing=why[:80] or "refused")
    )
