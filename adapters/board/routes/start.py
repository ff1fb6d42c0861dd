"""The first page: what is going on now."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.site import Board


def routes(board: Board) -> list[BaseRoute]:
    async def start(request: Request) -> Response:
        visitor = await board.visitor(request)
        found = await board.desk.start(visitor.rights)
        return board.page(request, visitor, "start.html", start=found)

    return [board.route("/board", start, "GET"), board.route("/board/", start, "GET")]
