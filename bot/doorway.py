"""The house's side of the door that chat channels use; see `bot.door`.

Rules of the room:
- Everything that changes anything goes through the engine; the rest only looks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot import incidents
from bot.cards import Card, FormPage
from bot.door import Answered
from bot.engine import Engine
from bot.events import FromPeople, Sender
from bot.forms import FORMS
from bot.handlers.forms import over
from bot.home import home
from bot.knocks import Knocks
from bot.look import Look
from bot.people import Person
from bot.texts import Words
from bot.views import Reader
from bot.views.form import page


class DoorLook(Look, Protocol):
    """A look as the door needs it."""

    async def whose(self, senders: Collection[Sender]) -> Mapping[Sender, int]:
        """Whom these addresses belong to, by id; those of nobody are left out."""
        ...

    async def photo(self, photo: str) -> tuple[int, str, bytes] | None:
        """Who gave a picture, what it is about, and the picture."""
        ...


class Lookout(Protocol):
    """The store as the door sees it."""

    def look(self) -> AbstractAsyncContextManager[DoorLook]: ...


class Doorway:
    """Fits `bot.door.Door`."""

    def __init__(self, engine: Engine, lookout: Lookout) -> None:
        self._engine = engine
        self._lookout = lookout
        self._knocks = Knocks(lookout)

    async def handle(self, event: FromPeople) -> Answered:
        return await self._engine.handle(event)

    async def who(self, sender: Sender) -> Person | None:
        return await self._knocks.who(sender)

    async def page(self, sender: Sender, draft: str) -> FormPage | None:
        async with self._lookout.look() as look:
            person = await _who(look, sender)
            found = await look.draft(draft) if person is not None else None
            if person is None or found is None or found.person != person.id:
                return None
            if found.form not in FORMS or over(found):
                return None
            return await page(look, found, self._reader(person))

    async def home(self, sender: Sender) -> Sequence[Card]:
        async with self._lookout.look() as look:
            person = await _who(look, sender)
            return await home(look, self._reader(person)) if person is not None else ()

    async def picture(self, photo: str, person: int) -> bytes | None:
        async with self._lookout.look() as look:
            found, who = await look.photo(photo), await look.person(person)
            if found is None or who is None:
                return None
            giver, about, picture = found
            return picture if giver == who.id or await _may_see(look, about, who) else None

    def words(self, person: Person | None) -> Words:
        rules, texts = self._engine.rules, self._engine.texts
        if person is None:
            return texts.words(rules.language, rules.time_zone)
        return texts.words(person.language, person.time_zone)

    def _reader(self, person: Person) -> Reader:
        engine = self._engine
        return Reader(person, engine.clock.now(), engine.rules, engine.texts)


async def _who(look: DoorLook, sender: Sender) -> Person | None:
    found = (await look.whose((sender,))).get(sender)
    person = await look.person(found) if found is not None else None
    return person if person is not None and not person.left else None


async def _may_see(look: Look, about: str, person: Person) -> bool:
    """Whoever reported or works on an incident sees its pictures."""
    incident = await look.incident(about.removeprefix("incident:"))
    if incident is None:
        return False
    paged = await look.asks_about(incident.about)
    named = any(person.id in (p.person, *p.chain) for p in paged)
    chain = (await look.tree()).chain(incident.reporter)
    own = incident.reporter == person.id
    return own or incidents.may_work_on(incident, person, chain, named)
