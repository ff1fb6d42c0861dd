"""The web chat as a channel: nothing is sent, open pages are woken.

Rules of the room:
- A page draws what it shows from the present state whenever it is looked at, so delivering a
  card means no more than telling an open page to look again. A page that is not open will show
  it when it is.
- "Delivered" here never means "seen": only a tap or a typed answer counts as an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.web.hub import Hub
from adapters.web.ports import CHANNEL
from bot.cards import Limits
from bot.channels import Lane, Parcel

LIMITS = Limits(
    text=20_000,
    buttons=200,
    label=200,
    edits=True,
    forms=True,
    live=True,
    history=False,
)


class WebChannel:
    """Fits `bot.channels.Channel`."""

    def __init__(self, hub: Hub) -> None:
        self.name = CHANNEL
        self.limits = LIMITS
        self._hub = hub

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        """A new post: shown without delay. There is no reference to keep."""
        self._hub.wake([parcel.person], at_once=True)
        return ""

    async def refresh(self, parcel: Parcel) -> None:
        self._hub.wake([parcel.person])

    async def changed(self, people: Sequence[int]) -> None:
        self._hub.wake(people)
