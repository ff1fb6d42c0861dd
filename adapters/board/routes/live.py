"""The live connection of an open roll call page: server-sent events, by hand.

Rules of the room:
- It says which state the page shows and gets what it lacks, however long it was away.
- A heartbeat is an event the script can see; a reader who has gone is noticed at once.
- Whoever is signed out, or may no longer see it, is sent away while the page is open.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from adapters.board.live import OpenPage, event
from adapters.board.routes.rollcall import seen_by
from adapters.board.site import Board, Visitor
from bot.board.rollcall import Seen

LONGEST_STATE = 64
BEAT = 15.0
"""Seconds of silence after which a heartbeat is sent, and after which the session is looked at
where anything has happened since."""
IN_ANY_CASE = 150.0
"""Seconds after which it is looked at though nothing has: a session ends by itself as well."""
RECONNECT_MS = 3000

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    # Tells nginx not to collect events until its buffer is full.
    (b"x-accel-buffering", b"no"),
]


class _Stream(Response):
    """A response that lasts as long as the page is open."""

    def __init__(self, board: Board, visitor: Visitor, seen: Seen, page: OpenPage) -> None:
        super().__init__()
        self._board, self._visitor, self._seen, self._page = board, visitor, seen, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self._page
        departed = asyncio.create_task(self._departed(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            hello = event("hello", {"version": self._board.drawing.version})
            await _say(send, f"retry: {RECONNECT_MS}\n".encode() + hello)
            checked, revision = asyncio.get_running_loop().time(), self._board.topics.revision
            while not page.closing:
                await self._next(send)
                now = asyncio.get_running_loop().time()
                known = revision == self._board.topics.revision
                if now - checked >= (IN_ANY_CASE if known else BEAT) and not page.closing:
                    checked, revision = now, self._board.topics.revision
                    await self._check()
            if page.closing != "gone":
                await _say(send, event("over", page.closing))
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:
            pass  # the reader left in the middle of a word
        finally:
            departed.cancel()
            self._board.topics.leave(page)

    async def _next(self, send: Send) -> None:
        page = self._page
        try:
            async with asyncio.timeout(BEAT):
                await page.woken.wait()
        except TimeoutError:
            await _say(send, b"event: beat\ndata:\n\n")
            return
        page.woken.clear()
        owed = page.take()
        if owed is not None and not page.closing:
            await _say(send, owed)

    async def _check(self) -> None:
        """Still signed in, and still allowed to see the same; an open page is not a used one."""
        board, visitor = self._board, self._visitor
        person = await board.entrance.who(visitor.session, uses=False)
        if person is None or person.id != visitor.person.id:
            self._page.close("refused")
            return
        rights = await board.desk.rights(person)
        seen = await board.desk.seen(self._seen.roll_call.id, rights)
        if seen is None:
            self._page.close("refused")
        elif seen.within != self._seen.within:
            self._page.close("restart")

    async def _departed(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._page.close("gone")


async def _say(send: Send, told: bytes) -> None:
    await send({"type": "http.response.body", "body": told, "more_body": True})


def routes(board: Board) -> list[BaseRoute]:
    async def events(request: Request) -> Response:
        visitor = await board.visitor(request, uses=False)
        seen = await seen_by(board, visitor, request)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        # What the browser adds on reconnecting is newer than what stands in the address.
        state = request.headers.get("last-event-id") or request.query_params.get("state", "")
        page = board.topics.enter(seen, visitor.person, state[:LONGEST_STATE])
        if page is None:
            return Response(status_code=503, headers={"retry-after": "30"})
        return _Stream(board, visitor, seen, page)

    return [board.route("/board/r/{id}/events", events, "GET")]
