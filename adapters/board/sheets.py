"""Files for spreadsheets, written line by line: CSV and XLSX.

Rules of the room:
- Every cell is text. What looks like a formula stays what somebody wrote: an apostrophe in front in
  CSV, a cell of kind text in XLSX.
- However many lines there are, few of them are in memory at a time; an XLSX waits on the disk until
  its last line is known.
"""

from __future__ import annotations

import asyncio
import csv as plain
import io
import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import xlsxwriter

FORMULA = re.compile(r"[\s]*[=+\-@\t\r|\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins, in halfwidth or fullwidth: some programs take either."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
AT_ONCE = 64_000
"""Bytes gathered before they are sent on."""
TOGETHER = 200
"""Lines written to an XLSX at once, in a thread."""
WIDTH = 22
LONGEST = 32_767
"""Characters a cell may hold."""


async def csv(rows: AsyncIterator[Sequence[str]]) -> AsyncIterator[bytes]:
    """A CSV file that spreadsheets open as it is: UTF-8 with BOM, commas, CRLF."""
    out = io.StringIO(newline="")
    writer = plain.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    async for cells in rows:
        writer.writerow([guarded(cell) for cell in cells])
        if out.tell() > AT_ONCE:
            yield out.getvalue().encode("utf-8", "replace")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def guarded(cell: str) -> str:
    """A cell that no program takes for a formula.

    >>> guarded("=HYPERLINK(1)"), guarded(chr(0xFF1D))[0], guarded("Aiko")
    ("'=HYPERLINK(1)", "'", 'Aiko')
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


async def xlsx(rows: AsyncIterator[Sequence[str]]) -> AsyncIterator[bytes]:
    """An XLSX file with one sheet, whose first row stays in sight."""
    with tempfile.TemporaryDirectory(prefix="renraku-") as folder:
        path = Path(folder) / "rollcall.xlsx"
        book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet("Renraku")
        sheet.freeze_panes(1, 0)
        written, held = 0, list[Sequence[str]]()

        def write() -> None:
            for number, cells in enumerate(held, start=written):
                if number == 0:
                    sheet.set_column(0, len(cells) - 1, WIDTH)
                for column, cell in enumerate(cells):
                    sheet.write_string(number, column, _FORBIDDEN.sub("", cell)[:LONGEST])

        async for cells in rows:
            held.append(cells)
            if len(held) >= TOGETHER:
                await asyncio.to_thread(write)
                written += len(held)
                held.clear()
        await asyncio.to_thread(write)
        await asyncio.to_thread(book.close)
        with path.open("rb") as file:
            while some := file.read(AT_ONCE):
                yield some
