"""The journal: who did what, and whether the record is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import names, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, Json, Limit, of

if TYPE_CHECKING:
    from storage.look import Looking

HEADS = ("When", "Line", "What", "About", "Who", "For", "More")


def command(
    ctx: typer.Context,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check every line against the chain it stands in.")
    ] = False,
    about: Annotated[
        str, typer.Option(metavar="ID", help="Only what concerns a roll call, incident or KEY.")
    ] = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """Show the newest lines of the journal, or check that none was changed or cut off.

    Lines hold ids, never what people wrote.
    """
    if verify:
        office.run(_verify(of(ctx), json))
        return
    rows, zone = office.run(_rows(of(ctx), about, limit))
    if json:
        paper.as_json(rows)
    elif not rows:
        paper.aside("Nothing is on record." if not about else f"Nothing is on record on {about}.")
    else:
        paper.table(HEADS, [_cells(row, zone) for row in rows])


def _cells(row: dict[str, Any], zone: str) -> tuple[str, ...]:
    more = " ".join(f"{name}={value}" for name, value in row["data"].items())
    return (
        paper.clock(row["at"], zone),
        f"{row['writer']}:{row['seq']}",
        row["kind"],
        f"person:{row['about_key']}" if row["about_key"] else row["about"],
        names.shown(row["person_name"], row["person"]),
        names.shown(row["behalf_name"], row["behalf"]),
        more,
    )


async def _rows(given: Given, about: str, limit: int) -> tuple[list[dict[str, Any]], str]:
    from storage import records

    async with office.opened(given) as here, here.store.look() as look:
        wanted, person = await _meant(look, about.strip())
        found = await records.lines(look.conn, limit, about=wanted, person=person)
        await look.prefetch(people={i for r in found for i in (r.person, r.behalf) if i})
        rows = [
            {
                "writer": line.writer,
                "seq": line.seq,
                "at": line.at,
                "kind": line.kind,
                "about": line.about,
                "about_key": await _key(look, line.about),
                **await names.who(look, "person", line.person),
                **await names.who(look, "behalf", line.behalf),
                "data": line.data,
            }
            for line in found
        ]
        return rows, here.zone


async def _meant(look: Looking, said: str) -> tuple[tuple[str, ...], int | None]:
    """What an id may stand for: as it is, or of a roll call, an incident, a person."""
    if not said or ":" in said:
        return (said,) if said else (), None
    person = (await look.by_key([said])).get(said)
    nouns = tuple(f"{noun}:{said}" for noun in ("rollcall", "incident", "ask", "help"))
    if person is None:
        return nouns, None
    return (*nouns, f"person:{person.id}"), person.id


async def _key(look: Looking, about: str) -> str | None:
    """The key of whom a line is about; the journal itself holds a number nobody knows."""
    noun, _, number = about.partition(":")
    found = await look.person(int(number)) if noun == "person" and number.isdecimal() else None
    return found.key if found else None


async def _verify(given: Given, as_json: bool) -> None:
    from storage import journal

    async with office.opened(given) as here:
        with paper.progress(as_json) as (bar, task):
            bar.update(task, description="Checking every line of the journal")
            async with here.store.look() as look:
                verdict = await journal.verify(look.conn)
    if as_json:
        paper.as_json(
            {
                "whole": not verdict.broken,
                "lines": verdict.lines,
                "chains": verdict.writers,
                "broken": verdict.broken,
            }
        )
    if verdict.broken:
        raise Refused(
            f"The journal does not hold: {', '.join(verdict.broken)} is where a line was changed,"
            " added or cut off outside Renraku. Compare it with a backup.",
            Ending.NO,
        )
    if not as_json:
        lines = paper.count(verdict.lines, "line")
        paper.say(f"The journal is whole: {lines} in {paper.count(verdict.writers, 'chain')}.")
