"""The call tree: who is asked next, and where it has gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import office, paper
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

    Without PERSON: who stands at the top, and where the tree would fail.
    """
    if person:
        told = office.run(_line(of(ctx), person))
        paper.as_json(told) if json else _print_line(told)
    else:
        told = office.run(_overview(of(ctx)))
        paper.as_json(told) if json else _print_overview(told)


# --- one person --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody above: lead or deputy, asked or passed over and why."""

    person: Person
    role: str
    of: Person
    gap: str


async def _line(given: Given, said: str) -> dict[str, Any]:
    from storage import staff

    async with office.opened(given) as here, here.store.look() as look:
        person = await office.by_name(look, said)
        steps, end = await _climb(look, person)
        ids = [person.id, *(step.person.id for step in steps)]
        held = await staff.ways_of(look.conn, ids)
        usable = {i: [w for w in held.get(i, ()) if w in look.channels] for i in ids}
    asked = [s for s in steps if not s.gap]
    gaps = [f"{s.person.name} is away and passed over" for s in steps if s.gap == "away"]
    gaps += [
        f"{s.person.name} cannot be reached: it goes on to the next at once"
        for s in asked
        if not usable[s.person.id]
    ]
    if not usable[person.id]:
        gaps.insert(0, f"{person.name} cannot be reached: the next is asked at once")
    if end:
        gaps.append(end)
    if not any(usable[s.person.id] for s in asked):
        gaps.append("nobody above can be asked: silence is told to whoever launched the roll call")
    return {
        "key": person.key,
        "name": person.name,
        "reachable": bool(usable[person.id]),
        "chain": [s.person.key for s in asked],
        "steps": [
            {
                "key": s.person.key,
                "name": s.person.name,
                "as": s.role,
                "of": s.of.key,
                "asked": not s.gap,
                "passed_over": s.gap,
                "ways": usable[s.person.id],
            }
            for s in steps
        ],
        "gaps": gaps,
    }


async def _climb(look: Looking, person: Person) -> tuple[list[Step], str]:
    """Everybody the climb would meet, those it passes over too, and why it ends early."""
    chain = set((await look.tree()).chain(person.id))
    steps: list[Step] = []
    met = {person.id}
    here, end = person, ""
    while here.lead is not None:
        lead = await look.person(here.lead)
        if lead is None or lead.left:
            end = f"the lead of {here.name} has left: the line ends there"
            break
        if any(s.person.id == lead.id and s.role == "lead" for s in steps) or lead.id == person.id:
            end = f"the line runs in a circle at {lead.name}"
            break
        deputy = await look.person(lead.deputy) if lead.deputy is not None else None
        for found, role in ((lead, "lead"), (deputy, "deputy")):
            if found is None or found.left or found.id in met:
                continue
            met.add(found.id)
            gap = "" if found.id in chain else ("away" if found.away else "beyond")
            steps.append(Step(found, role, here if role == "lead" else lead, gap))
        here = lead
    if person.lead is None:
        end = f"{person.name} has no lead"
    return steps, end


def _print_line(told: dict[str, Any]) -> None:
    paper.say(f"{told['name']} ({told['key']})")
    number = 0
    for step in told["steps"]:
        number += step["asked"]
        place = f"{number}." if step["asked"] else "-"
        notes = [step["as"] if step["as"] == "lead" else f"deputy of {step['of']}"]
        if step["passed_over"] == "away":
            notes.append("away, passed over")
        if step["asked"]:
            notes.append(", ".join(step["ways"]) or "CANNOT BE REACHED")
        paper.say(f"  {place:>3} {step['name']} ({step['key']}), {'; '.join(notes)}")
    paper.say(*(f"  ! {gap}" for gap in told["gaps"]))


# --- everybody ---------------------------------------------------------------------------------


async def _overview(given: Given) -> dict[str, Any]:
    from storage import staff

    async with office.opened(given) as here, here.store.look() as look:
        everyone = {p.id: (p, ways) async for p, ways in staff.everyone(look.conn)}
        tree = await look.tree()
        channels = set(look.channels)
    people = {i: p for i, (p, _) in everyone.items()}
    reached = {i for i, (_, ways) in everyone.items() if channels.intersection(ways)}
    leads = [i for i in people if tree.reports(i)]
    ends = tree.reports(None)
    tops = [i for i in ends if tree.reports(i)]

    def keys(ids: Sequence[int]) -> list[str]:
        return sorted(people[i].key for i in ids if i in people)

    return {
        "people": len(people),
        "depth": _depth(tree, ends),
        "tops": [
            {
                "key": people[i].key,
                "name": people[i].name,
                "below": sum(1 for _ in tree.subtree(i)),
            }
            for i in tops
        ],
        "without_lead": keys([i for i in ends if not tree.reports(i)]),
        "lead_has_left": keys([i for i in ends if people[i].lead is not None]),
        "leads_unreachable": keys([i for i in leads if i not in reached]),
        "leads_away_without_deputy": keys([i for i in leads if _uncovered(people, i)]),
        "people_nobody_above_can_answer_for": keys(
            [i for i in people if people[i].lead and not reached.intersection(tree.chain(i))]
        ),
        "loops": [keys(loop) for loop in tree.loops()],
    }


def _uncovered(people: dict[int, Person], lead: int) -> bool:
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
    ("leads_unreachable", "Leads no channel reaches, so it goes on to the next above"),
    ("leads_away_without_deputy", "Leads away without a deputy, passed over"),
    ("people_nobody_above_can_answer_for", "Nobody above can be reached"),
)


def _print_overview(told: dict[str, Any]) -> None:
    levels = paper.count(told["depth"], "level")
    paper.say(f"{paper.people(told['people'])} on {levels}.")
    for top in told["tops"][:MOST]:
        paper.say(f"  {top['name']} ({top['key']}), {top['below']:,} below")
    whole = True
    for name, says in GAPS:
        keys = told[name]
        if keys:
            whole = False
            paper.say(f"! {says}: {len(keys):,} ({paper.some(keys, 20)})")
    for loop in told["loops"]:
        whole = False
        paper.say(f"! A circle: {' -> '.join(loop)}. Give one of them another lead.")
    if told["people"] == 0:
        paper.aside("Nobody is on record yet: `renraku people import FILE`.")
    elif whole:
        paper.say("No gaps.")
