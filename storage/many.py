"""Many rows in one statement, at the pace of the driver.

Rules of the room:
- However many ids or rows there are, the text of a statement stays the same, so that it is
  compiled once here and planned once by the database. Ids travel as one value: an array on
  PostgreSQL, JSON on SQLite.
- Rows are tuples of what a driver takes (times as microseconds), in the order of `names`. On
  PostgreSQL they are one statement over arrays, on SQLite blocks of rows: Python lets other
  threads go on during a statement, not between two rows of an `executemany`.

>>> from storage.tables import AskRow
>>> MOVE = Change(AskRow.__table__, ("id",), ("standing",))
>>> MOVE.sqlite(2)
'UPDATE asks SET "standing"=v.column1 FROM (VALUES (?, ?), (?, ?)) AS v WHERE asks."id"=v.column2'
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
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

    def __init__(self, columns: int, before: str, after: str, postgresql: str) -> None:
        self.postgresql = postgresql
        self._row = f"({', '.join('?' * columns)})"
        self._before, self._after = before, after
        self._texts: dict[int, str] = {}

    def sqlite(self, rows: int) -> str:
        """The statement for so many rows."""
        text = self._texts.get(rows)
        if text is None:
            given = ", ".join([self._row] * rows)
            text = self._texts[rows] = f"{self._before}{given}{self._after}"
        return text

    async def run(self, conn: AsyncConnection, rows: Sequence[Values]) -> None:
        """Write `rows`, within the caller's transaction."""
        if not rows:
            return
        if conn.dialect.name == "postgresql":
            columns = tuple(list(column) for column in zip(*rows, strict=True))
            await conn.exec_driver_sql(self.postgresql, columns)
            return
        for size, start, stop in blocks(len(rows)):
            flat = [
                tuple(chain.from_iterable(rows[first : first + size]))
                for first in range(start, stop, size)
            ]
            await conn.exec_driver_sql(self.sqlite(size), flat)


LARGEST = 512
"""Rows of one statement on SQLite at most: with them go some 10,000 values of 32,766 allowed."""


def blocks(rows: int) -> Iterable[tuple[int, int, int]]:
    """Rows as blocks of few sizes, so that few statements are prepared: size, first, end.

    >>> list(blocks(1100))
    [(512, 0, 1024), (64, 1024, 1088), (8, 1088, 1096), (4, 1096, 1100)]
    """
    start, size = 0, LARGEST
    while start < rows:
        stop = start + (rows - start) // size * size
        if stop > start:
            yield size, start, stop
        start, size = stop, size // 2


class Insert(_Many):
    """New rows; with `once`, those that would break a unique index are left out."""

    def __init__(self, table: Any, names: Sequence[str], *, once: bool = False) -> None:
        into = f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))})"
        tail = " ON CONFLICT DO NOTHING" if once else ""
        super().__init__(
            len(names),
            f"{into} VALUES ",
            tail,
            f"{into} SELECT * FROM {_arrays(table, names)}{tail}",  # noqa: S608 - names only
        )


class Change(_Many):
    """Rows found by `keys` get new values in `names`; a tuple holds the new values first.

    `also` is set for all of them, in SQL.
    """

    def __init__(
        self, table: Any, keys: Sequence[str], names: Sequence[str], *, also: str = ""
    ) -> None:
        every = (*names, *keys)
        # SQLite calls the columns of VALUES column1, column2 and so on.
        places = {name: f"v.column{place}" for place, name in enumerate(every, start=1)}
        own = {name: f"v.{_quoted(name)}" for name in every}

        def parts(given: dict[str, str]) -> tuple[str, str]:
            fresh = [f"{_quoted(name)}={given[name]}" for name in names]
            new = ", ".join([*fresh, also] if also else fresh)
            same = " AND ".join(f"{table.name}.{_quoted(key)}={given[key]}" for key in keys)
            return f"UPDATE {table.name} SET {new} FROM ", f" WHERE {same}"  # noqa: S608

        update, where = parts(places)
        before, after = f"{update}(VALUES ", f") AS v{where}"
        update, where = parts(own)
        rows = f"{_arrays(table, every)} AS v({', '.join(map(_quoted, every))})"
        super().__init__(len(every), before, after, f"{update}{rows}{where}")


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
