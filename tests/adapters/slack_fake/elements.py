"""The elements of Block Kit: buttons, menus, inputs and pictures, each with its limits.

Rules of the room:
- What is chosen at first must be among what can be chosen, exactly as it is written there.
- Where an element may stand is for the blocks to say; file inputs live in modals alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .kit import (
    CONFIRM,
    DISPATCH,
    FILTER,
    Check,
    May,
    Need,
    Rule,
    Shape,
    boolean,
    each,
    fits,
    focus,
    matching,
    one_of,
    option,
    picture,
    plain,
    shaped,
    string,
    whole,
)

_ID: Shape = {"action_id": May(string(255))}
_ASKS: Shape = {**_ID, "focus_on_load": May(focus)}
_HINTED: Shape = {**_ASKS, "placeholder": May(plain(150))}
_CONFIRMED: Shape = {"confirm": May(CONFIRM)}
_MULTI: Shape = {"max_selected_items": May(whole(1, 1 << 31))}
_IDS = each(string(255, 1), 1000)
_DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "YYYY-MM-DD")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "HH:mm")
_NUMBER = matching(r"-?\d+(\.\d+)?", "a number in a string")


def _chosen_among(value: dict[str, Any], at: str, check: Check) -> None:
    offered = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        offered += group.get("options", []) if isinstance(group, dict) else []
    first = [value["initial_option"]] if value.get("initial_option") else []
    for wanted in first + list(value.get("initial_options") or []):
        if wanted not in offered:
            name = "initial_options" if value.get("initial_options") else "initial_option"
            check.fault(f"{at}/{name}", "must match one of the options")


def _options_or_groups(value: dict[str, Any], at: str, check: Check) -> None:
    if bool(value.get("options")) == bool(value.get("option_groups")):
        check.fault(at, "must define either `options` or `option_groups`")
    _chosen_among(value, at, check)


def _lengths(value: dict[str, Any], at: str, check: Check) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        check.fault(f"{at}/min_length", "must not exceed max_length")
    first = value.get("initial_value")
    if isinstance(first, str) and isinstance(most, int) and len(first) > most:
        check.fault(f"{at}/initial_value", f"must be less than {most + 1} characters")


def _url_or_file(value: dict[str, Any], at: str, check: Check) -> None:
    if bool(value.get("image_url")) == bool(value.get("slack_file")):
        check.fault(at, "must define either `image_url` or `slack_file`")


def _modal_only(value: dict[str, Any], at: str, check: Check) -> None:
    if check.surface != "modal":
        check.fault(f"{at}/type", f"unsupported type: {value['type']}")


def _element(shape: Shape, *more: Callable[[dict[str, Any], str, Check], None]) -> Rule:
    def look(value: Any, at: str, check: Check) -> None:
        if fits(value, at, check, shape):
            for further in more:
                further(value, at, check)

    return look


_GROUP = shaped({"label": Need(plain(75)), "options": Need(each(option("plain_text"), 100))})
_MENU: Shape = {
    **_HINTED,
    **_CONFIRMED,
    "options": May(each(option("plain_text"), 100)),
    "option_groups": May(each(_GROUP, 100)),
}
SUGGESTION: Shape = {
    "options": May(each(option("plain_text"), 100, 0)),
    "option_groups": May(each(_GROUP, 100, 0)),
}
_TYPED: Shape = {
    **_HINTED,
    "initial_value": May(string(3000)),
    "dispatch_action_config": May(DISPATCH),
}
_CONVERSATION: Shape = {
    **_HINTED,
    **_CONFIRMED,
    "default_to_current_conversation": May(boolean),
    "filter": May(FILTER),
}

KINDS: dict[str, Rule] = {
    "button": _element(
        {
            **_ID,
            **_CONFIRMED,
            "text": Need(plain(75)),
            "url": May(string(3000)),
            "value": May(string(2000)),
            "style": May(one_of("primary", "danger")),
            "accessibility_label": May(string(75)),
        }
    ),
    "image": _element(
        {
            "alt_text": Need(string(2000)),
            "image_url": May(string(3000, 1)),
            "slack_file": May(picture),
        },
        _url_or_file,
    ),
    "checkboxes": _element(
        {
            **_ASKS,
            **_CONFIRMED,
            "options": Need(each(option(), 10)),
            "initial_options": May(each(option(), 10)),
        },
        _chosen_among,
    ),
    "radio_buttons": _element(
        {
            **_ASKS,
            **_CONFIRMED,
            "options": Need(each(option(), 10)),
            "initial_option": May(option()),
        },
        _chosen_among,
    ),
    "overflow": _element(
        {**_ID, **_CONFIRMED, "options": Need(each(option("plain_text", url=True), 5, 2))}
    ),
    "static_select": _element(
        {**_MENU, "initial_option": May(option("plain_text"))}, _options_or_groups
    ),
    "multi_static_select": _element(
        {**_MENU, **_MULTI, "initial_options": May(each(option("plain_text"), 100))},
        _options_or_groups,
    ),
    "external_select": _element(
        {
            **_HINTED,
            **_CONFIRMED,
            "initial_option": May(option("plain_text")),
            "min_query_length": May(whole(0, 3000)),
        }
    ),
    "multi_external_select": _element(
        {
            **_HINTED,
            **_CONFIRMED,
            **_MULTI,
            "initial_options": May(each(option("plain_text"), 100)),
            "min_query_length": May(whole(0, 3000)),
        }
    ),
    "users_select": _element({**_HINTED, **_CONFIRMED, "initial_user": May(string(255, 1))}),
    "multi_users_select": _element({**_HINTED, **_CONFIRMED, **_MULTI, "initial_users": May(_IDS)}),
    "conversations_select": _element(
        {
            **_CONVERSATION,
            "initial_conversation": May(string(255, 1)),
            "response_url_enabled": May(boolean),
        }
    ),
    "multi_conversations_select": _element(
        {**_CONVERSATION, **_MULTI, "initial_conversations": May(_IDS)}
    ),
    "channels_select": _element(
        {
            **_HINTED,
            **_CONFIRMED,
            "initial_channel": May(string(255, 1)),
            "response_url_enabled": May(boolean),
        }
    ),
    "multi_channels_select": _element(
        {**_HINTED, **_CONFIRMED, **_MULTI, "initial_channels": May(_IDS)}
    ),
    "datepicker": _element({**_HINTED, **_CONFIRMED, "initial_date": May(_DATE)}),
    "timepicker": _element(
        {**_HINTED, **_CONFIRMED, "initial_time": May(_TIME), "timezone": May(string(100, 1))}
    ),
    "datetimepicker": _element(
        {**_ASKS, **_CONFIRMED, "initial_date_time": May(whole(10**9, 10**10 - 1))}
    ),
    "plain_text_input": _element(
        {
            **_TYPED,
            "multiline": May(boolean),
            "min_length": May(whole(0, 3000)),
            "max_length": May(whole(1, 3000)),
        },
        _lengths,
    ),
    "email_text_input": _element(_TYPED),
    "url_text_input": _element(_TYPED),
    "number_input": _element(
        {
            **_TYPED,
            "is_decimal_allowed": Need(boolean),
            "initial_value": May(_NUMBER),
            "min_value": May(_NUMBER),
            "max_value": May(_NUMBER),
        }
    ),
    "rich_text_input": _element(
        {**_HINTED, "initial_value": May(shaped({"elements": Need(each(lambda *_: None, 100))}))}
    ),
    "file_input": _element(
        {
            **_ID,
            "filetypes": May(each(matching(r"[a-z0-9]+", "a file extension"), 50)),
            "max_files": May(whole(1, 10)),
        },
        _modal_only,
    ),
    "feedback_buttons": _element(
        {
            **_ID,
            "positive_button": Need(shaped({"text": Need(plain(75)), "value": Need(string(2000))})),
            "negative_button": Need(shaped({"text": Need(plain(75)), "value": Need(string(2000))})),
        }
    ),
    "icon_button": _element(
        {
            **_ID,
            **_CONFIRMED,
            "icon": Need(one_of("trash")),
            "text": Need(plain(75)),
            "value": May(string(2000)),
            "visible_to_user_ids": May(_IDS),
        }
    ),
}

_MENUS = ("static", "external", "users", "conversations", "channels")
SELECTS = tuple(f"{kind}_select" for kind in _MENUS)
MULTI_SELECTS = tuple(f"multi_{kind}_select" for kind in _MENUS)
IN_ACTIONS = (
    *("button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons"),
    *("timepicker", *SELECTS, *MULTI_SELECTS),
)
BESIDE_A_SECTION = (
    *("button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker"),
    *(*SELECTS, *MULTI_SELECTS),
)
IN_INPUT = (
    *("checkboxes", "datepicker", "datetimepicker", "email_text_input", "file_input"),
    *("number_input", "plain_text_input", "radio_buttons", "rich_text_input", "timepicker"),
    *("url_text_input", *SELECTS, *MULTI_SELECTS),
)
