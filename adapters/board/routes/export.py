"""A roll call as a file: CSV, or XLSX for spreadsheets.

Rules of the room:
- Names, staff numbers and answers; no address is to be had.
- Every line says of which roll call it is, whether that was real, and in which time zone its times
  are: lines are sorted, cut out and put together with those of other files.
- It is written while it is read, so that 100,000 lines take no more room than a few hundred.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute

from adapters.board import sheets
from adapters.board.routes.rollcall import choice_of, seen_by
from adapters.board.site import Board, Visitor
from adapters.serving.refused import Refused
from bot.board.figures import Choice, Sort
from bot.board.rollcall import Seen

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes(board: Board) -> list[BaseRoute]:
    async def rows(seen: Seen, choice: Choice, visitor: Visitor) -> AsyncIterator[list[str]]:
        person = visitor.person
        record = board.drawing.record(seen, person.language, person.time_zone)
        yield record.heads
        async for lines in board.desk.everybody(seen, choice):
            for line in lines:
                yield record.person(line)
            await asyncio.sleep(0)
        async for guests in board.desk.guests(seen, choice):
            for guest in guests:
                yield record.guest(guest)

    async def asked(request: Request) -> tuple[Visitor, Seen, Choice]:
        visitor = await board.visitor(request)
        seen = await seen_by(board, visitor, request)
        if not seen.answers:
            raise Refused(404, "board-not-yours")
        choice = choice_of(request)
        if "sort" not in request.query_params:
            choice = Choice(Sort.EVERYONE, choice.site, choice.team)
        return visitor, seen, choice

    async def as_csv(request: Request) -> Response:
        visitor, seen, choice = await asked(request)
        return _file(sheets.csv(rows(seen, choice, visitor)), CSV, seen, "csv")

    async def as_xlsx(request: Request) -> Response:
        visitor, seen, choice = await asked(request)
        return _file(sheets.xlsx(rows(seen, choice, visitor)), XLSX, seen, "xlsx")

    return [
        board.route("/board/r/{id}/export.csv", as_csv, "GET"),
        board.route("/board/r/{id}/export.xlsx", as_xlsx, "GET"),
    ]


def _file(content: AsyncIterator[bytes], media_type: str, seen: Seen, ending: str) -> Response:
    name = f"rollcall-{seen.roll_call.id}.{ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=media_type, headers=headers)
