"""Dismissing an incident in which there was nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end_incident
from bot.commands.parts.given import As, Json, need, of

CLOSING = Closing(
    "dismiss",
    "reason",
    "incident.dismissed",
    "Dismissed incident {id}: the reporter is told why nothing needs to be done.",
)


def command(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="The incident; else the only open one.")
    ] = "",
    reason: Annotated[
        str, typer.Option(help="Why nothing is to be done; the reporter reads it.")
    ] = "",
    who: As = "",
    json: Json = False,
) -> None:
    """Dismiss a report in which there was nothing: a false alarm, a mistake, reported twice.

    The reporter is told why nothing is done. If it was real and has been dealt with, use
    `renraku incident close`.
    """
    why, me = need(reason, "--reason"), need(who, "--as")
    office.run(end_incident(of(ctx), CLOSING, name, why, me, as_json=json))
