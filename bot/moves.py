"""What can happen to an ask: see `asks.MOVES` for what follows in which standing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Release:
    """The person above answered or fell silent: ask this one now."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A channel took the present question."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """`due_at` has come."""


@dataclass(frozen=True, slots=True)
class InLine:
    """`due_at` has come, but the present question has not had its turn yet: others go first."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No contact of the person is left to try."""


@dataclass(frozen=True, slots=True)
class Answered:
    answer: str
    by: int


@dataclass(frozen=True, slots=True)
class Tried:
    """Somebody tried by hand and got no answer."""

    by: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Called off, or taken by another."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """It is over; late answers stay welcome."""


@dataclass(frozen=True, slots=True)
class Retracted:
    """Whoever answered for somebody takes it back: it was a slip, nobody was reached."""

    by: int
    own: str = ""
    """What the person said themself; empty if they never did."""


Move = (
    Release
    | Handed
    | TimeUp
    | InLine
    | Unreachable
    | Answered
    | Tried
    | Withdraw
    | Lapse
    | Retracted
)
