"""What people do on the page: tap, say, hand over a photo, tell where they are.

Rules of the room:
- Each is one POST, one event, one answer, and the answer comes after the durable commit.
- The event's id is made of the page's own id and of what was done. The same form sent twice is
  one event; the same page gone back to and answered differently is another. Nobody's "I need
  help" is taken for a repeat of the "I'm safe" that was on the same page.
- If the house cannot keep it, the form comes back with what was typed and the same id.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters.serving import body
from adapters.serving.origin import from_here
from adapters.web import answers
from adapters.web.ports import CHANNEL
from adapters.web.routes.chat import post_number
from adapters.web.site import Refused, Site, Visitor
from bot.door import Answered
from bot.events import Attached, FromPeople, Located, Sender, Tapped, Wrote
from bot.forms import clean
from bot.look import CouldNotSave

LONGEST_BUTTON = 64

AT_THE_DESK = 2
"""Photos unpacked at the same time; each may take some 100 MB for a moment."""


def routes(site: Site) -> list[BaseRoute]:
    desk = asyncio.Semaphore(AT_THE_DESK)
    too_long = Refused(413, "web-too-long")
    too_big = Refused(413, "photo-too-big", {"limit": site.photo_limit // 1_000_000})

    async def enter(request: Request) -> Visitor:
        visitor = await site.visitor(request, site.acting)
        if not from_here(request, site.origin):
            raise Refused(403, "web-elsewhere")
        return visitor

    async def kept(visitor: Visitor, event: FromPeople, again: dict[str, str] | None) -> Answered:
        try:
            said = await site.door.handle(event)
        except CouldNotSave:
            raise Refused(503, "could-not-save", again=again) from None
        site.hub.wake([visitor.person.id], at_once=True)
        return said

    async def hand_over(
        request: Request, visitor: Visitor, event: FromPeople, again: dict[str, str] | None
    ) -> Response:
        said = await kept(visitor, event, again)
        return answers.done(site, request, visitor, said.text or None, said.problem)

    async def tap(request: Request) -> Response:
        visitor = await enter(request)
        async with body.form(request, body.FORM_LIMIT, too_long) as fields:
            client = body.event_id(fields)
            button = body.field(fields, "button", 1000)
            post = body.field(fields, "post", 19)
        if not button or len(button.encode("utf-8", "replace")) > LONGEST_BUTTON:
            raise Refused(400, "button-gone")
        # Which post it stood on is a remark and decides nothing: a card may have been posted again,
        # or drawn on a page that has been open for days, and no answer may be lost to that. The
        # button names the thing itself, and whether this person may is asked when it is obeyed.
        event = Tapped(
            _event(visitor, client, "tap", button),
            _sender(visitor),
            button,
            post_number(post) if post else None,
        )
        again = {"action": "tap", "event": client, "button": button, "post": post}
        return await hand_over(request, visitor, event, again)

    async def say(request: Request) -> Response:
        visitor = await enter(request)
        async with body.form(request, body.FORM_LIMIT, too_long) as fields:
            client = body.event_id(fields)
            typed = body.field(fields, "text")
        text = clean(typed)
        if not text:
            return answers.done(site, request, visitor, None, False)
        event = Wrote(_event(visitor, client, "say", text), _sender(visitor), text)
        again = {"action": "say", "event": client, "text": text}
        return await hand_over(request, visitor, event, again)

    async def photo(request: Request) -> Response:
        visitor = await enter(request)
        room = site.photo_limit + body.FORM_LIMIT
        async with body.form(request, room, too_big, each_field=body.FIELD_LIMIT) as fields:
            client = body.event_id(fields)
            text = clean(body.field(fields, "text"))
            data = await body.upload(fields, "photo", site.photo_limit, too_big)
        if not data:
            raise Refused(400, "photo-not-a-picture")
        id_ = _event(visitor, client, "photo", text, data)
        if text:
            # Words are kept first, whatever becomes of the picture they came with.
            words = Wrote(_event(visitor, client, "say", text), _sender(visitor), text)
            await kept(visitor, words, {"action": "say", "event": client, "text": text})
        async with desk:
            try:
                picture = await asyncio.to_thread(site.prepare, data, site.photo_limit)
            except ValueError as refused:
                if str(refused) == "photo-too-big":
                    raise too_big from None
                raise Refused(415, "photo-not-a-picture") from None
        del data
        return await hand_over(request, visitor, Attached(id_, _sender(visitor), picture), None)

    async def place(request: Request) -> Response:
        visitor = await enter(request)
        async with body.form(request, body.FORM_LIMIT, too_long) as fields:
            client = body.event_id(fields)
            latitude = degrees(body.field(fields, "latitude", 40), 90)
            longitude = degrees(body.field(fields, "longitude", 40), 180)
        where = f"{latitude:.6f} {longitude:.6f}"
        event = Located(
            _event(visitor, client, "place", where), _sender(visitor), latitude, longitude
        )
        return await hand_over(request, visitor, event, None)

    acts: list[Callable[[Request], Awaitable[Response]]] = [tap, say, photo, place]
    return [Route(f"/c/{{token}}/{act.__name__}", act, methods=["POST"]) for act in acts]


def _sender(visitor: Visitor) -> Sender:
    """A person's address on this channel is their id: the link has proved who it is."""
    return Sender(CHANNEL, str(visitor.person.id))


def _event(visitor: Visitor, client: str, act: str, said: str, data: bytes = b"") -> str:
    digest = blake2b(said.encode("utf-8", "replace"), digest_size=6, person=act.encode())
    digest.update(data)
    return f"{CHANNEL}:{visitor.person.id}:{client}.{digest.hexdigest()}"


def degrees(text: str, most: float) -> float:
    """A latitude or longitude as a page has sent it. Raises `Refused` if it is none."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not -most <= number <= most:
        raise Refused(400, "web-not-understood")
    return number
