"""Handing out whom to call, roll call by roll call.

Rules of the room:
- A roll call whose time for calling has come gathers its silent people and hands them out, some
  pools in a transaction, until each caller has a handful; then it looks again in a while.
- Every pool has its turn, however many others wait for callers who are busy.
- Whoever has a handful is handed nothing more, whichever roll call it is of.
- Whoever is silent or in need themself calls nobody, but for a silent desk where nobody else is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import calls, desk
from bot.asks import Ask
from bot.calls import HANDFUL, Call
from bot.look import Work
from bot.outcomes import Entry, Outcome, Refresh
from bot.people import CallTree
from bot.ports import Ids, ask_ids
from bot.rollcalls import RollCall

AGAIN = timedelta(minutes=1)
"""How soon a roll call in its calling stage is looked at again."""


@dataclass(slots=True)
class Turn:
    """How far a look through the pools of a roll call has come."""

    after: str = ""
    """The pool looked at last; empty: it begins."""
    moved: bool = False
    """Something was handed out or passed on since it began."""
    gathered: datetime | None = None
    """When it was last looked through for people who have fallen silent since."""

    def to_gather(self, now: datetime, again: timedelta) -> bool:
        """True once in a while: with 100,000 asked it takes a tenth of a second."""
        return not self.after and (self.gathered is None or now - self.gathered >= again)


async def look_for_callers(
    work: Work, roll_call: RollCall, ids: Ids, again: timedelta, turn: Turn
) -> int:
    """One portion, which moves `turn` on; returns how many names were handed out or passed on."""
    gathers = turn.to_gather(work.now, again)
    if gathers:
        await work.gather_calls(roll_call.about)
        turn.gathered = work.now
    waiting, turn.after = await work.waiting_calls(roll_call.about, turn.after)
    await work.prefetch(asks=[call.ask for call in waiting])
    by_pool: dict[str, list[tuple[Call, Ask]]] = {}
    for call in waiting:
        ask = await work.ask(call.ask)
        if ask is not None and ask.sought:
            by_pool.setdefault(call.pool, []).append((call, ask))
        else:
            await work.take(Outcome(save=[calls.Moved(call.ask)]))
    busy = set(await work.busy_callers())
    # Each use of a number is on record, for its owner.
    numbered = await work.callable_by([a.person for names in by_pool.values() for _, a in names])
    tree = await work.tree()
    able = await _able(work, roll_call, tree, by_pool)
    nobody: list[tuple[Call, Ask]] = []
    handed = 0
    for pool, every in by_pool.items():
        members = able[pool]
        names: list[tuple[Call, Ask]] = []
        for entry in every:
            (names if set(members) - {entry[1].person} else nobody).append(entry)
        for caller in members:
            if caller in busy:
                continue
            some = _some(caller, names)
            if not some:
                continue
            busy.add(caller)
            handed += len(some)
            silent = [ask for _, ask in some]
            [handout] = ask_ids(ids, 1, work.now)
            out = calls.handed(roll_call, caller, silent, handout, work.now)
            # On the card of the hand they come from they are no longer.
            earlier = dict.fromkeys(call.handout for call, _ in some if call.handout)
            out.refresh += [Refresh(f"handout:{handout}") for handout in earlier]
            out.journal += [
                Entry("number.shown", f"ask:{ask.id}", caller, ask.person)
                for ask in silent
                if ask.person in numbered and caller in ask.chain
            ]
            work.record(out.journal)
            await work.take(out)
    handed += await _onwards(work, nobody)
    # What was passed on is looked at again at once: its next pool may have callers.
    turn.moved = turn.moved or handed > 0
    soon = turn.moved or turn.after
    due = work.now if soon else work.now + again
    if gathers and not soon and not waiting and not busy:
        # Everybody silent was looked for just now, and there was nobody: longer, but for those
        # who were tried in vain and come back.
        back = await work.next_back(roll_call.about)
        due = min(work.now + 5 * again, back or work.now + 5 * again)
    if not turn.after:
        turn.moved = False
    await work.take(Outcome(save=[replace(roll_call, due_at=due)]))
    return handed


async def left_of(work: Work, handout: str) -> list[tuple[Call, Ask]]:
    """The names of a hand-out that are still in that hand and still silent."""
    found = [call for call in await work.handout(handout) if call.caller is not None]
    await work.prefetch(asks=[call.ask for call in found])
    asked = [(call, await work.ask(call.ask)) for call in found]
    return [(call, ask) for call, ask in asked if ask is not None and ask.sought]


async def handout_due(work: Work, handout: Ask, *, in_line: bool = False) -> Outcome:
    """A hand-out has lain its time: what is left of it moves sideways."""
    roll_call = await work.roll_call(handout.about.removeprefix("calls:"))
    left = await left_of(work, handout.id)
    lay = bool(left) and len(left) == len(await work.handout(handout.id)) and not handout.tries
    return calls.came_due(roll_call, handout, left, work.now, lay=lay, in_line=in_line)


def _some(caller: int, names: list[tuple[Call, Ask]]) -> list[tuple[Call, Ask]]:
    """A handful for one caller, taken out of `names`; nobody calls themself."""
    some = [entry for entry in names if entry[1].person != caller][:HANDFUL]
    for entry in some:
        names.remove(entry)
    return some


def _only(pool: str) -> int | None:
    """The one person a pool is of."""
    noun, _, name = pool.partition(":")
    return int(name) if noun == "person" and name.isdecimal() else None


async def _able(
    work: Work, roll_call: RollCall, tree: CallTree, pools: Collection[str]
) -> dict[str, list[int]]:
    """Who may be handed the names of each of these pools and is well themself."""
    found = await _members(work, tree, pools)
    keepers = await desk.keepers(work, roll_call) if calls.DESK in found else ()
    everybody = {*keepers, *(person for members in found.values() for person in members)}
    silent, crying = await work.not_well(roll_call.about, everybody)
    since = calls.asleep_since(roll_call.policy, work.now)
    silent |= await work.asleep(calls.about(roll_call.id), since)
    able = {
        pool: [person for person in members if person not in silent | crying]
        for pool, members in found.items()
    }
    if calls.DESK in able and not able[calls.DESK]:
        # Who looks after everybody forgets to answer: better asked than nobody.
        anybody = dict.fromkeys((*keepers, *found[calls.DESK]))
        able[calls.DESK] = sorted(anybody.keys() - crying, key=lambda p: (p in silent, p))
    return able


async def _members(work: Work, tree: CallTree, pools: Collection[str]) -> dict[str, Sequence[int]]:
    """Who may be handed the names of each of these pools."""
    sites = {pool: pool.removeprefix("site:") for pool in pools if pool.startswith("site:")}
    helpers = await work.helpers(sites.values())
    found: dict[str, Sequence[int]] = {}
    for pool in pools:
        person = _only(pool)
        if person is not None:
            found[pool] = (person,) if tree.present(person) else ()
        elif pool in sites:
            found[pool] = helpers.get(sites[pool], ())
        else:
            found[pool] = await work.desk()
    return found


async def _onwards(work: Work, names: Sequence[tuple[Call, Ask]]) -> int:
    """Nobody in their pools may call these: they wait in the next; how many need not wait there."""
    at_once: list[tuple[str, str]] = []
    round_again: list[tuple[str, str]] = []
    for call, ask in names:
        onward = call.ask, calls.sideways(ask.chain, ask.site, call.pool)
        # Round again, but not at once: there may be nobody at all just now.
        (round_again if call.pool == calls.DESK else at_once).append(onward)
    for some, ready in ((at_once, work.now), (round_again, work.now + AGAIN)):
        if some:
            await work.take(Outcome(save=[calls.PutBack(tuple(some), ready)]))
    return len(at_once)
