"""Chat accounts: one-time codes, whose an account is, linking and letting go.

Rules of the room:
- Of a code only the keyed digest is kept, as of an address.
- What somebody linked themselves (`own`) is theirs: a new staff list leaves it alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events import Sender
from bot.newcomers import Invite, Linked, Silenced, Speaks, Unlinked
from storage.instants import micros
from storage.many import Insert, slices
from storage.scopes import contacts, people
from storage.seal import Keyring
from storage.tables import InviteRow

if TYPE_CHECKING:
    from storage.tx import Tx

invites = InviteRow.__table__  # type: ignore[attr-defined]

NEW_INVITE = Insert(invites, ("digest", "person", "channel", "expires_at"))

PURPOSE = "invite"
"""Digests of codes are of another kind than those of addresses."""


def digest(keys: Keyring, channel: str, code: str) -> bytes:
    """By which a code is found again."""
    return keys.digest(PURPOSE, f"{channel}\0{code.strip().lower()}")


async def make(
    tx: Tx, keys: Keyring, channel: str, codes: Mapping[int, str], until: datetime
) -> None:
    """Keep a fresh code for each of these people; their earlier unused ones are void."""
    ids: Sequence[int] = list(codes)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        await tx.conn.execute(
            delete(invites).where(
                invites.c.person.in_(some),
                invites.c.channel == channel,
                invites.c.used_at.is_(None),
            )
        )
    rows = [(digest(keys, channel, code), p, channel, micros(until)) for p, code in codes.items()]
    await NEW_INVITE.run(tx.conn, rows)


async def void(tx: Tx, people_ids: Sequence[int]) -> None:
    """Codes of these people are good for nothing any more."""
    await tx.conn.execute(delete(invites).where(invites.c.person.in_(people_ids)))


async def find(tx: Tx, keys: Keyring, channel: str, code: str) -> Invite | None:
    """The code as it is kept, held until the transaction ends."""
    query = select(invites).where(invites.c.digest == digest(keys, channel, code))
    row = (await tx.conn.execute(query.with_for_update() if tx.postgres else query)).first()
    if row is None:
        return None
    return Invite(bytes(row.digest), row.person, row.channel, row.expires_at, row.used_at)


UNLINKED = "unlinked"
"""In `failing`: of this contact only the digest is left, so that nobody links it unasked."""


TRUSTED = frozenset({"web", "board", "link", "console", "person"})
"""Channels whose sender is a person's id that the adapter itself has verified."""

LONGEST_ID = 18
"""Digits of a person's id at most: more do not fit a column."""


def vouched(sender: Sender) -> bool:
    """True if the sender's address is the id of a person, which the channel vouches for."""
    number = sender.address.isdecimal() and len(sender.address) <= LONGEST_ID
    return sender.channel in TRUSTED and number


async def declined(tx: Tx, keys: Keyring, sender: Sender) -> bool:
    """True if whoever has this account has unlinked it."""
    query = select(contacts.c.id).where(
        contacts.c.channel == sender.channel,
        contacts.c.digest == keys.digest(sender.channel, sender.address),
        contacts.c.failing == UNLINKED,
    )
    return (await tx.conn.execute(query)).first() is not None


async def owner(conn: AsyncConnection, keys: Keyring, channel: str, address: str) -> int | None:
    """Whose address this is."""
    query = select(contacts.c.person).where(
        contacts.c.channel == channel,
        contacts.c.digest == keys.digest(channel, address),
        contacts.c.failing != UNLINKED,
    )
    return (await conn.execute(query)).scalar()


async def owners(
    conn: AsyncConnection, keys: Keyring, senders: Collection[Sender]
) -> dict[Sender, int]:
    """Whose these addresses are; those nobody has are left out."""
    wanted = {(s.channel, keys.digest(s.channel, s.address)): s for s in senders}
    found: dict[Sender, int] = {}
    for some in slices([digest for _, digest in wanted]):
        query = select(contacts.c.channel, contacts.c.digest, contacts.c.person).where(
            contacts.c.channel.in_({channel for channel, _ in wanted}),
            contacts.c.digest.in_(some),
            contacts.c.failing != UNLINKED,
        )
        for channel, digest, person in (await conn.execute(query)).all():
            sender = wanted.get((channel, digest))
            if sender is not None:
                found[sender] = person
    return found


async def used(tx: Tx, invite: Invite) -> None:
    await tx.conn.execute(
        update(invites).where(invites.c.digest == invite.digest).values(used_at=invite.used_at)
    )


async def link(tx: Tx, keys: Keyring, linked: Linked) -> None:
    """The account becomes the first contact of this person."""
    query = select(people.c.key, people.c.sealed_key).where(people.c.id == linked.person)
    person = (await tx.conn.execute(query.with_for_update() if tx.postgres else query)).one()
    channel, address = linked.sender.channel, linked.sender.address
    found = keys.digest(channel, address)
    await tx.conn.execute(
        delete(contacts).where(
            contacts.c.channel == channel,
            contacts.c.digest == found,
            contacts.c.failing == UNLINKED,
        )
    )
    await tx.conn.execute(
        update(contacts).where(contacts.c.person == linked.person).values(rank=contacts.c.rank + 1)
    )
    seal = keys.open_person(person.key, person.sealed_key)
    await tx.conn.execute(
        insert(contacts).values(
            person=linked.person,
            rank=1,
            channel=channel,
            digest=found,
            sealed=seal.seal(address),
            failing="",
            own=True,
            proven_at=tx.now,
        )
    )


async def unlink(tx: Tx, unlinked: Unlinked) -> None:
    """The address is gone for good; its digest stays for as long as the person does."""
    await tx.conn.execute(
        update(contacts)
        .where(contacts.c.id == unlinked.contact)
        .values(sealed=b"", failing=UNLINKED, own=True, proven_at=None)
    )


async def silence(tx: Tx, silenced: Silenced) -> None:
    await tx.conn.execute(
        update(contacts)
        .where(contacts.c.id == silenced.contact)
        .values(failing=silenced.why[:80] or "refused")
    )


async def speaks(tx: Tx, speaks: Speaks) -> None:
    said = {"language": speaks.language, "time_zone": speaks.time_zone}
    known = {name: value for name, value in said.items() if value}
    await tx.conn.execute(update(people).where(people.c.id == speaks.person).values(known))
    tx.forget(speaks.person)
