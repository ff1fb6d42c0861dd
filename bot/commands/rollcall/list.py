"""Listing roll calls, those that have ended too."""

from __future__ import annotations

from typing import Any

import typer

from bot.commands.parts import names, office, paper
from bot.commands.parts.given import Given, Json, Limit, of

HEADS = ("Id", "What", "State", "Started", "By", "Asked", "Words")


def command(ctx: typer.Context, limit: Limit = 20, json: Json = False) -> None:
    """List the newest roll calls."""
    rows, zone = office.run(_rows(of(ctx), limit))
    if json:
        paper.as_json(rows)
        return
    if not rows:
        paper.aside("There has been no roll call yet: `renraku rollcall start --help`.")
        return
    paper.table(
        HEADS,
        [
            (
                row["id"],
                "drill" if row["drill"] else "real",
                row["state"],
                paper.clock(row["launched_at"], zone),
                names.shown(row["launched_by_name"], row["launched_by"]),
                row["expected"],
                row["words"],
            )
            for row in rows
        ],
    )


async def _rows(given: Given, limit: int) -> tuple[list[dict[str, Any]], str]:
    from storage import records

    async with office.opened(given) as here, here.store.look() as look:
        found = await records.roll_calls(look.conn, limit)
        await look.prefetch(people={r.launched_by for r in found})
        rows = []
        for roll_call in found:
            launcher = await look.person(roll_call.launched_by)
            rows.append(
                {
                    "id": roll_call.id,
                    "drill": roll_call.drill,
                    "state": roll_call.state.value,
                    "scope": roll_call.scope.value,
                    "mode": roll_call.mode.value,
                    "launched_at": roll_call.launched_at,
                    "launched_by": launcher.key if launcher else "",
                    "launched_by_name": launcher.name if launcher else "",
                    "ended_at": roll_call.ended_at,
                    "expected": roll_call.expected,
                    "words": roll_call.words,
                }
            )
        return rows, here.zone
