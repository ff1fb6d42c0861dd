"""What was measured: figures, the machine they belong to, and the table that shows them.

Rules of the room:
- A figure knows whether more is better, its target and what the naive way gave; the ratio says
  how many times better the product is.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `target` and `naive` are in the same unit, empty where there is none."""

    name: str
    value: float
    unit: str
    target: float | None = None
    naive: float | None = None
    more_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better than the naive way."""
        if not self.naive or not self.value:
            return None
        return self.value / self.naive if self.more_is_better else self.naive / self.value

    @property
    def met(self) -> bool | None:
        """Whether the target is met; `None` without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.more_is_better else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def rate(name: str, value: float, unit: str = "/s", **more: Any) -> Figure:
    """Something of which more is better."""
    return Figure(name, value, unit, more_is_better=True, **more)


def machine() -> dict[str, Any]:
    """What these figures were measured on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "sqlite": sqlite3.sqlite_version,
    }


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def shown(value: float | None, unit: str) -> str:
    """A number with as many digits as mean something."""
    if value is None:
        return ""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    text = f"{value:,.{digits}f}"
    return f"{text}{unit}" if unit.startswith("/") else f"{text} {unit}"


def table(results: Mapping[str, Mapping[str, Sequence[Figure]]]) -> Table:
    """`results` by benchmark and database as one table, the databases beside each other."""
    databases = list(dict.fromkeys(d for by in results.values() for d in by))
    found = Table(title="Renraku, measured", title_justify="left", pad_edge=False)
    found.add_column("")
    found.add_column("target", justify="right", style="dim")
    for database in databases:
        found.add_column(database, justify="right")
        found.add_column("naive way", justify="right", style="dim")
        found.add_column("times better", justify="right")
    for bench, by_database in results.items():
        names = dict.fromkeys(f.name for figures in by_database.values() for f in figures)
        for number, name in enumerate(names):
            first = next(f for figures in by_database.values() for f in figures if f.name == name)
            aim = "≥ " if first.more_is_better else "≤ "
            target = aim + shown(first.target, first.unit) if first.target is not None else ""
            row = [f"{bench}: {name}" if number == 0 else f"  {name}", target]
            for database in databases:
                figure = next((f for f in by_database.get(database, ()) if f.name == name), None)
                row += _cells(figure)
            found.add_row(*row)
        found.add_section()
    return found


def _cells(figure: Figure | None) -> list[str]:
    if figure is None:
        return ["", "", ""]
    colour = {True: "green", False: "red", None: "default"}[figure.met]
    value = f"[{colour}]{shown(figure.value, figure.unit)}[/]"
    ratio = f"{figure.ratio:,.1f} ×" if figure.ratio else ""
    return [value, shown(figure.naive, figure.unit), ratio]
