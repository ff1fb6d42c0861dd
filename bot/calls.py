"""People who call people: when machines have done what they can, whom is who to telephone?

Rules of the room:
- `call_after` the start of a roll call, everybody still silent waits to be called. Each lead is
  handed at most `HANDFUL` names at a time; a hand-out is an ask of its own, with its `due_at`.
- A name is in one hand at a time. What is not worked off in time moves sideways: to the deputy,
  to responders of the same site, to the safety desk, and round again.
- Whoever lets a hand-out lie is left out for a while, and their team moves sideways at once.
- Tried without answer comes back after a while, behind those nobody has tried.
- A number is shown only to whoever stands above its owner, and only if the owner allowed it.

>>> sideways((7, 8, 1), "Osaka", "person:7")
'person:8'
>>> sideways((7, 8, 1), "Osaka", "person:8"), sideways((7,), "", "person:7")
('site:Osaka', 'desk')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot import asks
from bot.asks import Ask, Kind, Policy, Standing
from bot.outcomes import Entry, Outcome, Priority, Refresh, Show
from bot.people import Person
from bot.rollcalls import RollCall

HANDFUL = 8
"""Names in one hand at a time."""
WORKED = "worked off"

SAFE, HELP, RELATIVE, TRIED, WRONG = "safe", "help", "relative", "tried", "wrong"
RESULTS = (SAFE, HELP, RELATIVE, TRIED, WRONG)
"""What a call may give."""

DESK = "desk"
PAGE = "web"
"""The channel of a page that asks whoever opens it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One silent person on the way from hand to hand."""

    ask: str
    """Their check-in."""
    pool: str
    """Among whom a caller is looked for: `person:<id>`, `site:<name>` or `desk`."""
    caller: int | None = None
    """In whose hand it is now."""
    handout: str = ""
    """The hand-out it was last part of."""
    turn: int = 0
    """How often it was tried or passed on: the fewest go first."""


class Way(NamedTuple):
    """How a check-in was asked."""

    channel: str
    at: datetime
    """When last."""
    opened: bool = False
    """As far as the channel can tell."""

    @property
    def closed(self) -> bool:
        """It stands on a web page that nobody has opened: nobody was told that it does."""
        return self.channel == PAGE and not self.opened


@dataclass(frozen=True, slots=True)
class HandOver:
    """To be saved: these check-ins are in the hand of `caller` now, unless in another's."""

    handout: str
    caller: int
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PutBack:
    """To be saved: these are in nobody's hand; they wait, each in a pool, not before `ready_at`."""

    names: tuple[tuple[str, str], ...]
    """Check-in and pool."""
    ready_at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """To be saved: this hand-out is over; nothing is left in that hand."""

    handout: str


@dataclass(frozen=True, slots=True)
class Moved:
    """To be saved: they were heard from, or asked once more; whoever is to call them sees it."""

    ask: str
    heard: bool = True


@dataclass(frozen=True, slots=True)
class SoonAgain:
    """To be saved: there may be something to hand out in this roll call now."""

    roll_call: str


@dataclass(frozen=True, slots=True)
class Woken:
    """To be saved: they have given a result otherwise than on a hand-out of theirs. The clock of
    one in their hand starts anew, and none that was passed on says that they sleep."""

    about: str
    person: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """To be saved: whoever answers there is somebody else; nobody is shown it any more."""

    contact: int


@dataclass(frozen=True, slots=True)
class Consent:
    """To be saved: whether those above somebody may see their numbers; their own word counts."""

    person: int
    shown: bool


def own_pool(chain: Sequence[int]) -> str:
    """Where a name waits first: with the lead."""
    return f"person:{chain[0]}" if chain else DESK


def sideways(chain: Sequence[int], site: str, pool: str) -> str:
    """Where a name waits that nobody in `pool` worked off."""
    if chain and pool == f"person:{chain[0]}" and len(chain) > 1:
        return f"person:{chain[1]}"
    if pool.startswith("person:"):
        return f"site:{site}" if site else DESK
    return DESK if pool.startswith("site:") else own_pool(chain)


def patience(policy: Policy) -> Policy:
    """How long a hand-out may lie: as long as each person above has before it climbs further."""
    step = policy.climb_every
    return Policy(step, step, 0, step, 1, policy.backstop, 0)


def asleep_since(policy: Policy, now: datetime) -> datetime:
    """Whoever let a hand-out lie without one result since then is handed nothing: three times as
    long as a hand-out may lie. Their team would wait for them, eight names at a time."""
    return now - timedelta(seconds=3 * policy.climb_every)


def begins_at(roll_call: RollCall) -> datetime | None:
    """When the calling begins; `None` for never."""
    after = roll_call.policy.call_after
    return roll_call.launched_at + timedelta(seconds=after) if after else None


def about(roll_call: str) -> str:
    return f"calls:{roll_call}"


def lists_with(roll_call: str, silent: Sequence[Ask], *more: int) -> list[Refresh]:
    """The worklists on which these people stand: they say who is calling whom."""
    leads = dict.fromkeys((*more, *(p for ask in silent for p in ask.asked_people[1:])))
    return [Refresh(f"worklist:{roll_call}:{lead}", Priority.TALLY) for lead in leads]


def handed(
    roll_call: RollCall, caller: int, names: Sequence[Ask], ask_id: str, now: datetime
) -> Outcome:
    """`caller` is handed these check-ins to telephone."""
    ask = Ask(
        id=ask_id,
        kind=Kind.CALL,
        about=about(roll_call.id),
        person=caller,
        chain=(),
        policy=patience(roll_call.policy),
        standing=Standing.ASKED,
        drill=roll_call.drill,
    )
    opened = asks.opened(ask, now).ask
    show = Show(
        *card_of(opened),
        {"ask": ask_id},
        Priority.PAGE,
        about=roll_call.about,
        unless_settled=True,
    )
    data: dict[str, str | int] = {"handout": ask_id, "names": len(names)}
    return Outcome(
        save=[opened, HandOver(ask_id, caller, tuple(name.id for name in names))],
        show=[show],
        refresh=lists_with(roll_call.id, names, roll_call.launched_by),
        journal=[Entry("calls.handed", roll_call.about, caller, data=data)],
    )


def card_of(ask: Ask) -> tuple[int, str, str]:
    """The card by which a caller was asked: person, view, subject."""
    return (ask.person, "handout", f"handout:{ask.id}")


def given_back(
    roll_call: RollCall | None,
    handout: Ask,
    left: Sequence[tuple[Call, Ask]],
    now: datetime,
    *,
    lay: bool,
) -> Outcome:
    """Time is up, or the caller cannot be reached: what is `left` of it moves sideways.

    `lay`: nothing came of it, not one name; that is put on record with the time.
    """
    over = asks.step(handout, asks.Withdraw(), now).ask
    out = Outcome(
        save=[asks.replace(over, answered_at=now) if lay else over],
        refresh=[Refresh(f"handout:{handout.id}")],
    )
    onward = ((call.ask, sideways(ask.chain, ask.site, call.pool)) for call, ask in left)
    out.save += [PutBack(tuple(onward), now), Ended(handout.id)]
    if left:
        data: dict[str, str | int] = {"handout": handout.id, "names": len(left)}
        out.journal.append(Entry("calls.passed-on", handout.about, handout.person, data=data))
    if roll_call is not None and roll_call.running:
        theirs = [ask for _, ask in left]
        out.refresh += lists_with(roll_call.id, theirs, roll_call.launched_by)
        out.save.append(SoonAgain(roll_call.id))
    return out


def came_due(
    roll_call: RollCall | None,
    handout: Ask,
    left: Sequence[tuple[Call, Ask]],
    now: datetime,
    *,
    lay: bool,
    in_line: bool,
) -> Outcome:
    """A hand-out has lain its time; put off once while its card is still to be sent."""
    if in_line:
        step = asks.step(handout, asks.InLine(), now)
        if not step.effects:
            return Outcome(save=[step.ask])
    return given_back(roll_call, handout, left, now, lay=lay)


def tried_again(call: Call, roll_call: RollCall, now: datetime) -> PutBack:
    """Nobody answered: it comes back after a while, behind the others."""
    return PutBack(((call.ask, call.pool),), now + timedelta(seconds=roll_call.policy.climb_every))


def woken(roll_call: RollCall, person: int, now: datetime) -> Woken:
    """`person` has answered for somebody."""
    due = now + timedelta(seconds=patience(roll_call.policy).first_reminder)
    return Woken(about(roll_call.id), person, due)


def awake(handout: Ask) -> Ask:
    """Its caller has given a result."""
    return asks.replace(handout, tries=handout.tries + 1)


def worked(roll_call: RollCall, handout: Ask, by: Person, left: int, now: datetime) -> Outcome:
    """A result was given: the clock starts anew, or the hand-out is worked off and the next is
    looked for."""
    out = Outcome(refresh=[Refresh(f"handout:{handout.id}")])
    handout = awake(handout)
    if not handout.waiting:
        out.save.append(handout)
        return out
    if left:
        due = now + timedelta(seconds=handout.policy.first_reminder)
        out.save.append(asks.replace(handout, handed=True, due_at=due))
        return out
    done = asks.step(handout, asks.Answered(WORKED, by.id), now)
    out.save += [done.ask, Ended(handout.id), SoonAgain(roll_call.id)]
    return out
