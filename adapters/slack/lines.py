"""One connection to Slack: the library's socket client, without its habit of leaving gaps.

Rules of the room:
- The library closes a connection before it opens the next. Here a line that is told to go only
  says so; its keeper opens the new one first and then lets this one finish.
- An envelope is acknowledged on the line it came by, after the commit, or not at all.
- How many envelopes are in hand at once is bounded; the others wait in line, in order.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.slack.calls import Calls
from adapters.slack.given import QUIET, Given

log = structlog.get_logger("slack")

Take = Callable[[Mapping[str, Any]], Awaitable[BoltResponse]]

PING = 10.0
"""Seconds between signs of life asked of Slack."""
ABREAST = 200
"""Envelopes of one line in hand at once."""
CLOSE = 2.0
"""Seconds for saying good-bye."""
GREETED = 20.0
"""Seconds a new connection is given until Slack greets it."""


class Line(SocketModeClient):
    """One connection, from its greeting until it is told to go or falls silent."""

    def __init__(self, given: Given, calls: Calls, take: Take) -> None:
        super().__init__(
            app_token=given.app_token,
            logger=QUIET,
            web_client=calls.client,
            auto_reconnect_enabled=False,
            ping_interval=PING,
        )
        self._take = take
        self._room = asyncio.Semaphore(ABREAST)
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self.heard = self._loop.time()
        """When Slack was last heard of, on the loop's clock."""
        self.greeted = asyncio.Event()
        self.leaving = asyncio.Event()
        self.why = ""
        """Why Slack wants this connection to go."""

    async def open(self, url: str) -> None:
        """Connect and wait for Slack's greeting. Raises `TimeoutError` or what aiohttp raises."""
        self.wss_uri = url
        async with asyncio.timeout(GREETED):
            self.current_session = await self.aiohttp_client_session.ws_connect(
                url, autoping=False, heartbeat=PING, proxy=self.proxy
            )
            self.message_receiver = asyncio.ensure_future(self.receive_messages())
            self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
            await self.greeted.wait()

    @property
    def well(self) -> bool:
        """False once nothing more can be expected of this line."""
        session = self.current_session
        workers = (self.message_receiver, self.message_processor, self.current_session_monitor)
        return (
            session is not None
            and not session.closed
            and not any(task is None or task.done() for task in workers)
            and self._loop.time() - max(self.heard, self._ponged) < PING * 3
        )

    @property
    def _ponged(self) -> float:
        """When Slack last answered a ping, on the loop's clock: each answer has a stamp of its
        own, so a new stamp is a new answer."""
        if self.last_ping_pong_time != self._stamp:
            self._stamp = self.last_ping_pong_time
            self._answered = self._loop.time()
        return self._answered

    _stamp: float | None = None
    _answered: float = 0.0

    async def process_message(self) -> None:
        """One envelope from the line: begun in order, at most so many in hand."""
        raw = await self.message_queue.get()
        self.heard = self._loop.time()
        await self._room.acquire()
        # The loop itself holds tasks only weakly, and an envelope must not vanish.
        task = asyncio.create_task(self._one(raw), name="slack-envelope")
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._room.release()
        self.message_queue.task_done()

    async def _one(self, raw: str | None) -> None:
        try:
            message = json.loads(raw or "{}")
            await self._read(message if isinstance(message, dict) else {})
        except Exception as problem:
            # One envelope that cannot be read holds up no other.
            log.warning("slack.envelope", problem=type(problem).__name__)

    async def _read(self, message: Mapping[str, Any]) -> None:
        match message.get("type"):
            case "hello":
                self.greeted.set()
                return
            case "disconnect":
                self.why = str(message.get("reason", ""))[:40]
                self.leaving.set()
                return
        envelope, payload = message.get("envelope_id"), message.get("payload")
        if not isinstance(envelope, str) or not isinstance(payload, dict):
            return
        made = await self._take(payload)
        if made.status == 200:
            body = json.loads(made.body) if made.body else None
            await self.send_socket_mode_response(SocketModeResponse(envelope, body))

    async def retire(self, seconds: float) -> None:
        """Take nothing new, finish and acknowledge what is in hand, close."""
        if self.message_receiver is not None:
            self.message_receiver.cancel()
        try:
            async with asyncio.timeout(seconds):
                await self.message_queue.join()
        except TimeoutError:
            log.warning("slack.cut", envelopes=len(self._tasks))
        with suppress(TimeoutError):
            # One that is dead does not answer to "good-bye" either.
            async with asyncio.timeout(CLOSE):
                await self.close()  # type: ignore[no-untyped-call]
        self.closed = True
        await self.aiohttp_client_session.close()
        ended = [self.message_receiver, self.message_processor, self.current_session_monitor]
        left = [t for t in (*ended, *self._tasks) if t is not None]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
