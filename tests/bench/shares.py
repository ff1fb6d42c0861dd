"""Whose work the processor does: a sample of the stack for each few milliseconds it computes.

Rules of the room:
- A sample belongs to the innermost function of a package we name; what the standard library
  does, it does for whoever called it.
- The clock counts the computing of all threads, and knows only what the main thread is at. Where
  that waits for something, another thread computes: the database's.
"""

from __future__ import annotations

import signal
from collections import Counter
from types import FrameType

EVERY = 0.002
"""Seconds of computing between two samples."""

DRAWING = "drawing"
COURIER = "courier and engine"
STORAGE = "storage"
ADAPTER = "the adapter's calls"
LIBRARY = "the libraries"
BENCH = "the bench"
LOOP = "the event loop"

_OURS = (
    ("/bot/views/", DRAWING),
    ("/bot/texts/", DRAWING),
    ("/bot/cards.py", DRAWING),
    ("/drawing.py", DRAWING),
    ("/blocks.py", DRAWING),
    ("/plain.py", DRAWING),
    ("/keyboard.py", DRAWING),
    ("/lettering.py", DRAWING),
    ("/bot/", COURIER),
    ("/storage/", STORAGE),
    ("/adapters/", ADAPTER),
    ("/bench/one.py", LOOP),
    ("/tests/", BENCH),
)
_THEIRS = (
    ("/sqlalchemy/", STORAGE),
    ("/sqlmodel/", STORAGE),
    ("/aiosqlite/", STORAGE),
    ("/asyncpg/", STORAGE),
    ("/cryptography/", STORAGE),
    ("/fluent", DRAWING),
    ("/structlog/", COURIER),
    ("/apscheduler/", COURIER),
    ("/site-packages/", LIBRARY),
)
WAITING = frozenset({"select", "_run_once"})


class Shares:
    """Counts samples while it is entered; works in the main thread only."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        """By function, for whoever looks for what is slow."""

    def __enter__(self) -> Shares:
        self._before = signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._before)

    def of(self, whose: str) -> float:
        """In percent of all there was."""
        return 100 * self.seen[whose] / max(1, self.seen.total())

    def _sample(self, _: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code.co_name in WAITING:
            self.seen[STORAGE] += 1
            self.places["(database thread)"] += 1
            return
        whose, at = _whose(frame)
        self.seen[whose] += 1
        self.places[at] += 1


def _whose(frame: FrameType | None) -> tuple[str, str]:
    while frame is not None:
        file = frame.f_code.co_filename
        known = _THEIRS if "/site-packages/" in file else _OURS
        for part, whose in known:
            if part in file:
                return whose, f"{file.rpartition('/')[2]}:{frame.f_code.co_name}"
        frame = frame.f_back
    return LOOP, "loop"
