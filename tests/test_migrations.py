"""From nothing to today's shape, as often as somebody likes, and the tables agree with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url

from bot.app import House, open_store
from storage import feed, migrations
from storage.store import Store
from storage.tables import metadata
from tests.databases import settings_for
from tests.scenarios.phones import TownClock

Opening = Callable[[], Store]


@pytest.fixture
async def emptied(database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database with nothing in it."""
    if make_url(database).get_backend_name() == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('empty')}/renraku.db"
    store = open_store(settings_for(database), TownClock())
    async with store.write() as work:
        await work.conn.exec_driver_sql("DROP SCHEMA public CASCADE")
        await work.conn.exec_driver_sql("CREATE SCHEMA public")
    await store.close()
    return database


@pytest.fixture
async def store(emptied: str) -> AsyncIterator[Store]:
    opened = open_store(settings_for(emptied), TownClock())
    yield opened
    await opened.close()


async def upgrade(store: Store) -> None:
    async with store.write() as work:
        await work.conn.run_sync(migrations.upgrade)


async def asked(store: Store, question: Callable[[Connection], Any]) -> Any:
    async with store.look() as look:
        return await look.conn.run_sync(question)


def differences(conn: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": False}
    return compare_metadata(MigrationContext.configure(conn, opts=options), metadata)


async def test_nothing_becomes_todays_shape(store: Store) -> None:
    assert await asked(store, migrations.pending)
    await upgrade(store)
    assert not await asked(store, migrations.pending)
    tables = await asked(store, lambda conn: set(inspect(conn).get_table_names()))
    assert tables == {*metadata.tables, "alembic_version"}


async def test_the_tables_are_what_the_migrations_make(store: Store) -> None:
    await upgrade(store)
    assert await asked(store, differences) == []


async def test_every_index_is_there_with_its_condition(store: Store) -> None:
    await upgrade(store)
    for table in metadata.tables.values():
        found = await asked(store, lambda conn, t=table: inspect(conn).get_indexes(t.name))
        made = {index["name"]: bool(index.get("dialect_options")) for index in found}
        for index in table.indexes:
            assert index.name in made
            partial = index.dialect_options["sqlite"]["where"] is not None
            assert made[index.name] >= partial, f"{index.name} has lost its condition"


async def test_upgrading_twice_changes_nothing_and_keeps_what_is_there(store: Store) -> None:
    await upgrade(store)
    async with store.write() as work:
        await feed.set_fact(work.conn, "a", "kept")
    await upgrade(store)
    async with store.look() as look:
        assert await feed.fact(look.conn, "a") == "kept"
    assert await asked(store, differences) == []


async def test_an_upgrade_that_fails_leaves_nothing_behind(store: Store) -> None:
    async def fail() -> None:
        async with store.write() as work:
            await work.conn.run_sync(migrations.upgrade)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await asked(store, lambda conn: inspect(conn).get_table_names()) == []
    await upgrade(store)
    assert await asked(store, differences) == []


async def test_houses_that_start_together_upgrade_once(emptied: str) -> None:
    houses = [House(settings_for(emptied), clock=TownClock(), writer=f"r{n}") for n in range(3)]
    try:
        await asyncio.gather(*(house.upgrade() for house in houses))
        assert await asked(houses[0].store, differences) == []
        async with houses[1].store.look() as look:
            assert await feed.fact(look.conn, "key") == houses[2].store.keys.mark
    finally:
        for house in houses:
            await house.store.close()


def test_the_versions_are_one_line_without_a_fork() -> None:
    script = ScriptDirectory.from_config(migrations._config())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
