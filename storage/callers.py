"""Whom people are to call, on the database: gathered and found as sets, read by the hand.

Rules of the room:
- However many are silent, they are gathered in one statement and handed out some thousands at a
  time; nobody's name is read that is not handed out.
- A name is given only if it is in nobody's hand: the statement says so.
- Of a number only the contact's id leaves here; `Store.numbers` opens it when the card goes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Text,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import Standing
from bot.calls import (
    DESK,
    HANDFUL,
    Call,
    Consent,
    Ended,
    HandOver,
    PutBack,
    SoonAgain,
    Way,
    Woken,
    WrongNumber,
)
from bot.people import Role
from bot.rollcalls import HELP
from storage.hands import CallRow
from storage.instants import micros
from storage.many import NO_TEXT, Change, among, slices
from storage.scopes import contacts, people
from storage.tables import AskRow, PostRow, RollCallRow

asks = AskRow.__table__  # type: ignore[attr-defined]
calls = CallRow.__table__  # type: ignore[attr-defined]
posts = PostRow.__table__  # type: ignore[attr-defined]
roll_calls = RollCallRow.__table__  # type: ignore[attr-defined]

SILENT = (Standing.CLIMBED.value, Standing.UNREACHED.value)
SOUGHT = or_(
    asks.c.standing.in_(SILENT), and_(asks.c.standing == Standing.ASKED.value, asks.c.round > 1)
)
"""As `Ask.sought`: asked as often as it takes, in vain."""
NUMBERED = ("sms", "voice", "phone")
"""Channels whose address is a number somebody can call."""
MAY_BE_SHOWN = ("list", "own")
"""In `shown`: allowed by the staff list, or by the person, whose word counts more."""
POOLS = 100
"""How many pools are looked at in one transaction."""
DEEP = 64
"""Names of one pool at most, where several people may take them."""
TOGETHER = timedelta(seconds=1)
"""How long one whose hand is empty may wait for others: with 50,000 silent each look takes a tenth
of a second, in which nobody else can write."""
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""When whoever was heard from is called again."""


PUT_BACK = Change(
    calls, ("ask",), ("pool", "ready_at"), also='"caller"=NULL, "turn"=calls."turn"+1'
)


def _first(chain: Any, dialect: str) -> Any:
    """The first id of a chain."""
    if dialect == "postgresql":
        return func.split_part(chain, ",", 1)
    return func.substr(chain, 1, func.instr(chain + ",", ",") - 1)


def _call(r: Any) -> Call:
    return Call(r.ask, r.pool, r.caller, r.handout, r.turn)


async def gather(conn: AsyncConnection, about: str, now: datetime) -> int:
    """Everybody of a roll call who is silent now, and was not before, waits to be called."""
    known = select(calls.c.ask).where(calls.c.ask == asks.c.id).exists()
    lead = literal("person:") + _first(asks.c.chain, conn.dialect.name)
    found = select(
        asks.c.id,
        asks.c.about,
        case((asks.c.chain == "", literal(DESK)), else_=lead),
        literal(now, calls.c.ready_at.type),
    ).where(asks.c.about == about, SOUGHT, ~known)
    done = await conn.execute(
        insert(calls).from_select(["ask", "about", "pool", "ready_at"], found)
    )
    return done.rowcount


async def waiting(
    conn: AsyncConnection, about: str, now: datetime, after: str = ""
) -> tuple[list[Call], str]:
    """Names nobody has in hand, a few of each of some pools, those tried least first; and the
    last of these pools, or nothing where they are the last.

    Pools are found from an index alone; only of theirs are names looked at.
    """
    free = and_(calls.c.about == about, calls.c.caller.is_(None), calls.c.ready_at <= now)
    in_hand = select(literal("person:") + cast(calls.c.caller, Text)).where(
        calls.c.caller.is_not(None)
    )
    some = (
        select(calls.c.pool)
        .where(free, calls.c.pool > after, calls.c.pool.not_in(in_hand))
        .group_by(calls.c.pool)
        .order_by(calls.c.pool)
        .limit(POOLS)
    )
    pools = list((await conn.execute(some)).scalars())
    turns = func.row_number().over(
        partition_by=calls.c.pool, order_by=(calls.c.turn, calls.c.ready_at, calls.c.ask)
    )
    ranked = select(calls, turns.label("place")).where(free, among(calls.c.pool, pools)).subquery()
    most = case((ranked.c.pool.like("person:%"), HANDFUL + 1), else_=DEEP)
    query = select(ranked).where(ranked.c.place <= most).order_by(ranked.c.pool, ranked.c.place)
    found = [_call(r) for r in (await conn.execute(query)).all()]
    return found, pools[-1] if len(pools) == POOLS else ""


async def next_back(conn: AsyncConnection, about: str, now: datetime) -> datetime | None:
    """When the first of those may be called again who were put back for later."""
    query = select(func.min(calls.c.ready_at)).where(
        calls.c.about == about,
        calls.c.caller.is_(None),
        calls.c.ready_at > now,
        calls.c.ready_at < NEVER,
    )
    return (await conn.execute(query)).scalar()


async def asleep(conn: AsyncConnection, about: str, since: datetime) -> set[int]:
    """Who has let one of these hand-outs lie since then; the newest of theirs says so."""
    query = select(asks.c.person, asks.c.standing, asks.c.tries, asks.c.answered_at).where(
        asks.c.about == about, asks.c.answered_at > since
    )
    newest: dict[int, Any] = {}
    for r in (await conn.execute(query)).all():
        known = newest.get(r.person)
        if known is None or r.answered_at > known.answered_at:
            newest[r.person] = r
    return {
        person
        for person, r in newest.items()
        if r.standing == Standing.WITHDRAWN.value and not r.tries
    }


async def busy(conn: AsyncConnection) -> set[int]:
    """Who has names in hand."""
    query = select(calls.c.caller).where(calls.c.caller.is_not(None)).distinct()
    return set((await conn.execute(query)).scalars())


async def not_well(
    conn: AsyncConnection, about: str, people: Collection[int]
) -> tuple[set[int], set[int]]:
    """Of these people those looked for in a roll call, and those who need help in it."""
    silent, crying = set[int](), set[int]()
    for some in slices(people):
        query = select(asks.c.person, asks.c.answer).where(
            asks.c.about == about, asks.c.person.in_(some), or_(SOUGHT, asks.c.answer == HELP)
        )
        for person, answer in (await conn.execute(query)).all():
            (crying if answer == HELP else silent).add(person)
    return silent, crying


async def hand_over(conn: AsyncConnection, given: HandOver) -> None:
    await conn.execute(
        update(calls)
        .where(among(calls.c.ask, given.asks), calls.c.caller.is_(None))
        .values(caller=given.caller, handout=given.handout)
    )


async def put_back(conn: AsyncConnection, given: PutBack) -> None:
    ready = micros(given.ready_at)
    await PUT_BACK.run(conn, [(pool, ready, ask) for ask, pool in given.names])


async def ended(conn: AsyncConnection, handout: str) -> None:
    """Whoever is still marked as in this hand was heard from at the very moment of handing."""
    await conn.execute(
        update(calls)
        .where(calls.c.handout == handout, func.coalesce(calls.c.caller, 0) != 0)
        .values(caller=None, ready_at=NEVER)
    )


async def soon(conn: AsyncConnection, roll_call: str, now: datetime) -> None:
    """A roll call that is in its calling stage looks for callers at once; for all whose hands are
    empty by then together. Only that column is touched: whoever ends it at this moment is not
    written over."""
    due = now + TOGETHER
    waits = select(roll_calls.c.id).where(
        roll_calls.c.id == roll_call,
        roll_calls.c.state == "open",
        roll_calls.c.due_at.is_not(None),
        roll_calls.c.due_at > due,
    )
    # Whoever holds it just now is looking for callers, and may wait for a check-in held here.
    free = waits.with_for_update(skip_locked=True)
    await conn.execute(update(roll_calls).where(roll_calls.c.id.in_(free)).values(due_at=due))


async def woken(conn: AsyncConnection, given: Woken) -> None:
    """Their hand-outs: one that comes due at this moment is left alone, it may wait for us."""
    theirs = select(asks.c.id).where(
        asks.c.about == given.about,
        asks.c.person == given.person,
        or_(asks.c.standing == Standing.ASKED.value, asks.c.tries == 0),
    )
    await conn.execute(
        update(asks)
        .where(asks.c.id.in_(theirs.with_for_update(skip_locked=True)))
        .values(
            tries=asks.c.tries + 1,
            due_at=case(
                (asks.c.due_at.is_not(None), literal(given.due_at, asks.c.due_at.type)),
                else_=None,
            ),
        )
    )


async def moved(conn: AsyncConnection, given: Mapping[str, bool]) -> list[str]:
    """The hand-outs in which these check-ins stand; who was heard from is in nobody's hand."""
    heard = [ask for ask, was_heard in given.items() if was_heard]
    for some in slices(heard):
        await conn.execute(
            update(calls).where(among(calls.c.ask, some)).values(caller=None, ready_at=NEVER)
        )
    found: list[str] = []
    for some in slices(given):
        query = select(calls.c.handout).where(among(calls.c.ask, some), calls.c.handout != "")
        found += (await conn.execute(query.distinct())).scalars()
    return found


async def end(conn: AsyncConnection, about: str) -> None:
    """A roll call is over: nobody is called for it any more."""
    await conn.execute(delete(calls).where(calls.c.about == about))


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


SAVED = (HandOver, PutBack, Ended, SoonAgain, Woken, WrongNumber, Consent)


async def save(conn: AsyncConnection, value: object, now: datetime) -> None:
    """Write one value of `SAVED`."""
    match value:
        case HandOver():
            await hand_over(conn, value)
        case PutBack():
            await put_back(conn, value)
        case Ended():
            await ended(conn, value.handout)
        case SoonAgain():
            await soon(conn, value.roll_call, now)
        case Woken():
            await woken(conn, value)
        case WrongNumber():
            await wrong_number(conn, value.contact, now)
        case Consent():
            await consent(conn, value.person, value.shown)


class Callers:
    """The part of a look that knows who is to call whom."""

    conn: AsyncConnection

    async def handout(self, handout: str) -> list[Call]:
        query = select(calls).where(calls.c.handout == handout).order_by(calls.c.turn, calls.c.ask)
        return [_call(r) for r in (await self.conn.execute(query)).all()]

    async def calls_of(self, asks: Collection[str]) -> dict[str, Call]:
        found: dict[str, Call] = {}
        for some in slices(asks):
            query = select(calls).where(among(calls.c.ask, some))
            found.update({r.ask: _call(r) for r in (await self.conn.execute(query)).all()})
        return found

    async def asked_by(self, asks: Sequence[str]) -> dict[str, list[Way]]:
        found: dict[str, list[Way]] = {}
        subjects = [f"ask:{ask}" for ask in asks]
        query = (
            select(
                posts.c.subject,
                posts.c.channel,
                func.max(posts.c.posted_at).label("at"),
                func.max(posts.c.seen_at).label("seen"),
            )
            .where(among(posts.c.subject, subjects), posts.c.view == "checkin")
            .group_by(posts.c.subject, posts.c.channel)
            .order_by(func.max(posts.c.posted_at))
        )
        for r in (await self.conn.execute(query)).all():
            way = Way(r.channel, r.at, r.seen is not None)
            found.setdefault(r.subject.removeprefix("ask:"), []).append(way)
        return found

    async def callable_by(self, people_ids: Collection[int]) -> dict[int, int]:
        """Of these people the contact whose number those above them may see: by person."""
        found: dict[int, int] = {}
        for some in slices(people_ids):
            query = (
                select(contacts.c.person, contacts.c.id)
                .where(among(contacts.c.person, some), _may_be_shown())
                .order_by(contacts.c.rank.desc())
            )
            found.update({r.person: r.id for r in (await self.conn.execute(query)).all()})
        return found

    async def has_number(self, person: int) -> bool:
        query = select(contacts.c.id).where(
            contacts.c.person == person, contacts.c.channel.in_(NUMBERED), contacts.c.sealed != b""
        )
        return (await self.conn.execute(query.limit(1))).first() is not None

    async def helpers(self, sites: Collection[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {site: [] for site in sites}
        if not found:
            return found
        # Few people have a role: they are found by that, and their sites compared here.
        query = select(people.c.id, people.c.site).where(
            people.c.roles != NO_TEXT,
            people.c.roles.like(f"% {Role.RESPONDER.value} %"),
            people.c.left_at.is_(None),
            people.c.away.is_(False),
        )
        for person, site in sorted((await self.conn.execute(query)).all()):
            if site in found:
                found[site].append(person)
        return found


def _may_be_shown() -> Any:
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
        .where(among(contacts.c.id, wanted), _may_be_shown(), people.c.left_at.is_(None))
    )
    return {r.id: r for r in (await conn.execute(query)).all()}
