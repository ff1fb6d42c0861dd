"""The port every channel fits: hand a card over, draw it again, three kinds of failure.

Rules of the room:
- `deliver` and `refresh` either return, or raise one of the three failures. Anything else is a
  fault of the adapter; the courier treats it as temporary and says so in the log.
- `reference` is whatever the platform needs to find the message again; nobody else reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.cards import Card, Limits


class Temporary(Exception):
    """It may work later: the network, a 5xx."""


class Paced(Exception):
    """Too fast: nothing for `seconds`, then slower."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"paced: wait {seconds:g} s")
        self.seconds = seconds


class Gone(Exception):
    """This contact will never work again: blocked, deactivated, unknown. `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Parcel:
    """One card on its way: to `address`, as the post with id `post`."""

    card: Card
    person: int
    post: int
    address: str = field(repr=False)
    reference: str = ""
    """Where it was posted before; empty for a new one."""


class Channel(Protocol):
    """What the courier needs of an adapter."""

    name: str
    limits: Limits

    async def deliver(self, parcel: Parcel) -> str:
        """Post the card, loud; returns its reference."""
        ...

    async def refresh(self, parcel: Parcel) -> None:
        """Draw a posted card again in place, silently."""
        ...

    async def changed(self, people: Sequence[int]) -> None:
        """For live channels: something these people look at has changed."""
        ...
