"""Finishing a transaction: releases, and cards that no channel can carry.

Rules of the room:
- Whatever one decision leads to is decided in the same transaction: those below in a cascade,
  and whoever is next above somebody nobody can reach.
"""

from __future__ import annotations

import structlog

from bot import calls, checkins, desk, pages
from bot.asks import Ask, Standing
from bot.look import Work
from bot.outcomes import Entry, ForKeepers, Outcome, Priority, Refresh, ReleaseBelow, Show
from bot.phoning import handout_due

log = structlog.get_logger("engine")

TURNS = 200
"""How often cards that no channel can carry may lead to others before we stop."""
PORTION = 1000
"""How many people of a worklist are passed on at once."""


async def release(work: Work, out: Outcome) -> None:
    """Resolve who is asked next because somebody answered or fell silent, and who keeps those
    whom nobody could reach."""
    await _kept(work, out)
    pending = [v for v in out.save if isinstance(v, ReleaseBelow)]
    out.save = [v for v in out.save if not isinstance(v, ReleaseBelow)]
    for release in pending:
        roll_call = await work.roll_call(release.about.removeprefix("rollcall:"))
        if roll_call is None or not roll_call.running:
            continue
        for held in await work.held_by(release.about, release.person):
            out.add(checkins.released(roll_call, held, work.now))


async def _kept(work: Work, out: Outcome) -> None:
    pending = [v for v in out.save if isinstance(v, ForKeepers)]
    out.save = [v for v in out.save if not isinstance(v, ForKeepers)]
    for kept in pending:
        roll_call = await work.roll_call(kept.about.removeprefix("rollcall:"))
        if roll_call is None:
            continue
        without = (kept.ask.person,)
        for keeper in await desk.keepers(work, roll_call, without):
            if kept.given:
                out.add(checkins.to_worklist(roll_call, kept.ask, keeper))
            else:
                list_ = f"worklist:{roll_call.id}:{keeper}"
                out.refresh.append(Refresh(list_, Priority.TALLY))


async def told_callers(work: Work, ask: Ask) -> None:
    """How somebody who is looked for was asked has changed: whoever looks for them reads it."""
    out = checkins.lists_with(ask.about.removeprefix("rollcall:"), ask)
    out.save.append(calls.Moved(ask.id, heard=False))
    await release(work, out)
    await work.take(out)


async def finish(work: Work) -> None:
    """Write everything; cards nobody can be sent lead to whoever is next above."""
    for _ in range(TURNS):
        unroutable = await work.flush()
        if not unroutable:
            return
        for show in unroutable:
            out = await _nobody(work, show)
            await release(work, out)
            work.record(out.journal)
            await work.take(out)
    log.error("engine.endless", turns=TURNS)


async def _nobody(work: Work, show: Show) -> Outcome:
    """No channel reaches this person: the ask goes to whoever stands above."""
    if show.view == "checkin":
        ask = await work.ask(show.subject.removeprefix("ask:"))
        if ask is not None:
            roll_call = await work.roll_call(ask.about.removeprefix("rollcall:"))
            if roll_call is not None:
                return checkins.unreachable(roll_call, ask, work.now)
    elif show.view == "worklist":
        return await _no_lead(work, show)
    elif show.view == "handout":
        handout = await work.ask(show.args["ask"])
        if handout is not None and handout.waiting:
            return await handout_due(work, handout)
    elif "ask" in show.args:
        ask = await work.ask(show.args["ask"])
        if ask is not None and ask.waiting and ask.holder == show.person:
            return pages.unreachable(ask, work.now)
    return Outcome(journal=[Entry("card.unroutable", show.subject, show.person)])


async def _no_lead(work: Work, show: Show) -> Outcome:
    """Nobody can hand this person their worklist: it climbs past them at once."""
    out = Outcome(journal=[Entry("card.unroutable", show.subject, show.person)])
    roll_call = await work.roll_call(show.subject.split(":")[1])
    if roll_call is None:
        return out
    given = await work.worklist(roll_call.about, show.person, 0, PORTION)
    launched = show.person == roll_call.launched_by
    others = await desk.keepers(work, roll_call, (show.person,)) if launched else ()
    for ask in given.asks:
        if ask.standing is Standing.UNREACHED:
            # Whoever launched it has no contact left: the others who look after them do it.
            for keeper in others:
                out.add(checkins.to_worklist(roll_call, ask, keeper))
        elif ask.holder == show.person:
            out.add(checkins.passed_over(roll_call, ask, work.now))
    return out
