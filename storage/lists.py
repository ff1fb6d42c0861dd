"""Lists of people in a roll call: whom a lead is to reach, who needs help, who is silent.

Rules of the room:
- A page at a time; the database counts and orders.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import Ask, Standing
from bot.found import Worklist
from bot.rollcalls import HELP
from storage.callers import asks, calls
from storage.many import among, written
from storage.scopes import people
from storage.tables import WorklistRow

worklists = WorklistRow.__table__  # type: ignore[attr-defined]

UNSETTLED = (Standing.ASKED.value, Standing.CLIMBED.value, Standing.UNREACHED.value)
UNHEARD = (*UNSETTLED, Standing.LAPSED.value)


class Lists:
    """The part of a look that lists people of a roll call."""

    conn: AsyncConnection

    async def _ask_list(self, query: Select[Any]) -> list[Ask]:
        """Asks by query."""
        raise TypeError("a look knows its asks")

    async def worklist(self, about: str, lead: int, offset: int, limit: int) -> Worklist:
        mine = and_(worklists.c.about == about, worklists.c.person == lead)
        joined = asks.join(worklists, worklists.c.ask == asks.c.id)
        open_too = or_(asks.c.standing.in_(UNSETTLED), asks.c.answer == HELP)
        totals = (
            await self.conn.execute(
                select(
                    func.count().label("given"),
                    func.count().filter(open_too).label("open"),
                )
                .select_from(joined)
                .where(mine)
            )
        ).one()
        # Whom somebody is just calling stands on that card, with how they were tried.
        held = select(calls.c.ask).where(calls.c.ask == asks.c.id, calls.c.caller == lead).exists()
        in_hand = await self.conn.execute(
            select(func.count()).select_from(joined).where(mine, open_too, held)
        )
        query = (
            select(asks)
            .select_from(joined.join(people, people.c.id == asks.c.person))
            .where(mine, open_too, ~held)
            .order_by((asks.c.answer == HELP).desc(), people.c.name, asks.c.id)
            .offset(offset)
            .limit(limit)
        )
        found = await self._ask_list(query)
        done = totals.given - totals.open
        return Worklist(tuple(found), totals.open, done, int(in_hand.scalar_one()))

    async def in_need(self, about: str, limit: int = 20) -> list[Ask]:
        query = (
            select(asks)
            .where(asks.c.about == about, asks.c.answer == written(HELP))
            .order_by(asks.c.answered_at)
            .limit(limit)
        )
        return await self._ask_list(query)

    async def silent(self, about: str, limit: int = 20) -> list[Ask]:
        # First who, from indexes alone, then their asks: there may be 100,000 of them.
        named = (
            select(asks.c.person)
            .select_from(asks.join(people, people.c.id == asks.c.person))
            .where(asks.c.about == about, asks.c.standing.in_(UNHEARD))
            .order_by(people.c.name, asks.c.person)
            .limit(limit)
        )
        listed = list((await self.conn.execute(named)).scalars())
        query = select(asks).where(asks.c.about == about, among(asks.c.person, listed))
        found = await self._ask_list(query)
        return sorted(found, key=lambda a: listed.index(a.person))
