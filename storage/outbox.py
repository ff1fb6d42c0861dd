"""The outbox: claiming cards at the channel's pace, and settling them afterwards.

Rules of the room:
- A claim is a lease: whoever dies with it loses it when it runs out, and another sends the
  card. A repeated question is better than a missing one.
- The lane of a channel is charged in the transaction that claims: see `lanes`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, and_, bindparam, delete, literal, select, update

from bot.events import Delivered
from bot.outcomes import Priority
from storage import lanes
from storage.instants import micros
from storage.lanes import Pace
from storage.look import outbox, posts
from storage.many import NO_TEXT, Insert, Values, among, slices
from storage.redraws import requeue
from storage.routing import tried_of, tried_text
from storage.rows import args_text, mapping
from storage.scopes import contacts, people
from storage.tx import Tx

POST = Insert(
    posts,
    (
        *("person", "contact", "channel", "room", "view", "subject", "about", "args", "reference"),
        *("mark", "posted_at", "touched", "tried"),
    ),
)


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
    until: datetime
    """When the claim runs out, and another may send it."""
    post: int | None
    room: str
    tried: tuple[int, ...]
    """The contacts that would not take it before."""
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
    allowed = await lanes.charge(tx, channel, pace, most)
    if allowed is None:
        return []
    ids = await _ready(tx, channel, allowed, urgent=urgent, edits=None if pace.edits else False)
    if ids:
        await lanes.spend(tx, channel, pace, len(ids))
    if not pace.edits:
        ids += await _ready(tx, channel, most, urgent=urgent, edits=True)
    if not ids:
        return []
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


async def _ready(tx: Tx, channel: str, most: int, *, urgent: bool, edits: bool | None) -> list[int]:
    """Ids of ready cards, the most important first; `edits` picks new ones or edits only."""
    if most < 1:
        return []
    query = (
        select(outbox.c.id)
        .where(outbox.c.channel == channel, outbox.c.ready_at <= tx.now)
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(most)
    )
    if edits is not None:
        query = query.where(outbox.c.post.is_not(None) if edits else outbox.c.post.is_(None))
    if urgent:
        query = query.where(outbox.c.priority <= int(Priority.PAGE))
    if tx.postgres:
        query = query.with_for_update(skip_locked=True)
    return list((await tx.conn.execute(query)).scalars())


async def _claimed(tx: Tx, ids: Sequence[int]) -> list[Claimed]:
    joined = (
        outbox.join(people, people.c.id == outbox.c.person, isouter=True)
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
        (row, priority, person, contact, channel, view, subject, about, args,
         unless_settled, attempts, made, until, post, room, tried,
         reference, key, sealed_key, sealed) = r  # fmt: skip
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
                made,
                until,
                post,
                room,
                tried_of(tried),
                reference or "",
                key or "",
                sealed_key,
                sealed or b"",
            )
        )
    return found


_CARD = (
    *("id", "priority", "person", "contact", "channel", "view", "subject", "about", "args"),
    *("unless_settled", "attempts", "created_at", "ready_at", "post", "room", "tried"),
)


async def take_back(tx: Tx, channel: str, limit: int) -> list[Claimed]:
    """Take out cards of this channel that can go to another contact of the same person."""
    other = contacts.alias()
    elsewhere = (
        select(other.c.id)
        .where(
            other.c.person == outbox.c.person,
            other.c.failing == "",
            other.c.channel.in_([c for c in tx.channels if c not in tx.shut]),
        )
        .correlate(outbox)
        .exists()
    )
    query = (
        select(outbox.c.id)
        .where(
            outbox.c.channel == channel,
            outbox.c.post.is_(None),
            outbox.c.room == NO_TEXT,
            outbox.c.claimed_by == NO_TEXT,
            elsewhere,
        )
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(limit)
    )
    if tx.postgres:
        query = query.with_for_update(skip_locked=True)
    ids = list((await tx.conn.execute(query)).scalars())
    if not ids:
        return []
    found = await _claimed(tx, ids)
    await discard(tx, ids)
    return found


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
                    card.room,
                    card.view,
                    card.subject,
                    card.about,
                    args_text(card.args),
                    delivered.reference,
                    mark(card),
                    now,
                    now,
                    tried_text(card.tried),
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
        if card.channel in tx.unedited:
            continue
        which = and_(
            posts.c.contact == card.contact,
            posts.c.room == card.room,
            posts.c.subject == card.subject,
        )
        await requeue(tx, which, Priority.REPLY, timedelta())


async def discard(tx: Tx, ids: Collection[int]) -> None:
    """Take rows out of the outbox."""
    for some in slices(ids):
        await tx.conn.execute(delete(outbox).where(among(outbox.c.id, some)))


async def put_back(tx: Tx, waits: dict[int, timedelta]) -> None:
    """Give up claims: each row may be claimed again after its wait."""
    await _give_up(tx, waits, outbox.c.attempts)


async def release(tx: Tx, waits: dict[int, timedelta]) -> None:
    """Give up claims that came to nothing because a lane was full: no attempt was made."""
    await _give_up(tx, waits, outbox.c.attempts - 1)


async def _give_up(tx: Tx, waits: dict[int, timedelta], attempts: Any) -> None:
    """A claim that ran out and was taken over by another writer is theirs to give up."""
    if not waits:
        return
    marks = await _free_marks(tx, waits)
    await tx.conn.execute(
        update(outbox)
        .where(outbox.c.id == bindparam("row"), outbox.c.claimed_by == tx.writer)
        .values(
            claimed_by="", ready_at=bindparam("when"), attempts=attempts, merge=bindparam("mark")
        ),
        [{"row": r, "when": tx.now + w, "mark": marks.get(r)} for r, w in waits.items()],
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
