"""How a roll call stands: help first, then who is missing, then the counts."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import calls, office, paper
from bot.commands.parts.given import Given, Json, Limit, of
from bot.commands.parts.office import Office

if TYPE_CHECKING:
    from rich.console import Group as Lines

    from bot.asks import Ask
    from bot.look import Count
    from bot.rollcalls import RollCall
    from bot.views.tally import Group
    from storage.look import Looking

EVERY = 1.0
COUNTS = ("total", "help", "missing", "held", "unreached", "safe", "unaffected")


def command(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="Else the newest that runs, or has run.")
    ] = "",
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Keep showing it until it ends, or Ctrl-C.")
    ] = False,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """Show how a roll call stands: who needs help, who is missing, counts by site and team."""
    # Ctrl-C is how one stops watching.
    with suppress(KeyboardInterrupt) if watch else nullcontext():
        office.run(_status(of(ctx), name, watch, limit, json))


async def _status(given: Given, name: str, watch: bool, limit: int, as_json: bool) -> None:
    async with office.opened(given) as here:
        picture = await _look(here, name, limit)
        if as_json:
            paper.as_json(picture.told())
        elif watch and sys.stdout.isatty():
            await _watch(here, picture, limit)
        else:
            paper.console().print(picture.drawn(here.zone))
            while watch and picture.running:
                # No terminal to redraw: a line whenever something has changed.
                await asyncio.sleep(EVERY)
                fresh = await _look(here, picture.roll_call.id, limit)
                if fresh.told() != picture.told():
                    paper.say(fresh.line())
                picture = fresh
        if picture.running:
            await office.note_if_asleep(here.store, here.clock.now())


async def _watch(here: Office, picture: Picture, limit: int) -> None:
    from rich.live import Live

    with Live(picture.drawn(here.zone), console=paper.console(), auto_refresh=False) as live:
        while picture.running:
            await asyncio.sleep(EVERY)
            picture = await _look(here, picture.roll_call.id, limit)
            live.update(picture.drawn(here.zone), refresh=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the list, with what has been tried."""

    key: str
    name: str
    ask: Ask
    holder: str
    taken_by: str = ""

    def told(self) -> dict[str, Any]:
        ask = self.ask
        return {
            "key": self.key,
            "site": ask.site,
            "team": ask.team,
            "standing": ask.standing.value,
            "reminders": ask.reminders,
            "tried_by_hand": ask.tries,
            "now_with": self.holder,
            "answered_at": paper.iso(ask.answered_at) or None,
            "taken_by": self.taken_by or None,
        }


@dataclass(frozen=True, slots=True)
class Picture:
    """One look at a roll call."""

    roll_call: RollCall
    launcher: str
    everyone: Group
    sites: dict[str, Group]
    teams: dict[str, Group]
    help: list[Row]
    missing: list[Row]

    @property
    def running(self) -> bool:
        return self.roll_call.running

    def told(self) -> dict[str, Any]:
        call = self.roll_call
        return {
            "id": call.id,
            "drill": call.drill,
            "state": call.state.value,
            "mode": call.mode.value,
            "scope": call.scope.value,
            "words": call.words,
            "incident": call.incident or None,
            "launched_by": self.launcher,
            "launched_at": paper.iso(call.launched_at),
            "ended_at": paper.iso(call.ended_at) or None,
            "expected": call.expected,
            "counts": _counts(self.everyone),
            "sites": [{"name": n, **_counts(g)} for n, g in self.sites.items()],
            "teams": [{"name": n, **_counts(g)} for n, g in self.teams.items()],
            "help": [row.told() for row in self.help],
            "missing": [row.told() for row in self.missing],
        }

    def line(self) -> str:
        """Everything in one line."""
        group, call = self.everyone, self.roll_call
        if call.state == "cancelled":
            return f"{'Drill' if call.drill else 'Roll call'} {call.id} was called off."
        facts = [f"{group.answered:,} of {max(group.total, call.expected):,} answered"]
        if group.help:
            facts.append(f"{group.help:,} NEED{'S' if group.help == 1 else ''} HELP")
        facts.append(f"{group.missing:,} missing")
        if group.unreached:
            facts.append(f"{group.unreached:,} of them reached by nobody")
        if group.held:
            facts.append(f"{group.held:,} not asked yet")
        if call.state == "launching":
            facts.append(f"being sent: {group.total:,} of {call.expected:,}")
        elif not call.running:
            facts.append("ended")
        return f"{'Drill' if call.drill else 'Roll call'} {call.id}: {', '.join(facts)}."

    def drawn(self, zone: str) -> Lines:
        from rich.console import Group as Lines
        from rich.text import Text

        call = self.roll_call
        since = f"Started {paper.clock(call.launched_at, zone)} by {self.launcher}: {call.words}"
        parts: list[Any] = [Text(self.line()), Text(since)]
        if self.help:
            parts.append(
                paper.drawn(
                    ("Key", "Name", "Site", "Team", "Taken by"),
                    [(r.key, r.name, r.ask.site, r.ask.team, r.taken_by or "-") for r in self.help],
                    f"Need help: {self.everyone.help:,}",
                )
            )
        if self.missing:
            parts.append(
                paper.drawn(
                    ("Key", "Name", "Site", "Team", "Standing", "Now with"),
                    [
                        (r.key, r.name, r.ask.site, r.ask.team, r.ask.standing.value, r.holder)
                        for r in self.missing
                    ],
                    f"No answer: {self.everyone.missing:,}",
                )
            )
        for noun, groups in (("Site", self.sites), ("Team", self.teams)):
            if len(groups) > 1:
                heads = (noun, "Asked", "Help", "Missing", "Safe", "Not affected")
                parts.append(paper.drawn(heads, [_cells(n, g) for n, g in groups.items()]))
        return Lines(*parts)


def _cells(name: str, group: Group) -> tuple[object, ...]:
    counts = (group.total, group.help, group.missing, group.safe, group.unaffected)
    return (name or "(none)", *counts)


def _counts(group: Group) -> dict[str, int]:
    return {name: getattr(group, name) for name in COUNTS}


async def _look(here: Office, name: str, limit: int) -> Picture:
    from bot.views.tally import Group

    async with here.store.look() as look:
        call = await calls.roll_call(look, name)
        counts = await look.counts(call.about)
        if call.state != "cancelled":
            # Withdrawn one by one: people who are no longer with us.
            counts = [c for c in counts if c.standing != "withdrawn"]
        everyone = Group()
        for each in counts:
            everyone.add(each)
        in_need = await look.in_need(call.about, limit) if call.state != "cancelled" else []
        silent = await look.silent(call.about, limit) if call.running else []
        launcher = await look.person(call.launched_by)
        return Picture(
            call,
            launcher.key if launcher else "",
            everyone,
            _grouped((c.site, c) for c in counts),
            _grouped((c.team, c) for c in counts),
            [await _row(look, ask, in_need=True) for ask in in_need],
            [await _row(look, ask) for ask in silent],
        )


def _grouped(counts: Iterable[tuple[str, Count]]) -> dict[str, Group]:
    """By name, help and most missing first."""
    from bot.views.tally import Group

    groups: dict[str, Group] = {}
    for name, count in counts:
        groups.setdefault(name, Group()).add(count)
    order = sorted(groups.items(), key=lambda g: (-g[1].help, -g[1].missing, g[0]))
    return dict(order)


async def _row(look: Looking, ask: Ask, *, in_need: bool = False) -> Row:
    from bot import pages

    await look.prefetch(people={ask.person, ask.holder})
    person, holder = await look.person(ask.person), await look.person(ask.holder)
    taken = pages.holder(await look.asks_about(f"help:{ask.id}")) if in_need else None
    taker = await look.person(taken) if taken is not None else None
    return Row(
        person.key if person else "",
        person.name if person else "",
        ask,
        holder.key if holder else "",
        taker.key if taker else "",
    )
