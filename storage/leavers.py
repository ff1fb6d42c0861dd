"""What people who have left still have in hand, found on the database.

Rules of the room:
- Asked only when the staff has changed; what has long been over is not looked through.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, literal, select, union

from bot.asks import Kind, Standing
from bot.rollcalls import HELP
from storage.look import RUNNING, asks, roll_calls, worklists
from storage.look import incidents as incident_table
from storage.many import written
from storage.scopes import people

GONE = people.c.left_at.is_not(None)


def _gone(before: datetime | None) -> Any:
    return GONE if before is None else people.c.left_at < before


def incidents(*, before: datetime | None = None) -> Select[Any]:
    """Incidents taken by somebody who has left, `before` that time if named."""
    return (
        select(incident_table)
        .where(
            incident_table.c.state == "taken",
            incident_table.c.taken_by.in_(select(people.c.id).where(_gone(before))),
        )
        .order_by(incident_table.c.id)
    )


def cries(*, before: datetime | None = None) -> Select[Any]:
    """Ids of check-ins in which somebody needs help, taken by somebody who has left."""
    page = asks.alias()
    taken = and_(
        page.c.about == literal("help:") + asks.c.id,
        page.c.standing == Standing.ANSWERED.value,
    )
    taker = and_(people.c.id == page.c.answered_by, _gone(before))
    return (
        select(asks.c.id)
        .select_from(asks.join(page, taken).join(people, taker))
        .where(asks.c.answer == written(HELP))
        .distinct()
        .order_by(asks.c.id)
    )


def roll_calls_of_leavers() -> Select[Any]:
    """Running roll calls launched by somebody who has left."""
    launchers = select(people.c.id).where(GONE)
    return select(roll_calls).where(
        roll_calls.c.state.in_(RUNNING), roll_calls.c.launched_by.in_(launchers)
    )


def unkept(about: str, keepers: Collection[int]) -> Select[Any]:
    """Those nobody could reach who are on the worklist of none of `keepers`."""
    kept = select(worklists.c.ask).where(
        worklists.c.about == about, worklists.c.person.in_(list(keepers))
    )
    return select(asks).where(
        asks.c.about == about,
        asks.c.standing == Standing.UNREACHED.value,
        asks.c.id.not_in(kept),
    )


def climbed() -> Select[Any]:
    """Asks that have climbed: all pages, and check-ins on a worklist of somebody who has left."""
    running = select(literal("rollcall:") + roll_calls.c.id).where(roll_calls.c.state.in_(RUNNING))
    given = (
        select(worklists.c.ask)
        .join(people, people.c.id == worklists.c.person)
        .where(GONE, worklists.c.about.in_(running))
    )
    page = asks.alias()
    paged = select(page.c.id).where(page.c.kind == Kind.PAGE.value, page.c.due_at.is_not(None))
    return select(asks).where(
        asks.c.id.in_(union(paged, given)), asks.c.standing == Standing.CLIMBED.value
    )
