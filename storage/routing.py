"""Which way a card goes: the contact it is sent to, and its row in the outbox.

Rules of the room:
- A reply goes back where the person wrote from; everything else by their own order, a reminder
  by the next contact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.outcomes import Show
from storage import rows
from storage.instants import micros
from storage.many import Values

QUEUED = (
    *("priority", "person", "contact", "channel", "view", "subject", "about", "args"),
    *("unless_settled", "merge", "ready_at", "created_at", "attempts", "again", "claimed_by"),
)


class Route(NamedTuple):
    """A contact as routing sees it."""

    id: int
    channel: str


def choose(routes: Sequence[Route], show: Show) -> Route | None:
    """The contact for a card: the channel it should answer on, else by the person's order."""
    if not routes:
        return None
    failed = next((n for n, r in enumerate(routes) if r.id == show.after), None)
    if failed is not None:
        return routes[(failed + 1) % len(routes)]
    same = [r for r in routes if r.channel == show.channel] if show.channel else ()
    return same[0] if same else routes[show.step % len(routes)]


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
    )
