"""What a hook is told: its secret, which channel it speaks for, how the gateway names things."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.door import Answered
from bot.events import FromPeople, Sender
from bot.people import Person
from bot.receipts import Receipt

Channel = Literal["sms", "voice", "push", "email"]


@dataclass(frozen=True, slots=True)
class Given:
    """One hook. The names of fields may be paths: `data.from`."""

    name: str
    channel: Channel
    secret: str = field(repr=False)
    sender: str = "from"
    text: str = "text"
    id: str = "id"
    reference: str = "reference"
    recipient: str = "to"
    status: str = "status"
    delivered: Collection[str] = ()
    seen: Collection[str] = ()
    failed: Collection[str] = ()
    gone: Collection[str] = ()
    country: str = ""
    """Two letters: whose numbers those are that come without a country code."""


class Door(Protocol):
    """The way in, as it is needed here."""

    async def handle(self, event: FromPeople) -> Answered: ...

    async def who(self, sender: Sender) -> Person | None: ...


class Receipts(Protocol):
    """Who takes what is said about messages."""

    async def take(self, receipt: Receipt) -> None: ...
