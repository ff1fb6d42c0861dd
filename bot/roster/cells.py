"""One cell of a list, as a person reads it and as a spreadsheet must not misread it.

Rules of the room:
- Text is composed (NFC), trimmed, and without invisible characters.
- What starts like a formula stays text: guarded on export, the guard taken off on import.

>>> clean("\u3000'=1+1 "), guarded("=1+1")
('=1+1', "'=1+1")
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, direction marks and other marks nobody sees. Joiners and variation selectors stay:
Persian words and some Japanese surnames are spelt with them."""
BREAK = re.compile("\r\n?|[\u2028\u2029]")
GUARDED = re.compile(r"'+\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may take for a formula, full-width signs included; an apostrophe in front
makes it text. The export adds one where it would be needed or misread, the import takes one off."""


def clean(cell: str) -> str:
    """A cell as a person reads it: one apostrophe that guards a formula taken off, composed,
    trimmed (ideographic spaces too), without invisible characters; line breaks are LF."""
    cell = plain(cell)
    return plain(cell[1:]) if cell[:1] == "'" and GUARDED.match(cell) else cell


def is_guarded(cell: str) -> bool:
    """True for a cell as written that has an apostrophe before what starts like a formula."""
    return "'" in cell[:4] and GUARDED.match(plain(cell)) is not None


def like_formula(text: str) -> bool:
    """True for a clean cell that a spreadsheet would take for a formula; a lone dash is none.

    >>> like_formula("=1+1"), like_formula("-"), like_formula("Ada")
    (True, False, False)
    """
    return len(text) > 1 and text[0] in SIGNS


def plain(cell: str) -> str:
    """A cell composed, trimmed and visible; a guard stays."""
    if not cell.isprintable():
        cell = INVISIBLE.sub("", BREAK.sub("\n", cell))
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    return cell.strip()


def guarded(cell: str) -> str:
    """A cell for the export, with an apostrophe in front where it would be misread without."""
    text = plain(cell)
    return "'" + text if FORMULA.match(text) else text
