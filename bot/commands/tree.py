"""The call tree: who is asked next, and where it has gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import names, office, paper
from bot.commands.parts.given import Given, Json, of

if TYPE_CHECKING:
    from bot.people import CallTree, Person
    from storage.look import Looking

MOST = 200
"""People listed in the overview, of each sort."""


def command(
    ctx: typer.Context,
    person: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="A key, or a name only one person has.")
    ] = "",
    json: Json = False,
) -> None:
    """Show who is asked next when PERSON stays silent, with the gaps marked.

    Without PERSON: who stands at the top, where the tree would fail, and who is concerned.
    """
    if person:
        told = office.run(_line(of(ctx), person))
        paper.as_json(told) if json else _print_line(told)
    else:
        told = office.run(_overview(of(ctx)))
        paper.as_json(told) if json else _print_overview(told)


# --- one line, and what is wrong with it -------------------------------------------------------

Find = Callable[[int], "Person | None"]


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody above: lead or deputy, asked or passed over and why."""

    person: Person
    role: str
    of: Person
    gap: str


@dataclass(frozen=True, slots=True)
class Line:
    """Everybody a climb would meet, those it passes over too, and why it ends early."""

    person: Person
    steps: list[Step]
    broken: str = ""

    @property
    def asked(self) -> list[Step]:
        return [step for step in self.steps if not step.gap]

    def gaps(self, reached: Callable[[int], bool], *, leads: bool) -> list[str]:
        """Where it would fail; `leads` says that people stand below."""
        person = self.person
        gaps = [
            f"{s.person.name} is away and no deputy stands in: passed over" for s in self._bare()
        ]
        gaps += [
            f"{s.person.name}, the lead of {s.of.name}, has left: passed over; import the list"
            " with another lead"
            for s in self.steps
            if s.gap == "left"
        ]
        gaps += [
            f"{s.person.name} cannot be reached: it goes on to the next at once"
            for s in self.asked
            if not reached(s.person.id)
        ]
        if not reached(person.id):
            gaps.insert(0, f"{person.name} cannot be reached: the next is asked at once")
        if self.broken:
            gaps.append(self.broken)
        if person.lead is None and not leads:
            gaps.append(f"{person.name} has no lead: {LAUNCHER}")
        elif person.lead is not None and not any(reached(s.person.id) for s in self.asked):
            gaps.append(f"nobody above can be asked: {LAUNCHER}")
        return gaps

    def notes(self, *, leads: bool) -> list[str]:
        """What is as it should be, but worth saying."""
        if self.person.lead is not None or not leads:
            return []
        return [f"{self.person.name} has no lead and stands at the top: {LAUNCHER}"]

    def _bare(self) -> list[Step]:
        """Leads who are away and for whom no deputy is asked."""
        standing_in = {s.of.id for s in self.asked if s.role == "deputy"}
        return [
            step
            for step in self.steps
            if step.gap == "away" and step.role == "lead" and step.person.id not in standing_in
        ]


LAUNCHER = "their silence is told to whoever launched the roll call"


def climb(person: Person, find: Find, tree: CallTree) -> Line:
    """The line above somebody, as the climb would meet it."""
    chain = set(tree.chain(person.id))
    steps: list[Step] = []
    met = {person.id}
    passed: set[int] = set()
    here = person
    while here.lead is not None:
        lead = find(here.lead)
        if lead is None:
            return Line(person, steps, f"the lead of {here.name} has left: the line ends there")
        if lead.id in passed or lead.id == person.id:
            return Line(person, steps, f"the line runs in a circle at {lead.name}")
        passed.add(lead.id)
        deputy = find(lead.deputy) if lead.deputy is not None else None
        for found, role in ((lead, "lead"), (deputy, "deputy")):
            if found is None or found.id in met:
                continue
            if found.left:
                # The line runs on through them.
                met.add(found.id)
                if role == "lead":
                    steps.append(Step(found, role, here, "left"))
                continue
            met.add(found.id)
            gap = "" if found.id in chain else ("away" if found.away else "beyond")
            steps.append(Step(found, role, here if role == "lead" else lead, gap))
        here = lead
    return Line(person, steps)


# --- one person --------------------------------------------------------------------------------


async def _line(given: Given, said: str) -> dict[str, Any]:
    from storage import staff

    async with office.opened(given) as here, here.store.look() as look:
        person = await office.by_name(look, said)
        tree = await look.tree()
        line = climb(person, (await _above(look, person)).get, tree)
        ids = [person.id, *(step.person.id for step in line.steps)]
        held = await staff.ways_of(look.conn, ids)
        usable = {i: [w for w in held.get(i, ()) if w in look.channels] for i in ids}
        leads = bool(tree.reports(person.id))
    return {
        "key": person.key,
        "name": person.name,
        "reachable": bool(usable[person.id]),
        "chain": [s.person.key for s in line.asked],
        "steps": [
            {
                "key": s.person.key,
                "name": s.person.name,
                "as": s.role,
                "of": s.of.key,
                "of_name": s.of.name,
                "asked": not s.gap,
                "passed_over": s.gap,
                "ways": usable[s.person.id],
            }
            for s in line.steps
        ],
        "gaps": line.gaps(lambda i: bool(usable[i]), leads=leads),
        "notes": line.notes(leads=leads),
    }


async def _above(look: Looking, person: Person) -> dict[int, Person]:
    """Everybody a line can speak of: leads up to the top or round in a circle, their deputies."""
    found = {person.id: person}
    walked: set[int] = set()
    above = person.lead
    while above is not None and above not in walked:
        walked.add(above)
        lead = await look.person(above)
        if lead is None:
            break
        deputy = await look.person(lead.deputy) if lead.deputy is not None else None
        found |= {p.id: p for p in (lead, deputy) if p is not None}
        above = lead.lead
    return found


PASSED_OVER = {"away": "away", "left": "has left"}


def _print_line(told: dict[str, Any]) -> None:
    paper.say(names.shown(told["name"], told["key"]))
    number = 0
    for step in told["steps"]:
        number += step["asked"]
        place = f"{number}." if step["asked"] else "-"
        notes = ["lead" if step["as"] == "lead" else f"deputy of {step['of_name']}"]
        if step["passed_over"] in ("away", "left"):
            notes.append(f"{PASSED_OVER[step['passed_over']]}, passed over")
        if step["asked"]:
            notes.append(", ".join(step["ways"]) or "CANNOT BE REACHED")
        paper.say(f"  {place:>3} {names.shown(step['name'], step['key'])}, {'; '.join(notes)}")
    paper.say(*(f"  ! {gap}" for gap in told["gaps"]))
    paper.say(*(f"    {note}" for note in told["notes"]))


# --- everybody ---------------------------------------------------------------------------------


async def _overview(given: Given) -> dict[str, Any]:
    from storage import staff

    async with office.opened(given) as here, here.store.look() as look:
        everyone = {p.id: (p, ways) async for p, ways in staff.everyone(look)}
        tree = await look.tree()
        channels = set(look.channels)
        people = {i: p for i, (p, _) in everyone.items()}
        known = {**people, **await _leavers_above(look, people)}
    reached = {i for i, (_, ways) in everyone.items() if channels.intersection(ways)}
    leads = [i for i in people if tree.reports(i)]
    ends = tree.reports(None)
    tops = [i for i in ends if tree.reports(i)]
    lines = (climb(person, known.get, tree) for person in people.values())
    concerned = [
        line.person.id
        for line in lines
        if line.gaps(reached.__contains__, leads=bool(tree.reports(line.person.id)))
    ]

    def keys(ids: Iterable[int]) -> list[str]:
        return sorted(people[i].key for i in ids if i in people)

    found: dict[str, list[str]] = {
        "without_lead": keys(i for i in ends if not tree.reports(i) and people[i].lead is None),
        "lead_has_left": keys(
            i
            for i, person in people.items()
            if person.lead is not None and person.lead not in people
        ),
        "unreachable": keys(i for i in people if i not in reached),
        "leads_unreachable": keys(i for i in leads if i not in reached),
        "leads_away_without_deputy": keys(i for i in leads if _uncovered(people, i)),
        "leads_without_deputy": keys(
            i for i in leads if people[i].deputy not in people and not _uncovered(people, i)
        ),
        "people_nobody_above_can_answer_for": keys(
            i
            for i in people
            if people[i].lead is not None and not reached.intersection(tree.chain(i))
        ),
        "with_gaps": keys(concerned),
    }
    loops = [keys(loop) for loop in tree.loops()]
    named = {key for some in (*found.values(), *loops) for key in some}
    return {
        "people": len(people),
        "depth": _depth(tree, ends),
        "tops": [
            {
                "key": people[i].key,
                "name": people[i].name,
                "below": len(tree.subtree(i)),
            }
            for i in tops
        ],
        **found,
        "loops": loops,
        "names": {p.key: p.name for p in people.values() if p.key in named},
    }


async def _leavers_above(look: Looking, people: Mapping[int, Person]) -> dict[int, Person]:
    """Those who have left and still stand above somebody."""
    found: dict[int, Person] = {}
    above = {p.lead for p in people.values() if p.lead is not None} - people.keys()
    while above:
        await look.prefetch(people=above)
        new = {i: p for i in above if (p := await look.person(i)) is not None}
        found |= new
        above = {p.lead for p in new.values() if p.lead is not None} - people.keys() - found.keys()
    return found


def _uncovered(people: Mapping[int, Person], lead: int) -> bool:
    """Away, and the deputy is missing or away as well."""
    person = people[lead]
    deputy = people.get(person.deputy) if person.deputy is not None else None
    return person.away and (deputy is None or deputy.away)


def _depth(tree: CallTree, tops: Sequence[int]) -> int:
    """Levels from top to bottom; people in a circle stand on none."""
    depth, level = 0, list(tops)
    while level:
        depth += 1
        level = [below for person in level for below in tree.reports(person)]
    return depth


GAPS = (
    ("without_lead", "No lead and nobody below, so nobody is asked when they stay silent"),
    ("lead_has_left", "Lead has left, import the list with another one"),
    ("unreachable", "No channel reaches them, so the next above is asked at once"),
    ("leads_away_without_deputy", "Leads away without a deputy, passed over"),
    ("people_nobody_above_can_answer_for", "Nobody above can be reached"),
)


LESSER = (("leads_without_deputy", "Leads without a deputy, so the next above stands in for them"),)


def _print_overview(told: dict[str, Any]) -> None:
    levels = paper.count(told["depth"], "level")
    paper.say(f"{paper.people(told['people'])} on {levels}.")
    for top in told["tops"][:MOST]:
        paper.say(f"  {names.shown(top['name'], top['key'])}, {top['below']:,} below")
    for name, says in GAPS:
        keys = told[name]
        if keys:
            paper.say(f"! {says}: {len(keys):,} ({names.some(told['names'], keys, 20)})")
    lesser = [(says, told[name]) for name, says in LESSER if told[name]]
    for says, keys in lesser:
        paper.say(f"- {says}: {len(keys):,} ({names.some(told['names'], keys, 20)})")
    for loop in told["loops"]:
        circle = " -> ".join(names.shown(told["names"].get(key), key) for key in loop)
        paper.say(f"! A circle: {circle}. Give one of them another lead.")
    concerned = told["with_gaps"]
    if told["people"] == 0:
        paper.aside("Nobody is on record yet: `renraku people import FILE`.")
    elif concerned:
        have = "has" if len(concerned) == 1 else "have"
        first = names.some(told["names"], concerned, 5)
        paper.say(
            f"{len(concerned):,} of {paper.people(told['people'])} {have} a gap in their own"
            f" line ({first}); `renraku tree PERSON` shows it."
        )
    else:
        paper.say("No other gaps." if lesser else "No gaps.")
