"""How an SMS is counted and cut: GSM-7 or UCS-2, one segment or several.

Rules of the room:
- One sign outside the GSM alphabet makes the whole message UCS-2, at less than half the room. So
  quotes, dashes and the marks that isolate names are made plain where nothing is lost by it.
- Fitted into one segment where it can be: the said words are cut, never the link nor the mark of a
  drill. Where it cannot, each segment carries that mark, and no link is broken across two.

Alphabet and lengths: 3GPP TS 23.038, TS 23.040.

>>> units("Are you safe?"), units("無事ですか？"), units("[x]")
((13, True), (6, False), (5, True))
"""

from __future__ import annotations

import re
import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€\f")
"""Of the extension: each counts as two."""
ONE = {True: 160, False: 70}
"""Units in a message of one segment, by whether it is GSM."""
EACH = {True: 153, False: 67}
"""Units in each segment of several: the rest says how they belong together."""

_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)
_ELLIPSIS = "..."
LEAST = 8
"""Said words cut to less than this say nothing."""


def gsm(text: str) -> bool:
    """True if every sign is in the GSM alphabet."""
    return all(sign in BASIC or sign in TWICE for sign in text)


def units(text: str) -> tuple[int, bool]:
    """What a text costs, and whether it is GSM: septets there, else UTF-16 units."""
    if gsm(text):
        return len(text) + sum(sign in TWICE for sign in text), True
    return len(text.encode("utf-16-be")) // 2, False


def segments(text: str) -> int:
    """How many segments a text is sent as."""
    length, is_gsm = units(text)
    return 1 if length <= ONE[is_gsm] else -(-length // EACH[is_gsm])


def plain(text: str) -> str:
    """One line in signs that cost little."""
    found = " ".join(_MARKS.sub("", text).split())
    simple = found.translate(_PLAIN)
    return simple if gsm(simple) else found.replace("…", "...")


def stopped(line: str) -> str:
    """One sentence that ends as sentences do: on one line the next begins right after it."""
    if not line or unicodedata.category(line[-1]).startswith("P"):
        return line
    return f"{line}{'。' if unicodedata.east_asian_width(line[-1]) in 'WF' else '.'}"


def fitted(mark: str, head: str, said: str, tail: str) -> str:
    """`mark head: said tail` in one segment if need be without `said`; `mark` and `tail` whole."""
    mark, head, said, tail = plain(mark), plain(head), plain(said), plain(tail)
    first = f"{mark} {head}".strip()
    short = f"{first} {tail}".strip()
    if not said:
        return _marked(mark, short)
    whole = f"{first} {said} {tail}".strip()
    if segments(whole) == 1:
        return whole
    if segments(short) > 1:
        return _marked(mark, short)
    for end in range(len(said) - 1, LEAST - 1, -1):
        cut = f"{first} {said[:end].rstrip()}{_ELLIPSIS} {tail}".strip()
        if segments(cut) == 1:
            return cut
    return short


def _marked(mark: str, text: str) -> str:
    """The text, with the mark at the beginning of each segment where there are several."""
    if segments(text) == 1 or not mark:
        return text
    _, is_gsm = units(text)
    room = EACH[is_gsm]
    lines: list[str] = []
    for word in text.split(" "):
        grown = f"{lines[-1]} {word}" if lines else word
        if lines and units(grown)[0] + 1 <= room:
            lines[-1] = grown
        else:
            # A word that is longer than a segment, such as a long link, stays whole.
            lines.append(word if not lines else f"{mark} {word}")
    padded = [_padded(line, room) for line in lines[:-1]]
    return "".join([*padded, lines[-1]])


def _padded(line: str, room: int) -> str:
    """Filled up with blanks to the end of its segment, so that the next one begins there."""
    length, _ = units(line)
    return line + " " * (-length % room)
