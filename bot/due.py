"""What came due: asks, roll calls that are still being sent, forms left lying.

Rules of the room:
- One batch a transaction, so that a cry for help never waits behind 100,000 others.
- Whoever answered a moment ago is no longer due: the row says so.
- Nobody is reminded of, or passed over for, a card that has not had its turn in our queue;
  but no queue is waited for without end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot import checkins, pages, rollcalls, rooms
from bot.asks import Ask, Kind, Standing, Withdraw, step
from bot.forms import FORMS, Draft, Question, upcoming
from bot.handlers import incidents
from bot.leavers import Leavers
from bot.look import Book, Work
from bot.outcomes import Candidate, Entry, Outcome, Priority, Refresh, Show
from bot.people import CallTree, Role
from bot.phoning import Turn, handout_due, look_for_callers
from bot.ports import Clock, Ids, ask_ids
from bot.questions import card_of
from bot.rules import Rules
from bot.settling import finish, release

log = structlog.get_logger("engine")

SPREAD = 2000
"""How many people a roll call asks in one transaction."""
DUE = 400
"""How many asks that came due are decided in one transaction."""
TURNS = 100
"""Of how many roll calls is remembered how far the search for callers has come."""
BREATH = 16
"""How many of them are decided before others may run: a cry for help takes many small steps, and
waits at each for whoever computes."""


class Due:
    """Decides what is due, a batch at a time; `after` is called with each finished work."""

    def __init__(
        self, book: Book, rules: Rules, clock: Clock, ids: Ids, after: Callable[[Work], None]
    ) -> None:
        self.book = book
        self.rules = rules
        self.clock = clock
        self.ids = ids
        self._after = after
        self._releases: dict[str, dict[int, int | None]] = {}
        self._turns: dict[str, Turn] = {}
        self._leavers = Leavers(book, rules, ids, after)

    async def batch(self) -> int:
        """Decide one batch of each kind that is due; returns how much there was.

        Each has its turn: a new roll call goes out while 100,000 asks of another come due.
        """
        async with self.book.look() as look:
            duties = await look.duties(self.clock.now())
        found = 0
        if duties.asks:
            found += await self._due_asks()
        if duties.roll_call:
            found += await self._spread()
        if duties.drafts:
            found += await self._due_drafts()
        return found + await self._leavers.look(duties.staff, self.clock.now())

    async def _due_asks(self) -> int:
        async with self.book.write(patient=True) as work:
            due = await work.due_asks(DUE)
            if not due:
                return 0
            calls = {a.about.removeprefix("rollcall:") for a in due if a.kind is Kind.CHECK_IN}
            await work.prefetch(rollcalls=calls)
            tree = await work.tree()
            cards = {ask.id: card_of(ask) for ask in due}
            in_line = await work.in_line(set(cards.values()))
            for number, ask in enumerate(due):
                if number % BREATH == BREATH - 1:
                    await self.clock.sleep(0)
                out = await self._decided(work, tree, ask, waits=cards[ask.id] in in_line)
                work.record(out.journal)
                await work.take(out)
            await finish(work)
        self._after(work)
        return len(due)

    async def _decided(self, work: Work, tree: CallTree, ask: Ask, *, waits: bool) -> Outcome:
        """What one ask leads to. One that cannot be decided does not hold up the others."""
        try:
            out = await self._due(work, tree, ask, waits)
            await release(work, out)
        except Exception as problem:
            if work.refused(problem):
                raise
            log.exception("ask.undecided", ask=ask.id)
            later = work.now + timedelta(seconds=ask.policy.climb_every)
            fault = Entry("ask.undecided", f"ask:{ask.id}", ask.person)
            return Outcome(save=[replace(ask, due_at=later)], journal=[fault])
        return out

    async def _due(self, work: Work, tree: CallTree, ask: Ask, waits: bool) -> Outcome:
        gone = (ask.person if ask.kind is Kind.CHECK_IN else ask.holder) not in tree
        if ask.kind is Kind.PAGE:
            if gone:
                out = pages.unreachable(ask, work.now)
            else:
                out = pages.came_due(ask, work.now, in_line=waits)
            return out.add(await self._nobody_took_it(work, ask)) if _given_up(out) else out
        if ask.kind is Kind.CALL:
            return await handout_due(work, ask, in_line=waits)
        roll_call = await work.roll_call(ask.about.removeprefix("rollcall:"))
        if roll_call is None:
            log.error("ask.orphan", ask=ask.id)
            return Outcome(save=[step(ask, Withdraw(), work.now).ask])
        if gone:
            return checkins.departed(roll_call, ask, work.now)
        return checkins.came_due(roll_call, ask, work.now, in_line=waits)

    async def _nobody_took_it(self, work: Work, ask: Ask) -> Outcome:
        """Paged to the top, time and again, in vain: everyone who may act hears it, loud."""
        view, priority = pages.view_of(ask.about)
        top = ask.chain[-1] if ask.chain else ask.person
        everyone = dict.fromkeys([*await work.desk(), *await work.with_role(Role.ADMIN), top])
        log.warning("page.unreached", about=ask.about)
        return Outcome(
            show=[
                Show(p, view, ask.about, priority=priority, about=ask.about, unless_settled=True)
                for p in everyone
            ]
        )

    async def _spread(self) -> int:
        """The next people of a roll call that is being sent."""
        async with self.book.write(patient=True) as work:
            roll_call = await work.due_roll_call()
            if roll_call is None:
                return 0
            if roll_call.state is not rollcalls.State.LAUNCHING:
                handed, turn = await self._called(work, roll_call)
                await finish(work)
            else:
                turn, handed = None, await self._next_people(work, roll_call)
        self._after(work)
        if turn is not None:
            # Only what is committed has been looked at.
            if len(self._turns) >= TURNS:
                self._turns.clear()
            self._turns[roll_call.id] = turn
        return max(1, handed)

    async def _next_people(self, work: Work, roll_call: rollcalls.RollCall) -> int:
        """Ask the next people of a roll call; how many they are."""
        batch = await work.candidates(roll_call.scope, roll_call.target, roll_call.cursor, SPREAD)
        found = batch.people
        chain = (await work.tree()).chain
        releaser = (await self._releasers(work, roll_call, [r.id for r in found])).get
        candidates = [
            Candidate(person, chain(person), site, team, releaser(person))
            for person, site, team in found
        ]
        new = ask_ids(self.ids, len(candidates), work.now)
        out = checkins.spread(
            roll_call,
            candidates,
            new,
            work.now,
            upto=batch.upto,
            last=batch.last,
            beside=rooms.of(self.rules.rooms, roll_call),
        )
        await release(work, out)
        work.record(out.journal)
        await work.take(out)
        if batch.last:
            self._releases.pop(roll_call.id, None)
            await self._unstranded(work, roll_call)
        await finish(work)
        return len(found)

    async def _called(self, work: Work, roll_call: rollcalls.RollCall) -> tuple[int, Turn]:
        """The next pools of a roll call in its calling stage."""
        turn = replace(self._turns.get(roll_call.id, Turn()))
        again = self.rules.calls_again
        handed = await look_for_callers(work, roll_call, self.ids, again, turn)
        return handed, turn

    async def _unstranded(self, work: Work, roll_call: rollcalls.RollCall) -> None:
        """Everybody is in it now: whoever is held for somebody who will not release them is asked.

        Their releaser has left since the tree was read, or tree and people were changed while
        the roll call went out.
        """
        if roll_call.mode is not rollcalls.Mode.CASCADE:
            return
        await work.save()
        for held in await work.stranded(roll_call.about):
            log.warning("ask.stranded", ask=held.id)
            await work.take(checkins.released(roll_call, held, work.now))

    async def _releasers(
        self, work: Work, roll_call: rollcalls.RollCall, people: Sequence[int]
    ) -> dict[int, int | None]:
        """Who releases each of these; whoever has passed it on already releases them now."""
        if not people or roll_call.mode is not rollcalls.Mode.CASCADE:
            return {}
        known = await self._cascade(work, roll_call)
        above = {a for p in people if (a := known.get(p)) is not None}
        asked = await work.check_ins(roll_call.about, sorted(above))
        passed = {ask.person for ask in asked if ask.passed_on}
        return {p: None if known.get(p) in passed else known.get(p) for p in people}

    async def _cascade(self, work: Work, roll_call: rollcalls.RollCall) -> dict[int, int | None]:
        known = self._releases.get(roll_call.id)
        if known is None:
            tree = await work.tree()
            everyone = await work.scope_ids(roll_call.scope, roll_call.target)
            # Half a second of thought for 100,000 people; others run meanwhile.
            known = await asyncio.to_thread(tree.cascade, everyone)
            self._releases = {roll_call.id: known}
        return known

    async def _due_drafts(self) -> int:
        async with self.book.write(patient=True) as work:
            due = await work.due_drafts(100)
            for draft in due:
                await work.take(await self._drafted(work, draft))
            await finish(work)
        self._after(work)
        return len(due)

    async def _drafted(self, work: Work, draft: Draft) -> Outcome:
        """What a form left lying leads to. One that cannot be decided does not hold up others."""
        try:
            return await self._nudge(work, draft)
        except Exception as problem:
            if work.refused(problem):
                raise
            log.exception("draft.undecided", draft=draft.id)
            return Outcome(save=[replace(draft, due_at=work.now + self.rules.nudge_after)])

    async def _nudge(self, work: Work, draft: Draft) -> Outcome:
        question = upcoming(FORMS[draft.form], draft) if draft.form in FORMS else None
        if draft.form == "incident" and question is not None and not draft.sent:
            return await self._as_it_is(work, draft, question)
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

    async def _as_it_is(self, work: Work, draft: Draft, question: Question) -> Outcome:
        """A report never dies as a draft: nothing more was answered, so it goes as it is."""
        person = await work.person(draft.person)
        if person is None or person.left:
            return Outcome(save=[replace(draft, done=True, due_at=None)])
        if not draft.answers:
            # Opened and left: there is nothing to send, but its buttons go on working.
            over = draft.nudged
            later = None if over else work.now + self.rules.drafts_kept
            return Outcome(save=[replace(draft, nudged=True, done=over, due_at=later)])
        out, became = await incidents.report(work, self.rules, self.ids, person, draft, work.now)
        out.save.append(replace(draft, sent=became, due_at=work.now + self.rules.drafts_kept))
        told = {"text": "incident-sent-as-is"}
        about = f"draft:{draft.id}"
        out.show.insert(0, Show(person.id, "plain", f"person:{person.id}", told, Priority.REPLY))
        out.show.append(
            Show(person.id, "form", about, {"question": question.name}, Priority.REPLY, about=about)
        )
        out.refresh.append(Refresh(about))
        work.record(out.journal)
        return out


def _given_up(out: Outcome) -> bool:
    return any(isinstance(v, Ask) and v.standing is Standing.UNREACHED for v in out.save)
