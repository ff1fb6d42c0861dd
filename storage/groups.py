"""Whole groups in one statement: sweep asks, post one card to everyone, ask everyone.

Rules of the room:
- However many people are concerned, nobody is read into this process.
- A card goes to a person's first usable contact, as `storage.routing` would choose.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, and_, cast, insert, literal, select, update

from bot.asks import Standing
from bot.outcomes import AskEach, Priority, ShowAsked, Sweep
from storage.look import asks, outbox, posts
from storage.scopes import contacts

SWEEPABLE = ("held", "asked", "climbed", "unreached", "lapsed")


def sweep(of: Sweep) -> Any:
    """Move every unanswered ask about something at once."""
    standings = (*SWEEPABLE, "answered") if of.answered_too else SWEEPABLE
    wanted = and_(asks.c.about == of.about, asks.c.standing.in_(standings), asks.c.id != of.keep)
    return update(asks).where(wanted).values(standing=of.standing.value, due_at=None)


def _way(channels: Collection[str]) -> Any:
    """The first usable contact of whoever an ask asks."""
    # Under a name of its own: the statement around it speaks of contacts too.
    way = contacts.alias()
    return (
        select(way.c.id)
        .where(way.c.person == asks.c.person, way.c.failing == "", way.c.channel.in_(channels))
        .order_by(way.c.rank)
        .limit(1)
        .correlate(asks)
        .scalar_subquery()
    )


def _cards(found: Select[Any], now: datetime, priority: Priority, columns: dict[str, Any]) -> Any:
    """Queue a card for each of `found`, whose columns are person, contact and channel."""
    chosen = found.subquery()
    values = {
        "priority": literal(int(priority)),
        "person": chosen.c.person,
        "contact": chosen.c.contact,
        "channel": chosen.c.channel,
        "args": literal("{}"),
        "attempts": literal(0),
        "unless_settled": literal(False),
        "again": literal(False),
        "claimed_by": literal(""),
        "ready_at": literal(now, outbox.c.ready_at.type),
        "created_at": literal(now, outbox.c.created_at.type),
    }
    values |= {name: value(chosen) if callable(value) else value for name, value in columns.items()}
    return insert(outbox).from_select(list(values), select(*values.values()))


def show_asked(show: ShowAsked, channels: Collection[str], now: datetime) -> Any:
    """Queue one card for everyone who was asked."""
    found = (
        select(asks.c.person, contacts.c.id.label("contact"), contacts.c.channel)
        .select_from(asks.join(contacts, contacts.c.id == _way(channels)))
        .where(asks.c.about == show.about, asks.c.standing != Standing.HELD.value)
    )
    if show.reached:
        have = select(posts.c.person).where(posts.c.about == show.about, posts.c.view == "checkin")
        under_way = select(outbox.c.person).where(
            outbox.c.about == show.about, outbox.c.claimed_by != "", outbox.c.view == "checkin"
        )
        found = found.where(asks.c.person.in_(have.union(under_way)))
    subject = literal(show.subject)
    return _cards(
        found,
        now,
        show.priority,
        {"view": literal(show.view), "subject": subject, "about": subject},
    )


def _those(each: AskEach) -> Any:
    return and_(
        asks.c.about == each.about,
        asks.c.person > each.after,
        asks.c.person <= each.upto,
        asks.c.standing == Standing.ASKED.value,
    )


def _mark(person: Any, subject: Any) -> Any:
    """`storage.routing.card_mark` of a check-in."""
    return literal("s:") + cast(person, Text) + literal(":checkin:") + subject


def ask_each(each: AskEach, channels: Collection[str], now: datetime) -> Any:
    """Queue the first question of everyone a channel can reach."""
    found = (
        select(asks.c.id, asks.c.person, contacts.c.id.label("contact"), contacts.c.channel)
        .select_from(asks.join(contacts, contacts.c.id == _way(channels)))
        .where(_those(each))
    )
    return _cards(
        found,
        now,
        Priority.QUESTION,
        {
            "view": literal("checkin"),
            "subject": lambda ask: literal("ask:") + ask.c.id,
            "about": literal(each.about),
            "unless_settled": literal(True),
            "merge": lambda ask: _mark(ask.c.person, literal("ask:") + ask.c.id),
        },
    )


def unreached(each: AskEach, channels: Collection[str]) -> Select[Any]:
    """Those of them whom none can: rows of ask and person."""
    return select(asks.c.id, asks.c.person).where(_those(each), _way(channels).is_(None))
