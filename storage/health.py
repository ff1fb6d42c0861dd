"""How well what waits is looked after: what the watchman looks at.

Rules of the room:
- Asked twice a minute beside 100,000 asks: each question has an index, or few rows to look at.
- What came back to waiting because its taker left has waited since then; the journal tells when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, false, func, literal, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import WAITING, Kind
from bot.rollcalls import HELP
from storage import cascades, leavers
from storage.look import asks, incidents
from storage.many import NO_TEXT, written
from storage.needs import lately, taken
from storage.scopes import people
from storage.tables import JournalRow, OutboxRow

outbox = OutboxRow.__table__  # type: ignore[attr-defined]
journal = JournalRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Health:
    """The state of things."""

    lost: int
    """Asks that wait without a time to wait for; must be none."""
    overdue: int
    """Asks whose time has long come."""
    stalled: timedelta
    """How long the oldest card that could go has been waiting."""
    queued: int
    stranded: int = 0
    """Held in a call tree for somebody who will never release them."""
    untaken: int = 0
    """Reports and cries for help that nobody took though it was time."""
    left: int = 0
    """Reports and cries for help still with somebody who has left."""
    claimed: int = 0
    """Cards that somebody began to send and never finished: their lease has long run out."""


async def health(
    conn: AsyncConnection,
    now: datetime,
    patience: timedelta,
    allowed: Mapping[str, timedelta] | None = None,
) -> Health:
    """`patience` is what is still normal; `allowed`, by severity, how long a report may wait."""

    async def count(query: Select[Any]) -> int:
        return (await conn.execute(query)).scalar() or 0

    number = select(func.count())
    waiting = asks.c.standing.in_([written(s.value) for s in sorted(WAITING)])
    # All there are: so the index by which they come due is used.
    every = and_(asks.c.kind.in_([kind.value for kind in Kind]), asks.c.drill.in_([False, True]))
    held = and_(outbox.c.claimed_by != NO_TEXT, outbox.c.ready_at < now - patience)
    oldest = select(func.min(outbox.c.ready_at), func.count()).where(outbox.c.ready_at <= now)
    ready, queued = (await conn.execute(oldest)).one()
    untaken = [_reports(now, allowed), _cries(now, allowed["critical"])] if allowed else []
    gone = now - patience
    with_leavers = [leavers.incidents(before=gone), _held_cries(now, before=gone)]
    return Health(
        lost=await count(number.where(waiting, asks.c.due_at.is_(None))),
        overdue=await count(number.where(every, asks.c.due_at < now - patience)),
        stalled=now - ready if ready is not None else timedelta(),
        queued=queued,
        stranded=await count(cascades.strandings()),
        untaken=sum([await count(query) for query in untaken]),
        left=sum([await count(number.select_from(q.subquery())) for q in with_leavers]),
        claimed=await count(number.select_from(outbox).where(held)),
    )


def _reports(now: datetime, allowed: Mapping[str, timedelta]) -> Select[Any]:
    about = literal("incident:") + incidents.c.id
    late = [
        and_(
            incidents.c.severity == severity,
            incidents.c.reported_at < now - span,
            not_(_came_back("incident.taker-left", about, now - span)),
        )
        for severity, span in allowed.items()
    ]
    return select(func.count()).where(incidents.c.state == "reported", or_(false(), *late))


def _cries(now: datetime, span: timedelta) -> Select[Any]:
    """Somebody may be hurt in a drill too."""
    return select(func.count()).where(
        asks.c.answer == written(HELP),
        asks.c.about.in_(lately(now)),
        asks.c.answered_at < now - span,
        not_(_came_back("cry.taker-left", literal("ask:") + asks.c.id, now - span)),
        not_(taken()),
    )


def _came_back(kind: str, about: Any, since: datetime) -> Any:
    """True for what somebody who left has given back to waiting `since` then."""
    line = journal.alias()
    return exists().where(line.c.about == about, line.c.kind == kind, line.c.at > since)


def _held_cries(now: datetime, *, before: datetime) -> Select[Any]:
    """Whoever cried and has left themselves is looked for no more."""
    here = select(people.c.id).where(people.c.left_at.is_(None))
    return leavers.cries(before=before).where(
        asks.c.about.in_(lately(now)), asks.c.person.in_(here)
    )
