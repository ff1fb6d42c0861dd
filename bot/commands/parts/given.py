"""The options every command takes, wherever they stand on the line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.parts.endings import Refused

PANEL = "Everywhere"


@dataclass(slots=True)
class Given:
    """What was given beside the command's own options; kept as `ctx.obj`."""

    config: Path | None = None
    debug: bool = False


def _keep_config(ctx: typer.Context, value: Path | None) -> None:
    # The same option may stand before and after the command; the last one counts.
    if value is not None:
        ctx.ensure_object(Given).config = value


def _keep_debug(ctx: typer.Context, value: bool) -> None:
    if value:
        ctx.ensure_object(Given).debug = True


def everywhere(
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            "-c",
            metavar="FILE",
            help="The settings; else $RENRAKU_CONFIG, config.toml or renraku.toml.",
            callback=_keep_config,
            expose_value=False,
            rich_help_panel=PANEL,
        ),
    ] = None,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug",
            help="Write to the terminal what happens inside.",
            callback=_keep_debug,
            expose_value=False,
            rich_help_panel=PANEL,
        ),
    ] = False,
) -> None:
    """Carries the options; `bot.cli` hangs them on every command."""


def of(ctx: typer.Context) -> Given:
    """What was given, from a command's context."""
    return ctx.ensure_object(Given)


# --- options that several commands share -----------------------------------------------------

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="How many at most.")]
As = Annotated[
    str,
    typer.Option(
        "--as",
        envvar="RENRAKU_AS",
        metavar="KEY",
        help="Who you are: your key in the staff list.",
    ),
]


def need(value: str, option: str) -> str:
    """The value of an option that may come from the environment and must be there."""
    if not value.strip():
        raise Refused(missing(option))
    return value.strip()


def missing(option: str) -> str:
    """What to say where an option is missing."""
    return f"{option} is missing: {REMEDIES.get(option, 'give it a value')}."


REMEDIES: dict[str, Any] = {
    "--as": "say who you are with your key in the staff list, or set RENRAKU_AS",
    "--place": "say where it is, in your own words",
    "--words": 'write what has happened, for example --words "Earthquake. Are you safe?"',
}
