"""The Web API's counter: who calls, with which arguments, and what goes wrong on the way.

Rules of the room:
- Arguments come as a query, a form or JSON, as the official client sends them.
- A method is a function from a `Call` to an answer; `Refused` is the platform's own error.
- Every call and its answer is kept, so that a test can count them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .workspace import JSON

if TYPE_CHECKING:
    from .slack import Slack


class Refused(Exception):
    """The platform's own error, with what it says beside it."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.answer: JSON = {"ok": False, "error": error, **more}
        if messages:
            self.answer["errors"] = messages
            marked = [f"[ERROR] {message}" for message in messages]
            self.answer["response_metadata"] = {"messages": marked}


@dataclass(slots=True)
class Call:
    """One call: its method, its arguments, and afterwards its answer."""

    method: str
    args: JSON
    token: str = field(default="", repr=False)
    answer: JSON = field(default_factory=dict)
    status: int = 200

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        if not self.args.get(name):
            raise Refused(error, [f"missing required field: {name}"])
        return str(self.args[name])

    def flag(self, name: str) -> bool:
        return self.args.get(name) in (True, 1, "1", "true", "True")

    def whole(self, name: str, default: int) -> int:
        try:
            return int(self.args.get(name) or default)
        except ValueError:
            raise Refused("invalid_arguments", [f"must be an integer: {name}"]) from None

    def parsed(self, name: str, broken: str) -> Any:
        """An argument that is JSON, or JSON in a string; `None` where it is missing."""
        value = self.args.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value) if value else None
            except ValueError:
                raise Refused(broken) from None
        return value


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API: what it needs, what it may be given, what it does."""

    does: Callable[[Slack, Call], Awaitable[JSON]]
    scopes: tuple[str, ...]
    args: frozenset[str]
    app_token: bool = False
    anything: bool = False


METHODS: dict[str, Method] = {}


def method(
    name: str, args: str = "", *, scopes: str = "", app_token: bool = False, anything: bool = False
) -> Callable[[Callable[[Slack, Call], Awaitable[JSON]]], Callable[[Slack, Call], Awaitable[JSON]]]:
    """Declare a method; `args` and `scopes` are words with spaces between."""

    def declare(
        does: Callable[[Slack, Call], Awaitable[JSON]],
    ) -> Callable[[Slack, Call], Awaitable[JSON]]:
        METHODS[name] = Method(
            does, tuple(scopes.split()), frozenset(args.split()), app_token, anything
        )
        return does

    return declare


class Counter:
    """Takes calls and answers them."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self.calls: list[Call] = []
        self.keeps = True

    async def take(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            args, token = await self._arguments(request)
        except Refused as refused:
            return web.json_response(refused.answer)
        call = Call(name, args, token)
        if self.keeps:
            self.calls.append(call)
        fault = self._slack.faults.strike(name, args)
        if fault is not None:
            if fault.kind == "refuse":
                return self._cut(request)
            if fault.kind == "status":
                call.status = fault.status
                page = f"<html><body><h1>{fault.status}</h1></body></html>"
                return web.Response(status=fault.status, text=page, content_type="text/html")
            if fault.kind == "ratelimit":
                return self._slow_down(call, fault.seconds)
            if fault.kind == "error":
                call.answer = {"ok": False, "error": fault.error}
                return web.json_response(call.answer)
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            if fault.kind == "hang":
                await fault.released.wait()
            if fault.meanwhile is not None:
                await fault.meanwhile()
        try:
            headers = await self._serve(call)
        except Refused as refused:
            call.answer, headers = refused.answer, {}
        if call.status == 429:
            return self._slow_down(call, float(call.answer["wait"]))
        if fault is not None and fault.kind == "drop":
            return self._cut(request)
        return web.json_response(call.answer, headers=headers)

    async def _serve(self, call: Call) -> dict[str, str]:
        slack = self._slack
        if call.method not in METHODS:
            raise Refused("unknown_method", req_method=call.method)
        known = METHODS[call.method]
        self._admit(call, known)
        wait = slack.tiers.wait(call.method, call.text("channel"))
        if wait:
            call.status, call.answer = 429, {"wait": wait}
            return {}
        unknown = sorted(set(call.args) - known.args - {"token", "team_id"})
        if slack.strict and unknown and not known.anything:
            raise Refused("invalid_arguments", [f"unknown argument: {name}" for name in unknown])
        call.answer = {"ok": True, **await known.does(slack, call)}
        if known.app_token:
            return {}
        accepted = ",".join(known.scopes)
        return {"x-oauth-scopes": ",".join(slack.scopes), "x-accepted-oauth-scopes": accepted}

    def _admit(self, call: Call, known: Method) -> None:
        slack = self._slack
        if not call.token:
            raise Refused("not_authed")
        if call.token == slack.app_token:
            if not known.app_token and call.method != "auth.test":
                raise Refused("not_allowed_token_type")
            if known.app_token and "connections:write" not in slack.app_scopes:
                provided = ",".join(slack.app_scopes)
                raise Refused("missing_scope", needed="connections:write", provided=provided)
            return
        if call.token != slack.bot_token:
            raise Refused("invalid_auth")
        if slack.dead:
            raise Refused(slack.dead)
        if known.app_token:
            raise Refused("not_allowed_token_type")
        for scope in known.scopes:
            if scope not in slack.scopes:
                provided = ",".join(slack.scopes)
                raise Refused("missing_scope", needed=scope, provided=provided)

    async def _arguments(self, request: web.Request) -> tuple[JSON, str]:
        args: JSON = dict(request.query)
        kind = request.content_type
        if request.method == "POST" and request.body_exists:
            if kind == "application/json":
                try:
                    body = json.loads(await request.text())
                except ValueError:
                    raise Refused("invalid_json") from None
                if not isinstance(body, dict):
                    raise Refused("json_not_object")
                args |= body
            elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
                args |= dict(await request.post())
            else:
                raise Refused("invalid_post_type")
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        # A token in a JSON body is not looked at; in a form or a query it is.
        written = "" if kind == "application/json" else str(args.get("token", ""))
        return args, bearer.strip() if scheme.lower() == "bearer" else written

    def _slow_down(self, call: Call, seconds: float) -> web.Response:
        call.status, call.answer = 429, {"ok": False, "error": "ratelimited"}
        whole = str(max(1, -int(-seconds // 1)))
        return web.json_response(call.answer, status=429, headers={"Retry-After": whole})

    @staticmethod
    def _cut(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
