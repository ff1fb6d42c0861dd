"""The head count: whom a warden has seen with their own eyes at the assembly point.

Rules of the room:
- Having answered "safe" is one thing, having been seen is another: neither stands for the other.
- Who is seen before they have answered is safe by the warden's word; the tick remembers that it
  was its own word, so that taking it off takes back no more than it said.
- Whoever needs help may be seen as well: their call for help goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

HERE = "here"
"""A tick."""
UNDO = "undo"
"""The tick was put on the wrong line."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody asked in a roll call was seen, by whom and when; one for each ask."""

    ask: str
    about: str
    by: int
    at: datetime
    said: bool = False
    """The tick was also their answer: they had given none."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """The sighting of this ask was a slip."""

    ask: str


def button(ask: str, act: str) -> str:
    """A tick, or taking it off."""
    return f"seen:{ask}:{act}"
