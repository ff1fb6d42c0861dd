"""Links to the board and the sessions they open.

Rules of the room:
- Of a session only the keyed digest of its token is kept; of a link not even that: its secret half
  is the keyed digest of its id, so whoever reads the database can open nothing.
- A link is used up in the statement that looks whether it is good: two who use it at the same
  moment are one too many.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import signin
from bot.people import Person
from bot.signin import Session, SignIn
from storage.scopes import people
from storage.seal import Keyring
from storage.visits import SessionRow, SignInRow

if TYPE_CHECKING:
    from storage.tx import Tx

sign_ins = SignInRow.__table__  # type: ignore[attr-defined]
sessions = SessionRow.__table__  # type: ignore[attr-defined]

LONGEST = 120
"""Characters of a token at most."""
KEPT = timedelta(days=1)
"""A link that opens nothing any more is kept so long, to say why."""


def token_of(keys: Keyring, id_: str) -> str:
    """What a link ends in."""
    return f"{id_}.{keys.digest('board link', id_).hex()}"


def _digest(keys: Keyring, token: str) -> bytes:
    return keys.digest("board session", token)


class SignIns:
    """The part of a look that knows links to the board."""

    conn: AsyncConnection
    keys: Keyring

    async def sign_in(self, id_: str) -> SignIn | None:
        query = select(sign_ins, _under_present_links().label("good")).where(sign_ins.c.id == id_)
        row = (await self.conn.execute(query)).first()
        if row is None:
            return None
        return SignIn(
            row.id,
            row.person,
            row.expires_at,
            row.used_at,
            token_of(self.keys, row.id),
            row.link_rev,
            void=not row.good,
        )


def _under_present_links() -> Any:
    """The condition that its owner's links have not been made void since."""
    mine = people.c.id == sign_ins.c.person, people.c.link_rev == sign_ins.c.link_rev
    return exists().where(*mine).correlate(sign_ins)


def read(keys: Keyring, token: str) -> str | None:
    """The id in a token of ours; `None` for anything else."""
    id_, _, secret = token[:LONGEST].partition(".")
    good = token_of(keys, id_).partition(".")[2]
    return id_ if id_ and hmac.compare_digest(good.encode(), secret.encode("utf-8")) else None


async def keep(tx: Tx, made: SignIn) -> None:
    """Hand out a link; what has long opened nothing is forgotten."""
    await tx.conn.execute(delete(sign_ins).where(sign_ins.c.expires_at < tx.now - KEPT))
    await tx.conn.execute(
        insert(sign_ins).values(
            id=made.id,
            person=made.person,
            expires_at=made.expires_at,
            link_rev=made.link_rev,
        )
    )


async def hand_out(tx: Tx, person: Person, id_: str, lasts: timedelta) -> str:
    """The path of a fresh link, for whoever hands it over themselves."""
    await tx.take(signin.handed_out(person, id_, tx.now, lasts))
    return f"/board/in/{token_of(tx.keys, id_)}"


async def use(tx: Tx, token: str) -> SignIn | None:
    """Use a link up; `None` if it is none, or opens nothing any more."""
    id_ = read(tx.keys, token)
    if id_ is None:
        return None
    fresh = sign_ins.c.used_at.is_(None), sign_ins.c.expires_at >= tx.now
    good = sign_ins.c.id == id_, *fresh, _under_present_links()
    row = (
        await tx.conn.execute(
            update(sign_ins).where(*good).values(used_at=tx.now).returning(*sign_ins.c)
        )
    ).first()
    return SignIn(row.id, row.person, row.expires_at, row.used_at) if row else None


async def unused(tx: Tx, owners: Collection[int]) -> list[str]:
    """The links of these people that have been handed out and not been used: their ids."""
    theirs = sign_ins.c.person.in_(owners), sign_ins.c.used_at.is_(None)
    query = select(sign_ins.c.id).where(*theirs, sign_ins.c.expires_at >= tx.now)
    return list((await tx.conn.execute(query)).scalars())


async def begin(tx: Tx, token: str, session: Session, lasts: timedelta) -> None:
    """Open a session under `token`; those that are over anyway are forgotten."""
    await tx.conn.execute(delete(sessions).where(sessions.c.opened_at < tx.now - lasts))
    await tx.conn.execute(
        insert(sessions).values(
            digest=_digest(tx.keys, token),
            person=session.person,
            link_rev=session.link_rev,
            opened_at=session.opened_at,
            used_at=session.used_at,
        )
    )


async def find(conn: AsyncConnection, keys: Keyring, token: str) -> Session | None:
    """The session behind a token."""
    query = select(sessions).where(sessions.c.digest == _digest(keys, token[:LONGEST]))
    row = (await conn.execute(query)).first()
    return Session(row.person, row.link_rev, row.opened_at, row.used_at) if row else None


async def used(tx: Tx, token: str, session: Session) -> Session:
    """It is in use: its idle time begins anew."""
    await tx.conn.execute(
        update(sessions).where(sessions.c.digest == _digest(tx.keys, token)).values(used_at=tx.now)
    )
    return replace(session, used_at=tx.now)


async def end(tx: Tx, token: str) -> None:
    """Sign this browser out."""
    await tx.conn.execute(delete(sessions).where(sessions.c.digest == _digest(tx.keys, token)))


async def end_all(tx: Tx, person: int) -> list[str]:
    """Sign somebody out everywhere; links they have not used yet open nothing either: their ids."""
    await tx.conn.execute(delete(sessions).where(sessions.c.person == person))
    unused = sign_ins.c.person == person, sign_ins.c.used_at.is_(None)
    ended = update(sign_ins).where(*unused, sign_ins.c.expires_at >= tx.now)
    found = await tx.conn.execute(
        ended.values(expires_at=tx.now - KEPT / 2).returning(sign_ins.c.id)
    )
    return list(found.scalars())
