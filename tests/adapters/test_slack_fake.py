"""The fake Slack's Web API, held against the official client: messages, people, views, faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.adapters.slack_fake import BOT_USER, NotShown, Slack

JSON = dict[str, Any]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        running.add_user("U1", real_name="Aiko Tanaka", email="aiko@example.org", locale="ja-JP")
        running.add_user("U2", real_name="Yusuf Haddad", email="yusuf@example.org")
        running.add_channel("C1", "general", "U1", "U2")
        running.add_channel("C2", "elsewhere", "U1", bot=False)
        running.add_channel("G1", "secret", "U1", private=True, bot=False)
        yield running


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def error_of(call: Any) -> JSON:
    """The answer of a call that must fail."""
    with pytest.raises(SlackApiError) as caught:
        await call
    answer = caught.value.response
    assert answer["ok"] is False
    return {**answer.data, "status": answer.status_code, "headers": dict(answer.headers)}


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def safe_or_not() -> list[JSON]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Are you safe?* &lt;you&gt;"}},
        {
            "type": "actions",
            "block_id": "ask",
            "elements": [
                {"type": "button", "text": plain("Safe"), "action_id": "safe", "value": "1"},
                {"type": "button", "text": plain("Help"), "action_id": "help", "value": "2"},
            ],
        },
    ]


def report() -> JSON:
    return {
        "type": "modal",
        "callback_id": "report",
        "title": plain("Report"),
        "submit": plain("Send"),
        "blocks": [
            {
                "type": "input",
                "block_id": "where",
                "label": plain("Where?"),
                "element": {"type": "plain_text_input", "action_id": "a", "max_length": 20},
            }
        ],
    }


# --- Who may call -------------------------------------------------------------------------------


async def test_a_token_says_who_it_is_and_what_it_may(slack, client):
    answer = await client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (BOT_USER, "T0RENRAKU")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("", "not_authed"),
        ("xoxb-of-somebody-else", "invalid_auth"),
        ("xapp-1-A0RENRAKU-1-fake", "not_allowed_token_type"),
    ],
)
async def test_a_wrong_token_is_refused(slack, token, error):
    client = AsyncWebClient(token, base_url=slack.api_url)
    assert (await error_of(client.chat_postMessage(channel="U1", text="x")))["error"] == error


async def test_a_token_can_be_revoked(slack, client):
    await slack.revoke()
    assert (await error_of(client.auth_test()))["error"] == "token_revoked"


@pytest.mark.parametrize(
    ("scope", "method", "args"),
    [
        ("chat:write", "chat.postMessage", {"channel": "U1", "text": "x"}),
        ("users:read", "users.info", {"user": "U1"}),
        ("users:read.email", "users.lookupByEmail", {"email": "aiko@example.org"}),
        ("im:write", "conversations.open", {"users": "U1"}),
        ("channels:read", "conversations.info", {"channel": "C1"}),
        ("files:read", "files.info", {"file": "F1"}),
    ],
)
async def test_each_method_needs_its_scope(slack, client, scope, method, args):
    slack.scopes.remove(scope)
    answer = await error_of(client.api_call(method, params=args))
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert answer["provided"].split(",") == slack.scopes


async def test_unknown_methods_and_arguments_are_refused(slack, client):
    assert (await error_of(client.api_call("chat.shout")))["error"] == "unknown_method"
    answer = await error_of(client.chat_postMessage(channel="U1", text="x", colour="red"))
    assert answer["error"] == "invalid_arguments"
    assert "colour" in answer["response_metadata"]["messages"][0]


async def test_arguments_come_as_json_as_a_form_or_as_a_query(slack):
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    said = {"channel": "U1", "text": "hello", "blocks": '[{"type": "divider"}]'}
    async with aiohttp.ClientSession(headers=headers) as session:
        for given in ({"json": said}, {"data": said}, {"params": said}):
            async with session.post(f"{slack.api_url}chat.postMessage", **given) as answer:
                assert (await answer.json())["ok"] is True
        broken = {"channel": "U1", "blocks": "[{"}
        async with session.post(f"{slack.api_url}chat.postMessage", data=broken) as answer:
            assert (await answer.json())["error"] == "invalid_blocks_format"
    assert len(slack.user("U1").received) == 3


# --- Messages -----------------------------------------------------------------------------------


async def test_a_message_to_a_person_opens_their_direct_messages(slack, client):
    answer = await client.chat_postMessage(channel="U1", text="Are you safe?")
    assert answer["channel"].startswith("D")
    assert slack.user("U1").last.shown == "Are you safe?"
    await client.chat_update(channel=answer["channel"], ts=answer["ts"], text="Thank you.")
    assert slack.user("U1").last.shown == "Thank you."
    assert slack.user("U1").last.posted.text == "Are you safe?"
    by_user = client.chat_update(channel="U1", ts=answer["ts"], text="No.")
    assert (await error_of(by_user))["error"] == "channel_not_found"
    again = await client.conversations_open(users="U1")
    assert (again["channel"]["id"], again["already_open"]) == (answer["channel"], True)


async def test_text_alone_takes_the_blocks_away_and_nothing_leaves_them(slack, client):
    answer = await client.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
    place = {"channel": answer["channel"], "ts": answer["ts"]}
    assert slack.user("U1").last.labels == ["Safe", "Help"]
    assert slack.user("U1").last.shown.startswith("*Are you safe?* <you>")
    await client.chat_update(**place, text="x", attachments=[{"text": "more"}])
    assert slack.user("U1").last.labels == []
    await client.chat_update(**place, text="x", blocks=safe_or_not())
    await client.api_call("chat.update", json={**place, "attachments": [{"text": "only"}]})
    assert slack.user("U1").last.labels == ["Safe", "Help"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "U1"}, "no_text"),
        ({"channel": "U1", "text": "", "blocks": []}, "no_text"),
        ({"channel": "U9", "text": "x"}, "channel_not_found"),
        ({"channel": "C9", "text": "x"}, "channel_not_found"),
        ({"channel": "", "text": "x"}, "channel_not_found"),
        ({"channel": "G1", "text": "x"}, "channel_not_found"),
        ({"channel": "C2", "text": "x"}, "not_in_channel"),
        ({"channel": "#elsewhere", "text": "x"}, "not_in_channel"),
        ({"channel": BOT_USER, "text": "x"}, "channel_not_found"),
        ({"channel": "U1", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "U1", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"channel": "U1", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "U1", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": "U1", "text": "x", "username": "Boss"}, "missing_scope"),
        ({"channel": "C1", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ],
    ids=str,
)
async def test_a_message_that_cannot_be_posted_says_why(slack, client, args, error):
    answer = await error_of(client.api_call("chat.postMessage", json=args))
    assert answer["error"] == error
    assert slack.messages == []


async def test_an_archived_channel_takes_nothing(slack, client):
    answer = await client.chat_postMessage(channel="#general", text="x")
    slack.workspace.rooms["C1"].archived = True
    assert (await error_of(client.chat_postMessage(channel="C1", text="x")))["error"] == (
        "is_archived"
    )
    change = client.chat_update(channel="C1", ts=answer["ts"], text="y")
    assert (await error_of(change))["error"] == "is_inactive"


async def test_other_channels_are_open_to_who_may_post_in_public(slack, client):
    slack.scopes.append("chat:write.public")
    assert (await client.chat_postMessage(channel="C2", text="x"))["channel"] == "C2"


async def test_only_own_messages_that_are_there_can_be_changed_or_deleted(slack, client):
    mine = await client.chat_postMessage(channel="C1", text="x")
    theirs = await slack.user("U1").says("hello", channel="C1")
    ephemeral = await client.chat_postEphemeral(channel="C1", user="U1", text="psst")
    at = {"channel": "C1"}
    for ts, wrong in (
        (theirs.ts, "cant_update_message"),
        ("1.000001", "message_not_found"),
        (ephemeral["message_ts"], "message_not_found"),
    ):
        assert (await error_of(client.chat_update(**at, ts=ts, text="y")))["error"] == wrong
    long = client.chat_update(**at, ts=mine["ts"], text="x" * 4_001)
    assert (await error_of(long))["error"] == "msg_too_long"
    theirs_gone = client.chat_delete(**at, ts=theirs.ts)
    assert (await error_of(theirs_gone))["error"] == "cant_delete_message"
    await client.chat_delete(**at, ts=mine["ts"])
    assert (await error_of(client.chat_delete(**at, ts=mine["ts"])))["error"] == (
        "message_not_found"
    )
    assert [m.text for m in slack.user("U2").messages] == ["hello"]
    assert [m.text for m in slack.user("U1").messages] == ["hello", "psst"]


async def test_an_ephemeral_message_needs_somebody_in_the_room(slack, client):
    slack.add_user("U3")
    call = client.chat_postEphemeral(channel="C1", user="U3", text="psst")
    assert (await error_of(call))["error"] == "user_not_in_channel"
    call = client.chat_postEphemeral(channel="U1", user="U1", text="psst")
    assert (await error_of(call))["error"] == "channel_not_found"


@pytest.mark.parametrize(
    ("text", "pings"),
    [
        ("fire <!channel> now", ["!channel"]),
        ("<!here|here> <@U1> <!subteam^S1>", ["!here", "@U1", "!subteam^S1"]),
        ("&lt;!channel&gt; @channel <https://x.example|x>", []),
        ("<!date^1392734382^{date}|then>", []),
    ],
)
async def test_what_pings_is_seen(slack, client, text, pings):
    words = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    for given in ({"text": text}, {"text": "x", "blocks": [words]}):
        await client.chat_postMessage(channel="U1", **given)
        assert slack.user("U1").last.pings == pings
    flat = {"type": "section", "text": plain("<!channel>")}
    await client.chat_postMessage(channel="U1", text="x", blocks=[flat])
    assert slack.user("U1").last.pings == []
    await client.chat_postMessage(channel="U1", text="@channel", link_names=True)
    assert slack.user("U1").last.pings == ["@channel"]


# --- People -------------------------------------------------------------------------------------


async def test_people_are_found_by_id_and_by_address(slack, client):
    user = (await client.users_info(user="U1", include_locale=True))["user"]
    assert user["profile"]["email"] == "aiko@example.org"
    assert (user["locale"], user["tz"], user["deleted"]) == ("ja-JP", "Asia/Tokyo", False)
    found = await client.users_lookupByEmail(email="YUSUF@example.org")
    assert found["user"]["id"] == "U2"
    assert (await error_of(client.users_info(user="U9")))["error"] == "user_not_found"
    nobody = client.users_lookupByEmail(email="nobody@example.org")
    assert (await error_of(nobody))["error"] == "users_not_found"


async def test_addresses_are_shown_only_with_their_scope(slack, client):
    slack.scopes.remove("users:read.email")
    user = (await client.users_info(user="U1"))["user"]
    assert "email" not in user["profile"]
    assert "locale" not in user


async def test_people_are_listed_page_by_page(slack, client):
    for number in range(10, 30):
        slack.add_user(f"U{number}")
    seen: list[str] = []
    async for page in await client.users_list(limit=7):
        assert len(page["members"]) <= 7
        seen += [member["id"] for member in page["members"]]
    assert sorted(seen) == sorted(slack.workspace.users)
    assert (await error_of(client.users_list(cursor="page two")))["error"] == "invalid_cursor"


async def test_somebody_deactivated_takes_messages_without_a_word(slack, client):
    await slack.deactivate("U1")
    assert (await client.chat_postMessage(channel="U1", text="x"))["ok"]
    assert (await error_of(client.conversations_open(users="U1")))["error"] == "user_disabled"
    assert (await client.users_info(user="U1"))["user"]["deleted"] is True
    lookup = client.users_lookupByEmail(email="aiko@example.org")
    assert (await error_of(lookup))["error"] == "users_not_found"


async def test_rooms_tell_whether_the_bot_is_in(slack, client):
    assert (await client.conversations_info(channel="C1"))["channel"]["is_member"] is True
    assert (await client.conversations_info(channel="C2"))["channel"]["is_member"] is False
    assert (await error_of(client.conversations_info(channel="G1")))["error"] == (
        "channel_not_found"
    )


# --- Views --------------------------------------------------------------------------------------


async def test_a_trigger_opens_one_view_within_three_seconds(slack, client):
    trigger = slack.views.trigger("U1")
    await client.views_open(trigger_id=trigger, view=report())
    assert slack.user("U1").modal.title == "Report"
    again = client.views_open(trigger_id=trigger, view=report())
    assert (await error_of(again))["error"] == "exchanged_trigger_id"
    late = slack.views.trigger("U1")
    await slack.passes(3.1)
    call = client.views_open(trigger_id=late, view=report())
    assert (await error_of(call))["error"] == "expired_trigger_id"
    call = client.views_open(trigger_id="1.2.3", view=report())
    assert (await error_of(call))["error"] == "invalid_trigger_id"


async def test_three_modals_stand_upon_each_other_and_no_more(slack, client):
    await client.views_open(trigger_id=slack.views.trigger("U1"), view=report())
    for _ in range(2):
        await client.views_push(trigger_id=slack.views.trigger("U1"), view=report())
    assert len(slack.user("U1").modals) == 3
    call = client.views_push(trigger_id=slack.views.trigger("U1"), view=report())
    assert (await error_of(call))["error"] == "push_limit_reached"
    call = client.views_push(trigger_id=slack.views.trigger("U2"), view=report())
    assert (await error_of(call))["error"] == "not_found"


async def test_what_is_typed_stays_when_a_view_is_drawn_again(slack, client):
    opened = await client.views_open(trigger_id=slack.views.trigger("U1"), view=report())
    aiko = slack.user("U1")
    await aiko.fills({"Where?": "building B"})
    given = {"view_id": opened["view"]["id"], "view": report()}
    updated = await client.views_update(**given, hash=opened["view"]["hash"])
    assert updated["view"]["state"]["values"]["where"]["a"]["value"] == "building B"
    stale = client.views_update(**given, hash=opened["view"]["hash"])
    assert (await error_of(stale))["error"] == "hash_conflict"
    other = report()
    other["blocks"][0]["block_id"] = "elsewhere"
    await client.views_update(view_id=opened["view"]["id"], view=other)
    assert aiko.modal.values == {"elsewhere": {"a": {"type": "plain_text_input", "value": None}}}
    gone = client.views_update(view_id="V9", view=report())
    assert (await error_of(gone))["error"] == "not_found"
    named = {**report(), "external_id": "one"}
    await client.views_open(trigger_id=slack.views.trigger("U1"), view=named)
    twice = client.views_open(trigger_id=slack.views.trigger("U2"), view=named)
    assert (await error_of(twice))["error"] == "duplicate_external_id"
    assert (await client.views_update(external_id="one", view=report()))["ok"]


async def test_a_home_page_is_published_for_one_person(slack, client):
    view = {"type": "home", "blocks": safe_or_not()}
    first = await client.views_publish(user_id="U1", view=view)
    assert slack.user("U1").home.labels == ["Safe", "Help"]
    with pytest.raises(NotShown, match="no home page"):
        _ = slack.user("U2").home
    second = await client.views_publish(user_id="U1", view=view, hash=first["view"]["hash"])
    assert second["view"]["id"] == first["view"]["id"]
    stale = client.views_publish(user_id="U1", view=view, hash=first["view"]["hash"])
    assert (await error_of(stale))["error"] == "hash_conflict"
    nobody = await error_of(client.views_publish(user_id="U9", view=view))
    assert (nobody["error"], nobody["errors"]) == ("invalid_arguments", ["invalid `user_id`"])
    slack.home_tab = False
    assert (await error_of(client.views_publish(user_id="U1", view=view)))["error"] == (
        "not_enabled"
    )


async def test_a_client_lets_nobody_do_what_it_would_not(slack, client):
    await client.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
    aiko = slack.user("U1")
    with pytest.raises(NotShown, match="Later"):
        await aiko.taps("Later")
    await client.views_open(trigger_id=slack.views.trigger("U1"), view=report())
    with pytest.raises(NotShown, match="Safe"):
        await aiko.taps("Safe")  # a modal covers everything
    with pytest.raises(NotShown, match="required"):
        await aiko.submits()
    with pytest.raises(NotShown, match="20 characters"):
        await aiko.fills({"where": "x" * 21})
    with pytest.raises(NotShown, match="one line"):
        await aiko.fills({"where": "a\nb"})
    with pytest.raises(NotShown, match="When"):
        await aiko.fills({"When?": "now"})


# --- Files and response URLs --------------------------------------------------------------------


async def test_a_file_is_downloaded_with_the_token_and_not_without(slack, client):
    message = await slack.user("U1").uploads(b"\xff\xd8picture", wait=False)
    file = (await client.files_info(file=message.files[0]["id"]))["file"]
    assert (file["size"], file["mimetype"]) == (9, "image/jpeg")
    allowed = {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(file["url_private"], headers=allowed) as answer:
            assert (answer.status, await answer.read()) == (200, b"\xff\xd8picture")
        async with session.get(file["url_private"]) as answer:
            # The login page comes as a success: only its type betrays it.
            assert (answer.status, answer.content_type) == (200, "text/html")
        slack.scopes.remove("files:read")
        async with session.get(file["url_private_download"], headers=allowed) as answer:
            assert answer.content_type == "text/html"
    assert (await error_of(client.files_info(file="F9")))["error"] == "missing_scope"


async def test_a_response_url_works_five_times_in_half_an_hour(slack, client):
    await client.chat_postMessage(channel="C1", text="x", blocks=safe_or_not())
    aiko = slack.user("U1")
    tap = await aiko.taps("Safe", wait=False)
    url = AsyncWebhookClient(tap.payload["response_url"])
    answers = [await url.send(text=f"note {n}") for n in range(4)]
    answers.append(await url.send(text="Thank you.", replace_original=True))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [m.text for m in aiko.messages if m.ephemeral] == [f"note {n}" for n in range(4)]
    assert [m.shown for m in slack.user("U2").messages] == ["Thank you."]
    sixth = await url.send(text="note")
    assert (sixth.status_code, "used_url" in sixth.body) == (404, True)
    later = AsyncWebhookClient((await aiko.runs("/renraku", wait=False)).payload["response_url"])
    assert (await later.send(text="x", blocks=[{"type": "poem"}])).status_code == 400
    assert (await later.send(text="loud", response_type="in_channel")).status_code == 200
    assert aiko.last.shown == "loud"
    await slack.passes(1801)
    assert (await later.send(text="note")).status_code == 404
    tap = await slack.user("U2").message_shortcut(slack.messages[0], "report", wait=False)
    await AsyncWebhookClient(tap.payload["response_url"]).send(delete_original=True)
    assert slack.user("U2").messages == []


# --- Faults -------------------------------------------------------------------------------------


async def test_a_rate_limit_says_how_long(slack, client):
    slack.faults.ratelimit("chat.postMessage", 7, channel="U1", times=2)
    await client.chat_postMessage(channel="U2", text="x")
    for _ in range(2):
        answer = await error_of(client.chat_postMessage(channel="U1", text="x"))
        assert (answer["status"], answer["error"]) == (429, "ratelimited")
        assert answer["headers"]["Retry-After"] == "7"
    await client.chat_postMessage(channel="U1", text="x")
    assert [call.ok for call in slack.calls("chat.postMessage")] == [True, False, False, True]


async def test_the_published_tiers_are_kept_when_wanted(slack, client):
    slack.tiers.on = True
    slack.tiers.limits["users.info"] = (60, 2)
    for _ in range(2):
        await client.users_info(user="U1")
    answer = await error_of(client.users_info(user="U1"))
    assert (answer["status"], answer["headers"]["Retry-After"]) == (429, "1")
    await slack.passes(1)
    await client.users_info(user="U1")
    for _ in range(5):
        await client.chat_postMessage(channel="U1", text="x")
    assert (await error_of(client.chat_postMessage(channel="U1", text="x")))["status"] == 429
    await client.chat_postMessage(channel="U2", text="x")


async def test_the_platform_can_fail_in_every_way(slack, client):
    post = {"channel": "U1", "text": "x"}
    slack.faults.error("chat.postMessage", "internal_error")
    assert (await error_of(client.chat_postMessage(**post)))["error"] == "internal_error"
    slack.faults.status("chat.*", 503)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(**post)
    assert caught.value.response.status_code == 503
    assert slack.messages == []
    bare = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    slack.faults.drop("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await bare.chat_postMessage(**post)
    assert len(slack.messages) == 1, "the work is done, only the answer is lost"
    slack.faults.refuse("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await bare.chat_postMessage(**post)
    assert len(slack.messages) == 1
    hanging = slack.faults.hang("chat.postMessage")
    call = asyncio.create_task(client.chat_postMessage(**post))
    _, pending = await asyncio.wait([call], timeout=0.05)
    assert pending
    hanging.release()
    assert (await call)["ok"]
    slack.faults.delay("chat.postMessage", 0.05)
    assert (await client.chat_postMessage(**post))["ok"]


async def test_validation_can_be_switched_off_for_benches(slack, client):
    slack.strict = False
    await client.chat_postMessage(channel="U1", text="x", blocks=[{"type": "poem"}], colour="red")
    assert slack.user("U1").last.blocks[0]["type"] == "poem"
