"""The one door: every event comes through `handle`, and is decided in one transaction.

Rules of the room:
- The event is journalled, state is decided and saved, cards are queued, and only then is the
  caller told. A crash at any line loses nothing and repeats at most one message.
- Everything waiting at a moment shares one transaction (group commit). One event that fails
  does not hold up the others: it is taken back alone, journalled, and its sender is told.
- People go first: what is due and what was delivered wait for the taps already in line.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot import handlers, replies
from bot.buttons import may_be
from bot.deliveries import RACES, Deliveries, lost_race
from bot.door import Answered, Shown
from bot.due import Due
from bot.events import (
    Attached,
    Departed,
    Edited,
    FromPeople,
    Introduced,
    Located,
    Submitted,
    Tapped,
    Wrote,
)
from bot.forms import clean
from bot.handlers import Scene, problem
from bot.handlers.edits import edited
from bot.handlers.forms import submitted
from bot.handlers.newcomers import departed, introduced
from bot.handlers.words import attached, line, located, wrote
from bot.lexicon import Lexicon
from bot.look import CouldNotSave, Known, Work
from bot.outcomes import Entry, Outcome, Priority, Reply, Show
from bot.pace import Paces
from bot.people import Person
from bot.ports import Clock, Ids
from bot.receipts import ReceiptBook, Receipts
from bot.rules import Rules
from bot.settling import finish, release
from bot.texts import Texts

log = structlog.get_logger("engine")

ASKED_ON = frozenset({"incident-sent", "incident-updated"})
"""Replies that need no line of their own where the form goes on."""
TOGETHER = 512
"""How many events share a transaction at most."""


@dataclass(slots=True)
class _Waiting:
    """An event in line; whoever handed it over may have gone away meanwhile."""

    event: FromPeople
    future: asyncio.Future[Answered]

    def answer(self, answered: Answered) -> None:
        if not self.future.done():
            self.future.set_result(answered)

    def refuse(self, problem: BaseException) -> None:
        if not self.future.done():
            self.future.set_exception(problem)


@dataclass(slots=True)
class _Done:
    """One event, decided: who sent it, and what they are told."""

    waiting: _Waiting
    person: Person | None
    said: Outcome
    repeat: bool = False


class Engine:
    """Takes events, decides, saves."""

    def __init__(
        self,
        book: ReceiptBook,
        rules: Rules,
        texts: Texts,
        clock: Clock,
        ids: Ids,
        *,
        without_history: Collection[str] = ("web", "console"),
        on_the_spot: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """`on_the_spot`: which views a channel shows at once where they answer a tap."""
        self.book = book
        self.rules = rules
        self.texts = texts
        self.clock = clock
        self.ids = ids
        self.lexicon = Lexicon(texts, rules)
        self.committed: list[Callable[[Collection[int], int], None]] = []
        """Called after each commit with the people whose live cards changed and how many cards
        were queued."""
        self._without_history = frozenset(without_history)
        self._on_the_spot = dict(on_the_spot or {})
        self._line: deque[_Waiting] = deque()
        self._serving: asyncio.Task[None] | None = None
        self._paces = Paces(rules, clock)
        self.come_due = Due(book, rules, clock, ids, self._after).batch
        """Decide one batch of what is due; returns how much there was."""
        deliveries = Deliveries(book, clock, self._after)
        self.arrived, self.closed = deliveries.arrived, deliveries.closed
        """The courier's news; see `deliveries`."""
        self.go_round = deliveries.go_round
        self.receipts = Receipts(book, clock, self._after)
        """What platforms say later about messages they took."""
        handlers.load()

    # --- the door ------------------------------------------------------------------------

    async def handle(self, event: FromPeople) -> Answered:
        """Decide one event; returns after the commit. Raises what the store raised."""
        if self._paces.too_fast(event):
            return self._say(Reply("too-fast", problem=True), None)
        waiting = _Waiting(event, asyncio.get_running_loop().create_future())
        self._line.append(waiting)
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        return await waiting.future

    async def _serve(self) -> None:
        while self._line:
            batch = [self._line.popleft() for _ in range(min(TOGETHER, len(self._line)))]
            try:
                await self._batch(batch)
            except BaseException as problem:
                for waiting in batch:
                    waiting.refuse(problem)
                if not isinstance(problem, Exception):
                    raise
            # Whoever was just answered and goes on at once is in the next batch, not the one after.
            await self.clock.sleep(0)

    async def _batch(self, batch: list[_Waiting]) -> None:
        try:
            done = await self._together(batch)
        except Exception as problem:
            if isinstance(problem, CouldNotSave) and problem.down:
                # Nobody is better off by waiting for it once more, each in turn.
                for waiting in batch:
                    waiting.refuse(problem)
                return
            if len(batch) == 1 and not lost_race(problem):
                await self._broke(batch[0], problem)
                return
            for waiting in batch:
                await self._alone(waiting)
            return
        for each in done:
            self._told(each)

    async def _alone(self, waiting: _Waiting) -> None:
        """One event by itself, tried again while it only loses races."""
        for attempt in range(RACES):
            try:
                done = (await self._together([waiting]))[0]
            except Exception as problem:
                if lost_race(problem) and attempt < RACES - 1:
                    await self.clock.sleep(0.01 * 2**attempt)
                    continue
                await self._broke(waiting, problem)
                return
            self._told(done)
            return

    def _told(self, done: _Done) -> None:
        said, problems = done.said, {}
        for question, reply in said.problems.items():
            problems[question] = self._say(reply, done.person).text
        event = done.waiting.event
        language = event.language if isinstance(event, Introduced) else ""
        plain = self._say(said.reply, done.person, language)
        shown = said.shown[-1] if said.shown else None
        found = Shown(shown.view, shown.subject, shown.args) if shown else None
        told = Answered(plain.text, plain.problem, done.repeat, said.draft, problems, found)
        done.waiting.answer(told)

    async def _broke(self, waiting: _Waiting, problem: Exception) -> None:
        """The store refused: the caller hears it. Anything else: it is ours, and on record."""
        if isinstance(problem, CouldNotSave):
            waiting.refuse(problem)
            return
        log.error("event.failed", id=waiting.event.id, problem=type(problem).__name__)
        try:
            async with self.book.write() as work:
                known = (await work.senders([waiting.event.sender])).get(waiting.event.sender)
                person = await work.person(known.person) if known else None
                reply = self._failed(work, waiting.event, person, problem)
                await work.flush()
            waiting.answer(self._say(reply, person))
        except Exception as worse:
            waiting.refuse(worse)

    # --- many events, one transaction ----------------------------------------------------

    async def _together(self, batch: Sequence[_Waiting]) -> list[_Done]:
        async with self.book.write() as work:
            seen = await work.seen([w.event.id for w in batch])
            senders = await work.senders({w.event.sender for w in batch})
            await self._prefetch(work, batch, [k.person for k in senders.values()])
            done = []
            for waiting in batch:
                event = waiting.event
                known = senders.get(event.sender)
                person = await work.person(known.person) if known else None
                if event.id in seen:
                    again = Outcome(reply=replies.read(seen[event.id]), draft=_draft_of(event))
                    done.append(_Done(waiting, person, again, repeat=True))
                    continue
                if isinstance(event, Introduced):
                    person, said = await self._introduced(work, event, person)
                else:
                    said = await self._one(work, event, person, known)
                seen[event.id] = replies.kept(said.reply)
                done.append(_Done(waiting, person, said))
            await finish(work)
        self._after(work)
        return done

    async def _prefetch(
        self, work: Work, batch: Sequence[_Waiting], people: Collection[int]
    ) -> None:
        taps = (w.event.button for w in batch if isinstance(w.event, Tapped))
        named = [tap.split(":") for tap in taps if may_be(tap)]
        asked = {p[1] for p in named if len(p) > 1 and p[0] in ("ask", "for", "call")}
        called = await work.calls_of({p[1] for p in named if p[0] == "call"} & asked)
        # Hand-outs before check-ins, in this order, as where they come due: both are locked.
        await work.prefetch(asks={call.handout for call in called.values() if call.handout})
        await work.prefetch(asks=asked, people=people)
        found = filter(None, [await work.ask(a) for a in asked])
        await work.prefetch(rollcalls={a.about.removeprefix("rollcall:") for a in found})

    async def _one(
        self, work: Work, event: FromPeople, person: Person | None, known: Known | None
    ) -> Outcome:
        """Decide one event and take over what it wants; a fault stays with this event."""
        if person is None or person.left:
            work.record([Entry("stranger")], event.id)
            return problem("unknown-person")
        scene = self._scene(work, event, person, known.contact if known else 0)
        try:
            if not isinstance(event, Tapped):
                # What words mean is found by queries: these must see the events before.
                await work.save()
            out = await self._meaning(scene)
            await release(work, out)
        except Exception as fault:
            if work.refused(fault):
                # The transaction itself is lost: everybody's events are done again, one by one.
                raise
            log.exception("event.failed", id=event.id, problem=type(fault).__name__)
            return Outcome(reply=self._failed(work, event, person, fault))
        self._echo(scene, out)
        there = self._on_the_spot.get(scene.channel)
        shown = _held_back(scene, out, there) if there is not None else ()
        about = f"draft:{out.draft}" if out.draft else ""
        entries = out.journal or [Entry(_kind(event), about, person.id)]
        work.record(entries, event.id, replies.kept(out.reply))
        await work.take(out)
        return replace(out, shown=shown) if shown else out

    async def _introduced(
        self, work: Work, event: Introduced, known: Person | None
    ) -> tuple[Person | None, Outcome]:
        """An account says whose it is. What it sends next finds that out in its own batch."""
        person, out = await introduced(work, event, known, self.rules)
        if event.quiet and not out.save:
            # Most of a directory is people known already or not on the staff list.
            return person, out
        who = person.id if person else None
        entries = out.journal or [Entry(_kind(event), person=who)]
        work.record(entries, event.id, replies.kept(out.reply))
        await work.take(out)
        return person, out

    def _failed(
        self, work: Work, event: FromPeople, person: Person | None, problem: Exception
    ) -> Reply:
        ref = self.ids.token(6)
        reply = Reply("something-broke", {"ref": ref}, problem=True)
        data = {"problem": type(problem).__name__, "ref": ref}
        who = person.id if person else None
        work.record([Entry("event.failed", person=who, data=data)], event.id, replies.kept(reply))
        return reply

    def _scene(self, work: Work, event: FromPeople, person: Person, contact: int) -> Scene:
        return Scene(
            work,
            event,
            person,
            work.now,
            self.ids,
            self.rules,
            self.texts,
            self.lexicon,
            contact,
        )

    async def _meaning(self, scene: Scene) -> Outcome:
        match scene.event:
            case Tapped(button=button):
                verb, *parts = button.split(":")
                handler = handlers.TAPS.get(verb)
                if handler is None or not parts or not may_be(button):
                    return problem("button-gone")
                return await handler(scene, parts)
            case Wrote() as event:
                return await wrote(scene, event)
            case Attached() as event:
                return await attached(scene, event)
            case Located() as event:
                return await located(scene, event)
            case Submitted() as event:
                return await submitted(scene, event)
            case Edited() as event:
                return await edited(scene, event)
            case Departed() as event:
                return await departed(scene, event)
            case Introduced():
                raise TypeError("introductions come before there is a scene")

    def _echo(self, scene: Scene, out: Outcome) -> None:
        """Typed words deserve a line in return; channels without history keep one's own too."""
        event = scene.event
        if not isinstance(event, Wrote | Attached | Located | Edited):
            return
        lines: list[Show] = []
        if event.sender.channel in self._without_history and isinstance(event, Wrote):
            said = clean(event.text)[: self.rules.text_limit]
            if said:
                lines.append(
                    Show(
                        scene.person.id,
                        "said",
                        f"person:{scene.person.id}",
                        {"text": said},
                        Priority.REPLY,
                        channel=scene.channel,
                    )
                )
        # The next question says it as well, and a phone takes one message a second.
        said_there = out.draft and out.reply is not None and out.reply.key in ASKED_ON
        if out.reply is not None and not said_there:
            lines.append(line(scene, out.reply))
        out.show[:0] = lines

    def _after(self, work: Work) -> None:
        if work.woken or work.queued:
            for told in self.committed:
                told(work.woken, work.queued)

    # --- small things --------------------------------------------------------------------

    def _say(self, reply: Reply | None, person: Person | None, language: str = "") -> Answered:
        if reply is None:
            return Answered()
        language = person.language if person else language or self.rules.language
        zone = person.time_zone if person else self.rules.time_zone
        text = self.texts.words(language, zone).say(reply.key, **reply.args)
        return Answered(text, reply.problem)


def _draft_of(event: FromPeople) -> str:
    """The draft of a page that is handed in again."""
    about = event.about if isinstance(event, Submitted) else ""
    return about.removeprefix("draft:") if about.startswith("draft:") else ""


def _kind(event: FromPeople) -> str:
    return f"event.{type(event).__name__.lower()}"


def _held_back(scene: Scene, out: Outcome, views: Collection[str]) -> tuple[Show, ...]:
    """The cards that answer whoever is looking at a page just now: taken out, to be shown there.

    A line of words is what they are told anyway. What no page shows is sent.
    """
    mine = [s for s in out.show if s.person == scene.person.id and s.channel == scene.channel]
    here = [show for show in mine if show.view in views]
    if out.reply is None and any(show.view not in (*views, "plain") for show in mine):
        out.reply = Reply("sent-to-you")
    out.show = [s for s in out.show if s not in mine or s.view not in (*views, "plain")]
    return tuple(here)
