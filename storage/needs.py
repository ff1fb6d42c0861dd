"""Who needs help in roll calls of late: for those who look after everybody at once.

Rules of the room:
- A cry is looked after while its roll call runs and for a day after its end; what is older is
  history.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import Ask
from bot.rollcalls import HELP
from storage.many import among, written
from storage.tables import AskRow, LaneRow, RollCallRow

asks = AskRow.__table__  # type: ignore[attr-defined]
roll_calls = RollCallRow.__table__  # type: ignore[attr-defined]
lanes = LaneRow.__table__  # type: ignore[attr-defined]

RUNNING = ("launching", "open")
LATELY = timedelta(days=1)
"""A cry that nobody took is looked after for so long after the end of its roll call."""


def lately(now: datetime) -> Select[Any]:
    """Roll calls whose cries are looked after."""
    call = roll_calls.alias()
    return select(literal("rollcall:") + call.c.id).where(
        or_(call.c.state.in_(RUNNING), call.c.ended_at > now - LATELY)
    )


class Needs:
    """The part of a look that knows of every cry for help, and what else is out of order."""

    conn: AsyncConnection

    async def _ask_list(self, query: Select[Any]) -> list[Ask]:
        raise TypeError("a look knows its asks")

    async def out_of_order(self) -> Collection[str]:
        query = select(lanes.c.channel).where(lanes.c.closed != "")
        return list((await self.conn.execute(query)).scalars())

    async def crying(
        self, now: datetime, limit: int = 20, people: Collection[int] | None = None
    ) -> list[Ask]:
        query = (
            select(asks)
            .where(asks.c.answer == written(HELP), asks.c.about.in_(lately(now)))
            .order_by(asks.c.answered_at)
            .limit(limit)
        )
        if people is not None:
            query = query.where(among(asks.c.person, people))
        return await self._ask_list(query)
