"""The live connection of one page: server-sent events, by hand.

Rules of the room:
- A departed reader is noticed at once, not at the next heartbeat: reloading a page ten times
  must not fill a person's share of open pages.
- A heartbeat is an event the script can see. A connection that died silently, as they do on
  the way through a tunnel, is thereby noticed on both ends.
- Nobody waits for a reader: what cannot be sent now is replaced by what is true later.
"""

from __future__ import annotations

import asyncio
import json

from starlette.types import Receive, Scope, Send

from adapters.web.hub import Hub
from adapters.web.page import Closing, OpenPage

BEAT = 15.0
"""Seconds of silence after which a heartbeat is sent; proxies give up after 30 or 60."""

RECONNECT_MS = 3000

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    # Tells nginx not to collect events until its buffer is full.
    (b"x-accel-buffering", b"no"),
]


class Stream:
    """A response that lasts as long as the page is open."""

    def __init__(self, hub: Hub, page: OpenPage, version: str, beat: float = BEAT) -> None:
        self._hub = hub
        self._page = page
        self._version = version
        self._beat = beat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        departed = asyncio.create_task(self._departed(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            hello = json.dumps({"version": self._version})
            await self._say(send, f"retry: {RECONNECT_MS}\nevent: hello\ndata: {hello}\n\n")
            while self._page.closing is None:
                await self._next(send)
            if self._page.closing is not Closing.GONE:
                await self._say(send, f"event: over\ndata: {self._page.closing}\n\n")
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:
            pass  # the reader left in the middle of a word
        finally:
            departed.cancel()
            self._hub.leave(self._page)

    async def _next(self, send: Send) -> None:
        try:
            async with asyncio.timeout(self._beat):
                await self._page.woken.wait()
        except TimeoutError:
            await self._say(send, "event: beat\ndata:\n\n")
            return
        self._page.woken.clear()
        owed = self._page.take()
        if owed is not None and self._page.closing is None:
            await send({"type": "http.response.body", "body": owed, "more_body": True})

    async def _departed(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._page.close(Closing.GONE)

    @staticmethod
    async def _say(send: Send, text: str) -> None:
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
