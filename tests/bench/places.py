"""Where a benchmark keeps its data: a file in a temporary folder, or a database of a throw-away
PostgreSQL cluster.

Rules of the room:
- `TEST_DATABASE_URL` names a PostgreSQL to use instead; its databases are made and dropped.
- The cluster listens on a socket in its own folder only, and is gone afterwards.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

OWNER = "postgres"
DURABLE = ("fsync=on", "synchronous_commit=on")
"""As an operator would run it: a benchmark without is worth nothing."""
SIZES = ("shared_buffers=256MB", "max_wal_size=2GB", "max_connections=40")


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine."""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    raise NoPostgres("PostgreSQL is not installed (on Debian and Ubuntu: apt install postgresql)")


def _run(*command: str | Path) -> None:
    """As the cluster's owner where we are root, for it refuses to run as root."""
    user = OWNER if os.geteuid() == 0 else None
    subprocess.run(
        command,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a PostgreSQL server's own database."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="renraku-bench-pg-"))
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam(OWNER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        _run(
            binaries / "initdb", "-D", data, "-U", "bench", "-A", "trust", "--no-sync", "-E", "UTF8"
        )
        options = f"-c listen_addresses='' -k {folder} " + " ".join(
            f"-c {o}" for o in (*DURABLE, *SIZES)
        )
        _run(binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql://bench@/postgres?host={folder}"
        finally:
            _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
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
