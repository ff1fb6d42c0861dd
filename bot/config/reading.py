"""How settings are read: options over the environment over the file over the defaults.

Rules of the room:
- Whatever is wrong stops the start with one sentence that names the key, says what is wrong and
  what to write instead. A secret's value never appears in it.
- In the environment a key is `RENRAKU_`, the section, two underscores, the name:
  `RENRAKU_WEB__PORT=8080`. A list or a table is written as JSON.
- What settings there are is in `bot.config.sections`.

>>> load(None, web={"port": 9000}, environ={"RENRAKU_WEB__HOST": "0.0.0.0"}).web.base_url
'http://0.0.0.0:9000'
>>> load(None, environ={"RENRAKU_WEB__PROT": "80"})
Traceback (most recent call last):
    ...
bot.config.values.ConfigError: RENRAKU_WEB__PROT is not a setting: did you mean RENRAKU_WEB__PORT?
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config.explain import describe, example_line, find, keys_of, type_words
from bot.config.sections import NESTED, PREFIX, Origin, Settings
from bot.config.values import ConfigError, span_text

RESERVED = frozenset({"RENRAKU_CONFIG", "RENRAKU_AS"})
"""Names in the environment that are options of the command line, not settings."""


def load(
    path: Path | None, *, environ: Mapping[str, str] | None = None, **options: Any
) -> Settings:
    """The settings from `options`, the environment, the file at `path` and the defaults.

    `options` are sections by name, as in `web={"port": 9000}`; a value of `None` counts as not
    given. `environ` stands in for the environment of the process. Raises `ConfigError`.
    """
    given = _given(options)
    variables = _variables(os.environ if environ is None else environ)
    layers = (given, _tree(variables), _file(path) if path else {})
    origin = _Origin(given, variables, path)
    try:
        settings = Settings(layers=layers)  # type: ignore[call-arg]  # not a setting: the sources
        settings._came = _origins(layers, variables, path)
        return settings
    except ValidationError as error:
        problems = [_sentence(fault, origin) for fault in error.errors(include_url=False)]
    # Raised outside the handler: the faulty values must not travel along with the sentence.
    raise ConfigError(*problems)


def _origins(
    layers: tuple[Mapping[str, Any], ...],
    variables: Mapping[tuple[str, ...], str],
    file: Path | None,
) -> dict[tuple[str, ...], Origin]:
    """Where each value that was set comes from, by its path; never the value."""
    given, environ, written = layers
    found = dict.fromkeys(_paths(written), Origin("file", str(file)))
    for path in _paths(environ):
        names = [path[:length] for length in range(len(path), 0, -1) if path[:length] in variables]
        found[path] = Origin("environment", _variable(names[0] if names else path))
    return found | dict.fromkeys(_paths(given), Origin("option"))


def _paths(tree: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _paths(value, (*above, name))
        else:
            yield (*above, name)


# --- The layers ----------------------------------------------------------------------------


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _given(value) if isinstance(value, Mapping) else value
        for name, value in options.items()
        if value is not None
    }


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        problem = "does not exist: copy config.example.toml there or name another file"
    except IsADirectoryError:
        problem = "is a folder: name the file in it"
    except OSError as error:
        problem = f"cannot be read ({error.strerror}): mend its permissions or name another file"
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 at byte {error.start}: save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        # The parser's own words may quote the line, and the line may hold a secret.
        found = re.search(r"at (line \d+, column \d+|end of document)", str(error))
        where = f"at {found[1]}" if found else "in one place"
        problem = f'is not valid TOML {where}: texts need "quotes", and each key its own line'
    raise ConfigError(f"The configuration file {path} {problem}.")


def _variables(environ: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """The variables that are ours, by the path they set, each section before its keys."""
    return {
        tuple(name.removeprefix(PREFIX).lower().split(NESTED)): environ[name]
        for name in sorted(environ)
        if name.startswith(PREFIX) and name not in RESERVED
    }


def _tree(variables: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, text in variables.items():
        node = tree
        for part in path[:-1]:
            node = node.setdefault(part, {})
            if not isinstance(node, dict):
                name, section = _variable(path), _variable(path[:-1])
                raise ConfigError(f"{name} and {section} exclude each other: remove one of them.")
        node[path[-1]] = _value(text)
    return tree


def _value(text: str) -> object:
    if text.lstrip().startswith(("[", "{")):
        try:
            return json.loads(text)
        except ValueError:
            return text  # text that begins with a bracket, or a slip that its type will refuse
    return text


def _variable(path: tuple[str | int, ...]) -> str:
    return PREFIX + NESTED.join(str(part) for part in path).upper()


# --- The sentences -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Origin:
    """Where each value came from, so that the sentence can say where to mend it."""

    options: Mapping[str, Any]
    variables: Mapping[tuple[str, ...], str]
    file: Path | None

    def variable(self, loc: tuple[str | int, ...]) -> tuple[str, ...] | None:
        """The path of the variable that set what is at `loc`; not where an option overrode it."""
        if self._in_options(loc):
            return None
        names = tuple(str(part) for part in loc)
        for path in self.variables:
            if path[: len(names)] == names or names[: len(path)] == path:
                return path
        return None

    def place(self, loc: tuple[str | int, ...]) -> str:
        if self._in_options(loc) or self.file is None:
            return "among the options"
        return f"in {self.file}"

    def _in_options(self, loc: tuple[str | int, ...]) -> bool:
        node: Any = self.options
        for part in loc:
            if not isinstance(node, Mapping):
                return True
            if part not in node:
                return False
            node = node[part]
        return True


def _sentence(fault: ErrorDetails, origin: _Origin) -> str:
    of_key = fault["loc"][-1:] == ("[key]",)
    loc = fault["loc"][:-1] if of_key else fault["loc"]
    dotted = ".".join(str(part) for part in loc)
    path = origin.variable(loc)
    name = _variable(path) if path else f"{dotted} {origin.place(loc)}"

    if fault["type"] == "extra_forbidden":
        full = path or tuple(str(part) for part in loc)
        return f"{name} is not a setting: {_did_you_mean(full, loc, bool(path))}"

    found = find(loc, of_key=of_key)
    own_words = str(fault.get("ctx", {}).get("error", "")) if fault["type"] == "value_error" else ""
    if own_words:
        return f"{name} {own_words}."
    if found.is_section:
        return f"{name} must be a section: write [{dotted}] and its keys below it."
    if of_key:
        return f"{name} must be named {type_words(found)}."
    if path and len(path) >= len(loc):
        remedy = f"{name}={example_line(found, bare=True)}"
    else:
        remedy = f"`{loc[-1]} = {example_line(found)}`"
    if fault["type"] == "missing":
        return f"{name} is missing: write for example {remedy}."
    seen = "" if found.secret else _seen(fault["input"])
    return f"{name} must be {type_words(found)}{seen}: write for example {remedy}."


def _seen(value: object) -> str:
    if isinstance(value, timedelta):
        value = span_text(value)
    if isinstance(value, str):
        return f", not {json.dumps(value[:40], ensure_ascii=False)}"
    if isinstance(value, bool | int | float):
        return f", not {json.dumps(value)}"
    return ""


def _did_you_mean(full: tuple[str, ...], loc: tuple[str | int, ...], in_environment: bool) -> str:
    """The most likely meaning of an unknown key; else what there is beside it."""
    known = {line.key: line.key.split(".") for line in describe()}
    squashed = {re.sub(r"[._-]", "", dotted): dotted for dotted in known}
    siblings = keys_of(loc[:-1])
    section = [str(part) for part in loc[:-1]]
    last = full[-1]
    meant: list[str] | None = None
    plain = re.sub(r"[._-]", "", "".join(full))
    if plain in squashed and squashed[plain] != ".".join(full):
        # The same letters, only parted otherwise: RENRAKU_TELEGRAM_TOKEN.
        meant = known[squashed[plain]]
    elif close := get_close_matches(str(loc[-1]), siblings, n=1):
        meant = [*section, close[0], *full[len(loc) :]]
    elif near := get_close_matches(re.sub(r"[._-]", "", "".join(full)), squashed, 1, 0.85):
        meant = known[squashed[near[0]]]
    else:
        meant = next((parts for parts in known.values() if parts[-1] == last), None)
    if meant:
        return f"did you mean {_variable(tuple(meant)) if in_environment else '.'.join(meant)}?"
    where = f"[{'.'.join(section)}] knows" if section else "there are"
    return f"{where} {', '.join(siblings)}."
