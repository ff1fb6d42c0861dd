"""What every test may ask for: a database of its own, and a town that lives on it.

Rules of the room:
- A test that touches storage asks for `database` and so runs on each kind. A module whose
  subject is above storage may say `DATABASES = ("sqlite",)`.
- A town is looked over when its test ends: see `tests.town`.
- Bytecode is kept: see decision 12.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog
from structlog.testing import capture_logs

from tests import databases, templates
from tests.databases import Absent, PostgresServer, SqliteFiles
from tests.scenarios.afterwards import look_over
from tests.town import Founding, Town

# Where the environment forbids to keep bytecode, each of the many processes that tests start would
# compile the whole product anew, for seconds; and each worker all the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
templates.share()

# Databases stand in memory where there is room: nearly a third of a scenario is waiting for a disk
# that no test asks anything of. A process that is killed loses no more there than on a disk.
MEMORY, ROOM = Path("/dev/shm"), 2 << 30
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test that uses a database runs on each kind its module allows."""
    if "database" in metafunc.fixturenames:
        kinds = getattr(metafunc.module, "DATABASES", databases.KINDS)
        marked = [
            pytest.param(kind, marks=pytest.mark.postgres if kind == "postgresql" else ())
            for kind in kinds
        ]
        metafunc.parametrize("database", marked, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: at the end no worker is alone with one of them."""
    items.sort(key=lambda i: not (i.get_closest_marker("slow") or i.get_closest_marker("browser")))


def pytest_collection_finish() -> None:
    """What is loaded by now stays. The collector would walk through all of it again and again,
    and take a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    """A command sets the logs up for itself; the next test starts from the beginning."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever visitors do is done at one moment, however slow the machine is: none of their
    allowances comes back meanwhile."""
    standing = SimpleNamespace(get_running_loop=lambda: SimpleNamespace(time=lambda: 1000.0))
    monkeypatch.setattr("adapters.serving.pace.asyncio", standing)


PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test itself went well: only then is its town looked over."""
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    try:
        with databases.postgres(os.environ.get("PYTEST_XDIST_WORKER", "only")) as server:
            yield server
    except Absent as why:
        databases.no_postgres(why)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database of this test's own."""
    if request.param == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        yield files.copy(tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.copy() as url:
        yield url


@pytest.fixture
async def found(database: str, request: pytest.FixtureRequest) -> AsyncIterator[Founding]:
    """Founds towns: `town = await found(PEOPLE, seed=…, **settings)`; looks them over after."""
    towns: list[Town] = []

    async def founding(people: str, **given: object) -> Town:
        town = await Town.found(database, people, **given)
        towns.append(town)
        return town

    with capture_logs() as lines:
        try:
            yield founding
            if request.node.stash.get(PASSED, False):
                for town in towns:
                    await look_over(town, lines)
        finally:
            for town in towns:
                await town.close()
