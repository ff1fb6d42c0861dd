"""What somebody probably meant: one cell parsed, or the closest match of what it says.

Rules of the room:
- The work is bounded: so many searches a list, and keys are looked up, never searched for.
- What may be an address is not repeated.

>>> language("Japanes", Nearest())
Wrong(code='language', args={'value': "'Japanes'", 'near': 'ja'})
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from bot.people import Role
from bot.roster.findings import NOTHING, quotable
from bot.roster.titles import (
    CHINESE,
    LANGUAGE_WORDS,
    MARKS,
    MAX_KEY,
    ROLE_WORDS,
    YES_NO_WORDS,
    ZONE_HINTS,
    fold,
    places,
    time_zones,
)

MAX_SUGGESTIONS = 100
"""Closest matches looked for in one file; whoever has more mistakes has one cause."""
MAX_LETTERS = 80


class Wrong(NamedTuple):
    """A cell that cannot be read, as the code of its problem and the problem's arguments."""

    code: str
    args: Mapping[str, str] = NOTHING


def shown(text: str) -> str:
    """`text` in quotes, unless it may be an address in the wrong column."""
    return f"'{text[:40]}'" if quotable(text) else "What is written here"


class Nearest:
    """The closest match of what somebody wrote, as an argument of the problem; so many times."""

    def __init__(self) -> None:
        self._left = MAX_SUGGESTIONS

    def spend(self, text: str) -> bool:
        """True if one more search is granted."""
        granted = self._left > 0 and len(text) <= MAX_KEY
        self._left -= granted
        return granted

    def word(self, text: str, words: Mapping[str, str]) -> dict[str, str]:
        """What the word nearest to `text` stands for."""
        near = get_close_matches(fold(text), words, n=1, cutoff=0.6) if self.spend(text) else None
        return {"near": words[near[0]]} if near else {}

    def key(self, key: str, keys: Keys) -> dict[str, str]:
        """The key probably meant: the same but for zeros, case or marks; a person of this name;
        or one slip away. Each is looked up, so 100,000 keys cost no more than ten."""
        if not self.spend(key):
            return {}
        near = keys.alike.get(bare(key)) or keys.alike.get(fold(key))
        if not near:
            near = next((slip for slip in _slips(key, keys.letters) if slip in keys.lines), "")
        return {"near": near} if near else {}


class Keys:
    """Every key of a list, arranged for finding the one that was meant."""

    def __init__(self, lines: Mapping[str, int], names: Mapping[str, str]) -> None:
        self.lines = lines
        self.alike = {fold(name): key for key, name in names.items()}
        self.alike |= {bare(key): key for key in names}
        self.alike.pop("", None)
        letters = sorted(set().union(*lines))
        self.letters = "".join(letters) if len(letters) <= MAX_LETTERS else ""
        self._longest = max(map(len, lines), default=0)

    def shown(self, key: str) -> str:
        """`key` in quotes, unless it is longer than any key: then it may be an address."""
        address = "@" in key or key.startswith("+") or len(key) > self._longest + 1
        return "written here" if address and not key.isalpha() else f"'{key[:MAX_KEY]}'"


def bare(key: str) -> str:
    """What a key comes down to when a spreadsheet drops zeros and people ignore case."""
    return fold(key).lstrip("0")


def _slips(key: str, letters: str) -> Iterator[str]:
    """Every text one slip away from `key`: two letters swapped, one missing, wrong or too many."""
    for i in range(len(key) + 1):
        before, after = key[:i], key[i:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        yield from (before + letter + after for letter in letters)


def language(text: str, nearest: Nearest) -> str | Wrong:
    """The code of a language by its code or its name, in any of the five."""
    found = LANGUAGE_WORDS.get(fold(text))
    primary = re.split("[-_]", text.lower())[0]
    if not found and primary in ("en", "ja", "ar") and re.fullmatch(r"[\w-]{4,12}", text):
        found = primary  # en-GB, ja_JP, ar-EG
    if found:
        return found
    if primary == "zh" or fold(text) in CHINESE:
        return Wrong("chinese", {"value": shown(text)})
    return Wrong("language", {"value": shown(text), **nearest.word(text, LANGUAGE_WORDS)})


def time_zone(text: str, nearest: Nearest) -> str | Wrong:
    """The IANA name of a time zone; a city or a country is only suggested."""
    found = time_zones().get(text.lower().replace(" ", "_"))
    if found:
        return found
    near = ZONE_HINTS.get(fold(text)) or places().get(fold(text))
    more = {"near": near} if near else nearest.word(text, places())
    return Wrong("time_zone", {"value": shown(text), **more})


def roles(text: str, nearest: Nearest) -> frozenset[Role] | Wrong:
    """The roles named; "staff" is nobody's in particular and left out."""
    found: set[str] = set()
    for part in filter(None, map(str.strip, re.split("[,;/|\n、，；،؛]", text))):
        words = [part] if fold(part) in ROLE_WORDS else part.split()
        for word in words:
            if fold(word) not in ROLE_WORDS:
                return Wrong("role", {"value": shown(word), **nearest.word(word, ROLE_WORDS)})
            found.add(ROLE_WORDS[fold(word)])
    return frozenset(map(Role, found)) - {Role.STAFF}


def yes_no(text: str, nearest: Nearest) -> bool | Wrong:
    """Yes or no, as a word or a mark."""
    found = MARKS.get(text) or YES_NO_WORDS.get(fold(text))
    if found:
        return found == "yes"
    return Wrong("yes_no", {"value": shown(text), **nearest.word(text, YES_NO_WORDS)})
