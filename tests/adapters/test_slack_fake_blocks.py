"""Block Kit's rules in the fake Slack: what it takes and what it refuses, through the client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack_fake import Slack, message_faults, view_faults

JSON = dict[str, Any]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        running.add_user("U1", real_name="Aiko Tanaka")
        yield running


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


def plain(text: str = "word", **more: Any) -> JSON:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str = "word", **more: Any) -> JSON:
    return {"type": "mrkdwn", "text": text, **more}


def section(text: JSON | None = None, **more: Any) -> JSON:
    return {"type": "section", "text": text or mrkdwn(), **more}


def button(text: str = "Safe", **more: Any) -> JSON:
    return {"type": "button", "text": plain(text), **more}


def actions(*elements: JSON, **more: Any) -> JSON:
    return {"type": "actions", "elements": list(elements), **more}


def option(text: str = "one", value: str = "1", **more: Any) -> JSON:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[JSON]:
    return [option(f"option {n}", str(n)) for n in range(count)]


def element(kind: str, **more: Any) -> JSON:
    return {"type": kind, **more}


def asks(inner: JSON | None = None, **more: Any) -> JSON:
    typed = inner or element("plain_text_input", action_id="a")
    return {"type": "input", "label": plain("Where?"), "element": typed, **more}


def image(**more: Any) -> JSON:
    return {"type": "image", "alt_text": "plan", "image_url": "https://x.example/a.png", **more}


def modal(*blocks: JSON, **more: Any) -> JSON:
    shown: JSON = {"type": "modal", "title": plain("Report"), "submit": plain("Send")}
    return {**shown, "blocks": list(blocks), **more}


def home(*blocks: JSON, **more: Any) -> JSON:
    return {"type": "home", "blocks": list(blocks), **more}


def select(kind: str = "static_select", **more: Any) -> JSON:
    return element(kind, options=options(2), **more)


CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "hello"}]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}
            ],
        },
    ],
}
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}]]}

TAKEN_IN_MESSAGES: list[tuple[str, list[JSON]]] = [
    ("a section as long as may be", [section(mrkdwn("x" * 3000))]),
    ("fields alone", [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 4}]),
    ("ten fields", [{"type": "section", "fields": [plain("x")] * 10}]),
    ("the longest header", [{"type": "header", "text": plain("x" * 150)}]),
    ("twenty-five buttons", [actions(*(button(action_id=f"a{n}") for n in range(25)))]),
    ("the longest label", [actions(button("x" * 75, value="v" * 2000))]),
    ("a button with everything", [actions(button(url="https://x.example", style="danger",
                                                 confirm=CONFIRM, accessibility_label="x"))]),
    ("fifty blocks", [{"type": "divider"}] * 50),
    ("context with picture and words", [{"type": "context", "elements": [mrkdwn(), image()]}]),
    ("an image", [image(title=plain("x" * 2000))]),
    ("an image of a file", [{"type": "image", "alt_text": "", "slack_file": {"id": "F1"}}]),
    ("the same action in two blocks", [actions(button(action_id="a")),
                                       actions(button(action_id="a"))]),
    ("a menu beside a section", [section(accessory=select())]),
    ("an overflow menu", [section(accessory=element("overflow", options=options(5)))]),
    ("groups in a menu", [actions(element(
        "static_select", option_groups=[{"label": plain(), "options": options(2)}]))]),
    ("a chosen option", [actions(select(initial_option=options(2)[1]))]),
    ("rich text", [RICH]),
    ("markdown", [{"type": "markdown", "text": "**bold**"}]),
    ("a table", [TABLE]),
    ("an input", [asks()]),
    ("no emoji", [section(plain("x", emoji=False))]),
    ("pickers", [actions(element("datepicker", initial_date="2026-03-11"),
                         element("timepicker", initial_time="23:59"),
                         element("datetimepicker", initial_date_time=1_770_000_000))]),
]  # fmt: skip

REFUSED_IN_MESSAGES: list[tuple[str, list[Any], str]] = [
    ("a section too long", [section(mrkdwn("x" * 3001))], "must be less than 3001 characters"),
    ("an empty text", [section(mrkdwn(""))], "must be more than 0 characters"),
    ("an empty section", [{"type": "section"}], "missing required field: text or fields"),
    ("eleven fields", [{"type": "section", "fields": [plain()] * 11}], "no more than 10 items"),
    ("a field too long", [{"type": "section", "fields": [plain("x" * 2001)]}], "2001 characters"),
    ("no type", [{"text": plain()}], "missing required field: type"),
    ("an unknown block", [{"type": "carousel_of_cats"}], "unsupported type: carousel_of_cats"),
    ("an unknown property", [section(colour="red")], "invalid additional property: colour"),
    ("a text that is no object", [{"type": "section", "text": "word"}], "must provide an object"),
    ("emoji on mrkdwn", [section(mrkdwn(emoji=True))], "invalid additional property: emoji"),
    ("verbatim on plain text", [section(plain(verbatim=True))], "additional property: verbatim"),
    ("mrkdwn in a header", [{"type": "header", "text": mrkdwn()}], "must be one of: plain_text"),
    ("a header too long", [{"type": "header", "text": plain("x" * 151)}], "151 characters"),
    ("mrkdwn on a button", [actions({"type": "button", "text": mrkdwn()})], "plain_text"),
    ("a label too long", [actions(button("x" * 76))], "must be less than 76 characters"),
    ("an empty label", [actions(button(""))], "must be more than 0 characters"),
    ("a value too long", [actions(button(value="x" * 2001))], "2001 characters"),
    ("an address too long", [actions(button(url="x" * 3001))], "3001 characters"),
    ("a made-up style", [actions(button(style="default"))], "must be a valid enum value"),
    ("an action id too long", [actions(button(action_id="x" * 256))], "256 characters"),
    ("a disabled button", [actions(button(disabled=True))], "additional property: disabled"),
    ("a block id too long", [section(block_id="x" * 256)], "256 characters"),
    ("a block id twice", [section(block_id="a"), section(block_id="a")], "already exists"),
    ("an action id twice in a block", [actions(button(action_id="a"), button(action_id="a"))],
     "already exists"),
    ("no elements", [actions()], "no fewer than 1 items allowed"),
    ("twenty-six buttons", [actions(*(button(action_id=f"a{n}") for n in range(26)))],
     "no more than 25 items allowed"),
    ("fifty-one blocks", [{"type": "divider"}] * 51, "no more than 50 items allowed"),
    ("eleven in a context", [{"type": "context", "elements": [mrkdwn()] * 11}], "10 items"),
    ("a button in a context", [{"type": "context", "elements": [button()]}], "unsupported type"),
    ("an input in actions", [actions(element("plain_text_input"))], "unsupported type"),
    ("a picture in actions", [actions(image())], "unsupported type: image"),
    ("a typed field beside a section", [section(accessory=element("plain_text_input"))],
     "unsupported type"),
    ("a file input in a message", [asks(element("file_input"))], "unsupported type: file_input"),
    ("an option without a value", [actions(element("static_select", options=[{"text": plain()}]))],
     "missing required field: value"),
    ("an option too long", [actions(element("static_select", options=[option("x" * 76)]))],
     "76 characters"),
    ("an option's value too long", [actions(element("static_select",
                                                    options=[option("x", "v" * 151)]))], "151"),
    ("an address in a menu", [actions(element("static_select", options=[option(url="x")]))],
     "invalid additional property: url"),
    ("too many options", [actions(element("static_select", options=options(101)))], "100 items"),
    ("options and groups", [actions(select(option_groups=[{"label": plain(),
                                                           "options": options(1)}]))], "either"),
    ("neither options nor groups", [actions(element("static_select"))], "either"),
    ("a choice that is not offered", [actions(select(initial_option=option("nine", "9")))],
     "must match one of the options"),
    ("a placeholder too long", [actions(select(placeholder=plain("x" * 151)))], "151"),
    ("one line in an overflow menu", [section(accessory=element("overflow", options=options(1)))],
     "no fewer than 2 items"),
    ("six lines in an overflow menu", [section(accessory=element("overflow", options=options(6)))],
     "no more than 5 items"),
    ("eleven radio buttons", [actions(element("radio_buttons", options=options(11)))], "10 items"),
    ("eleven boxes", [actions(element("checkboxes", options=options(11)))], "10 items"),
    ("a day that is none", [actions(element("datepicker", initial_date="2026-13-01"))], "YYYY"),
    ("an hour that is none", [actions(element("timepicker", initial_time="24:00"))], "HH:mm"),
    ("half a confirmation", [actions(button(confirm={"title": plain()}))],
     "missing required field: text"),
    ("an image without words", [{"type": "image", "image_url": "https://x.example/a"}],
     "missing required field: alt_text"),
    ("an image's words too long", [image(alt_text="x" * 2001)], "2001 characters"),
    ("an image from nowhere", [{"type": "image", "alt_text": "x"}], "image_url"),
    ("an image from two places", [image(slack_file={"id": "F1"})], "either"),
    ("two tables", [TABLE, TABLE], "only one table allowed"),
    ("markdown too long", [{"type": "markdown", "text": "x" * 12_001}], "12001 characters"),
    ("a rich text of unknown kind", [{"type": "rich_text", "elements": [{"type": "poem"}]}],
     "unsupported type: poem"),
    ("a number for a text", [section(plain(5))], "must be a string"),  # type: ignore[arg-type]
]  # fmt: skip

TAKEN_IN_VIEWS: list[tuple[str, JSON]] = [
    ("an empty home page", home()),
    ("a hundred blocks", home(*[{"type": "divider"}] * 100)),
    ("a modal without inputs needs no submit", {
        "type": "modal", "title": plain("x" * 24), "close": plain("x" * 24), "blocks": [section()],
    }),
    ("every kind of field", modal(
        asks(element("plain_text_input", multiline=True, min_length=1, max_length=3000)),
        asks(element("email_text_input")), asks(element("url_text_input")),
        asks(element("number_input", is_decimal_allowed=False, min_value="0", max_value="9")),
        asks(element("radio_buttons", options=options(10))),
        asks(element("checkboxes", options=options(10), initial_options=options(2))),
        asks(select()), asks(select("multi_static_select", max_selected_items=2)),
        asks(element("users_select", initial_user="U1")), asks(element("multi_users_select")),
        asks(element("conversations_select", default_to_current_conversation=True)),
        asks(element("channels_select")), asks(element("external_select", min_query_length=0)),
        asks(element("datepicker")), asks(element("timepicker")),
        asks(element("datetimepicker")), asks(element("rich_text_input")),
        asks(element("file_input", filetypes=["jpg", "png"], max_files=10)),
    )),
    ("small print", modal(asks(hint=plain("x" * 2000), optional=True, dispatch_action=True),
                          private_metadata="x" * 3000, callback_id="x" * 255,
                          notify_on_close=True, clear_on_close=True, external_id="one")),
]  # fmt: skip

REFUSED_IN_VIEWS: list[tuple[str, JSON, str]] = [
    ("a title too long", modal(title=plain("x" * 25)), "25 characters"),
    ("no title", {"type": "modal", "blocks": []}, "missing required field: title"),
    ("an empty title", modal(title=plain("")), "must be more than 0 characters"),
    ("a submit too long", modal(submit=plain("x" * 25)), "25 characters"),
    ("a close too long", modal(close=plain("x" * 25)), "25 characters"),
    ("a formatted title", modal(title=mrkdwn()), "must be one of: plain_text"),
    ("inputs without submit", {"type": "modal", "title": plain(), "blocks": [asks()]},
     "missing required field: submit"),
    ("no blocks", {"type": "modal", "title": plain()}, "missing required field: blocks"),
    ("too much metadata", modal(private_metadata="x" * 3001), "3001 characters"),
    ("a callback id too long", modal(callback_id="x" * 256), "256 characters"),
    ("a hundred and one blocks", modal(*[{"type": "divider"}] * 101), "100 items"),
    ("a button to submit with disabled", modal(submit_disabled=True),
     "invalid additional property: submit_disabled"),
    ("markdown in a modal", modal({"type": "markdown", "text": "x"}), "unsupported type"),
    ("a table in a modal", modal(TABLE), "unsupported type: table"),
    ("a label too long", modal(asks(label=plain("x" * 2001))), "2001 characters"),
    ("a formatted label", modal(asks(label=mrkdwn())), "must be one of: plain_text"),
    ("a hint too long", modal(asks(hint=plain("x" * 2001))), "2001 characters"),
    ("a button in an input", modal(asks(button())), "unsupported type: button"),
    ("an overflow menu in an input", modal(asks(element("overflow", options=options(2)))),
     "unsupported type: overflow"),
    ("more than fits typed", modal(asks(element("plain_text_input", max_length=3001))), "3000"),
    ("less than nothing typed", modal(asks(element("plain_text_input", min_length=-1))), "0"),
    ("least above most", modal(asks(element("plain_text_input", min_length=9, max_length=3))),
     "must not exceed max_length"),
    ("an initial text too long", modal(asks(element("plain_text_input", initial_value="x" * 4,
                                                    max_length=3))), "4 characters"),
    ("a number as a number", modal(asks(element("number_input", is_decimal_allowed=True,
                                                min_value=1))), "a number in a string"),
    ("a number of unknown kind", modal(asks(element("number_input"))), "is_decimal_allowed"),
    ("eleven files", modal(asks(element("file_input", max_files=11))), "between 1 and 10"),
    ("a file ending with its dot", modal(asks(element("file_input", filetypes=[".jpg"]))),
     "a file extension"),
    ("two fields asking for the cursor", modal(
        asks(element("plain_text_input", focus_on_load=True)),
        asks(element("plain_text_input", focus_on_load=True))), "focus_on_load"),
    ("a block id twice", modal(asks(block_id="a"), asks(block_id="a")), "already exists"),
]  # fmt: skip

REFUSED_AT_HOME: list[tuple[str, JSON, str]] = [
    ("a title", home(title=plain()), "invalid additional property: title"),
    ("a submit", home(submit=plain()), "invalid additional property: submit"),
    ("a file input", home(asks(element("file_input"))), "unsupported type: file_input"),
    ("a modal", modal(section()), "must be a valid enum value: home"),
]


def ids(table: list[Any]) -> list[str]:
    return [row[0] for row in table]


@pytest.mark.parametrize("row", TAKEN_IN_MESSAGES, ids=ids(TAKEN_IN_MESSAGES))
async def test_a_message_may_hold(client: AsyncWebClient, row: tuple[str, list[JSON]]):
    answer = await client.chat_postMessage(channel="U1", text="fallback", blocks=row[1])
    assert [block["type"] for block in answer["message"]["blocks"]] == [b["type"] for b in row[1]]


@pytest.mark.parametrize("row", REFUSED_IN_MESSAGES, ids=ids(REFUSED_IN_MESSAGES))
async def test_a_message_may_not_hold(client: AsyncWebClient, row: tuple[str, list[Any], str]):
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U1", text="fallback", blocks=row[1])
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    [told, *_] = answer["response_metadata"]["messages"]
    assert told.startswith("[ERROR] ")
    assert "[json-pointer:/blocks" in told
    assert row[2] in told


@pytest.mark.parametrize("row", TAKEN_IN_VIEWS, ids=ids(TAKEN_IN_VIEWS))
async def test_a_view_may_be(slack: Slack, client: AsyncWebClient, row: tuple[str, JSON]):
    if row[1]["type"] == "home":
        answer = await client.views_publish(user_id="U1", view=row[1])
    else:
        answer = await client.views_open(trigger_id=slack.views.trigger("U1"), view=row[1])
    assert len(answer["view"]["blocks"]) == len(row[1]["blocks"])


@pytest.mark.parametrize("row", REFUSED_IN_VIEWS, ids=ids(REFUSED_IN_VIEWS))
async def test_a_modal_may_not_be(slack: Slack, client: AsyncWebClient, row: tuple[str, JSON, str]):
    trigger = slack.views.trigger("U1")
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger, view=row[1])
    assert caught.value.response["error"] == "invalid_arguments"
    assert row[2] in " ".join(caught.value.response["response_metadata"]["messages"])
    # What was refused has not used the trigger up.
    await client.views_open(trigger_id=trigger, view=modal(section()))


@pytest.mark.parametrize("row", REFUSED_AT_HOME, ids=ids(REFUSED_AT_HOME))
async def test_a_home_page_may_not_have(client: AsyncWebClient, row: tuple[str, JSON, str]):
    with pytest.raises(SlackApiError) as caught:
        await client.views_publish(user_id="U1", view=row[1])
    assert caught.value.response["error"] == "invalid_arguments"
    assert row[2] in " ".join(caught.value.response["response_metadata"]["messages"])


async def test_all_blocks_of_a_message_together_may_be_too_long(client: AsyncWebClient):
    fits = [section(mrkdwn("x" * 3000)) for _ in range(4)]
    await client.chat_postMessage(channel="U1", text="x", blocks=fits)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U1", text="x", blocks=[*fits, fits[0]])
    assert caught.value.response["error"] == "msg_blocks_too_long"


async def test_a_view_may_be_too_large(slack: Slack, client: AsyncWebClient):
    large = home(*(section(mrkdwn("x" * 2900)) for _ in range(100)))
    with pytest.raises(SlackApiError) as caught:
        await client.views_publish(user_id="U1", view=large)
    assert caught.value.response["error"] == "view_too_large"


def test_faults_name_their_place():
    message = [section(), actions(button(), button("x" * 76))]
    assert message_faults(message) == [
        "must be less than 76 characters [json-pointer:/blocks/1/elements/1/text/text]"
    ]
    assert view_faults(modal(asks(element("file_input", max_files=0))), "modal") == [
        "must be between 1 and 10 [json-pointer:/view/blocks/0/element/max_files]"
    ]
