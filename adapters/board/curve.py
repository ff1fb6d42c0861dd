"""Answers over time as a picture of our own: points of a line, and the marks on it.

Rules of the room:
- Numbers only; the template draws them as SVG with classes, so that colours, the dark and
  right-to-left are the style sheet's work and the policy of the page holds.
- What the picture shows is said beside it in words as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.board.figures import MARKS, Curve

WIDE, HIGH = 600, 180


@dataclass(frozen=True, slots=True)
class Mark:
    """A share of the answers: where it lies, and how long it took to reach it."""

    percent: int
    y: float
    x: float | None
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class Plot:
    line: str
    """The points of a line, as SVG writes them."""
    area: str
    """The same closed to the ground."""
    marks: tuple[Mark, ...]
    answered: int
    asked: int
    length: timedelta


def plot(curve: Curve) -> Plot:
    """The picture of a curve.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2026, 3, 11, 12, tzinfo=UTC)
    >>> found = plot(Curve(noon, timedelta(minutes=1), (1, 2), 4))
    >>> found.line, found.marks[0].x, found.marks[3].x
    ('0,180 300,135 600,90', 300.0, None)
    """
    steps, asked = len(curve.answered), max(1, curve.asked)
    points = [(0.0, float(HIGH))]
    points += [
        (WIDE * number / steps, HIGH - HIGH * min(1.0, count / asked))
        for number, count in enumerate(curve.answered, start=1)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in ((round(x, 1), round(y, 1)) for x, y in points))
    length = curve.step * max(1, steps)
    marks = []
    for percent in MARKS:
        took = curve.reached(percent)
        x = None if took is None else round(WIDE * (took / length), 1)
        marks.append(Mark(percent, round(HIGH - HIGH * percent / 100, 1), x, took))
    answered = curve.answered[-1] if curve.answered else 0
    area = f"{line} {WIDE},{HIGH} 0,{HIGH}"
    return Plot(line, area, tuple(marks), answered, curve.asked, length)
