"""Who needs help in roll calls of late: for those who look after everybody at once.

Rules of the room:
- A cry is looked after while its roll call runs and for a day after its end; what is older is
  history.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import Ask, Standing
from bot.incidents import Incident
from bot.rollcalls import HELP
from storage import rows
from storage.many import among, written
from storage.tables import AskRow, IncidentRow, LaneRow, RollCallRow

asks = AskRow.__table__  # type: ignore[attr-defined]
roll_calls = RollCallRow.__table__  # type: ignore[attr-defined]
incidents = IncidentRow.__table__  # type: ignore[attr-defined]
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


def taken() -> Any:
    """True for a check-in whose cry for help somebody has taken."""
    page = asks.alias()
    return exists().where(
        page.c.about == literal("help:") + asks.c.id,
        page.c.standing == Standing.ANSWERED.value,
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
        self,
        now: datetime,
        limit: int = 20,
        people: Collection[int] | None = None,
        *,
        untaken: bool = False,
    ) -> list[Ask]:
        query = (
            select(asks)
            .where(asks.c.answer == written(HELP), asks.c.about.in_(lately(now)))
            .order_by(asks.c.answered_at)
            .limit(limit)
        )
        if people is not None:
            query = query.where(among(asks.c.person, people))
        if untaken:
            query = query.where(~taken())
        return await self._ask_list(query)

    async def untaken_reports(self, limit: int) -> list[Incident]:
        query = (
            select(incidents)
            .where(incidents.c.state == "reported")
            .order_by(incidents.c.reported_at)
            .limit(limit)
        )
        return [rows.incident_of(r) for r in await self.conn.execute(query)]
