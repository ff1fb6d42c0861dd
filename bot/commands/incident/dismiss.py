"""Dismissing an incident in which there was nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end
from bot.commands.parts.given import As, Json, need, of

CLOSING = Closing(
    "incident",
    "dismiss",
    "reason",
    "incident.dismissed",
    "Dismissed incident {id}: the reporter is told why nothing needs to be done.",
)


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The incident.")],
    reason: Annotated[str, typer.Option(help="Why nothing is to be done.")] = "",
    who: As = "",
    json: Json = False,
) -> None:
    """Dismiss an incident: nothing needs to be done, and the reporter is told why."""
    why, me = need(reason, "--reason"), need(who, "--as")
    office.run(end(of(ctx), CLOSING, name, why, me, as_json=json))
