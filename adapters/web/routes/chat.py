"""The chat page, and the pages of older posts.

Rules of the room:
- Looking changes nothing, however often and by whomever (previews and scanners look too).
- A page of older posts stands still: only the newest ones are kept up to date.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.serving.refused import wants_json
from adapters.web import answers
from adapters.web.drawing import Sheet
from adapters.web.hub import NEWEST
from adapters.web.page import feed_json
from adapters.web.site import Refused, Site, Visitor

MAX_POST = 2**63 - 1


def routes(site: Site) -> list[BaseRoute]:
    async def sheet_of(visitor: Visitor, before: int | None = None) -> Sheet:
        items = await site.feed.cards(visitor.person.id, before, NEWEST)
        return site.drawing.sheet(items, NEWEST)

    def whole(visitor: Visitor, sheet: Sheet) -> Response:
        drawn = {
            item.post: site.drawing.item(
                visitor.person, visitor.token, item, sheet.versions[item.post]
            )
            for item in sheet.items
        }
        return Response(feed_json(sheet, drawn, whole=True), media_type="application/json")

    async def chat(request: Request) -> Response:
        visitor = await site.visitor(request, site.looking)
        sheet = await sheet_of(visitor)
        notice = answers.notice(site, request, visitor)
        response = HTMLResponse(
            site.drawing.chat(visitor.person, visitor.token, sheet, notice=notice)
        )
        if notice:
            answers.forget_notice(site, visitor, response)
        return response

    async def older(request: Request) -> Response:
        visitor = await site.visitor(request, site.looking)
        sheet = await sheet_of(visitor, post_number(request.query_params.get("before", "")))
        if wants_json(request):
            return whole(visitor, sheet)
        return HTMLResponse(site.drawing.chat(visitor.person, visitor.token, sheet, live=False))

    async def fresh(request: Request) -> Response:
        """For a page without a live connection: the newest posts, if they differ."""
        visitor = await site.visitor(request, site.looking)
        sheet = await sheet_of(visitor)
        if request.query_params.get("state") == sheet.state:
            return Response(status_code=204)
        return whole(visitor, sheet)

    return [
        Route("/c/{token}", chat, methods=["GET"]),
        Route("/c/{token}/older", older, methods=["GET"]),
        Route("/c/{token}/fresh", fresh, methods=["GET"]),
    ]


def post_number(text: str) -> int:
    """The number of a post. Raises `Refused` if it is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19 and int(text) <= MAX_POST):
        raise Refused(400, "web-not-understood")
    return int(text)
