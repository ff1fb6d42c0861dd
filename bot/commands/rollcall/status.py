"""How a roll call stands, now or to the end."""

from __future__ import annotations

import asyncio
import sys
from contextlib import nullcontext, suppress
from typing import Annotated

import typer

from bot.commands.parts import calls, names, office, paper, standing
from bot.commands.parts.given import Given, Json, Limit, of
from bot.commands.parts.office import Office
from bot.commands.parts.standing import Picture

EVERY = 1.0


def command(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="Else the newest that runs, or has run.")
    ] = "",
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Keep showing it until it ends, or Ctrl-C.")
    ] = False,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """Show how a roll call stands: who needs help, who is missing, counts by site and team.

    After the end: who never answered, and who needs help.
    """
    # Ctrl-C is how one stops watching.
    with suppress(KeyboardInterrupt) if watch else nullcontext():
        office.run(_status(of(ctx), name, watch, limit, json))


async def _status(given: Given, name: str, watch: bool, limit: int, as_json: bool) -> None:
    async with office.opened(given) as here:
        picture = await _look(here, name, limit)
        if as_json:
            paper.as_json(picture.told())
        elif watch and sys.stdout.isatty():
            await _watch(here, picture, limit)
        else:
            paper.console().print(picture.drawn(here.zone))
            while watch and picture.running:
                # No terminal to redraw: a line whenever something has changed.
                await asyncio.sleep(EVERY)
                fresh = await _look(here, picture.roll_call.id, limit)
                if fresh.told() != picture.told():
                    paper.say(fresh.line())
                picture = fresh
        if not name:
            await _others(here, picture)
        if picture.running and not picture.unsent:
            await office.note_if_asleep(here.store, here.clock.now())


async def _watch(here: Office, picture: Picture, limit: int) -> None:
    from rich.live import Live

    with Live(picture.drawn(here.zone), console=paper.console(), auto_refresh=False) as live:
        while picture.running:
            await asyncio.sleep(EVERY)
            picture = await _look(here, picture.roll_call.id, limit)
            live.update(picture.drawn(here.zone), refresh=True)


async def _look(here: Office, name: str, limit: int) -> Picture:
    sending = not await office.asleep(here.store, here.clock.now())
    async with here.store.look() as look:
        call = await calls.roll_call(look, name)
        return await standing.picture(look, call, limit, sending=sending)


async def _others(here: Office, picture: Picture) -> None:
    """Without an id one is shown: nobody may overlook that others run."""
    async with here.store.look() as look:
        crying = [
            await standing.need(look, ask)
            for ask in await look.crying(here.clock.now())
            if ask.about != picture.roll_call.about
        ]
        running = [call.id for call in await look.running() if call.id != picture.roll_call.id]
    if crying:
        # What `check` calls untaken must be found here too, whichever roll call it was.
        called = [
            f"{row.called} in {row.ask.about.removeprefix('rollcall:')}"
            f" ({names.called(row.taker) or 'taken by nobody yet'})"
            for row in crying
        ]
        paper.aside(f"In other roll calls still in need of help: {paper.some(called)}.")
    if running:
        verb = "is" if len(running) == 1 else "are"
        paper.aside(f"{len(running):,} more {verb} running: {paper.some(running)}.")
