"""Running the server, until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.parts import door, logs, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app import House
    from bot.config import Settings

WATCH = 8.0
"""Seconds in which a server that is alive gives a sign, with patience for a busy one."""
LOOK = 0.5


def command(
    ctx: typer.Context,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on, over web.host.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The port to listen on, over web.port.", max=65535, min=0)
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Start even if another server of this name seems to run."),
    ] = False,
) -> None:
    """Run the server: the web chat, the questions, the reminders, the climb.

    Makes the database and the master key on the first start. Ends cleanly on Ctrl-C; a second
    Ctrl-C ends it at once. Nothing recorded is lost either way.
    """
    office.run(_serve(of(ctx), host, port, force))


async def _serve(given: Given, host: str | None, port: int | None, force: bool) -> None:
    from adapters.web.server import Server
    from bot.app import House
    from storage import feed
    from storage.seal import Keyring

    settings = office.read_settings(given, web={"host": host, "port": port})
    if settings.replica in (office.CLI, office.CHAT):
        raise Refused(
            f'replica must not be "{settings.replica}": commands use that name. Choose another.'
        )
    if given.debug:
        logs.for_command(debug=True)
    else:
        logs.for_server(settings.log)
    if await office.make_key(settings):
        paper.say(office.key_made(settings))
    key = Keyring(settings.secrets.read()).signing
    listening = await door.opened(settings.web.host, settings.web.port, key)
    web = settings.web.model_copy(update={"port": listening.getsockname()[1]})
    settings = settings.model_copy(update={"web": web})
    house = House(settings)
    try:
        await office.upgrade(house)
        if not force:
            await _alone(house)
        async with house.store.write() as work:
            # Commands make personal links with it: the port may have been chosen just now.
            before = await feed.fact(work.conn, office.ADDRESS)
            await feed.set_fact(work.conn, office.ADDRESS, settings.web.base_url)
        server = Server(house.site, web.host, web.port)
        with _signals(lambda: setattr(server, "should_exit", True)):
            await house.start()
            serving = asyncio.create_task(server.serve([listening]))
            while not server.started and not serving.done():  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.01)
            if not serving.done():
                _greet(settings, before)
            await serving
    finally:
        listening.close()
        await house.stop()
    if not server.started:
        raise Refused("The web server did not start: see the log.", Ending.FAULT)
    paper.say("Ended. Nothing recorded is lost; start it again with `renraku serve`.")


def _greet(settings: Settings, before: str) -> None:
    paper.say(
        f"Renraku is running at {settings.web.base_url} (Ctrl-C ends it). Personal links:"
        " `renraku people invite --all`."
    )
    if before and before != settings.web.base_url:
        paper.aside(
            f"It ran at {before} before: links that begin so do not lead here. Hand out new ones,"
            " or set web.public_url to an address that stays."
        )


async def _alone(house: House) -> None:
    """Two servers of one name would write the same chain: watch whether the other is alive.

    A server that was killed left its last sign behind as well, so one sign proves nothing; a
    second one does.
    """
    name = house.settings.replica
    first = await _last_sign(house)
    if first is None or house.clock.now() - first > office.SEEN:
        return
    paper.aside(f'A server "{name}" was here moments ago: looking whether it still runs ...')
    ends = asyncio.get_running_loop().time() + WATCH
    while asyncio.get_running_loop().time() < ends:
        await asyncio.sleep(LOOK)
        sign = await _last_sign(house)
        if sign is None:
            return
        if sign != first:
            raise Refused(
                f'A server "{name}" is already running on this database: end it first, or give'
                " this one a replica name of its own. --force starts it all the same.",
                Ending.NO,
            )


async def _last_sign(house: House) -> datetime | None:
    from storage import feed

    async with house.store.look() as look:
        return await feed.last_alive(look.conn, house.settings.replica)


@contextlib.contextmanager
def _signals(end: Callable[[], None]) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM ends in order, the second at once."""
    loop = asyncio.get_running_loop()
    told = False

    def on_signal() -> None:
        nonlocal told
        if told:
            os._exit(130)
        told = True
        paper.aside("Ending ... (once more to end at once)")
        end()

    caught = (signal.SIGINT, signal.SIGTERM)
    for number in caught:
        loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        for number in caught:
            loop.remove_signal_handler(number)
