"""What the page loads besides itself: pictures, style sheet, scripts; and whether we live.

Rules of the room:
- A picture is shown to whoever may see it, which the store decides each time it is asked.
- `/healthz` says that the server answers. It looks at nothing else and tells nothing.
"""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.serving.files import served
from adapters.web.site import Site

PHOTO_ID = re.compile(r"[A-Za-z0-9:_-]{1,80}")

KEPT_HOUR = "private, max-age=3600"
"""Pictures: a card that is drawn again does not load its picture again."""


def routes(site: Site) -> list[BaseRoute]:
    async def picture(request: Request) -> Response:
        visitor = await site.visitor(request, site.looking)
        photo_id = request.path_params["id"]
        if not PHOTO_ID.fullmatch(photo_id):
            raise HTTPException(404)
        data = await site.pictures.get(photo_id, visitor.person)
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type="image/jpeg", headers={"cache-control": KEPT_HOUR})

    async def static(request: Request) -> Response:
        found = served(site.assets, request)
        if found is None:
            raise HTTPException(404)
        return found

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def robots(_: Request) -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    return [
        Route("/c/{token}/photo/{id}", picture, methods=["GET"]),
        Route("/static/{version}/{name}", static, methods=["GET"]),
        Route("/healthz", healthz, methods=["GET"]),
        Route("/robots.txt", robots, methods=["GET"]),
    ]
