"""One-tap pages: one card for whoever holds its link, answered by one tap.

Rules of the room:
- Looking answers nothing, however often and by whomever: mail scanners and previews open links.
  Only a POST from our own page acts; after it comes a redirect, so that reloading asks for the
  page.
- Whoever holds no good link gets one sentence, the same for everything that is wrong with it.
- That a card was looked at is put on record, unless it was fetched ahead of being looked at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.serving import body
from adapters.serving.origin import from_here
from adapters.serving.pace import Pace
from adapters.web import answers
from adapters.web.ports import BadLink, OneCard
from adapters.web.routes.act import LONGEST_BUTTON, degrees
from adapters.web.routes.files import KEPT_HOUR, PHOTO_ID
from adapters.web.site import Refused, Site, Visitor
from bot.door import Answered
from bot.events import FromPeople, Located, Sender, Submitted, Tapped, Wrote
from bot.forms import clean
from bot.look import CouldNotSave

CHANNEL = "link"
PARTS = ("offset", "part")
"""Which part of a card is shown: numbers in the page's address, and nothing else."""
TOLD_BY_THE_CARD = frozenset({"checkin"})
"""Views that say themselves what was recorded."""
FIELDS = 12


def routes(site: Site) -> list[BaseRoute]:
    too_long = Refused(413, "web-too-long")

    async def opened(request: Request, pace: Pace) -> OneCard:
        token = str(request.path_params.get("token", ""))
        request.state.onetap = True
        found = await site.cards.open(token, parts(request))
        if isinstance(found, BadLink):
            if found.reason == "expired":
                raise Refused(410, "link-expired")
            raise Refused(404, "link-bad")
        request.state.person = found.person
        request.state.token = token
        if not pace.allows(found.person.id):
            raise Refused(429, "too-fast")
        return found

    async def enter(request: Request) -> OneCard:
        one = await opened(request, site.acting)
        if not from_here(request, site.origin):
            raise Refused(403, "web-elsewhere")
        return one

    def shown(html: str, status: int = 200) -> Response:
        return HTMLResponse(
            html, status_code=status, headers={"content-security-policy": site.onetap.policy}
        )

    async def one_tap(request: Request) -> Response:
        one = await opened(request, site.looking)
        if one.gone:
            raise Refused(410, "tap-gone")
        visitor = Visitor(one.person, request.state.token)
        notice = answers.notice(site, request, visitor)
        response = shown(
            site.onetap.page(visitor.token, one, notice=notice, seal=site.cards.sealed)
        )
        if notice:
            answers.forget_notice(site, visitor, response)
        if request.method == "GET" and not _ahead(request):
            await site.cards.seen(one)
        return response

    async def hand_over(event: FromPeople, again: dict[str, str] | None) -> Answered:
        try:
            return await site.door.handle(event)
        except CouldNotSave:
            raise Refused(503, "could-not-save", again=again) from None

    def back(request: Request, one: OneCard, said: Answered) -> Response:
        """To the card that answers, else to the one that was tapped."""
        visitor = Visitor(one.person, request.state.token)
        site.hub.wake([one.person.id], at_once=True)
        token, query = visitor.token, {}
        silent = one.view in TOLD_BY_THE_CARD and not said.problem
        if said.draft and not said.problem:
            token = site.cards.token(one.person, "form", f"draft:{said.draft}")
        elif said.shows is not None and not said.problem:
            shown_next = site.cards.token(one.person, said.shows.view, said.shows.subject)
            token = shown_next or token
            query = {name: said.shows.args[name] for name in PARTS if name in said.shows.args}
        else:
            query = parts(request)
        to = site.onetap.here(token) + (f"?{urlencode(query)}" if query else "")
        told = None if silent else said.text or None
        return answers.done(site, request, visitor, told, said.problem, to=to)

    async def tap(request: Request) -> Response:
        one = await enter(request)
        async with body.form(request, body.FORM_LIMIT, too_long) as fields:
            client = body.event_id(fields)
            sealed = body.field(fields, "button", 1000)
        button = site.cards.unsealed(request.state.token, sealed)
        if not button or len(button.encode("utf-8", "replace")) > LONGEST_BUTTON:
            raise Refused(400, "button-gone")
        event = Tapped(_event(one, client, "tap", button), _sender(one), button, page=True)
        again = {"action": "tap", "event": client, "button": sealed}
        return back(request, one, await hand_over(event, again))

    async def say(request: Request) -> Response:
        one = await enter(request)
        async with body.form(request, body.FORM_LIMIT, too_long) as fields:
            client = body.event_id(fields)
            text = clean(body.field(fields, "text"))
        if not text:
            return back(request, one, Answered())
        event = Wrote(_event(one, client, "say", text), _sender(one), text, page=True)
        again = {"action": "say", "event": client, "text": text}
        said = await hand_over(event, again)
        # A line is echoed nowhere on the page: what came of it must be said.
        return back(request, OneCard(one.person, "", one.subject), said)

    async def place(request: Request) -> Response:
        one = await enter(request)
        async with body.form(request, body.FORM_LIMIT, too_long) as fields:
            client = body.event_id(fields)
            latitude = degrees(body.field(fields, "latitude", 40), 90)
            longitude = degrees(body.field(fields, "longitude", 40), 180)
        where = f"{latitude:.6f} {longitude:.6f}"
        event = Located(_event(one, client, "place", where), _sender(one), latitude, longitude)
        said = await hand_over(event, None)
        return back(request, OneCard(one.person, "", one.subject), said)

    async def form(request: Request) -> Response:
        one = await enter(request)
        async with body.form(request, body.FORM_LIMIT, too_long) as fields:
            client = body.event_id(fields)
            draft, name = body.field(fields, "draft", 40), body.field(fields, "form", 40)
            given = {}
            for field in [f for f in fields if f.startswith("a-")][:FIELDS]:
                given[field[2:]] = clean(body.field(fields, field))
            for field in [f for f in fields if f.startswith("w-")][:FIELDS]:
                own = clean(body.field(fields, field))
                if own:
                    given[field[2:]] = own
        if one.form is None or (draft, name) != (one.form.draft, one.form.form):
            # Handed in already, or none that this link opens.
            return back(request, one, Answered())
        said_so = f"{draft}\0{name}\0{sorted(given.items())}"
        event = Submitted(
            _event(one, client, "form", said_so),
            _sender(one),
            name,
            given,
            about=f"draft:{draft}",
            page=True,
        )
        said = await hand_over(event, None)
        if said.problems:
            fresh = await site.cards.open(request.state.token, {})
            if not isinstance(fresh, BadLink) and fresh.form is not None:
                told = said.problems
                drawn = site.onetap.page(
                    request.state.token, fresh, problems=told, given=given, seal=site.cards.sealed
                )
                return shown(drawn, 422)
        return back(request, one, said)

    async def picture(request: Request) -> Response:
        one = await opened(request, site.looking)
        photo_id = request.path_params["id"]
        data = None
        if PHOTO_ID.fullmatch(photo_id):
            data = await site.pictures.get(photo_id, one.person)
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type="image/jpeg", headers={"cache-control": KEPT_HOUR})

    acts: list[Callable[[Request], Awaitable[Response]]] = [tap, say, place, form]
    return [
        Route("/a/{token}", one_tap, methods=["GET"]),
        Route("/a/{token}/photo/{id}", picture, methods=["GET"]),
        *(Route(f"/a/{{token}}/{act.__name__}", act, methods=["POST"]) for act in acts),
    ]


def parts(request: Request) -> dict[str, str]:
    """Which part of the card the page's address asks for."""
    given = {name: request.query_params.get(name, "") for name in PARTS}
    return {n: v for n, v in given.items() if v.isascii() and v.isdecimal() and len(v) <= 7}


def _ahead(request: Request) -> bool:
    """True if a browser or a preview fetches it before anybody looks."""
    purpose = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return "prefetch" in purpose or "preview" in purpose


def _sender(one: OneCard) -> Sender:
    """A person's address on this channel is their id: the link has proved who it is."""
    return Sender(CHANNEL, str(one.person.id))


def _event(one: OneCard, client: str, act: str, said: str) -> str:
    digest = blake2b(said.encode("utf-8", "replace"), digest_size=6, person=act.encode())
    return f"{CHANNEL}:{one.person.id}:{client}.{digest.hexdigest()}"
