"""The command line `renraku`: finds the commands, and ends each with a sentence and a number.

Rules of the room:
- The commands are the files in `bot/commands`; this file knows none of them by name.
- A command ends with 0 (done), 1 (a check failed, or the answer is no), 2 (wrong usage or
  configuration), 3 (the database refused), 4 (a fault in Renraku) or 130 (Ctrl-C). Nobody ever
  sees a traceback; `--debug` tells where a fault came from.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot import commands
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, everywhere

HELP = (
    "Incident reports, call trees and safety roll calls in chat, on your own server.\n\n"
    "Ends with 0 when done, 1 when a check failed or the answer is no, 2 for wrong usage or"
    " configuration, 3 when the database refused, 4 for a fault in Renraku itself."
)

LOOK = {"add_completion": False, "no_args_is_help": True, "pretty_exceptions_enable": False}


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        sys.stdout.write(f"renraku {version('renraku')}\n")
        raise typer.Exit(Ending.FINE)


def _top(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_version)
    ] = False,
) -> None:
    """Takes what stands before any command."""


def build() -> Any:
    """The whole command line, made from the files in `bot/commands`."""
    app = typer.Typer(help=HELP, **LOOK)  # type: ignore[arg-type]
    app.callback(help=HELP)(_top)
    _hang(app, commands)
    command = typer.main.get_command(app)
    carrier = typer.Typer(**LOOK)  # type: ignore[arg-type]
    carrier.command()(everywhere)
    _spread(command, typer.main.get_command(carrier).params)
    return command


def _hang(app: typer.Typer, folder: ModuleType) -> None:
    """Every file of a folder as a command, every folder in it as a group."""
    for found in sorted(pkgutil.iter_modules(folder.__path__), key=lambda f: f.name):
        if found.name == "parts":
            continue
        module = importlib.import_module(f"{folder.__name__}.{found.name}")
        name = found.name.rstrip("_")
        if found.ispkg:
            group = typer.Typer(help=(module.__doc__ or "").partition("\n")[0], **LOOK)  # type: ignore[arg-type]
            _hang(group, module)
            app.add_typer(group, name=name)
        else:
            app.command(name)(module.command)


def _spread(command: Any, shared: Sequence[Any]) -> None:
    """Hang the options that count everywhere on this command and all below it."""
    command.params.extend(p for p in shared if p.name not in {q.name for q in command.params})
    if isinstance(command, TyperGroup):
        for below in command.commands.values():
            _spread(below, shared)


def run(args: Sequence[str] | None = None) -> int:
    """Do what `args` say (the process's own, if not given) and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a name must not end the command.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    given = Given()
    said = list(sys.argv[1:] if args is None else args)
    try:
        ended = build().main(said, "renraku", standalone_mode=False, obj=given)
        return ended if isinstance(ended, int) else Ending.FINE
    except Refused as refused:
        return _end(str(refused), refused.ending)
    except typer.TyperException as wrong:
        return _end(_usage(wrong), Ending.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else Ending.NO
    except Exception as fault:
        return _end(_fault(fault, given), Ending.FAULT)


def _end(sentence: str, ending: int) -> int:
    sys.stdout.flush()
    # What was typed is repeated in it, and must not reach the terminal as a command to it.
    shown = "".join(c if c.isprintable() or c == "\n" else "?" for c in sentence)
    sys.stderr.write(f"{shown}\n" if shown else "")
    return ending


def _usage(wrong: typer.TyperException) -> str:
    """What is wrong with the command line, and where to read more."""
    said = " ".join(wrong.format_message().split())
    if not said:
        return ""  # no command at all: the help has been shown
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context is not None else "renraku"
    return f"{said}{'' if said[-1] in '.?' else '.'} See `{path} --help`."


def _fault(fault: Exception, given: Given) -> str:
    from bot.commands.parts.logs import kind, places

    said = f"Something is wrong inside Renraku ({kind(fault)})."
    if given.debug:
        return "\n".join([said, *(f"  {place}" for place in places(fault.__traceback__))])
    return f"{said} Run it again with --debug to see where, and report it."


def main() -> None:
    """The command `renraku`."""
    sys.exit(run())
