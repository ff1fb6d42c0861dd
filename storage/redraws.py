"""Cards that show something else now: drawn again in place, silently.

Rules of the room:
- A live channel draws whenever it is looked at: its posts are only marked. For the others an edit
  is queued, and those still pending are one.
- What is on its way already is drawn again once it has arrived.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, literal, or_, select, update

from bot.outcomes import Priority, Refresh
from storage.look import outbox, posts
from storage.many import NO_TEXT, among, slices

if TYPE_CHECKING:
    from storage.tx import Tx


async def redraw(tx: Tx, refresh: Collection[Refresh]) -> None:
    """Mark every card about these subjects as changed, and queue what must be sent for it."""
    for whole in (False, True):
        for priority in sorted({r.priority for r in refresh if r.whole is whole}):
            subjects = {r.subject for r in refresh if r.whole is whole and r.priority is priority}
            for some in slices(subjects):
                await _some(tx, some, priority, whole=whole)


async def _some(tx: Tx, subjects: list[str], priority: Priority, *, whole: bool) -> None:
    def about(table: Any) -> Any:
        direct = among(table.c.subject, subjects)
        return or_(direct, among(table.c.about, subjects)) if whole else direct

    touched = await tx.conn.execute(
        update(posts)
        .where(about(posts), posts.c.channel.in_(tx.live))
        .values(touched=tx.now)
        .returning(posts.c.person)
    )
    tx.woken.update(touched.scalars())
    await tx.conn.execute(
        update(outbox).where(about(outbox), outbox.c.claimed_by != NO_TEXT).values(again=True)
    )
    if set(tx.channels) <= set(tx.unedited):
        return
    wait = tx.tally_every if priority is Priority.TALLY else timedelta()
    await requeue(tx, and_(about(posts), posts.c.channel.not_in(tx.unedited)), priority, wait)


async def requeue(tx: Tx, which: Any, priority: Priority, wait: timedelta) -> None:
    """Queue a silent redraw of every post that meets `which`; pending ones are merged."""
    names = ["priority", "person", "contact", "channel", "room", "view", "subject", "about"]
    names += ["args", "post", "merge", "attempts", "unless_settled", "again", "claimed_by"]
    names += ["ready_at", "created_at"]
    chosen = select(
        literal(int(priority)),
        posts.c.person,
        posts.c.contact,
        posts.c.channel,
        posts.c.room,
        posts.c.view,
        posts.c.subject,
        posts.c.about,
        posts.c.args,
        posts.c.id,
        literal("r:") + posts.c.id.cast(outbox.c.merge.type),
        literal(0),
        literal(False),
        literal(False),
        literal(""),
        literal(tx.now + wait, outbox.c.ready_at.type),
        literal(tx.now, outbox.c.created_at.type),
    ).where(which)
    await tx.conn.execute(tx.insert(outbox).from_select(names, chosen).on_conflict_do_nothing())
    tx.queued += 1
