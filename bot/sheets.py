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

import codecs
import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import ClassVar
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MAX_BYTES = 64 * 2**20
MAX_UNPACKED = 256 * 2**20
"""All parts of a workbook together, in bytes."""
MAX_ROWS = 200_000
MAX_COLUMNS = 64
MAX_CELL = 500
"""Characters in one cell."""
MAX_FINDINGS = 1_000
"""Problems (and warnings) listed one by one for a file; the rest are counted."""
TITLE_LINES = 10
"""The header is looked for in this many lines: lists often begin with a heading and a date."""

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, as data; `line` counts from 1, `column` reads "C 'Lead'".

    `args` never holds the content of a cell that could be an address.
    """

    line: int | None
    column: str
    code: str
    args: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    SENTENCES: ClassVar[Mapping[str, str]] = {
        "too_big": "The file is larger than {most} MB. Split it, or delete what is not the list.",
        "empty": "The file is empty.",
        "not_text": "This is neither an XLSX workbook nor text. Save the list as XLSX or as"
        " 'CSV UTF-8' and try again.",
        "old_excel": "This is an old XLS workbook or one with a password. Save it as XLSX without"
        " a password, or as 'CSV UTF-8'.",
        "not_xlsx": "This is not an XLSX workbook. Save the list as XLSX or as 'CSV UTF-8'.",
        "broken_xlsx": "The workbook is damaged. Open it, save it as XLSX again, or save the list"
        " as 'CSV UTF-8'.",
        "unpacks_too_big": "The workbook unpacks to more than {most} MB. Copy the list alone into"
        " a new workbook.",
        "encoding_broken": "This is not valid {encoding} from here on. Save the file as"
        " 'CSV UTF-8'.",
        "encoding_unsure": "The text is not UTF-8 from here on, and it cannot be told for sure"
        " what it is instead. Save the file as 'CSV UTF-8', or name its encoding"
        " (Shift_JIS, Big5, GB18030 ...).",
        "encoding_unheard": "No such encoding is known here. Name one of {known}, or save the"
        " file as 'CSV UTF-8'.",
        "quote": 'A quotation mark opened here is not closed as it should be. Write " at both'
        ' ends of the cell, and "" for one inside it.',
        "too_many_rows": "The list is longer than {most} lines. Split it, or delete the empty"
        " lines below it.",
        "too_many_columns": "The list is wider than {most} columns. Delete those not needed.",
        "too_long": "The cell is longer than {most} characters. Shorten it.",
        "extra_cell": "There is a cell here, but the header has no title for it. Move it to its"
        " column, or delete it.",
        "no_value": "The formula here gives an error or was never calculated. Write the value"
        " itself.",
        "more": "... and {count} more like these.",
        "encoding_guessed": "The text was read as {encoding}. Check that names look right;"
        " if not, save the file as 'CSV UTF-8'.",
        "invisible": "Invisible characters were removed.",
        "skipped": "The lines above the header were skipped.",
    }

    def sentence(self) -> str:
        """The problem in English, with its place in front and the closest match at the end."""
        where = f"Line {self.line}" if self.line else ""
        if self.column:
            where += f", column {self.column}" if where else f"Column {self.column}"
        text = self.SENTENCES[self.code].format_map(self.args)
        if self.args.get("near"):
            text += f" Did you mean '{self.args['near']}'?"
        return f"{where}: {text}" if where else text


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

    def column(self, index: int) -> str:
        """Column `index` (from 0) as people find it: "C 'Lead'"."""
        title = self.header[index] if index < len(self.header) else ""
        # In a file without a header the titles are somebody's data.
        return f"{letter(index)} '{title[:40]}'" if title and quotable(title) else letter(index)


IsTitle = Callable[[str], bool]
Progress = Callable[[int], None]
Lines = Iterable[tuple[int, Sequence[str]]]


class _Refused(Exception):
    """Carries the one problem that ends the reading, no further than `read`."""

    def __init__(self, code: str, line: int | None = None, column: str = "", **args: object):
        super().__init__(code)
        self.problem = Problem(line, column, code, {k: str(v) for k, v in args.items()})


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
            raise _Refused("too_big", most=MAX_BYTES // 2**20)
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise _Refused("old_excel")
        warnings: list[Problem] = []
        lines: Lines
        if data.startswith(b"PK"):
            lines, label = _workbook(data, is_title or bool), "XLSX"
        else:
            text, label, sure = _decode(data, encoding, is_title)
            if not sure:
                warnings.append(Problem(None, "", "encoding_guessed", {"encoding": label}))
            lines = _records(text, is_title)
        return _assemble(name, label, lines, warnings, is_title, progress)
    except _Refused as refused:
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
                raise _Refused("too_many_rows", line, most=MAX_ROWS)
            rows.append(Row(line, cells))
            if not "".join(raw).isprintable():
                marked += ((line, i) for i, cell in enumerate(raw) if INVISIBLE.search(cell))
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
        raise _Refused("too_many_columns", rows[top].line, most=MAX_COLUMNS)
    sheet = Sheet(name, rows[top].cells[:width])
    warnings += (Problem(line, sheet.column(i), "invisible") for line, i in marked)
    for row in rows[top:]:
        problems += _misfits(row, sheet)
    problems.sort(key=lambda problem: problem.line or 0)
    padding = ("",) * width
    body = () if problems else tuple(Row(r.line, (*r.cells, *padding)[:width]) for r in rows[top:])
    return Sheet(name, sheet.header, body[1:], label, bounded(problems), bounded(warnings))


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


def bounded(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The first `MAX_FINDINGS`, and how many more there are: a whole file may be wrong."""
    if len(problems) <= MAX_FINDINGS:
        return tuple(problems)
    rest = Problem(None, "", "more", {"count": f"{len(problems) - MAX_FINDINGS:,}"})
    return (*problems[:MAX_FINDINGS], rest)


def quotable(text: str) -> bool:
    """False for what may be an address, an e-mail or a number: it is never repeated."""
    return "@" not in text and sum(map(str.isdigit, text)) < 6


def letter(index: int) -> str:
    """The column letter of `index` (from 0), as spreadsheets count: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(65 + digit) + name
    return name


@lru_cache(1024)
def number(letters: str) -> int:
    """The number of a column (from 1) by its letters: A is 1, AA is 27."""
    count = 0
    for each in letters.upper():
        count = count * 26 + ord(each) - 64
    return count


# --- cells ----------------------------------------------------------------------------------

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, direction marks and other marks nobody sees. Joiners and variation selectors stay:
Persian words and some Japanese surnames are spelt with them."""
BREAK = re.compile("\r\n?|[\u2028\u2029]")
GUARDED = re.compile(r"'+\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may take for a formula, full-width signs included; an apostrophe in front
makes it text. The export adds one where it would be needed or misread, the import takes one off."""


def clean(cell: str) -> str:
    """A cell as a person reads it: one apostrophe that guards a formula taken off, composed,
    trimmed (ideographic spaces too), without invisible characters; line breaks are LF."""
    cell = _plain(cell)
    return _plain(cell[1:]) if cell[:1] == "'" and GUARDED.match(cell) else cell


def _plain(cell: str) -> str:
    if not cell.isprintable():
        cell = INVISIBLE.sub("", BREAK.sub("\n", cell))
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    return cell.strip()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel opens as it is: UTF-8 with BOM, commas, CRLF.

    Cells that look like a formula get an apostrophe in front, which `read` takes off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for cells in (header, *rows):
        texts = map(_plain, cells)
        writer.writerow(["'" + text if FORMULA.match(text) else text for text in texts])
    return out.getvalue().encode("utf-8-sig")


# --- CSV ------------------------------------------------------------------------------------

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp932": "Shift_JIS",
    "cp950": "Big5",
    "gb18030": "GB18030",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "cp1256": "Windows-1256",
    "cp1252": "Windows-1252",
}
"""Those that can be asked for, by codec, and what people call them."""
WIDER = {"shift_jis": "cp932", "big5": "cp950", "euc_kr": "cp949", "gb2312": "gb18030"}
"""Asked for by its standard's name, read by the superset that machines really write."""
WIDER |= {"gbk": "gb18030", "utf-8-sig": "utf-8", "iso8859-1": "cp1252", "iso8859-6": "cp1256"}
COMMON = {
    "cp932": (0x88, 0x98, 0x40),
    "cp950": (0xA4, 0xC6, 0x40),
    "gb18030": (0xB0, 0xD7, 0xA1),
    "euc_jp": (0xB0, 0xCF, 0xA1),
    "cp949": (0xB0, 0xC8, 0xA1),
}
"""Where each standard put its everyday characters: first and last lead byte, lowest trail byte.
Text read by the wrong codec lands outside."""
KANA = re.compile("[\u3041-\u30fe]")
JAPANESE = {"cp932", "euc_jp"}


def _decode(data: bytes, encoding: str, is_title: IsTitle | None) -> tuple[str, str, bool]:
    """The text, its encoding's name, and whether that is beyond doubt."""
    sure = True
    if encoding:
        try:
            codec = codecs.lookup(encoding).name
        except (LookupError, ValueError):
            codec = ""
        codec = WIDER.get(codec, codec)
        if codec not in ENCODINGS:
            raise _Refused("encoding_unheard", known=", ".join(ENCODINGS.values()))
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    elif b"\0" in data or b"\x1b$" in data:
        raise _Refused("not_text")
    else:
        codec = "utf-8"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding or codec == "utf-16" or data.startswith(codecs.BOM_UTF8):
            raise _Refused("encoding_broken", line, encoding=ENCODINGS[codec]) from None
        found = _recognise(data, is_title)
        if found is None:
            raise _Refused("encoding_unsure", line) from None
        text, codec, sure = found
    if "\0" in text:
        raise _Refused("not_text")
    return text.removeprefix("\ufeff"), ENCODINGS[codec], sure


def _recognise(data: bytes, is_title: IsTitle | None) -> tuple[str, str, bool] | None:
    """By the titles, which settle it, else by everyday characters, else not at all."""
    scores: list[tuple[float, str, str]] = []
    titled: list[tuple[str, str]] = []
    for codec in (*COMMON, "cp1256"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        words = re.split('[,;\t"\r\n]+', text[:4000])
        if is_title and any(not w.isascii() and is_title(w.strip()) for w in words):
            titled.append((text, codec))
        scores.append((_everyday(text, codec), codec, text))
    if titled:
        return (*titled[0], True) if len(titled) == 1 else None
    scores.sort(reverse=True)
    if not scores or scores[0][0] < 0.85 or (len(scores) > 1 and scores[1][0] > 0.6):
        return None
    return scores[0][2], scores[0][1], False


def _everyday(text: str, codec: str) -> float:
    """The share of everyday characters, 0 to 1, among those that tell; 0 for fewer than 8."""
    if codec not in COMMON:
        return 0.0
    low, high, trail = COMMON[codec]
    counts = Counter(c for c in text[:200_000] if c > "\x7f" and not "\u3000" <= c <= "\u3020")
    common = 0
    for character, count in counts.items():
        code = character.encode(codec)
        if KANA.match(character):
            common += count if codec in JAPANESE else 0
        elif len(code) == 2 and low <= code[0] <= high and code[1] >= trail:
            common += count
    return common / counts.total() if counts.total() >= 8 else 0.0


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
            raise _Refused("quote", line) from None
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


# --- XLSX -----------------------------------------------------------------------------------

UNPACKING = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError,
    ValueError, KeyError, expat.ExpatError, CalamineError,
)  # fmt: skip
"""What a damaged workbook makes the readers raise."""
PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def _workbook(data: bytes, is_title: IsTitle) -> Lines:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename.lower(): info for info in archive.infolist()}
            if "xl/workbook.xml" not in parts:
                raise _Refused("not_xlsx")
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise _Refused("unpacks_too_big", most=MAX_UNPACKED // 2**20)
            # Read every part once: a size that lies, or a damaged part, ends the reading here
            # and not inside the parser, which would unpack whatever it is given.
            for info in archive.infolist():
                for _ in _chunks(archive, info):
                    pass
            return _first_list(data, archive, parts, is_title)
    except UNPACKING:
        raise _Refused("broken_xlsx") from None


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
            raise _Refused("broken_xlsx")
        cells = b"".join(_chunks(archive, part))
        formulas = set() if _tame(cells) else _survey(cells)
        values = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        if not any(any(cell != "" for cell in row) for row in values):
            continue
        lines = _texts(values, formulas)
        if any(is_title(clean(_text(v))) for row in values[:TITLE_LINES] for v in row if v != ""):
            return lines
        fallback = fallback or lines
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


def _tame(xml: bytes) -> bool:
    """True if a look at the bytes shows that `_survey` would find nothing: every cell and row
    says where it is, none is far out, no formula, no error. Most lists are like that, and the
    look takes a tenth of the walk."""
    tags = xml.count(b"<c ") + xml.count(b"<row ")
    placed = xml.count(b'<c r="') + xml.count(b'<row r="')
    usual = tags == placed and b"='" not in xml and b't="e"' not in xml
    return usual and not any(pattern.search(xml) for pattern in (*UNTAMED, FAR))


def _survey(xml: bytes) -> set[tuple[int, int]]:
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
                    raise _Refused("broken_xlsx")
                row, column = int(place[2]), number(place[1])
            else:
                column += 1
            kind = attributes.get("t", "")
        elif tag == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif tag in ("v", "f", "is"):
            if row > MAX_ROWS + TITLE_LINES:
                raise _Refused("too_many_rows", row, most=MAX_ROWS)
            if column > MAX_COLUMNS:
                raise _Refused("too_many_columns", row, letter(column - 1), most=MAX_COLUMNS)
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
