"""The classical call tree on the database: who is held, and whether anybody will release them.

Rules of the room:
- Whoever has been asked for the first time, or is held themself, will release those below. An
  ask that is held for anybody else is stranded.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    and_,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union,
)

from bot.asks import Standing
from storage.look import asks, roll_calls
from storage.many import written

HELD, ASKED = written(Standing.HELD.value), written(Standing.ASKED.value)
"""Written out: an index of the held ones is found by it."""


def _to_pass_on(of: Any) -> Any:
    """The condition of an ask whose person will still release those below."""
    return or_(of.c.standing == HELD, and_(of.c.standing == ASKED, of.c.round == 1))


def _nobody_releases(about: Any, releaser: Any) -> Any:
    above = asks.alias()
    will = and_(above.c.about == about, above.c.person == releaser, _to_pass_on(above))
    return not_(exists().where(will))


def stranded(about: str) -> Select[Any]:
    """Those of a roll call to be asked now because nobody will ever release them.

    Of a whole branch that is only its top, which releases the others; of people who are held for
    each other in a circle it is all of them.
    """
    held = asks.alias()
    mine = and_(held.c.about == about, held.c.standing == HELD)
    tops = select(held.c.person).where(mine, _nobody_releases(about, held.c.releaser)).cte()
    asked = select(asks.c.person).where(
        asks.c.about == about, asks.c.standing == ASKED, asks.c.round == 1
    )
    # Whoever an answer or silence reaches, level by level.
    reached = select(tops.c.person).cte(recursive=True)
    below = asks.alias()
    released = (
        select(below.c.person)
        .join(reached, below.c.releaser == reached.c.person)
        .where(below.c.about == about, below.c.standing == HELD)
    )
    reached = reached.union(asked, released)
    # Sets, joined as sets: asked row by row, a database may look through all for each.
    circles = select(held.c.person).where(mine).except_(select(reached.c.person)).subquery()
    found = union(select(tops.c.person), select(circles.c.person))
    return select(asks).where(
        asks.c.about == about, asks.c.standing == HELD, asks.c.person.in_(found)
    )


def strandings() -> Select[Any]:
    """How many are stranded in roll calls that have gone out to everybody; for the watchman."""
    # By releaser, from the index of the held ones alone: there may be 100,000 of them.
    groups = (
        select(asks.c.about, asks.c.releaser, func.count().label("people"))
        .where(asks.c.standing == HELD)
        .group_by(asks.c.about, asks.c.releaser)
        .subquery()
    )
    call = roll_calls.alias()
    out = exists().where(
        literal("rollcall:") + call.c.id == groups.c.about,
        # While it still goes out, whoever releases them may come later.
        call.c.state == "open",
    )
    # PostgreSQL adds whole numbers up to what is none.
    people = cast(func.coalesce(func.sum(groups.c.people), 0), BigInteger)
    return select(people).where(out, _nobody_releases(groups.c.about, groups.c.releaser))
