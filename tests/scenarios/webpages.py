"""Open web pages: they follow what has changed, as a browser does."""

from __future__ import annotations

from bot.app import House
from tests.scenarios.phones import Message, Phone, TownClock

SHOWN = 200
"""Cards a page shows at most."""


class WebPages:
    """The open page of each person who uses the web chat, kept on their phone."""

    def __init__(self, clock: TownClock) -> None:
        self._clock = clock
        self._phones: dict[int, Phone] = {}
        self._revisions: dict[int, int] = {}
        self._known: dict[int, dict[int, Message]] = {}
        self._now: dict[int, set[int]] = {}

    def open(self, person: int, phone: Phone) -> None:
        self._phones[person] = phone
        self._known[person] = {}

    def close(self, person: int) -> None:
        self._phones.pop(person, None)

    async def follow(self, house: House) -> None:
        """Every page whose revision has changed is drawn anew, and no other."""
        if not self._phones:
            return
        now = await house.site.feed.revision(list(self._phones))
        for person, revision in now.items():
            if self._revisions.get(person) != revision:
                self._revisions[person] = revision
                await self._draw(house, person)
        await house.engine.receipts.idle()

    async def _draw(self, house: House, person: int) -> None:
        items = await house.site.feed.cards(person, None, SHOWN)
        known = self._known[person]
        self._now[person] = {item.post for item in items}
        for item in items:
            message = known.get(item.post)
            if message is None:
                known[item.post] = Message("web", str(item.post), [item.card], [self._clock.now()])
                self._phones[person].messages.append(known[item.post])
            elif message.card != item.card:
                message.drawn.append(item.card)
                message.at.append(self._clock.now())

    def message(self, person: int, post: int) -> Message | None:
        """A post as the page shows it; one that was posted again stands at its newest place."""
        return self._known[person].get(post) if post in self._now.get(person, ()) else None
