"""Calling a roll call off as a mistake."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.closing import Closing, end_roll_call
from bot.commands.parts.given import As, Json, Yes, need, of

CLOSING = Closing(
    "calloff",
    "words",
    "rollcall.cancelled",
    "Called off {what}: what was not sent yet is dropped, and everyone asked is told that it was a"
    " mistake.",
    "Call it off, and tell everyone asked that it was a mistake?",
)


def command(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="The roll call; else the only one that runs.")
    ] = "",
    words: Annotated[str, typer.Option(help="What the correction says besides.")] = "",
    who: As = "",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Call off a roll call that was started by mistake: everyone asked is told so.

    Shows how it stands and asks first, unless --yes. To end one that has done its work use
    `renraku rollcall close`.
    """
    me = need(who, "--as")
    office.run(end_roll_call(of(ctx), CLOSING, name, words, me, yes=yes, as_json=json))
