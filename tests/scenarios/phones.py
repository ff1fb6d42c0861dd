"""The phones of a town, the post office they hang on, and the clock on its wall.

Rules of the room:
- A phone records every card posted to it and every edit, as it was drawn then.
- A post office fails the way platforms do, when told to: an address is blocked, everything is
  down, it is paced, a hand-over takes long, or the process dies right after a hand-over.
- Time passes only when somebody lets it; each look at the clock takes a microsecond.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.cards import Button, Card, Limits, Person, as_text
from bot.channels import Closed, Gone, Lane, Paced, Parcel, Temporary

_ISOLATES = re.compile("[\u2066-\u2069]")
TICK = timedelta(microseconds=1)


def plain(text: str) -> str:
    """Text without the marks that isolate names."""
    return _ISOLATES.sub("", text)


class TownClock:
    """Virtual time, aware and in UTC."""

    def __init__(self, start: datetime = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        self._now += TICK
        return self._now

    def at_least(self, moment: datetime) -> None:
        self._now = max(self._now, moment)

    def turn(self, by: timedelta) -> None:
        """Forward, or back as a clock is set back by hand."""
        self._now += by

    async def sleep(self, seconds: float) -> None:
        """Nobody in a town waits for the real time but for others to have their turn."""
        await asyncio.sleep(min(seconds, 0.01))


@dataclass(slots=True)
class Message:
    """One card as somebody's phone shows it: as posted, then as edited."""

    channel: str
    reference: str
    drawn: list[Card]
    at: list[datetime]
    expected: bool = False

    @property
    def posted(self) -> str:
        return plain(as_text(self.drawn[0], numbered=False))

    @property
    def text(self) -> str:
        """What it says now."""
        return plain(as_text(self.drawn[-1], numbered=False))

    @property
    def card(self) -> Card:
        return self.drawn[-1]

    def labels(self, *, posted: bool = False) -> list[str]:
        """The labels of its buttons, in order."""
        card = self.drawn[0] if posted else self.drawn[-1]
        return [plain(button.label) for button in card.every_button()]

    def button(self, label: str, line: str = "") -> Button | None:
        """The button called `label`; with `line`, the one on that person's line."""
        found: Sequence[Button] = self.card.every_button()
        if line:
            people = [s for s in self.card.body if isinstance(s, Person)]
            found = [b for p in people if line in plain(p.name) for b in p.buttons]
        return next((b for b in found if plain(b.label) == label), None)


@dataclass(slots=True)
class Phone:
    """Everything one person has been shown, oldest first."""

    name: str
    messages: list[Message] = field(default_factory=list)

    def unexpected(self) -> list[Message]:
        return [m for m in self.messages if not m.expected]


class Killed(BaseException):
    """The process dies here; nothing may catch it."""


class PostOffice:
    """A channel that is not drawn live: what is posted stays until it is edited."""

    def __init__(self, name: str, clock: TownClock, *, edits: bool = True) -> None:
        self.name = name
        self.limits = Limits(edits=edits)
        self.phones: dict[str, Phone] = {}
        """By address."""
        self.handed: list[str] = []
        """The address of every hand-over, in order."""
        self.blocked: set[str] = set()
        self.down = False
        self.takes = timedelta()
        """How long each hand-over takes."""
        self.paced: list[float] = []
        """For the next hand-overs: how long to wait, each once."""
        self.refused_lane = ""
        """The narrow lane these concern; empty for all of it."""
        self.kills = 0
        """How many of the next hand-overs are the last thing the process does."""
        self.at_death: Callable[[], None] | None = None
        """What makes sure that it does nothing more: what follows is still run, here."""
        self.tries = 0
        self.narrow: Callable[[Parcel], Sequence[Lane]] | None = None
        """Which narrow lanes a parcel passes."""
        self.closed = ""
        """Why the whole channel is out of order."""
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        """What happens while the next card is on its way."""
        self._clock = clock
        self._by_reference: dict[str, Message] = {}

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return self.narrow(parcel) if self.narrow else ()

    async def deliver(self, parcel: Parcel) -> str:
        self._fail(parcel.address)
        phone = self.phones[parcel.address]
        reference = f"{self.name}-{len(self.handed) + 1}"
        message = Message(self.name, reference, [parcel.card], [self._clock.now()])
        phone.messages.append(message)
        self.handed.append(parcel.address)
        self._by_reference[reference] = message
        if self.kills:
            self.kills -= 1
            if self.at_death:
                self.at_death()
            raise Killed
        if self.meanwhile:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        return reference

    async def refresh(self, parcel: Parcel) -> None:
        self._fail(parcel.address)
        message = self._by_reference[parcel.reference]
        if self.limits.edits:
            message.drawn.append(parcel.card)
            message.at.append(self._clock.now())

    async def changed(self, people: Sequence[int]) -> None:
        raise AssertionError("only live channels are told")

    def _fail(self, address: str) -> None:
        self.tries += 1
        self._clock.turn(self.takes)
        if self.closed:
            raise Closed(self.closed)
        if self.down:
            raise Temporary("no answer")
        if self.paced:
            raise Paced(self.paced.pop(0), self.refused_lane)
        if address in self.blocked:
            raise Gone("blocked")
