"""The fake Slack's roads to an app: Socket Mode by the official client, and signed posts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack_fake import NotShown, Slack, StandingClock
from tests.adapters.test_slack_fake import plain, report, safe_or_not

JSON = dict[str, Any]


class App:
    """A small app: it keeps what it is told and confirms it, unless it is told to be silent."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.web = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        self.told: list[SocketModeRequest] = []
        self.silent = False
        self.answers: dict[str, JSON] = {}
        """What goes into the ack, by type."""
        self.meanwhile: Callable[[JSON], Awaitable[object]] | None = None
        self.clients: list[SocketModeClient] = []

    async def connect(self) -> SocketModeClient:
        client = SocketModeClient(self.slack.app_token, web_client=self.web, ping_interval=0.2)
        client.socket_mode_request_listeners.append(self.hear)
        self.clients.append(client)
        await client.connect()
        return client

    async def hear(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        self.told.append(request)
        if self.silent:
            return
        kind = str(request.payload.get("type", request.type))
        await client.send_socket_mode_response(
            SocketModeResponse(request.envelope_id, self.answers.get(kind))
        )
        if self.meanwhile is not None:
            await self.meanwhile(request.payload)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in self.clients:
            await client.close()

    async def hears(self, count: int = 1) -> None:
        """Wait until so many things have been told."""
        async with asyncio.timeout(5):
            while len(self.told) < count:
                await asyncio.sleep(0.005)

    @property
    def events(self) -> list[JSON]:
        return [r.payload["event"] for r in self.told if r.type == "events_api"]

    def kinds(self) -> list[str]:
        return [e["type"] for e in self.events]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        running.echoes = False
        running.add_user("U1", real_name="Aiko Tanaka", email="aiko@example.org")
        yield running


@pytest.fixture
async def app(slack: Slack) -> AsyncIterator[App]:
    async with App(slack) as app:
        await app.connect()
        await slack.sockets.connected()
        yield app


# --- Socket Mode --------------------------------------------------------------------------------


async def test_whatever_people_do_comes_down_the_socket_and_is_confirmed(slack, app):
    aiko = slack.user("U1")
    await app.web.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
    said = await aiko.says("fire & smoke in <B> 🔥")
    await aiko.edits(said, "fire in C")
    await aiko.deletes(said)
    await aiko.opens_home()
    tap = await aiko.taps("Safe")
    command = await aiko.runs("/renraku report")
    await aiko.shortcut("report")
    await aiko.message_shortcut(aiko.last, "report")
    assert tap.acked
    assert command.acked
    assert [request.type for request in app.told] == [
        *["events_api"] * 4,
        *("interactive", "slash_commands", "interactive", "interactive"),
    ]
    wrote, edited, deleted, home = app.events
    assert wrote["text"] == "fire &amp; smoke in &lt;B&gt; :fire:"
    assert (wrote["user"], wrote["channel_type"], wrote["ts"]) == ("U1", "im", said.ts)
    assert (edited["subtype"], edited["message"]["ts"]) == ("message_changed", said.ts)
    assert edited["message"]["text"] == "fire in C"
    assert edited["previous_message"]["text"] == wrote["text"]
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    assert (home["type"], home["tab"]) == ("app_home_opened", "home")
    tapped, commanded, shortcut, on_message = (r.payload for r in app.told[4:])
    assert (
        tapped["actions"][0].items()
        >= {
            "action_id": "safe",
            "block_id": "ask",
            "value": "1",
            "type": "button",
        }.items()
    )
    assert tapped["container"]["message_ts"] == aiko.last.ts == tapped["message"]["ts"]
    assert tapped["response_url"].startswith(slack.base)
    assert (commanded["command"], commanded["text"]) == ("/renraku", "report")
    assert (shortcut["type"], on_message["type"]) == ("shortcut", "message_action")
    assert len({r.envelope_id for r in app.told}) == 8


async def test_an_app_hears_of_its_own_messages(slack, app):
    slack.echoes = True
    answer = await app.web.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
    await app.web.chat_update(channel=answer["channel"], ts=answer["ts"], text="y")
    await app.hears(2)
    posted, changed = sorted(app.events, key=lambda event: "subtype" in event)
    assert posted["bot_id"] == changed["message"]["bot_id"]
    assert changed["subtype"] == "message_changed"
    assert "user" not in changed


async def test_an_app_hears_only_what_it_has_subscribed_to(slack, app):
    slack.add_channel("C1", "general", "U1")
    aiko = slack.user("U1")
    await aiko.says("hello", channel="C1")
    assert app.told == []
    await aiko.says("<@U0RENRAKU> help", channel="C1", raw=True)
    assert app.kinds() == ["app_mention"]
    slack.events.remove("app_home_opened")
    assert await aiko.opens_home() is None


async def test_changes_of_people_and_of_the_app_are_events(slack, app):
    await slack.joins("U2", real_name="Yusuf Haddad", email="yusuf@example.org")
    await slack.change("U2", locale="ar-SA")
    await slack.deactivate("U2")
    await slack.deactivate("U2", back=True)
    await slack.uninstall()
    await app.hears(6)
    assert app.kinds() == [
        *("team_join", "user_change", "user_change", "user_change"),
        *("app_uninstalled", "tokens_revoked"),
    ]
    assert [event["user"]["deleted"] for event in app.events[:4]] == [False, False, True, False]
    assert app.events[1]["user"]["locale"] == "ar-SA"


async def test_a_modal_is_opened_filled_corrected_and_sent(slack, app):
    aiko = slack.user("U1")

    async def open_report(payload: JSON) -> None:
        if payload.get("type") == "shortcut":
            await app.web.views_open(trigger_id=payload["trigger_id"], view=report())

    app.meanwhile = open_report
    await aiko.shortcut("report")
    async with asyncio.timeout(5):
        while aiko.modal is None:
            await asyncio.sleep(0.01)
    await aiko.fills({"Where?": "B"})
    errors = {"where": "Which floor?"}
    app.answers["view_submission"] = {"response_action": "errors", "errors": errors}
    await aiko.submits()
    assert aiko.modal.errors == errors
    await aiko.fills({"where": "B, 3rd floor"})
    other = {**report(), "title": plain("Next")}
    app.answers["view_submission"] = {"response_action": "push", "view": other}
    await aiko.submits()
    assert [view.title for view in aiko.modals] == ["Report", "Next"]
    await aiko.fills({"where": "C"})
    app.answers["view_submission"] = {"response_action": "update", "view": report()}
    await aiko.submits()
    assert [view.title for view in aiko.modals] == ["Report", "Report"]
    app.answers["view_submission"] = {"response_action": "clear"}
    await aiko.submits()
    assert aiko.modal is None
    sent = [r.payload for r in app.told if r.payload["type"] == "view_submission"]
    assert [p["view"]["state"]["values"]["where"]["a"]["value"] for p in sent] == [
        *("B", "B, 3rd floor", "C", "C"),
    ]
    assert aiko.troubles == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "no such block"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"where": ""}},
        {"response_action": "update", "view": {"type": "home", "blocks": []}},
        {"response_action": "dance"},
        {"text": "thank you"},
    ],
    ids=str,
)
async def test_an_answer_the_platform_does_not_understand_is_trouble(slack, app, answer):
    aiko = slack.user("U1")
    await app.web.views_open(trigger_id=slack.views.trigger("U1"), view=report())
    await aiko.fills({"where": "B"})
    app.answers["view_submission"] = answer
    await aiko.submits()
    assert aiko.modal is not None
    assert len(aiko.troubles) == 1


async def test_closing_a_modal_is_told_where_it_was_asked_for(slack, app):
    aiko = slack.user("U1")
    for notify in (False, True):
        view = {**report(), "notify_on_close": notify}
        await app.web.views_open(trigger_id=slack.views.trigger("U1"), view=view)
        await aiko.closes()
        assert aiko.modal is None
    assert [r.payload["type"] for r in app.told] == ["view_closed"]
    assert app.told[0].payload["is_cleared"] is False


async def test_every_kind_of_field_reaches_the_app_as_it_was_filled(slack, app):
    two = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]
    kinds: dict[str, JSON] = {
        "select": {"type": "static_select", "options": two},
        "radio": {"type": "radio_buttons", "options": two, "initial_option": two[0]},
        "boxes": {"type": "checkboxes", "options": two},
        "who": {"type": "users_select"},
        "when": {"type": "datepicker"},
        "many": {"type": "number_input", "is_decimal_allowed": False},
        "photo": {"type": "file_input", "max_files": 2},
        "left": {"type": "plain_text_input"},
        "found": {"type": "external_select"},
    }
    blocks = [
        {
            "type": "input",
            "block_id": name,
            "label": plain(name.title()),
            "element": {**element, "action_id": "a"},
            "optional": name == "left",
        }
        for name, element in kinds.items()
    ]
    view = {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": blocks}
    await app.web.views_open(trigger_id=slack.views.trigger("U1"), view=view)
    aiko = slack.user("U1")
    app.answers["block_suggestion"] = {"options": two}
    assert await aiko.searches("Found", "o") == ["One", "Two"]
    photo = aiko.file(b"jpeg")
    await aiko.fills(
        {
            "Select": "Two",
            "boxes": ["One", "Two"],
            "Who": "U1",
            "When": "2026-03-11",
            "Many": 3,
            "Photo": [photo],
            "Found": "Two",
        }
    )
    await aiko.submits()
    values = app.told[-1].payload["view"]["state"]["values"]
    said = {name: values[name]["a"] for name in kinds}
    assert said["select"]["selected_option"]["value"] == "2"
    assert said["radio"]["selected_option"]["value"] == "1"
    assert [o["value"] for o in said["boxes"]["selected_options"]] == ["1", "2"]
    assert (said["who"]["selected_user"], said["when"]["selected_date"]) == ("U1", "2026-03-11")
    assert said["many"]["value"] == "3"
    assert said["photo"]["files"][0]["id"] == photo.id
    assert said["left"] == {"type": "plain_text_input", "value": None}
    assert said["found"]["selected_option"]["value"] == "2"


async def test_choosing_in_a_message_is_told_at_once(slack, app):
    two = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]
    menu = {"type": "static_select", "action_id": "menu", "options": two}
    more = {"type": "overflow", "action_id": "more", "options": two}
    blocks = [{"type": "actions", "block_id": "b", "elements": [menu, more]}]
    await app.web.chat_postMessage(channel="U1", text="x", blocks=blocks)
    aiko = slack.user("U1")
    await aiko.picks("menu", "Two")
    await aiko.taps("One")
    picked, tapped = (r.payload for r in app.told)
    assert picked["actions"][0]["selected_option"]["value"] == "2"
    assert picked["state"]["values"]["b"]["menu"]["selected_option"]["value"] == "2"
    assert (tapped["actions"][0]["type"], tapped["actions"][0]["action_id"]) == (
        *("overflow", "more"),
    )
    assert tapped["actions"][0]["selected_option"]["value"] == "1"


async def test_a_command_may_be_answered_in_its_ack(slack, app):
    aiko = slack.user("U1")
    app.answers["slash_commands"] = {"text": "Here is the menu."}
    await aiko.runs("/renraku")
    assert (aiko.last.shown, aiko.last.ephemeral) == ("Here is the menu.", True)
    app.answers["slash_commands"] = {"blocks": [{"type": "poem"}]}
    await aiko.runs("/renraku")
    assert len(aiko.troubles) == 1


# --- Repeats ------------------------------------------------------------------------------------


async def test_an_event_nobody_confirms_comes_at_once_after_one_and_after_five_minutes(slack, app):
    app.silent = True
    await slack.user("U1").says("fire", wait=False)
    clock = slack.clock
    assert isinstance(clock, StandingClock)
    begin = clock.now()
    seen: list[tuple[int, int, str]] = []
    for step in (3, 3, 57, 3, 300, 3, 600):
        await slack.passes(step)
        await app.hears(slack.deliveries.all[0].sent)
        told = app.told[-1]
        now = int((clock.now() - begin).total_seconds())
        if not seen or seen[-1][1] != told.retry_attempt:
            seen.append((now, told.retry_attempt, told.retry_reason))
    assert [(attempt, reason) for _, attempt, reason in seen] == [
        *((1, "timeout"), (2, "timeout"), (3, "timeout")),
    ]
    assert len(app.told) == 4
    assert len({r.payload["event_id"] for r in app.told}) == 1
    assert len({r.envelope_id for r in app.told}) == 4
    assert slack.deliveries.waiting == []
    assert slack.deliveries.all[0].given_up


async def test_an_event_sent_while_nobody_listened_comes_later(slack):
    await slack.user("U1").says("fire")
    await slack.passes(1)
    async with App(slack) as app:
        await app.connect()
        await slack.sockets.connected()
        assert app.told == []
        await slack.passes(60)
        await app.hears()
        assert (app.told[0].retry_attempt, app.told[0].retry_reason) == (2, "connection_failed")


async def test_a_tap_nobody_confirms_is_not_sent_again_but_told_to_who_tapped(slack, app):
    await app.web.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
    app.silent = True
    aiko = slack.user("U1")
    tap = await aiko.taps("Safe", wait=False)
    await slack.passes(400)
    assert (tap.given_up, tap.sent, aiko.troubles) == (True, 1, ["timeout"])
    slack.deliveries.repeats_everything = True
    tap = await aiko.taps("Safe", wait=False)
    await slack.passes(400)
    assert tap.sent == 4


async def test_a_confirmation_that_comes_too_late_stops_nothing(slack, app):
    app.silent = True
    await slack.user("U1").says("fire", wait=False)
    await app.hears()
    await slack.passes(3)
    late = SocketModeResponse(app.told[0].envelope_id)
    await app.clients[0].send_socket_mode_response(late)
    await app.clients[0].send_socket_mode_response(SocketModeResponse("nobody's"))
    async with asyncio.timeout(5):
        while not slack.sockets.unknown:
            await asyncio.sleep(0.01)
    assert (slack.sockets.late, slack.sockets.unknown) == ([late.envelope_id], ["nobody's"])
    assert slack.deliveries.all[0].open


async def test_things_can_come_twice_late_and_out_of_order(slack, app):
    aiko = slack.user("U1")
    slack.deliveries.duplicate()
    await aiko.says("one")
    await app.hears(2)
    assert app.told[0].envelope_id == app.told[1].envelope_id
    slack.deliveries.hold()
    await aiko.says("two", wait=False)
    await aiko.says("three", wait=False)
    assert len(app.told) == 2
    await slack.deliveries.release(reverse=True)
    await app.hears(4)
    assert [event["text"] for event in app.events] == ["one", "one", "three", "two"]
    await slack.deliveries.repeat(slack.deliveries.all[0])
    await app.hears(5)
    assert app.events[-1] == app.events[0]


# --- Connections --------------------------------------------------------------------------------


async def test_each_thing_goes_to_one_of_the_connections(slack, app):
    await app.connect()
    await slack.sockets.connected(2)
    for number in range(6):
        await slack.user("U1").says(str(number))
    assert len(app.told) == 6
    assert [len(socket.envelopes) for socket in slack.sockets.open] == [3, 3]


async def test_a_connection_that_is_asked_to_go_is_replaced(slack, app):
    await slack.sockets.refresh()
    await slack.sockets.connected()
    assert slack.sockets.ever == 2
    await slack.user("U1").says("hello")
    assert len(app.told) == 1


async def test_a_connection_that_is_cut_is_replaced(slack, app):
    await slack.sockets.drop()
    await slack.sockets.gone()
    await slack.sockets.connected()
    await slack.user("U1").says("hello")
    assert len(app.told) == 1


async def test_a_dead_connection_looks_alive_and_hears_nothing(slack, app):
    first = slack.sockets.open[0]
    slack.sockets.deafen()
    await slack.user("U1").says("hello", wait=False)
    await slack.sockets.connected()
    assert slack.sockets.open[-1] is not first
    await slack.passes(3)
    await app.hears()
    assert app.told[0].retry_attempt == 1


async def test_the_eleventh_connection_and_a_used_ticket_are_refused(slack):
    app = App(slack)
    async with aiohttp.ClientSession() as session:
        url = (await app.web.apps_connections_open(app_token=slack.app_token))["url"]
        first = await session.ws_connect(url)
        assert (await first.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        sockets = [first]
        for _ in range(9):
            sockets.append(await session.ws_connect(slack.sockets.ticket()))
        await slack.sockets.connected(10)
        eleventh = await session.ws_connect(slack.sockets.ticket())
        assert await eleventh.receive_json() == {
            "type": "disconnect",
            "reason": "too_many_websockets",
        }
        for socket in [*sockets, eleventh]:
            await socket.close()


async def test_a_socket_needs_the_app_s_token_with_its_scope(slack):
    web_client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    slack.app_scopes = []
    for token, error in (
        (slack.bot_token, "not_allowed_token_type"),
        (slack.app_token, "missing_scope"),
        ("xapp-nobody", "invalid_auth"),
    ):
        with pytest.raises(Exception, match=error):
            await web_client.apps_connections_open(app_token=token)


# --- HTTP ---------------------------------------------------------------------------------------


class Endpoint:
    """An app on HTTP: checks signatures and keeps what it is told."""

    def __init__(self, secret: str) -> None:
        self.verifier = SignatureVerifier(secret)
        self.told: list[tuple[dict[str, str], JSON]] = []
        self.statuses: list[int] = []
        """What to answer to the next ones; 200 when there are none left."""
        self.headers: dict[str, str] = {}
        self.body: JSON = {}

    async def hear(self, request: web.Request) -> web.Response:
        body = await request.text()
        headers = dict(request.headers)
        if not self.verifier.is_valid_request(body, headers):
            return web.Response(status=401)
        if request.content_type == "application/json":
            told = json.loads(body)
            if told["type"] == "url_verification":
                return web.json_response({"challenge": told["challenge"]})
        else:
            form = {name: values[0] for name, values in parse_qs(body).items()}
            told = json.loads(form["payload"]) if "payload" in form else form
        self.told.append((headers, told))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200 and self.body:
            return web.json_response(self.body)
        return web.Response(status=status, headers=self.headers)


@asynccontextmanager
async def serving(slack: Slack) -> AsyncIterator[Endpoint]:
    endpoint = Endpoint(slack.signing_secret)
    application = web.Application()
    application.router.add_post("/slack/events", endpoint.hear)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield endpoint
    finally:
        await runner.cleanup()


async def test_everything_can_be_posted_signed(slack):
    async with serving(slack) as endpoint:
        assert await slack.posts.verify_url()
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        await client.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
        aiko = slack.user("U1")
        await aiko.says("火事です")
        await aiko.taps("Safe")
        endpoint.body = {"text": "the menu"}
        await aiko.runs("/renraku help me")
        assert [told.get("type", "command") for _, told in endpoint.told] == [
            *("event_callback", "block_actions", "command"),
        ]
        assert endpoint.told[0][1]["event"]["text"] == "火事です"
        assert endpoint.told[2][1]["text"] == "help me"
        assert "X-Slack-Retry-Num" not in endpoint.told[0][0]
        assert aiko.last.shown == "the menu"


async def test_a_post_that_fails_is_repeated_with_its_number_and_reason(slack):
    async with serving(slack) as endpoint:
        endpoint.statuses = [500]
        await slack.user("U1").says("fire")
        await slack.passes(0)
        async with asyncio.timeout(5):
            while len(endpoint.told) < 2:
                await asyncio.sleep(0.01)
        headers, told = endpoint.told[1]
        assert (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) == (
            *("1", "http_error"),
        )
        assert told == endpoint.told[0][1]
        endpoint.statuses, endpoint.headers = [500], {"X-Slack-No-Retry": "1"}
        await slack.user("U1").says("smoke")
        await slack.passes(400)
        assert len(endpoint.told) == 3


async def test_wrong_signatures_and_old_ones_are_made_on_purpose(slack):
    async with serving(slack) as endpoint:
        slack.posts.bad_signatures = 1
        await slack.user("U1").says("forged")
        slack.posts.seconds_old = 301
        await slack.user("U1").says("old")
        assert [answer.status for answer in slack.posts.answers] == [401, 401]
        assert endpoint.told == []
    await slack.user("U1").says("nobody is there")
    assert slack.deliveries.all[-1].failures[-1] == "connection_failed"


async def test_somebody_else_s_clock_is_followed():
    clock = StandingClock()
    async with Slack(clock=clock) as slack:
        slack.add_user("U1")
        await slack.user("U1").says("fire")
        await slack.deliveries.tick()
        async with App(slack) as app:
            await app.connect()
            await slack.sockets.connected()
            clock.turn(60)
            await app.hears()


# --- The official framework ---------------------------------------------------------------------


async def test_bolt_runs_on_it(slack):
    slack.echoes = True
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    bolt = AsyncApp(client=client)
    said: list[JSON] = []

    @bolt.event("message")
    async def hear(event: JSON) -> None:
        said.append(event)

    @bolt.event("app_home_opened")
    async def home(event: JSON) -> None:
        view = {"type": "home", "blocks": safe_or_not()}
        await client.views_publish(user_id=event["user"], view=view)

    @bolt.action("safe")
    async def safe(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Thank you.", replace_original=True)

    @bolt.command("/renraku")
    async def command(ack: Any, body: JSON) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=report())

    @bolt.view("report")
    async def sent(ack: Any) -> None:
        await ack(response_action="errors", errors={"where": "Which floor?"})

    handler = AsyncSocketModeHandler(bolt, slack.app_token)
    aiko = slack.user("U1")
    try:
        await handler.connect_async()
        await slack.sockets.connected()
        await client.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
        await aiko.says("fire")
        await aiko.taps("Safe")
        await aiko.sees("Thank you.")
        await aiko.opens_home()
        await aiko.sees("Are you safe?")
        await aiko.runs("/renraku report")
        await aiko.gets_modal("Report")
        await aiko.fills({"Where?": "B"})
        await aiko.submits()
        assert aiko.modal is not None
        assert aiko.modal.errors == {"where": "Which floor?"}
        async with asyncio.timeout(5):
            while slack.deliveries.waiting:
                await asyncio.sleep(0.005)
    finally:
        await handler.close_async()
    # Bolt confirms the bot's own words, and that they were changed, and keeps both from it.
    assert [event["text"] for event in said] == ["fire"]
    echoes = [d.payload["event"] for d in slack.deliveries.all if d.kind == "events_api"]
    assert [e.get("subtype", e["type"]) for e in echoes] == [
        *("message", "message", "message_changed", "app_home_opened"),
    ]
    assert aiko.troubles == []


async def test_waiting_for_what_never_comes_says_what_is_there(slack, app):
    aiko = slack.user("U1")
    await app.web.chat_postMessage(channel="U1", text="Are you safe?", blocks=safe_or_not())
    assert await aiko.gets() is aiko.last
    aiko.patience = 0.02
    with pytest.raises(NotShown, match="Are you safe"):
        await aiko.sees("Thank you.")
    with pytest.raises(NotShown, match="2 messages"):
        await aiko.gets(2)


async def test_a_tap_on_what_a_client_still_shows_comes_as_it_was(slack, app):
    aiko = slack.user("U1")
    posted = await app.web.chat_postMessage(channel="U1", text="x", blocks=safe_or_not())
    await app.web.chat_update(channel=posted["channel"], ts=posted["ts"], text="Too late.")
    with pytest.raises(NotShown):
        await aiko.taps("Safe")
    await aiko.taps("Safe", on=aiko.last, stale=0)
    [told] = app.told
    assert told.payload["actions"][0]["action_id"] == "safe"
    assert told.payload["message"]["text"] == "Too late."
    await slack.removes(aiko.last)
    await app.hears(2)
    assert app.events[0]["subtype"] == "message_deleted"
