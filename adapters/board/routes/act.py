"""What people do on the board: tap what a card in chat would offer them as well.

Rules of the room:
- One POST is one event, and its id is made of the page's own id and of what was done: sent twice,
  it is one event; another button of the same page is another.
- Whether they may is asked when the button is obeyed, as in chat.
"""

from __future__ import annotations

from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.ports import CHANNEL
from adapters.board.site import Board, Visitor
from adapters.serving import body
from adapters.serving.refused import Refused
from bot.events import Sender, Tapped

LONGEST_BUTTON = 64


def routes(board: Board) -> list[BaseRoute]:
    async def act(request: Request) -> Response:
        visitor = await board.actor(request)
        async with body.form(request, body.FORM_LIMIT, Refused(413, "web-too-long")) as fields:
            board.proven(visitor, body.field(fields, "proof", 100))
            client = body.event_id(fields)
            button = body.field(fields, "button", 200)
            back = body.field(fields, "back", 1000)
        if not button or len(button.encode("utf-8", "replace")) > LONGEST_BUTTON:
            raise Refused(400, "button-gone")
        event = Tapped(event_id(visitor, client, button), sender(visitor), button, page=True)
        said = await board.door.handle(event)
        if said.shows is not None and said.shows.view == "sure":
            return board.done(request, back, said.text, problem=True, sure=said.shows.subject)
        return board.done(request, back, said.text, problem=said.problem, form=said.draft)

    return [board.route("/board/act", act, "POST")]


def sender(visitor: Visitor) -> Sender:
    """A person's address on the board is their id: the session has proved who it is."""
    return Sender(CHANNEL, str(visitor.person.id))


def event_id(visitor: Visitor, client: str, said: str) -> str:
    """The same form sent twice is one event; the same page used for something else is another."""
    digest = blake2b(said.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{CHANNEL}:{visitor.person.id}:{client}.{digest}"
