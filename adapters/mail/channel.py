"""Mail as a channel: one card, one mail; nothing is ever changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.mail.given import CHANNEL, Given, Texts
from adapters.mail.letters import letter
from adapters.mail.post import Post
from bot.cards import Limits
from bot.channels import Lane, Parcel
from bot.ports import Clock

LIMITS = Limits(text=20_000, buttons=0, edits=False, links=True)


class MailChannel:
    """Fits `bot.channels.Channel`."""

    def __init__(self, given: Given, post: Post, texts: Texts, clock: Clock) -> None:
        self.name = CHANNEL
        self.limits = LIMITS
        self._given = given
        self._post = post
        self._texts = texts
        self._clock = clock

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        """Sends the mail; its reference is the name by which a receipt may speak of it."""
        words = self._texts.words(parcel.card.language)
        await self._post.carry(letter(parcel, self._given, words, self._clock.now()))
        return parcel.once

    async def refresh(self, parcel: Parcel) -> None:
        """A mail stays as it was sent."""

    async def changed(self, people: Sequence[int]) -> None:
        """Nobody looks at a mail while it changes."""
