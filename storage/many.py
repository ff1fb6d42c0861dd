"""Many rows in one statement, at the pace of the driver.

Rules of the room:
- However many ids or rows there are, the text of a statement stays the same, so that it is
  compiled once here and planned once by the database. Ids travel as one value: an array on
  PostgreSQL, JSON on SQLite.
- Rows are tuples of what a driver takes (times as microseconds), in the order of `names`. On
  SQLite they are one `executemany`, on PostgreSQL one statement over arrays.

>>> from storage.tables import AskRow
>>> MOVE = Change(AskRow.__table__, ("id",), ("standing", "due_at"))
>>> MOVE.sqlite
'UPDATE asks SET "standing"=?, "due_at"=? WHERE "id"=?'
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Integer, Text, bindparam, literal_column
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NULLTYPE, TypeDecorator

Values = tuple[Any, ...]


# --- ids -----------------------------------------------------------------------------------


class _Ids(TypeDecorator[Collection[Any]]):
    """Any number of ids as one value."""

    impl = Text
    cache_ok = True

    def __init__(self, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Any) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger if self.numbers else Text))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Collection[Any] | None, dialect: Any) -> Any:
        every = list(value or ())
        return every if dialect.name == "postgresql" else json.dumps(every)


class among(FunctionElement[Any]):  # noqa: N801 - reads as SQL does
    """True where `column`, of numbers or texts, is one of `ids`; `IN` without a limit."""

    inherit_cache = True
    name = "among"
    type = NULLTYPE
    """Not Boolean, which SQLite would be told to compare with 1: no index serves that."""

    def __init__(self, column: Any, ids: Collection[Any]) -> None:
        numbers = isinstance(column.type, Integer)
        super().__init__(column, bindparam("ids", ids, type_=_Ids(numbers), unique=True))


@compiles(among, "sqlite")
def _among_json(element: Any, compiler: Any, **kw: Any) -> str:
    column, ids = (compiler.process(part, **kw) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - no value in it


@compiles(among, "postgresql")
def _among_array(element: Any, compiler: Any, **kw: Any) -> str:
    column, ids = (compiler.process(part, **kw) for part in element.clauses)
    return f"{column} = ANY ({ids})"


# --- rows ----------------------------------------------------------------------------------


def _arrays(table: Any, names: Sequence[str]) -> str:
    """`unnest($1::TEXT[], ...)`: the rows of a statement, a parameter a column."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    kinds = (table.c[name].type.compile(dialect=dialect) for name in names)
    return f"unnest({', '.join(f'${n}::{kind}[]' for n, kind in enumerate(kinds, start=1))})"


class _Many:
    """A statement for many rows, as text for each database."""

    def __init__(self, sqlite: str, postgresql: str) -> None:
        self.sqlite = sqlite
        self.postgresql = postgresql

    async def run(self, conn: AsyncConnection, rows: Sequence[Values]) -> None:
        """Write `rows`, within the caller's transaction."""
        if not rows:
            return
        if conn.dialect.name == "postgresql":
            columns = tuple(list(column) for column in zip(*rows, strict=True))
            await conn.exec_driver_sql(self.postgresql, columns)
        else:
            await conn.exec_driver_sql(self.sqlite, list(rows))


class Insert(_Many):
    """New rows; with `once`, those that would break a unique index are left out."""

    def __init__(self, table: Any, names: Sequence[str], *, once: bool = False) -> None:
        into = f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))})"
        tail = " ON CONFLICT DO NOTHING" if once else ""
        super().__init__(
            f"{into} VALUES ({', '.join('?' * len(names))}){tail}",
            f"{into} SELECT * FROM {_arrays(table, names)}{tail}",  # noqa: S608 - names only
        )


class Change(_Many):
    """Rows found by `keys` get new values in `names`; a tuple holds the new values first."""

    def __init__(self, table: Any, keys: Sequence[str], names: Sequence[str]) -> None:
        given = [_quoted(name) for name in names]
        found = [_quoted(key) for key in keys]
        new = ", ".join(f"{name}=?" for name in given)
        where = " AND ".join(f"{key}=?" for key in found)
        rows = f"{_arrays(table, (*names, *keys))} AS v({', '.join((*given, *found))})"
        copied = ", ".join(f"{name}=v.{name}" for name in given)
        same = " AND ".join(f"{table.name}.{key}=v.{key}" for key in found)
        super().__init__(
            f"UPDATE {table.name} SET {new} WHERE {where}",  # noqa: S608 - names, no values
            f"UPDATE {table.name} SET {copied} FROM {rows} WHERE {same}",  # noqa: S608
        )


def _quoted(name: str) -> str:
    return f'"{name}"'


def written(word: str) -> Any:
    """A word of ours in the text of a statement: so an index on part of a table is found."""
    return literal_column(f"'{word}'")


NO_TEXT = written("")


AT_ONCE = 500
"""How many ids one statement names at most."""


def slices(ids: Collection[Any], size: int = AT_ONCE) -> Iterable[list[Any]]:
    """`ids` in portions, so that no statement grows without bound."""
    every = list(ids)
    for start in range(0, len(every), size):
        yield every[start : start + size]
