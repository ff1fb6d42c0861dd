"""One store, two databases: what is committed stays, what is refused is a sentence, and the next
write works again."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot.app import House, open_store
from bot.events import Sender, Wrote
from bot.look import CouldNotSave
from storage import feed
from storage import sqlite as lite
from storage import store as storing
from storage.store import Store
from storage.tables import MetaRow
from tests.databases import PostgresServer, SqliteFiles, settings_for
from tests.scenarios.phones import TownClock

facts = MetaRow.__table__  # type: ignore[attr-defined]
Opening = Callable[[str], Store]


@pytest.fixture
async def opening() -> AsyncIterator[Opening]:
    """Opens stores and closes them."""
    opened: list[Store] = []

    def open_one(url: str) -> Store:
        opened.append(open_store(settings_for(url), TownClock()))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()
    # Where a file could not be opened its thread may still be about to say so.
    for thread in threading.enumerate():
        if "_connection_worker" in thread.name:
            await asyncio.to_thread(thread.join, 10)


@pytest.fixture
def store(opening: Opening, database: str) -> Store:
    return opening(database)


def file_of(store: Store) -> Path:
    assert store.url.database is not None
    return Path(store.url.database)


@pytest.fixture
def sqlite(sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    return sqlite_files.copy(tmp_path)


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.copy() as url:
        yield url


async def put(store: Store, name: str, value: str) -> None:
    async with store.write() as work:
        await feed.set_fact(work.conn, name, value)


async def read(store: Store, name: str) -> str:
    async with store.look() as look:
        return await feed.fact(look.conn, name)


async def refused(store: Store, name: str = "a", value: str = "new") -> str:
    """The sentence with which a write is refused."""
    with pytest.raises(CouldNotSave) as caught:
        await put(store, name, value)
    assert not caught.value.again
    return str(caught.value)


# --- one transaction --------------------------------------------------------------------------


async def test_what_is_written_is_there_for_others(opening: Opening, database: str) -> None:
    await put(opening(database), "a", "1")
    assert await read(opening(database), "a") == "1"


async def test_a_fault_takes_everything_back(store: Store) -> None:
    async def fail() -> None:
        async with store.write() as work:
            await feed.set_fact(work.conn, "a", "1")
            await feed.set_fact(work.conn, "b", "1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await read(store, "a"), await read(store, "b")) == ("", "")
    await put(store, "a", "2")
    assert await read(store, "a") == "2"


async def test_a_write_that_is_cancelled_is_taken_back_and_holds_nobody_up(store: Store) -> None:
    begun = asyncio.Event()

    async def stay() -> None:
        async with store.write() as work:
            await feed.set_fact(work.conn, "a", "1")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stay())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await put(store, "b", "2")
    assert (await read(store, "a"), await read(store, "b")) == ("", "2")


async def test_writes_at_once_are_all_kept(store: Store) -> None:
    await put(store, "n", "0")

    async def add() -> None:
        async with store.write() as work:
            query = select(facts.c.value).where(facts.c.name == "n").with_for_update()
            number = int((await work.conn.execute(query)).scalar_one())
            await asyncio.sleep(0)
            await feed.set_fact(work.conn, "n", str(number + 1))

    await asyncio.gather(*(add() for _ in range(50)))
    assert await read(store, "n") == "50"


async def test_a_look_sees_one_state_while_others_write(store: Store) -> None:
    await put(store, "a", "before")
    async with store.look() as look:
        assert await feed.fact(look.conn, "a") == "before"
        await put(store, "a", "after")
        assert await feed.fact(look.conn, "a") == "before"
    assert await read(store, "a") == "after"


async def test_a_write_sees_what_others_wrote_before_it(opening: Opening, database: str) -> None:
    first, second = opening(database), opening(database)
    for number in range(5):
        await put(first, "a", str(number))
        async with second.write() as work:
            assert await feed.fact(work.conn, "a") == str(number)


# --- SQLite -----------------------------------------------------------------------------------


async def test_sqlite_is_set_up_to_lose_nothing(opening: Opening, sqlite: str) -> None:
    store = opening(sqlite)
    for transaction in (store.write, store.look):
        async with transaction() as work:
            said = {
                name: (await work.conn.exec_driver_sql(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert said == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": lite.BUSY_MS,
        }


HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
held.execute("ROLLBACK")
print("free", flush=True)
"""


@contextmanager
def another_process_holding(file: Path) -> Iterator[Callable[[], None]]:
    """Another process has the file; call the result to let it go."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        def let_go() -> None:
            assert other.stdin is not None
            other.stdin.write("\n")
            other.stdin.flush()

        try:
            yield let_go
        finally:
            other.kill()


async def test_a_database_held_by_another_process_is_a_sentence_and_then_works_again(
    opening: Opening, sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lite, "BUSY_MS", 100)
    store = opening(sqlite)
    await put(store, "a", "old")
    with another_process_holding(file_of(store)):
        assert "Another process has held the database" in await refused(store)
        assert await read(store, "a") == "old", "looking goes on"
    await put(store, "a", "new")
    assert await read(store, "a") == "new"


async def test_everybody_in_line_is_told_at_once_that_the_database_is_held(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lite, "BUSY_MS", 100)
    house = House(settings_for(sqlite), clock=TownClock())
    line = [Wrote(f"e:{n}", Sender("web", str(n)), "status") for n in range(50)]
    try:
        with (
            another_process_holding(file_of(house.store)),
            structlog.testing.capture_logs() as lines,
        ):
            said = await asyncio.gather(
                *(house.engine.handle(event) for event in line), return_exceptions=True
            )
        assert {type(told) for told in said} == {CouldNotSave}
        assert [each["event"] for each in lines] == ["database.refused"], "waited for once"
        again = await asyncio.gather(*(house.engine.handle(event) for event in line))
        assert not any(told.repeat for told in again), "none of them was counted"
    finally:
        await house.store.close()


async def test_a_short_hold_is_waited_for(opening: Opening, sqlite: str) -> None:
    store = opening(sqlite)
    with another_process_holding(file_of(store)) as let_go:
        waiting = asyncio.create_task(put(store, "a", "1"))
        done, _ = await asyncio.wait([waiting], timeout=0.05)
        assert not done
        let_go()
        await waiting
    assert await read(store, "a") == "1"


async def fill(store: Store, megabytes: int = 2) -> None:
    async with store.write() as work:
        for number in range(megabytes * 10):
            await feed.set_fact(work.conn, f"full:{number}", "x" * 100_000)


async def test_a_full_database_is_a_sentence_and_nothing_is_half_written(
    opening: Opening, sqlite: str
) -> None:
    store = opening(sqlite)
    await put(store, "a", "old")
    async with store.write() as work:
        pages = (await work.conn.exec_driver_sql("PRAGMA page_count")).scalar_one()
    async with store.write() as work:
        await work.conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 100}")
    with pytest.raises(CouldNotSave, match="The disk is full"):
        await fill(store)
    assert (await read(store, "a"), await read(store, "full:0")) == ("old", "")
    await put(store, "a", "small things still fit")
    async with store.write() as work:
        await work.conn.exec_driver_sql("PRAGMA max_page_count=1000000")
    await fill(store)
    assert await read(store, "full:19") == "x" * 100_000


async def test_a_full_database_that_somebody_let_pass_is_no_success(
    opening: Opening, sqlite: str
) -> None:
    """The database has taken the whole transaction back; what came first is gone as well."""
    store = opening(sqlite)
    async with store.write() as work:
        pages = (await work.conn.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await work.conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 100}")

    async def let_it_pass() -> None:
        async with store.write() as work:
            await feed.set_fact(work.conn, "first", "answer")
            with suppress(OperationalError):
                await feed.set_fact(work.conn, "big", "x" * 2_000_000)

    with (
        structlog.testing.capture_logs() as lines,
        pytest.raises(CouldNotSave, match="The disk is full"),
    ):
        await let_it_pass()
    assert [line["event"] for line in lines] == ["database.taken_back"]
    assert await read(store, "first") == ""
    await put(store, "a", "small things still fit")
    assert await read(store, "a") == "small things still fit"


async def test_a_disk_that_takes_no_more_is_a_sentence_and_nothing_is_half_written(
    opening: Opening, sqlite: str
) -> None:
    """The system itself refuses to let the file grow, in the middle of a transaction."""
    store = opening(sqlite)
    await put(store, "a", "old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(CouldNotSave, match="The disk is full"):
            await fill(store, megabytes=60)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (await read(store, "a"), await read(store, "full:0")) == ("old", "")
    await put(store, "a", "new")
    async with store.look() as look:
        assert (await look.conn.exec_driver_sql("PRAGMA integrity_check")).scalar() == "ok"
    assert await read(store, "a") == "new"


@pytest.fixture
def nobodys_folder(sqlite: str) -> Iterator[str]:
    """The URL of a database in a folder where this process, for now, may only read."""
    folder = Path(tempfile.mkdtemp(prefix="renraku-readonly-"))
    found = make_url(sqlite).database
    assert found is not None
    file = Path(shutil.copy(found, folder))
    file.chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        yield f"sqlite:///{file}"
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


async def test_a_folder_that_may_not_be_written_is_a_sentence(
    opening: Opening, nobodys_folder: str
) -> None:
    sentence = await refused(opening(nobodys_folder))
    assert "cannot be opened for writing" in sentence
    assert "this user may write in it" in sentence


async def test_a_folder_that_cannot_be_is_a_sentence(opening: Opening, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CouldNotSave, match="cannot be opened for writing"):
        await put(opening(f"sqlite:///{tmp_path}/file/renraku.db"), "a", "1")


async def test_a_database_that_is_a_folder_is_a_sentence(opening: Opening, tmp_path: Path) -> None:
    assert "cannot be opened for writing" in await refused(opening(f"sqlite:///{tmp_path}"))


async def test_a_file_that_is_no_database_is_a_sentence(opening: Opening, tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("key,name\n" * 1000)
    sentence = await refused(opening(f"sqlite:///{tmp_path}/staff.csv"))
    assert "is not a database" in sentence


async def test_an_old_database_says_what_to_run(opening: Opening, tmp_path: Path) -> None:
    empty = opening(f"sqlite:///{tmp_path}/new.db")
    assert "renraku db upgrade" in await refused(empty)
    with pytest.raises(CouldNotSave, match="renraku db upgrade"):
        await read(empty, "a")


def test_a_database_nobody_speaks_is_a_sentence() -> None:
    with pytest.raises(CouldNotSave, match=r"sqlite:///renraku\.db or postgresql://"):
        storing.database_url("mysql://db/renraku")


# --- PostgreSQL -------------------------------------------------------------------------------

needs_postgres = pytest.mark.postgres


async def test_a_server_that_is_not_there_is_a_sentence(opening: Opening) -> None:
    away = opening("postgresql://renraku:secret@127.0.0.1:1/renraku")
    assert await refused(away) == "The database cannot be reached just now."
    with pytest.raises(CouldNotSave, match="cannot be reached"):
        await read(away, "a")


@needs_postgres
async def test_a_database_that_does_not_exist_is_a_sentence(
    opening: Opening, postgres: str
) -> None:
    wrong = make_url(postgres).set(database="not_there").render_as_string(hide_password=False)
    assert "does not let Renraku in" in await refused(opening(wrong))
    stranger = make_url(postgres).set(username="stranger").render_as_string(hide_password=False)
    assert "does not let Renraku in" in await refused(opening(stranger))


@needs_postgres
async def test_a_lost_connection_is_a_sentence_and_then_works_again(
    opening: Opening, postgres: str
) -> None:
    store, other = opening(postgres), opening(postgres)

    async def cut_off() -> None:
        async with store.write() as work:
            await feed.set_fact(work.conn, "a", "1")
            pid = (await work.conn.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one()
            async with other.write() as hand:
                await hand.conn.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
            await feed.set_fact(work.conn, "b", "1")

    with pytest.raises(CouldNotSave):
        await cut_off()
    await put(store, "b", "2")
    assert (await read(store, "a"), await read(store, "b")) == ("", "2")


@needs_postgres
async def test_of_two_that_wait_for_each_other_one_is_told_to_try_again(
    opening: Opening, postgres: str
) -> None:
    stores = [opening(postgres), opening(postgres)]
    for name in ("a", "b"):
        await put(stores[0], name, "0")
    both = asyncio.Barrier(2)

    async def cross(store: Store, first: str, second: str) -> None:
        async with store.write() as work:
            await feed.set_fact(work.conn, first, "1")
            await both.wait()
            await feed.set_fact(work.conn, second, "1")

    said = await asyncio.gather(
        cross(stores[0], "a", "b"), cross(stores[1], "b", "a"), return_exceptions=True
    )
    lost = [problem for problem in said if problem is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], CouldNotSave)
    assert lost[0].again


@needs_postgres
async def test_a_house_waits_for_its_database_to_come_back(postgres: str) -> None:
    """A connection that died while nobody used it is replaced unnoticed."""
    house = House(settings_for(postgres), clock=TownClock())
    try:
        await put(house.store, "a", "1")
        other = open_store(settings_for(postgres), TownClock())
        async with other.write() as work:
            await work.conn.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await other.close()
        await put(house.store, "a", "2")
        assert await read(house.store, "a") == "2"
    finally:
        await house.store.close()
