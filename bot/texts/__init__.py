"""Words by key: one Project Fluent file a language, dates and numbers by Babel.

Rules of the room:
- A sentence people read stands in a `.ftl` file here and nowhere else.
- Nothing here fails because of a missing word: a key that a language lacks is said in English,
  one that nobody has is shown in brackets; both are counted in `Texts.missing` and logged.
- Whatever is put into a sentence is isolated, so that a name written from left to right does
  not turn an Arabic line around. An unbalanced direction mark in a value is taken out.
- Times are on a 24-hour clock: it reads the same in every language, and morning is not taken
  for evening. Digits are Latin everywhere.

>>> words = Texts().words("ar", "Asia/Riyadh")
>>> words.number(1234), words.span(3900)
('1,234', 'ساعة و5 دقائق')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from babel import Locale
from babel.dates import format_skeleton, format_timedelta, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit
from fluent.runtime import FluentBundle, FluentResource

from bot.people import LANGUAGES

FALLBACK = "en"
CACHED = 4096
"""How many times of day are kept as text; then the cache starts anew."""

_MESSAGE = re.compile(r"^([A-Za-z][\w-]*) *=.*(?:\n(?![A-Za-z#-]).*)*", re.M)
"""A key at the beginning of a line, and all that follows up to another or a comment."""
_LIST = "|"
_OPEN, _CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_FULL_UNITS = frozenset({"en", "ar"})
"""Where Babel has units written out; elsewhere the short form is the full one."""

log = structlog.get_logger("texts")


class Language:
    """The messages of one file. Each is parsed when it is first said: all of them would take a
    second at every start, of every command."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.locale = Locale.parse(name.replace("-", "_"))
        self.bundle = FluentBundle([name])
        source = resources.files(__name__).joinpath(f"{name}.ftl").read_text(encoding="utf-8")
        self.written = {found[1]: found[0] for found in _MESSAGE.finditer(source)}
        """Every message as it stands in the file, by key."""
        self._fixed: dict[str, str] = {}
        self._lists: dict[str, tuple[str, ...]] = {}

    def say(self, key: str, args: Mapping[str, Any]) -> str:
        """The message `key`, which this language must have."""
        if not args:
            found = self._fixed.get(key)
            if found is None:
                found = self._fixed[key] = self._format(key, {})
            return found
        return self._format(key, {name: _harmless(value) for name, value in args.items()})

    def _format(self, key: str, args: dict[str, Any]) -> str:
        if not self.bundle.has_message(key):
            self.bundle.add_resource(FluentResource(self.written[key]))
        pattern = self.bundle.get_message(key).value
        if pattern is None:
            return ""
        text, errors = self.bundle.format_pattern(pattern, args)
        if errors:
            log.warning("text.faulty", language=self.name, key=key)
        return str(text)

    def list_of(self, key: str) -> tuple[str, ...]:
        """A message that lists words people type; empty where there is none."""
        found = self._lists.get(key)
        if found is None:
            if key not in self.written:
                return ()
            parts = self.say(key, {}).split(_LIST)
            found = self._lists[key] = tuple(p.strip() for p in parts if p.strip())
        return found


def _harmless(value: Any) -> Any:
    """A value that cannot turn the sentence around it."""
    if not isinstance(value, str) or value.isprintable():
        return value
    plain = _OVERRIDES.sub("", value)
    depth = 0
    for mark in _ISOLATES.findall(plain):
        depth += -1 if mark == _CLOSE else 1
        if depth < 0:
            break
    return _ISOLATES.sub("", plain) if depth else plain


@cache
def _language(name: str) -> Language:
    """Read once a process: it never changes."""
    return Language(name)


class Texts:
    """Every language. `language` and `time_zone` serve whoever has none."""

    def __init__(self, language: str = FALLBACK, time_zone: str = "UTC") -> None:
        self.languages = {name: _language(name) for name in LANGUAGES}
        self.language = language if language in self.languages else FALLBACK
        self.time_zone = time_zone
        self.missing: Counter[tuple[str, str]] = Counter()
        """How often a word was wanted in a language that lacks it, by (language, key)."""
        self._words: dict[tuple[str, str], Words] = {}
        self._every: dict[str, dict[str, tuple[str, ...]]] = {}

    def words(self, language: str, time_zone: str = "") -> Words:
        """Words in a language and time zone; one that is unknown is replaced by the default."""
        found = self._words.get((language, time_zone))
        if found is None:
            spoken = self.languages.get(language) or self.languages[self.language]
            zone = _zone(time_zone) or _zone(self.time_zone) or UTC
            found = self._words[language, time_zone] = Words(self, spoken, zone)
        return found

    def every(self, key: str) -> dict[str, tuple[str, ...]]:
        """A list of typed words in each language that has it."""
        found = self._every.get(key)
        if found is None:
            lists = {name: language.list_of(key) for name, language in self.languages.items()}
            found = self._every[key] = {name: words for name, words in lists.items() if words}
        return found

    def anywhere(self, key: str) -> tuple[str, ...]:
        """The words of `every` in one row, each once."""
        return tuple(dict.fromkeys(w for words in self.every(key).values() for w in words))

    def say(self, language: Language, key: str, args: Mapping[str, Any]) -> str:
        """`key` in `language`, else in English, else in brackets."""
        if key in language.written:
            return language.say(key, args)
        if not self.missing[language.name, key]:
            log.warning("text.missing", language=language.name, key=key)
        self.missing[language.name, key] += 1
        english = self.languages[FALLBACK]
        return english.say(key, args) if key in english.written else f"[{key}]"


class Words:
    """How to say things to one reader: a language and a time zone."""

    __slots__ = ("_language", "_texts", "_times", "_zone")

    def __init__(self, texts: Texts, language: Language, zone: tzinfo) -> None:
        self._texts = texts
        self._language = language
        self._zone = zone
        self._times: dict[tuple[datetime, int], str] = {}

    @property
    def language(self) -> str:
        return self._language.name

    @property
    def zone(self) -> str:
        """The time zone in which moments are told, by name."""
        return str(self._zone)

    def say(self, key: str, /, **args: str | int) -> str:
        """The message `key` with its values; numbers choose the plural."""
        return self._texts.say(self._language, key, args)

    def has(self, key: str) -> bool:
        """True if the message exists in this language or in English."""
        return key in self._language.written or key in self._texts.languages[FALLBACK].written

    def list_of(self, key: str) -> tuple[str, ...]:
        """Words people type, from a message that separates them by `|`."""
        return self._language.list_of(key) or self._texts.languages[FALLBACK].list_of(key)

    def when(self, at: datetime, now: datetime) -> str:
        """The time of day if `at` is today, else the date as well; in the reader's zone."""
        here, today = at.astimezone(self._zone), now.astimezone(self._zone)
        near = 0 if here.date() == today.date() else 1 if here.year == today.year else 2
        minute = here.replace(second=0, microsecond=0, tzinfo=None)
        text = self._times.get((minute, near))
        if text is None:
            if len(self._times) >= CACHED:
                self._times.clear()
            text = self._times[minute, near] = self._moment(minute, near)
        return text

    def exactly(self, at: datetime) -> str:
        """Date and time for files, the same in every language: 2026-03-11 14:46:05."""
        return at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M:%S")

    def _moment(self, at: datetime, near: int) -> str:
        locale = self._language.locale
        time: str = format_skeleton("Hm", at, locale=locale)
        if not near:
            return time
        day: str = format_skeleton("MMMd" if near == 1 else "yMMMd", at, locale=locale)
        joint = str(get_datetime_format("medium", locale)).replace("'", "")
        return joint.replace("{1}", day).replace("{0}", time)

    def ago(self, at: datetime, now: datetime) -> str:
        """How long ago, in one whole unit: "5 minutes ago"."""
        seconds = int((now - at).total_seconds())
        if seconds < 60:
            return self.say("just-now")
        size = next(size for _, size in _UNITS if seconds >= size)
        whole = timedelta(seconds=seconds // size * size)
        return format_timedelta(
            -whole, threshold=1, add_direction=True, locale=self._language.locale
        )

    def span(self, seconds: float) -> str:
        """A length of time in its two largest units: "1 hour, 5 minutes"."""
        left = max(1, round(seconds))
        parts: list[str] = []
        length = "long" if self.language in _FULL_UNITS else "short"
        for unit, size in _UNITS:
            count, left = divmod(left, size)
            if count:
                parts.append(
                    format_unit(count, f"duration-{unit}", length, locale=self._language.locale)  # type: ignore[arg-type]
                )
            if len(parts) == 2 or (parts and not count):
                break
        # Babel's Arabic pattern for two units says the second one twice.
        style = "standard" if self.language == "ar" else "unit"
        return format_list(parts, style, locale=self._language.locale)  # type: ignore[arg-type]

    def number(self, number: float) -> str:
        return format_decimal(number, locale=self._language.locale)

    def money(self, amount: float, currency: str) -> str:
        """An amount as it is written here: "¥1,200", "$ 3.40"."""
        return format_currency(amount, currency, locale=self._language.locale)

    def join(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence: "A, B, and C"."""
        isolated = [f"{_OPEN}{_harmless(name)}{_CLOSE}" for name in names]
        return format_list(isolated, locale=self._language.locale) if isolated else ""

    def dotted(self, parts: Sequence[str]) -> str:
        """Short facts in one line, empty ones left out."""
        return " · ".join(f"{_OPEN}{_harmless(part)}{_CLOSE}" for part in parts if part)


@cache
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
