"""A second question, as a page of its own, before what cannot be left to a slip of the thumb."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.site import Board, safe
from adapters.serving.refused import Refused


def routes(board: Board) -> list[BaseRoute]:
    async def sure(request: Request) -> Response:
        visitor = await board.visitor(request)
        noun, id_ = (str(request.path_params[part])[:40] for part in ("noun", "id"))
        card = await board.desk.sure(f"{noun}:{id_}", visitor.rights)
        if card is None:
            raise Refused(410, "page-over")
        back = safe(request.query_params.get("back", ""))
        return board.page(request, visitor, "sure.html", card=card, back=back)

    return [board.route("/board/sure/{noun}/{id}", sure, "GET")]
