"""A link that signs somebody in to the board."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import addresses, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, Json, need, of


def command(
    ctx: typer.Context,
    who: Annotated[
        str,
        typer.Option(
            "--as",
            envvar="RENRAKU_AS",
            metavar="NAME|KEY",
            help="Who you are: a key of the staff list, or a name if only one person has it.",
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Print a link that signs somebody in to the board: once, for a few minutes.

    The same as writing "board" to Renraku. Whoever opens it and taps "Sign in" is that person.
    Ends with 1 if another program is where the link leads: it is printed all the same.
    """
    link, elsewhere = office.run(_link(of(ctx), need(who, "--as")))
    if json:
        paper.as_json({"link": link})
    else:
        paper.say(link)
    if elsewhere:
        raise Refused(elsewhere, Ending.NO)


async def _link(given: Given, said: str) -> tuple[str, str]:
    from bot.ports import RandomIds
    from bot.signin import ID
    from storage import signins

    async with office.opened(given) as here:
        base, elsewhere = await addresses.base(here)
        async with here.store.look() as look:
            person = await office.by_name(look, said)
        async with here.store.write() as work:
            id_, lasts = RandomIds().token(ID), here.settings.web.board_link
            path = await signins.hand_out(work, person, id_, lasts)
            await work.flush()
            return base + path, elsewhere
