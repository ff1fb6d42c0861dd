"""Every answer of a roll call, one row a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.asks import Standing
from bot.commands.parts import calls, office, paper
from bot.commands.parts.given import Given, Json, of

if TYPE_CHECKING:
    from bot.board.figures import Guest
    from storage.records import Answer

MOST = 100_000
"""Visitors in one file."""

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
    "asked",
    "called",
    "seen_at",
    "seen_by",
    "time_zone",
    "kind",
    "event",
    "rollcall",
    "started_at",
    "ended_at",
)
"""The columns of the board's file and a few more, under names for machines; only ever added to at
the end."""


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

    Visitors counted at an assembly point come last, without a key. Every row says of which roll
    call it is and whether that was real. Times are ISO 8601 in UTC. Cells that a spreadsheet would
    take for a formula stay text.
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
    from storage import heads, records

    async with office.opened(given) as here, here.store.look() as look:
        call = await calls.roll_call(look, name)
        if call.state is State.LAUNCHING:
            paper.aside(
                f"Roll call {call.id} is still being sent out: whoever has not been asked yet is"
                " not on the list. If this does not change, see `renraku check`: is the server"
                " running?"
            )
        of_call = {
            "time_zone": "UTC",
            "kind": "drill" if call.drill else "real",
            "event": call.words,
            "rollcall": call.id,
            "started_at": paper.iso(call.launched_at),
            "ended_at": paper.iso(call.ended_at),
        }
        ticked = await heads.ticks(look.conn, call.about)
        found = [_row(one, ticked) async for one in records.answers(look.conn, call.about)]
        found += [_guest(one) for one in await look.guests(call.about, None, MOST)]
        return call.id, [{**row, **of_call} for row in found]


def _guest(guest: Guest) -> dict[str, str]:
    at = {"answered_at": paper.iso(guest.at), "seen_at": paper.iso(guest.at)}
    by = {"answered_by_name": guest.by, "seen_by": guest.by}
    said = {"name": guest.name, "site": guest.site, "answer": "visitor"}
    return {**dict.fromkeys(HEADS, ""), **said, **at, **by}


def _row(found: Answer, ticked: Mapping[str, tuple[datetime, str]]) -> dict[str, str]:
    ask = found.ask
    seen_at, seen_by = ticked.get(ask.id, (None, ""))
    asked = (ask.round - 1) * (ask.policy.reminders + 1) + ask.reminders + 1
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
        "asked": "0" if ask.standing is Standing.HELD else str(asked),
        "called": str(ask.tries),
        "seen_at": paper.iso(seen_at),
        "seen_by": seen_by,
    }
