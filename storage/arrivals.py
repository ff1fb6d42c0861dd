"""People nobody knew before: their ids, keys, addresses and rows.

Rules of the room:
- Sealing takes long and needs no database: it is done before the transaction, which others
  wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.roster import Entry, Roster
from storage.many import Insert, slices
from storage.rows import roles_text
from storage.scopes import contacts, people
from storage.seal import Keyring

BATCH = 2000
KEPT = ("name", "language", "time_zone", "site", "team", "roles", "away")

Progress = Callable[[int], None]


class Sealed(NamedTuple):
    """Somebody new, ready to be written: their wrapped key, and their contacts in order."""

    key: bytes
    contacts: tuple[tuple[str, bytes, bytes], ...]
    """Channel, digest, sealed address."""


def seal_new(keys: Keyring, roster: Roster) -> dict[str, Sealed]:
    """What is new on a list, sealed, by key; done before the transaction, which others wait for."""
    fresh, listed = set(roster.added), "contacts" in roster.fields
    return {e.key: _sealed(keys, e, listed) for e in roster.entries if e.key in fresh}


def _sealed(keys: Keyring, entry: Entry, listed: bool) -> Sealed:
    key, seal = keys.new_person(entry.key)
    ways = wanted(keys, entry).items() if listed else ()
    return Sealed(key, tuple((*at, seal.seal(address)) for at, address in ways))


def wanted(keys: Keyring, entry: Entry) -> dict[tuple[str, bytes], str]:
    """A person's contacts in order; the web chat's address is the person."""
    found: dict[tuple[str, bytes], str] = {}
    for channel, address in entry.contacts:
        named = address or f"person:{entry.key}"
        found[channel, keys.digest(channel, named)] = named
    return found


NEW_PERSON = Insert(people, ("id", "key", *KEPT, "lead", "deputy", "sealed_key", "link_rev"))
NEW_CONTACT = Insert(
    contacts, ("person", "rank", "channel", "digest", "sealed", "failing", "proven_at")
)


async def new_ids(conn: AsyncConnection, count: int) -> Sequence[int]:
    """Ids nobody has, given out before the rows are written: people name each other."""
    if not count:
        return ()
    if conn.dialect.name == "postgresql":
        serial = "nextval(pg_get_serial_sequence('people', 'id'))"
        query = text(f"SELECT {serial} FROM generate_series(1, :count)")  # noqa: S608 - ours
        return (await conn.execute(query, {"count": count})).scalars().all()
    newest = (await conn.execute(select(func.max(people.c.id)))).scalar() or 0
    return range(newest + 1, newest + 1 + count)


async def arrive(
    conn: AsyncConnection,
    new: Sequence[Entry],
    ids: Mapping[str, int],
    sealed: Mapping[str, Sealed],
    linked: Collection[tuple[str, bytes]],
    progress: Progress,
) -> None:
    """Those nobody knew before. What somebody else has `linked` stays theirs."""
    done = 0
    for some in slices(new, BATCH):
        known = [(ids[e.key], e, sealed[e.key]) for e in some]
        rows = [
            (
                *(id_, e.key, e.name, e.language, e.time_zone, e.site, e.team),
                *(roles_text(e.roles), e.away),
                *(ids.get(e.lead or ""), ids.get(e.deputy or ""), ready.key, 0),
            )
            for id_, e, ready in known
        ]
        await NEW_PERSON.run(conn, rows)
        ways = [
            (id_, rank, *way, "", None)
            for id_, _, ready in known
            for rank, way in enumerate(ready.contacts, start=1)
            if way[:2] not in linked
        ]
        await NEW_CONTACT.run(conn, ways)
        done += len(some)
        progress(done)
