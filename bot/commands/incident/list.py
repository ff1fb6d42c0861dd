"""Listing incidents."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import names, office, paper, standing
from bot.commands.parts.given import Given, Json, Limit, of

if TYPE_CHECKING:
    from storage.look import Looking

HEADS = ("Id", "Kind", "Severity", "State", "Site", "Reported", "By", "Taken by")


def command(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List the incidents that are not over, and everybody who needs help in a roll call of late."""
    rows, cries, zone = office.run(_rows(of(ctx), every, limit))
    if json:
        paper.as_json([*rows, *cries])
        return
    if cries:
        paper.table(
            ("Needs help", "Key", "Site", "Since", "Roll call", "Taken by"),
            [
                (
                    row["reporter_name"],
                    row["reporter"],
                    row["site"],
                    paper.clock(row["reported_at"], zone),
                    row["roll_call"],
                    names.shown(row["taken_by_name"], row["taken_by"]) or "nobody yet",
                )
                for row in cries
            ],
        )
    if not rows:
        paper.aside("No incident." if every else "No open incident; --all shows the others.")
        return
    paper.table(
        HEADS,
        [
            (
                row["id"],
                row["kind"],
                row["severity"],
                row["state"],
                row["site"],
                paper.clock(row["reported_at"], zone),
                names.shown(row["reporter_name"], row["reporter"]),
                names.shown(row["taken_by_name"], row["taken_by"]) or "nobody yet",
            )
            for row in rows
        ],
    )


Rows = list[dict[str, Any]]


async def _rows(given: Given, every: bool, limit: int) -> tuple[Rows, Rows, str]:
    from storage import records

    async with office.opened(given) as here, here.store.look() as look:
        if every:
            found = await records.incidents(look.conn, limit)
        else:
            found = await look.open_incidents(limit)
        people = {p for i in found for p in (i.reporter, i.taken_by) if p is not None}
        await look.prefetch(people=people)
        rows = []
        for incident in found:
            reporter = await look.person(incident.reporter)
            by = incident.taken_by
            taker = await look.person(by) if by is not None else None
            rows.append(
                {
                    "id": incident.id,
                    "kind": incident.kind,
                    "severity": incident.severity,
                    "state": incident.state.value,
                    "site": incident.site,
                    "hurt": incident.hurt,
                    "reported_at": incident.reported_at,
                    "reporter": reporter.key if reporter else "",
                    "reporter_name": reporter.name if reporter else "",
                    "taken_by": taker.key if taker else None,
                    "taken_by_name": taker.name if taker else None,
                    "ended_at": incident.ended_at,
                }
            )
        return rows, await _cries(look, here.clock.now(), limit), here.zone


async def _cries(look: Looking, now: datetime, limit: int) -> Rows:
    """Whoever needs help, as rows like those of incidents; `id` is that of the check-in."""
    rows = []
    for need in [await standing.need(look, ask) for ask in await look.crying(now, limit)]:
        person, ask, taker = need.person, need.ask, need.taker
        rows.append(
            {
                "id": ask.id,
                "kind": "call for help",
                "severity": "critical",
                "state": "taken" if taker else "reported",
                "roll_call": ask.about.removeprefix("rollcall:"),
                "site": ask.site,
                "hurt": "unknown",
                "reported_at": ask.answered_at,
                "reporter": person.key if person else "",
                "reporter_name": person.name if person else "",
                "taken_by": taker.key if taker else None,
                "taken_by_name": taker.name if taker else None,
                "ended_at": None,
            }
        )
    return rows
