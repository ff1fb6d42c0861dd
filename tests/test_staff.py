"""The staff on record: taken over whole, changed, back again, gone for good."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import open_store
from bot.look import CouldNotSave
from bot.people import Person, Role
from bot.roster import Entry, Roster
from storage import staff
from storage.scopes import contacts, people
from storage.seal import KeyProblem
from storage.store import Store
from tests.databases import settings_for
from tests.scenarios.phones import TownClock


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = open_store(settings_for(database), TownClock(), channels={"web", "email", "sms"})
    yield opened
    await opened.close()


def entry(key: str, name: str = "", lead: str | None = None, **more: Any) -> Entry:
    given: dict[str, Any] = {
        "language": "en",
        "time_zone": "UTC",
        "site": "HQ",
        "team": "T1",
        "deputy": None,
        "roles": frozenset(),
        "away": False,
        "contacts": (("email", f"{key}@example.org"), ("web", "")),
        **more,
    }
    return Entry(line=1, key=key, name=name or f"Person {key}", lead=lead, **given)


ANN, BEN, CAI = entry("a", "Ann"), entry("b", "Ben", "a"), entry("c", "Cai", "b", deputy="a")


async def take_over(
    store: Store, *entries: Entry, contacts_too: bool = True, leave: bool = False
) -> list[int]:
    """Import this list as the check of it would say; returns the progress told."""
    told: list[int] = []
    async with store.write() as work:
        known = await staff.known(work.conn)
        here = {key for key, person in known.items() if not person.left}
        listed = [e.key for e in entries]
        roster = Roster(
            entries=entries,
            added=tuple(k for k in listed if k not in here),
            changed=tuple(k for k in listed if k in here),
            leaving=tuple(sorted(here - set(listed))),
            fields=frozenset({"contacts"} if contacts_too else ()),
        )
        await staff.take_over(work, roster, leave=leave, progress=told.append)
    return told


async def person(store: Store, key: str) -> Person:
    async with store.look() as look:
        found = (await look.by_key([key])).get(key)
    assert found is not None
    return found


async def held(store: Store, key: str) -> list[Any]:
    """The contacts of somebody in their order, as rows."""
    async with store.look() as look:
        query = (
            select(contacts)
            .join(people, people.c.id == contacts.c.person)
            .where(people.c.key == key)
            .order_by(contacts.c.rank)
        )
        return list(await look.conn.execute(query))


async def addresses(store: Store, key: str) -> list[tuple[str, str]]:
    """The contacts of somebody, opened."""
    async with store.look() as look:
        query = select(people.c.sealed_key).where(people.c.key == key)
        wrapped = (await look.conn.execute(query)).scalar_one()
    seal = store.keys.open_person(key, wrapped)
    return [(row.channel, seal.open(row.sealed)) for row in await held(store, key)]


async def found(store: Store, said: str) -> list[str]:
    async with store.look() as look:
        return [p.key for p in await staff.find(look, said)]


# --- taking over ------------------------------------------------------------------------------


async def test_new_people_stand_where_the_list_puts_them(store: Store) -> None:
    officer = replace(
        CAI, roles=frozenset({Role.SAFETY, Role.ADMIN}), language="ja", time_zone="Asia/Tokyo"
    )
    await take_over(store, officer, BEN, ANN)
    ann, ben, cai = [await person(store, key) for key in "abc"]
    assert (ann.lead, ben.lead, cai.lead, cai.deputy) == (None, ann.id, ben.id, ann.id)
    assert (cai.roles, cai.language, cai.time_zone) == (officer.roles, "ja", "Asia/Tokyo")
    assert await addresses(store, "c") == [("email", "c@example.org"), ("web", "person:c")]
    async with store.look() as look:
        assert (await look.tree()).chain(cai.id) == (ben.id, ann.id)
        assert await look.desk() == (cai.id,)


async def test_a_changed_line_changes_the_person_and_keeps_the_rest(store: Store) -> None:
    await take_over(store, ANN, BEN, CAI)
    before = await person(store, "c")
    moved = replace(CAI, name="Cai Li", lead="a", deputy=None, site="Osaka", away=True)
    await take_over(store, moved)
    after = await person(store, "c")
    ann = await person(store, "a")
    assert (after.id, after.link_rev) == (before.id, before.link_rev)
    assert (after.name, after.lead, after.deputy) == ("Cai Li", ann.id, None)
    assert (after.site, after.away) == ("Osaka", True)
    assert (await person(store, "b")).lead == ann.id
    async with store.look() as look:
        assert (await look.tree()).chain(after.id) == (ann.id,), "the tree is read anew"


async def test_a_contact_that_stays_keeps_what_is_known_of_it(store: Store) -> None:
    await take_over(store, ANN)
    email, web = await held(store, "a")
    async with store.write() as work:
        await work.fail_contact(email.id, "blocked")
    again = replace(ANN, contacts=(("web", ""), ("sms", "+81312345678"), ANN.contacts[0]))
    await take_over(store, again)
    ways = await held(store, "a")
    assert [(row.channel, row.rank, row.failing) for row in ways] == [
        ("web", 1, ""),
        ("sms", 2, ""),
        ("email", 3, "blocked"),
    ]
    assert (ways[0].id, ways[2].id) == (web.id, email.id)


async def test_a_list_without_contacts_leaves_them_alone(store: Store) -> None:
    await take_over(store, ANN)
    before = await addresses(store, "a")
    await take_over(store, replace(ANN, name="Anna", contacts=()), contacts_too=False)
    assert (await person(store, "a")).name == "Anna"
    assert await addresses(store, "a") == before


async def test_an_empty_cell_takes_every_contact_away(store: Store) -> None:
    await take_over(store, ANN)
    await take_over(store, replace(ANN, contacts=()))
    assert await held(store, "a") == []


async def test_an_address_may_move_to_another_person_and_back(store: Store) -> None:
    shared = (("email", "desk@example.org"),)
    await take_over(store, replace(ANN, contacts=shared), replace(BEN, contacts=()))
    await take_over(store, replace(ANN, contacts=()), replace(BEN, contacts=shared))
    assert await addresses(store, "b") == [("email", "desk@example.org")]
    swapped = (replace(ANN, contacts=BEN.contacts), replace(BEN, contacts=ANN.contacts))
    await take_over(store, ANN, BEN)
    await take_over(store, *swapped)
    assert (await addresses(store, "a"))[0] == ("email", "b@example.org")
    assert (await addresses(store, "b"))[0] == ("email", "a@example.org")


async def test_an_import_that_fails_changes_nothing(store: Store) -> None:
    await take_over(store, ANN)
    twice = replace(BEN, contacts=ANN.contacts[:1])
    with pytest.raises(CouldNotSave):
        await take_over(store, replace(ANN, name="Anna"), twice)
    assert (await person(store, "a")).name == "Ann"
    assert await found(store, "b") == []
    async with store.look() as look:
        assert len(await look.tree()) == 1


async def test_a_list_of_nobody_new_is_harmless(store: Store) -> None:
    await take_over(store, ANN)
    await take_over(store)
    assert (await person(store, "a")).name == "Ann"


# --- leaving and coming back ------------------------------------------------------------------


async def test_whoever_leaves_is_gone_with_key_contacts_and_links(store: Store) -> None:
    await take_over(store, ANN, replace(BEN, roles=frozenset({Role.SAFETY})))
    before = await person(store, "b")
    async with store.look() as look:
        query = select(people.c.sealed_key).where(people.c.key == "b")
        wrapped = (await look.conn.execute(query)).scalar_one()
    [copy, *_] = await held(store, "b")
    await take_over(store, ANN, leave=True)
    async with store.look() as look:
        gone = await look.person(before.id)
        assert gone is not None
        assert (gone.left, gone.name, gone.roles) == (True, "Ben", frozenset())
        assert gone.link_rev == before.link_rev + 1
        row = (await look.conn.execute(select(people).where(people.c.key == "b"))).one()
        assert row.sealed_key is None
        assert before.id not in await look.tree()
        assert await look.desk() == ()
    assert await held(store, "b") == []
    await take_over(store, ANN, BEN)
    async with store.look() as look:
        query = select(people.c.sealed_key).where(people.c.key == "b")
        renewed = (await look.conn.execute(query)).scalar_one()
    assert renewed != wrapped
    with pytest.raises(KeyProblem):
        store.keys.open_person("b", renewed).open(copy.sealed)


async def test_without_the_word_nobody_leaves(store: Store) -> None:
    await take_over(store, ANN, BEN)
    await take_over(store, ANN)
    assert await found(store, "b") == ["b"]


async def test_somebody_who_comes_back_is_the_same_person_with_new_links(store: Store) -> None:
    await take_over(store, ANN, BEN)
    before = await person(store, "b")
    async with store.write() as work:
        assert await staff.remove(work, ["b", "nobody"]) == 1
        assert await staff.remove(work, ["b"]) == 0, "nobody leaves twice"
    await take_over(store, ANN, replace(BEN, name="Ben Ito"))
    after = await person(store, "b")
    assert (after.id, after.name, after.left) == (before.id, "Ben Ito", False)
    assert after.link_rev > before.link_rev
    assert await addresses(store, "b") == [("email", "b@example.org"), ("web", "person:b")]


async def test_an_address_of_somebody_who_left_is_free(store: Store) -> None:
    await take_over(store, ANN, BEN)
    await take_over(store, replace(ANN, contacts=BEN.contacts[:1]), leave=True)
    assert await addresses(store, "a") == [("email", "b@example.org")]


async def test_old_links_are_void_for_those_asked_for_only(store: Store) -> None:
    await take_over(store, ANN, BEN)
    async with store.write() as work:
        await staff.new_links(work, ["a"])
    assert [(await person(store, key)).link_rev for key in "ab"] == [1, 0]


# --- odd names --------------------------------------------------------------------------------

ODD = (
    "Robert'); DROP TABLE people;--",
    "<script>alert(1)</script>",
    "{{ 7*7 }} ${7*7} %s %(name)s :name ?",
    '"Bobby" \\ Tables %_',
    "林 美咲 👩‍🚒",
    "مريم \u200fالأحمد",
    "=HYPERLINK(1)",
    "x" * 200,
)


async def test_names_of_any_kind_are_kept_as_they_are(store: Store) -> None:
    listed = [
        entry(f"k{n}", name, site=name, team=name, contacts=(("email", f"{name}@x"),))
        for n, name in enumerate(ODD)
    ]
    await take_over(store, *listed)
    for number, name in enumerate(ODD):
        kept = await person(store, f"k{number}")
        assert (kept.name, kept.site, kept.team) == (name, name, name)
        assert await addresses(store, kept.key) == [("email", f"{name}@x")]
        assert await found(store, name) == [kept.key]
    async with store.look() as look:
        assert set(await look.sites()) == set(ODD)


# --- finding ----------------------------------------------------------------------------------


async def test_somebody_is_found_by_key_or_part_of_the_name(store: Store) -> None:
    await take_over(
        store,
        entry("1", "Émile Zola"),
        entry("2", "emil nolde"),
        entry("3", "100% Cotton"),
        entry("4", "100 Cotton"),
        entry("5", "a_b"),
        entry("6", "axb"),
        entry("7", "back\\slash"),
        entry("8", "2"),
    )
    assert await found(store, "2") == ["2"], "a key comes first"
    assert await found(store, "EMIL") == ["2"]
    assert await found(store, "Émile") == ["1"]
    assert await found(store, "ÉMILE ZOLA") == ["1"]
    assert await found(store, "zola") == ["1"]
    assert await found(store, "100%") == ["3"]
    assert await found(store, "100") == ["4", "3"]
    assert await found(store, "a_b") == ["5"]
    assert await found(store, "\\") == ["7"]
    assert await found(store, "%") == ["3"]
    assert await found(store, "nobody") == []


async def test_a_search_that_fits_many_is_bounded(store: Store) -> None:
    await take_over(store, *(entry(f"k{n}", f"Kim {n:02}") for n in range(30)))
    hits = await found(store, "Kim")
    assert hits == [f"k{n}" for n in range(20)]


# --- lists ------------------------------------------------------------------------------------


async def test_everyone_comes_by_key_with_the_channels_that_work(store: Store) -> None:
    await take_over(store, BEN, ANN, replace(CAI, contacts=()))
    [email, _] = await held(store, "b")
    async with store.write() as work:
        await work.fail_contact(email.id, "blocked")
        await staff.remove(work, ["a"])
    async with store.look() as look:
        listed = [(p.key, ways) async for p, ways in staff.everyone(look)]
        assert listed == [("b", ("web",)), ("c", ())]
        assert await staff.unreachable(look.conn, ["web", "email"]) == ["c"]
        assert await staff.unreachable(look.conn, ["email"]) == ["b", "c"]


async def test_what_is_known_compares_without_showing_an_address(store: Store) -> None:
    await take_over(store, ANN, CAI, BEN)
    async with store.look() as look:
        known = await staff.known(look.conn)
    prints = staff.fingerprint(store.keys)
    assert known["c"].contacts == (
        ("email", prints("email", "c@example.org")),
        ("web", prints("web", "")),
    )
    assert (known["c"].lead, known["c"].deputy) == ("b", "a")
    assert "example.org" not in repr(known)


# --- many -------------------------------------------------------------------------------------

MANY = 5000


def many(shift: int = 0) -> Sequence[Entry]:
    return [
        entry(
            f"n{n:05}",
            lead=f"n{(n - 1) // 10:05}" if n else None,
            contacts=(("email", f"box{(n + shift) % MANY}@example.org"),),
        )
        for n in range(MANY)
    ]


async def test_five_thousand_people_are_taken_over_in_batches_whoever_stands_first(
    store: Store,
) -> None:
    told = await take_over(store, *reversed(many()))
    assert told == sorted(told)
    assert len(told) == -(-MANY // staff.BATCH)
    assert told[-1] == MANY
    async with store.look() as look:
        tree = await look.tree()
        assert len(tree) == MANY
        top = (await look.by_key(["n00000"]))["n00000"].id
        assert sum(1 for _ in tree.subtree(top)) == MANY - 1
    await take_over(store, *many(shift=1))
    for key, box in (("n00000", 1), ("n01999", 2000), ("n04999", 0)):
        assert await addresses(store, key) == [("email", f"box{box}@example.org")]
    await take_over(store, many()[0], leave=True)
    async with store.look() as look:
        assert len(await look.tree()) == 1
        left = await look.conn.execute(select(people.c.id).where(people.c.sealed_key.is_not(None)))
        assert len(left.all()) == 1


async def test_people_may_be_marked_away_meanwhile_without_a_list(store: Store) -> None:
    """Two who change people at the same moment: every holder of a tree hears of both."""
    await take_over(store, ANN, BEN, CAI)
    other = open_store(settings_for(store.options.url), TownClock())
    try:
        for holder in (store, other):
            async with holder.look() as look:
                await look.tree()
        for name in ("b", "c"):
            async with other.write() as work:
                await work.conn.execute(
                    update(people).where(people.c.key == name).values(away=True)
                )
                await staff.remove(work, [])
        async with store.look() as look:
            cai = (await look.by_key(["c"]))["c"].id
            ann = (await look.by_key(["a"]))["a"].id
            assert (await look.tree()).chain(cai) == (ann,)
    finally:
        await other.close()


async def test_whoever_has_no_language_speaks_the_organisations_also_after_it_changed(
    database: str,
) -> None:
    """What was left empty on the list stays open: nothing is frozen on the day of the import."""
    settings = settings_for(database)
    organisation = settings.organisation
    for language, zone in (("en", "UTC"), ("ja", "Asia/Tokyo")):
        usual = {"language": language, "time_zone": zone}
        changed = settings.model_copy(
            update={"organisation": organisation.model_copy(update=usual)}
        )
        opened = open_store(changed, TownClock(), channels={"web", "email"})
        if language == "en":
            open_one = entry("a", language="", time_zone="")
            await take_over(opened, open_one, entry("b", language="ar", time_zone="Asia/Riyadh"))
        ann, ben = await person(opened, "a"), await person(opened, "b")
        async with opened.look() as look:
            listed = [p.language async for p, _ in staff.everyone(look)]
        await opened.close()
        assert (ann.language, ann.time_zone) == (language, zone)
        assert (ben.language, ben.time_zone) == ("ar", "Asia/Riyadh")
        assert listed == [language, "ar"]
