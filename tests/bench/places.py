"""Where a benchmark keeps its data: a file in a temporary folder, or a database of a throw-away
PostgreSQL cluster.

Rules of the room:
- `TEST_DATABASE_URL` names a PostgreSQL to use instead; its databases are made and dropped.
- The cluster listens on a socket in its own folder only, and is gone afterwards.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.engine import URL

from tests import databases

OWNER = databases.OWNER
SETTINGS = (
    "fsync=on",
    "synchronous_commit=on",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
    "max_connections=40",
    "listen_addresses=",
)
"""As an operator would run it: figures without durability are worth nothing."""


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a PostgreSQL server's own database. Raises `databases.Absent`."""
    named = os.environ.get("TEST_DATABASE_URL", "")
    if named:
        yield named
        return
    programs = databases._programs()
    who = databases._as_nobody_special()
    folder = Path(tempfile.mkdtemp(prefix="renraku-bench-pg-"))
    data, log = folder / "data", folder / "log"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        plain = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C")
        with log.open("wb") as out:
            subprocess.run(
                [*who, programs / "initdb", *plain, "--username", OWNER, "--pgdata", data],
                stdout=out,
                stderr=out,
                check=True,
            )
            options = [part for setting in SETTINGS for part in ("-c", setting)]
            server = subprocess.Popen(
                [*who, programs / "postgres", "-D", data, "-k", folder, *options],
                stdout=out,
                stderr=out,
            )
        try:
            url = URL.create("postgresql", OWNER, database="postgres", query={"host": str(folder)})
            databases._wait(url, server, log)
            yield url.render_as_string()
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _execute(url: str, statement: str) -> None:
    async def go() -> None:
        conn = await asyncpg.connect(url)
        try:
            await conn.execute(statement)
        finally:
            await conn.close()

    asyncio.run(go())


@contextmanager
def database(server: str) -> Iterator[str]:
    """The URL of a fresh database of a PostgreSQL server."""
    name = f"bench_{secrets.token_hex(4)}"
    _execute(server, f'CREATE DATABASE "{name}"')
    rest, _, query = server.partition("?")
    try:
        yield f"{rest.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    finally:
        _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def folder() -> Iterator[str]:
    """A temporary folder."""
    with tempfile.TemporaryDirectory(prefix="renraku-bench-") as path:
        yield path
