"""A form that was opened: its questions on a page, and handing them in.

Rules of the room:
- What is asked, what is wrong with an answer and what becomes of it is decided behind the door.
- Whoever comes back to a form that was sent (the browser's "back") is led on to what it became.
- A form that was begun a while ago says so first, and offers to go on or to begin anew.
- Calling a roll call off as a mistake takes its number typed in as well: nobody does it by a slip
  of the thumb while looking at a list of names.
"""

from __future__ import annotations

import re
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.board.routes.act import event_id, sender
from adapters.board.site import Board, Visitor
from adapters.serving import body
from adapters.serving.refused import Refused, wants_json
from bot import buttons
from bot.cards import Field, FormPage
from bot.events import Submitted, Tapped

DRAFT = re.compile(r"[a-z0-9]{4,20}")
LONGEST = 20_000
RESUMED = timedelta(seconds=10)
"""A form left alone for so long is one that somebody has come back to."""
PEOPLE = "people"
"""The question that takes staff numbers."""
OWN = "!own"
"""The option that stands for words of one's own."""


def routes(board: Board) -> list[BaseRoute]:
    async def opened(visitor: Visitor, request: Request) -> FormPage | None:
        draft = str(request.path_params["draft"])
        if not DRAFT.fullmatch(draft):
            raise Refused(404, "draft-gone")
        return await board.door.page(sender(visitor), draft)

    async def show(request: Request) -> Response:
        visitor = await board.visitor(request)
        page = await opened(visitor, request)
        if page is None:
            return await led_on(request, visitor)
        return await drawn(request, visitor, page)

    async def led_on(request: Request, visitor: Visitor) -> Response:
        """To what has become of a form that was sent. Raises `Refused` where nothing has."""
        became = await board.desk.became(str(request.path_params["draft"]), visitor.rights)
        if not became:
            raise Refused(410, "draft-gone")
        said = board.words(request).say("board-sent-already")
        return board.done(request, place_of(became), said)

    async def drawn(
        request: Request,
        visitor: Visitor,
        page: FormPage,
        problems: dict[str, str] | None = None,
        given: dict[str, str] | None = None,
        said: str = "",
    ) -> Response:
        about = await board.desk.about(page.draft, visitor.rights)
        asked_on = request.method == "POST" or "on" in request.query_params
        idle = page.left is not None and board.clock.now() - page.left > RESUMED
        return board.page(
            request,
            visitor,
            "form.html",
            form=page,
            problems=problems or {},
            given=given or {},
            back=place_of(about),
            resumed=idle and not asked_on,
            anew=buttons.form(page.draft, "!anew"),
            sure=await number_of(visitor, page, about),
            said=said,
            found=await board.desk.members(visitor.rights, None, said) if said else None,
            samples=await board.desk.samples(page.draft, visitor.rights),
        )

    async def number_of(visitor: Visitor, page: FormPage, about: str) -> int | None:
        """What must be typed before a roll call is called off; `None` for other forms."""
        noun, _, id_ = about.partition(":")
        if page.form != "calloff" or noun != "rollcall":
            return None
        seen = await board.desk.seen(id_, visitor.rights)
        return seen.roll_call.expected if seen else None

    async def hand_in(request: Request) -> Response:
        visitor = await board.actor(request)
        async with body.form(request, body.FORM_LIMIT, Refused(413, "web-too-long")) as fields:
            board.proven(visitor, body.field(fields, "proof", 100))
            client = body.event_id(fields)
            giving_up = bool(body.field(fields, "cancel", 10))
            page = await opened(visitor, request)
            if page is None:
                return await led_on(request, visitor)
            answers = {field.name: answer_in(fields, field) for field in page.fields}
            typed = re.sub(r"\D", "", body.field(fields, "sure", 20))
            name = body.field(fields, "find", 100).strip()
            added = body.field(fields, "add", 100)
        about = await board.desk.about(page.draft, visitor.rights)
        if not giving_up and (name or added) and PEOPLE in answers:
            # Whoever does not know a staff number finds it by the name; nothing is handed in yet.
            keys = f"{answers[PEOPLE]} {added}".strip()
            return await drawn(request, visitor, page, given={**answers, PEOPLE: keys}, said=name)
        if giving_up:
            button = buttons.form(page.draft, "!cancel")
            tapped = Tapped(event_id(visitor, client, button), sender(visitor), button, page=True)
            said = await board.door.handle(tapped)
            return board.done(request, place_of(about), said.text, problem=said.problem)
        sure = await number_of(visitor, page, about)
        if sure is not None and typed != str(sure):
            wrong = board.words(request).say("count-wrong", expected=sure)
            return await drawn(request, visitor, page, {"sure": wrong}, answers)
        form = Submitted(
            event_id(visitor, client, repr(sorted(answers.items()))),
            sender(visitor),
            page.form,
            answers,
            f"draft:{page.draft}",
            page=True,
        )
        said = await board.door.handle(form)
        if said.problems and not wants_json(request):
            again = await opened(visitor, request)
            if again is not None:
                return await drawn(request, visitor, again, dict(said.problems), answers)
        return board.done(
            request, place_of(about), said.text, problem=said.problem, form=said.draft
        )

    return [
        board.route("/board/form/{draft}", show, "GET"),
        board.route("/board/form/{draft}", hand_in, "POST"),
    ]


def answer_in(fields: FormData, field: Field) -> str:
    """One answer: the option chosen, or the words written beside it."""
    given = body.field(fields, field.name, LONGEST)
    if field.kind != "choice":
        return given
    own = body.field(fields, f"{field.name}-own", LONGEST)
    return own if own.strip() and (not given or given == OWN) else given.removeprefix(OWN)


def place_of(about: str) -> str:
    """The page of what a form is about."""
    noun, _, id_ = about.partition(":")
    where = {"rollcall": "/board/r/", "incident": "/board/i/"}.get(noun)
    return f"{where}{id_}" if where and id_ else "/board"
