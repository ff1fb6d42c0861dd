"""A town: made-up people, their phones, a house that serves them, and a clock.

A scenario is a dialogue with it:

    town = await found("Mori: safety\\n  Lena:\\n    Aiko:")
    await town.says("Aiko", "there is a fire in building B")
    town.hears("Aiko", "Where?", buttons=["Cancel"])
    await town.taps("Lena", "I take it", told="It is yours")
    await town.fast_forward(minutes=3)

Rules of the room:
- Whatever a phone receives must be expected: a card that nobody heard or ignored fails the test.
- After every step no ask waits without a time, and none has a time without waiting.
- At the end the outbox is empty, every chain of the journal holds, the log has no error, no
  word is missing, and every phone shows what it would show if it were drawn anew.
"""

from __future__ import annotations

import asyncio
import functools
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot import texts
from bot.app import House
from bot.cards import as_text
from bot.engine import Answered
from bot.events import Attached, FromPeople, Located, Sender, Submitted, Tapped, Wrote
from bot.look import CouldNotSave
from bot.ports import SeededIds
from bot.views import Reader, draw
from storage import journal, rows, staff
from storage.tables import micros, moment
from tests.databases import settings_for
from tests.scenarios.folk import Somebody, folk, roster
from tests.scenarios.phones import Message, Phone, PostOffice, TownClock, plain

Founding = Callable[..., Awaitable["Town"]]

MOST_TURNS = 500
"""How often the house may find something to do at one moment before it counts as endless."""
MOST_POSTS = 500
"""How many cards are drawn anew in the end; of a crowd's, some."""
SNAPSHOTS = ("person:", "draft:")
"""Cards about these are not kept up to date once somebody has moved on."""

_NEXT = (
    "SELECT min(at) FROM ("
    " SELECT min(due_at) AS at FROM asks WHERE due_at IS NOT NULL"
    " UNION ALL SELECT min(due_at) FROM rollcalls WHERE due_at IS NOT NULL"
    " UNION ALL SELECT min(due_at) FROM drafts WHERE due_at IS NOT NULL"
    " UNION ALL SELECT min(ready_at) FROM outbox WHERE ready_at > :now"
    " UNION ALL SELECT min(blocked_until) FROM lanes WHERE blocked_until > :now"
    ") AS moments"
)
_TOKENS = (
    "SELECT updated_at + CAST((1 - tokens) / rate * 1000000 AS BIGINT) FROM lanes WHERE rate > 0"
)
_PENDING = (
    "SELECT 'due' FROM asks WHERE due_at <= :now"
    " UNION SELECT 'due' FROM rollcalls WHERE due_at <= :now"
    " UNION SELECT 'due' FROM drafts WHERE due_at <= :now"
    " UNION SELECT channel FROM outbox WHERE ready_at <= :now"
    " UNION SELECT 'lost ' || id || ' ' || standing FROM asks"
    " WHERE (standing IN ('asked', 'climbed')) <> (due_at IS NOT NULL)"
)

TICK = timedelta(seconds=1)
"""How often the house looks what is due: what lies closer together is found together."""

_languages = functools.cache(texts.Language)
"""Read from their files once; they never change."""


@dataclass(slots=True)
class Citizen:
    """Somebody of the town, with their phone."""

    somebody: Somebody
    id: int
    phone: Phone


class Town:
    """Found one with `Town.found`; the fixture `found` also looks it over and closes it."""

    def __init__(self, url: str, clock: TownClock, settings: Mapping[str, object]) -> None:
        self.url = url
        self.clock = clock
        self.offices = {
            "phone": PostOffice("phone", clock),
            "mail": PostOffice("mail", clock, edits=False),
        }
        self.people: dict[str, Citizen] = {}
        self.houses: list[House] = []
        self._gone: list[House] = []
        self.settings = settings
        self.faults_expected: set[str] = set()
        self._events = 0
        path = make_url(url).database if url.startswith("sqlite") else None
        self._file = sqlite3.connect(path, isolation_level=None) if path else None
        self._web: dict[int, dict[int, Message]] = {}
        self._web_seen: dict[int, int] = {}
        self._page: dict[int, set[int]] = {}
        """What each web page shows now: a card posted again stands at its newest place only."""

    @classmethod
    async def found(cls, url: str, people: str, *, seed: int = 1, **settings: object) -> Town:
        """A town on the database at `url`, its people as `tests.scenarios.folk` reads them."""
        town = cls(url, TownClock(), settings)
        town.open_house(seed=seed)
        await town.move_in(people)
        return town

    def open_house(self, writer: str = "server", *, seed: int = 1) -> House:
        """A process that serves this town; a second one is a replica."""
        with patch.object(texts, "Language", _languages):
            house = House(
                settings_for(self.url, **self.settings),
                clock=self.clock,
                ids=SeededIds(seed + 1000 * len(self.houses)),
                writer=writer,
                channels=self.offices,
            )
        self.houses.append(house)
        return house

    def reopen(self) -> None:
        """The process is gone and another takes its place: nothing is left but the database."""
        self.bury(self.houses.pop(0))
        self.houses.insert(0, self.open_house(seed=len(self._gone) + 7))
        self.houses.pop()

    def bury(self, house: House) -> None:
        """A process that is no more; only its connections are still to be closed."""
        self._gone.append(house)

    @property
    def house(self) -> House:
        return self.houses[0]

    @property
    def phones(self) -> PostOffice:
        return self.offices["phone"]

    async def move_in(self, people: str) -> None:
        """These people are imported, and get their phones."""
        new = folk(people)
        async with self.house.store.write() as work:
            await staff.take_over(work, roster(new), leave=False)
            known = await work.by_key([p.key for p in new])
        for person in new:
            phone = Phone(person.name)
            self.people[person.name] = Citizen(person, known[person.key].id, phone)
            for channel, office in self.offices.items():
                office.phones[person.address(channel)] = phone
            if "web" in person.channels:
                self._web[known[person.key].id] = {}

    async def leaves(self, name: str) -> None:
        """Somebody leaves the organisation."""
        async with self.house.store.write() as work:
            await staff.remove(work, [self.people[name].somebody.key])
            await work.flush()
        self._web.pop(self.people[name].id, None)
        await self.settle()

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
        """Somebody sends a picture."""
        said = await self.happens(Attached(self.event_id(), self.sender(name), picture, words))
        self._reply(name, said, told, refused)
        return said

    async def stands_at(
        self,
        name: str,
        latitude: float,
        longitude: float,
        *,
        told: str | None = "",
        refused: str = "",
    ) -> Answered:
        """Somebody shares where they are."""
        event = Located(self.event_id(), self.sender(name), latitude, longitude)
        said = await self.happens(event)
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

    # --- time ----------------------------------------------------------------------------

    async def fast_forward(self, **by: float) -> None:
        """Let time pass, from each moment something is due to the next."""
        until = self.clock.now() + timedelta(**by)
        while True:
            moment = await self.next_due()
            if moment is None or moment > until:
                break
            self.clock.at_least(min(moment + TICK, until))
            await self.settle()
        self.clock.at_least(until)
        await self.settle()

    async def next_due(self) -> datetime | None:
        """When something is to be done next, if ever."""
        now = self.clock.now()
        [found] = await self._column(_NEXT)
        moments = [] if found is None else [moment(found)]
        if (await self._pending()) & set(self.offices):
            # The lane of a channel lets no more through until it has a whole token again.
            tokens = [moment(at) for at in await self._column(_TOKENS) if at > micros(now)]
            moments += tokens or [now + TICK]
        return max(min(moments), now) if moments else None

    async def settle(self) -> None:
        """Until nobody has anything to do at this moment; then nothing may be amiss."""
        for _ in range(MOST_TURNS):
            pending = await self._pending()
            if not pending:
                break
            done = await asyncio.gather(*(self._turn(house, pending) for house in self.houses))
            if not any(done):
                break
        else:
            raise AssertionError("the house finds no rest")
        lost = [word for word in pending if word.startswith("lost ")]
        assert not lost, f"asks and their times disagree: {lost}"
        await self._look_at_pages()

    async def _pending(self) -> set[str]:
        """`due` if anything is, the channels that have cards ready, and asks that are lost."""
        return set(await self._column(_PENDING))

    async def _column(self, statement: str) -> list[Any]:
        """The first column of a query about this moment; it is asked very often."""
        now = {"now": micros(self.clock.now())}
        if self._file is not None:
            return [row[0] for row in self._file.execute(statement, now)]
        async with self.house.store.look() as look:
            return list((await look.conn.execute(text(statement), now)).scalars())

    async def _turn(self, house: House, pending: set[str]) -> int:
        done = 0
        if "due" in pending:
            try:
                done += await house.engine.come_due()
            except CouldNotSave as problem:
                # As the clock does: a race lost to another replica is run again at once.
                if not problem.again:
                    raise
                done += 1
        for channel in sorted(pending & set(house.channels)):
            done += await house.courier.round(channel, urgent=False)
        return done

    async def _look_at_pages(self) -> None:
        """Open web pages follow what has changed, as a browser does."""
        if not self._web:
            return
        now = await self.house.site.feed.revision(list(self._web))
        for person, revision in now.items():
            if self._web_seen.get(person) != revision:
                self._web_seen[person] = revision
                await self._look_at_page(person)

    async def _look_at_page(self, person: int) -> None:
        phone = next(c.phone for c in self.people.values() if c.id == person)
        items = await self.house.site.feed.cards(person, None, 200)
        self._page[person] = {item.post for item in items}
        for item in items:
            known = self._web[person].get(item.post)
            if known is None:
                known = Message("web", str(item.post), [item.card], [self.clock.now()])
                self._web[person][item.post] = known
                phone.messages.append(known)
            elif known.card != item.card:
                known.drawn.append(item.card)
                known.at.append(self.clock.now())

    # --- when the test ends --------------------------------------------------------------

    async def look_over(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Everything that must hold when all is said; `lines` is the log."""
        await self.fast_forward(seconds=5)
        self.hears_nothing()
        async with self.house.store.look() as look:
            queued = (await look.conn.execute(text("SELECT view, person FROM outbox"))).all()
            verdict = await journal.verify(look.conn)
        assert not queued, f"never sent: {queued}"
        assert verdict.broken == ()
        faults = [
            dict(line)
            for line in lines
            if line["log_level"] in ("error", "critical")
            and line["event"] not in self.faults_expected
        ]
        assert not faults, f"the log has errors: {faults}"
        for house in self.houses:
            assert not house.texts.missing, f"words missing: {dict(house.texts.missing)}"
        await self._nothing_stale()

    async def _nothing_stale(self) -> None:
        """Each card on a phone is what it would be if it had been drawn now."""
        async with self.house.store.look() as look:
            posts = (await look.conn.execute(text("SELECT * FROM posts"))).all()
            by_id = {c.id: c for c in self.people.values()}
            for post in posts[:: 1 + len(posts) // MOST_POSTS]:
                citizen = by_id[post.person]
                person = await look.person(post.person)
                office = self.offices.get(post.channel)
                if person is None or person.left or post.subject.startswith(SNAPSHOTS):
                    continue
                if office is not None and not office.limits.edits:
                    continue
                shown = self._message(citizen, post)
                if shown is None:
                    continue
                if citizen.somebody.address(post.channel) in getattr(office, "blocked", ()):
                    continue
                reader = Reader(person, shown.at[-1], self.house.rules, self.house.texts)
                args = rows.mapping(post.args)
                card = await draw(post.view, look, post.subject, reader, args)
                now = plain(as_text(card, numbered=False)) if card else "(gone)"
                assert shown.text == now, (
                    f"{citizen.phone.name} sees what is no longer so:\n{shown.text}\n"
                    f"--- but should see:\n{now}"
                )

    def _message(self, citizen: Citizen, post: Any) -> Message | None:
        if post.channel == "web":
            if post.id not in self._page.get(post.person, ()):
                return None
            return self._web.get(post.person, {}).get(post.id)
        found = [
            m
            for m in citizen.phone.messages
            if (m.channel, m.reference) == (post.channel, post.reference)
        ]
        return found[0] if found else None

    async def close(self) -> None:
        for house in [*self._gone, *self.houses]:
            await house.stop()
        if self._file is not None:
            self._file.close()
