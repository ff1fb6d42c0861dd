"""Files for spreadsheets, written line by line: CSV and XLSX.

Rules of the room:
- Every cell is text. What looks like a formula stays what somebody wrote: an apostrophe in front in
  CSV, a cell of kind text in XLSX.
- An XLSX file is a ZIP of XML; of its many parts the few that every program asks for are written.

Source: ECMA-376, part 1 (SpreadsheetML), sections 12.3 and 18.3.
"""

from __future__ import annotations

import csv as plain
import io
import re
import zipfile
from collections.abc import AsyncIterator, Sequence
from xml.sax.saxutils import escape

FORMULA = re.compile(r"[\s]*[=+\-@\t\r|]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
AT_ONCE = 64_000
"""Bytes gathered before they are sent on."""
LONGEST = 32_767
"""Characters a cell may hold."""

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.\
spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-\
officedocument.spreadsheetml.worksheet+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
{kind}" Target="{target}"/></Relationships>"""
_BOOK = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
<sheets><sheet name="Renraku" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>\
<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" \
state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="22" \
defaultRowHeight="15"/><sheetData>"""
_FOOT = "</sheetData></worksheet>"


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

    >>> guarded("=HYPERLINK(1)"), guarded("Aiko")
    ("'=HYPERLINK(1)", 'Aiko')
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


class _Pipe(io.RawIOBase):
    """Takes what is written and gives it away; it cannot be gone back in."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        taken = bytes(data)  # type: ignore[call-overload]
        self._held += taken
        return len(taken)

    def given(self) -> bytes:
        found = bytes(self._held)
        self._held.clear()
        return found


async def xlsx(rows: AsyncIterator[Sequence[str]]) -> AsyncIterator[bytes]:
    """An XLSX file with one sheet, whose first row stays in sight."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        office = _RELATIONS.format(kind="officeDocument", target="xl/workbook.xml")
        sheet = _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml")
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", office),
            ("xl/workbook.xml", _BOOK),
            ("xl/_rels/workbook.xml.rels", sheet),
        ):
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(_HEAD.encode())
            held: list[str] = []
            async for cells in rows:
                held.append(f"<row>{''.join(map(_cell, cells))}</row>")
                if len(held) >= 200:
                    part.write("".join(held).encode("utf-8", "replace"))
                    held.clear()
                    yield pipe.given()
            part.write(("".join(held) + _FOOT).encode("utf-8", "replace"))
    yield pipe.given()


def _cell(text: str) -> str:
    said = escape(_FORBIDDEN.sub("", text)[:LONGEST])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
