"""The staff: taking over a checked list, listing, finding, removing.

Rules of the room:
- A list is taken over whole or not at all, in one transaction and in batches.
- Removing somebody destroys their key: whatever copy of their addresses exists anywhere cannot
  be opened any more. Their name stays on what they did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asks import Kind
from bot.outcomes import Outcome, Refresh
from bot.people import Person
from bot.roster import Entry, KnownPerson, Roster
from storage import newcomers, numbers, signins, trees
from storage.arrivals import BATCH, KEPT, Progress, Sealed, arrive, new_ids, seal_new, wanted
from storage.look import Looking, asks
from storage.many import slices
from storage.rows import person_of, roles_of, roles_text
from storage.scopes import contacts, people
from storage.seal import Keyring
from storage.work import Work


async def known(conn: AsyncConnection) -> dict[str, KnownPerson]:
    """Everybody on record by key, as the check of a new list wants them."""
    keys: dict[int, str] = {}
    rows: list[Any] = []
    found = await conn.stream(select(people))
    async for part in found.partitions(BATCH):
        rows += part
        keys.update((r.id, r.key) for r in part)
    held: dict[int, list[tuple[str, str]]] = {}
    query = (
        select(contacts.c.person, contacts.c.channel, contacts.c.digest)
        .where(contacts.c.own.is_(False))
        .order_by(contacts.c.person, contacts.c.rank)
    )
    async for part in (await conn.stream(query)).partitions(BATCH):
        for r in part:
            print_ = "" if r.channel == "web" else r.digest.hex()
            held.setdefault(r.person, []).append((r.channel, print_))
    shown = await numbers.shown_by_list(conn)
    return {
        r.key: KnownPerson(
            name=r.name,
            language=r.language,
            time_zone=r.time_zone,
            site=r.site,
            team=r.team,
            lead=keys.get(r.lead),
            deputy=keys.get(r.deputy),
            roles=roles_of(r.roles),
            away=bool(r.away),
            contacts=tuple(held.get(r.id, ())),
            left=r.left_at is not None,
            shown=r.id in shown,
        )
        for r in rows
    }


def fingerprint(keys: Keyring) -> Callable[[str, str], str]:
    """How the check compares addresses without seeing those on record."""
    return lambda channel, address: keys.digest(channel, address).hex() if address else ""


async def take_over(
    work: Work,
    roster: Roster,
    *,
    leave: bool,
    sealed: Mapping[str, Sealed] | None = None,
    progress: Progress = lambda _: None,
) -> None:
    """Store a list that has no problems; with `leave`, people not on it are removed.

    `sealed` is what `seal_new` made of it; `progress` is told how many entries are written.
    """
    fresh, moved = set(roster.added), set(roster.changed)
    on_record = {
        r.key: r
        for r in await work.conn.execute(select(people.c.key, people.c.id, people.c.left_at))
    }
    new = [e for e in roster.entries if e.key in fresh and e.key not in on_record]
    old = [e for e in roster.entries if e.key in on_record and (e.key in fresh or e.key in moved)]
    ids = {key: r.id for key, r in on_record.items()}
    ids.update(zip((e.key for e in new), await new_ids(work.conn, len(new)), strict=True))
    done = 0
    for some in slices(old, BATCH):
        await work.conn.execute(_CHANGE, [_change(e) | _links(e, ids) for e in some])
        for entry in some:
            if on_record[entry.key].left_at is not None:
                await _come_back(work, entry.key)
        done += len(some)
        progress(done)
    # Whoever leaves gives their addresses up before others may take them over.
    if leave:
        await remove(work, roster.leaving)
    linked = await _linked(work)
    if "contacts" in roster.fields:
        await _give_up(work, old, ids)
        await _contacts(work, old, ids, linked)
    if new:
        ready = sealed if sealed is not None else seal_new(work.keys, roster)
        await arrive(work.conn, new, ids, ready, linked, lambda more: progress(done + more))
    if "shown" in roster.fields:
        await numbers.listed(work.conn, {ids[e.key]: e.shown for e in roster.entries})
    await trees.touch(work.conn)


_CHANGE = (
    update(people)
    .where(people.c.key == bindparam("b_key"))
    .values({name: bindparam(f"b_{name}") for name in (*KEPT, "lead", "deputy")})
)


def _change(e: Entry) -> dict[str, Any]:
    return {
        "b_key": e.key,
        "b_name": e.name,
        "b_language": e.language,
        "b_time_zone": e.time_zone,
        "b_site": e.site,
        "b_team": e.team,
        "b_roles": roles_text(e.roles),
        "b_away": e.away,
    }


def _links(e: Entry, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "b_lead": ids.get(e.lead or ""),
        "b_deputy": ids.get(e.deputy or ""),
    }


async def _come_back(work: Work, key: str) -> None:
    """Somebody who had left is here again, under a new key and with new links."""
    await work.conn.execute(
        update(people)
        .where(people.c.key == key)
        .values(
            left_at=None,
            sealed_key=work.keys.new_person_key(key),
            link_rev=people.c.link_rev + 1,
        )
    )


async def _held(work: Work, by_id: dict[int, Entry]) -> dict[int, dict[tuple[str, bytes], int]]:
    """For each person the ids of the contacts the list gave them, by channel and digest."""
    held: dict[int, dict[tuple[str, bytes], int]] = {}
    query = select(contacts.c.id, contacts.c.person, contacts.c.channel, contacts.c.digest)
    theirs = query.where(contacts.c.person.in_(list(by_id)), contacts.c.own.is_(False))
    for row in await work.conn.execute(theirs):
        held.setdefault(row.person, {})[row.channel, row.digest] = row.id
    return held


async def _linked(work: Work) -> dict[tuple[str, bytes], int]:
    """Accounts people linked themselves, and whose each is. They stay with them, and stay first;
    a list that names one for somebody else does not take it away."""
    query = select(contacts.c.channel, contacts.c.digest, contacts.c.person)
    found = await work.conn.execute(query.where(contacts.c.own.is_(True)))
    return {(row.channel, bytes(row.digest)): row.person for row in found}


async def _give_up(work: Work, entries: Sequence[Entry], ids: dict[str, int]) -> None:
    """Contacts that the list has no longer; all of them first, for one may move to another."""
    for some in slices(entries, BATCH):
        by_id = {ids[e.key]: e for e in some}
        held = await _held(work, by_id)
        gone: list[int] = []
        for person, mine in held.items():
            listed = wanted(work.keys, by_id[person])
            gone += [contact for at, contact in mine.items() if at not in listed]
        for few in slices(gone):
            await work.conn.execute(delete(contacts).where(contacts.c.id.in_(few)))


async def _contacts(
    work: Work,
    entries: Sequence[Entry],
    ids: dict[str, int],
    linked: Mapping[tuple[str, bytes], int],
) -> None:
    """Each person's contacts as the list has them; one that stays keeps what is known of it."""
    for some in slices(entries, BATCH):
        by_id = {ids[e.key]: e for e in some}
        held, seals = await _held(work, by_id), await _seals(work, by_id)
        own = Counter(person for person in linked.values() if person in by_id)
        new: list[dict[str, Any]] = []
        ranked: list[dict[str, Any]] = []
        for person, entry in by_id.items():
            mine, listed = held.get(person, {}), wanted(work.keys, entry).items()
            for rank, (at, address) in enumerate(listed, start=1 + own[person]):
                if at in linked:
                    continue
                if at in mine:
                    ranked.append({"b_id": mine[at], "b_rank": rank})
                else:
                    new.append(
                        {
                            "person": person,
                            "rank": rank,
                            "channel": at[0],
                            "digest": at[1],
                            "sealed": seals[person].seal(address),
                        }
                    )
        if ranked:
            await work.conn.execute(_RANK, ranked)
        if new:
            await work.conn.execute(insert(contacts), new)


_RANK = update(contacts).where(contacts.c.id == bindparam("b_id")).values(rank=bindparam("b_rank"))


async def _seals(work: Work, by_id: dict[int, Entry]) -> dict[int, Any]:
    query = select(people.c.id, people.c.key, people.c.sealed_key).where(
        people.c.id.in_(list(by_id))
    )
    return {
        r.id: work.keys.open_person(r.key, r.sealed_key) for r in await work.conn.execute(query)
    }


async def remove(work: Work, keys: Iterable[str]) -> int:
    """These people leave: contacts deleted, key destroyed, links void. Returns how many did."""
    gone = 0
    for some in slices(list(keys)):
        query = select(people.c.id).where(people.c.key.in_(some), people.c.left_at.is_(None))
        ids = list((await work.conn.execute(query)).scalars())
        await work.conn.execute(delete(contacts).where(contacts.c.person.in_(ids)))
        await newcomers.void(work, ids)
        await work.conn.execute(
            update(people)
            .where(people.c.id.in_(ids))
            .values(left_at=work.now, sealed_key=None, roles="", link_rev=people.c.link_rev + 1)
        )
        # What waited for them is looked at now, and goes to somebody else or to nobody.
        await work.conn.execute(
            update(asks)
            .where(asks.c.person.in_(ids), asks.c.due_at.is_not(None))
            .where(or_(asks.c.kind == Kind.CHECK_IN.value, asks.c.rung == 0))
            .values(due_at=work.now)
        )
        gone += len(ids)
    await trees.touch(work.conn)
    return gone


async def new_links(work: Work, keys: Sequence[str]) -> None:
    """Every personal link these people were given so far is void, those to the board too."""
    for some in slices(list(keys)):
        anew = update(people).where(people.c.key.in_(some)).values(link_rev=people.c.link_rev + 1)
        ids = list((await work.conn.execute(anew.returning(people.c.id))).scalars())
        # Their cards say that they open nothing any more.
        void = await signins.unused(work, ids)
        await work.take(Outcome(refresh=[Refresh(f"signin:{id_}") for id_ in void]))


async def find(look: Looking, said: str) -> list[Person]:
    """Present people whose key is `said`, else those whose name holds it; at most 20."""
    present = select(people).where(people.c.left_at.is_(None))
    exact = (await look.conn.execute(present.where(people.c.key == said))).all()
    if exact:
        return [person_of(exact[0], look.usual)]
    plain = said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    # Databases know few letters' other case, so it is sought as typed and in the usual spellings.
    spelt = {plain, plain.lower(), plain.upper(), plain.title()}
    wanted = [people.c.name.like(f"%{one}%", escape="\\") for one in sorted(spelt)]
    wanted.append(func.lower(people.c.name).like(f"%{plain.lower()}%", escape="\\"))
    query = present.where(or_(*wanted)).order_by(people.c.name, people.c.id).limit(20)
    found = await look.conn.execute(query)
    return [person_of(r, look.usual) for r in found]


async def everyone(look: Looking) -> AsyncIterator[tuple[Person, tuple[str, ...]]]:
    """All present people by key, each with their usable channels in order."""
    ways: dict[int, list[str]] = {}
    query = (
        select(contacts.c.person, contacts.c.channel)
        .where(contacts.c.failing == "")
        .order_by(contacts.c.person, contacts.c.rank)
    )
    async for part in (await look.conn.stream(query)).partitions(BATCH):
        for r in part:
            ways.setdefault(r.person, []).append(r.channel)
    present = select(people).where(people.c.left_at.is_(None)).order_by(people.c.key)
    async for part in (await look.conn.stream(present)).partitions(BATCH):
        for r in part:
            yield person_of(r, look.usual), tuple(ways.get(r.id, ()))


async def unreachable(conn: AsyncConnection, channels: Sequence[str], limit: int = 50) -> list[str]:
    """Keys of people whom no channel in use can reach."""
    reachable = select(contacts.c.person).where(
        contacts.c.failing == "", contacts.c.channel.in_(list(channels))
    )
    query = (
        select(people.c.key)
        .where(people.c.left_at.is_(None), people.c.id.not_in(reachable))
        .order_by(people.c.key)
        .limit(limit)
    )
    return list((await conn.execute(query)).scalars())


async def ways_of(conn: AsyncConnection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The usable channels of these people, in their order."""
    found: dict[int, list[str]] = {}
    for some in slices(list(ids)):
        query = (
            select(contacts.c.person, contacts.c.channel)
            .where(contacts.c.failing == "", contacts.c.person.in_(some))
            .order_by(contacts.c.person, contacts.c.rank)
        )
        for r in await conn.execute(query):
            found.setdefault(r.person, []).append(r.channel)
    return {person: tuple(channels) for person, channels in found.items()}


async def held_channels(conn: AsyncConnection) -> dict[str, tuple[int, int]]:
    """For each channel that present people have a contact on: how many work, how many fail."""
    failing = contacts.c.failing != ""
    query = (
        select(
            contacts.c.channel,
            func.count().filter(~failing).label("working"),
            func.count().filter(failing).label("failing"),
        )
        .where(contacts.c.failing != newcomers.UNLINKED)
        .group_by(contacts.c.channel)
        .order_by(contacts.c.channel)
    )
    return {r.channel: (r.working, r.failing) for r in await conn.execute(query)}
