"""Signing in with a link from the bot, and signing out.

Rules of the room:
- Opening the link only shows a button; using it up takes a POST from that page.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.board.site import Board
from adapters.serving import body
from adapters.serving.refused import Refused

TOKEN = re.compile(r"[a-z0-9]{6,40}\.[0-9a-f]{20,80}")


def routes(board: Board) -> list[BaseRoute]:
    def token_of(request: Request) -> str:
        token = str(request.path_params["token"])
        if not TOKEN.fullmatch(token):
            raise Refused(404, "board-signin-bad")
        return token

    async def knock(request: Request) -> Response:
        token_of(request)
        words = board.words(request)
        return HTMLResponse(board.drawing.alone("signin.html", words.language))

    async def enter(request: Request) -> Response:
        board.ours(request)
        session = await board.entrance.enter(token_of(request))
        if session is None:
            raise Refused(410, "board-signin-bad")
        response = RedirectResponse(f"{board.root}/board", status_code=303)
        board.sign(response, session)
        return response

    async def leave(request: Request) -> Response:
        visitor = await board.actor(request)
        async with body.form(request, body.FORM_LIMIT, Refused(413, "web-too-long")) as fields:
            board.proven(visitor, body.field(fields, "proof", 100))
            everywhere = body.field(fields, "everywhere", 3) == "yes"
        await board.entrance.leave(visitor.session, everywhere=everywhere)
        words = board.words(request)
        html = board.drawing.alone(
            "sentence.html",
            words.language,
            sentence=words.say("board-signed-out"),
            forget=True,
        )
        response = HTMLResponse(html)
        board.unsign(response)
        return response

    return [
        board.route("/board/in/{token}", knock, "GET"),
        board.route("/board/in/{token}", enter, "POST"),
        board.route("/board/out", leave, "POST"),
    ]
