"""Calls of Slack's Web API, and what its refusals mean to the house.

Rules of the room:
- Nothing is tried again here: the courier keeps pace and patience, and a message sent twice by a
  library that was asked once would be nobody's decision.
- Slack's own code is all that is kept of a refusal; its answer may quote what was said.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.given import QUIET, Given
from bot.channels import Closed, Gone, Paced, Temporary

TIMEOUT = 15
ABREAST = 64
"""Connections to Slack at once."""

CLOSED = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "messages_tab_disabled",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""The app itself is out of order: nobody can be reached."""

GONE = frozenset(
    {
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "channel_is_limited_access",
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "no_permission",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "user_disabled",
        "user_is_bot",
        "user_is_restricted",
        "user_is_ultra_restricted",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
"""This person or room cannot be reached, now or later."""

OURS = frozenset(
    {
        "invalid_arguments",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
    }
)
"""What was drawn does not fit: a fault of the drawing, not of Slack."""

VANISHED = frozenset(
    {"cant_update_message", "edit_window_closed", "message_not_found", "thread_not_found"}
)
"""There is nothing left to draw again."""

HURRIED = frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"})
HURRIED_FOR = 30.0
"""Seconds to wait where Slack does not say."""

_POINTER = re.compile(r"\[json-pointer:([^\]]*)\]")


class Refused(Exception):
    """Slack said no. `code` is its own; `at` are the places of a payload it does not like."""

    def __init__(self, code: str, at: tuple[str, ...] = (), needed: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.needed = needed
        """The scope that is missing, where Slack names it."""


class Calls:
    """Slack's methods, over one connection pool, opened on the first call."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            pool = aiohttp.TCPConnector(limit=ABREAST)
            self._session = aiohttp.ClientSession(
                connector=pool, timeout=aiohttp.ClientTimeout(total=TIMEOUT), trust_env=True
            )
            self._client = None
        return self._session

    @property
    def client(self) -> AsyncWebClient:
        """The library's client; it retries nothing."""
        if self._client is None or self._client.session is not self.session:
            self._client = AsyncWebClient(
                token=self._given.bot_token,
                base_url=self._given.api_url,
                timeout=TIMEOUT,
                session=self.session,
                logger=QUIET,
                retry_handlers=[],
            )
        return self._client

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, method: str, /, *, token: str = "", **body: Any) -> Mapping[str, Any]:
        """The answer of one method. Raises `Temporary`, `Paced` or `Refused`.

        `token` instead of the bot's, for the few methods that want another.
        """
        if token:
            return await self._asked(method, json=body, headers=bearer(token))
        return await self._asked(method, json=body)

    async def look(self, method: str, /, **params: str) -> Mapping[str, Any]:
        """The answer of a method that only looks something up."""
        return await self._asked(method, http_verb="GET", params=params)

    async def _asked(self, method: str, **how: Any) -> Mapping[str, Any]:
        try:
            async with asyncio.timeout(TIMEOUT):
                answer = await self.client.api_call(method, **how)
        except SlackApiError as problem:
            raise _meaning(problem.response) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as problem:
            raise Temporary(type(problem).__name__) from None
        found: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        return {**found, "headers": answer.headers}

    async def respond(self, url: str, body: Mapping[str, Any]) -> bool:
        """Answer a tap by the address that came with it; False where it is good no more.

        Raises `Temporary` and `Paced`.
        """
        try:
            async with self.session.post(url, json=body) as answer:
                if answer.status == 429:
                    raise Paced(waiting(answer.headers))
                if answer.status >= 500:
                    raise Temporary(f"status {answer.status}")
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as problem:
            raise Temporary(type(problem).__name__) from None

    async def fetch(self, url: str, most: int) -> bytes:
        """A file somebody handed over. Raises `Temporary`; `Refused` where it is not to be had,
        with the code `too_big` where it has more than `most` bytes.

        The token goes to Slack alone: a file may be no more than a link to anywhere.
        """
        if not self._is_slack(url):
            raise Refused("elsewhere")
        held = bearer(self._given.bot_token)
        try:
            async with self.session.get(url, headers=held, allow_redirects=False) as answer:
                if answer.status == 429 or answer.status >= 500:
                    raise Temporary(f"status {answer.status}")
                if answer.status != 200:
                    raise Refused(f"status_{answer.status}")
                data = bytearray()
                async for piece in answer.content.iter_chunked(65_536):
                    data += piece
                    if len(data) > most:
                        raise Refused("too_big")
                return bytes(data)
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            raise Temporary(type(problem).__name__) from None

    def _is_slack(self, url: str) -> bool:
        ours, theirs = urlsplit(self._given.api_url), urlsplit(url)
        if (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc):
            return True
        host = theirs.hostname or ""
        return theirs.scheme == "https" and host.endswith((".slack.com", f".{ours.hostname}"))


def bearer(token: str) -> dict[str, str]:
    """How a token is shown."""
    return {"Authorization": f"Bearer {token}"}


def waiting(headers: Mapping[str, str]) -> float:
    """Seconds to wait, exactly as told."""
    told = next((v for k, v in headers.items() if k.lower() == "retry-after"), "")
    try:
        seconds = float(told)
    except ValueError:
        return HURRIED_FOR
    return seconds if math.isfinite(seconds) and seconds >= 0 else HURRIED_FOR


def _meaning(response: Any) -> Exception:
    """What an answer without `ok` means. The library hands over two kinds of answers: one it
    could read, and one that is no JSON at all."""
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    headers = getattr(response, "headers", {})
    data = getattr(response, "data", None)
    found = data if isinstance(data, dict) else {}
    code = str(found.get("error", ""))
    if status == 429 or code in HURRIED:
        return Paced(waiting(headers))
    if not code or status >= 500:
        return Temporary(f"status {status}")
    said = found.get("response_metadata", {}).get("messages", ())
    at = tuple(pointer for line in said for pointer in _POINTER.findall(str(line)))
    return Refused(code, at, str(found.get("needed", "")))


def as_failure(refused: Refused) -> Exception:
    """A refusal as the courier knows failures."""
    if refused.code in CLOSED:
        return Closed(refused.code)
    if refused.code in GONE:
        return Gone(refused.code)
    return Temporary(refused.code)
