"""One roll call: the live page, further pages of its lists, and the view for printing."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.site import Board, Visitor
from adapters.serving.refused import Refused
from bot.board.figures import Choice, Guest, Place, Sort
from bot.board.rollcall import Seen

LONGEST = 300
PRINTED = 5000
"""People on a print-out at most; past that it says so and names the export."""


def routes(board: Board) -> list[BaseRoute]:
    async def page(request: Request) -> Response:
        visitor = await board.visitor(request)
        seen = await seen_by(board, visitor, request)
        choice = choice_of(request)
        sheet = await board.topics.sheet(seen, visitor.person)
        first = choice == Choice()
        listed = None if first else await board.desk.quick(seen, choice)
        return board.page(
            request,
            visitor,
            "rollcall.html",
            seen=seen,
            sheet=sheet,
            listed=listed,
            choice=choice,
        )

    async def printed(request: Request) -> Response:
        visitor = await board.visitor(request)
        seen = await seen_by(board, visitor, request)
        choice = replace(choice_of(request), limit=PRINTED, after=None)
        if "sort" not in request.query_params:
            choice = replace(choice, sort=Sort.EVERYONE)
        quick = await board.desk.quick(seen, choice)
        everyone = choice.sort is Sort.EVERYONE and seen.answers
        return board.page(
            request,
            visitor,
            "print.html",
            seen=seen,
            quick=quick,
            choice=choice,
            most=PRINTED,
            guests=await guests_of(board, seen, choice, PRINTED) if everyone else [],
        )

    return [
        board.route("/board/r/{id}", page, "GET"),
        board.route("/board/r/{id}/print", printed, "GET"),
    ]


async def guests_of(board: Board, seen: Seen, choice: Choice, most: int) -> list[Guest]:
    """Everybody on no list who was counted, `most` of them at most."""
    found: list[Guest] = []
    async for some in board.desk.guests(seen, replace(choice, sort=Sort.EVERYONE)):
        found += some
        if len(found) >= most:
            break
    return found[:most]


async def seen_by(board: Board, visitor: Visitor, request: Request) -> Seen:
    """The roll call of the address. Raises `Refused` where the visitor may not see it."""
    seen = await board.desk.seen(str(request.path_params["id"])[:40], visitor.rights)
    if seen is None:
        raise Refused(404, "board-not-yours")
    return seen


def choice_of(request: Request) -> Choice:
    """Which people the address asks for; what it does not say right is not asked."""
    asked = request.query_params
    try:
        sort = Sort(asked.get("sort", Sort.MISSING.value))
    except ValueError:
        raise Refused(404, "board-not-yours") from None
    site, team = asked.get("site"), asked.get("team")
    return Choice(
        sort,
        site[:LONGEST] if site is not None else None,
        team[:LONGEST] if team is not None else None,
        place_of(request),
    )


def place_of(request: Request) -> Place | None:
    """Where the page of a list begins: a name, and the id behind it."""
    name, number = request.query_params.get("after"), request.query_params.get("id", "")
    if name is None or not (number.isascii() and number.isdecimal() and len(number) <= 18):
        return None
    return name[:LONGEST], int(number)
