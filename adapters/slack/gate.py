"""The gate: Slack's own framework checks who knocks, then everything goes to the reception.

Rules of the room:
- The framework verifies signatures; our one middleware stands right behind that, makes the
  receipt itself and lets nothing pass. So neither of its habits matters here: it confirms events
  before their listeners have run, and answers "please install the app", with status 200, to
  whatever arrives while it cannot ask Slack about its own token.
- A body that is too large or no text at all is refused before anybody reads it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.slack.given import QUIET, Given
from adapters.slack.reception import Reception

log = structlog.get_logger("slack")

LARGEST = 2_000_000
"""Bytes of a request; the largest are modals handed in."""


class _ToReception(AsyncMiddleware):
    """Stands behind the signature check, before everything else."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - the framework's name
    ) -> BoltResponse:
        if req.mode == "http" and req.body.get("type") == "url_verification":
            return BoltResponse(status=200, body={"challenge": str(req.body.get("challenge"))})
        receipt = await self._reception.take(req.body)
        return BoltResponse(status=receipt.status, body=dict(receipt.body) or "")


class Gate:
    """What Slack sends comes in here, by HTTP or from a socket."""

    def __init__(self, given: Given, reception: Reception) -> None:
        self._given = given
        self._reception = reception
        self._made: AsyncApp | None = None

    @property
    def _app(self) -> AsyncApp:
        if self._made is None:
            client = AsyncWebClient(
                token=self._given.bot_token, base_url=self._given.api_url, logger=QUIET
            )
            self._made = AsyncApp(
                name="renraku",
                logger=QUIET,
                client=client,
                signing_secret=self._given.signing_secret,
                before_authorize=_ToReception(self._reception),
                # Some other app's variables must not turn this one into an app for many teams.
                oauth_settings=None,
                ssl_check_enabled=False,
            )
        return self._made

    async def from_socket(self, payload: Mapping[str, Any]) -> BoltResponse:
        """What came in an envelope; the envelope is acknowledged on status 200 only."""
        request = AsyncBoltRequest(mode="socket_mode", body=dict(payload))
        return await self._app.async_dispatch(request)

    async def by_http(self, request: Request) -> Response:
        """What came as a request."""
        if not self._given.signing_secret:
            # An empty secret is one that anybody can sign with.
            log.error("slack.unsigned")
            return JSONResponse({"error": "no signing secret is set"}, 503)
        if not request.headers.get("x-slack-request-timestamp", "").isdecimal():
            return JSONResponse({"error": "invalid request"}, 401)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                return JSONResponse({"error": "too large"}, 413)
        try:
            asked = AsyncBoltRequest(
                body=body.decode("utf-8"),
                headers=dict(request.headers.items()),
            )
        except Exception as problem:
            # Read before its signature is checked, so anything may be in it.
            log.info("slack.unreadable", problem=type(problem).__name__)
            return JSONResponse({"error": "unreadable"}, 400)
        made = await self._app.async_dispatch(asked)
        return Response(made.body, made.status, made.first_headers_without_set_cookie())
