"""The settings in force and the state of the house: for administrators, to read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.site import Board
from adapters.serving.refused import Refused


def routes(board: Board) -> list[BaseRoute]:
    async def settings(request: Request) -> Response:
        visitor = await board.visitor(request)
        found = await board.desk.settings(visitor.rights)
        if found is None:
            raise Refused(404, "board-not-yours")
        return board.page(request, visitor, "settings.html", house=found)

    return [board.route("/board/settings", settings, "GET")]
