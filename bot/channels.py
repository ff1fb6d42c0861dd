"""The port every channel fits: hand a card over, draw it again, and the ways it may fail.

Rules of the room:
- `deliver` and `refresh` either return, or raise one of the failures here. Anything else is a
  fault of the adapter; the courier treats it as temporary and says so in the log.
- An adapter never waits for a platform's limits: it says which narrow lanes a parcel passes
  (`lanes`), and the courier keeps their pace.
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
    """Too fast: nothing for `seconds`, then slower. `lane`: only what passes this narrow lane."""

    def __init__(self, seconds: float, lane: str = "") -> None:
        super().__init__(f"paced: wait {seconds:g} s")
        self.seconds = seconds
        self.lane = lane


class Gone(Exception):
    """This contact will never work again: blocked, deactivated, unknown. `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Declined(Exception):
    """This card will not be taken here, and trying again helps nobody; the contact may well be
    good. The next contact gets it, now. `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Closed(Exception):
    """The whole channel is out of order until somebody mends it: a token was revoked, the bot
    was thrown out. Everybody's cards go by their next contact. `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Lane:
    """A narrow lane beside the channel's own: one chat, one method. `rate` cards a second with
    bursts of `burst`."""

    key: str = field(repr=False)
    rate: float
    burst: int = 1


@dataclass(frozen=True, slots=True)
class Parcel:
    """One card on its way: to `address`, as the post with id `post`.

    `person` is 0 where it goes to a room (a channel, a group) instead of to somebody.
    """

    card: Card
    person: int
    post: int
    address: str = field(repr=False)
    reference: str = ""
    """Where it was posted before; empty for a new one."""
    link: str = field(default="", repr=False)
    """Opens this very card as a page, for this person, where the channel wants links
    (`Limits.links`) and the card has something to tap."""
    once: str = ""
    """Names this sending: the same if the card is sent again because of a crash."""


class Channel(Protocol):
    """What the courier needs of an adapter."""

    name: str
    limits: Limits

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        """The narrow lanes this parcel passes on its way."""
        ...

    async def deliver(self, parcel: Parcel) -> str:
        """Post the card, loud; returns its reference."""
        ...

    async def refresh(self, parcel: Parcel) -> None:
        """Draw a posted card again in place, silently."""
        ...

    async def changed(self, people: Sequence[int]) -> None:
        """For live channels: something these people look at has changed."""
        ...
