"""`python -m tests.bench`: measure, then print a table, and JSON with `--json FILE`.

make bench                                          everything, on both databases
make bench ARGS="--only taps --database sqlite"     one of them
make bench ARGS="--people 10000 --json bench.json"  smaller, and kept
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from tests.bench import places
from tests.bench.figures import Figure, machine, table
from tests.databases import Absent

BENCHES = {
    "taps": "300 people tapping at once",
    "launch": "a roll call for everybody",
    "due": "everybody's question coming due at once",
    "cry": "a cry for help meanwhile",
    "cards": "drawing cards",
    "courier": "carrying cards through the web chat",
    "pacing": "1,000 people through the limits of the chat platforms",
    "messages": "10,000 questions through a chat platform without limits",
    "answers": "1,000 taps at once on a chat platform",
    "staff": "importing the staff list",
    "board": "fifty open boards while people answer",
    "emergency": "a whole emergency, and its memory",
}
FEWER = {"taps": 20_000, "pacing": 1000, "messages": 10_000, "answers": 1000}
"""Benchmarks that need no more people than this."""
LONGEST = 900
"""Seconds a benchmark may take."""

say = Console(stderr=True, highlight=False)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure Renraku.")
    parser.add_argument("--people", type=int, default=100_000, help="how large the organisation is")
    parser.add_argument("--only", action="append", choices=BENCHES, help="may be given again")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--profile", action="store_true", help="say where the time went")
    found = parser.parse_args()
    if found.people < 1000:
        parser.error("--people must be at least 1000")
    return found


def measure(name: str, stage: dict[str, Any], profile: bool) -> list[Figure]:
    """Run one benchmark in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.one", json.dumps([name, stage, profile])]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST, check=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    return [Figure(**{k: v for k, v in f.items() if k not in ("ratio", "met")}) for f in figures]


def run_all(given: argparse.Namespace) -> dict[str, dict[str, list[Figure]]]:
    databases = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    results: dict[str, dict[str, list[Figure]]] = {}
    with ExitStack() as stack:
        server = ""
        if "postgresql" in databases:
            try:
                server = stack.enter_context(places.cluster())
            except Absent as missing:
                say.print(f"[yellow]Without PostgreSQL: {missing}.[/]")
                databases = tuple(d for d in databases if d != "postgresql")
        for name in given.only or BENCHES:
            for kind in databases:
                people = min(given.people, FEWER.get(name, given.people))
                say.print(f"[dim]{name}[/] {BENCHES[name]}, {people:,} people, {kind} …")
                with ExitStack() as inner:
                    folder = inner.enter_context(places.folder())
                    url = f"sqlite:///{folder}/bench.db"
                    if kind == "postgresql":
                        url = inner.enter_context(places.database(server))
                    stage = {"database": kind, "url": url, "people": people, "folder": folder}
                    try:
                        figures = measure(name, stage, given.profile)
                    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
                        say.print(f"[red]  did not end well: {type(problem).__name__}[/]")
                        continue
                results.setdefault(name, {})[kind] = figures
            if name in results:
                say.print(table({name: results[name]}))
    return results


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    given = options()
    about = machine()
    results = run_all(given)
    Console().print(table(results))
    print(
        f"{about['processor']}, {about['cores']} cores, Python {about['python']}, "
        f"SQLite {about['sqlite']}, {about['system']}"
    )
    if given.json:
        report = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "people": given.people,
            "machine": about,
            "figures": {
                name: {kind: [f.as_json() for f in figures] for kind, figures in by.items()}
                for name, by in results.items()
            },
        }
        given.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
        say.print(f"Written to {given.json}")
    wanted = len(given.only or BENCHES)
    return 0 if len(results) == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
