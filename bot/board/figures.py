"""What a page of the board is made of: lines, counts and times.

Rules of the room:
- Names and places are as people wrote them; whoever draws them escapes and cuts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.asks import Ask
from bot.calls import Way
from bot.heads import Sighting
from bot.people import Person
from bot.timeline import Note

PAGE = 50
"""Lines of a list on one page."""


class Sort(StrEnum):
    """The people of a roll call by how they stand."""

    HELP = "help"
    MISSING = "missing"
    HELD = "held"
    SAFE = "safe"
    UNAFFECTED = "unaffected"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a roll call."""

    ask: Ask
    name: str
    key: str
    away: bool = False
    taken_by: str = ""
    """Who takes care of them, where they need help."""
    answered_by: str = ""
    """Who answered on their behalf."""
    sighting: Sighting | None = None
    """They were seen at a head count."""
    seen_by: str = ""
    ways: tuple[Way, ...] = ()
    """How they were asked."""
    remark: Note | None = None
    """What they wrote beside their check-in last."""


Place = tuple[str, int]
"""Where a page of a list ends: the last name and id; the next begins after it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which people of a roll call are wanted."""

    sort: Sort = Sort.MISSING
    site: str | None = None
    """`None`: of all sites; empty: of those without one."""
    team: str | None = None
    after: Place | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who was given people to look after."""

    person: int
    name: str
    open: int
    done: int
    last: datetime | None
    """When they last recorded something."""
    in_hand: int = 0
    """Names they have in hand, to telephone."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody in need said they are."""

    name: str
    at: datetime
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody on no list who was counted at an assembly point."""

    id: str
    name: str
    site: str
    at: datetime
    by: str
    """Who counted them."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of what was done, by whom, on whose behalf."""

    at: datetime
    kind: str
    by: str
    behalf: str
    data: Mapping[str, str] = field(default_factory=dict)


MARKS = (25, 50, 75, 90)
"""Shares of answers whose times are worth knowing, in percent."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Answers over time: `answered[i]` had answered by the end of the i-th of equal steps."""

    begin: datetime
    step: timedelta
    answered: tuple[int, ...]
    asked: int

    def reached(self, percent: int) -> timedelta | None:
        """How long it took until so many had answered; `None`: not yet."""
        wanted = self.asked * percent / 100
        for number, count in enumerate(self.answered, start=1):
            if self.asked and count >= wanted:
                return self.step * number
        return None


STEPS = 60
"""Of a curve."""


def curve(
    begin: datetime, end: datetime, per_step: Mapping[int, int], step: timedelta, asked: int
) -> Curve:
    """The curve behind counts by step; those of before the beginning count with the first.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 11, 12, tzinfo=UTC)
    >>> minute = timedelta(minutes=1)
    >>> found = curve(noon, noon + 3 * minute, {0: 2, 2: 2}, minute, 8)
    >>> found.answered, found.reached(25), found.reached(90)
    ((2, 2, 4), datetime.timedelta(seconds=60), None)
    """
    steps = max(1, -((begin - end) // step))
    total, answered = 0, []
    late = sum(count for at, count in per_step.items() if at >= steps)
    early = sum(count for at, count in per_step.items() if at < 0)
    for number in range(steps):
        total += per_step.get(number, 0) + (early if number == 0 else 0)
        total += late if number == steps - 1 else 0
        answered.append(total)
    return Curve(begin, step, tuple(answered), asked)


def step_of(begin: datetime, end: datetime) -> timedelta:
    """The length of a step so that there are at most `STEPS`: whole seconds, at least one."""
    seconds = max(1.0, (end - begin).total_seconds())
    return timedelta(seconds=max(1, -int(-seconds // STEPS)))


# --- people ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the staff: how many ways there are to them, never which."""

    person: Person
    ways: int
    """Contacts that work, on a channel in use."""
    proven: int
    """Of those, how many have carried something."""
    proven_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """People of whom something is missing: the first of them, and how many they are."""

    kind: str
    count: int
    members: Sequence[Person] = ()
