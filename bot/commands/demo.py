"""A made-up organisation to try everything out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    people: Annotated[
        int, typer.Option(min=10, max=100_000, help="How many people there are.")
    ] = 40,
    speed: Annotated[
        float, typer.Option(min=1, max=3600, help="How many times faster time passes.")
    ] = 60,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8080,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep it there; else nothing is kept.")
    ] = None,
) -> None:
    """Run a made-up organisation in time-lapse: two links, and what to try.

    Ctrl-C ends it. Nothing of it is kept unless you name a folder.
    """
    from bot.demo import run

    run(people, speed, port, host, folder)
