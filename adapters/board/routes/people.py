"""The staff, the call tree, and what is missing before an emergency."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.routes.rollcall import place_of
from adapters.board.site import Board
from adapters.serving.refused import Refused

LONGEST = 100


def routes(board: Board) -> list[BaseRoute]:
    async def people(request: Request) -> Response:
        visitor = await board.visitor(request)
        said = request.query_params.get("said", "").strip()[:LONGEST]
        found = await board.desk.members(visitor.rights, place_of(request), said)
        return board.page(request, visitor, "people.html", roster=found, said=said)

    async def tree(request: Request) -> Response:
        visitor = await board.visitor(request)
        asked = request.query_params.get("of", "")
        if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= 18):
            raise Refused(404, "board-not-yours")
        found = await board.desk.branch(visitor.rights, int(asked) if asked else None)
        if found is None:
            raise Refused(404, "board-not-yours")
        return board.page(request, visitor, "tree.html", branch=found)

    async def ready(request: Request) -> Response:
        visitor = await board.visitor(request)
        found = await board.desk.ready(visitor.rights)
        if found is None:
            raise Refused(404, "board-not-yours")
        return board.page(request, visitor, "ready.html", ready=found)

    return [
        board.route("/board/people", people, "GET"),
        board.route("/board/tree", tree, "GET"),
        board.route("/board/ready", ready, "GET"),
    ]
