"""Making the database, and bringing it up to date."""

from __future__ import annotations

import typer

from bot.commands.parts import logs, office, paper
from bot.commands.parts.given import Given, Json, of


def command(ctx: typer.Context, json: Json = False) -> None:
    """Make the database, or bring it up to date.

    Does nothing where nothing is to do. Makes the master key as well if there is none yet.
    """
    office.run(_upgrade(of(ctx), json))


async def _upgrade(given: Given, as_json: bool) -> None:
    from bot.app import House

    logs.for_command(debug=given.debug)
    settings = office.read_settings(given)
    made = await office.make_key(settings)
    house = House(settings, writer=office.CLI)
    try:
        await office.upgrade(house)
    finally:
        await house.stop()
    shown = settings.database.shown
    if as_json:
        paper.as_json({"database": shown, "up_to_date": True, "key_made": made})
        return
    if made:
        paper.say(office.key_made(settings))
    paper.say(f"The database {shown} is up to date. Next: `renraku people import FILE`.")
