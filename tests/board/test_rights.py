"""Who may see and do what: a table of roles, and the same asked of every route and action."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import rights
from bot.asks import Policy
from bot.people import CallTree, Person, Role, TreeRow
from bot.rights import Rights
from bot.rollcalls import Mode, RollCall, Scope
from tests.board.visiting import hidden, text, visit
from tests.scenarios.launch import roll_call
from tests.town import Founding

DATABASES = ("sqlite",)

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
CALL = RollCall(
    *("k7", "Fire.", Scope.EVERYONE, (), Mode.BROADCAST, False, Policy(60, 60, 2, 60), 9, NOON)
)
STAFF = Person(1, "1", "Aiko")
UNDER = frozenset({2, 3})


def of(*roles: Role, leads: bool = False, launched: bool = False, left: bool = False) -> Rights:
    person = replace(STAFF, id=9 if launched else 1, roles=frozenset(roles), left=left)
    return Rights(person, UNDER if leads else frozenset())


@pytest.mark.parametrize(
    ("who", "sees", "within", "delivery", "ends", "launches", "readiness", "staff"),
    [
        (of(), False, frozenset(), False, False, False, False, {1}),
        (of(leads=True), True, UNDER, False, False, True, False, {1, 2, 3}),
        (of(Role.RESPONDER), False, frozenset(), False, False, False, False, {1}),
        (of(Role.SAFETY), True, None, True, True, True, True, None),
        (of(Role.ADMIN), True, frozenset(), True, False, True, True, None),
        (of(Role.ADMIN, leads=True), True, UNDER, True, False, True, True, None),
        (of(launched=True), True, None, True, True, False, False, {9}),
        (of(Role.SAFETY, Role.ADMIN, leads=True, left=True), *(False, frozenset(), False),
         *(False, False, False, frozenset())),
    ],
)  # fmt: skip
def test_the_table(
    who: Rights,
    sees: bool,
    within: frozenset[int] | None,
    delivery: bool,
    ends: bool,
    launches: bool,
    readiness: bool,
    staff: set[int] | None,
) -> None:
    assert who.sees(CALL) is sees
    assert who.within(CALL) == within
    assert who.delivery(CALL) is delivery
    assert who.ends(CALL) is ends
    assert who.launches is launches
    assert who.readiness is readiness
    assert who.staff == staff


def test_nobody_gains_sight_of_answers_by_being_an_administrator() -> None:
    for leads, launched in itertools.product((False, True), repeat=2):
        plain, admin = (of(*roles, leads=leads, launched=launched) for roles in ((), (Role.ADMIN,)))
        assert plain.within(CALL) == admin.within(CALL)
        assert plain.ends(CALL) == admin.ends(CALL)


def test_whoever_answers_for_everybody_sees_all_answers_and_does_no_more_than_a_lead() -> None:
    tree = CallTree([TreeRow(1, None), TreeRow(2, 1), TreeRow(3, 2)])
    director, lead = (rights.of(replace(STAFF, id=id_), tree) for id_ in (1, 2))
    assert (director.within(CALL), director.staff, director.reporters) == (None, None, None)
    assert (director.delivery(CALL), director.ends(CALL), director.readiness) == (False,) * 3
    assert lead.within(CALL) == {3}
    gone = rights.of(replace(STAFF, left=True), tree)
    assert (gone.within(CALL), gone.staff) == (frozenset(), frozenset())


def test_a_lead_answers_for_those_below_and_for_those_of_whom_they_are_deputy() -> None:
    tree = CallTree(
        [
            TreeRow(1),
            TreeRow(2, lead=1, deputy=4),
            TreeRow(3, lead=2),
            TreeRow(4, lead=1),
            TreeRow(5, lead=3),
            TreeRow(6, lead=4),
        ]
    )
    assert rights.of(replace(STAFF, id=2), tree).under == {3, 5}
    assert rights.of(replace(STAFF, id=4), tree).under == {3, 5, 6}
    assert rights.of(replace(STAFF, id=5), tree).under == frozenset()
    for one, other in itertools.permutations(range(1, 7), 2):
        under = rights.of(replace(STAFF, id=one), tree).under
        assert (other in under) == tree.above(one, other), (one, other)


# --- the same over the wire ------------------------------------------------------------------

PEOPLE = """
Top: @HQ
  Mori: safety @HQ
  Ada: admin @HQ
  Lena: @Plant
    Aiko:
    Ben:
  Omar: @Depot
    Chen:
    Dina:
"""
EVERYBODY = ("Top", "Mori", "Ada", "Lena", "Aiko", "Ben", "Omar", "Chen", "Dina")


async def test_each_sees_what_is_theirs_and_learns_nothing_of_the_rest(found: Founding) -> None:
    town = await found(PEOPLE)
    visitors = {n: await visit(town, n) for n in ("Mori", "Ada", "Lena", "Aiko", "Omar", "Top")}
    id_ = await roll_call(town, "Mori", 9)
    await town.submits("Aiko", "incident", {"kind": "fire", "place": "Plant", "hurt": "nobody"})
    incident = str((await town.row("SELECT id FROM incidents")).id)
    await town.taps("Chen", "I need help", told="you need help")
    town.ignores()
    path = f"/board/r/{id_}"

    lena = text(await visitors["Lena"].opens(path))
    assert "Answered: 0 of 2" in lena
    assert "Aiko" in lena
    assert "Chen" not in lena
    assert "Omar" not in lena
    assert "All clear: end it" not in lena
    assert "Handed over" not in lena
    for more in ("?sort=help", "?sort=everyone", "?site=Depot", "/print", "/heads?site=*"):
        assert "Chen" not in await visitors["Lena"].opens(path + more)
        assert "Dina" not in await visitors["Lena"].opens(path + more)
    for ending in ("csv", "xlsx"):
        sheet = await visitors["Lena"].get(f"{path}/export.{ending}")
        assert b"Chen" not in sheet.content

    omar = text(await visitors["Omar"].opens(path))
    assert "1 person needs help" in omar
    assert "Aiko" not in omar
    assert "Answered: 1 of 9" in text(await visitors["Top"].opens(path))
    assert "Answered: 1 of 9" in text(await visitors["Mori"].opens(path))

    ada = text(await visitors["Ada"].opens(path))
    assert "Handed over" in ada
    assert "needs help" not in ada
    assert not [name for name in ("Aiko", "Chen", "Dina") if name in ada]
    await visitors["Ada"].refused(f"{path}/export.csv")
    await visitors["Ada"].refused(f"{path}/heads")

    aiko = visitors["Aiko"]
    for hidden_path in (path, f"{path}/print", f"{path}/events", f"{path}/export.csv"):
        assert "or it does not exist" in await aiko.refused(hidden_path)
    assert await aiko.refused("/board/r/nothing0") == await aiko.refused(path)
    assert "Fire: Plant" in text(await aiko.opens("/board"))
    await aiko.opens(f"/board/i/{incident}")
    await visitors["Omar"].refused(f"/board/i/{incident}")
    assert "Fire: Plant" not in text(await visitors["Omar"].opens("/board/incidents"))

    for name, sees in (("Mori", 200), ("Ada", 200), ("Lena", 404), ("Aiko", 404)):
        assert (await visitors[name].get("/board/ready")).status_code == sees
    people = {n: text(await v.opens("/board/people")) for n, v in visitors.items()}
    assert [n for n in EVERYBODY if n in people["Ada"]] == list(EVERYBODY)
    # Of those above only the name of one's own lead.
    assert [n for n in EVERYBODY if n in people["Lena"]] == ["Top", "Lena", "Aiko", "Ben"]
    lenas = town.people["Lena"].id
    assert (await visitors["Omar"].get(f"/board/tree?of={lenas}")).status_code == 404
    assert (await visitors["Omar"].get("/board/tree?of=999999")).status_code == 404
    assert "Ben" in text(await visitors["Lena"].opens("/board/tree"))
    town.ignores()


async def test_an_action_that_is_not_theirs_is_refused_whatever_page_it_comes_from(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    lena, aiko = await visit(town, "Lena"), await visit(town, "Aiko")
    id_ = await roll_call(town, "Mori", 9)
    town.ignores()
    asks = {
        str(row.person): str(row.id)
        for row in [
            await town.row(f"SELECT id, person FROM asks WHERE person = {town.people[n].id}")
            for n in ("Aiko", "Ben", "Chen")
        ]
    }

    def ask(name: str) -> str:
        return asks[str(town.people[name].id)]

    for who, button, allowed in (
        (lena, f"for:{ask('Ben')}:safe", True),
        (lena, f"for:{ask('Chen')}:safe", False),
        (lena, f"ask:{ask('Aiko')}:safe", False),
        (aiko, f"for:{ask('Ben')}:help", False),
        (aiko, f"rc:{id_}:allclear", False),
        (lena, f"rc:{id_}:calloff", False),
        (lena, f"rc:{id_}:message", False),
        (aiko, "do:rollcall", False),
        (aiko, f"wl:{id_}:{town.people['Lena'].id}:0", False),
        (aiko, "nonsense", False),
        (aiko, f"ask:{ask('Aiko')}:safe", True),
    ):
        page = await who.opens("/board")
        fields = {name: hidden(page, name) for name in ("proof", "event")}
        done = await who.post("/board/act", {**fields, "button": button, "back": "//evil.example/"})
        assert done.headers["location"] == "/board", button
        said = text(await who.follows(done))
        refused = "You cannot do that" in said or "no longer works" in said
        assert refused is not allowed, (button, said)
    standings = await town.row(
        f"SELECT count(*) AS n FROM asks WHERE answer <> '' AND about = 'rollcall:{id_}'"
    )
    assert standings.n == 2
    page = await aiko.opens("/board")
    fields = {name: hidden(page, name) for name in ("proof", "event")}
    visitor = {**fields, "name": "Somebody", "site": "", "back": "/board"}
    assert (await aiko.post(f"/board/r/{id_}/visitors", visitor)).status_code == 404
    town.ignores()


async def test_somebody_elses_form_cannot_be_seen_or_handed_in(found: Founding) -> None:
    town = await found(PEOPLE)
    mori, lena = await visit(town, "Mori"), await visit(town, "Lena")
    form = await mori.presses(await mori.opens("/board"), "do:rollcall")
    path = str(form.url.path)
    await lena.refused(path, 410)
    proof = hidden(await lena.opens("/board"), "proof")
    stolen = await lena.post(path, {"proof": proof, "event": "abcdefgh1", "cancel": "yes"})
    assert stolen.status_code == 410
    assert "real" in await mori.opens(path)


async def test_a_roll_call_that_asks_nobody_of_theirs_is_not_opened_by_a_lead(
    found: Founding,
) -> None:
    town = await found(
        "Mori: safety @HQ\n  Lena: @Plant\n    Aiko: @Plant\n  Ito: @Hall\n    Ben: @Hall\n"
    )
    lena, ito = await visit(town, "Lena"), await visit(town, "Ito")
    id_ = await roll_call(town, "Mori", 2, who="site:Plant")
    town.ignores()
    assert "Aiko" in await lena.opens(f"/board/r/{id_}")
    assert id_ not in await ito.opens("/board")
    for page in ("", "/heads", "/print", "/export.csv", "/events"):
        await ito.refused(f"/board/r/{id_}{page}")
    town.ignores()
