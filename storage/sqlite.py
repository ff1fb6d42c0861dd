"""What is peculiar to SQLite: its connections, how they are opened, and its write-ahead log.

Rules of the room:
- A statement and its rows cost one hand-over to the connection's thread. Left to itself the
  driver needs four (open a cursor, run, fetch, close), and each waits for a busy loop.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

DRIVER = "sqlite+renraku"
BUSY_MS = 5000
LOG_GROWN = 4 << 20
"""Bytes of SQLite's write-ahead log from which on it is moved into the file."""
LOG_KEPT = 64 << 20
"""Bytes at most that the emptied log keeps on the disk."""


# --- the driver, in one step a statement -----------------------------------------------------


class _Done(NamedTuple):
    """What is left of a cursor when its statement has run."""

    description: Any
    rowcount: int
    lastrowid: int | None
    arraysize: int = 1


def _run(plain: sqlite3.Connection, operation: str, given: Any) -> tuple[_Done, deque[Any]]:
    with closing(plain.cursor()) as cursor:
        cursor.execute(operation, () if given is None else given)
        rows = deque(cursor.fetchall()) if cursor.description else deque()
        return _Done(cursor.description, cursor.rowcount, cursor.lastrowid), rows


def _run_many(plain: sqlite3.Connection, operation: str, given: Any) -> _Done:
    with closing(plain.cursor()) as cursor:
        cursor.executemany(operation, given)
        return _Done(None, cursor.rowcount, cursor.lastrowid)


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()
    _awaitable_cursor_close = False

    def _make_new_cursor(self, connection: Any) -> Any:
        return _Done(None, -1, None)

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        driver: Any = self._connection
        async with self._adapt_connection._execute_mutex:
            done, self._rows = await driver._execute(_run, driver._conn, operation, parameters)
            self._cursor = done
            return self

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        driver: Any = self._connection
        async with self._adapt_connection._execute_mutex:
            self._cursor = await driver._execute(
                _run_many, driver._conn, operation, seq_of_parameters
            )
            return self

    def close(self) -> None:
        self._rows.clear()


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _Cursor


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        return _Connection(self, super().connect(*arg, **kw)._connection)


class Dialect(SQLiteDialect_aiosqlite):
    """`sqlite+renraku`."""

    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> AsyncAdapt_aiosqlite_dbapi:
        return _Driver(aiosqlite, sqlite3)


registry.register("sqlite.renraku", __name__, "Dialect")


# --- opening ---------------------------------------------------------------------------------


def engines(url: URL, readers: int) -> tuple[AsyncEngine, AsyncEngine]:
    """One connection that writes, and some that read; its folder is made if need be."""
    if url.database:
        with suppress(OSError):  # a folder that cannot be is found by opening the file
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    common: dict[str, Any] = {
        "poolclass": AsyncAdaptedQueuePool,
        "connect_args": {"timeout": BUSY_MS / 1000},
        "hide_parameters": True,
    }
    writer = create_async_engine(url, pool_size=1, max_overflow=0, **common)
    reader = create_async_engine(url, pool_size=max(2, readers), **common)
    for engine, begin in ((writer, "BEGIN IMMEDIATE"), (reader, "BEGIN")):
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _beginning(begin))
    return writer, reader


def _prepare(dbapi: Any, _record: Any) -> None:
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        "cache_size=-32000",
        "temp_store=MEMORY",
        # See `move_log`; where nobody calls it, a commit moves the log after all.
        "wal_autocheckpoint=40000",
        f"journal_size_limit={LOG_KEPT}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _beginning(statement: str) -> Any:
    def begin(conn: Any) -> None:
        conn.exec_driver_sql(statement)

    return begin


# --- the log ---------------------------------------------------------------------------------


def log_written(path: str) -> int:
    """When the write-ahead log was last written, if there is enough in it to be worth moving."""
    try:
        found = Path(f"{path}-wal").stat()
    except OSError:
        return 0
    return found.st_mtime_ns if found.st_size > LOG_GROWN else 0


def move_log(path: str) -> None:
    """Move what was written from the log into the file, beside the writers; blocks."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as plain:
        plain.execute("PRAGMA wal_checkpoint(PASSIVE)")
