"""The live connection of an open page.

Rules of the room:
- It says which state the page shows (`state`, or `Last-Event-ID` when the browser reconnects by
  itself) and gets what it lacks, however long it was away.
- Where there is no room for it, the page is told to ask now and then instead.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from adapters.web.site import Site
from adapters.web.stream import Stream

LONGEST_STATE = 64


class _Live(Response):
    """A stream in the guise the router expects of an endpoint."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._stream(scope, receive, send)


def routes(site: Site) -> list[BaseRoute]:
    async def events(request: Request) -> Response:
        visitor = await site.visitor(request, site.looking)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        # What the browser adds on reconnecting is newer than what stands in the address.
        state = request.headers.get("last-event-id") or request.query_params.get("state", "")
        page = site.hub.enter(visitor.person, visitor.token, state[:LONGEST_STATE])
        if page is None:
            return Response(status_code=503, headers={"retry-after": "30"})
        return _Live(Stream(site.hub, page, site.drawing.version))

    return [Route("/c/{token}/events", events, methods=["GET"])]
