"""A Telegram of our own on loopback: the Bot API, as strict as the real one.

    async with FakeTelegram() as fake:
        aiko = fake.user(7, "Aiko")
        given = Given(fake.token, api_url=fake.url)

Rules of the room:
- It refuses what the platform refuses, with its words and codes; a parameter it does not know is
  refused as well, though the platform would let it pass.
- It fails when told to: `fake.fails("sendMessage", Status(502))`.
- Its time is the clock handed in: retry times and the age of taps are counted by it.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Protocol

from aiohttp import web

from bot.ports import SteadyClock
from tests.adapters.telegram_markup import Markup, Read, Refused, bad, markup, parsed, units
from tests.adapters.telegram_phones import Phone, Room, Shown, Toast
from tests.adapters.telegram_updates import Updates, Webhook

TOKEN = "123456789:test-token-of-nobody"
TEXT, CAPTION, TOAST = 4096, 1024, 200
TAP_LIVES = 15
"""Seconds in which a tap can be answered."""
LARGEST_FILE = 20_000_000


class Now(Protocol):
    def now(self) -> datetime: ...


# --- faults ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Status:
    """Answers so, without doing anything."""

    code: int
    body: str = "<html>nginx</html>"


@dataclass(frozen=True)
class TooMany:
    """429 with this figure; nothing is done."""

    seconds: int


@dataclass(frozen=True)
class Hangs:
    """Never answers, and does nothing."""


@dataclass(frozen=True)
class Drops:
    """Closes the connection without an answer; `after`: when all is done."""

    after: bool = True


@dataclass(frozen=True)
class Slow:
    """Does it, and answers so many real seconds later."""

    seconds: float


Fault = Status | TooMany | Hangs | Drops | Slow


# --- the parts -------------------------------------------------------------------------------


@dataclass
class Call:
    """One call of the API."""

    method: str
    given: dict[str, Any]
    at: datetime


class Files:
    """Files people and the bot have sent."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, bytes]] = {}
        self.claimed: dict[str, int] = {}
        """Sizes that are said instead of the true ones."""

    def keep(self, content: bytes, folder: str) -> str:
        number = len(self._files) + 1
        self._files[f"file-{number}"] = (f"{folder}/file_{number}.jpg", content)
        return f"file-{number}"

    def path(self, file: str) -> str:
        return self._files[file][0]

    def content(self, file: str) -> bytes:
        return self._files[file][1]

    def size(self, file: str) -> int:
        return self.claimed.get(file, len(self._files[file][1]))

    def __contains__(self, file: object) -> bool:
        return file in self._files

    def at(self, path: str) -> bytes | None:
        return next((content for known, content in self._files.values() if known == path), None)


@dataclass
class Published:
    """The limits as they are published: a second a chat with short bursts, twenty a minute a
    group, thirty a second altogether. How short a burst may be, nobody says."""

    all_in_a_second: int = 30
    chat_in_a_second: float = 1.0
    chat_burst: int = 8
    group_in_a_minute: int = 20
    sent: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    left: dict[int, tuple[float, float]] = field(default_factory=dict)
    """What each chat may still be sent at once, and when that was counted."""

    def check(self, chat: int, now: float) -> None:
        """Raises 429 with the exact time until one more may be sent."""
        everything = [t for times in self.sent.values() for t in times if now - t < 1]
        wait = 0.0
        if len(everything) >= self.all_in_a_second:
            wait = 1 - (now - min(everything))
        here = self.sent[chat]
        left = float(self.chat_burst)
        if chat < 0:
            minute = [t for t in here if now - t < 60]
            if len(minute) >= self.group_in_a_minute:
                wait = max(wait, 60 - (now - minute[-self.group_in_a_minute]))
        elif chat in self.left:
            before, at = self.left[chat]
            left = min(left, before + (now - at) * self.chat_in_a_second)
            if left < 1:
                wait = max(wait, (1 - left) / self.chat_in_a_second)
        if wait > 0:
            seconds = math.ceil(wait)
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self.left[chat] = (left - 1, now)
        here.append(now)
        del here[:-100]


@dataclass
class _Query:
    phone: Phone
    at: datetime
    answered: bool = False


_SEND = {
    "chat_id", "parse_mode", "reply_markup", "disable_notification", "reply_parameters",
    "link_preview_options",
}  # fmt: skip
METHODS: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "setWebhook": (
        {"url"},
        {"secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
    ),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "getWebhookInfo": (set(), set()),
    "sendMessage": ({"chat_id", "text"}, _SEND),
    "sendPhoto": ({"chat_id", "photo"}, (_SEND - {"link_preview_options"}) | {"caption"}),
    "editMessageText": (
        {"chat_id", "message_id", "text"},
        {"parse_mode", "reply_markup", "link_preview_options"},
    ),
    "editMessageReplyMarkup": ({"chat_id", "message_id"}, {"reply_markup"}),
    "deleteMessage": ({"chat_id", "message_id"}, set()),
    "answerCallbackQuery": ({"callback_query_id"}, {"text", "show_alert"}),
    "getFile": ({"file_id"}, set()),
    "getChat": ({"chat_id"}, set()),
    "setMyCommands": ({"commands"}, {"language_code", "scope"}),
    "deleteMyCommands": (set(), {"language_code", "scope"}),
}
"""What each method needs, and what it may be given besides."""


class FakeTelegram:
    """The platform. `user` and `group` make who is on it."""

    def __init__(self, clock: Now | None = None, *, username: str = "renraku_test_bot") -> None:
        self.token = TOKEN
        self.username = username
        self.clock: Now = clock or SteadyClock()
        self.phones: dict[int, Phone] = {}
        self.rooms: dict[int, Room] = {}
        self.messages: dict[tuple[int, int], Shown] = {}
        self.updates = Updates()
        self.webhook = Webhook(self.updates)
        self.files = Files()
        self.calls: list[Call] = []
        self.commands: dict[str, list[dict[str, str]]] = {}
        """The menu by language; the empty one for all others."""
        self.limits: Published | None = None
        self.url = ""
        self.skew = 0.0
        """Seconds by which the platform's clock is ahead of ours."""
        self.down: Fault | None = None
        """Every call fails so, for as long as this is set."""
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._queries: dict[str, _Query] = {}
        self._last_message = 0
        self._runner: web.AppRunner | None = None
        self._hanging = asyncio.Event()

    # --- its people --------------------------------------------------------------------------

    def user(self, id: int, name: str = "", language: str = "en", **more: bool) -> Phone:  # noqa: A002
        """Somebody's phone; made when first asked for."""
        if id not in self.phones:
            self.phones[id] = Phone(self, id, name or f"User {id}", language, **more)
        return self.phones[id]

    def group(self, id: int, title: str = "A group", kind: str = "supergroup") -> Room:  # noqa: A002
        if id not in self.rooms:
            self.rooms[id] = Room(self, id, title, kind)
        return self.rooms[id]

    def shown(self, chat: int) -> list[Shown]:
        return [m for (c, _), m in self.messages.items() if c == chat and not m.gone]

    def fails(self, method: str, *faults: Fault, times: int = 1) -> None:
        """The next calls of a method fail so, one after the other."""
        self._faults[method] += list(faults) * times

    def recovers(self) -> None:
        """No more faults."""
        self.down = None
        self._faults.clear()

    def called(self, method: str) -> list[dict[str, Any]]:
        """What a method was given, each time it was called."""
        return [call.given for call in self.calls if call.method == method]

    # --- what people do becomes updates ----------------------------------------------------

    def message(
        self, chat: dict[str, Any], by: Phone | None, content: dict[str, Any]
    ) -> dict[str, Any]:
        self._last_message += 1
        sender = {"from": by.user} if by else {}
        return {
            "message_id": self._last_message,
            "date": int(self.clock.now().timestamp()),
            "chat": chat,
            **sender,
            **content,
        }

    def membership(self, chat: dict[str, Any], by: Phone, before: str, now: str) -> dict[str, Any]:
        return {
            "chat": chat,
            "from": by.user,
            "date": int(self.clock.now().timestamp()),
            "old_chat_member": {"user": self.me, "status": before},
            "new_chat_member": {"user": self.me, "status": now},
        }

    def tapped(self, phone: Phone, data: str, on: Shown) -> str:
        query = f"query-{len(self._queries) + 1}"
        self._queries[query] = _Query(phone, self.clock.now())
        chat = self.rooms[on.chat].chat if on.chat in self.rooms else phone.chat
        message = {"message_id": on.id, "date": 1, "chat": chat, "text": on.read.text}
        self.updates.add(
            "callback_query",
            {
                "id": query,
                "from": phone.user,
                "message": message,
                "chat_instance": "1",
                "data": data,
            },
        )
        return query

    @property
    def me(self) -> dict[str, Any]:
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Renraku",
            "username": self.username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    # --- the server --------------------------------------------------------------------------

    async def __aenter__(self) -> FakeTelegram:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self.webhook.close()
        self._hanging.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        fault = self._fault("download")
        if isinstance(fault, Hangs):
            await self._hanging.wait()
        if isinstance(fault, Status):
            return web.Response(status=fault.code, text=fault.body)
        content = self.files.at(request.match_info["path"])
        if request.match_info["token"] != self.token or content is None:
            return web.json_response(
                {"ok": False, "error_code": 404, "description": "Not Found"}, status=404
            )
        return web.Response(body=content)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            given = await _parameters(request)
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            if method not in METHODS:
                raise Refused(404, "Not Found: method not found")
            self.calls.append(Call(method, given, self.clock.now()))
            fault = self._fault(method)
            if isinstance(fault, Status):
                return web.Response(status=fault.code, text=fault.body)
            if isinstance(fault, TooMany):
                words = f"Too Many Requests: retry after {fault.seconds}"
                raise Refused(429, words, retry_after=fault.seconds)
            if isinstance(fault, Hangs) or (isinstance(fault, Drops) and not fault.after):
                return await self._lost(request, fault)
            _checked(method, given)
            result = await self._do(method)(given)
            if isinstance(fault, Drops):
                return await self._lost(request, fault)
            if isinstance(fault, Slow):
                await asyncio.sleep(fault.seconds)
        except Refused as refused:
            return self._answer(
                {
                    "ok": False,
                    "error_code": refused.status,
                    "description": refused.words,
                    **({"parameters": refused.parameters} if refused.parameters else {}),
                },
                refused.status,
            )
        return self._answer({"ok": True, "result": result}, 200)

    def _answer(self, content: dict[str, Any], status: int) -> web.Response:
        moment = self.clock.now().timestamp() + self.skew
        date = format_datetime(datetime.fromtimestamp(moment, self.clock.now().tzinfo), usegmt=True)
        return web.json_response(content, status=status, headers={"Date": date})

    async def _lost(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if isinstance(fault, Hangs):
            await self._hanging.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _fault(self, method: str) -> Fault | None:
        if self.down is not None:
            return self.down
        for key in (method, "*"):
            if self._faults[key]:
                return self._faults[key].pop(0)
        return None

    def _do(self, method: str) -> Callable[[dict[str, Any]], Awaitable[Any]]:
        found: Callable[[dict[str, Any]], Awaitable[Any]] = getattr(self, f"_do_{method}")
        return found

    # --- receiving -----------------------------------------------------------------------------

    async def _do_getMe(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self.me

    async def _do_getUpdates(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if self.webhook.url:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
                " to delete the webhook first",
            )
        self._allow(given)
        offset, limit = int(given.get("offset", 0)), int(given.get("limit", 100))
        return await self.updates.poll(offset, max(1, min(limit, 100)), given.get("timeout", 0))

    def _allow(self, given: dict[str, Any]) -> None:
        if given.get("allowed_updates"):
            self.updates.allowed = frozenset(given["allowed_updates"])

    async def _do_setWebhook(self, given: dict[str, Any]) -> Any:  # noqa: N802
        secret = given.get("secret_token", "")
        if len(secret) > 256 or not all(c.isalnum() or c in "_-" for c in secret):
            raise bad("secret token contains unallowed characters")
        self._allow(given)
        self.webhook.point(given["url"], secret, given.get("max_connections", 40))
        return True

    async def _do_deleteWebhook(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if given.get("drop_pending_updates"):
            self.updates.pending.clear()
        self.webhook.point("", "", 40)
        return True

    async def _do_getWebhookInfo(self, given: dict[str, Any]) -> Any:  # noqa: N802
        hook = self.webhook
        error: dict[str, Any] = {}
        if hook.error:
            now = int(self.clock.now().timestamp())
            error = {"last_error_message": hook.error, "last_error_date": hook.error_at or now}
        return {
            "url": hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
            "max_connections": hook.connections,
            "allowed_updates": sorted(self.updates.allowed),
            **error,
        }

    # --- sending -----------------------------------------------------------------------------

    def _chat(self, chat: Any) -> int:
        """The chat a message may be sent to. Raises as the platform does."""
        if isinstance(chat, str) and chat.removeprefix("-").isdecimal():
            chat = int(chat)
        if chat in self.rooms:
            return self._room(self.rooms[chat])
        phone = self.phones.get(chat)
        if phone is None:
            raise bad("chat not found")
        if phone.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if phone.is_bot:
            raise Refused(403, "Forbidden: bot can't send messages to bots")
        if phone.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not phone.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        found: int = chat
        return found

    def _room(self, room: Room) -> int:
        if room.moved_to is not None:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=room.moved_to,
            )
        if not room.bot_is_in:
            raise Refused(403, f"Forbidden: bot is not a member of the {room.kind} chat")
        return room.id

    def _pace(self, chat: int) -> None:
        if self.limits is not None:
            self.limits.check(chat, self.clock.now().timestamp())

    async def _do_sendMessage(self, given: dict[str, Any]) -> Any:  # noqa: N802
        chat = self._chat(given["chat_id"])
        read = parsed(given["text"], given.get("parse_mode"))
        if not read.text:
            raise bad("message text is empty")
        if units(read.text) > TEXT:
            raise bad("message is too long")
        return self._post(chat, read, given)

    async def _do_sendPhoto(self, given: dict[str, Any]) -> Any:  # noqa: N802
        chat = self._chat(given["chat_id"])
        read = parsed(given.get("caption", ""), given.get("parse_mode"))
        if units(read.text) > CAPTION:
            raise bad("message caption is too long")
        photo = given["photo"]
        if isinstance(photo, str):
            if photo not in self.files:
                raise bad("wrong remote file identifier specified: Wrong string length")
            file = photo
        else:
            file = self.files.keep(photo, "photos")
        if len(self.files.content(file)) > 10_000_000:
            raise bad("file is too big")
        return self._post(chat, read, given, file=file)

    def _post(self, chat: int, read: Read, given: dict[str, Any], file: str = "") -> dict[str, Any]:
        drawn = markup(given.get("reply_markup"), private=chat > 0)
        reply = given.get("reply_parameters") or {}
        to = reply.get("message_id")
        if to is not None and (chat, to) not in self.messages:
            if not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            to = None
        self._pace(chat)
        self._last_message += 1
        shown = Shown(
            chat,
            self._last_message,
            read,
            drawn,
            silent=bool(given.get("disable_notification")),
            photo=self.files.content(file) if file else None,
            reply_to=to,
        )
        self.messages[chat, shown.id] = shown
        phone = self.phones.get(chat)
        if phone is not None and drawn.replies:
            phone.keyboard = drawn.asks_place
        return self._described(shown, file)

    def _described(self, shown: Shown, file: str = "") -> dict[str, Any]:
        room = self.rooms.get(shown.chat)
        chat = room.chat if room else self.phones[shown.chat].chat
        content: dict[str, Any] = {"text": shown.read.text}
        if file:
            size = {"file_id": file, "file_unique_id": f"u{file}", "width": 9, "height": 9}
            content = {"photo": [size], "caption": shown.read.text}
        return {"message_id": shown.id, "date": 1, "chat": chat, "from": self.me, **content}

    def _mine(self, given: dict[str, Any]) -> Shown:
        """The bot's own message that a call names."""
        chat = self._chat(given["chat_id"])
        shown = self.messages.get((chat, int(given["message_id"])))
        if shown is None or shown.gone:
            raise bad("message to edit not found")
        if shown.markup.replies:
            raise bad("message can't be edited")
        return shown

    async def _do_editMessageText(self, given: dict[str, Any]) -> Any:  # noqa: N802
        shown = self._mine(given)
        read = parsed(given["text"], given.get("parse_mode"))
        if not read.text:
            raise bad("message text is empty")
        if units(read.text) > TEXT:
            raise bad("MESSAGE_TOO_LONG")
        return self._changed(shown, read, given)

    async def _do_editMessageReplyMarkup(self, given: dict[str, Any]) -> Any:  # noqa: N802
        shown = self._mine(given)
        return self._changed(shown, shown.read, given)

    def _changed(self, shown: Shown, read: Read, given: dict[str, Any]) -> Any:
        drawn = markup(given.get("reply_markup"), private=shown.chat > 0, editing=True)
        if (read, drawn) == (shown.read, shown.markup):
            raise bad(
                "message is not modified: specified new message content and reply markup are"
                " exactly the same as a current content and reply markup of the message"
            )
        self._pace(shown.chat)
        shown.before.append(shown.text)
        shown.read, shown.markup = read, drawn
        return self._described(shown)

    async def _do_deleteMessage(self, given: dict[str, Any]) -> Any:  # noqa: N802
        shown = self.messages.get((self._chat(given["chat_id"]), int(given["message_id"])))
        if shown is None or shown.gone:
            raise bad("message to delete not found")
        shown.gone = True
        return True

    async def _do_answerCallbackQuery(self, given: dict[str, Any]) -> Any:  # noqa: N802
        text = given.get("text", "")
        if units(text) > TOAST:
            raise bad("MESSAGE_TOO_LONG")
        query = self._queries.get(given["callback_query_id"])
        now = self.clock.now()
        if query is None or query.answered or (now - query.at).total_seconds() > TAP_LIVES:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        query.answered = True
        toast = Toast(given["callback_query_id"], text, bool(given.get("show_alert")))
        query.phone.toasts.append(toast)
        return True

    # --- the rest ----------------------------------------------------------------------------

    async def _do_getFile(self, given: dict[str, Any]) -> Any:  # noqa: N802
        file = given["file_id"]
        if file not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if self.files.size(file) > LARGEST_FILE:
            raise bad("file is too big")
        return {
            "file_id": file,
            "file_unique_id": f"u{file}",
            "file_size": self.files.size(file),
            "file_path": self.files.path(file),
        }

    async def _do_getChat(self, given: dict[str, Any]) -> Any:  # noqa: N802
        chat = self._chat(given["chat_id"])
        found = self.rooms[chat].chat if chat in self.rooms else self.phones[chat].chat
        return {**found, "accent_color_id": 0, "max_reaction_count": 11}

    async def _do_setMyCommands(self, given: dict[str, Any]) -> Any:  # noqa: N802
        commands = given["commands"]
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for each in commands:
            name, says = each.get("command", ""), each.get("description", "")
            if not 1 <= len(name) <= 32 or not name.isascii() or name != name.lower():
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(says) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        language = given.get("language_code", "")
        if language and (len(language) != 2 or not language.isalpha()):
            raise bad("LANG_CODE_INVALID")
        self.commands[language] = commands
        return True

    async def _do_deleteMyCommands(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.commands.pop(given.get("language_code", ""), None)
        return True


def _checked(method: str, given: dict[str, Any]) -> None:
    needed, known = METHODS[method]
    for name in needed:
        if name not in given:
            raise bad(f'parameter "{name}" is required')
    for name, value in given.items():
        if name not in needed | known:
            raise bad(f'unknown parameter "{name}"')
        if name in ("text", "caption") and not isinstance(value, str):
            raise bad(f'parameter "{name}" must be a string')


async def _parameters(request: web.Request) -> dict[str, Any]:
    """What a call was given, however it was sent."""
    if request.content_type == "application/json":
        found = await request.json()
        if not isinstance(found, dict):
            raise bad("can't parse JSON")
        return {name: _value(name, value) for name, value in found.items()}
    given: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = value.file.read()
        else:
            given[name] = _value(name, value)
    return given


_WORDS = {
    "secret_token",
    "language_code",
    "text",
    "caption",
    "callback_query_id",
    "url",
    "file_id",
    "photo",
    "parse_mode",
}


def _value(name: str, value: Any) -> Any:
    """Structures and numbers may come as text."""
    if name in _WORDS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


__all__ = [
    "Drops", "FakeTelegram", "Hangs", "Markup", "Published", "Slow", "Status", "TooMany",
]  # fmt: skip
