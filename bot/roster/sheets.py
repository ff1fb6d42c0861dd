"""A table of cells, from the bytes of a CSV or XLSX file and back to CSV.

Rules of the room:
- Bytes in, values out. A file nobody can use is an answer (`Sheet.problems`), not an exception,
  and each problem says what to do instead.
- A cell is text as a person reads it: composed (NFC), trimmed, without invisible characters.
  What starts like a formula stays text, on import and on export.
- Sizes are bounded before anything is unpacked, and a guess at an encoding needs evidence:
  names spelt wrong are worse than a file refused.
- Cells may hold addresses, so no `repr` and no problem quotes one.

>>> sheet = read("鍵;名前\\r\\n7;'=Ada\\r\\n".encode(), "staff.csv")
>>> sheet.header, sheet.rows[0].line, sheet.rows[0].cells, sheet.encoding
(('鍵', '名前'), 2, ('7', '=Ada'), 'UTF-8')
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.roster.cells import INVISIBLE, clean, is_guarded
from bot.roster.cells import guarded as guard
from bot.roster.encodings import decode
from bot.roster.findings import (
    IsTitle,
    Lines,
    Problem,
    Progress,
    Refused,
    bounded,
    letter,
    quotable,
)
from bot.roster.workbooks import MAX_COLUMNS, MAX_ROWS, NO_VALUE, TITLE_LINES
from bot.roster.workbooks import lines as workbook_lines

MAX_BYTES = 64 * 2**20
MAX_CELL = 500
"""Characters in one cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: `line` is where it starts in the file; as wide as the header."""

    line: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as read. With `problems` it has no rows and is not to be used."""

    name: str
    header: tuple[str, ...] = field(default=(), repr=False)
    rows: tuple[Row, ...] = field(default=(), repr=False)
    encoding: str = ""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    guarded: frozenset[tuple[int, int]] = frozenset()
    """Cells (line, index) with an apostrophe in front: somebody has said that they are text."""

    def column(self, index: int) -> str:
        """Column `index` (from 0) as people find it: "C 'Lead'"."""
        title = self.header[index] if index < len(self.header) else ""
        # In a file without a header the titles are somebody's data.
        return f"{letter(index)} '{title[:40]}'" if title and quotable(title) else letter(index)


def read(
    data: bytes,
    name: str,
    progress: Progress | None = None,
    *,
    encoding: str = "",
    is_title: IsTitle | None = None,
) -> Sheet:
    """The list in `data`, the bytes of a CSV or XLSX file (told apart by content).

    `name` is the file's name, only repeated in the result. `progress` is told the number of
    lines done, about every 1,000. `encoding` overrides what would be recognised in a CSV.
    `is_title` says whether a cell is a title the caller knows: it finds the sheet, the header
    line, the delimiter and the encoding where there is a choice.
    """
    try:
        if len(data) > MAX_BYTES:
            raise Refused("too_big", most=MAX_BYTES // 2**20)
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise Refused("old_excel")
        warnings: list[Problem] = []
        lines: Lines
        if data.startswith(b"PK"):
            known = is_title or bool
            lines, label = workbook_lines(data, lambda cell: known(clean(cell))), "XLSX"
        else:
            text, label, sure = decode(data, encoding, is_title)
            if not sure:
                warnings.append(Problem(None, "", "encoding_guessed", {"encoding": label}))
            lines = _records(text, is_title)
        return _assemble(name, label, lines, warnings, is_title, progress)
    except Refused as refused:
        return Sheet(name, problems=(refused.problem,))


def _assemble(
    name: str,
    label: str,
    lines: Lines,
    warnings: list[Problem],
    is_title: IsTitle | None,
    progress: Progress | None,
) -> Sheet:
    """Lines as cut from the file -> clean rows, the header found, each as wide as the header."""
    problems: list[Problem] = []
    marked: list[tuple[int, int]] = []
    guarded: set[tuple[int, int]] = set()
    rows: list[Row] = []
    count = 0
    for count, (line, raw) in enumerate(lines, 1):
        if progress and count % 1000 == 0:
            progress(count)
        if NO_VALUE in raw:
            gaps = [letter(i) for i, cell in enumerate(raw) if cell == NO_VALUE]
            problems += (Problem(line, gap, "no_value") for gap in gaps)
            continue
        cells = tuple([clean(cell) for cell in raw])
        if any(cells):
            if len(rows) > MAX_ROWS:
                raise Refused("too_many_rows", line, most=MAX_ROWS)
            rows.append(Row(line, cells))
            if not "".join(raw).isprintable():
                marked += ((line, i) for i, cell in enumerate(raw) if INVISIBLE.search(cell))
            guarded.update((line, i) for i, cell in enumerate(raw) if is_guarded(cell))
    if progress:
        progress(count)
    if not rows:
        return Sheet(name, problems=bounded(problems) or (Problem(None, "", "empty"),))
    top = 0
    if is_title:
        top = max(range(min(TITLE_LINES, len(rows))), key=lambda i: _titles(rows[i], is_title))
    if top:
        warnings.append(Problem(rows[top].line, "", "skipped"))
    width = max(i for i, cell in enumerate(rows[top].cells, 1) if cell)
    if width > MAX_COLUMNS:
        raise Refused("too_many_columns", rows[top].line, most=MAX_COLUMNS)
    sheet = Sheet(name, rows[top].cells[:width])
    warnings += (Problem(line, sheet.column(i), "invisible") for line, i in marked)
    for row in rows[top:]:
        problems += _misfits(row, sheet)
    problems.sort(key=lambda problem: problem.line or 0)
    padding = ("",) * width
    body = () if problems else tuple(Row(r.line, (*r.cells, *padding)[:width]) for r in rows[top:])
    return Sheet(
        name,
        sheet.header,
        body[1:],
        label,
        bounded(problems),
        bounded(warnings),
        frozenset(guarded),
    )


def _misfits(row: Row, sheet: Sheet) -> list[Problem]:
    """Cells past the header, which mean a line has shifted, and cells that are too long."""
    width = len(sheet.header)
    found: list[Problem] = []
    if len(row.cells) > width and any(row.cells[width:]):
        extra = next(i for i, cell in enumerate(row.cells) if i >= width and cell)
        found.append(Problem(row.line, letter(extra), "extra_cell"))
    if sum(map(len, row.cells)) > MAX_CELL:
        long = [sheet.column(i) for i, cell in enumerate(row.cells) if len(cell) > MAX_CELL]
        found += (Problem(row.line, at, "too_long", {"most": str(MAX_CELL)}) for at in long)
    return found


def _titles(row: Row, is_title: IsTitle) -> int:
    return sum(1 for cell in row.cells if cell and is_title(cell))


def _records(text: str, is_title: IsTitle | None) -> Lines:
    line, delimiter = 0, ""
    declared = re.match("sep=([,;\t])\r?\n", text, re.IGNORECASE)
    if declared:
        text, line, delimiter = text[declared.end() :], 1, declared[1]
    delimiter = delimiter or max(",;\t", key=lambda d: _fitness(text, d, is_title))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = line
    while True:
        line = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused("quote", line) from None
        yield line, cells


def _fitness(text: str, delimiter: str, is_title: IsTitle | None) -> tuple[int, int]:
    """How well a delimiter cuts the first lines: titles found, then cells in the first line."""
    titles = width = 0
    reader = csv.reader(io.StringIO(text[:65_536], newline=""), delimiter=delimiter)
    try:
        for row, _ in zip((r for r in reader if any(r)), range(TITLE_LINES), strict=False):
            width = width or len(row)
            titles = max(titles, sum(1 for cell in row if is_title and is_title(clean(cell))))
    except csv.Error:
        pass  # an open quotation mark: the reading itself says where
    return titles, width


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel opens as it is: UTF-8 with BOM, commas, CRLF.

    Cells that look like a formula get an apostrophe in front, which `read` takes off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for cells in (header, *rows):
        writer.writerow(map(guard, cells))
    return out.getvalue().encode("utf-8-sig")
