"""The board's style sheet and scripts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.site import Board
from adapters.serving.files import served
from adapters.serving.refused import Refused


def routes(board: Board) -> list[BaseRoute]:
    async def static(request: Request) -> Response:
        found = served(board.assets, request)
        if found is None:
            raise Refused(404, "board-not-yours")
        return found

    async def worker(_request: Request) -> Response:
        # At an address of its own: a browser looks here whether there is a newer one.
        asset = board.assets.get("heads-worker.js")
        if asset is None:
            raise Refused(404, "board-not-yours")
        headers = {"cache-control": "no-cache"}
        return Response(asset.content, media_type=asset.media_type, headers=headers)

    return [
        board.route("/board/heads-worker.js", worker, "GET"),
        board.route("/board/static/{version}/{name}", static, "GET"),
    ]
