"""What is printed: tables and lines on standard output, remarks and questions beside it.

Rules of the room:
- Names are other people's words: they are never read as markup.
- Where nobody watches (a pipe, a file) nothing is coloured, wrapped or cut.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TextIO

from bot.commands.parts.endings import Ending, Refused

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.table import Table

UNWATCHED = 1000
"""Columns where the output is no terminal: enough not to wrap."""


def console(stream: TextIO | None = None) -> Console:
    """A console on standard output, or on `stream`."""
    from rich.console import Console

    where = stream or sys.stdout
    width = None if where.isatty() else UNWATCHED
    return Console(file=where, markup=False, highlight=False, emoji=False, width=width)


def say(*lines: str) -> None:
    """Lines people asked for."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def aside(*lines: str) -> None:
    """Remarks; they never get into a file or a pipe."""
    sys.stdout.flush()
    for line in lines:
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def as_json(value: object) -> None:
    """One JSON value; times as ISO 8601 in UTC."""
    say(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    return str(value)


def iso(at: datetime | None) -> str:
    """A time as machines read it, to the second; empty for none."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""


def clock(at: datetime | None, zone: str) -> str:
    """A time as people read it, in the organisation's time zone."""
    from zoneinfo import ZoneInfo

    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if at else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table; numbers stand on the right."""
    console().print(drawn(heads, rows, title))


def drawn(heads: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> Table:
    """The table, to be shown inside something else."""
    from rich import box
    from rich.table import Table

    every = [list(row) for row in rows]
    out = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for index, head in enumerate(heads):
        number = bool(every) and all(isinstance(row[index], int) for row in every)
        out.add_column(head, justify="right" if number else "left", overflow="fold")
    for row in every:
        out.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row))
    return out


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 person", "3,000 people"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def people(number: int) -> str:
    """So many people, in words."""
    return count(number, "person", "people")


def some(names: Sequence[str], most: int = 10) -> str:
    """The first names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


def ask(question: str, *, otherwise: str) -> str:
    """One line typed in answer to a question; without an answer the command ends."""
    sys.stdout.flush()
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed:
        sys.stderr.write("\n")
        raise Refused(otherwise, Ending.NO)
    return typed.strip()


def confirm(question: str, *, yes: bool) -> None:
    """Goes on after a yes; everything else ends the command without a change."""
    nothing = "Nothing was changed: answer y, or give --yes to do it without the question."
    if not yes and ask(f"{question} [y/N]", otherwise=nothing).lower() not in ("y", "yes"):
        raise Refused("Nothing was changed.", Ending.NO)


@contextmanager
def progress(quiet: bool = False) -> Iterator[tuple[Progress, TaskID]]:
    """A bar on standard error that goes away when it is done."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
        console=console(sys.stderr),
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    )
    with bar:
        yield bar, bar.add_task("", total=None)


def write_private(path: Any, data: bytes) -> None:
    """A file only its owner can read, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.replace(path)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise Refused(
            f"{path} cannot be written ({problem.strerror}): name another file."
        ) from None


def write_bytes(data: bytes) -> None:
    """A file's content on standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
