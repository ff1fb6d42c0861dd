"""Where a command works: the settings, the database under its key, the time.

Rules of the room:
- Only `db upgrade`, `serve`, `chat` and `demo` make a database or a key. Every other command
  refuses where there is none: a mistyped folder must not become an empty organisation.
- A database is never worked on with another key than its own.
- Commands write under a name of their own, so that nobody takes them for a server.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot.commands.parts import logs
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given
from bot.commands.parts.paper import aside

if TYPE_CHECKING:
    from bot.app import House
    from bot.config import ConfigError, Settings
    from bot.people import Person
    from bot.ports import SteadyClock
    from storage.look import Looking
    from storage.store import Store

T = TypeVar("T")

CLI, CHAT = "cli", "chat"
"""The names commands and terminal chats write under; a server may have neither."""
SEEN = timedelta(seconds=12)
"""A server seen within this time is taken to be running: it gives a sign every 5 seconds."""
SILENT = timedelta(minutes=2)
"""One last seen within this time has stopped without a word, or is being started again."""
ADDRESS = "address"
"""The fact that holds where the newest server listens."""
FILES = ("config.toml", "renraku.toml")
ASLEEP = "No server is running: nothing is sent until `renraku serve` runs."


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do it; what the settings, the key or the database object to ends the command."""
    from bot.config import ConfigError
    from bot.look import CouldNotSave
    from storage.seal import KeyProblem

    try:
        return asyncio.run(work)
    except ConfigError as problem:
        refused = wrong_settings(problem)
    except KeyProblem as problem:
        refused = Refused(str(problem))
    except CouldNotSave as problem:
        refused = Refused(str(problem), Ending.STORAGE)
    except OSError as problem:
        refused = Refused(
            f"{problem.filename} cannot be used ({problem.strerror}): mend its permissions or name"
            " another place."
            if problem.filename
            else "The database cannot be reached: check database.url, and that the database runs.",
            Ending.STORAGE,
        )
    # Raised outside the handler: the statement that failed must not travel along.
    raise refused


def settings_file(given: Given) -> Path | None:
    """The file the settings come from; `None` for the defaults."""
    if given.config is not None:
        return given.config
    named = os.environ.get("RENRAKU_CONFIG", "").strip()
    if named:
        return Path(named)
    return next((Path(name) for name in FILES if Path(name).exists()), None)


def read_settings(given: Given, **options: Any) -> Settings:
    """The settings, `options` counting most; raises `Refused` where they cannot be used."""
    from bot.config import ConfigError, load

    try:
        return load(settings_file(given), **options)
    except ConfigError as problem:
        refused = wrong_settings(problem)
    raise refused


def wrong_settings(problem: ConfigError) -> Refused:
    """Everything that is wrong, one sentence a line."""
    return Refused("\n".join(problem.problems))


def sqlite_file(settings: Settings) -> Path | None:
    """The file of an SQLite database; `None` for PostgreSQL."""
    url = settings.database.url
    if not url.startswith("sqlite:///"):
        return None
    return Path(url.removeprefix("sqlite:///").partition("?")[0])


@dataclass(slots=True)
class Office:
    """Everything a command needs that looks things up or keeps the staff."""

    settings: Settings
    store: Store
    clock: SteadyClock

    @property
    def zone(self) -> str:
        return self.settings.organisation.time_zone

    async def running(self) -> list[str]:
        """The servers seen just now, by name."""
        return await servers(self.store, self.clock.now())


@asynccontextmanager
async def opened(given: Given) -> AsyncIterator[Office]:
    """The office, for looking things up and for the staff."""
    from bot.app import open_store
    from bot.ports import SteadyClock

    logs.for_command(debug=given.debug)
    settings = read_settings(given)
    _there(settings)
    clock = SteadyClock()
    store = open_store(settings, clock, writer=CLI)
    try:
        await _resume(settings, store, clock)
        yield Office(settings, store, clock)
    finally:
        await store.close()


@asynccontextmanager
async def joined(given: Given, writer: str = CLI) -> AsyncIterator[House]:
    """The whole house, not set going: for acting as somebody by the one door."""
    from bot.app import House
    from bot.ports import SteadyClock

    logs.for_command(debug=given.debug)
    settings = read_settings(given)
    _there(settings)
    clock = SteadyClock()
    house = House(settings, clock=clock, writer=writer, serves=False)
    try:
        await _resume(settings, house.store, clock)
        yield house
    finally:
        await house.stop()


def _there(settings: Settings) -> None:
    file = sqlite_file(settings)
    if file is not None and not file.is_file():
        raise Refused(
            f"There is no database at {file}: make one with `renraku db upgrade`, or name your"
            " settings with --config.",
            Ending.STORAGE,
        )


async def _resume(settings: Settings, store: Store, clock: SteadyClock) -> None:
    """The key is this database's, and time goes on from where the record ends."""
    from storage import feed

    await _fits(settings, store)
    async with store.look() as look:
        newest = await feed.newest_time(look.conn)
    if newest is not None:
        clock.not_before(newest)


async def _fits(settings: Settings, store: Store) -> None:
    from storage import records

    async with store.look() as look:
        mark = await records.key_mark(look.conn)
    if mark and mark != store.keys.mark:
        raise Refused(other_key(settings))


def other_key(settings: Settings) -> str:
    """What to say where key and database do not belong together."""
    secrets = settings.secrets
    where = "secrets.master_key" if secrets.master_key else str(secrets.master_key_file)
    return (
        f"The master key in {where} is not the one the database {settings.database.shown} was"
        " sealed with: restore the right key from its copy, or name the right database."
    )


# --- a new database, a new key ---------------------------------------------------------------


async def upgrade(house: House) -> None:
    """Make the house's database, or bring it up to date; never under another key."""
    file = sqlite_file(house.settings)
    if file is not None and not file.exists():
        # Names and reports are nobody else's business; what SQLite puts beside it follows suit.
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    await _fits(house.settings, house.store)
    await house.upgrade()


async def make_key(settings: Settings) -> bool:
    """A master key where there is none yet; `False` if there was one.

    Refuses where the database has been sealed with a key that is now missing: a new one would
    open nothing and hide the loss.
    """
    from storage.seal import make_master

    file = settings.secrets.master_key_file
    if settings.secrets.master_key is not None or file.exists():
        return False
    if await _sealed(settings):
        raise Refused(
            f"The master key file {file} is missing, but the database {settings.database.shown}"
            " was sealed with one: restore the file from its copy."
        )
    try:
        return make_master(file)
    except OSError as problem:
        raise Refused(
            f"The master key file {file} cannot be written ({problem.strerror}): name another"
            " place in secrets.master_key_file."
        ) from None


async def _sealed(settings: Settings) -> bool:
    from bot.ports import SteadyClock
    from storage import records
    from storage.seal import Keyring
    from storage.store import Options, Store

    file = sqlite_file(settings)
    if file is not None and not file.is_file():
        return False
    # Only one fact is read, which no key protects.
    store = Store(Options(settings.database.url), SteadyClock(), Keyring(bytes(32)))
    try:
        async with store.look() as look:
            return bool(await records.key_mark(look.conn))
    finally:
        await store.close()


def key_made(settings: Settings) -> str:
    """What to say about a key that has just been made."""
    return (
        f"Made the master key {settings.secrets.master_key_file}. Keep a copy of it apart from"
        " the database: without it no address can ever be read again."
    )


# --- who else is there -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether a server runs: the one rule for every command, made from the signs servers give."""

    running: tuple[str, ...]
    """Those seen just now, by name."""
    silent: timedelta | None = None
    """None is running; so long ago one gave its last sign and did not say that it ends."""

    @property
    def words(self) -> str:
        """Why nothing is sent; empty while a server runs."""
        if self.running:
            return ""
        return f"{ASLEEP} {self.last}".strip()

    @property
    def last(self) -> str:
        if self.silent is None:
            return ""
        seconds = int(self.silent.total_seconds())
        return f"One gave its last sign {seconds} s ago: it has stopped or is restarting."


async def pulse(store: Store, now: datetime) -> Pulse:
    """Whether a server runs."""
    from storage import records

    async with store.look() as look:
        seen = await records.servers(look.conn, now - SILENT, without=(CLI, CHAT))
    running = tuple(name for name, at in seen.items() if now - at <= SEEN)
    if running or not seen:
        return Pulse(running)
    return Pulse((), now - max(seen.values()))


async def servers(store: Store, now: datetime) -> list[str]:
    """The servers seen just now, by name."""
    return list((await pulse(store, now)).running)


async def note_if_asleep(store: Store, now: datetime) -> None:
    """Says so where nobody sends what was just queued."""
    words = (await pulse(store, now)).words
    if words:
        aside(words)


async def asleep(store: Store, now: datetime) -> bool:
    """No server is running, so nothing is sent."""
    return not (await pulse(store, now)).running


async def by_key(look: Looking, key: str) -> Person:
    """The person with this very key."""
    found = (await look.by_key([key])).get(key)
    if found is None:
        raise Refused(no_such_key(key))
    return found


def no_such_key(key: str) -> str:
    """What to say where nobody has this key."""
    return f'Nobody has the key "{key}": `renraku people list` shows all keys.'


async def by_name(look: Looking, said: str) -> Person:
    """The person with this key, or the only one whose name holds these words."""
    from storage import staff

    found = await staff.find(look, said)
    if not found:
        raise Refused(
            f'Nobody has the key or name "{said}": `renraku people list` shows everybody.'
        )
    if len(found) > 1:
        several = ", ".join(f"{p.name} ({p.key})" for p in found[:10])
        raise Refused(f'Several people are called "{said}": {several}. Give the key.')
    return found[0]
