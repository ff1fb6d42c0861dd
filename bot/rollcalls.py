"""The safety roll call: who is asked, in which words, and when it ends.

Rules of the room:
- A roll call is N check-ins (`checkins`) about `rollcall:<id>`. It spreads over its people in
  batches, so that a cry for help is never behind 100,000 insertions.
- It ends with an all-clear, after which late answers are welcome, or is called off as a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.asks import Policy, Standing
from bot.outcomes import (
    Drop,
    Entry,
    Outcome,
    Priority,
    Refresh,
    Reply,
    Show,
    ShowAsked,
    Sweep,
)
from bot.people import Person
from bot.timeline import Note


class Mode(StrEnum):
    """Two ways of asking."""

    BROADCAST = "broadcast"
    """Everyone at once; silence climbs."""
    CASCADE = "cascade"
    """The classical call tree: each answer, or silence past the policy, releases those below."""


class State(StrEnum):
    LAUNCHING = "launching"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Scope(StrEnum):
    EVERYONE = "everyone"
    SITE = "site"
    TEAM = "team"
    LIST = "list"
    """Named people, by key."""
    UNDER = "under"
    """Everybody below one lead."""


SAFE, HELP, UNAFFECTED = "safe", "help", "unaffected"
ANSWERS = (SAFE, HELP, UNAFFECTED)
RELATIVE = "relative"
"""Somebody close to them says that they are safe: as good as safe, and marked as what it is."""
SAFE_ANSWERS = (SAFE, RELATIVE)
"""Who said either is counted, listed and told like everybody who is safe."""
HERE_ANSWERS = (*SAFE_ANSWERS, UNAFFECTED)
"""Nobody need look for whoever said one of these."""
RECORDED = (*ANSWERS, RELATIVE)
"""Everything that may stand as an answer."""


@dataclass(frozen=True, slots=True)
class RollCall:
    """One roll call. `words` are the event's own, as the launcher wrote them."""

    id: str
    words: str
    scope: Scope
    target: tuple[str, ...]
    """The site, team, keys or lead's id that `scope` speaks of; empty for everyone."""
    mode: Mode
    drill: bool
    policy: Policy
    launched_by: int
    launched_at: datetime
    state: State = State.LAUNCHING
    incident: str = ""
    expected: int = 0
    """How many people the launcher was told it would be."""
    cursor: int = 0
    """Launching: everybody up to this person id has been asked."""
    due_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: int | None = None
    ending: str = ""
    """The all-clear's or the correction's own words; may be empty."""
    late_until: datetime | None = None

    @property
    def about(self) -> str:
        return f"rollcall:{self.id}"

    @property
    def running(self) -> bool:
        return self.state in (State.LAUNCHING, State.OPEN)


def launch(roll_call: RollCall, desk: Iterable[int]) -> Outcome:
    """Begin: saved, due at once, and its tally shown to the launcher and the safety desk."""
    begun = replace(roll_call, state=State.LAUNCHING, due_at=roll_call.launched_at)
    watchers = dict.fromkeys((roll_call.launched_by, *desk))
    return Outcome(
        save=[begun],
        show=[
            Show(p, "tally", begun.about, priority=Priority.REPLY, about=begun.about)
            for p in watchers
        ],
        journal=[
            Entry(
                "rollcall.launched",
                begun.about,
                begun.launched_by,
                data={
                    "scope": begun.scope.value,
                    "mode": begun.mode.value,
                    "drill": int(begun.drill),
                    "expected": begun.expected,
                },
            )
        ],
        reply=Reply("rollcall-launched", {"count": begun.expected}),
    )


def _ended(over: RollCall) -> str:
    """What the last card is about: that it has ended. A late answer does not change it, and must
    not draw it again for everybody."""
    return f"ended:{over.id}"


def _redrawn(over: RollCall) -> list[Refresh]:
    """The tallies at once; everybody's question last, so that nothing else waits behind them."""
    return [Refresh(over.about), Refresh(over.about, Priority.TALLY, whole=True)]


def closed(roll_call: RollCall, by: Person, words: str, now: datetime, late: timedelta) -> Outcome:
    """End with an all-clear to everyone asked; unanswered asks lapse."""
    if not roll_call.running:
        return Outcome(reply=Reply("rollcall-already-over"))
    over = replace(
        roll_call,
        state=State.CLOSED,
        due_at=None,
        ended_at=now,
        ended_by=by.id,
        ending=words,
        late_until=now + late,
    )
    return Outcome(
        save=[
            over,
            ShowAsked(
                over.about,
                "allclear",
                over.about,
                lasting=_ended(over),
                followers=(over.launched_by, by.id),
                in_need="lookedafter",
            ),
            Sweep(over.about, Standing.LAPSED),
            Sweep(f"calls:{over.id}", Standing.WITHDRAWN),
        ],
        # Whoever ends it sees who was never accounted for, also if they never had the tally.
        show=[
            Show(
                by.id,
                "tally",
                over.about,
                priority=Priority.REPLY,
                about=over.about,
                in_place=True,
            )
        ],
        refresh=_redrawn(over),
        journal=[Entry("rollcall.closed", over.about, by.id)],
        reply=Reply("rollcall-closed"),
    )


GROUPS = ("silent", "help", "safe", "everyone")
"""Whom a message may go to, of those who were asked."""


def messaged(roll_call: RollCall, by: Person, group: str, note: Note) -> Outcome:
    """A message to one group of those asked; `note` holds its words."""
    if roll_call.state is State.CANCELLED:
        return Outcome(reply=Reply("rollcall-was-cancelled", problem=True))
    show = ShowAsked(
        roll_call.about,
        "message",
        note.about,
        Priority.PAGE,
        group="" if group == "everyone" else group,
    )
    return Outcome(
        save=[note, show],
        journal=[Entry("rollcall.messaged", roll_call.about, by.id, data={"group": group})],
        reply=Reply("rollcall-messaged"),
    )


LONGER = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


def prolonged(roll_call: RollCall, by: Person, time: str, now: datetime) -> Outcome:
    """It has ended; late answers are welcome for longer."""
    if roll_call.state is not State.CLOSED:
        return Outcome(reply=Reply("rollcall-not-over", problem=True))
    until = max(roll_call.late_until or now, now) + LONGER[time]
    return Outcome(
        save=[replace(roll_call, late_until=until)],
        refresh=[Refresh(roll_call.about, Priority.TALLY)],
        journal=[Entry("rollcall.prolonged", roll_call.about, by.id)],
        reply=Reply("rollcall-prolonged"),
    )


def visited(roll_call: RollCall, by: Person, note: Note) -> Outcome:
    """Somebody who is on no list was counted at an assembly point."""
    if roll_call.state is State.CANCELLED:
        return Outcome(reply=Reply("rollcall-was-cancelled", problem=True))
    return Outcome(
        save=[note],
        refresh=[Refresh(roll_call.about, Priority.TALLY)],
        journal=[Entry("rollcall.visitor", roll_call.about, by.id)],
        reply=Reply("visitor-noted"),
    )


def cancelled(roll_call: RollCall, by: Person, words: str, now: datetime) -> Outcome:
    """Call it off as a mistake: what is queued is dropped, what was sent is corrected."""
    if not roll_call.running:
        return Outcome(reply=Reply("rollcall-already-over"))
    over = replace(
        roll_call,
        state=State.CANCELLED,
        due_at=None,
        ended_at=now,
        ended_by=by.id,
        ending=words,
    )
    return Outcome(
        save=[
            over,
            ShowAsked(over.about, "cancelled", _ended(over), Priority.PAGE, reached=True),
            Sweep(over.about, Standing.WITHDRAWN),
            Sweep(f"calls:{over.id}", Standing.WITHDRAWN),
        ],
        drop=[Drop(over.about)],
        refresh=_redrawn(over),
        journal=[Entry("rollcall.cancelled", over.about, by.id)],
        reply=Reply("rollcall-cancelled"),
    )
