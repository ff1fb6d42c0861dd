"""Ending a roll call with an all-clear."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end
from bot.commands.parts.given import As, Json, need, of

CLOSING = Closing(
    "rollcall",
    "allclear",
    "words",
    "rollcall.closed",
    "Ended roll call {id}: everyone asked gets the all-clear. Late answers stay welcome; keep the"
    " result with `renraku rollcall export {id}`.",
)


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The roll call.")],
    words: Annotated[str, typer.Option(help="What the all-clear says besides.")] = "",
    who: As = "",
    json: Json = False,
) -> None:
    """End a roll call: everyone asked gets the all-clear."""
    office.run(end(of(ctx), CLOSING, name, words, need(who, "--as"), as_json=json))
