"""The board's ports, joined to the house.

Rules of the room:
- Each page is drawn from one look, so that its figures belong together.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from adapters.board.site import Board
from bot import housekeeping
from bot import rights as allowed
from bot.board import heads, incidents, people, rollcall, samples, start
from bot.board.figures import Choice, Guest, Line, Place, Sort
from bot.board.heads import Heads
from bot.board.incidents import Dossier, Page
from bot.board.people import Branch, Ready, Roster
from bot.board.rollcall import Quick, Seen, Slow
from bot.board.settings import Keeping
from bot.board.speech import Speech
from bot.board.start import Start
from bot.cards import Card
from bot.numbers import shown
from bot.outcomes import Entry, Outcome, Refresh
from bot.people import Person
from bot.rights import Rights
from bot.signin import ID, Session, Span
from bot.views import Reader, draw
from storage import feed, signins

if TYPE_CHECKING:
    from bot.app import House

SESSION = 40
"""Letters of a session's token: 200 bits."""
USED_AGAIN = timedelta(minutes=5)
"""A session in use is marked so often."""
BEGINS = frozenset({"rollcall", "incident"})
"""Forms that become a thing of their own name."""
AT_ONCE = 2000
"""Lines of an export looked up at once."""


def board(house: House) -> Board:
    """The board of a house."""
    return Board(
        door=house.door,
        entrance=Entrance(house),
        desk=_Desk(house),
        clock=house.clock,
        ids=house.ids,
        texts=house.texts,
        base_url=house.settings.web.base_url,
        speech=Speech(house.rules, house.texts, house.clock),
    )


@dataclass(slots=True)
class Entrance:
    house: House

    @property
    def _span(self) -> Span:
        web = self.house.settings.web
        return Span(web.board_lifetime, web.board_idle)

    async def enter(self, token: str) -> str | None:
        house = self.house
        async with house.store.write() as work:
            made = await signins.use(work, token)
            person = await work.person(made.person) if made else None
            if made is None or person is None or person.left:
                return None
            session = house.ids.token(SESSION)
            opened = Session(person.id, person.link_rev, work.now, work.now)
            await signins.begin(work, session, opened, self._span.lifetime)
            work.record([Entry("board.entered", f"person:{person.id}", person.id)])
            # The card says that the link has been used.
            await work.take(Outcome(refresh=[Refresh(made.about)]))
            await work.flush()
        house.courier.kick()
        return session

    async def who(self, session: str, *, uses: bool = True) -> Person | None:
        house, now = self.house, self.house.clock.now()
        async with house.store.look() as look:
            found = await signins.find(look.conn, look.keys, session)
            person = await look.person(found.person) if found else None
        if found is None or not self._span.holds(found, person, now):
            return None
        if uses and now - found.used_at > min(USED_AGAIN, self._span.idle / 4):
            async with house.store.write(patient=True) as work:
                await signins.used(work, session, found)
        return person

    async def leave(self, session: str, *, everywhere: bool) -> None:
        house = self.house
        async with house.store.write() as work:
            found = await signins.find(work.conn, work.keys, session)
            if found is None:
                return
            if everywhere:
                void = await signins.end_all(work, found.person)
                await work.take(Outcome(refresh=[Refresh(f"signin:{id_}") for id_ in void]))
            else:
                await signins.end(work, session)
            kind = "board.left-everywhere" if everywhere else "board.left"
            work.record([Entry(kind, f"person:{found.person}", found.person)])
            await work.flush()
        house.courier.kick()

    async def link(self, person: Person) -> str:
        """A fresh link for somebody, for whoever hands it over themselves."""
        house, rules = self.house, self.house.rules
        async with house.store.write() as work:
            path = await signins.hand_out(work, person, house.ids.token(ID), rules.board_link)
            await work.flush()
            return path


@dataclass(slots=True)
class _Desk:
    house: House

    def _reader(self, person: Person) -> Reader:
        house = self.house
        return Reader(person, house.clock.now(), house.rules, house.texts)

    async def rights(self, person: Person) -> Rights:
        async with self.house.store.look() as look:
            return allowed.of(person, await look.tree())

    async def start(self, rights: Rights) -> Start:
        async with self.house.store.look() as look:
            found = await start.gather(look, rights, self._reader(rights.person))
        mine = [await shown(card, self.house.store) for card in found.mine]
        return replace(found, mine=tuple(mine))

    async def seen(self, roll_call: str, rights: Rights) -> Seen | None:
        async with self.house.store.look() as look:
            return await rollcall.seen(look, roll_call, rights)

    async def quick(self, seen: Seen, choice: Choice) -> Quick:
        async with self.house.store.look() as look:
            # As it is now: it may have ended since the page was opened.
            fresh = await look.roll_call(seen.roll_call.id)
            now = replace(seen, roll_call=fresh) if fresh else seen
            return await rollcall.quick(look, now, choice)

    async def heads(self, seen: Seen, choice: Choice) -> Heads:
        async with self.house.store.look() as look:
            return await heads.gather(look, seen, choice)

    async def revision(self) -> Hashable:
        async with self.house.store.look() as look:
            return await feed.heads(look.conn)

    async def slow(self, seen: Seen, quick: Quick) -> Slow:
        async with self.house.store.look() as look:
            return await rollcall.slow(look, seen, quick.everyone, self.house.clock.now())

    async def everybody(self, seen: Seen, choice: Choice) -> AsyncIterator[Sequence[Line]]:
        after: Place | None = None
        while True:
            async with self.house.store.look() as look:
                page = replace(choice, after=after, limit=AT_ONCE)
                lines = await look.listed(seen.roll_call.about, page, seen.within)
            yield lines
            if len(lines) < AT_ONCE:
                return
            after = lines[-1].name, lines[-1].ask.person

    async def guests(self, seen: Seen, choice: Choice) -> AsyncIterator[Sequence[Guest]]:
        after: tuple[datetime, str] | None = None
        while choice.sort is Sort.EVERYONE and choice.team is None:
            async with self.house.store.look() as look:
                found = await look.guests(seen.roll_call.about, after, AT_ONCE)
            yield [one for one in found if choice.site in (None, one.site)]
            if len(found) < AT_ONCE:
                return
            after = found[-1].at, found[-1].id

    async def incidents(self, rights: Rights, after: tuple[datetime, str] | None) -> Page:
        async with self.house.store.look() as look:
            return await incidents.page(look, after, rights, self._reader(rights.person))

    async def incident(self, incident: str, rights: Rights) -> Dossier | None:
        async with self.house.store.look() as look:
            return await incidents.dossier(look, incident, self._reader(rights.person))

    async def sure(self, subject: str, rights: Rights) -> Card | None:
        async with self.house.store.look() as look:
            card = await draw("sure", look, subject, self._reader(rights.person), {})
        return card if card is not None and card.open else None

    async def members(self, rights: Rights, after: Place | None, said: str) -> Roster:
        async with self.house.store.look() as look:
            return await people.roster(look, rights, after, said)

    async def branch(self, rights: Rights, person: int | None) -> Branch | None:
        async with self.house.store.look() as look:
            return await people.branch(look, rights, person)

    async def ready(self, rights: Rights) -> Ready | None:
        async with self.house.store.look() as look:
            return await people.ready(look, rights)

    async def settings(self, rights: Rights) -> Keeping | None:
        return await housekeeping.gather(self.house) if rights.administers else None

    async def samples(self, draft: str, rights: Rights) -> Mapping[str, Card]:
        async with self.house.store.look() as look:
            return await samples.of(look, draft, self._reader(rights.person))

    async def about(self, draft: str, rights: Rights) -> str:
        async with self.house.store.look() as look:
            found = await look.draft(draft)
            mine = found is not None and found.person == rights.person.id
            return found.about if found is not None and mine else ""

    async def became(self, draft: str, rights: Rights) -> str:
        async with self.house.store.look() as look:
            found = await look.draft(draft)
            if found is None or found.person != rights.person.id or not found.sent:
                return ""
            return f"{found.form}:{found.sent}" if found.form in BEGINS else found.about
