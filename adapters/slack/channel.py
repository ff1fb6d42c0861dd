"""Slack as a channel: cards as messages, posted loud and drawn again silently.

Rules of the room:
- A person's address is their user id: Slack opens the conversation by itself. Its id stands in
  the reference, `D…:ts`, since a message is changed under that name alone.
- Nothing waits here for Slack's limits: `lanes` names them, the courier keeps them.
- A question arrives, whatever happens to its drawing: where Slack refuses the blocks, the same
  card goes as text, with numbers to type instead of buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from adapters.slack.answering import Answering
from adapters.slack.blocks import LABEL
from adapters.slack.calls import GONE, OURS, VANISHED, Calls, Refused, as_failure
from adapters.slack.drawing import Drawing
from adapters.slack.given import CHANNEL
from bot.cards import Card, Limits
from bot.channels import Closed, Lane, Paced, Parcel, Temporary
from bot.ports import Clock

log = structlog.get_logger("slack")

LIMITS = Limits(text=12_000, buttons=100, label=LABEL, edits=True, edits_apart=True, forms=True)

CHAT_RATE, CHAT_BURST = 1.0, 3
"""Messages a second into one conversation."""
EDITS = "edits"
EDIT_RATE, EDIT_BURST = 50 / 60, 10
"""Changes of messages a second, in the whole workspace."""
LOOK_AGAIN = timedelta(seconds=60)
"""How often a channel that is out of order is tried again."""


class SlackChannel:
    """Fits `bot.channels.Channel`. `moved` is told whose cards have changed."""

    def __init__(
        self,
        calls: Calls,
        drawing: Drawing,
        answering: Answering,
        clock: Clock,
        moved: Callable[[str], None],
    ) -> None:
        self.name = CHANNEL
        self.limits = LIMITS
        self._calls = calls
        self._drawing = drawing
        self._answering = answering
        self._clock = clock
        self._moved = moved
        self._closed = ""
        self._closed_until: datetime | None = None

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        if not parcel.reference:
            return (Lane(f"chat:{parcel.address}", CHAT_RATE, CHAT_BURST),)
        if self._answering.good(parcel.reference):
            return ()
        return (Lane(EDITS, EDIT_RATE, EDIT_BURST),)

    async def deliver(self, parcel: Parcel) -> str:
        self._let_through()
        body = {"channel": parcel.address, "unfurl_links": False, "unfurl_media": False}
        answer = await self._send("chat.postMessage", body, parcel.card)
        if parcel.person:
            self._moved(parcel.address)
        return f"{answer['channel']}:{answer['ts']}"

    async def refresh(self, parcel: Parcel) -> None:
        self._let_through()
        if parcel.person:
            self._moved(parcel.address)
        if await self._answered(parcel):
            return
        room, _, ts = parcel.reference.partition(":")
        try:
            await self._send("chat.update", {"channel": room, "ts": ts}, parcel.card, EDITS)
        except _NothingThere as nothing:
            log.info("slack.vanished", post=parcel.post, code=str(nothing))

    async def changed(self, people: Sequence[int]) -> None:
        """Slack keeps what is posted; what has changed is drawn again card by card."""

    def close(self, why: str) -> None:
        """Slack says that the app is out of order."""
        log.error("slack.closed", code=why)
        self._closed = why
        self._closed_until = self._clock.now() + LOOK_AGAIN

    def open(self) -> None:
        """The app has been looked at, and is in order again."""
        self._closed_until = None

    def _let_through(self) -> None:
        """Raises `Closed` while there is no use in asking."""
        if self._closed_until is not None and self._clock.now() < self._closed_until:
            raise Closed(self._closed)

    async def _answered(self, parcel: Parcel) -> bool:
        """Drawn again by the address of a tap on this very message."""
        url = self._answering.take(parcel.reference)
        if not url:
            return False
        drawn = self._drawing.message(parcel.card)
        body = {"replace_original": True, "text": drawn.text, "blocks": drawn.blocks}
        try:
            if await self._calls.respond(url, body):
                return True
        except (Temporary, Paced) as problem:
            log.info("slack.answer", post=parcel.post, problem=type(problem).__name__)
        self._answering.spent(parcel.reference)
        return False

    async def _send(self, method: str, body: dict[str, Any], card: Card, lane: str = "") -> Any:
        """One message, with blocks or, where these are refused, without."""
        drawn = self._drawing.message(card)
        try:
            try:
                return await self._calls.call(method, **body, text=drawn.text, blocks=drawn.blocks)
            except Refused as refused:
                if refused.code not in OURS:
                    raise
                log.error("slack.blocks", method=method, code=refused.code, at=refused.at)
                bare = self._drawing.bare(card)
                # A text without blocks also takes away those that were there.
                return await self._calls.call(method, **body, text=bare)
        except Paced as paced:
            raise Paced(paced.seconds, lane) from None
        except Refused as refused:
            raise self._failure(method, refused) from None

    def _failure(self, method: str, refused: Refused) -> Exception:
        if method == "chat.update" and refused.code in VANISHED | GONE:
            return _NothingThere(refused.code)
        failure = as_failure(refused)
        if isinstance(failure, Closed):
            self.close(refused.code)
        elif isinstance(failure, Temporary):
            log.warning("slack.refused", method=method, code=refused.code)
        return failure


class _NothingThere(Exception):
    """The message to be changed is gone, and with it the need to."""
