"""Block Kit's rules as data: what an object must have, may have and must not have.

Rules of the room:
- A rule looks at one value and reports through the `Check` what the platform would report:
  a sentence and the JSON pointer of the place.
- Whatever is not named is refused: the platform refuses unknown properties too.
- Lengths are counted in characters, as the platform counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Rule = Callable[[Any, str, "Check"], None]


@dataclass(slots=True)
class Check:
    """One look through a message or a view; `surface` is `message`, `modal` or `home`."""

    surface: str
    problems: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    focused: int = 0

    def fault(self, at: str, what: str) -> None:
        self.problems.append(f"{what} [json-pointer:{at or '/'}]")


@dataclass(frozen=True, slots=True)
class Need:
    """A property that must be there."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class May:
    """A property that may be there."""

    rule: Rule


Shape = Mapping[str, Need | May]


def fits(value: Any, at: str, check: Check, shape: Shape) -> bool:
    """Hold an object against its shape; `type` has been looked at before."""
    if not isinstance(value, dict):
        check.fault(at, "must provide an object")
        return False
    before = len(check.problems)
    for name, wanted in shape.items():
        if value.get(name) is None:
            if isinstance(wanted, Need):
                check.fault(at, f"missing required field: {name}")
            continue
        wanted.rule(value[name], f"{at}/{name}", check)
    for name in value:
        if name != "type" and name not in shape:
            check.fault(at, f"invalid additional property: {name}")
    return len(check.problems) == before


def string(longest: int, shortest: int = 0) -> Rule:
    def look(value: Any, at: str, check: Check) -> None:
        if not isinstance(value, str):
            check.fault(at, "must be a string")
        elif len(value) > longest:
            check.fault(at, f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            check.fault(at, f"must be more than {shortest - 1} characters")

    return look


def matching(pattern: str, what: str) -> Rule:
    compiled = re.compile(pattern)

    def look(value: Any, at: str, check: Check) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            check.fault(at, f"must match {what}")

    return look


def one_of(*words: str) -> Rule:
    def look(value: Any, at: str, check: Check) -> None:
        if value not in words:
            check.fault(at, f"must be a valid enum value: {', '.join(words)}")

    return look


def boolean(value: Any, at: str, check: Check) -> None:
    if not isinstance(value, bool):
        check.fault(at, "must be a boolean")


def focus(value: Any, at: str, check: Check) -> None:
    """Only one element of a view may ask for the cursor."""
    boolean(value, at, check)
    if value is True:
        check.focused += 1
        if check.focused > 1:
            check.fault(at, "focus_on_load can only be set on one element")


def whole(least: int, most: int) -> Rule:
    def look(value: Any, at: str, check: Check) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            check.fault(at, "must be an integer")
        elif not least <= value <= most:
            check.fault(at, f"must be between {least} and {most}")

    return look


def each(rule: Rule, most: int, least: int = 1) -> Rule:
    def look(value: Any, at: str, check: Check) -> None:
        if not isinstance(value, list):
            check.fault(at, "must be an array")
            return
        if len(value) > most:
            check.fault(at, f"no more than {most} items allowed")
        if len(value) < least:
            check.fault(at, f"no fewer than {least} items allowed")
        for index, item in enumerate(value):
            rule(item, f"{at}/{index}", check)

    return look


def by_type(kinds: Callable[[], Mapping[str, Rule]], allowed: Sequence[str]) -> Rule:
    """An object whose `type` is one of those that may stand here."""

    def look(value: Any, at: str, check: Check) -> None:
        if not isinstance(value, dict):
            check.fault(at, "must provide an object")
        elif "type" not in value:
            check.fault(at, "missing required field: type")
        elif value["type"] not in allowed:
            check.fault(f"{at}/type", f"unsupported type: {value['type']}")
        else:
            kinds()[value["type"]](value, at, check)

    return look


# --- Composition objects -------------------------------------------------------------------

_PLAIN: Shape = {"text": Need(string(1 << 20)), "emoji": May(boolean)}
_MRKDWN: Shape = {"text": Need(string(1 << 20)), "verbatim": May(boolean)}


def text(longest: int, *kinds: str) -> Rule:
    """A text object, at least one character long; of any kind where none is named."""
    allowed = kinds or ("plain_text", "mrkdwn")

    def look(value: Any, at: str, check: Check) -> None:
        if not isinstance(value, dict):
            check.fault(at, "must provide an object")
            return
        kind = value.get("type")
        if kind not in allowed:
            check.fault(f"{at}/type", f"must be one of: {', '.join(allowed)}")
            return
        if fits(value, at, check, _PLAIN if kind == "plain_text" else _MRKDWN):
            string(longest, 1)(value["text"], f"{at}/text", check)

    return look


def plain(longest: int) -> Rule:
    return text(longest, "plain_text")


def shaped(shape: Shape) -> Rule:
    def look(value: Any, at: str, check: Check) -> None:
        fits(value, at, check, shape)

    return look


def option(*kinds: str, url: bool = False) -> Rule:
    """One option: text 75, value 150, description 75; `url` in overflow menus alone."""
    shape: dict[str, Need | May] = {
        "text": Need(text(75, *kinds)),
        "value": Need(string(150, 1)),
        "description": May(text(75, *kinds)),
    }
    if url:
        shape["url"] = May(string(3000))
    return shaped(shape)


CONFIRM = shaped(
    {
        "title": Need(plain(100)),
        "text": Need(text(300)),
        "confirm": Need(plain(30)),
        "deny": Need(plain(30)),
        "style": May(one_of("primary", "danger")),
    }
)

FILTER = shaped(
    {
        "include": May(each(one_of("im", "mpim", "private", "public"), 4)),
        "exclude_external_shared_channels": May(boolean),
        "exclude_bot_users": May(boolean),
    }
)

DISPATCH = shaped(
    {
        "trigger_actions_on": May(each(one_of("on_enter_pressed", "on_character_entered"), 2)),
    }
)


def picture(value: Any, at: str, check: Check) -> None:
    """`slack_file`: by id or by url, one of them."""
    if not isinstance(value, dict) or len(value) != 1 or not {"id", "url"} & set(value):
        check.fault(at, "must provide either id or url")
