"""Lanes: how fast a channel goes, for all replicas together, and whether it goes at all.

Rules of the room:
- A lane is charged in the transaction that claims, under its row's lock.
- It begins moderately, speeds up slowly while nobody complains, and halves when the platform
  says "too fast". However often that was, it never stands still.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import LaneRow
from storage.tx import Tx

lanes = LaneRow.__table__  # type: ignore[attr-defined]

SLOWEST = 16
"""The part of its pace to which a lane is slowed down at most."""


GENTLE = 1000
"""How many cards that pass without complaint lead a lane from standing to its full pace."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a channel takes: `rate` cards a second with bursts of `burst`; 0 is no limit.

    A new lane begins at `start` a second, if that is given. `edits`: whether a card drawn again
    in place counts as well. `strict`: whether no single second may see more than `rate`.
    """

    rate: float = 0.0
    burst: int = 1
    start: float = 0.0
    edits: bool = True
    strict: bool = False


async def charge(tx: Tx, channel: str, pace: Pace, most: int) -> int | None:
    """How many cards the lane allows now; `None`: it is closed, to edits as well."""
    lane = await _held(tx, channel)
    if lane is None:
        if not pace.rate:
            return most
        await _begin(tx, channel, tokens=float(pace.burst), rate=pace.start or pace.rate)
        lane = await _held(tx, channel)
    if lane is None:
        return None
    if lane.closed or (lane.blocked_until is not None and lane.blocked_until > tx.now):
        return None
    if not pace.rate:
        return most
    return min(most, int(_tokens(tx, lane, pace)))


async def _held(tx: Tx, channel: str) -> Any:
    """The lane's row, nobody else's until the end of this transaction."""
    found = select(lanes).where(lanes.c.channel == channel).with_for_update()
    return (await tx.conn.execute(found)).first()


async def _begin(tx: Tx, channel: str, **values: object) -> bool:
    """A new lane; `False` where another replica has begun it at the same moment."""
    row = {"channel": channel, "updated_at": tx.now, **values}
    fresh = tx.insert(lanes).values(row).on_conflict_do_nothing()
    return bool((await tx.conn.execute(fresh)).rowcount)


def _tokens(tx: Tx, lane: Any, pace: Pace) -> float:
    passed = max(0.0, (tx.now - lane.updated_at).total_seconds())
    # However often it was slowed down, or set a pace only later: no lane stands still.
    rate = min(pace.rate, max(lane.rate, pace.rate / SLOWEST))
    return float(min(float(pace.burst), lane.tokens + passed * rate))


async def spend(tx: Tx, channel: str, pace: Pace, sent: int) -> None:
    """So many cards are on their way."""
    if not pace.rate:
        return
    lane = (await tx.conn.execute(select(lanes).where(lanes.c.channel == channel))).one()
    await tx.conn.execute(
        update(lanes)
        .where(lanes.c.channel == channel)
        .values(
            tokens=_tokens(tx, lane, pace) - sent,
            rate=min(pace.rate, max(lane.rate, pace.rate / SLOWEST) + sent * pace.rate / GENTLE),
            updated_at=tx.now,
        )
    )


async def slow_down(tx: Tx, channel: str, seconds: float, pace: Pace) -> None:
    """The platform said wait: nothing for `seconds`, then half the speed.

    Whoever was on the way meanwhile hears the same: that is one time too fast, not several.
    """
    lane = (await tx.conn.execute(select(lanes).where(lanes.c.channel == channel))).first()
    until = tx.now + timedelta(seconds=seconds)
    rate = lane.rate if lane else pace.start or pace.rate
    told = lane is not None and lane.blocked_until is not None and lane.blocked_until > tx.now
    if lane is not None and told:
        until = max(until, lane.blocked_until)
    values = {
        "blocked_until": until,
        "updated_at": until,
        "tokens": 0.0,
        "rate": rate if told else rate / 2,
    }
    if lane is None:
        await _begin(tx, channel, **values)
    else:
        await tx.conn.execute(update(lanes).where(lanes.c.channel == channel).values(values))


async def close(tx: Tx, channel: str, why: str) -> bool:
    """The channel is out of order; `False` if that was on record already."""
    if await _begin(tx, channel, tokens=0.0, rate=0.0, closed=why[:80] or "closed"):
        return True
    found = update(lanes).where(lanes.c.channel == channel, lanes.c.closed == "")
    return bool((await tx.conn.execute(found.values(closed=why[:80] or "closed"))).rowcount)


async def reopen(tx: Tx, channel: str) -> None:
    """The channel works again."""
    found = update(lanes).where(lanes.c.channel == channel)
    await tx.conn.execute(found.values(closed="", blocked_until=None))


async def closed(conn: AsyncConnection) -> dict[str, str]:
    """The channels that are out of order, and why."""
    query = select(lanes.c.channel, lanes.c.closed).where(lanes.c.closed != "")
    return {r.channel: r.closed for r in (await conn.execute(query)).all()}
