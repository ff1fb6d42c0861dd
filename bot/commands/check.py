"""Looking at everything that could stop a roll call, before it does."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from bot.commands.parts import door, logs, names, office, paper, platforms
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.findings import BAD, LOOK, MARKS, OK, Finding, unattended
from bot.commands.parts.given import Given, Json, of

if TYPE_CHECKING:
    from bot.config import Settings
    from storage.look import Looking
    from storage.store import Store

LETS_US_IN = "lets us in, with all the rights that are needed"
UNSEEN = "its address is understood; whether it takes messages shows when one is sent"
"""Of a gateway: asking it would cost a message."""

LAG = timedelta(seconds=5)
PATIENCE = timedelta(minutes=2)
LITTLE, TIGHT = 100_000_000, 1_000_000_000
"""Bytes free on the disk: below the first nothing can be kept soon, below the second look."""
MANY = 10_000


def command(ctx: typer.Context, json: Json = False) -> None:
    """Check configuration, key, database, clock, platforms, channels, disk, staff and server.

    Ends with 1 if something must be mended (✗); what only deserves a look (!) does not count.
    """
    found = office.run(_all(of(ctx)))
    bad = [finding for finding in found if finding.result == BAD]
    if json:
        checks = [
            {"name": f.name, "result": f.result, "says": f.says, "do": f.do or None} for f in found
        ]
        paper.as_json({"ok": not bad, "checks": checks})
    else:
        paper.table(
            ("", "Check", "What", "What to do"),
            [(MARKS[f.result], f.name, f.says, f.do) for f in found],
        )
    if bad:
        names = ", ".join(dict.fromkeys(finding.name for finding in bad))
        raise Refused(f"To be mended: {names}.", Ending.NO)


async def _all(given: Given) -> list[Finding]:
    logs.for_command(debug=given.debug)
    file = office.settings_file(given)
    try:
        settings = office.read_settings(given)
    except Refused as refused:
        do = "mend it, then check again"
        return [Finding("configuration", BAD, line, do) for line in str(refused).splitlines()]
    found = [Finding("configuration", OK, f"read from {file}" if file else "the defaults")]
    found += _disk(settings)
    for part in await asyncio.gather(_inside(settings), _platforms(settings)):
        found += part
    return found


async def at_home(settings: Settings, store: Store) -> list[Finding]:
    """What a running server can say of its own house: all but whether it runs, whether its port is
    free, and what the platforms say."""
    from bot.app import rules_of
    from bot.ports import SteadyClock
    from storage import feed, records

    async with store.look() as look:
        found = [_key(settings, store, await records.key_mark(look.conn)), *_disk(settings)]
        if isinstance(store.clock, SteadyClock):
            found.append(await _clock(look))
        found += [finding async for finding in _channels(settings, look)]
        found += [finding async for finding in _staff(look)]
        allowed = {severity: p.allows for severity, p in rules_of(settings).policies.items()}
        health = await feed.health(look.conn, store.clock.now(), PATIENCE, allowed)
    return [*found, *unattended(health, running=True)]


async def _platforms(settings: Settings) -> list[Finding]:
    """Whether the chat platforms let us in, as they say themselves."""
    from bot.config import ConfigError
    from bot.config.outside import MEDIA

    try:
        settings.secrets.read()
    except ConfigError:
        return []  # that is said already, and nothing starts without it
    try:
        asked = await platforms.asked(settings)
    except ConfigError as problem:
        return [Finding("platforms", BAD, str(problem), "mend it, then check again")]
    found: list[Finding] = []
    for name, troubles in asked.items():
        found += [
            Finding(name, BAD if trouble.fatal else LOOK, trouble.says, trouble.do)
            for trouble in troubles
        ] or [Finding(name, OK, UNSEEN if name in MEDIA else LETS_US_IN)]
    return found


def _disk(settings: Settings) -> list[Finding]:
    file = office.sqlite_file(settings)
    folder = file.resolve().parent if file else None
    if folder is None or not folder.is_dir():
        return []
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:,.1f} GB free"
    if free < TIGHT:
        return [Finding("disk", BAD if free < LITTLE else LOOK, says, f"free space in {folder}")]
    return [Finding("disk", OK, says)]


async def _inside(settings: Settings) -> list[Finding]:
    """What only the database can tell; the first thing that bars the way ends it."""
    from bot.app import open_store
    from bot.config import ConfigError
    from bot.look import CouldNotSave
    from bot.ports import SteadyClock
    from storage.seal import KeyProblem

    file = office.sqlite_file(settings)
    shown = settings.database.shown
    if file is not None and not file.is_file():
        return [Finding("database", BAD, f"{file} does not exist", "run `renraku db upgrade`")]
    try:
        store = open_store(settings, SteadyClock(), writer=office.CLI)
    except (ConfigError, KeyProblem) as problem:
        do = "restore it from its copy; for a new database run `renraku db upgrade`"
        return [Finding("master key", BAD, str(problem), do)]
    found: list[Finding] = []
    try:
        async for finding in _looks(settings, store):
            found.append(finding)
    except (CouldNotSave, OSError) as problem:
        says = str(problem) if isinstance(problem, CouldNotSave) else f"{shown} cannot be reached"
        found.append(Finding("database", BAD, says, "check that it runs and may be written"))
    finally:
        await store.close()
    return found


async def _looks(settings: Settings, store: Store) -> AsyncIterator[Finding]:
    from storage import migrations, records

    async with store.look() as look:
        mark = await records.key_mark(look.conn)
        behind = await look.conn.run_sync(migrations.pending)
    yield _key(settings, store, mark)
    if behind:
        do = "run `renraku db upgrade`"
        yield Finding("database", BAD, f"{settings.database.shown} is not up to date", do)
        return
    async with store.write():
        pass  # that it could be begun and ended is all
    yield Finding("database", OK, f"{settings.database.shown} is up to date and can be written")
    async with store.look() as look:
        yield await _clock(look)
        async for finding in _channels(settings, look):
            yield finding
        async for finding in _staff(look):
            yield finding
        async for finding in _server(settings, store, look):
            yield finding


def _key(settings: Settings, store: Store, mark: str) -> Finding:
    if mark and mark != store.keys.mark:
        return Finding("master key", BAD, office.other_key(settings), "restore it from its copy")
    file = settings.secrets.master_key_file
    if settings.secrets.master_key is None and file.stat().st_mode & 0o077:
        return Finding("master key", LOOK, f"others may read {file}", f"run `chmod 600 {file}`")
    return Finding("master key", OK, "it is the one the database was sealed with")


async def _clock(look: Looking) -> Finding:
    from storage import feed

    newest = await feed.newest_time(look.conn)
    lag = newest - datetime.now(UTC) if newest else timedelta()
    if lag > LAG:
        seconds = int(lag.total_seconds())
        return Finding(
            "clock",
            BAD,
            f"it lags {paper.count(seconds, 'second')} behind the newest line of the journal",
            "set the machine's clock right; until then Renraku goes on from the newest line",
        )
    return Finding("clock", OK, f"{paper.iso(datetime.now(UTC))}")


async def _channels(settings: Settings, look: Looking) -> AsyncIterator[Finding]:
    from bot.config.outside import MEDIA
    from bot.config.platforms import BUILT_IN_LANES
    from storage import feed, staff

    held = await staff.held_channels(look.conn)
    for channel in sorted(look.channels):
        working, failing = held.get(channel, (0, 0))
        says = f"{paper.people(working)}"
        if working and channel in MEDIA and not await feed.ever_sent(look.conn, channel):
            says += f", {failing:,} failing" if failing else ""
            says += ", but nothing has gone out by it yet: whether it arrives is not known"
            do = "try it: a drill for a few people who have nothing else"
            yield Finding(f"channel {channel}", LOOK, says, do)
        elif failing:
            do = "`renraku people list --unreachable`"
            yield Finding(f"channel {channel}", LOOK, f"{says}, {failing:,} failing", do)
        else:
            yield Finding(f"channel {channel}", OK, says)
    unused = [f"{c} {n + f:,}" for c, (n, f) in held.items() if c not in look.channels]
    if unused:
        yield Finding("addresses", OK, f"kept for channels not in use yet: {', '.join(unused)}")
    known = {*look.channels, *BUILT_IN_LANES}
    strange = [lane for lane in settings.lanes if lane not in known]
    if strange:
        do = "mend the name in [lanes], or leave it for later"
        yield Finding("lanes", LOOK, f"no such channel in use: {', '.join(strange)}", do)
    if not settings.web.public_url and settings.web.host in ("127.0.0.1", "localhost", "::1"):
        says = f"links begin with {settings.web.base_url} and open on this machine only"
        yield Finding("links", LOOK, says, "set web.public_url to the address people use")


async def _staff(look: Looking) -> AsyncIterator[Finding]:
    from bot.people import Role
    from bot.rollcalls import Scope
    from storage import staff

    reach = await look.reach(Scope.EVERYONE, ())
    if not reach.people:
        yield Finding("people", LOOK, "nobody is on record", "`renraku people import FILE`")
        return
    yield Finding("people", OK, f"{reach.people:,} on record")
    alone = await staff.unreachable(look.conn, look.channels, MANY)
    yield _people(
        "reach",
        "everybody can be reached",
        "cannot be reached",
        alone,
        await names.of_keys(look, alone[:10]),
        "give them contacts; until then look after them in person",
    )
    if reach.by_page:
        says = f"{paper.people(reach.by_page)} only by their web page: asked when they open it"
        do = "give them a second way: a chat account, or a phone number"
        yield Finding("by page", LOOK, says, do)
    tree = await look.tree()
    ends = [person for person in tree.reports(None) if not tree.reports(person)]
    await look.prefetch(people=ends)
    found = [p for p in [await look.person(person) for person in ends] if p is not None]
    yield _people(
        "leads",
        "everybody has a lead or is one",
        "have no lead and nobody below",
        [person.key for person in found],
        {person.key: person.name for person in found},
        "give them a lead, so that somebody answers for them; see `renraku tree`",
    )
    loops = tree.loops()
    if loops:
        says = paper.count(len(loops), "reporting line runs", "reporting lines run")
        yield Finding("call tree", BAD, f"{says} in a circle", "see `renraku tree`")
    desk = len(await look.desk())
    if desk:
        yield Finding("safety desk", OK, f"{paper.people(desk)} present")
    else:
        do = "give somebody the role safety: reports and cries for help go there"
        yield Finding("safety desk", BAD, "nobody is there", do)
    if not await look.with_role(Role.ADMIN):
        do = "give somebody the role admin: alarms go there"
        yield Finding("administrators", LOOK, "there is none", do)


def _people(
    name: str, well: str, says: str, keys: list[str], named: dict[str, str], do: str
) -> Finding:
    if not keys:
        return Finding(name, OK, well)
    many = f"{MANY:,} or more" if len(keys) >= MANY else f"{len(keys):,}"
    return Finding(name, LOOK, f"{many} {says}: {names.some(named, keys)}", do)


async def _port(settings: Settings, store: Store, listens: str) -> Finding:
    """Whether the port of the settings is free, or ours; `listens` is where a server runs."""
    web = settings.web
    if web.port == 0:
        says = "web.port is 0, any free one: links change with every start"
        return Finding("port", LOOK, says, "set web.port to a port of your own")
    at = await door.look(web.host, web.port, store.keys.signing)
    here = f"{web.port} on {web.host}"
    if at is door.At.US:
        return Finding("port", OK, f"this Renraku serves {here}")
    if at is door.At.NOBODY:
        if listens and listens != web.base_url:
            says = f"the server runs at {listens}, but the settings say {web.base_url}"
            do = "set web.host and web.port alike: links end when it is started without options"
            return Finding("port", LOOK, says, do)
        return Finding("port", OK, f"{here} is free")
    if at is door.At.CLOSED:
        says, do = f"{here} cannot be used", "set web.host and web.port to what this machine has"
    else:
        says = f"{here} is taken by {at.value}: links lead there, and the server cannot start"
        do = "end that, or set web.port to another one and hand out new links"
    return Finding("port", LOOK if listens else BAD, says, do)


async def _server(settings: Settings, store: Store, look: Looking) -> AsyncIterator[Finding]:
    from bot.app import rules_of
    from storage import feed

    now = store.clock.now()
    pulse = await office.pulse(store, now)
    running = list(pulse.running)
    listens = await feed.fact(look.conn, office.ADDRESS) if running else ""
    yield await _port(settings, store, listens)
    allowed = {severity: p.allows for severity, p in rules_of(settings).policies.items()}
    health = await feed.health(look.conn, now, PATIENCE, allowed)
    do = "start it: `renraku serve`; until then nothing is sent"
    if running and await _answers(settings, store, listens):
        yield Finding("server", OK, f"running: {', '.join(running)}")
    elif running:
        seconds = paper.count(int(office.SEEN.total_seconds()), "second")
        says = f"a sign within {seconds}, but nobody answers at {listens}: stopped or restarting"
        yield Finding("server", LOOK, says, "look again in a moment, or " + do)
        running = []
    else:
        yield Finding("server", LOOK, f"not running. {pulse.last}".strip(), do)
    if health.lost:
        says = f"{paper.count(health.lost, 'question')} waiting without a time"
        yield Finding("waiting", BAD, says, "look at the log and report it")
    elif running and (health.overdue or health.stalled > PATIENCE):
        says = f"{health.overdue:,} overdue, {paper.count(health.queued, 'message')} queued"
        yield Finding("waiting", BAD, says, "look at the log of the server")
    elif health.overdue or health.queued:
        says = f"{health.overdue:,} overdue, {paper.count(health.queued, 'message')} queued"
        yield Finding(
            "waiting",
            OK if running else LOOK,
            says,
            "" if running else "they go out when `renraku serve` runs",
        )
    for finding in unattended(health, running=bool(running)):
        yield finding


async def _answers(settings: Settings, store: Store, listens: str) -> bool:
    """Whether the server that gave a sign just now still answers, where it can be asked."""
    web = settings.web
    if listens != web.base_url or web.public_url or web.port == 0:
        return True
    return await door.look(web.host, web.port, store.keys.signing) is not door.At.NOBODY
