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
import json
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot import handlers, pages, rollcalls
from bot.asks import Ask, Handed, Kind, step
from bot.events import Attached, Delivered, FromPeople, Located, Sender, Submitted, Tapped, Wrote
from bot.forms import FORMS, Draft, upcoming
from bot.handlers import Scene, problem
from bot.handlers.forms import advance, begin
from bot.handlers.words import attached, line, located, wrote
from bot.lexicon import Lexicon
from bot.look import Book, Work
from bot.outcomes import Entry, Outcome, Priority, ReleaseBelow, Reply, Show
from bot.people import Person
from bot.ports import Clock, Ids
from bot.rules import Rules
from bot.texts import Texts

log = structlog.get_logger("engine")

TOGETHER = 256
"""How many events share a transaction at most."""
SPREAD = 1000
"""How many people a roll call asks in one transaction."""
DUE = 400
"""How many asks that came due are decided in one transaction."""
RACES = 5
"""How often a transaction that lost a race to another replica is done again."""
TURNS = 200
"""How often cards that no channel can carry may lead to others before we stop."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the sender is told at once, in their words; empty for nothing to say."""

    text: str = ""
    problem: bool = False
    repeat: bool = False


@dataclass(slots=True)
class _Waiting:
    event: FromPeople
    future: asyncio.Future[Answered]


@dataclass(slots=True)
class _Done:
    """One event, decided: who sent it, and the reply."""

    waiting: _Waiting
    person: Person | None
    reply: Reply | None
    repeat: bool = False


@dataclass(slots=True)
class _Bucket:
    """How much one sender has said lately."""

    level: float = 0.0
    at: float = 0.0


class Engine:
    """Takes events, decides, saves. `again` tells whether a storage failure is worth a retry."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        texts: Texts,
        clock: Clock,
        ids: Ids,
        *,
        again: Callable[[Exception], bool] = lambda _: False,
        without_history: Collection[str] = ("web", "console"),
    ) -> None:
        self.book = book
        self.rules = rules
        self.texts = texts
        self.clock = clock
        self.ids = ids
        self.lexicon = Lexicon(texts, rules)
        self.committed: list[Callable[[Collection[int], int], None]] = []
        """Called after each commit with the people whose live cards changed and how many cards
        were queued."""
        self._again = again
        self._without_history = frozenset(without_history)
        self._line: deque[_Waiting] = deque()
        self._serving: asyncio.Task[None] | None = None
        self._buckets: dict[Sender, _Bucket] = {}
        self._releases: dict[str, dict[int, int | None]] = {}
        handlers.load()

    # --- the door ------------------------------------------------------------------------

    async def handle(self, event: FromPeople) -> Answered:
        """Decide one event; returns after the commit. Raises what the store raised."""
        if self._too_fast(event):
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
                    if not waiting.future.done():
                        waiting.future.set_exception(problem)
                if not isinstance(problem, Exception):
                    raise

    async def _batch(self, batch: list[_Waiting]) -> None:
        try:
            done = await self._together(batch)
        except Exception as problem:
            if len(batch) == 1 and not self._again(problem):
                await self._broke(batch[0], problem)
                return
            for waiting in batch:
                await self._alone(waiting)
            return
        for each in done:
            if not each.waiting.future.done():
                said = self._say(each.reply, each.person)
                each.waiting.future.set_result(
                    Answered(said.text, said.problem, repeat=each.repeat)
                )

    async def _alone(self, waiting: _Waiting) -> None:
        """One event by itself, tried again while it only loses races."""
        for attempt in range(RACES):
            try:
                done = (await self._together([waiting]))[0]
            except Exception as problem:
                if self._again(problem) and attempt < RACES - 1:
                    await self.clock.sleep(0.01 * 2**attempt)
                    continue
                await self._broke(waiting, problem)
                return
            said = self._say(done.reply, done.person)
            waiting.future.set_result(Answered(said.text, said.problem, repeat=done.repeat))
            return

    async def _broke(self, waiting: _Waiting, problem: Exception) -> None:
        """The store refused: the caller hears it. Anything else: it is ours, and on record."""
        if getattr(problem, "again", None) is not None:
            waiting.future.set_exception(problem)
            return
        log.error("event.failed", event=waiting.event.id, problem=type(problem).__name__)
        try:
            async with self.book.write() as work:
                known = (await work.senders([waiting.event.sender])).get(waiting.event.sender)
                person = await work.person(known.person) if known else None
                reply = self._failed(work, waiting.event, person, problem)
                await work.flush()
            waiting.future.set_result(self._say(reply, person))
        except Exception as worse:
            waiting.future.set_exception(worse)

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
                    done.append(_Done(waiting, person, _reply_from(seen[event.id]), repeat=True))
                    continue
                reply = await self._one(work, event, person)
                seen[event.id] = _reply_text(reply)
                done.append(_Done(waiting, person, reply))
            await self._finish(work)
        self._after(work)
        return done

    async def _prefetch(
        self, work: Work, batch: Sequence[_Waiting], people: Collection[int]
    ) -> None:
        buttons = [w.event.button.split(":") for w in batch if isinstance(w.event, Tapped)]
        asked = {b[1] for b in buttons if len(b) > 1 and b[0] in ("ask", "for")}
        await work.prefetch(asks=asked, people=people)
        found = [await work.ask(a) for a in asked]
        calls = {a.about.removeprefix("rollcall:") for a in found if a is not None}
        await work.prefetch(rollcalls=calls)

    async def _one(self, work: Work, event: FromPeople, person: Person | None) -> Reply | None:
        """Decide one event and take over what it wants; a fault stays with this event."""
        if person is None or person.left:
            work.record([Entry("stranger")], event.id)
            return Reply("unknown-person", problem=True)
        scene = self._scene(work, event, person)
        try:
            if not isinstance(event, Tapped):
                # What words mean is found by queries: these must see the events before.
                await work.save()
            out = await self._meaning(scene)
            await self._release(work, out)
        except Exception as problem:
            log.exception("event.failed", event=event.id, problem=type(problem).__name__)
            return self._failed(work, event, person, problem)
        self._echo(scene, out)
        entries = out.journal or [Entry(_kind(event), person=person.id)]
        work.record(entries, event.id, _reply_text(out.reply))
        await work.take(out)
        return out.reply

    def _failed(
        self, work: Work, event: FromPeople, person: Person | None, problem: Exception
    ) -> Reply:
        ref = self.ids.token(6)
        reply = Reply("something-broke", {"ref": ref}, problem=True)
        data = {"problem": type(problem).__name__, "ref": ref}
        who = person.id if person else None
        work.record([Entry("event.failed", person=who, data=data)], event.id, _reply_text(reply))
        return reply

    def _scene(self, work: Work, event: FromPeople, person: Person) -> Scene:
        return Scene(work, event, person, work.now, self.ids, self.rules, self.texts, self.lexicon)

    async def _meaning(self, scene: Scene) -> Outcome:
        match scene.event:
            case Tapped(button=button):
                verb, *parts = button.split(":")
                handler = handlers.TAPS.get(verb)
                if handler is None or not parts:
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

    def _echo(self, scene: Scene, out: Outcome) -> None:
        """Typed words deserve a line in return; channels without history keep one's own too."""
        event = scene.event
        if not isinstance(event, Wrote | Attached | Located):
            return
        lines: list[Show] = []
        if event.sender.channel in self._without_history and not isinstance(event, Located):
            said = event.text[: self.rules.text_limit]
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
        if out.reply is not None:
            lines.append(line(scene, out.reply))
        out.show[:0] = lines

    # --- finishing a transaction ---------------------------------------------------------

    async def _release(self, work: Work, out: Outcome) -> None:
        """Cascade: resolve who is asked next because somebody answered or fell silent."""
        pending = [v for v in out.save if isinstance(v, ReleaseBelow)]
        out.save = [v for v in out.save if not isinstance(v, ReleaseBelow)]
        for release in pending:
            roll_call = await work.roll_call(release.about.removeprefix("rollcall:"))
            if roll_call is None or not roll_call.running:
                continue
            for held in await work.held_by(release.about, release.person):
                out.add(rollcalls.released(roll_call, held, work.now))

    async def _finish(self, work: Work) -> None:
        """Write everything; cards nobody can be sent lead to whoever is next above."""
        for _ in range(TURNS):
            unroutable = await work.flush()
            if not unroutable:
                return
            for show in unroutable:
                out = await self._nobody(work, show)
                await self._release(work, out)
                work.record(out.journal)
                await work.take(out)
        log.error("engine.endless", turns=TURNS)

    async def _nobody(self, work: Work, show: Show) -> Outcome:
        """No channel reaches this person: the ask goes to whoever stands above."""
        if show.view == "checkin":
            ask = await work.ask(show.subject.removeprefix("ask:"))
            if ask is not None:
                roll_call = await work.roll_call(ask.about.removeprefix("rollcall:"))
                if roll_call is not None:
                    return rollcalls.unreachable(roll_call, ask, work.now)
        elif show.view == "worklist":
            return await self._no_lead(work, show)
        elif "ask" in show.args:
            ask = await work.ask(show.args["ask"])
            if ask is not None and ask.waiting and ask.holder == show.person:
                return pages.unreachable(ask, work.now)
        return Outcome(journal=[Entry("card.unroutable", show.subject, show.person)])

    async def _no_lead(self, work: Work, show: Show) -> Outcome:
        """Nobody can hand this person their worklist: it climbs past them at once."""
        out = Outcome(journal=[Entry("card.unroutable", show.subject, show.person)])
        roll_call = await work.roll_call(show.subject.split(":")[1])
        if roll_call is None:
            return out
        given = await work.worklist(roll_call.about, show.person, 0, SPREAD)
        for ask in given.asks:
            if ask.holder == show.person:
                out.add(rollcalls.passed_over(roll_call, ask, work.now))
        return out

    def _after(self, work: Work) -> None:
        if work.woken or work.queued:
            for told in self.committed:
                told(work.woken, work.queued)

    # --- what came due -------------------------------------------------------------------

    async def come_due(self) -> int:
        """Decide one batch of what is due; returns how much there was."""
        return await self._due_asks() or await self._spread() or await self._due_drafts()

    async def _due_asks(self) -> int:
        async with self.book.write() as work:
            due = await work.due_asks(DUE)
            if not due:
                return 0
            calls = {a.about.removeprefix("rollcall:") for a in due if a.kind is Kind.CHECK_IN}
            await work.prefetch(rollcalls=calls)
            for ask in due:
                out = await self._due(work, ask)
                await self._release(work, out)
                work.record(out.journal)
                await work.take(out)
            await self._finish(work)
        self._after(work)
        return len(due)

    async def _due(self, work: Work, ask: Ask) -> Outcome:
        if ask.kind is Kind.PAGE:
            return pages.came_due(ask, work.now)
        roll_call = await work.roll_call(ask.about.removeprefix("rollcall:"))
        if roll_call is None:
            log.error("ask.orphan", ask=ask.id)
            return Outcome()
        return rollcalls.came_due(roll_call, ask, work.now)

    async def _spread(self) -> int:
        """The next people of a roll call that is being sent."""
        async with self.book.write() as work:
            roll_call = await work.due_roll_call()
            if roll_call is None:
                return 0
            found = await work.candidates(
                roll_call.scope, roll_call.target, roll_call.cursor, SPREAD
            )
            tree = await work.tree()
            releases = await self._cascade(work, roll_call) if found else {}
            candidates = [
                rollcalls.Candidate(r.id, tree.chain(r.id), r.site, r.team, releases.get(r.id))
                for r in found
            ]
            new = [self.ids.token(handlers.ASK_ID) for _ in candidates]
            last = len(found) < SPREAD
            if last:
                self._releases.pop(roll_call.id, None)
            out = rollcalls.spread(roll_call, candidates, new, work.now, last=last)
            await self._release(work, out)
            work.record(out.journal)
            await work.take(out)
            await self._finish(work)
        self._after(work)
        return max(1, len(found))

    async def _cascade(self, work: Work, roll_call: rollcalls.RollCall) -> dict[int, int | None]:
        if roll_call.mode is not rollcalls.Mode.CASCADE:
            return {}
        known = self._releases.get(roll_call.id)
        if known is None:
            tree = await work.tree()
            everyone = await work.scope_ids(roll_call.scope, roll_call.target)
            known = self._releases[roll_call.id] = tree.cascade(everyone)
        return known

    async def _due_drafts(self) -> int:
        async with self.book.write() as work:
            due = await work.due_drafts(100)
            for draft in due:
                await work.take(await self._nudge(work, draft))
            await self._finish(work)
        self._after(work)
        return len(due)

    async def _nudge(self, work: Work, draft: Draft) -> Outcome:
        question = upcoming(FORMS[draft.form], draft) if draft.form in FORMS else None
        if draft.nudged or draft.sent or question is None or not draft.answers:
            return Outcome(save=[replace(draft, done=True, due_at=None)])
        kept = replace(draft, nudged=True, due_at=work.now + self.rules.drafts_kept)
        card = Show(
            draft.person,
            "form",
            f"draft:{draft.id}",
            {"question": question.name, "nudge": "1"},
            Priority.REMINDER,
            about=f"draft:{draft.id}",
        )
        return Outcome(save=[kept], show=[card])

    # --- what was delivered --------------------------------------------------------------

    async def arrived(
        self,
        claimed: Sequence[Any],
        delivered: Sequence[Delivered],
        failed: Mapping[int, str],
        dropped: Collection[int] = (),
        stuck: Collection[int] = (),
    ) -> None:
        """The courier's news about claimed cards, by outbox row.

        `failed`: a contact that will never take it, and why. `dropped`: nothing left to say.
        `stuck`: failed for a while too often, another contact shall have it.
        """
        for attempt in range(RACES):
            try:
                await self._arrived(claimed, delivered, failed, dropped, stuck)
                return
            except Exception as problem:
                if not self._again(problem) or attempt == RACES - 1:
                    raise
                await self.clock.sleep(0.01 * 2**attempt)

    async def _arrived(
        self,
        claimed: Sequence[Any],
        delivered: Sequence[Delivered],
        failed: Mapping[int, str],
        dropped: Collection[int],
        stuck: Collection[int],
    ) -> None:
        async with self.book.write() as work:
            await work.settle(claimed, delivered)
            await work.discard(dropped)
            arrived = {d.row for d in delivered}
            cards = [c for c in claimed if c.row in arrived and c.post is None]
            await self._start_clocks(work, cards)
            for card in cards:
                work.record([Entry("card.delivered", card.subject, card.person)])
            for card in claimed:
                if card.row in failed:
                    await self._undelivered(work, card, failed[card.row], gone=True)
                elif card.row in stuck:
                    await self._undelivered(work, card, "stuck", gone=False)
            await self._finish(work)
        self._after(work)

    async def _start_clocks(self, work: Work, cards: Sequence[Any]) -> None:
        """The clock of an ask starts when its question was handed over."""
        ids = [c.subject.removeprefix("ask:") for c in cards if c.view == "checkin"]
        ids += [c.args["ask"] for c in cards if c.view != "checkin" and "ask" in c.args]
        await work.prefetch(asks=ids)
        for ask_id in ids:
            ask = await work.ask(ask_id)
            if ask is not None:
                moved = step(ask, Handed(), work.now)
                if moved.ask is not ask:
                    await work.take(Outcome(save=[moved.ask]))

    async def _undelivered(self, work: Work, card: Any, why: str, *, gone: bool) -> None:
        """By the next contact, if it was a new card; else it is put on record and dropped."""
        await work.discard([card.row])
        work.record([Entry("card.undelivered", card.subject, card.person, data={"why": why[:80]})])
        if card.post is not None or why == "too-old":
            return
        if gone:
            await work.fail_contact(card.contact, why)
        again = Show(
            card.person,
            card.view,
            card.subject,
            card.args,
            Priority(card.priority),
            step=0 if gone else card.attempts,
            about=card.about,
            unless_settled=card.unless_settled,
        )
        await work.take(Outcome(show=[again]))

    # --- small things --------------------------------------------------------------------

    def _say(self, reply: Reply | None, person: Person | None) -> Answered:
        if reply is None:
            return Answered()
        language = person.language if person else self.rules.language
        zone = person.time_zone if person else self.rules.time_zone
        text = self.texts.words(language, zone).say(reply.key, **reply.args)
        return Answered(text, reply.problem)

    def _too_fast(self, event: FromPeople) -> bool:
        """A sender who hammers is told so; answers of a whole family still fit."""
        most = self.rules.taps_per_minute
        if not isinstance(event, Tapped):
            most = self.rules.messages_per_minute
        if most <= 0 or event.sender.channel == "person":
            return False
        if len(self._buckets) > 200_000:
            self._buckets.clear()
        now = self.clock.now().timestamp()
        bucket = self._buckets.setdefault(event.sender, _Bucket(at=now))
        bucket.level = max(0.0, bucket.level - (now - bucket.at) / 60)
        bucket.at = now
        if bucket.level >= 1:
            return True
        bucket.level += 1 / most
        return False


async def submitted(scene: Scene, event: Submitted) -> Outcome:
    """A whole form at once: a page, a modal, the command line."""
    answers = dict(event.answers)
    about = event.about
    if about.startswith("draft:"):
        draft = await scene.look.draft(about.removeprefix("draft:"))
        if draft is None or draft.person != scene.person.id:
            return problem("draft-gone")
        return await advance(scene, draft, answers)
    return await begin(scene, event.form, about, answers)


def _kind(event: FromPeople) -> str:
    return f"event.{type(event).__name__.lower()}"


def _reply_text(reply: Reply | None) -> str:
    if reply is None:
        return ""
    args = dict(reply.args)
    return json.dumps([reply.key, args, reply.problem], ensure_ascii=False, sort_keys=True)


def _reply_from(text: str) -> Reply | None:
    if not text:
        return None
    key, args, is_problem = json.loads(text)
    return Reply(key, args, is_problem)
