"""Removing people: their addresses become unreadable for good."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import names, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, Json, Yes, of


def command(
    ctx: typer.Context,
    keys: Annotated[list[str], typer.Argument(metavar="KEY...", help="Whom.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also whoever still needs help in a roll call.")
    ] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Remove people: contacts deleted, keys destroyed, links void.

    Their key and name stay on what they reported, answered or decided. Whoever still needs help
    is not removed without --force.
    """
    office.run(_remove(of(ctx), list(dict.fromkeys(keys)), yes, json, force))


async def _remove(given: Given, keys: list[str], yes: bool, as_json: bool, force: bool) -> None:
    from bot.outcomes import Entry
    from storage import staff

    async with office.opened(given) as here:
        async with here.store.look() as look:
            found = await look.by_key(keys)
            unknown = [key for key in keys if key not in found]
            if unknown:
                raise Refused(
                    f"Nobody has the key {paper.some(unknown)}; nobody was removed:"
                    " `renraku people list` shows all keys."
                )
            gone = {person.id for person in found.values()}
            needy = await look.crying(here.clock.now(), 1000, gone)
            if needy and not force:
                named = {p.id: p for p in found.values()}
                crying = [names.called(named[ask.person]) for ask in needy]
                raise Refused(
                    f"{paper.some(list(dict.fromkeys(crying)))} still"
                    f" need{'s' if len(set(crying)) == 1 else ''} help"
                    f" (roll call {needy[0].about.removeprefix('rollcall:')}); nobody was removed:"
                    " have somebody look after them first, or give --force.",
                    Ending.NO,
                )
            left_behind = {
                person.key: person.name
                async for person, _ in staff.everyone(look)
                if person.id not in gone and gone & {person.lead, person.deputy}
            }
        known = {key: found[key].name for key in keys}
        whom = names.some(known, keys)
        paper.confirm(f"Remove {whom}? Contacts are deleted and keys destroyed for good.", yes=yes)
        async with here.store.write() as work:
            await staff.remove(work, keys)
            work.record([Entry("people.removed", f"person:{found[k].id}") for k in keys])
            await work.flush()
    if as_json:
        told = {"removed": keys, "without_lead_or_deputy": list(left_behind)}
        paper.as_json({**told, "names": {**known, **left_behind}})
        return
    paper.say(
        f"Removed {whom}: contacts deleted, keys destroyed, links void. Key and"
        " name stay on what they reported and answered."
    )
    if left_behind:
        paper.aside(
            f"{paper.people(len(left_behind))} had them as lead or deputy"
            f" ({names.some(left_behind, list(left_behind))}): import the staff list with"
            " others in their place."
        )
