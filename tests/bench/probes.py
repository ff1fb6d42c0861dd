"""Instruments: a clock that can be set forward, loop stalls, memory, a channel that notes times.

Rules of the room:
- An instrument costs next to nothing and changes nothing of what it measures.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cards import Card, Limits
from bot.cards import Person as Line
from bot.channels import Lane, Parcel
from bot.ports import SteadyClock

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = 0.002
"""Seconds between two looks at the event loop."""


class ForwardClock(SteadyClock):
    """The machine's time, which can be set forward."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed; 0 of nothing."""
    if not values:
        return 0.0
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


class Stall:
    """How late the event loop comes back to a task that sleeps for a moment, in ms.

    On a busy machine most of that is other processes: `stretch` counts only the time this
    thread itself has computed in between.
    """

    def __init__(self) -> None:
        self.late: list[float] = []
        self.stretch = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Stall:
        self._task = asyncio.create_task(self._watch())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, spent = loop.time() + EVERY, time.thread_time()
            await asyncio.sleep(EVERY)
            self.late.append((loop.time() - due) * 1000)
            self.stretch = max(self.stretch, (time.thread_time() - spent) * 1000)

    @property
    def worst(self) -> float:
        return max(self.late, default=0.0)

    def p(self, share: float) -> float:
        return percentile(self.late, share)


def peak_memory() -> float:
    """The most memory this process has held since it began (or `forget_peak`), in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def forget_peak() -> None:
    """Begin anew with what is held now, where the system can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


class Stopwatch:
    """Seconds since it was started."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._start


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    """Append how long the block took, in ms."""
    start = time.perf_counter()
    try:
        yield
    finally:
        into.append((time.perf_counter() - start) * 1000)


LIVE = Limits(text=20_000, buttons=200, label=200, edits=True, forms=True, live=True, history=False)


class Letterbox:
    """A channel that takes everything at once and notes when it first saw a button."""

    limits = LIVE

    def __init__(self, name: str = "web") -> None:
        self.name = name
        self.taken = 0
        self.first: dict[str, float] = {}
        """Ids of buttons that begin with `take:`, and when a card with one first came."""

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        self.taken += 1
        self._note(parcel.card)
        return ""

    async def refresh(self, parcel: Parcel) -> None:
        self.taken += 1

    async def changed(self, people: Sequence[int]) -> None:
        return None

    def _note(self, card: Card) -> None:
        lines = [b for s in card.body if isinstance(s, Line) for b in s.buttons]
        for button in (*card.buttons, *lines):
            if button.id.startswith("take:"):
                self.first.setdefault(button.id, time.perf_counter())
