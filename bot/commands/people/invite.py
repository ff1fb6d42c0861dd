"""Personal links of the web chat and one-time codes, to be handed to each person privately."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.parts import addresses, codes, names, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, Json, Yes, of
from bot.commands.parts.office import Office
from bot.people import Person

if TYPE_CHECKING:
    from bot.app import House

HEADS = ("key", "name", "site", "team", "link")


def command(
    ctx: typer.Context,
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY]...", help="Whom.")] = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Everybody who can use it and has not got it yet.")
    ] = False,
    telegram: Annotated[
        bool, typer.Option("--telegram", help="One-time links that open Telegram.")
    ] = False,
    slack: Annotated[
        bool, typer.Option("--slack", help="One-time codes to send to the bot in Slack.")
    ] = False,
    valid: Annotated[
        int, typer.Option("--days", help="How long the codes work.", min=1, max=365)
    ] = 14,
    qr: Annotated[bool, typer.Option("--qr", help="Also as a picture to scan.")] = False,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a CSV file instead.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write slips to print and cut out, team by team."),
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Make the links given out so far void first.")
    ] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Print people's own links of the web chat, or one-time codes for Telegram or Slack.

    A link or code makes whoever uses it that person: hand each over privately. A web link works
    until --new makes it void; a code works once. Ends with 1 if another program is where the web
    links lead: they are printed all the same.
    """
    if bool(keys) == everyone:
        raise Refused("Say whose: keys of the staff list, or --all.")
    if telegram and slack:
        raise Refused("Say --telegram or --slack, not both: each code is for one of them.")
    if telegram or slack:
        if new:
            raise Refused("--new is for web links; earlier unused codes are void in any case.")
        channel = "telegram" if telegram else "slack"
        office.run(_codes(of(ctx), channel, keys or [], timedelta(days=valid), qr, csv, html, json))
        return
    if qr or html:
        raise Refused("--qr and --html go with --telegram or --slack.")
    rows, elsewhere = office.run(_rows(of(ctx), keys or [], new, yes))
    _hand_out(rows, csv, json)
    if elsewhere:
        raise Refused(elsewhere, Ending.NO)


async def _codes(
    given: Given,
    channel: str,
    keys: list[str],
    valid: timedelta,
    qr: bool,
    csv: Path | None,
    html: Path | None,
    json: bool,
) -> None:
    from bot.roster.sheets import write_csv

    async with office.joined(given) as house:
        people = await _without(house, channel, keys)
        made, until = await codes.made(house, channel, people, valid)
        rows = codes.rows(made, until)
        if csv is not None:
            heads = ("key", "name", "site", "team", "code", "link", "until")
            paper.write_private(csv, write_csv(heads, [[r[h] for h in heads] for r in rows]))
        if html is not None:
            paper.write_private(html, codes.sheet(house, channel, made, until))
    written = " and ".join(str(file) for file in (csv, html) if file is not None)
    if json:
        paper.as_json(rows)
    elif written:
        paper.say(f"Wrote {paper.count(len(made), 'code')} to {written}.")
    else:
        codes.say(made, qr=qr)
    if made and not json:
        paper.aside(
            f"Each works once, for that person, until {paper.iso(until)[:10]}: hand it over"
            " privately" + (", then delete the file." if written else ".")
        )


async def _without(house: House, channel: str, keys: list[str]) -> list[Person]:
    """Those named; or everybody who has no account there yet."""
    from storage import staff

    async with house.store.look() as look:
        if not keys:
            every = [found async for found in staff.everyone(look)]
            without = [person for person, ways in every if channel not in ways]
            if len(without) < len(every):
                linked = paper.people(len(every) - len(without))
                paper.aside(f"{linked} linked already: left out.")
            return without
        found = await look.by_key(keys)
    unknown = [key for key in keys if key not in found]
    if unknown:
        raise Refused(
            f"Nobody has the key {paper.some(unknown)}: `renraku people list` shows all keys."
        )
    return [found[key] for key in dict.fromkeys(keys)]


def _hand_out(rows: list[dict[str, str]], csv: Path | None, json: bool) -> None:
    if csv is not None:
        from bot.roster.sheets import write_csv

        paper.write_private(csv, write_csv(HEADS, [[row[head] for head in HEADS] for row in rows]))
        if not json:
            paper.say(
                f"Wrote {paper.count(len(rows), 'link')} to {csv}. Each opens that person's chat:"
                " hand it over privately, then delete the file."
            )
            return
    if json:
        paper.as_json(rows)
        return
    for row in rows:
        # Two lines: a link that is broken by a table's edge opens nothing.
        paper.say(f"{row['name']} ({row['key']})", f"  {row['link']}")
    if rows:
        paper.aside("Each link opens that person's chat: hand it over privately.")


async def _rows(
    given: Given, keys: list[str], new: bool, yes: bool
) -> tuple[list[dict[str, str]], str]:
    """The links, and why they lead to somebody else; empty if they do not."""
    async with office.opened(given) as here:
        base, elsewhere = await addresses.base(here)
        people = await _invited(here, keys)
        if new and people:
            if not keys:
                paper.confirm(f"Make every link of {paper.people(len(people))} void?", yes=yes)
            people = await _renewed(here, people)
        return [
            {
                "key": person.key,
                "name": person.name,
                "site": person.site,
                "team": person.team,
                "link": f"{base}/c/{token}",
            }
            for person, token in _links(here, people)
        ], elsewhere


async def _invited(here: Office, keys: list[str]) -> list[Person]:
    from storage import staff

    async with here.store.look() as look:
        if not keys:
            every = [found async for found in staff.everyone(look)]
            without = sum("web" not in ways for _, ways in every)
            if without:
                paper.aside(
                    f"{paper.people(without)} without a web chat left out: write"
                    ' "web" in the column contacts of the staff list to give them one.'
                )
            return [person for person, ways in every if "web" in ways]
        found = await look.by_key(keys)
        unknown = [key for key in keys if key not in found]
        if unknown:
            raise Refused(
                f"Nobody has the key {paper.some(unknown)}: `renraku people list` shows all keys."
            )
        people = [found[key] for key in dict.fromkeys(keys)]
        ways = await staff.ways_of(look.conn, [person.id for person in people])
    without_web = [names.called(p) for p in people if "web" not in ways.get(p.id, ())]
    if without_web:
        raise Refused(
            f'{paper.some(without_web)}: without a web chat. Write "web" in the column contacts'
            " of the staff list and import it again."
        )
    return people


async def _renewed(here: Office, people: list[Person]) -> list[Person]:
    from bot.outcomes import Entry
    from storage import staff

    keys = [person.key for person in people]
    async with here.store.write() as work:
        await staff.new_links(work, keys)
        work.record([Entry("people.links-renewed", f"person:{p.id}") for p in people])
        await work.flush()
        found = await work.by_key(keys)
    return [found[key] for key in keys if key in found]


def _links(here: Office, people: list[Person]) -> list[tuple[Person, str]]:
    from adapters.web.links import Links

    web = here.settings.web
    links = Links(here.store.keys.signing_keys(web.link_keys), web.link_lifetime, here.clock)
    return [(person, links.make(person.id, person.link_rev)) for person in people]
