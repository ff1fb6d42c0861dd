"""What the value of a setting may be, and the words for one that may not.

Rules of the room:
- Each kind of value reads what people write (`"5m"`) and refuses the rest with a sentence that
  follows the key: `must be a time zone such as ...`. A secret is never part of it.

>>> span("1h30m") == span("5400s")
True
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

Language = Literal["en", "ja", "zh-Hant", "zh-Hans", "ar"]
Severity = Literal["routine", "serious", "critical"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class ConfigError(Exception):
    """The settings cannot be used. `str()` is one sentence; `problems` holds one for each fault."""

    def __init__(self, *problems: str) -> None:
        super().__init__(problems[0])
        self.problems = problems


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def span(value: object) -> timedelta:
    """A length of time from `"90s"`, `"5m"`, `"2h"`, `"7d"`, `"1h30m"`, or 0.

    A number alone is refused: one takes 60 for minutes, another for seconds.

    >>> span("1h30m") == span("5400s")
    True
    """
    if isinstance(value, timedelta):
        return value
    text = str(value).strip().lower()
    if text == "0" and not isinstance(value, bool):
        return timedelta()
    if not re.fullmatch(r"([0-9]{1,10}[smhd])+", text):
        raise ValueError
    return timedelta(
        seconds=sum(int(n) * _UNITS[unit] for n, unit in re.findall(r"([0-9]+)([smhd])", text))
    )


def span_text(value: timedelta) -> str:
    """A length of time as it is written in the file.

    >>> span_text(span("5400s")), span_text(span("48h"))
    ('90m', '2d')
    """
    seconds = int(value.total_seconds())
    unit = max((u for u, n in _UNITS.items() if seconds % n == 0), key=lambda u: _UNITS[u])
    return f"{seconds // _UNITS[unit]}{unit}" if seconds else "0s"


Span = Annotated[timedelta, BeforeValidator(span)]


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f'must be a time zone such as "UTC" or "Asia/Tokyo", not {json.dumps(value[:40])}'
        ) from None
    return value


def _public_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        fit = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        fit = fit and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        fit = False
    if value and not fit:
        raise ValueError(
            'must be the address people open, such as "https://renraku.example.org", or ""'
        )
    return value.rstrip("/")


def _database_url(value: str) -> str:
    if re.match(r"sqlite:///.|postgresql://[^/]*/.", value) is None:
        raise ValueError(
            'must look like "sqlite:///renraku.db" or "postgresql://user:password@host/name"'
        )
    return value


def decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        raise ValueError("must be 32 bytes in base64: make one with `openssl rand -base64 32`")
    return raw


def _master_key(value: SecretStr | None) -> SecretStr | None:
    if value is None or not value.get_secret_value():
        return None
    decoded(value.get_secret_value())
    return value


@dataclass(frozen=True)
class Named:
    """What a text must be, in words, where its pattern would say nothing to people."""

    words: str


Name = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]{1,30}$"),
    Named("with 2 to 31 small letters, digits or _, a letter first"),
]

KeyNumber = Annotated[int, Field(ge=1, le=1_000_000)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
MasterKey = Annotated[SecretStr | None, AfterValidator(_master_key)]
Words = Annotated[str, Field(min_length=1, max_length=80)]


def key(
    default: Any,
    sentence: str,
    low: Any = None,
    high: Any = None,
    **more: Any,
) -> Any:
    """A setting: its default as people write it, its sentence, its limits (both included)."""
    limits = {"ge": low, "le": high}
    for limit, value in limits.items():
        if value is not None:
            more[limit] = span(value) if isinstance(value, str) else value
    return Field(default=default, description=sentence, **more)


class Section(BaseModel):
    """A table of the file. Frozen: settings never change while Renraku runs."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )
