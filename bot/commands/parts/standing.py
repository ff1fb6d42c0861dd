"""How a roll call stands: help first, then who is missing, then the counts.

Rules of the room:
- A roll call that has ended goes on naming those who never answered and those in need of help.
- Where no server runs nothing is called "being sent".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from bot.commands.parts import names, paper

if TYPE_CHECKING:
    from rich.console import Group as Lines

    from bot.asks import Ask
    from bot.found import Count, Delivery
    from bot.people import Person
    from bot.rollcalls import RollCall
    from bot.views.parts.unsettled import Group
    from storage.look import Looking

DELIVERY = ("Channel", "Waiting", "Sent", "Delivered", "Opened", "Answered", "Failed")
"""Each a thing of its own: only what was answered is an answer."""
COUNTS = ("total", "help", "missing", "held", "unreached", "safe", "unaffected")


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the list, with what has been tried."""

    person: Person | None
    ask: Ask
    holder: Person | None
    taker: Person | None = None

    @property
    def called(self) -> str:
        return names.called(self.person)

    def told(self) -> dict[str, Any]:
        ask = self.ask
        return {
            "key": self.person.key if self.person else "",
            "name": self.person.name if self.person else "",
            "site": ask.site,
            "team": ask.team,
            "standing": ask.standing.value,
            "reminders": ask.reminders,
            "tried_by_hand": ask.tries,
            "now_with": self.holder.key if self.holder else None,
            "now_with_name": self.holder.name if self.holder else None,
            "answered_at": paper.iso(ask.answered_at) or None,
            "taken_by": self.taker.key if self.taker else None,
            "taken_by_name": self.taker.name if self.taker else None,
        }


@dataclass(frozen=True, slots=True)
class Picture:
    """One look at a roll call."""

    roll_call: RollCall
    launcher: Person | None
    everyone: Group
    sites: dict[str, Group]
    teams: dict[str, Group]
    help: list[Row]
    missing: list[Row]
    sending: bool
    """A server runs."""
    queued: Mapping[str, int] = field(default_factory=dict)
    """Questions that have not left yet, by channel."""
    delivery: list[Delivery] = field(default_factory=list)
    """What became of the questions, by channel."""

    @property
    def running(self) -> bool:
        return self.roll_call.running

    @property
    def noun(self) -> str:
        return "Drill" if self.roll_call.drill else "Roll call"

    @property
    def unsent(self) -> bool:
        """Not everybody has been asked, and nobody is at it."""
        return self.roll_call.state == "launching" and not self.sending

    @property
    def waiting(self) -> int:
        """How many are still to be asked."""
        call, group = self.roll_call, self.everyone
        coming = call.expected - group.total if call.state == "launching" else 0
        return group.held + max(0, coming)

    def counts(self) -> dict[str, int]:
        return counts(self.everyone)

    def told(self) -> dict[str, Any]:
        call, launcher = self.roll_call, self.launcher
        return {
            "id": call.id,
            "drill": call.drill,
            "state": call.state.value,
            "mode": call.mode.value,
            "scope": call.scope.value,
            "words": call.words,
            "incident": call.incident or None,
            "launched_by": launcher.key if launcher else "",
            "launched_by_name": launcher.name if launcher else "",
            "launched_at": paper.iso(call.launched_at),
            "ended_at": paper.iso(call.ended_at) or None,
            "expected": call.expected,
            "server_running": self.sending,
            "queued": dict(self.queued),
            "delivery": [asdict(each) for each in self.delivery],
            "counts": self.counts(),
            "sites": [{"name": n, **counts(g)} for n, g in self.sites.items()],
            "teams": [{"name": n, **counts(g)} for n, g in self.teams.items()],
            "help": [row.told() for row in self.help],
            "missing": [row.told() for row in self.missing],
        }

    def line(self) -> str:
        """Everything in one line."""
        group, call = self.everyone, self.roll_call
        if call.state == "cancelled":
            said = f"{self.noun} {call.id} was called off"
            return f"{said}; {self._in_need()}." if group.help else f"{said}."
        if not call.running and not group.total:
            return f"{self.noun} {call.id}: ended before anybody was asked."
        asked = call.expected if call.state == "launching" else group.total
        facts = [f"{group.answered:,} of {asked:,} answered"]
        if group.help:
            facts.append(self._in_need())
        if group.total or not call.running:
            never = "never answered" if not call.running else "missing"
            facts.append(f"{group.missing:,} {never}")
        if group.unreached:
            facts.append(f"{group.unreached:,} of them not reached by anyone")
        if self.waiting and call.running:
            facts.append(f"{self.waiting:,} not asked yet")
        if self.unsent:
            facts.append("nothing is sent until `renraku serve` runs")
        elif call.state == "launching":
            facts.append(f"being sent: {group.total:,} of {call.expected:,}")
        elif not call.running:
            facts.append("ended")
        elif self.queued:
            facts.append(f"{sum(self.queued.values()):,} still to be sent")
        return f"{self.noun} {call.id}: {', '.join(facts)}."

    def _in_need(self) -> str:
        return f"{self.everyone.help:,} NEED{'S' if self.everyone.help == 1 else ''} HELP"

    def drawn(self, zone: str) -> Lines:
        from rich.console import Group as Lines
        from rich.text import Text

        parts: list[Any] = [Text(self.line()), Text(self.since(zone))]
        if self.help:
            parts.append(
                paper.drawn(
                    ("Name", "Key", "Site", "Team", "Taken by"),
                    [(*_person(r), names.called(r.taker) or "nobody yet") for r in self.help],
                    f"Need help: {self.everyone.help:,}",
                )
            )
        if self.missing and self.running:
            parts.append(
                paper.drawn(
                    ("Name", "Key", "Site", "Team", "Standing", "Now with"),
                    [
                        (*_person(r), r.ask.standing.value, names.called(r.holder))
                        for r in self.missing
                    ],
                    f"No answer: {self.everyone.missing:,}",
                )
            )
        elif self.missing:
            parts.append(
                paper.drawn(
                    ("Name", "Key", "Site", "Team"),
                    [_person(r) for r in self.missing],
                    f"Never answered: {self.everyone.missing:,}",
                )
            )
        for noun, groups in (("Site", self.sites), ("Team", self.teams)):
            if len(groups) > 1:
                heads = (noun, "Asked", "Help", "Missing", "Safe", "Not affected")
                parts.append(paper.drawn(heads, [_cells(n, g) for n, g in groups.items()]))
        if self.delivery:
            parts.append(paper.drawn(DELIVERY, [_far(d) for d in self.delivery], "By channel"))
        return Lines(*parts)

    def since(self, zone: str) -> str:
        """Who started it, when, in which words; and when it ended."""
        call = self.roll_call
        began = f"Started {paper.clock(call.launched_at, zone)} by {names.called(self.launcher)}"
        ended = f", ended {paper.clock(call.ended_at, zone)}" if call.ended_at else ""
        return f"{began}{ended}: {call.words}"


def _person(row: Row) -> tuple[str, ...]:
    person, ask = row.person, row.ask
    name, key = (person.name, person.key) if person else ("", "")
    return (name, key, ask.site, ask.team)


def _far(of: Delivery) -> tuple[object, ...]:
    failed = ", ".join(f"{why}: {count:,}" for why, count in sorted(of.failed.items())) or 0
    return (of.channel, of.queued, of.handed, of.delivered, of.seen, of.answered, failed)


def _cells(name: str, group: Group) -> tuple[object, ...]:
    counted = (group.total, group.help, group.missing, group.safe, group.unaffected)
    return (name or "(none)", *counted)


def counts(group: Group) -> dict[str, int]:
    return {name: getattr(group, name) for name in COUNTS}


async def picture(look: Looking, call: RollCall, limit: int, *, sending: bool) -> Picture:
    """How it stands now, with at most `limit` people of each sort."""
    from bot.views.parts.unsettled import Group

    found = await look.counts(call.about)
    if call.state != "cancelled":
        # Withdrawn one by one: people who are no longer with us.
        found = [c for c in found if c.standing != "withdrawn"]
    everyone = Group()
    for each in found:
        everyone.add(each)
    if call.state == "cancelled":
        silent: list[Ask] = []
    else:
        silent = await look.silent(call.about, limit)
    in_need = await look.in_need(call.about, limit)
    await look.prefetch(people={call.launched_by, *(p for a in silent for p in _involved(a))})
    return Picture(
        call,
        await look.person(call.launched_by),
        everyone,
        _grouped((c.site, c) for c in found),
        _grouped((c.team, c) for c in found),
        [await _row(look, ask, in_need=True) for ask in in_need],
        [await _row(look, ask) for ask in silent],
        sending,
        await look.sending(call.about, look.channels) if call.running else {},
        await look.delivery(call.about),
    )


def _involved(ask: Ask) -> tuple[int, int]:
    return ask.person, ask.holder


def _grouped(found: Iterable[tuple[str, Count]]) -> dict[str, Group]:
    """By name, help and most missing first."""
    from bot.views.parts.unsettled import Group

    groups: dict[str, Group] = {}
    for name, count in found:
        groups.setdefault(name, Group()).add(count)
    order = sorted(groups.items(), key=lambda g: (-g[1].help, -g[1].missing, g[0]))
    return dict(order)


async def need(look: Looking, ask: Ask) -> Row:
    """Somebody who needs help, and who has taken it."""
    return await _row(look, ask, in_need=True)


async def _row(look: Looking, ask: Ask, *, in_need: bool = False) -> Row:
    from bot import pages

    person, holder = await look.person(ask.person), await look.person(ask.holder)
    taken = pages.holder(await look.asks_about(f"help:{ask.id}")) if in_need else None
    taker = await look.person(taken) if taken is not None else None
    return Row(person, ask, holder, taker)
