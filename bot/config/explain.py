"""Settings explained to people: what a value may be, and the example file.

Rules of the room:
- Everything here is read off the classes in `bot.config.sections`; nothing is written twice.
- In the example file every key stands at its default behind a bare `#`; prose stands behind
  `# ` with a space. Removing every bare `#` gives a file that loads.

`python -m bot.config` prints the example file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bot.config.platforms import BUILT_IN_LANES
from bot.config.sections import BUILT_IN_KINDS, Settings
from bot.config.values import span_text


class Setting(NamedTuple):
    """One setting as it is explained: `default` is written as TOML, "" where there is none."""

    key: str
    type: str
    default: str
    sentence: str


@dataclass(frozen=True)
class Found:
    """What stands at a place in the settings: its type, and its field where it has one."""

    annotation: Any
    metadata: tuple[Any, ...] = ()
    field: FieldInfo | None = None
    attribute: str = ""

    @property
    def extra(self) -> Mapping[str, Any]:
        extra = self.field.json_schema_extra if self.field else None
        return extra if isinstance(extra, dict) else {}

    @property
    def is_section(self) -> bool:
        return _model(self.annotation) is not None

    @property
    def secret(self) -> bool:
        return self.is_section or bool(self.extra.get("secret"))


def _model(annotation: Any) -> type[BaseModel] | None:
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_model else None


def _plain(annotation: Any, metadata: tuple[Any, ...] = ()) -> tuple[Any, tuple[Any, ...]]:
    """A type without `Annotated` and `| None`, and what they said about it."""
    if get_origin(annotation) is Annotated:
        inner, *said = get_args(annotation)
        return _plain(inner, (*metadata, *said))
    args = get_args(annotation)
    if type(None) in args:
        return _plain(next(arg for arg in args if arg is not type(None)), metadata)
    return annotation, metadata


def _fields(model: type[BaseModel]) -> dict[str, Found]:
    return {
        field.alias or name: Found(*_plain(field.annotation, tuple(field.metadata)), field, name)
        for name, field in model.model_fields.items()
    }


def find(loc: tuple[str | int, ...], *, of_key: bool = False) -> Found:
    """What stands at `loc`; with `of_key`, what the names in that table must be."""
    here = Found(Settings)
    for index, part in enumerate(loc):
        if model := _model(here.annotation):
            here = _fields(model).get(str(part), Found(object))
        elif args := get_args(here.annotation):
            last = of_key and index == len(loc) - 1
            here = Found(*_plain(args[0] if last else args[-1]), here.field)
    return here


def keys_of(loc: tuple[str | int, ...]) -> list[str]:
    """The names that a section knows."""
    model = _model(find(loc).annotation)
    return list(_fields(model)) if model else []


# --- What a value may be -------------------------------------------------------------------


def type_words(found: Found) -> str:
    """What a value must be, to follow "must be"."""
    if words := found.extra.get("words"):
        return str(words)
    said = {
        name: getattr(each, name)
        for each in _flat(found.metadata)
        for name in ("ge", "le", "min_length", "max_length", "words")
        if getattr(each, name, None) is not None
    }
    if "words" in said:
        return str(said["words"])
    kind, args = found.annotation, get_args(found.annotation)
    if get_origin(kind) is Literal:
        return f"one of {', '.join(_toml(arg) for arg in args)}"
    between = ""
    if "ge" in said and "le" in said:
        low, high = (_toml(said[name]).strip('"') for name in ("ge", "le"))
        between = f" from {low} to {high}"
    if kind is timedelta:
        return f'a duration{between}, written like "90s", "5m", "2h" or "7d"'
    if kind is bool:
        return "true or false"
    if kind is int:
        return f"a whole number{between}"
    if kind is float:
        return f"a number{between}"
    if get_origin(kind) is list:
        return "a list of texts"
    if get_origin(kind) is dict:
        return "a table"
    if kind is Path:
        return "a path"
    if "max_length" in said:
        return f"text of {said.get('min_length', 0)} to {said['max_length']} characters"
    return "text"


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    for each in metadata:
        yield each
        if isinstance(each, FieldInfo):
            yield from each.metadata


def _toml(value: Any) -> str:
    if isinstance(value, timedelta):
        return f'"{span_text(value)}"'
    if isinstance(value, dict):
        inside = ", ".join(f"{name} = {_toml(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Path):
        value = "" if value == Path() else str(value)
    if value is None or isinstance(value, SecretStr):
        return '""'
    return json.dumps(value, ensure_ascii=False)


def example_line(found: Found, *, bare: bool = False) -> str:
    """A value that would be accepted; `bare` as the environment has it."""
    default = found.field.default if found.field else PydanticUndefined
    if get_origin(found.annotation) is list or isinstance(default, list):
        text = '["one", "two"]'
    elif get_origin(found.annotation) is dict or isinstance(default, dict):
        text = '{ en = "Fire" }'
    elif default is not PydanticUndefined:
        text = _toml(default)
    elif get_origin(found.annotation) is Literal:
        text = _toml(get_args(found.annotation)[-1])
    elif found.annotation is timedelta:
        text = '"5m"'
    else:
        text = "2" if found.annotation in (int, float) else '"text"'
    if bare and text.startswith("{"):
        return '{"en": "Fire"}'
    return text.strip('"') if bare else text


# --- The example file ----------------------------------------------------------------------


def describe() -> list[Setting]:
    """Every setting. In tables whose names are free, `<name>` stands for the name."""
    return list(_describe(Settings(), _fields(Settings), ""))


def _describe(values: BaseModel | None, fields: dict[str, Found], prefix: str) -> Iterator[Setting]:
    for name, found in fields.items():
        dotted = f"{prefix}{name}"
        if model := _model(found.annotation):
            inner = getattr(values, found.attribute)
            yield from _describe(inner, _fields(model), f"{dotted}.")
        elif free := _free(found):
            yield from _describe(None, _fields(free), f"{dotted}.<name>.")
        else:
            assert found.field is not None  # noqa: S101 - every setting is a field
            default = found.field.default if values is None else getattr(values, found.attribute)
            text = "" if default is PydanticUndefined else _toml(default)
            yield Setting(dotted, type_words(found), text, found.field.description or "")


def _free(found: Found) -> type[BaseModel] | None:
    """The section behind each name of a table whose names are free."""
    below = get_args(found.annotation)[-1:]
    return _model(below[0]) if below else None


_HEAD = """\
# Every setting of Renraku, at its default. To change one, remove the # in front of it.
#
# The environment counts more than this file: RENRAKU_WEB__PORT=8080 is web.port.
# A length of time is written like "90s", "5m", "2h" or "7d".
# Files and folders are looked for in the folder where Renraku is started.
"""

_OWN_KIND = """\
# A kind of your own, beside these:
#robot.severity = "serious"
#robot.labels = { en = "Robot stopped", ja = "ロボット停止" }
#robot.words = ["robot", "ロボット"]
#robot.hidden = false
"""

_OWN_HOOK = """\
# A gateway that posts to web.public_url/hooks/sms_gateway:
#sms_gateway.channel = "sms"
#sms_gateway.secret_file = "sms_gateway.secret"
#sms_gateway.sender = "From"
#sms_gateway.text = "Body"
#sms_gateway.id = "MessageSid"
#sms_gateway.status = "MessageStatus"
#sms_gateway.recipient = "To"
"""


def example() -> str:
    """The text of `config.example.toml`."""
    parts = [_HEAD]
    header = ""
    for setting in describe():
        section, _, name = setting.key.rpartition(".")
        if section != header:
            header = section
            parts.append(_header(section))
        if "<name>" in section:
            parts.append(f"# <name>.{name}: {setting.sentence}\n")
            free = section.partition(".")[0]
            if name == keys_of((free, "x"))[-1]:
                parts.append(_free_names(free))
        else:
            parts.append(f"\n# {setting.sentence}\n#{name} = {setting.default}\n")
    return "".join(parts)


def _header(section: str) -> str:
    section = section.partition(".<name>")[0]
    sentence = "".join(
        found.field.description or ""
        for found in [find(tuple(section.split(".")))]
        if found.field is not None
    )
    return f"\n\n# {sentence}\n[{section}]\n"


def _free_names(section: str) -> str:
    if section == "lanes":
        paces = "".join(
            f"#{lane}.{name} = {_toml(value)}\n"
            for lane, pace in BUILT_IN_LANES.items()
            for name, value in pace.items()
        )
        return f"\n{paces}"
    if section == "hooks":
        return f"\n{_OWN_HOOK}"
    built_in = "".join(
        f"#{name}.severity = {_toml(severity)}\n" for name, severity in BUILT_IN_KINDS.items()
    )
    return f"\n{built_in}\n{_OWN_KIND}"
