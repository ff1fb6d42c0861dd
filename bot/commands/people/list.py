"""Listing the staff. Ways to reach people are named, addresses never."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import names, office, paper
from bot.commands.parts.given import Given, Json, of
from bot.people import Person

HEADS = ("key", "name", "site", "team", "lead", "deputy", "language", "roles", "away", "ways")


def command(
    ctx: typer.Context,
    site: Annotated[str, typer.Option(help="Only people of this site.")] = "",
    team: Annotated[str, typer.Option(help="Only people of this team.")] = "",
    unreachable: Annotated[
        bool, typer.Option("--unreachable", help="Only people no channel in use can reach.")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for spreadsheets.")] = False,
    json: Json = False,
) -> None:
    """List the staff: who there is, who stands above them, how they can be reached.

    No address is ever shown, only which channels there are.
    """
    rows = office.run(_rows(of(ctx), site, team, unreachable))
    if json:
        paper.as_json(rows)
        return
    if csv:
        from bot.roster.sheets import write_csv

        # Lead and deputy by key, so that the list may be imported again.
        paper.write_bytes(write_csv(HEADS, [[_cell(row[head]) for head in HEADS] for row in rows]))
        return
    cells = [[_shown(row, head) for head in HEADS] for row in rows]
    if cells:
        # What nobody has, and what only machines ask for, would only make the table wide.
        used = [
            i for i, head in enumerate(HEADS) if head != "language" and any(row[i] for row in cells)
        ]
        heads = [HEADS[i].capitalize() for i in used]
        paper.table(heads, [[row[i] for i in used] for row in cells])
    paper.aside(f"{paper.people(len(cells))}.")


async def _rows(given: Given, site: str, team: str, unreachable: bool) -> list[dict[str, object]]:
    from storage import staff

    async with office.opened(given) as here, here.store.look() as look:
        everyone = [found async for found in staff.everyone(look)]
        known = {person.id: person for person, _ in everyone}
        rows = []
        for person, ways in everyone:
            reached = any(way in here.store.channels for way in ways)
            if unreachable and reached:
                continue
            if (site and person.site != site) or (team and person.team != team):
                continue
            rows.append(_row(person, ways, known, reached))
        return rows


def _row(
    person: Person, ways: tuple[str, ...], known: dict[int, Person], reached: bool
) -> dict[str, object]:
    lead = known.get(person.lead) if person.lead is not None else None
    deputy = known.get(person.deputy) if person.deputy is not None else None
    return {
        "key": person.key,
        "name": person.name,
        "site": person.site,
        "team": person.team,
        "lead": lead.key if lead else None,
        "lead_name": lead.name if lead else None,
        "deputy": deputy.key if deputy else None,
        "deputy_name": deputy.name if deputy else None,
        "language": person.language,
        "time_zone": person.time_zone,
        "roles": sorted(role.value for role in person.roles),
        "away": person.away,
        "ways": list(ways),
        "reachable": reached,
    }


def _shown(row: dict[str, object], head: str) -> str:
    """A cell for people: lead and deputy by name as well."""
    if head in ("lead", "deputy"):
        return names.shown(_cell(row[f"{head}_name"]), _cell(row[head]))
    return _cell(row[head])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
