"""One roll call as the board shows it: who needs help, who is missing, how it goes.

Rules of the room:
- `Quick` is what changes with every answer; `Slow` costs more and is asked for less often.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import desk
from bot.asks import Standing
from bot.board import figures
from bot.board.figures import (
    Caller,
    Change,
    Choice,
    Curve,
    Line,
    Place,
    Spot,
)
from bot.board.look import BoardLook
from bot.found import Count, Delivery
from bot.rights import Rights, Within
from bot.rollcalls import RollCall, State
from bot.views.parts import event
from bot.views.parts.unsettled import Group, together

IN_NEED = 50
CALLERS = 50
SPOTS = 50
CHANGES = 30
GROUPS = 40
"""Lines of each sort."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A roll call somebody may see, and how much of it."""

    roll_call: RollCall
    within: Within
    delivery: bool
    ends: bool
    launcher: str = ""
    lead: str = ""
    """The name behind a scope of everybody under one lead."""
    ended_by: str = ""

    @property
    def answers(self) -> bool:
        """There is somebody whose answer they see."""
        return self.within is None or bool(self.within)


@dataclass(frozen=True, slots=True)
class Quick:
    everyone: Group
    sites: tuple[tuple[str, Group], ...] = ()
    teams: tuple[tuple[str, Group], ...] = ()
    in_need: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    choice: Choice = field(default_factory=Choice)
    more: Place | None = None
    """Where the next page of `lines` begins."""
    guests: int = 0
    """People on no list who were counted."""
    running: bool = True
    launching: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    curve: Curve
    delivery: tuple[Delivery, ...] | None = None
    unsent: int = 0
    """To so many nothing got through."""
    callers: tuple[Caller, ...] = ()
    spots: tuple[Spot, ...] = ()
    changes: tuple[Change, ...] = ()


async def seen(look: BoardLook, roll_call_id: str, rights: Rights) -> Seen | None:
    """The roll call, if there is such a one and they may open its page."""
    roll_call = await look.roll_call(roll_call_id)
    if roll_call is None:
        return None
    stands_in = await desk.stands_in(look, roll_call, rights.person)
    if not rights.sees(roll_call, stands_in=stands_in):
        return None
    within = rights.within(roll_call, stands_in=stands_in)
    delivery = rights.delivery(roll_call, stands_in=stands_in)
    if within and not await look.concerns(roll_call.about, within):
        # Nobody they look after is asked: it is no concern of theirs.
        within = frozenset()
        if not delivery:
            return None
    return Seen(
        roll_call,
        within,
        delivery,
        rights.ends(roll_call),
        await event.name_of(look, roll_call.launched_by),
        await event.lead_of(look, roll_call.scope, roll_call.target),
        await event.name_of(look, roll_call.ended_by),
    )


async def quick(look: BoardLook, found: Seen, choice: Choice) -> Quick:
    """Counts, those in need, and one page of a list."""
    roll_call, within = found.roll_call, found.within
    if not found.answers:
        return Quick(Group(), choice=choice, running=roll_call.running)
    called_off = roll_call.state is State.CANCELLED
    counts = [
        count
        for count in await look.tallied(roll_call.about, within)
        if called_off or count.standing != Standing.WITHDRAWN
    ]
    everyone = together(counts)
    in_need: list[Line] = []
    if everyone.help:
        in_need = await look.lines_in_need(roll_call.about, within, IN_NEED)
    one_more = replace(choice, limit=choice.limit + 1)
    lines = await look.listed(roll_call.about, one_more, within)
    more: Place | None = None
    if len(lines) > choice.limit:
        lines = lines[: choice.limit]
        more = lines[-1].name, lines[-1].ask.person
    return Quick(
        everyone,
        _grouped((count.site, count) for count in counts),
        _grouped((count.team, count) for count in counts),
        tuple(in_need),
        tuple(lines),
        choice,
        more,
        await look.guest_count(roll_call.about),
        roll_call.running,
        roll_call.state is State.LAUNCHING,
    )


def _grouped(counts: Iterable[tuple[str, Count]]) -> tuple[tuple[str, Group], ...]:
    """By name, whoever has most people missing first."""
    groups: dict[str, Group] = {}
    for name, count in counts:
        groups.setdefault(name, Group()).add(count)
    worst = sorted(groups.items(), key=lambda row: (-row[1].help, -row[1].missing, row[0]))
    return tuple(worst) if len(worst) > 1 else ()


async def slow(look: BoardLook, found: Seen, everyone: Group, now: datetime) -> Slow:
    """How it goes: answers over time, delivery, who calls whom, places, what was done."""
    roll_call, within = found.roll_call, found.within
    begin, end = roll_call.launched_at, roll_call.ended_at or now
    step = figures.step_of(begin, max(end, begin))
    delivery, unsent = None, 0
    if found.delivery:
        delivery = tuple(await look.delivery(roll_call.about))
        unsent = await look.unsent(roll_call.about)
    if not found.answers:
        return Slow(Curve(begin, step, (), 0), delivery, unsent)
    per_step = await look.answered_by_step(roll_call.about, begin, step, within)
    return Slow(
        figures.curve(begin, end, per_step, step, everyone.total),
        delivery,
        unsent,
        tuple(await look.callers(roll_call.about, within, CALLERS)),
        tuple(await look.spots(roll_call.about, within, SPOTS)),
        tuple(await look.changes(roll_call, within, CHANGES)),
    )
