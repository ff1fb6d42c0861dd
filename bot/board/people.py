"""The staff, the call tree and how ready both are.

Rules of the room:
- Of the ways to reach somebody it shows how many there are and how many have been proven.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.board.figures import PAGE, Gap, Member, Place
from bot.board.look import BoardLook
from bot.people import Person
from bot.rights import Rights

BELOW = 200
"""People shown directly below one lead."""
GAPS = 100


@dataclass(frozen=True, slots=True)
class Roster:
    members: tuple[Member, ...]
    leads: dict[int, str]
    """Names of leads and deputies, by id."""
    more: Place | None


@dataclass(frozen=True, slots=True)
class Twig:
    """Somebody in the tree, and how many stand below them."""

    member: Member
    below: int
    deputy: str
    """Empty where there is none."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One person and those directly below; at the top there is no such person."""

    head: Twig | None
    above: tuple[Person, ...]
    """The way up, nearest first, as far as the reader sees it."""
    twigs: tuple[Twig, ...]
    hidden: int
    """Further people below who are not listed."""


@dataclass(frozen=True, slots=True)
class Ready:
    people: int
    gaps: tuple[Gap, ...]


async def roster(look: BoardLook, rights: Rights, after: Place | None, said: str) -> Roster:
    """One page of the staff that the reader sees."""
    found = await look.members(rights.staff, after, PAGE + 1, said=said)
    more: Place | None = None
    if len(found) > PAGE:
        found = found[:PAGE]
        more = found[-1].person.name, found[-1].person.id
    named = {p for m in found for p in (m.person.lead, m.person.deputy) if p is not None}
    return Roster(tuple(found), await _names(look, named), more)


async def _names(look: BoardLook, ids: set[int]) -> dict[int, str]:
    await look.prefetch(people=sorted(ids))
    found = [await look.person(id_) for id_ in sorted(ids)]
    return {person.id: person.name for person in found if person}


async def branch(look: BoardLook, rights: Rights, person: int | None) -> Branch | None:
    """Somebody and who stands directly below; `None` where the reader may not look."""
    tree = await look.tree()
    if person is None and rights.staff is not None:
        person = rights.person.id
    if person is not None and (person not in tree or not rights.sees_person(person)):
        return None
    reports = tree.reports(person)
    members = await look.members_of(reports[:BELOW])
    head = await look.members_of([person]) if person is not None else []
    deputies = {m.person.deputy for m in (*members, *head) if m.person.deputy is not None}
    names = await _names(look, deputies)

    def twig(member: Member) -> Twig:
        below = len(tree.subtree(member.person.id))
        deputy = names.get(member.person.deputy, "") if member.person.deputy is not None else ""
        return Twig(member, below, deputy)

    above: list[Person] = []
    here = head[0].person if head else None
    while here is not None and here.lead is not None and len(above) < PAGE:
        here = await look.person(here.lead)
        if here is None or not rights.sees_person(here.id) or here in above:
            break
        above.append(here)
    return Branch(
        twig(head[0]) if head else None,
        tuple(above),
        tuple(twig(member) for member in members),
        max(0, len(reports) - BELOW),
    )


async def ready(look: BoardLook, rights: Rights) -> Ready | None:
    """What is missing before an emergency; `None` for those whom it does not concern."""
    if not rights.readiness:
        return None
    return Ready(await look.staff_count(), tuple(await look.gaps(GAPS)))
