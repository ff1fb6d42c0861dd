"""Closing an incident that has been dealt with."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end_incident
from bot.commands.parts.given import As, Json, need, of

CLOSING = Closing(
    "close",
    "reason",
    "incident.closed",
    "Closed incident {id}: the reporter is told what was done. See it with"
    " `renraku incident show {id}`.",
)


def command(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="The incident; else the only open one.")
    ] = "",
    reason: Annotated[str, typer.Option(help="What was done; the reporter reads it.")] = "",
    who: As = "",
    json: Json = False,
) -> None:
    """Close an incident that was real and has been dealt with.

    The reporter is told what was done. If there was nothing to deal with (a false alarm, a
    mistake, reported twice), use `renraku incident dismiss`.
    """
    why, me = need(reason, "--reason"), need(who, "--as")
    office.run(end_incident(of(ctx), CLOSING, name, why, me, as_json=json))
