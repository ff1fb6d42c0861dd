"""The HTTP way: signed posts to the app's address.

Rules of the room:
- A request is signed with the machine's own time, because whoever checks it compares with that;
  an old or a wrong signature is made on purpose, never by accident.
- Anything but 2xx within three seconds has failed; `X-Slack-No-Retry` ends it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from .deliveries import Delivery
from .workspace import VERIFICATION

if TYPE_CHECKING:
    from .slack import Slack

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Posted:
    """One answer of the app."""

    status: int
    body: str


class Posts:
    """Signs and posts, and reads the answers."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._session: aiohttp.ClientSession | None = None
        self.answers: list[Posted] = []
        self.bad_signatures = 0
        """How many of the next requests are signed with a wrong secret."""
        self.seconds_old = 0
        """How old the timestamps are."""

    def sign(self, body: str, at: int, *, secret: str = "") -> str:
        """The `v0` signature of a body sent at `at`, in seconds."""
        key = (secret or self._slack.signing_secret).encode()
        return "v0=" + hmac.new(key, f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()

    def headers(self, body: str, kind: str) -> dict[str, str]:
        at = int(time.time()) - self.seconds_old
        secret = ""
        if self.bad_signatures:
            self.bad_signatures -= 1
            secret = "not the secret"
        return {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": str(at),
            "X-Slack-Signature": self.sign(body, at, secret=secret),
        }

    @staticmethod
    def body(delivery: Delivery) -> tuple[str, str]:
        """The body of a delivery and its content type."""
        if delivery.kind == "events_api":
            return json.dumps(delivery.payload, ensure_ascii=False), "application/json"
        if delivery.kind == "interactive":
            return urlencode({"payload": json.dumps(delivery.payload, ensure_ascii=False)}), FORM
        return urlencode(delivery.payload), FORM

    async def raw(self, body: str, headers: dict[str, str]) -> Posted:
        """Post anything, as it is."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.post(
            self._slack.request_url,
            data=body.encode(),
            headers=headers,
            allow_redirects=False,
        ) as answer:
            posted = Posted(answer.status, await answer.text())
            self.answers.append(posted)
            if answer.headers.get("X-Slack-No-Retry") == "1":
                return Posted(-posted.status, posted.body)
            return posted

    async def post(self, delivery: Delivery) -> None:
        """One attempt; what becomes of it is told to the deliveries."""
        attempt = delivery.attempt
        body, kind = self.body(delivery)
        headers = self.headers(body, kind)
        if delivery.attempt:
            headers["X-Slack-Retry-Num"] = str(delivery.attempt)
            timed_out = delivery.reason == "timeout"
            headers["X-Slack-Retry-Reason"] = "http_timeout" if timed_out else delivery.reason
        deliveries = self._slack.deliveries
        try:
            posted = await self.raw(body, headers)
        except (TimeoutError, aiohttp.ClientError, OSError):
            posted = Posted(0, "")
        # Whoever answers an attempt that has failed is not heard.
        if delivery.attempt != attempt:
            return
        if not posted.status:
            await deliveries.failed(delivery, "connection_failed")
            return
        if not 200 <= abs(posted.status) < 300:
            await deliveries.failed(delivery, "http_error", retry=posted.status > 0)
            return
        await deliveries.confirmed(delivery, self._response(delivery, posted))

    @staticmethod
    def _response(delivery: Delivery, posted: Posted) -> Any:
        if not posted.body or not delivery.accepts_response:
            return None
        try:
            return json.loads(posted.body)
        except ValueError:
            return {"text": posted.body} if delivery.kind == "slash_commands" else posted.body

    async def verify_url(self) -> bool:
        """The handshake when an address is entered: is the challenge echoed?"""
        challenge = f"challenge-{self._slack.workspace.new('c')}"
        asked = {"token": VERIFICATION, "challenge": challenge, "type": "url_verification"}
        body = json.dumps(asked)
        posted = await self.raw(body, self.headers(body, "application/json"))
        if posted.status != 200:
            return False
        try:
            found = json.loads(posted.body)
        except ValueError:
            return posted.body.strip() == challenge
        return bool(isinstance(found, dict) and found.get("challenge") == challenge)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
