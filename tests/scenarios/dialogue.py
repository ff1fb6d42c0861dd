"""What the people of a town say and tap, and what they hear and see.

Rules of the room:
- Each line of a dialogue says what came of it: `told` is part of the reply, `refused` part of a
  refusal. A refusal nobody foresaw fails the test, and so does a reply to typed words.
- `hears` is about a card that was sent and nobody has heard yet; `sees` about what the newest
  card of that title shows by now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from bot.app import House
from bot.engine import Answered
from bot.events import Attached, FromPeople, Sender, Submitted, Tapped, Wrote
from tests.scenarios.folk import Somebody
from tests.scenarios.phones import Message, Phone, plain


@dataclass(slots=True)
class Citizen:
    """Somebody of the town, with their phone."""

    somebody: Somebody
    id: int
    phone: Phone


class Dialogue:
    """The speaking half of a town; the other half lets time pass."""

    people: dict[str, Citizen]
    houses: list[House]
    _events = 0

    @property
    def house(self) -> House:
        return self.houses[0]

    async def settle(self) -> None:
        """Until nobody has anything to do at this moment."""

    # --- what people do ------------------------------------------------------------------

    def sender(self, name: str, by: str = "") -> Sender:
        """Somebody as they write through the channel `by`, or their first."""
        person = self.people[name]
        channel = by or person.somebody.channels[0]
        if channel == "web":
            return Sender("web", str(person.id))
        return Sender(channel, person.somebody.address(channel))

    def event_id(self) -> str:
        self._events += 1
        return f"town:{self._events}"

    async def says(
        self,
        name: str,
        words: str,
        *,
        told: str | None = "",
        refused: str = "",
        by: str = "",
    ) -> Answered:
        """Somebody types a line; `told` is part of the reply (`None`: whatever it is)."""
        sender = self.sender(name, by)
        said = await self.happens(Wrote(self.event_id(), sender, words))
        self._reply(name, said, told, refused)
        if sender.channel == "web":
            for message in self.people[name].phone.unexpected():
                if message.card.title == self._say(name, "said-title"):
                    message.expected = True
        return said

    async def taps(
        self,
        name: str,
        label: str,
        *,
        on: str = "",
        line: str = "",
        told: str | None = None,
        refused: str = "",
        by: str = "",
    ) -> Answered:
        """Somebody taps the button `label` of the newest card that has it.

        `on` is part of that card's text, `line` the person on whose line the button stands.
        """
        button = self.button(name, label, on=on, line=line)
        return await self.presses(name, button, told=told, refused=refused, by=by)

    def button(self, name: str, label: str, *, on: str = "", line: str = "") -> str:
        """The id of a button somebody sees."""
        messages = self.people[name].phone.messages
        for message in reversed(messages):
            found = message.button(label, line) if on in message.text else None
            if found is not None:
                return found.id
        raise AssertionError(f"{name} sees no button {label!r}:\n{self._shown(messages)}")

    def tap(self, name: str, button: str, by: str = "") -> Tapped:
        """A tap that has not arrived yet."""
        return Tapped(self.event_id(), self.sender(name, by), button)

    def line(self, name: str, words: str, by: str = "") -> Wrote:
        """A typed line that has not arrived yet."""
        return Wrote(self.event_id(), self.sender(name, by), words)

    async def presses(
        self,
        name: str,
        button: str,
        *,
        told: str | None = None,
        refused: str = "",
        by: str = "",
        event_id: str = "",
    ) -> Answered:
        """Somebody sends the id of a button, rightly or not."""
        tapped = Tapped(event_id or self.event_id(), self.sender(name, by), button)
        said = await self.happens(tapped)
        self._reply(name, said, told, refused)
        return said

    async def submits(
        self,
        name: str,
        form: str,
        answers: Mapping[str, str],
        *,
        told: str | None = None,
        refused: str = "",
        about: str = "",
    ) -> Answered:
        """Somebody sends a whole page of a form."""
        said = await self.happens(self.page(name, form, answers, about))
        self._reply(name, said, told, refused)
        return said

    async def shows(
        self,
        name: str,
        picture: bytes,
        words: str = "",
        *,
        told: str | None = "",
        refused: str = "",
    ) -> Answered:
        """Somebody sends a picture, with words that go before it."""
        if words:
            await self.happens(Wrote(self.event_id(), self.sender(name), words))
        said = await self.happens(Attached(self.event_id(), self.sender(name), picture))
        self._reply(name, said, told, refused)
        return said

    def page(self, name: str, form: str, answers: Mapping[str, str], about: str = "") -> Submitted:
        """A page of a form that has not arrived yet."""
        return Submitted(self.event_id(), self.sender(name), form, answers, about)

    async def row(self, statement: str, **values: object) -> Any:
        """One row straight from the database, for what nobody is shown."""
        async with self.house.store.look() as look:
            return (await look.conn.execute(text(statement), values)).one()

    async def happens(self, event: FromPeople, house: House | None = None) -> Answered:
        """One event, and everything that follows from it at once."""
        said = await (house or self.house).engine.handle(event)
        await self.settle()
        return said

    async def together(self, *events: FromPeople) -> list[Answered]:
        """Events that arrive at the same moment, shared out among the houses."""
        doors = [self.houses[n % len(self.houses)].engine for n in range(len(events))]
        said = await asyncio.gather(*(d.handle(e) for d, e in zip(doors, events, strict=True)))
        await self.settle()
        return said

    def _reply(self, name: str, said: Answered, told: str | None, refused: str) -> None:
        reply = plain(said.text)
        if refused:
            assert said.problem, f"{name} should have been refused, but was told {reply!r}"
            assert refused in reply, f"{name} was refused with {reply!r}"
        else:
            assert not said.problem, f"{name} was refused: {reply!r}"
            if told is not None:
                fits = told in reply if told else not reply
                assert fits, f"{name} was told {reply!r}, not {told!r}"
        for message in self.people[name].phone.unexpected():
            if reply and message.posted.replace("\n", " ") == reply.replace("\n", " "):
                message.expected = True

    def _say(self, name: str, key: str) -> str:
        language = self.people[name].somebody.language
        return self.house.texts.words(language).say(key)

    # --- what they see -------------------------------------------------------------------

    def hears(
        self,
        name: str,
        *parts: str,
        buttons: Sequence[str] | None = None,
        lacks: Iterable[str] = (),
    ) -> Message:
        """Somebody was sent a card with all these `parts`; `buttons` are all its labels."""
        waiting = self.people[name].phone.unexpected()
        for message in waiting:
            if all(part in message.posted for part in parts):
                break
        else:
            raise AssertionError(f"{name} did not hear {parts}, but:\n{self._shown(waiting)}")
        message.expected = True
        for part in lacks:
            assert part not in message.posted, f"{name} heard {part!r}:\n{message.posted}"
        if buttons is not None:
            assert message.labels(posted=True) == list(buttons)
        return message

    def everyone_hears(self, *parts: str, but: Iterable[str] = ()) -> None:
        """All of them, but not those named."""
        left_out = set(but)
        for name in self.people:
            if name not in left_out:
                self.hears(name, *parts)

    def hears_nothing(self, *names: str) -> None:
        """Nothing has come that was not expected already."""
        for name in names or self.people:
            waiting = self.people[name].phone.unexpected()
            assert not waiting, f"{name} heard:\n{self._shown(waiting)}"

    def sees(
        self,
        name: str,
        *parts: str,
        buttons: Sequence[str] | None = None,
        lacks: Iterable[str] = (),
    ) -> Message:
        """The newest card with the first part in its title now also has the other `parts`."""
        messages = self.people[name].phone.messages
        for message in reversed(messages):
            if parts[0] in plain(message.card.title):
                break
        else:
            raise AssertionError(f"{name} sees no {parts[0]!r}:\n{self._shown(messages)}")
        for part in parts[1:]:
            assert part in message.text, f"{name} sees no {part!r}:\n{message.text}"
        for part in lacks:
            assert part not in message.text, f"{name} sees {part!r}:\n{message.text}"
        if buttons is not None:
            assert message.labels() == list(buttons)
        return message

    def ignores(self, *names: str) -> None:
        """What these people (or all) were sent so far is of no interest here."""
        for name in names or self.people:
            for message in self.people[name].phone.messages:
                message.expected = True

    def heard(self, name: str, part: str) -> int:
        """How many cards with these words somebody was sent."""
        return sum(part in m.posted for m in self.people[name].phone.messages)

    @staticmethod
    def _shown(messages: Sequence[Message]) -> str:
        return "\n---\n".join(
            f"({m.channel}) {m.text}"
            if m.text == m.posted
            else f"({m.channel}) {m.posted}\n...now: {m.text}"
            for m in messages
        )
