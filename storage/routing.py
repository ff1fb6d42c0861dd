"""Which way a card goes: the contact it is sent to, and its row in the outbox.

Rules of the room:
- A reply goes back where the person wrote from; everything else by their own order, a reminder
  by the next contact.
- A contact that would not take a card is not asked again about that card.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outcomes import Show
from storage import rows
from storage.instants import micros
from storage.many import Values, among, slices
from storage.scopes import contacts

QUEUED = (
    *("priority", "person", "contact", "channel", "view", "subject", "about", "args"),
    *("unless_settled", "merge", "ready_at", "created_at", "attempts", "again", "claimed_by"),
    "tried",
)


class Route(NamedTuple):
    """A contact as routing sees it."""

    id: int
    channel: str
    rank: int = 0


def choose(routes: Sequence[Route], show: Show, failed: int | None = None) -> Route | None:
    """The contact for a card: the one after that which failed, at rank `failed`; the channel it
    should answer on; else by the person's order. `None` where none is left that did not refuse."""
    routes = [r for r in routes if r.id not in show.tried] if show.tried else routes
    if not routes:
        return None
    if failed is not None:
        return next((r for r in routes if r.rank > failed), routes[0])
    same = [r for r in routes if r.channel == show.channel] if show.channel else ()
    return same[0] if same else routes[show.step % len(routes)]


async def ranks(conn: AsyncConnection, failed: Collection[int]) -> dict[int, int]:
    """Where contacts that failed stand in their person's order."""
    found: dict[int, int] = {}
    for some in slices(failed):
        query = select(contacts.c.id, contacts.c.rank).where(among(contacts.c.id, some))
        found.update({row.id: row.rank for row in await conn.execute(query)})
    return found


def card_mark(person: int, view: str, subject: str) -> str:
    """While a card waits for its turn, another one like it is merged into it."""
    return f"s:{person}:{view}:{subject}"


def queued(show: Show, route: Route, now: int) -> Values:
    """A row of `QUEUE`."""
    merge = None
    if show.in_place or show.unless_settled:
        merge = card_mark(show.person, show.view, show.subject)
    return (
        int(show.priority),
        show.person,
        route.id,
        route.channel,
        show.view,
        show.subject,
        show.about,
        rows.args_text(show.args),
        show.unless_settled,
        merge,
        now,
        now if show.since is None else micros(show.since),
        0,
        False,
        "",
        tried_text(show.tried),
    )


def tried_text(tried: Collection[int]) -> str:
    """The contacts that refused a card, as they are kept."""
    return " ".join(map(str, tried))


def tried_of(text: str) -> tuple[int, ...]:
    """What `tried_text` wrote."""
    return tuple(map(int, text.split()))
