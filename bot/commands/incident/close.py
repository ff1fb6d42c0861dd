"""Closing an incident that has been dealt with."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end
from bot.commands.parts.given import As, Json, need, of

CLOSING = Closing(
    "incident",
    "close",
    "reason",
    "incident.closed",
    "Closed incident {id}: the reporter is told why. See it with `renraku incident show {id}`.",
)


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The incident.")],
    reason: Annotated[str, typer.Option(help="What was done; the reporter reads it.")] = "",
    who: As = "",
    json: Json = False,
) -> None:
    """Close an incident: it has been dealt with, and the reporter is told what was done."""
    why, me = need(reason, "--reason"), need(who, "--as")
    office.run(end(of(ctx), CLOSING, name, why, me, as_json=json))
