"""What administrators see of the house itself: what is set, how it stands, what to mend.

Rules of the room:
- Numbers and names of channels; nobody's address, nobody's answer, no secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.config.inforce import Group


@dataclass(frozen=True, slots=True)
class Way:
    """A channel in use: how many can be asked by it, and how it goes."""

    channel: str
    working: int
    """Contacts of present people that work."""
    failing: int
    queued: int
    closed: str = ""
    """Why it is out of order; empty while it works."""
    blocked_until: datetime | None = None
    """The platform told us to wait."""
    rate: float = 0.0
    """Messages a second just now; 0 is not slowed."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, as `renraku check` says it: `result` is `ok`, `look` or `bad`."""

    name: str
    result: str
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """The page."""

    version: str
    database: str
    """Its kind and place, without a password."""
    servers: tuple[str, ...]
    """Running just now, by name."""
    people: int
    languages: tuple[tuple[str, int], ...]
    """How many people read each."""
    imported_at: datetime | None
    """When a staff list was taken over last; `None`: never, or before this was kept."""
    ways: tuple[Way, ...]
    checks: tuple[Check, ...]
    sections: tuple[tuple[str, tuple[Group, ...]], ...]
