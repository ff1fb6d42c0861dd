"""Filling things in: what a payload says of an element before and after somebody used it.

Rules of the room:
- A client lets nobody choose what is not offered, nor type more than fits: neither do we.
- An element that is empty is still in the state, with an empty value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from .screens import NotShown
from .workspace import JSON

TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
ONE = ("static_select", "external_select", "radio_buttons")
SEVERAL = ("multi_static_select", "multi_external_select", "checkboxes")
NAMED = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
STATELESS = ("button", "overflow", "workflow_button", "feedback_buttons", "icon_button")


def at_first(element: JSON) -> JSON:
    """What the state says of an element nobody has touched."""
    kind = element["type"]
    if kind in TYPED:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ONE:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in SEVERAL:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind == "file_input":
        return {"type": kind, "files": []}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": element.get("initial_value")}
    name, initial = NAMED[kind]
    return {"type": kind, name: element.get(initial, [] if kind.startswith("multi") else None)}


def is_empty(said: JSON) -> bool:
    return not any(value for name, value in said.items() if name != "type")


def _options(element: JSON) -> list[JSON]:
    offered = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        offered += group["options"]
    return offered


def _option(element: JSON, wanted: str, offered: Sequence[JSON]) -> JSON:
    for option in offered:
        if wanted in (option["text"]["text"], option["value"]):
            return option
    labels = [option["text"]["text"] for option in offered]
    raise NotShown(f"{wanted!r} is not offered by {element['action_id']}: {labels}")


def _typed(element: JSON, value: object) -> JSON:
    """What stands in a text field; a client stops at its longest and checks the rest later."""
    words = str(value)
    most = element.get("max_length", 3000 if element["type"] == "plain_text_input" else 1 << 20)
    if len(words) > most:
        raise NotShown(f"{element['action_id']} takes no more than {most} characters")
    if element["type"] == "number_input":
        number = float(words)
        if not element["is_decimal_allowed"] and number != int(number):
            raise NotShown(f"{element['action_id']} takes whole numbers only")
    if element["type"] == "plain_text_input" and not element.get("multiline") and "\n" in words:
        raise NotShown(f"{element['action_id']} takes one line only")
    return {"type": element["type"], "value": words or None}


def filled(element: JSON, value: Any, offered: Sequence[JSON] | None = None) -> JSON:
    """What the state says after somebody put `value` in: words, labels, ids, dates, files.

    `None` empties it. `offered` are the options an app gave for an external menu.
    """
    kind = element["type"]
    options = _options(element) if offered is None else list(offered)
    if value is None:
        bare = {name: what for name, what in element.items() if not name.startswith("initial")}
        return at_first(bare)
    if kind in TYPED:
        return _typed(element, value)
    if kind in ONE:
        return {"type": kind, "selected_option": _option(element, value, options)}
    if kind in SEVERAL:
        wanted = [value] if isinstance(value, str) else list(value)
        chosen = [_option(element, label, options) for label in wanted]
        if len(chosen) > element.get("max_selected_items", len(chosen)):
            raise NotShown(f"{element['action_id']} takes fewer")
        return {"type": kind, "selected_options": chosen}
    if kind == "file_input":
        files = list(value) if isinstance(value, (list, tuple)) else [value]
        if len(files) > element.get("max_files", 10):
            raise NotShown(f"{element['action_id']} takes no more files")
        return {"type": kind, "files": [file.as_json() for file in files]}
    if kind == "rich_text_input":
        leaf = {"type": "text", "text": str(value)}
        section = {"type": "rich_text_section", "elements": [leaf]}
        return {"type": kind, "rich_text_value": {"type": "rich_text", "elements": [section]}}
    if isinstance(value, datetime):
        value = int(value.timestamp())
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, time):
        value = value.strftime("%H:%M")
    return {"type": kind, NAMED[kind][0]: value}


def action(element: JSON, said: JSON) -> JSON:
    """What an action's payload says beside its ids: the new value, and the first one."""
    told = dict(said)
    for name, value in element.items():
        if name.startswith("initial_") and value is not None:
            told[name] = value
    if "placeholder" in element:
        told["placeholder"] = element["placeholder"]
    return told
