"""Something found in a file of people's, as data: where, what, and what to do instead.

Rules of the room:
- Problems are never exceptions to the caller; `Refused` only ends a reading from deep within.
- What may be an address is never quoted.

>>> Problem(4, "C 'Lead'", "too_long", {"most": "500"}).sentence()
"Line 4, column C 'Lead': The cell is longer than 500 characters. Shorten it."
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

MAX_FINDINGS = 1_000
"""Problems (and warnings) listed one by one for a file; the rest are counted."""

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, as data; `line` counts from 1, `column` reads "C 'Lead'".

    `args` never holds the content of a cell that could be an address; `who` is whose line it is.
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
        " 'CSV UTF-8', or name another encoding with --encoding.",
        "encoding_unsure": "The text is not UTF-8 from here on, and it cannot be told for sure"
        " what it is instead. Save the file as 'CSV UTF-8', or name its encoding with"
        " --encoding Shift_JIS (or Big5, GB18030 ...).",
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
        if where and self.args.get("who"):
            where += f", {self.args['who']}"
        if self.column:
            where += f", column {self.column}" if where else f"Column {self.column}"
        text = self.SENTENCES[self.code].format_map(self.args)
        if self.args.get("near"):
            text += f" Did you mean '{self.args['near']}'?"
        return f"{where}: {text}" if where else text


class Refused(Exception):
    """Carries the one problem that ends the reading, no further than `read`."""

    def __init__(self, code: str, line: int | None = None, column: str = "", **args: object):
        super().__init__(code)
        self.problem = Problem(line, column, code, {k: str(v) for k, v in args.items()})


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


IsTitle = Callable[[str], bool]
Progress = Callable[[int], None]
Lines = Iterable[tuple[int, Sequence[str]]]
"""Line numbers and cells, as cut from a file."""
