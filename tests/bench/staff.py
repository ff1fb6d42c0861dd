"""Importing a staff list: reading and checking the file, then taking it over, contacts sealed.

The naive way: an object per person and a commit at the end.
"""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.roster import check
from bot.roster.sheets import read
from storage import arrivals, staff
from storage.scopes import people
from storage.tables import ContactRow, PersonRow
from tests.bench import stage as s
from tests.bench.figures import Figure
from tests.bench.probes import Stall, Stopwatch
from tests.bench.stage import Stage

NAIVE = 3000


def sheet(number: int) -> bytes:
    """The list as a CSV file."""
    lines = ["key,name,language,time zone,site,team,lead,roles,contacts,email"]
    for e in s.entries(number):
        roles = " ".join(sorted(r.value for r in e.roles))
        lines.append(
            f"{e.key},{e.name},{e.language},{e.time_zone},{e.site},{e.team},{e.lead or ''},"
            f"{roles},web,{e.key}@example.org"
        )
    return "\n".join(lines).encode()


async def run(stage: Stage) -> list[Figure]:
    file = sheet(stage.people)
    async with s.empty_house(stage) as house:
        watch = Stopwatch()
        roster = check(read(file, "staff.csv"), {}, {"web", "email"})
        assert not roster.problems, roster.problems[0].sentence()
        checking = watch.seconds
        async with Stall() as stall:
            watch = Stopwatch()
            sealed = arrivals.seal_new(house.store.keys, roster)
            sealing = watch.seconds
            watch = Stopwatch()
            async with house.store.write() as work:
                await staff.take_over(work, roster, leave=False, sealed=sealed)
            taking = watch.seconds
        assert await s.count(house, people) == stage.people
        watch = Stopwatch()
        async with house.store.look() as look:
            known = await staff.known(look.conn)
        again = check(
            read(file, "staff.csv"),
            known,
            {"web", "email"},
            fingerprint=staff.fingerprint(house.store.keys),
        )
        comparing = watch.seconds
        assert len(again.unchanged) == stage.people, len(again.unchanged)
        each = await _naive(house)
    return [
        Figure("read and checked", checking, "s"),
        Figure("keys and addresses sealed", sealing, "s"),
        Figure("taken over, while others wait", taking, "s", naive=each * stage.people),
        Figure("worst stall meanwhile", stall.worst, "ms"),
        Figure("the same list once more, compared", comparing, "s"),
    ]


async def _naive(house: object) -> float:
    """Seconds a person."""
    store = house.store  # type: ignore[attr-defined]
    watch = Stopwatch()
    async with AsyncSession(store._writer) as session:
        for number in range(NAIVE):
            key = f"naive{number}"
            person = PersonRow(key=key, name=key, sealed_key=store.keys.new_person_key(key))
            session.add(person)
            await session.flush()
            seal = store.keys.open_person(key, person.sealed_key)
            for channel in ("web", "email"):
                session.add(
                    ContactRow(
                        person=person.id or 0,
                        channel=channel,
                        sealed=seal.seal(key),
                        digest=store.keys.digest(channel, key),
                    )
                )
        await session.commit()
    return watch.seconds / NAIVE
