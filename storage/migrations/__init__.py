"""Migrations: how a database gets from any earlier shape to today's.

Rules of the room:
- Alembic, in batch mode so that SQLite can follow; one file a change in `versions`.
- `upgrade` is safe to run at every start and does nothing where nothing is to do.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

HERE = Path(__file__).parent
TURN = 0x52454E52
"""The lock whose holder migrates; any number nobody else uses."""


def _config(conn: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = conn
    return config


def upgrade(conn: Connection) -> None:
    """Bring the database behind `conn` up to date; replicas that start together take turns."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(TURN)))
    command.upgrade(_config(conn), "head")


def pending(conn: Connection) -> bool:
    """True if the database is not up to date."""
    here = MigrationContext.configure(conn).get_current_revision()
    return here != ScriptDirectory.from_config(_config()).get_current_head()
