"""SMS, voice or push as a channel: one card, one message; nothing is changed afterwards.

Rules of the room:
- When so many messages in a row, to as many addresses, were not taken, it is not the addresses:
  the channel is out of order.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.outbound.drawing import drawn
from adapters.outbound.gateway import Gateway
from adapters.outbound.given import Given, Texts
from bot.cards import Limits
from bot.channels import Closed, Lane, Parcel, Temporary

IN_A_ROW = 10
"""Addresses that were refused, none having been taken in between."""


class OutboundChannel:
    """Fits `bot.channels.Channel`."""

    def __init__(self, given: Given, gateway: Gateway, texts: Texts) -> None:
        self.name: str = given.channel
        self.limits = Limits(text=1000, buttons=0, edits=False, links=given.channel != "voice")
        self._given = given
        self._gateway = gateway
        self._texts = texts
        self._refused: set[int] = set()
        """Whose messages were not taken since the last that was."""

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        """Sends it; its reference is the name by which a receipt may speak of it."""
        words = self._texts.words(parcel.card.language)
        given = self._given
        line = drawn(parcel.card, parcel.link, given.channel, words, replies=given.replies)
        try:
            await self._gateway.send(parcel.address, parcel.once, line)
        except Temporary:
            self._refused.add(parcel.person)
            if len(self._refused) >= IN_A_ROW:
                self._refused.clear()
                raise Closed("takes-nothing") from None
            raise
        self._refused.clear()
        return parcel.once

    async def refresh(self, parcel: Parcel) -> None:
        """What was sent stays as it is."""

    async def changed(self, people: Sequence[int]) -> None:
        """Nobody looks at a message while it changes."""
