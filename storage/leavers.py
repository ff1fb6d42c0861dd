"""What people who have left still have in hand, found on the database.

Rules of the room:
- Asked only when the staff has changed; what has long been over is not looked through.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, literal, select, union

from bot.asks import Kind, Standing
from bot.rollcalls import HELP
from storage.look import RUNNING, asks, roll_calls, worklists
from storage.look import incidents as incident_table
from storage.many import written
from storage.scopes import people

GONE = people.c.left_at.is_not(None)


def incidents() -> Select[Any]:
    """Incidents taken by somebody who has left."""
    return (
        select(incident_table)
        .where(
            incident_table.c.state == "taken",
            incident_table.c.taken_by.in_(select(people.c.id).where(GONE)),
        )
        .order_by(incident_table.c.id)
    )


def cries() -> Select[Any]:
    """Ids of check-ins in which somebody needs help, taken by somebody who has left."""
    page = asks.alias()
    taken = and_(
        page.c.about == literal("help:") + asks.c.id,
        page.c.standing == Standing.ANSWERED.value,
    )
    return (
        select(asks.c.id)
        .select_from(
            asks.join(page, taken).join(people, and_(people.c.id == page.c.answered_by, GONE))
        )
        .where(asks.c.answer == written(HELP))
        .distinct()
        .order_by(asks.c.id)
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
