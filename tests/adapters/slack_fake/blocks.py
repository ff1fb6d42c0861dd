"""The blocks of Block Kit, and the three surfaces they stand on: messages, modals, home pages.

Rules of the room:
- `message_faults` and `view_faults` say what the platform would say of a payload; an empty list
  means it is taken.
- Block ids are unique on a surface, action ids in a block.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import elements
from .kit import (
    Check,
    May,
    Need,
    Rule,
    Shape,
    boolean,
    by_type,
    each,
    fits,
    one_of,
    picture,
    plain,
    shaped,
    string,
    text,
    whole,
)

MOST_IN_A_MESSAGE = 50
MOST_IN_A_VIEW = 100
LONGEST_BLOCKS = 13_200
"""Characters of all blocks of a message as JSON; measured, not documented."""
LARGEST_VIEW = 250 * 1024
"""Bytes of a view as JSON."""

Further = Callable[[dict[str, Any], str, Check], None]


def _has_words(value: dict[str, Any], at: str, check: Check) -> None:
    if not value.get("text") and not value.get("fields"):
        check.fault(at, "missing required field: text or fields")


def _distinct(value: dict[str, Any], at: str, check: Check) -> None:
    seen: set[str] = set()
    for index, element in enumerate(value.get("elements") or []):
        name = element.get("action_id") if isinstance(element, dict) else None
        if name is not None and name in seen:
            check.fault(f"{at}/elements/{index}/action_id", f"`action_id` {name} already exists")
        seen.add(str(name))


def _either_picture(value: dict[str, Any], at: str, check: Check) -> None:
    if bool(value.get("image_url")) == bool(value.get("slack_file")):
        check.fault(at, "must define either `image_url` or `slack_file`")


def _block(shape: Shape, surfaces: tuple[str, ...], *more: Further) -> Rule:
    whole_shape: Shape = {**shape, "block_id": May(string(255))}

    def look(value: Any, at: str, check: Check) -> None:
        if check.surface not in surfaces:
            check.fault(f"{at}/type", f"unsupported type: {value['type']}")
            return
        if not fits(value, at, check, whole_shape):
            return
        name = value.get("block_id")
        if name:
            if name in check.block_ids:
                check.fault(f"{at}/block_id", f"`block_id` {name} already exists")
            check.block_ids.add(name)
        for further in more:
            further(value, at, check)

    return look


def _stands(*allowed: str) -> Rule:
    return by_type(lambda: elements.KINDS, allowed)


def _in_context(value: Any, at: str, check: Check) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    (text(2000) if kind in ("plain_text", "mrkdwn") else _stands("image"))(value, at, check)


# --- Rich text and tables ------------------------------------------------------------------

_STYLE = shaped(
    {
        name: May(boolean)
        for name in (
            *("bold", "italic", "strike", "underline", "code"),
            *("highlight", "client_highlight", "unlink"),
        )
    }
)
_STYLED: Shape = {"style": May(_STYLE)}
_ID = string(255, 1)
_LEAVES: dict[str, Rule] = {
    "text": shaped({**_STYLED, "text": Need(string(1 << 20, 1))}),
    "link": shaped(
        {**_STYLED, "url": Need(string(3000, 1)), "text": May(string(3000)), "unsafe": May(boolean)}
    ),
    "emoji": shaped(
        {**_STYLED, "name": Need(_ID), "unicode": May(_ID), "skin_tone": May(whole(1, 6))}
    ),
    "user": shaped({**_STYLED, "user_id": Need(_ID)}),
    "usergroup": shaped({**_STYLED, "usergroup_id": Need(_ID)}),
    "channel": shaped({**_STYLED, "channel_id": Need(_ID)}),
    "broadcast": shaped({**_STYLED, "range": Need(one_of("here", "channel", "everyone"))}),
    "color": shaped({**_STYLED, "value": Need(_ID)}),
    "date": shaped(
        {
            **_STYLED,
            "timestamp": Need(whole(0, 1 << 40)),
            "format": Need(_ID),
            "url": May(string(3000)),
            "fallback": May(string(3000)),
        }
    ),
}
_LEAF = by_type(lambda: _LEAVES, tuple(_LEAVES))
_LEAVES_LIST = Need(each(_LEAF, 1000, 0))
_RICH: dict[str, Rule] = {
    "rich_text_section": shaped({"elements": _LEAVES_LIST}),
    "rich_text_preformatted": shaped(
        {"elements": _LEAVES_LIST, "border": May(whole(0, 1)), "language": May(_ID)}
    ),
    "rich_text_quote": shaped({"elements": _LEAVES_LIST, "border": May(whole(0, 1))}),
    "rich_text_list": shaped(
        {
            "style": Need(one_of("bullet", "ordered")),
            "elements": Need(each(lambda v, at, c: _SECTION_OF_LIST(v, at, c), 1000)),
            "indent": May(whole(0, 8)),
            "offset": May(whole(0, 1 << 20)),
            "border": May(whole(0, 1)),
        }
    ),
}
_SECTION_OF_LIST: Rule = by_type(lambda: _RICH, ("rich_text_section",))
_CELLS: dict[str, Rule] = {
    "raw_text": shaped({"text": Need(string(1 << 20, 1))}),
    "rich_text": shaped({"elements": Need(each(by_type(lambda: _RICH, tuple(_RICH)), 1000))}),
}
_CELL = by_type(lambda: _CELLS, tuple(_CELLS))
_COLUMN = shaped({"align": May(one_of("left", "center", "right")), "is_wrapped": May(boolean)})

EVERYWHERE = ("message", "modal", "home")
MESSAGES = ("message",)

KINDS: dict[str, Rule] = {
    "section": _block(
        {
            "text": May(text(3000)),
            "fields": May(each(text(2000), 10)),
            "accessory": May(_stands(*elements.BESIDE_A_SECTION)),
            "expand": May(boolean),
        },
        EVERYWHERE,
        _has_words,
    ),
    "divider": _block({}, EVERYWHERE),
    "header": _block({"text": Need(plain(150))}, EVERYWHERE),
    "context": _block({"elements": Need(each(_in_context, 10))}, EVERYWHERE),
    "actions": _block(
        {"elements": Need(each(_stands(*elements.IN_ACTIONS), 25))}, EVERYWHERE, _distinct
    ),
    "image": _block(
        {
            "alt_text": Need(string(2000)),
            "image_url": May(string(3000, 1)),
            "slack_file": May(picture),
            "title": May(plain(2000)),
        },
        EVERYWHERE,
        _either_picture,
    ),
    "input": _block(
        {
            "label": Need(plain(2000)),
            "element": Need(_stands(*elements.IN_INPUT)),
            "hint": May(plain(2000)),
            "optional": May(boolean),
            "dispatch_action": May(boolean),
        },
        EVERYWHERE,
    ),
    "rich_text": _block(
        {"elements": Need(each(by_type(lambda: _RICH, tuple(_RICH)), 1000))}, EVERYWHERE
    ),
    "video": _block(
        {
            "alt_text": Need(string(2000)),
            "title": Need(plain(200)),
            "thumbnail_url": Need(string(3000, 1)),
            "video_url": Need(string(3000, 1)),
            "author_name": May(string(50)),
            "description": May(plain(200)),
            "provider_icon_url": May(string(3000)),
            "provider_name": May(string(50)),
            "title_url": May(string(3000)),
        },
        EVERYWHERE,
    ),
    "markdown": _block({"text": Need(string(12_000, 1))}, MESSAGES),
    "table": _block(
        {
            "rows": Need(each(each(_CELL, 20), 100)),
            "column_settings": May(each(_COLUMN, 20)),
        },
        MESSAGES,
    ),
    "context_actions": _block(
        {"elements": Need(each(_stands("feedback_buttons", "icon_button"), 5))},
        MESSAGES,
        _distinct,
    ),
}
_BLOCK = by_type(lambda: KINDS, tuple(KINDS))


def message_faults(blocks: Any) -> list[str]:
    """What is wrong with the blocks of a message, each with its place."""
    check = Check("message")
    each(_BLOCK, MOST_IN_A_MESSAGE, 0)(blocks, "/blocks", check)
    if isinstance(blocks, list):
        tables = [b for b in blocks if isinstance(b, dict) and b.get("type") == "table"]
        if len(tables) > 1:
            check.fault("/blocks", "only one table allowed")
    return check.problems


def too_long(blocks: list[Any]) -> bool:
    """More characters than the platform takes in one message, over all its blocks."""
    sizes = (len(json.dumps(b, ensure_ascii=False, separators=(",", ":"))) for b in blocks)
    return sum(sizes) > LONGEST_BLOCKS


_VIEW: Shape = {
    "blocks": Need(each(_BLOCK, MOST_IN_A_VIEW, 0)),
    "private_metadata": May(string(3000)),
    "callback_id": May(string(255)),
    "external_id": May(string(255)),
}
_MODAL: Shape = {
    **_VIEW,
    "title": Need(plain(24)),
    "submit": May(plain(24)),
    "close": May(plain(24)),
    "clear_on_close": May(boolean),
    "notify_on_close": May(boolean),
}


def view_faults(view: Any, kind: str) -> list[str]:
    """What is wrong with a view that must be of `kind`: `modal` or `home`."""
    check = Check(kind)
    if not isinstance(view, dict):
        check.fault("/view", "must provide an object")
        return check.problems
    if view.get("type") != kind:
        check.fault("/view/type", f"must be a valid enum value: {kind}")
        return check.problems
    fits(view, "/view", check, _MODAL if kind == "modal" else _VIEW)
    blocks = view.get("blocks")
    asks = isinstance(blocks, list) and any(
        isinstance(b, dict) and b.get("type") == "input" for b in blocks
    )
    if kind == "modal" and asks and not view.get("submit"):
        check.fault("/view", "missing required field: submit")
    return check.problems


def suggestion_faults(response: Any) -> list[str]:
    """What is wrong with the options an app offers for an external menu."""
    check = Check("modal")
    if fits(response, "", check, elements.SUGGESTION) and (
        (response.get("options") is None) == (response.get("option_groups") is None)
    ):
        check.fault("", "must define either `options` or `option_groups`")
    return check.problems


def view_too_large(view: Any) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST_VIEW
