"""One store for both databases: opening it, one write transaction, many looks.

Rules of the room:
- SQLite: WAL, `synchronous=FULL`, one writer in this process and a busy wait for writers in
  other processes; looks use connections of their own.
- PostgreSQL: any number of equal replicas; a write that lost a race is tried again.
- Whatever the database refuses becomes `CouldNotSave`, with a sentence for people.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.channels import Gone
from bot.look import CouldNotSave
from bot.ports import Clock
from storage import numbers, sqlite
from storage.lookout import Lookout
from storage.outbox import Claimed
from storage.rows import USUAL, Usual
from storage.seal import Keyring
from storage.trees import Trees
from storage.turns import Turns
from storage.work import Work

log = structlog.get_logger("storage")


@dataclass(frozen=True, slots=True)
class Options:
    """How a store is opened."""

    url: str = field(repr=False)
    writer: str = "server"
    channels: frozenset[str] = frozenset({"web"})
    live: frozenset[str] = frozenset({"web"})
    """Channels that are drawn whenever they are looked at: no edit is queued."""
    final: frozenset[str] = frozenset()
    """Channels whose messages stay as they were sent: no edit is queued either."""
    tally_every: timedelta = timedelta(seconds=1)
    usual: Usual = USUAL
    """Language and time zone of whoever has none of their own."""
    pool: int = 8


class Store:
    """The database of one organisation."""

    def __init__(self, options: Options, clock: Clock, keys: Keyring) -> None:
        self.options = options
        self.clock = clock
        self.keys = keys
        self.url = database_url(options.url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.trees = Trees()
        self.channels = options.channels
        self.shut: frozenset[str] = frozenset()
        """Channels out of order: used only for people who have no other."""
        self._writing = Turns()
        self._log_moved = 0
        self._writer, self._reader = _engines(self.url, options.pool)

    async def tidy(self) -> None:
        """SQLite: move what was written from the log into the file, beside the writers.

        Left to itself, SQLite does that within somebody's commit, who waits for it.
        """
        if not self.sqlite or not self.url.database:
            return
        written = sqlite.log_written(self.url.database)
        if written != self._log_moved:
            self._log_moved = written
            await asyncio.to_thread(sqlite.move_log, self.url.database)

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def write(self, *, patient: bool = False) -> AsyncIterator[Work]:
        """One transaction: committed on leaving, rolled back on an exception.

        `patient`: whoever is in a hurry may go first.
        """
        if self.sqlite:
            async with self._writing.turn(patient=patient), _begun(self._writer) as conn:
                yield self._work(conn)
                await _still_open(conn)
        else:
            async with _begun(self._writer) as conn:
                yield self._work(conn)

    def _work(self, conn: AsyncConnection) -> Work:
        work = Work(
            conn,
            self.trees,
            self.channels,
            live=self.options.live,
            final=self.options.final,
            writer=self.options.writer,
            now=self.clock.now(),
            tally_every=self.options.tally_every,
            shut=self.shut,
            usual=self.options.usual,
        )
        work.keys = self.keys
        return work

    def close_channel(self, channel: str) -> None:
        """From now on nothing new goes by this channel where there is another."""
        self.shut |= {channel}

    def address(self, card: Claimed) -> str:
        """The address a claimed card goes to, opened for this moment."""
        if card.sealed_key is None or not card.sealed:
            raise Gone("removed")
        return self.keys.open_person(card.key, card.sealed_key).open(card.sealed)

    async def numbers(self, wanted: Collection[int]) -> dict[int, str]:
        """The numbers of contacts that may be shown, opened for this moment."""
        async with _begun(self._reader) as conn:
            rows = await numbers.sealed_numbers(conn, wanted)
        return {
            contact: self.keys.open_person(r.key, r.sealed_key).open(r.sealed)
            for contact, r in rows.items()
            if r.sealed_key is not None and r.sealed
        }

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Lookout]:
        """A consistent look without writing."""
        async with _begun(self._reader) as conn:
            yield Lookout(conn, self.trees, self.channels, self.options.usual, self.keys)


@asynccontextmanager
async def _begun(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction; whatever the database refuses becomes `CouldNotSave`."""
    try:
        async with AsyncExitStack() as stack:
            try:
                conn = await stack.enter_async_context(engine.begin())
            except (OSError, PoolTimeout) as problem:
                raise CouldNotSave(
                    "The database cannot be reached just now.", down=True
                ) from problem
            yield conn
    except DBAPIError as problem:
        raise _refused(problem) from problem


async def _still_open(conn: AsyncConnection) -> None:
    """SQLite takes a whole transaction back by itself when the disk is full or fails.

    Whoever has let that pass must not be told that it was committed.
    """
    driver: Any = (await conn.get_raw_connection()).driver_connection
    if not driver.in_transaction:
        log.error("database.taken_back")
        raise CouldNotSave("The disk is full. Free some space; nothing recorded so far is lost.")


def database_url(url: str) -> URL:
    """The URL with the driver this product uses; `sqlite:///file` or `postgresql://…`."""
    found = make_url(url)
    match found.get_backend_name():
        case "sqlite":
            return found.set(drivername=sqlite.DRIVER)
        case "postgresql":
            return found.set(drivername="postgresql+asyncpg")
        case other:
            raise CouldNotSave(
                f"database.url names {other}, which Renraku does not speak; write "
                "sqlite:///renraku.db or postgresql://user:password@host/database."
            )


def _engines(url: URL, pool: int) -> tuple[AsyncEngine, AsyncEngine]:
    if url.get_backend_name() != "sqlite":
        shared = create_async_engine(
            url,
            pool_size=pool,
            max_overflow=4,
            pool_pre_ping=True,
            hide_parameters=True,
            # A plan made while a table was empty is not kept for an emergency.
            # A replica that freezes, or a network that goes silent, does not stop the others.
            connect_args={
                "timeout": 10,
                "command_timeout": 60,
                "server_settings": {
                    "plan_cache_mode": "force_custom_plan",
                    "jit": "off",
                    "lock_timeout": "10s",
                    "idle_in_transaction_session_timeout": "30s",
                },
            },
        )
        # A look is many statements; they all see the state of the first.
        return shared, shared.execution_options(isolation_level="REPEATABLE READ")
    return sqlite.engines(url, pool // 2)


LOST_RACE_CODES = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: could not serialize, deadlock, a lock waited for too long."""
LOST_RACES = ("deadlock", "could not serialize", "serialization")


def _refused(problem: DBAPIError) -> CouldNotSave:
    """The database's refusal in words; its own text stays in the log, without parameters."""
    said = str(problem.orig).lower()
    lost = _code(problem) in LOST_RACE_CODES or any(w in said for w in LOST_RACES)
    if isinstance(problem, IntegrityError) or lost:
        return CouldNotSave("Another process did the same at the same moment.", again=True)
    code = _code(problem)
    log.error("database.refused", kind=type(problem.orig).__name__, code=code)
    if code.startswith(("28", "3D")):
        return CouldNotSave(
            "The database does not let Renraku in. Check the user, the password and the name of "
            "the database in database.url."
        )
    if "full" in said or "no space" in said or "disk i/o" in said:
        return CouldNotSave("The disk is full. Free some space; nothing recorded so far is lost.")
    if "locked" in said or "busy" in said:
        return CouldNotSave(
            "Another process has held the database for too long. Close what holds it and try "
            "again.",
            down=True,
        )
    if "no such table" in said or "does not exist" in said or "no such column" in said:
        return CouldNotSave("The database is not up to date. Run `renraku db upgrade`.")
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return CouldNotSave(
            "The database cannot be opened for writing. Check that its folder exists and that "
            "this user may write in it."
        )
    if "not a database" in said or "malformed" in said:
        return CouldNotSave(
            "The file is not a database, or a damaged one. Check database.url, or restore it from "
            "a copy."
        )
    if isinstance(problem, OperationalError):
        return CouldNotSave("The database cannot be reached just now.", down=True)
    return CouldNotSave(f"The database refused ({type(problem.orig).__name__}).")


def _code(problem: DBAPIError) -> str:
    for name in ("sqlite_errorname", "sqlstate"):
        code = getattr(problem.orig, name, None)
        if code:
            return str(code)
    return ""
