"""Calling a roll call off as a mistake."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end
from bot.commands.parts.given import As, Json, need, of

CLOSING = Closing(
    "rollcall",
    "calloff",
    "words",
    "rollcall.cancelled",
    "Called off roll call {id}: what was not sent yet is dropped, and everyone asked is told that"
    " it was a mistake.",
)


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The roll call.")],
    words: Annotated[str, typer.Option(help="What the correction says besides.")] = "",
    who: As = "",
    json: Json = False,
) -> None:
    """Call a roll call off: it was a mistake, and everyone asked is told so."""
    office.run(end(of(ctx), CLOSING, name, words, need(who, "--as"), as_json=json))
