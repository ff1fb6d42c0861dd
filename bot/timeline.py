"""The timeline: what was written and what happened, in order.

Rules of the room:
- People's words are kept as they wrote them; everything else is a text key with values, drawn
  in each reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A line of a timeline: words somebody wrote (`text`), or a text key with values."""

    id: str
    about: str
    at: datetime
    by: int | None
    key: str = ""
    text: str = field(default="", repr=False)
    args: Mapping[str, str] = field(default_factory=dict)
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture somebody handed over, already made small and free of hidden data."""

    id: str
    person: int
    about: str
    at: datetime
    picture: bytes = field(repr=False)
