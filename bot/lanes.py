"""Narrow lanes: one chat, one method of a platform. How long a card has to wait for its turn.

Rules of the room:
- A lane gives out turns: a card that has to wait keeps the one it was given, so that the next
  in line gets a later one and nobody asks again before it is due.
- What is in a hurry does not queue behind turns given out, but never goes where the platform has
  said "wait".
- This is the memory of one process. What all replicas together may send is kept in the store; if
  they are too fast for a lane, the platform says so and the lane slows down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels import Lane
from bot.ports import Clock

AHEAD = 600.0
"""Seconds for which turns are given out; who comes later asks again then."""
SLOWEST = 16
"""The part of its pace to which a lane is slowed down at most."""
GENTLE = 200
"""How many cards that pass without complaint lead a slowed lane back to its full pace."""
MOST = 100_000
"""Lanes and turns remembered at most."""


@dataclass(slots=True)
class _Line:
    """One lane: when the next turn is free, for those who wait and for those in a hurry."""

    next: float = 0.0
    hurried: float = 0.0
    blocked: float = 0.0
    slower: float = 1.0
    shifts: int = 0
    """How often the platform said "wait": turns given out before are no good any more."""


class Lanes:
    """The narrow lanes of all channels of this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: dict[str, _Line] = {}
        self._turns: dict[int, tuple[float, int]] = {}
        """When the turn of an outbox row is, by its id, and how often its lanes had shifted."""

    def wait(self, row: int, channel: str, lanes: Sequence[Lane], *, hurried: bool) -> float:
        """Seconds until this card may pass all its lanes; 0 means now, and its turn is taken."""
        if not lanes:
            return 0.0
        now = self._clock.now().timestamp()
        known = [(self._line(f"{channel}:{lane.key}"), lane) for lane in lanes]
        blocked = max(line.blocked for line, _ in known) - now
        if blocked > 0:
            return blocked
        shifts = sum(line.shifts for line, _ in known)
        given = self._turns.pop(row, None)
        if given is not None and given[1] == shifts:
            if given[0] > now:
                self._turns[row] = given
            return max(0.0, given[0] - now)
        at = max(self._turn(line, lane, now, hurried=hurried) for line, lane in known)
        if at - now > AHEAD:
            return AHEAD
        for line, lane in known:
            step = line.slower / lane.rate
            line.next = max(line.next, now) + step
            if hurried:
                line.hurried = max(line.hurried, now) + step
            line.slower = max(1.0, line.slower * (1 - 1 / GENTLE))
        if at > now:
            self._keep(row, at, shifts)
        return max(0.0, at - now)

    def _turn(self, line: _Line, lane: Lane, now: float, *, hurried: bool) -> float:
        """When the next turn of this lane is: those in a hurry queue only among themselves."""
        free = line.hurried if hurried else line.next
        return max(now, free - (lane.burst - 1) / lane.rate)

    def slow_down(self, channel: str, key: str, seconds: float) -> None:
        """The platform said wait: nothing on this lane for so long, then at half its pace."""
        line = self._line(f"{channel}:{key}")
        line.blocked = max(line.blocked, self._clock.now().timestamp() + seconds)
        line.next = max(line.next, line.blocked)
        line.hurried = max(line.hurried, line.blocked)
        line.slower = min(line.slower * 2, SLOWEST)
        line.shifts += 1

    def _line(self, key: str) -> _Line:
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) >= MOST:
                self._forget()
            line = self._lines[key] = _Line()
        return line

    def _forget(self) -> None:
        """Lanes that are free again say nothing."""
        now = self._clock.now().timestamp()
        self._lines = {
            key: line
            for key, line in self._lines.items()
            if line.next > now or line.hurried > now or line.slower > 1
        }
        if len(self._lines) >= MOST:
            self._lines.clear()

    def _keep(self, row: int, at: float, shifts: int) -> None:
        if len(self._turns) >= MOST:
            self._turns.clear()
        self._turns[row] = at, shifts
