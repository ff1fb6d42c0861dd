"""One person's screen: messages, modals and home page as their client shows them.

Rules of the room:
- What is deleted, or meant for somebody else, is not shown.
- Whoever waits for something to appear waits a few real seconds, and is then told what is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from .deliveries import Delivery
from .messages import Message
from .modals import View
from .screens import NotShown
from .workspace import Room

if TYPE_CHECKING:
    from .slack import Slack

REAL_SECONDS = 5.0
"""How long a person waits for the app, in real time, where their phone says nothing else."""


class Looking:
    """What one person sees."""

    def __init__(self, slack: Slack, user: str) -> None:
        self._slack = slack
        self.id = user
        self.patience = REAL_SECONDS

    @property
    def messages(self) -> list[Message]:
        """Everything this person's client shows, oldest first, their own messages included."""
        return self._slack.letters.seen_by(self.id)

    @property
    def received(self) -> list[Message]:
        """What the bot has written to them."""
        return [message for message in self.messages if message.by_bot]

    @property
    def last(self) -> Message:
        """The newest of those."""
        if not self.received:
            raise NotShown(f"nothing has been written to {self.id}")
        return self.received[-1]

    @property
    def modals(self) -> list[View]:
        """The open modals, the undermost first."""
        return self._slack.views.stacks.get(self.id, [])

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        return self.modals[-1] if self.modals else None

    @property
    def home(self) -> View:
        """The home page as last published."""
        if self.id not in self._slack.views.homes:
            raise NotShown(f"{self.id} has no home page yet")
        return self._slack.views.homes[self.id]

    @property
    def troubles(self) -> list[str]:
        """What did not work for this person, and why."""
        told = []
        for delivery, why in self._slack.troubles:
            user = delivery.payload.get("user", {}).get("id") or delivery.payload.get("user_id")
            told += [why] if user == self.id else []
        return told

    @property
    def direct(self) -> Room:
        return self._slack.workspace.direct(self.id)

    # --- Waiting for it ------------------------------------------------------------------------

    async def waits_for(self, delivery: Delivery) -> bool:
        """Until the app has confirmed or something failed; `False` when patience ends."""
        try:
            await asyncio.wait_for(delivery.settled.wait(), self.patience)
        except TimeoutError:
            return False
        return delivery.acked

    async def _until(self, shown: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(self.patience):
                while not shown():
                    await asyncio.sleep(0.005)
        except TimeoutError:
            there = [message.shown for message in self.received[-3:]]
            there += [view.shown for view in self.modals]
            raise NotShown(f"{self.id} waited for {what}; shown: {there}") from None

    async def sees(self, words: str) -> None:
        """Wait until something of the bot's says `words`: a message, a modal, the home page."""

        def shown() -> bool:
            home = self._slack.views.homes.get(self.id)
            places = [*self.modals, *([home] if home else [])]
            texts = [m.shown for m in reversed(self.received)] + [v.shown for v in places]
            return any(words in text for text in texts)

        await self._until(shown, repr(words))

    async def gets(self, count: int = 1) -> Message:
        """Wait until the bot has written `count` messages that are shown; the newest of them."""
        await self._until(lambda: len(self.received) >= count, f"{count} messages")
        return self.last

    async def gets_modal(self, title: str = "") -> View:
        """Wait until a modal is on top, called `title` where that is given."""

        def shown() -> bool:
            return self.modal is not None and title in ("", self.modal.title)

        await self._until(shown, f"a modal {title}")
        assert self.modal is not None
        return self.modal
