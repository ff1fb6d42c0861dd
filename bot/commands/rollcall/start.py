"""Starting a roll call, confirmed by the number of people it goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import acting, names, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import As, Given, Json, Yes, need, of

if TYPE_CHECKING:
    from bot.app import House
    from bot.found import Reach
    from bot.people import Person
    from storage.look import Looking


def command(
    ctx: typer.Context,
    everyone: Annotated[bool, typer.Option("--everyone", help="Ask everybody.")] = False,
    site: Annotated[str, typer.Option(metavar="NAME", help="Ask the people of a site.")] = "",
    team: Annotated[str, typer.Option(metavar="NAME", help="Ask the people of a team.")] = "",
    under: Annotated[str, typer.Option(metavar="KEY", help="Ask everybody below a lead.")] = "",
    people: Annotated[
        str, typer.Option("--list", metavar="KEY,KEY", help="Ask these people.")
    ] = "",
    words: Annotated[str, typer.Option(help="What has happened, as people will read it.")] = "",
    drill: Annotated[bool, typer.Option("--drill", help="A drill; every message says so.")] = False,
    cascade: Annotated[
        bool,
        typer.Option("--cascade", help="Level by level: whoever answers releases those below."),
    ] = False,
    who: As = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say who would be asked, and how.")
    ] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Ask people whether they are safe.

    Say who is asked: --everyone, --site, --team, --under or --list. You confirm by typing the
    number of people, unless --yes.
    """
    wanted = {
        "--everyone": "yes" if everyone else "",
        "--site": site,
        "--team": team,
        "--under": under,
        "--list": people,
    }
    chosen = [(option, value.strip()) for option, value in wanted.items() if value.strip()]
    if len(chosen) != 1:
        raise Refused("Say who is asked with one of --everyone, --site, --team, --under, --list.")
    said = need(words, "--words")
    start = _Start(*chosen[0], said, drill, cascade, need(who, "--as"))
    office.run(start.run(of(ctx), dry_run, yes, json))


@dataclass(slots=True)
class _Start:
    """One start, from the options to the roll call."""

    option: str
    value: str
    words: str
    drill: bool
    cascade: bool
    who: str
    answers: dict[str, str] = field(default_factory=dict)

    async def run(self, given: Given, dry_run: bool, yes: bool, as_json: bool) -> None:
        async with office.joined(given) as house:
            async with house.store.look() as look:
                person = await office.by_key(look, self.who)
                plan = await self._plan(house, look, person)
            if dry_run or not as_json:
                paper.as_json(plan.told()) if as_json else plan.print()
            if dry_run:
                return
            count = plan.reach.people
            if not yes:
                _count_typed(count)
            done = await acting.submit(house, person, "rollcall", self._final(count))
            if done.kind != "rollcall.launched":
                raise Refused(f"Not started: {done.said}", Ending.NO)
            name = done.about.removeprefix("rollcall:")
            asleep = await office.asleep(house.store, house.clock.now())
            if as_json:
                told = {"id": name, "people": count, "drill": self.drill}
                paper.as_json({**told, "server_running": not asleep})
            else:
                paper.say(self._started(name, count, asleep=asleep))
            if asleep:
                await office.note_if_asleep(house.store, house.clock.now())

    def _started(self, name: str, count: int, *, asleep: bool) -> str:
        follow = f"Follow it with `renraku rollcall status {name} --watch`."
        noun = "drill" if self.drill else "roll call"
        if asleep:
            return (
                f"Recorded {noun} {name}, but nobody is asked yet: {paper.people(count)} will be,"
                f" as soon as `renraku serve` runs. {follow}"
            )
        verb = "is" if count == 1 else "are"
        return f"Started {noun} {name}: {paper.people(count)} {verb} being asked. {follow}"

    async def _plan(self, house: House, look: Looking, person: Person) -> Plan:
        from bot.choices import scope_of
        from bot.rollcalls import Scope

        wanted = await self._wanted(look, person)
        self.answers = await acting.checked(
            house,
            look,
            person,
            "rollcall",
            {
                **wanted,
                **({"start": "start"} if self.drill else {"confirm": "1"}),
            },
            {"who": self._not_offered(person), "words": "--words is missing."},
        )
        scope, target = scope_of(self.answers["who"], self.answers.get("people", ""))
        reach = await look.reach(scope, target)
        if reach.people == 0:
            raise Refused(f"There is nobody to ask {self._where()}.", Ending.NO)
        ids = set(await look.scope_ids(scope, target))
        if scope is Scope.LIST:
            known = await look.by_key(target)
            missing = [key for key in target if key not in known]
            if missing:
                raise Refused(
                    f"Nobody has the key {paper.some(missing)}:"
                    " `renraku people list` shows all keys."
                )
        at_once = len(ids)
        if self.cascade:
            released = (await look.tree()).cascade(ids)
            at_once = sum(above is None for above in released.values())
        alone = await _unreachable(look, ids) if reach.unreachable else {}
        return Plan(self, reach, alone, at_once, dict(house.rules.rates))

    async def _wanted(self, look: Looking, person: Person) -> dict[str, str]:
        from bot.forms import ROLL_CALL

        who, keys = await self._scope(look, person)
        answers = {
            "drill": "drill" if self.drill else "real",
            "who": who,
            "words": self.words,
            "mode": "cascade" if self.cascade else "broadcast",
        }
        if who == "list":
            listed = " ".join(keys)
            question = ROLL_CALL.question("people")
            if question is not None and len(listed) > question.longest:
                raise Refused(
                    f"{paper.people(len(keys))} are too many for one list: ask a site, a team,"
                    " or the people below somebody in their own name."
                )
            answers["people"] = listed
        return answers

    async def _scope(self, look: Looking, person: Person) -> tuple[str, Sequence[str]]:
        """How the form names the people asked, and their keys where it wants a list."""
        match self.option:
            case "--everyone":
                return "everyone", ()
            case "--list":
                from bot.choices import keys_in

                return "list", keys_in(self.value)
            case "--under":
                lead = await office.by_key(look, self.value)
                below = (await look.tree()).subtree(lead.id)
                if not below:
                    raise Refused(f"Nobody stands below {lead.name} ({lead.key}).", Ending.NO)
                if lead.id == person.id:
                    return f"under:{lead.id}", ()
                # The form knows only one's own people by such a name; others' are a list.
                return "list", await _keys(look, below)
            case _:
                return await self._place(look, person)

    async def _place(self, look: Looking, person: Person) -> tuple[str, Sequence[str]]:
        """A site or team, as it is spelt in the staff list."""
        from bot.choices import LISTED
        from bot.forms import fold
        from bot.rollcalls import Scope

        noun = self.option.removeprefix("--")
        names = await (look.sites() if noun == "site" else look.teams())
        name = next((n for n in names if fold(n) == fold(self.value)), None)
        if name is None:
            there = paper.some(names) if names else "none on record"
            raise Refused(f'There is no {noun} "{self.value}"; there are: {there}.')
        if name in names[:LISTED] or name == getattr(person, noun):
            return f"{noun}:{name}", ()
        # The form offers the largest ones only; the people of the others are a list.
        return "list", await _keys(look, await look.scope_ids(Scope(noun), (name,)))

    def _final(self, count: int) -> Mapping[str, str]:
        if self.drill:
            return self.answers
        return {**self.answers, "confirm": str(count)}

    def _where(self) -> str:
        return {
            "--everyone": "at all",
            "--site": f'at the site "{self.value}"',
            "--team": f'in the team "{self.value}"',
            "--under": f"below {self.value}",
            "--list": "in this list",
        }[self.option]

    def _not_offered(self, person: Person) -> str:
        return (
            f"{person.name} ({person.key}) may not ask anybody {self._where()}: a lead may ask"
            f" their own people (--under {person.key}), others need the role safety or admin."
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would be asked, by which channel, how long the sending takes."""

    start: _Start
    reach: Reach
    alone: Mapping[str, str]
    """Those no channel reaches: names by key."""
    at_once: int
    rates: Mapping[str, float]

    def seconds(self) -> float:
        """How long the slowest channel needs at its pace; 0 where none is slowed."""
        return max(
            (n / self.rates[c] for c, n in self.reach.channels.items() if self.rates.get(c)),
            default=0.0,
        )

    def told(self) -> dict[str, Any]:
        return {
            "drill": self.start.drill,
            "mode": self.start.answers["mode"],
            "who": self.start.answers["who"],
            "words": self.start.answers["words"],
            "people": self.reach.people,
            "asked_at_once": self.at_once,
            "channels": dict(self.reach.channels),
            "unreachable": self.reach.unreachable,
            "unreachable_keys": list(self.alone),
            "names": dict(self.alone),
            "seconds": round(self.seconds(), 1),
        }

    def print(self) -> None:
        start, reach = self.start, self.reach
        real = "THIS IS A DRILL. Every message says so." if start.drill else "THIS IS REAL."
        ways = ", ".join(f"{channel} {count:,}" for channel, count in reach.channels.items())
        seconds = self.seconds()
        span = "a moment" if seconds < 2 else f"about {_span(seconds)}"
        paper.say(
            real,
            f"  Words     {start.answers['words']}",
            f"  Who       {start.option.removeprefix('--')}"
            + ("" if start.option == "--everyone" else f" {start.value}"),
            f"  People    {reach.people:,}",
            f"  How       {_mode(start.cascade, self.at_once)}",
            f"  Reached   {ways or 'by no channel'}",
            f"  Sending   takes {span}",
        )
        if reach.unreachable:
            paper.say(
                f"  By hand   {reach.unreachable:,} cannot be reached"
                f" ({names.some(self.alone, list(self.alone))}):"
                " whoever stands above is asked to call them."
            )


def _mode(cascade: bool, at_once: int) -> str:
    if not cascade:
        return "everyone at once; silence climbs"
    return f"call tree: {at_once:,} at first, then level by level"


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:,.0f} seconds"
    return f"{seconds / 60:,.0f} minutes"


async def _keys(look: Looking, ids: Sequence[int]) -> list[str]:
    await look.prefetch(people=ids)
    found = [await look.person(person) for person in ids]
    return sorted(person.key for person in found if person is not None)


async def _unreachable(look: Looking, ids: set[int]) -> dict[str, str]:
    from storage import staff

    keys = await staff.unreachable(look.conn, look.channels, 1_000_000)
    found = await look.by_key(keys)
    return {key: found[key].name for key in keys if key in found and found[key].id in ids}


def _count_typed(count: int) -> None:
    typed = paper.ask(
        f"To start it, type the number of people ({count:,}):",
        otherwise="Not started: type the number of people, or give --yes.",
    )
    if typed.replace(",", "") != str(count):
        raise Refused(f"Not started: that is not the number of people, {count:,}.", Ending.NO)
