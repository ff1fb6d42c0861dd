"""Every answer of a roll call, one row a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.parts import calls, office, paper
from bot.commands.parts.given import Given, Json, of

if TYPE_CHECKING:
    from storage.records import Answer

HEADS = (
    "key",
    "name",
    "site",
    "team",
    "standing",
    "answer",
    "answered_at",
    "answered_by",
    "answered_by_name",
    "on_behalf",
)


def command(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="Else the newest that runs, or has run.")
    ] = "",
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a file; else it is printed.")
    ] = None,
    json: Json = False,
) -> None:
    """Write every answer of a roll call as CSV, one row a person.

    Times are ISO 8601 in UTC. Cells that a spreadsheet would take for a formula stay text.
    """
    call, rows = office.run(_rows(of(ctx), name))
    if json:
        paper.as_json([{**row, "on_behalf": row["on_behalf"] == "yes"} for row in rows])
        return
    from bot.roster.sheets import write_csv

    data = write_csv(HEADS, [[row[head] for head in HEADS] for row in rows])
    if csv is None:
        paper.write_bytes(data)
        return
    paper.write_private(csv, data)
    paper.say(f"Wrote {paper.people(len(rows))} of roll call {call} to {csv}.")


async def _rows(given: Given, name: str) -> tuple[str, list[dict[str, str]]]:
    from bot.rollcalls import State
    from storage import records

    async with office.opened(given) as here, here.store.look() as look:
        call = await calls.roll_call(look, name)
        if call.state is State.LAUNCHING:
            paper.aside(
                f"Roll call {call.id} is still being sent out: whoever has not been asked yet is"
                " not on the list. If this does not change, see `renraku check`: is the server"
                " running?"
            )
        return call.id, [_row(found) async for found in records.answers(look.conn, call.about)]


def _row(found: Answer) -> dict[str, str]:
    ask = found.ask
    return {
        "key": found.key,
        "name": found.name,
        "site": ask.site,
        "team": ask.team,
        "standing": ask.standing.value,
        "answer": ask.answer,
        "answered_at": paper.iso(ask.answered_at),
        "answered_by": found.by,
        "answered_by_name": found.by_name,
        "on_behalf": "yes" if ask.on_behalf else "",
    }
