"""Incidents: the list, and one with its timeline."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.site import Board
from adapters.serving.refused import Refused


def routes(board: Board) -> list[BaseRoute]:
    async def incidents(request: Request) -> Response:
        visitor = await board.visitor(request)
        page = await board.desk.incidents(visitor.rights, after(request))
        return board.page(request, visitor, "incidents.html", page=page)

    async def incident(request: Request) -> Response:
        visitor = await board.visitor(request)
        found = await board.desk.incident(str(request.path_params["id"])[:40], visitor.rights)
        if found is None:
            raise Refused(404, "board-not-yours")
        return board.page(request, visitor, "incident.html", found=found)

    return [
        board.route("/board/incidents", incidents, "GET"),
        board.route("/board/i/{id}", incident, "GET"),
    ]


def after(request: Request) -> tuple[datetime, str] | None:
    """Where the page of the list begins."""
    at, id_ = request.query_params.get("after", ""), request.query_params.get("id", "")
    try:
        found = datetime.fromisoformat(at[:40])
    except ValueError:
        return None
    return (found, id_[:40]) if found.tzinfo is not None else None
