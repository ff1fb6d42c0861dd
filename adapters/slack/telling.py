"""Short lines of the adapter's own: in answer to a tap, or where the house cannot send a card.

Rules of the room:
- A line answers where the tap was, seen by nobody else; only where that is not possible it is a
  message.
- A stranger is told once a minute, however often they write.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

import structlog

from adapters.slack.answering import Answering
from adapters.slack.calls import Calls, Refused
from adapters.slack.errands import Errands
from adapters.slack.plain import escaped_within
from adapters.slack.reading import Tap
from bot.channels import Paced
from bot.ports import Clock

log = structlog.get_logger("slack")

LONGEST = 3000
STRANGERS = timedelta(minutes=1)
MOST = 5000
PATIENCE = 60.0
"""The longest wait, in seconds, that a line is worth."""


class Telling:
    """Says lines, as errands."""

    def __init__(self, calls: Calls, answering: Answering, errands: Errands, clock: Clock) -> None:
        self._calls = calls
        self._answering = answering
        self._errands = errands
        self._clock = clock
        self._told: OrderedDict[str, datetime] = OrderedDict()

    def tell(self, user: str, text: str) -> None:
        """A message to somebody."""
        if text:
            self._errands.run(self._post(user, text), "line")

    def stranger(self, user: str, text: str) -> None:
        """A message to somebody the house does not know."""
        now = self._clock.now()
        last = self._told.get(user)
        if last is not None and now - last < STRANGERS:
            return
        self._told[user] = now
        self._told.move_to_end(user)
        while len(self._told) > MOST:
            self._told.popitem(last=False)
        self.tell(user, text)

    def answer(self, tap: Tap, text: str, *, needed: bool) -> None:
        """A line under the message that was tapped, for the one who tapped."""
        if text:
            self._errands.run(self._under(tap, text), "answer", needed=needed)

    async def _under(self, tap: Tap, text: str) -> None:
        # By this very tap's address: another's would show the line to whoever tapped last.
        url = tap.url
        body = {
            "response_type": "ephemeral",
            "replace_original": False,
            "text": escaped_within(text, LONGEST),
        }
        if not url or not await self._calls.respond(url, body):
            await self._post(tap.user, text)

    async def _post(self, user: str, text: str) -> None:
        """Once more after the wait that Slack asks for; then never mind."""
        said = escaped_within(text, LONGEST)
        body: dict[str, Any] = {"channel": user, "text": said, "unfurl_links": False}
        try:
            try:
                await self._calls.call("chat.postMessage", **body)
            except Paced as paced:
                await self._clock.sleep(min(paced.seconds, PATIENCE))
                await self._calls.call("chat.postMessage", **body)
        except Refused as refused:
            log.info("slack.line", code=refused.code)
