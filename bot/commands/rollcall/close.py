"""Ending a roll call with an all-clear."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end_roll_call
from bot.commands.parts.given import As, Json, Yes, need, of

CLOSING = Closing(
    "allclear",
    "words",
    "rollcall.closed",
    "Ended {what}: everyone asked gets the all-clear. Late answers stay welcome; keep the result"
    " with `renraku rollcall export {id}`.",
    "End it, with the all-clear to everyone asked?",
)


def command(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="The roll call; else the only one that runs.")
    ] = "",
    words: Annotated[str, typer.Option(help="What the all-clear says besides.")] = "",
    who: As = "",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """End a roll call that has done its work: everyone asked gets the all-clear.

    Shows how it stands and asks first, unless --yes. For one started by mistake use
    `renraku rollcall cancel`.
    """
    me = need(who, "--as")
    office.run(end_roll_call(of(ctx), CLOSING, name, words, me, yes=yes, as_json=json))
