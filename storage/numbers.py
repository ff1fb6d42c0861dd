"""Whose number may be shown to those who call, on the database.

Rules of the room:
- The person's own word counts more than the staff list.
- Of a number only the contact's id leaves here; `Store.numbers` opens it when the card goes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.many import among, slices
from storage.scopes import contacts, people

NUMBERED = ("sms", "voice", "phone")
"""Channels whose address is a number somebody can call."""
MAY_BE_SHOWN = ("list", "own")
"""In `shown`: allowed by the staff list, or by the person, whose word counts more."""


async def wrong_number(conn: AsyncConnection, contact: int, now: datetime) -> None:
    await conn.execute(update(contacts).where(contacts.c.id == contact).values(wrong_at=now))


async def consent(conn: AsyncConnection, person: int, shown: bool) -> None:
    await conn.execute(
        update(contacts)
        .where(contacts.c.person == person, contacts.c.channel.in_(NUMBERED))
        .values(shown="own" if shown else "no")
    )


async def shown_by_list(conn: AsyncConnection) -> set[int]:
    """People whose number those above may see because the staff list says so."""
    query = select(contacts.c.person).where(contacts.c.shown == "list").distinct()
    return set((await conn.execute(query)).scalars())


async def listed(conn: AsyncConnection, said: Mapping[int, bool]) -> None:
    """What the staff list says about showing numbers; somebody's own word stays."""
    for shown in (True, False):
        for some in slices([person for person, yes in said.items() if yes is shown]):
            await conn.execute(
                update(contacts)
                .where(
                    among(contacts.c.person, some),
                    contacts.c.channel.in_(NUMBERED),
                    contacts.c.shown.in_(("", "list")),
                )
                .values(shown="list" if shown else "")
            )


def may_be_shown() -> Any:
    return and_(
        contacts.c.channel.in_(NUMBERED),
        contacts.c.shown.in_(MAY_BE_SHOWN),
        contacts.c.wrong_at.is_(None),
        contacts.c.failing != "unlinked",
    )


async def sealed_numbers(conn: AsyncConnection, wanted: Collection[int]) -> Mapping[int, Any]:
    """Rows of key, sealed key and sealed address of contacts that may be shown; asked once more
    at the last moment, for whoever allowed it may have taken it back."""
    query = (
        select(contacts.c.id, people.c.key, people.c.sealed_key, contacts.c.sealed)
        .select_from(contacts.join(people, people.c.id == contacts.c.person))
        .where(among(contacts.c.id, wanted), may_be_shown(), people.c.left_at.is_(None))
    )
    return {r.id: r for r in (await conn.execute(query)).all()}
