"""The chat in a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from bot.commands.parts import office
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, need, of

WIDEST = 100


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
) -> None:
    """Chat as somebody, here in the terminal.

    Works beside a server and without one: then questions, reminders and pages go on for as long
    as the chat is open. Type /quit or press Ctrl-C to leave.
    """
    whole = True
    with suppress(KeyboardInterrupt):
        whole = office.run(_chat(of(ctx), need(who, "--as")))
    if not whole:
        raise Refused(
            "The last thing you wrote could not be saved and was not kept.", Ending.STORAGE
        )


async def _chat(given: Given, said: str) -> bool:
    from adapters.console import ConsoleSession, lines_of

    async with office.joined(given, office.CHAT) as house:
        async with house.store.look() as look:
            person = await office.by_name(look, said)
        await house.start()
        interactive = sys.stdin.isatty()
        session = ConsoleSession(
            person,
            house.site.door,
            house.site.feed,
            lines_of(sys.stdin),
            _write,
            words=house.texts.words(person.language, person.time_zone),
            prepare=house.site.prepare,
            ids=house.ids,
            interactive=interactive,
            width=_width(),
            colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        )
        return await session.run()


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _width() -> int:
    try:
        return min(WIDEST, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError, AttributeError):
        return WIDEST
