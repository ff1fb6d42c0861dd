"""The board's site: what its routes share, who is asking, and what they are told.

Rules of the room:
- A route asks `visitor` first. Whoever is not signed in learns how to, and nothing else.
- A POST counts only from our own page: the cookie goes nowhere else, the browser says where the
  request was made, and the form carries a proof that only this session's pages know.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote, unquote, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.board.drawing import Drawing
from adapters.board.live import Topics
from adapters.board.ports import Desk, Door, Entrance, Texts, Words
from adapters.serving.assets import Assets
from adapters.serving.origin import from_here
from adapters.serving.pace import Pace
from adapters.serving.refused import Refused, preferred, wants_json
from bot.board.speech import Speech
from bot.look import CouldNotSave
from bot.people import Person
from bot.ports import Clock, Ids
from bot.rights import Rights

HERE = Path(__file__).parent

NOTICE_SECONDS = 60
LONGEST_NOTICE = 600
TEMPORARY = frozenset({408, 429, 500, 502, 503, 504})

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking, what they may see, and what proves that a form is from their own page."""

    rights: Rights
    session: str = field(repr=False)
    proof: str = field(repr=False)

    @property
    def person(self) -> Person:
        return self.rights.person


class Board:
    """Everything the routes need, handed in once."""

    def __init__(
        self,
        *,
        door: Door,
        entrance: Entrance,
        desk: Desk,
        clock: Clock,
        ids: Ids,
        texts: Texts,
        base_url: str,
        speech: Speech,
    ) -> None:
        parts = urlsplit(base_url)
        self.secure = parts.scheme == "https"
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.root = parts.path.rstrip("/")
        self.door = door
        self.entrance = entrance
        self.desk = desk
        self.clock = clock
        self.ids = ids
        self.texts = texts
        self.assets = Assets(HERE / "static", HERE / "templates", "/board/static")
        self.drawing = Drawing(speech, texts, ids, clock, self.assets, self.root)
        self.topics = Topics(desk, self.drawing)
        self.acting = Pace(burst=60, each_second=4)
        self.looking = Pace(burst=60, each_second=5)
        from adapters.board import routes

        self.routes: list[BaseRoute] = routes.discover(self)

    def close(self) -> None:
        """Send open pages away, so that the server can end."""
        self.topics.close()

    # --- who is asking -----------------------------------------------------------------------

    @property
    def cookie(self) -> str:
        """Under the `__Host-` prefix no neighbouring subdomain can plant one; https only."""
        return "__Host-board" if self.secure else "board"

    async def visitor(
        self, request: Request, pace: Pace | None = None, *, uses: bool = True
    ) -> Visitor:
        """Who is signed in. Raises `Refused` if nobody is, or for being used too fast. What a page
        asks for by itself `uses` no session: it goes on idling."""
        session = request.cookies.get(self.cookie, "")
        person = await self.entrance.who(session, uses=uses) if session else None
        if person is None:
            raise Refused(401, "board-signed-out")
        request.state.person = person
        if not (pace or self.looking).allows(person.id):
            raise Refused(429, "too-fast")
        rights = await self.desk.rights(person)
        return Visitor(rights, session, proof(session))

    async def actor(self, request: Request) -> Visitor:
        """Who is signed in and acts from our own page."""
        self.ours(request)
        return await self.visitor(request, self.acting)

    def ours(self, request: Request) -> None:
        """Raises `Refused` for what another page has sent."""
        if not from_here(request, self.origin):
            raise Refused(403, "board-elsewhere")

    def proven(self, visitor: Visitor, given: str) -> None:
        """Raises `Refused` for a form that was not on a page of this session."""
        if not hmac.compare_digest(visitor.proof.encode(), given.encode("utf-8", "replace")):
            raise Refused(403, "board-elsewhere")

    def sign(self, response: Response, session: str) -> None:
        """Leave the session with the browser; how long it lasts, the house decides."""
        response.set_cookie(
            self.cookie,
            session,
            max_age=400 * 86_400,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def unsign(self, response: Response) -> None:
        response.delete_cookie(
            self.cookie, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    # --- what they are told ------------------------------------------------------------------

    def words(self, request: Request) -> Words:
        """In the language of the person if they are signed in, else of their browser."""
        person = getattr(request.state, "person", None)
        if isinstance(person, Person):
            return self.texts.words(person.language, person.time_zone)
        return self.texts.words(preferred(request.headers.get("accept-language", "")))

    def done(
        self,
        request: Request,
        back: str,
        reply: str,
        *,
        problem: bool = False,
        form: str = "",
        sure: str = "",
    ) -> Response:
        """The event has been handled. `back` is a path of ours; `form` a draft to go on with,
        `sure` the subject of a second question."""
        self.topics.touch(roll_call_of(back))
        where = f"{self.root}/board/form/{form}" if form else f"{self.root}{safe(back)}"
        if sure:
            asked = sure.replace(":", "/", 1)
            where = f"{self.root}/board/sure/{asked}?{urlencode({'back': safe(back)})}"
        if wants_json(request):
            go = where if form or sure else ""
            told = {"reply": reply, "problem": problem, "again": False, "go": go}
            return JSONResponse(told)
        response = RedirectResponse(where, status_code=303)
        if reply and not sure:
            told_ = ("!" if problem else "+") + reply[:LONGEST_NOTICE]
            response.set_cookie(
                self._notice,
                quote(told_, safe=""),
                max_age=NOTICE_SECONDS,
                path="/",
                secure=self.secure,
                httponly=True,
                samesite="strict",
            )
        return response

    @property
    def _notice(self) -> str:
        return "__Host-board-said" if self.secure else "board-said"

    def page(self, request: Request, visitor: Visitor, template: str, **values: object) -> Response:
        """A whole page for somebody who is signed in, with what they were told last."""
        told = unquote(request.cookies.get(self._notice, ""))
        notice = (told[1 : LONGEST_NOTICE + 1], told[0] == "!") if told[:1] in ("!", "+") else None
        html = self.drawing.page(
            template,
            visitor.rights,
            proof=visitor.proof,
            here=request.url.path.removeprefix(self.root),
            notice=notice,
            **values,
        )
        response = HTMLResponse(html)
        if notice:
            response.delete_cookie(
                self._notice, path="/", secure=self.secure, httponly=True, samesite="strict"
            )
        return response

    def route(self, path: str, endpoint: Endpoint, *methods: str) -> Route:
        """A route whose refusals are told as the board tells them."""

        async def guarded(request: Request) -> Response:
            try:
                return await endpoint(request)
            except Refused as why:
                return self.refused(request, why)
            except CouldNotSave:
                return self.refused(request, Refused(503, "could-not-save"))
            except HTTPException as error:
                return self.refused(request, Refused(error.status_code, "board-not-yours"))

        guarded.__name__ = f"board_{getattr(endpoint, '__name__', 'page')}"
        return Route(path, guarded, methods=list(methods or ("GET",)))

    def refused(self, request: Request, why: Refused) -> Response:
        """A page or JSON that says why the request stopped."""
        words = self.words(request)
        sentence = words.say(why.key, **why.values)
        headers = {"retry-after": "5"} if why.status in (429, 503) else {}
        if why.status in (401, 404):
            headers["x-heads"] = "gone"
        if wants_json(request):
            again = why.status in TEMPORARY
            told = {"reply": sentence, "problem": True, "again": again, "go": ""}
            return JSONResponse(told, status_code=why.status, headers=headers)
        html = self.drawing.alone(
            "sentence.html", words.language, sentence=sentence, forget=why.status == 401
        )
        return HTMLResponse(html, status_code=why.status, headers=headers)


def proof(session: str) -> str:
    """What the forms of a session's pages carry; it tells nothing of the session."""
    return blake2b(session.encode(), digest_size=12, person=b"board form").hexdigest()


def safe(path: str) -> str:
    """A path of the board; anything else leads to its first page.

    >>> safe("/board/r/k7?sort=safe"), safe("//elsewhere.example"), safe("/c/secret")
    ('/board/r/k7?sort=safe', '/board', '/board')
    """
    if len(path) > 500 or not path.isascii() or not path.isprintable() or "\\" in path:
        return "/board"
    return path if path == "/board" or path.startswith(("/board/", "/board?")) else "/board"


def roll_call_of(path: str) -> str:
    """The roll call whose page a path is part of; empty for any other.

    >>> roll_call_of("/board/r/k7/heads?site=*"), roll_call_of("/board/i/k7")
    ('k7', '')
    """
    head, _, rest = path.partition("?")[0].partition("/board/r/")
    return "" if head else rest.partition("/")[0]
