"""The lines of an XLSX workbook, read without trusting it.

Rules of the room:
- Nothing is unpacked, and no sheet laid out, before its size is known to be bounded.
- Hidden sheets are passed over; a formula without a value is not an empty cell.

>>> lines(b"PK is not enough", str.strip)
Traceback (most recent call last):
bot.roster.findings.Refused: broken_xlsx
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bot.roster.findings import IsTitle, Lines, Refused, letter, number

MAX_UNPACKED = 256 * 2**20
"""All parts of a workbook together, in bytes."""
MAX_ROWS = 200_000
MAX_COLUMNS = 64
TITLE_LINES = 10
"""The header is looked for in this many lines: lists often begin with a heading and a date."""
UNPACKING = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError,
    ValueError, KeyError, expat.ExpatError, CalamineError,
)  # fmt: skip
"""What a damaged workbook makes the readers raise."""
PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def lines(data: bytes, is_title: IsTitle) -> Lines:
    """The first visible sheet with a known title, line by line; raises `Refused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename.lower(): info for info in archive.infolist()}
            if "xl/workbook.xml" not in parts:
                raise Refused("not_xlsx")
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise Refused("unpacks_too_big", most=MAX_UNPACKED // 2**20)
            # Read every part once: a size that lies, or a damaged part, ends the reading here
            # and not inside the parser, which would unpack whatever it is given.
            for info in archive.infolist():
                for _ in _chunks(archive, info):
                    pass
            return _first_list(data, archive, parts, is_title)
    except UNPACKING:
        raise Refused("broken_xlsx") from None


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as part:
        while chunk := part.read(2**20):
            yield chunk


def _first_list(
    data: bytes, archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], is_title: IsTitle
) -> Lines:
    """The lines of the first visible sheet with a known title; failing that, with anything.

    Hidden sheets are passed over: nobody should import what they cannot see.
    """
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    paths = _sheet_parts(archive, parts)
    fallback: Lines | None = None
    for about in book.sheets_metadata:
        part = parts.get(paths.get(about.name, ""))
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        if part is None:
            raise Refused("broken_xlsx")
        cells = b"".join(_chunks(archive, part))
        formulas = set() if tame(cells) else survey(cells)
        values = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        if not any(any(cell != "" for cell in row) for row in values):
            continue
        found = _texts(values, formulas)
        if any(is_title(_text(v)) for row in values[:TITLE_LINES] for v in row if v != ""):
            return found
        fallback = fallback or found
    return fallback or ()


def _sheet_parts(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Sheet name -> the part (in lower case) its cells are in."""
    targets: dict[str, str] = {}
    found: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("Relationship"):
            targets[attributes["Id"]] = attributes["Target"].lower().removeprefix("/")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            rel = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            target = targets.get(rel, "")
            found[attributes["name"]] = target if target.startswith("xl/") else f"xl/{target}"

    _walk(_chunks(archive, parts["xl/_rels/workbook.xml.rels"]), relation)
    _walk(_chunks(archive, parts["xl/workbook.xml"]), sheet)
    return found


def _walk(chunks: Iterable[bytes], visit: Callable[[str, dict[str, str]], None]) -> None:
    """Show `visit` each element of an XML part: its name, prefix included, and its attributes."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = visit
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)


UNTAMED = re.compile(rb"<(?:c|row)[\t\r\n/>]|<f[ \t\r\n/>]"), re.compile(rb":(?:c|row)[\s/>]")
"""A cell or row that does not begin with its place, or has a prefix; a formula."""
FAR = re.compile(rb' r="(?:[A-Za-z]{2}|[A-Za-z]?0*(?:[2-9]\d{5}|\d{7}))')
"""A cell past column Z or line 199,999: it may yet be within bounds."""


def tame(xml: bytes) -> bool:
    """True if a look at the bytes shows that `survey` would find nothing: every cell and row
    says where it is, none is far out, no formula, no error. Most lists are like that, and the
    look takes a tenth of the walk."""
    tags = xml.count(b"<c ") + xml.count(b"<row ")
    placed = xml.count(b'<c r="') + xml.count(b'<row r="')
    usual = tags == placed and b"='" not in xml and b't="e"' not in xml
    return usual and not any(pattern.search(xml) for pattern in (*UNTAMED, FAR))


def survey(xml: bytes) -> set[tuple[int, int]]:
    """Walk a sheet before it is loaded; gives the places (from 1) of formulas and errors.

    Loading lays cells out as a full rectangle: two far corners would take all memory, so a
    sheet that reaches too far is refused here. And an error, or a formula never calculated,
    is loaded as an empty cell: without its place a lead would silently go missing.
    """
    row = column = 0
    kind = ""
    formulas: set[tuple[int, int]] = set()

    def visit(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            if "r" in attributes:
                place = PLACE.fullmatch(attributes["r"])
                if place is None:
                    raise Refused("broken_xlsx")
                row, column = int(place[2]), number(place[1])
            else:
                column += 1
            kind = attributes.get("t", "")
        elif tag == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif tag in ("v", "f", "is"):
            if row > MAX_ROWS + TITLE_LINES:
                raise Refused("too_many_rows", row, most=MAX_ROWS)
            if column > MAX_COLUMNS:
                raise Refused("too_many_columns", row, letter(column - 1), most=MAX_COLUMNS)
            # A formula whose result is "" is of kind "str", and rightly empty.
            if kind == "e" or (tag == "f" and kind != "str"):
                formulas.add((row, column))

    _walk([xml], visit)
    return formulas


NO_VALUE = "\0"
"""Stands for a formula without a value until the problem is written down."""
Value = int | float | str | bool | time | date | datetime | object


def _texts(values: Iterable[Sequence[Value]], formulas: set[tuple[int, int]]) -> Lines:
    for line, row in enumerate(values, 1):
        cells = [_text(value) for value in row]
        if formulas:
            cells = [
                c or (NO_VALUE if (line, i) in formulas else c) for i, c in enumerate(cells, 1)
            ]
        yield line, cells


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # every number is stored as a float; 1024 must not become 1024.0
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
