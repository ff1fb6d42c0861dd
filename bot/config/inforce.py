"""The settings in force, for people who look after the house: what is set, and where.

Rules of the room:
- Grouped and worded as in `config.example.toml`, read off the same classes.
- Of a secret only whether there is one; of the database its address without the password.

>>> from bot.config import load
>>> groups = {group.name: group for group in in_force(load(None, web={"port": 9000}))}
>>> port = next(line for line in groups["web"].lines if line.key == "port")
>>> port.value, port.default, port.origin.kind
('9000', '8080', 'option')
>>> [(line.value, line.secret) for line in groups["telegram"].lines if line.key == "token"]
[('', True)]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from bot.config.explain import Found, _fields, _free, _model, _toml, find
from bot.config.sections import Origin, Settings


class Line(NamedTuple):
    """One setting: `value` and `default` as they are written in the file."""

    key: str
    value: str
    """Of a secret: empty where there is none."""
    default: str
    sentence: str
    origin: Origin
    secret: bool = False

    @property
    def changed(self) -> bool:
        return self.origin.kind != "default"


class Group(NamedTuple):
    """A section of the file."""

    name: str
    """Empty for what stands above all sections."""
    sentence: str
    lines: tuple[Line, ...]

    @property
    def top(self) -> str:
        """The section it is part of: `lanes` of `lanes.slack`."""
        return self.name.partition(".")[0]


def sections(settings: Settings) -> list[tuple[str, tuple[Group, ...]]]:
    """The same, those of one section of the file together, in the order of the file."""
    return [(name, tuple(groups)) for name, groups in groupby(in_force(settings), lambda g: g.top)]


def in_force(settings: Settings) -> list[Group]:
    """Every setting as it is now, in the order of the file."""
    return list(_groups(settings, settings, ()))


def _groups(settings: Settings, model: BaseModel, path: tuple[str, ...]) -> Iterator[Group]:
    fields = _fields(type(model))
    plain = {n: f for n, f in fields.items() if not _model(f.annotation) and not _free(f)}
    lines = tuple(_line(settings, model, found, (*path, name)) for name, found in plain.items())
    if lines:
        yield Group(".".join(path), _sentence(path), lines)
    for name, found in fields.items():
        if name in plain:
            continue
        inner = getattr(model, found.attribute)
        for below, each in inner.items() if _free(found) else [("", inner)]:
            yield from _groups(settings, each, (*path, name, below) if below else (*path, name))


def _sentence(path: tuple[str, ...]) -> str:
    for length in range(len(path), 0, -1):
        found = find(path[:length])
        if found.field is not None:
            return found.field.description or ""
    return ""


def _line(settings: Settings, model: BaseModel, found: Found, path: tuple[str, ...]) -> Line:
    assert found.field is not None  # noqa: S101 - every setting is a field
    value, default = getattr(model, found.attribute), found.field.default
    sentence, origin = found.field.description or "", settings.origin(*path)
    shown = "" if default is PydanticUndefined else _toml(default)
    if path == ("database", "url"):
        return Line(path[-1], _toml(settings.database.shown), shown, sentence, origin)
    if isinstance(value, SecretStr) or found.secret:
        given = value.get_secret_value() if isinstance(value, SecretStr) else value
        return Line(path[-1], "set" if given else "", "", sentence, origin, secret=True)
    return Line(path[-1], _toml(value), shown, sentence, origin)
