"""Desks to work at: with nobody, and with eight people on record."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import cli
from tests.commands.desk import STAFF, Desk


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting from outside gets in, no log set-up gets out."""
    for name in [n for n in os.environ if n.startswith("RENRAKU_")]:
        monkeypatch.delenv(name)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)
    for name in ("bot", "adapters", "storage", "uvicorn", "apscheduler", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with eight people, made once and copied."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "staff.csv").write_text(STAFF, encoding="utf-8")
    here = Path.cwd()
    os.chdir(folder)
    try:
        assert cli.run(["db", "upgrade"]) == 0
        assert cli.run(["people", "import", "staff.csv"]) == 0
    finally:
        os.chdir(here)
    return folder


@pytest.fixture
def empty(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Desk:
    """A folder with nothing in it."""
    monkeypatch.chdir(tmp_path)
    return Desk(capsys, monkeypatch, tmp_path)


@pytest.fixture
def desk(template: Path, empty: Desk) -> Desk:
    """Eight people on record, no server."""
    for name in ("renraku.db", "renraku.key"):
        shutil.copy2(template / name, empty.folder / name)
    return empty
