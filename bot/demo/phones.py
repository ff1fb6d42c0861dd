"""The channels of the demo: telephones that nobody holds, and pages that nobody looks at yet.

Rules of the room:
- A simulated phone takes every card at once and shows it to its owner, who is one of the crowd.
- A page in the web chat belongs to the crowd as well until somebody opens its link; from then
  on the person at the screen plays, and nobody taps for them.

    phones = PhoneChannel(crowd)                     # the channel "phone" of the house
    house.channels["web"] = Window(house.channels["web"], crowd)
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.web import ports
from bot.cards import Limits
from bot.channels import Channel, Lane, Parcel
from bot.demo.crowd import Crowd
from bot.events import Sender
from bot.people import Person

PHONE, PAGE = "phone", "web"

LIMITS = Limits(text=4000, buttons=100, label=64, edits=True)
"""Such as a messenger on a telephone has."""


class PhoneChannel:
    """Fits `bot.channels.Channel`. The crowd is made after the house, and moves in then."""

    def __init__(self) -> None:
        self.name = PHONE
        self.limits = LIMITS
        self.crowd: Crowd | None = None
        self._posted = 0

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        self._show(parcel, loud=True)
        self._posted += 1
        return str(self._posted)

    async def refresh(self, parcel: Parcel) -> None:
        self._show(parcel, loud=False)

    async def changed(self, people: Sequence[int]) -> None:
        """Nothing: this is no live channel."""

    def _show(self, parcel: Parcel, *, loud: bool) -> None:
        if self.crowd is not None:
            self.crowd.show(Sender(PHONE, parcel.address), parcel.card, loud=loud)


class Window:
    """The web chat, with somebody of the crowd behind each page until it is opened."""

    def __init__(self, chat: Channel, crowd: Crowd) -> None:
        self.name = chat.name
        self.limits = chat.limits
        self._chat = chat
        self._crowd = crowd

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        self._crowd.show(Sender(PAGE, str(parcel.person)), parcel.card, loud=True)
        return await self._chat.deliver(parcel)

    async def refresh(self, parcel: Parcel) -> None:
        await self._chat.refresh(parcel)

    async def changed(self, people: Sequence[int]) -> None:
        await self._chat.changed(people)


class Doorkeeper:
    """Fits `adapters.web.ports.People`: notices who has opened their link."""

    def __init__(self, people: ports.People, crowd: Crowd) -> None:
        self._people = people
        self._crowd = crowd

    async def who(self, token: str) -> Person | ports.BadLink:
        found = await self._people.who(token)
        if isinstance(found, Person):
            self._crowd.leave(Sender(PAGE, str(found.id)))
        return found
