"""Whole groups in one statement: sweep asks, post one card to everyone, ask everyone.

Rules of the room:
- However many people are concerned, nobody is read into this process.
- A card goes to a person's first usable contact, as `storage.routing` would choose.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, and_, case, cast, insert, literal, or_, select, update

from bot.asks import Standing
from bot.outcomes import AskEach, Priority, ShowAsked, ShowRoom, Sweep
from bot.rollcalls import HELP, HERE_ANSWERS
from storage.look import asks, outbox, posts
from storage.many import NO_TEXT
from storage.rows import args_text
from storage.scopes import contacts, people

SWEEPABLE = ("held", "asked", "climbed", "unreached", "lapsed")


def sweep(of: Sweep) -> Any:
    """Move every unanswered ask about something at once."""
    standings = (*SWEEPABLE, "answered") if of.answered_too else SWEEPABLE
    wanted = and_(asks.c.about == of.about, asks.c.standing.in_(standings), asks.c.id != of.keep)
    return update(asks).where(wanted).values(standing=of.standing.value, due_at=None)


def way(channels: Collection[str], shut: Collection[str]) -> Any:
    """The first usable contact of whoever an ask asks; `shut` channels only where no other is."""
    # Under a name of its own: the statement around it speaks of contacts too.
    one = contacts.alias()
    last = [case((one.c.channel.in_(shut), 1), else_=0)] if shut else []
    return (
        select(one.c.id)
        .where(one.c.person == asks.c.person, one.c.failing == "", one.c.channel.in_(channels))
        .order_by(*last, one.c.rank)
        .limit(1)
        .correlate(asks)
        .scalar_subquery()
    )


def _urgency(each: AskEach) -> Any:
    """Whoever is asked in a room as well comes after those who are not."""
    if not each.sites and not each.teams:
        return literal(int(Priority.QUESTION))

    def priority(ask: Any) -> Any:
        beside = or_(ask.c.site.in_(each.sites), ask.c.team.in_(each.teams))
        return case((beside, int(Priority.ALSO)), else_=int(Priority.QUESTION))

    return priority


def _cards(found: Select[Any], now: datetime, priority: Any, columns: dict[str, Any]) -> Any:
    """Queue a card for each of `found`, whose columns are person, contact and channel.

    A column may be a function of them.
    """
    chosen = found.subquery()
    values = {
        "priority": priority,
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
    values |= columns
    values = {name: value(chosen) if callable(value) else value for name, value in values.items()}
    return insert(outbox).from_select(list(values), select(*values.values()))


def show_room(show: ShowRoom, now: datetime) -> Any:
    """Queue one card for a room."""
    return insert(outbox).values(
        priority=int(show.priority),
        person=0,
        contact=0,
        channel=show.channel,
        room=show.room,
        view=show.view,
        subject=show.subject,
        about=show.about,
        args=args_text(show.args),
        unless_settled=False,
        merge=None,
        attempts=0,
        ready_at=now,
        created_at=now,
        claimed_by="",
        again=False,
    )


def _group(name: str) -> Any:
    """The condition behind a group of those asked."""
    match name:
        case "help":
            return asks.c.answer == HELP
        case "safe":
            return asks.c.answer.in_(HERE_ANSWERS)
        case _:
            unheard = ("asked", "climbed", "unreached", "lapsed")
            return and_(asks.c.answer == "", asks.c.standing.in_(unheard))


def show_asked(show: ShowAsked, way: Any, now: datetime) -> Any:
    """Queue one card for everyone who was asked."""
    found = (
        select(
            asks.c.id,
            asks.c.person,
            asks.c.answer,
            contacts.c.id.label("contact"),
            contacts.c.channel,
            people.c.roles,
        )
        .select_from(
            asks.join(contacts, contacts.c.id == way).join(people, people.c.id == asks.c.person)
        )
        .where(asks.c.about == show.about, asks.c.standing != Standing.HELD.value)
    )
    if show.group:
        found = found.where(_group(show.group))
    if show.reached:
        have = select(posts.c.person).where(posts.c.about == show.about, posts.c.view == "checkin")
        under_way = select(outbox.c.person).where(
            outbox.c.about == show.about, outbox.c.claimed_by != "", outbox.c.view == "checkin"
        )
        found = found.where(asks.c.person.in_(have.union(under_way)))

    def subject(chosen: Any) -> Any:
        everybody: Any = literal(show.subject)
        if show.lasting:
            follows = or_(chosen.c.roles != NO_TEXT, chosen.c.person.in_(show.followers))
            everybody = case((follows, everybody), else_=literal(show.lasting))
        if not show.in_need:
            return everybody
        own = literal("ask:") + chosen.c.id
        return case((chosen.c.answer == HELP, own), else_=everybody)

    def view(chosen: Any) -> Any:
        if not show.in_need:
            return literal(show.view)
        return case((chosen.c.answer == HELP, literal(show.in_need)), else_=literal(show.view))

    return _cards(
        found,
        now,
        literal(int(show.priority)),
        {"view": view, "subject": subject, "about": literal(show.about)},
    )


def _those(each: AskEach) -> Any:
    return and_(
        asks.c.about == each.asked.about,
        asks.c.person > each.after,
        asks.c.person <= each.upto,
        asks.c.standing == Standing.ASKED.value,
    )


def _mark(person: Any, subject: Any) -> Any:
    """`storage.routing.card_mark` of a check-in."""
    return literal("s:") + cast(person, Text) + literal(":checkin:") + subject


def ask_each(each: AskEach, way: Any, now: datetime) -> Any:
    """Queue the first question of everyone a channel can reach."""
    found = (
        select(
            asks.c.id,
            asks.c.person,
            asks.c.site,
            asks.c.team,
            contacts.c.id.label("contact"),
            contacts.c.channel,
        )
        .select_from(asks.join(contacts, contacts.c.id == way))
        .where(_those(each))
    )
    return _cards(
        found,
        now,
        _urgency(each),
        {
            "view": literal("checkin"),
            "subject": lambda ask: literal("ask:") + ask.c.id,
            "about": literal(each.asked.about),
            "unless_settled": literal(True),
            "merge": lambda ask: _mark(ask.c.person, literal("ask:") + ask.c.id),
        },
    )


def unreached(each: AskEach, way: Any) -> Select[Any]:
    """Those of them whom none can: rows of ask and person."""
    return select(asks.c.id, asks.c.person).where(_those(each), way.is_(None))
