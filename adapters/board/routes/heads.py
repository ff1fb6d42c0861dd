"""The head count at an assembly point: a big tick for each person, visitors in a line.

Rules of the room:
- A tick is an event like any other. The page makes its id, and keeps ticks that could not be sent
  yet, so that one sent twice counts once.
- The device may keep this page, for whoever it was drawn for and while the roll call runs; the
  header `x-heads` says so, and says when it is over. See `heads-worker.js`.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.routes.act import event_id, sender
from adapters.board.routes.rollcall import PRINTED, choice_of, guests_of, seen_by
from adapters.board.site import Board
from adapters.serving import body
from adapters.serving.refused import Refused
from bot.board.figures import Choice, Sort
from bot.events import Submitted

MOST = 500
"""People on one page: a warden counts a site, not a company."""


def routes(board: Board) -> list[BaseRoute]:
    async def heads(request: Request) -> Response:
        visitor = await board.visitor(request)
        seen = await seen_by(board, visitor, request)
        if not seen.answers:
            raise Refused(404, "board-not-yours")
        asked = choice_of(request)
        site = asked.site if asked.site is not None else visitor.person.site or None
        if request.query_params.get("site") == "*":
            site = None
        choice = Choice(Sort.EVERYONE, site, asked.team, asked.after, MOST)
        response = board.page(
            request,
            visitor,
            "heads.html",
            seen=seen,
            count=await board.desk.heads(seen, choice),
            choice=choice,
            guests=await guests_of(board, seen, Choice(), PRINTED),
        )
        keep = f"keep {visitor.person.id}" if seen.roll_call.running else "over"
        response.headers["x-heads"] = keep
        return response

    async def add(request: Request) -> Response:
        visitor = await board.actor(request)
        seen = await seen_by(board, visitor, request)
        async with body.form(request, body.FORM_LIMIT, Refused(413, "web-too-long")) as fields:
            board.proven(visitor, body.field(fields, "proof", 100))
            client = body.event_id(fields)
            name = body.field(fields, "name", 1000)
            site = body.field(fields, "site", 1000)
            back = body.field(fields, "back", 1000)
        event = Submitted(
            event_id(visitor, client, f"visitor {name} {site}"),
            sender(visitor),
            "visitor",
            {"name": name, "site": site},
            seen.roll_call.about,
            page=True,
        )
        said = await board.door.handle(event)
        wrong = next(iter(said.problems.values()), "")
        return board.done(request, back, wrong or said.text, problem=bool(wrong) or said.problem)

    return [
        board.route("/board/r/{id}/heads", heads, "GET"),
        board.route("/board/r/{id}/visitors", add, "POST"),
    ]
