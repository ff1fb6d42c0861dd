"""Text as Telegram measures it: cut, escaped, and told apart from what is beside it.

Rules of the room:
- Telegram counts UTF-16 units of what is read, after the markup is gone.
- What is cut ends in an ellipsis, never inside a letter with its marks, and closes every isolate
  it opened. Escaping comes after cutting, so no entity is ever cut.

>>> cut("fire in building B", 12)
'fire in bui…'
>>> size("🔥"), escape("<b>")
(2, '&lt;b&gt;')
"""

from __future__ import annotations

import unicodedata

OPEN, CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
RTL_MARK = "\N{RIGHT-TO-LEFT MARK}"
ELLIPSIS = "…"
_OPENING = "\u2066\u2067\u2068"
_JOINER = "\u200d"


def size(text: str) -> int:
    """Length in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(letter > "\uffff" for letter in text)


def escape(text: str) -> str:
    """`text` so that none of it is taken for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def apart(text: str, *, rtl: bool) -> str:
    """`text` isolated: its direction turns nothing around it. What cannot turn it stays."""
    if not text or (text.isascii() and not rtl):
        return text
    return f"{OPEN}{text}{CLOSE}"


def cut(text: str, longest: int) -> str:
    """`text` itself, or as much of it as leaves room for an ellipsis."""
    if size(text) <= longest:
        return text
    end = _reaches(text, longest - 1)
    while end > 0:
        while end > 0 and _clings(text, end):
            end -= 1
        kept = text[:end].rstrip()
        unclosed = max(0, sum(map(kept.count, _OPENING)) - kept.count(CLOSE))
        # What it takes to close the isolates must fit as well.
        if size(kept) + 1 + unclosed <= longest:
            return kept + ELLIPSIS + CLOSE * unclosed
        end -= 1
    return ELLIPSIS if longest > 0 else ""


def _reaches(text: str, units: int) -> int:
    """How many characters fit into `units`."""
    if text.isascii():
        return max(0, units)
    used = 0
    for at, letter in enumerate(text):
        used += 2 if letter > "\uffff" else 1
        if used > units:
            return at
    return len(text)


def _clings(text: str, at: int) -> bool:
    """True if the character at `at` belongs to the one before it."""
    if at >= len(text):
        return False
    letter = text[at]
    return (
        letter == _JOINER
        or text[at - 1] == _JOINER
        or "\U0001f3fb" <= letter <= "\U0001f3ff"  # a skin tone
        or ("\U0001f1e6" <= letter <= "\U0001f1ff" and _half_a_flag(text, at))
        or unicodedata.category(letter).startswith("M")
    )


def _half_a_flag(text: str, at: int) -> bool:
    """A flag is two letters of its own alphabet: an odd number before `at` is half of one."""
    before = at
    while before > 0 and "\U0001f1e6" <= text[before - 1] <= "\U0001f1ff":
        before -= 1
    return (at - before) % 2 == 1


def width(text: str) -> int:
    """How wide a label is on a phone: letters of East Asia and signs count double."""
    wide = 0
    for letter in text:
        if unicodedata.combining(letter) or letter in "\u200d\ufe0f\u2066\u2067\u2068\u2069":
            continue
        wide += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return wide
