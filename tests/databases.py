"""Real databases for the tests: a SQLite file, and a PostgreSQL that is thrown away.

Rules of the room:
- Migrations run once a session and database; each test is given a copy of the result.
- PostgreSQL is the server named in `TEST_DATABASE_URL`, else a cluster of our own, started from
  Debian's package for this session only and reachable through a socket in its own folder.
- Where there is no PostgreSQL, tests that need it are skipped loudly; with `CI=true` they fail.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import URL, make_url

from bot.app import House
from bot.config import Settings, load

MASTER_KEY = base64.b64encode(bytes(range(32))).decode()
"""The same in every test, so that a migrated database can be copied."""

KINDS = ("sqlite", "postgresql")
OWNER = "renraku"
PATIENCE = 30.0
"""Seconds a new cluster has to answer."""

QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "listen_addresses=",
    "shared_buffers=32MB",
    "max_connections=100",
)


def settings_for(url: str, **sections: object) -> Settings:
    """Settings that use this database and nothing of this machine."""
    given = {"database": {"url": url}, "secrets": {"master_key": MASTER_KEY}, **sections}
    return load(None, environ={}, **given)


def migrate(url: str) -> None:
    """Bring an empty database to today's shape."""

    async def upgrade() -> None:
        house = House(settings_for(url))
        await house.upgrade()
        await house.store.close()

    asyncio.run(upgrade())


# --- SQLite ----------------------------------------------------------------------------------


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    def copy(self, folder: Path) -> str:
        """A fresh database in `folder`; returns its URL."""
        path = folder / "renraku.db"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"


# --- PostgreSQL ------------------------------------------------------------------------------


class Absent(Exception):
    """There is no PostgreSQL here; the message says what to do."""


class PostgresServer:
    """Copies of one migrated database on one server; `worker` keeps parallel runs apart.

    A copy is emptied and used again: that is faster than making one. `guest` cleans up behind
    itself; a cluster of our own goes away as a whole.
    """

    def __init__(self, url: URL, worker: str, *, guest: bool) -> None:
        self._url = url
        self._guest = guest
        self._name = f"renraku_{worker}_{os.getpid()}"
        self._numbers = count(1)
        self._template = f"{self._name}_template"
        self._free: list[str] = []
        self._all: list[str] = []
        self._do(f'CREATE DATABASE "{self._template}"')
        migrate(self._at(self._template))
        self._empty = asyncio.run(self._emptying())

    async def _emptying(self) -> str:
        """The statements that make a used copy like the template again."""
        conn = await asyncpg.connect(self._at(self._template))
        try:
            tables = [
                row["tablename"]
                for row in await conn.fetch(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                    " AND tablename <> 'alembic_version'"
                )
            ]
            facts = await conn.fetch("SELECT name, value FROM facts")
        finally:
            await conn.close()
        kept = ", ".join(f"('{row['name']}', '{row['value']}')" for row in facts)
        return (
            f"TRUNCATE {', '.join(tables)} RESTART IDENTITY;"
            f"INSERT INTO facts (name, value) VALUES {kept};"
        )

    def _at(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    def _do(self, statement: str, database: str = "") -> None:
        async def run() -> None:
            at = database or self._url.database or "postgres"
            conn = await asyncpg.connect(self._at(at))
            try:
                await conn.execute(statement)
            finally:
                await conn.close()

        asyncio.run(run())

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A fresh database for one test; yields its URL."""
        if self._free:
            name = self._free.pop()
            # A test that failed may have left somebody in there.
            self._do(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            )
            self._do(self._empty, name)
        else:
            name = f"{self._name}_{next(self._numbers)}"
            self._do(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
            self._all.append(name)
        try:
            yield self._at(name)
        finally:
            self._free.append(name)

    def close(self) -> None:
        for name in (*self._all, self._template):
            self._drop(name)

    def _drop(self, name: str) -> None:
        if self._guest:
            self._do(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgres(worker: str) -> Iterator[PostgresServer]:
    """The server named in the environment, or a cluster of our own. Raises `Absent`."""
    named = os.environ.get("TEST_DATABASE_URL")
    with _named(named) if named else _cluster() as url:
        server = PostgresServer(url, worker, guest=bool(named))
        try:
            yield server
        finally:
            server.close()


@contextmanager
def _named(url: str) -> Iterator[URL]:
    yield make_url(url).set(drivername="postgresql")


@contextmanager
def _cluster() -> Iterator[URL]:
    """A cluster in a folder of its own; its server dies with this process."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="renraku-pg-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        log = folder / "log"
        with log.open("wb") as out:
            made = subprocess.run(
                [
                    *_as_nobody_special(),
                    programs / "initdb",
                    *("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C"),
                    *("--username", OWNER, "--pgdata", data),
                ],
                stdout=out,
                stderr=out,
                check=False,
            )
            if made.returncode:
                raise Absent(f"initdb failed: {log.read_text('utf-8', 'replace')[-500:]}")
            options = [part for setting in QUICK for part in ("-c", setting)]
            server = subprocess.Popen(
                [
                    *_as_nobody_special(),
                    programs / "postgres",
                    *("-D", data, "-k", folder),
                    *options,
                ],
                stdout=out,
                stderr=out,
            )
        try:
            url = URL.create("postgresql", OWNER, database="postgres", query={"host": str(folder)})
            _wait(url, server, log)
            yield url
        finally:
            # At once: nothing in it is wanted any more.
            server.send_signal(signal.SIGQUIT)
            server.wait(timeout=PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Where PostgreSQL's own programs are: the newest of Debian's, else as `pg_config` says."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    asked = shutil.which("pg_config")
    if asked:
        said = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True)
        folder = Path(said.stdout.strip())
        if (folder / "initdb").exists():
            return folder
    raise Absent("apt-get install postgresql, or name a server in TEST_DATABASE_URL")


def _as_nobody_special() -> list[str]:
    """PostgreSQL refuses to run as root; and it must not outlive the tests."""
    setpriv = shutil.which("setpriv")
    root = os.geteuid() == 0
    if setpriv is None:
        return ["runuser", "-u", "postgres", "--"] if root else []
    who = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if root else []
    return [setpriv, *who, "--pdeathsig=INT", "--"]


def _wait(url: URL, server: subprocess.Popen[bytes], log: Path) -> None:
    async def answers() -> bool:
        try:
            conn = await asyncpg.connect(url.render_as_string())
        except (OSError, asyncpg.PostgresError):
            return False
        await conn.close()
        return True

    until = time.monotonic() + PATIENCE
    while not asyncio.run(answers()):
        if server.poll() is not None or time.monotonic() > until:
            raise Absent(f"the server did not start: {log.read_text('utf-8', 'replace')[-500:]}")
        time.sleep(0.05)


def no_postgres(why: Absent) -> None:
    """A loud skip, or a failure where everything has to run."""
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(f"PostgreSQL is needed here: {why}", pytrace=False)
    pytest.skip(f"NO POSTGRESQL, half of what matters is untested: {why}")
