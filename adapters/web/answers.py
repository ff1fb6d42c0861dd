"""What a request gets back: a page for people, JSON for the page's own script.

Rules of the room:
- Both say the same sentence, in the person's language, under the same status.
- After a form comes a redirect (303), so that reloading asks for the page and not for the tap.
  The door's sentence travels in a cookie of one minute and is shown once.
- JSON says whether sending the same again may help (`again`); the script keeps what was typed
  either way until it knows.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from adapters.serving.refused import wants_json
from adapters.web.site import Refused, Site, Visitor

TEMPORARY = frozenset({408, 429, 500, 502, 503, 504})
"""After these the same request may well succeed."""

NOTICE_SECONDS = 60
LONGEST_NOTICE = 600
"""Characters; a cookie holds 4 KB and some languages take nine bytes a letter."""


def done(
    site: Site,
    request: Request,
    visitor: Visitor,
    reply: str | None,
    problem: bool,
    *,
    to: str = "",
) -> Response:
    """The event has been handled; `reply` is what the door said. `to`: where its page is, if not
    in the chat."""
    if wants_json(request):
        return JSONResponse({"reply": reply, "problem": problem, "again": False})
    response = RedirectResponse(to or f"{site.root}/c/{visitor.token}#end", status_code=303)
    if reply:
        told = ("!" if problem else "+") + reply[:LONGEST_NOTICE]
        response.set_cookie(
            _cookie(site, visitor),
            quote(told, safe=""),
            max_age=NOTICE_SECONDS,
            path="/",
            secure=site.secure,
            httponly=True,
            samesite="strict",
        )
    return response


def notice(site: Site, request: Request, visitor: Visitor) -> tuple[str, bool] | None:
    """The line left by `done`, and whether it is a problem."""
    told = unquote(request.cookies.get(_cookie(site, visitor), ""))
    if len(told) < 2 or told[0] not in "!+":
        return None
    return told[1 : LONGEST_NOTICE + 1], told[0] == "!"


def forget_notice(site: Site, visitor: Visitor, response: Response) -> None:
    """It has been shown; the next page is without it."""
    response.delete_cookie(
        _cookie(site, visitor), path="/", secure=site.secure, httponly=True, samesite="strict"
    )


def _cookie(site: Site, visitor: Visitor) -> str:
    """One a person: two people's pages may be open in one browser.

    Under the `__Host-` prefix no neighbouring subdomain can plant a sentence; browsers take it
    over https only.
    """
    return f"{'__Host-' if site.secure else ''}said-{visitor.person.id}"


def refused(site: Site, request: Request, why: Refused) -> Response:
    """A page or JSON that says why the request stopped."""
    sentence = site.words(request).say(why.key, **why.values)
    return _sentence(site, request, why.status, sentence, why.again)


def broken(site: Site, request: Request, ref: str, status: int = 500) -> Response:
    """Something failed that nobody foresaw; `ref` finds it in the log."""
    sentence = site.words(request).say("something-broke", ref=ref)
    return _sentence(site, request, status, sentence, None)


def http_error(site: Site, request: Request, error: HTTPException) -> Response:
    """The framework's own refusals: no such page, no such method."""
    key = "link-bad" if error.status_code == 404 else "web-not-understood"
    response = refused(site, request, Refused(error.status_code, key))
    if error.headers:
        response.headers.update(error.headers)
    return response


def _sentence(
    site: Site, request: Request, status: int, sentence: str, again: dict[str, str] | None
) -> Response:
    headers = {"retry-after": "5"} if status in (429, 503) else None
    if wants_json(request):
        told = {"reply": sentence, "problem": True, "again": status in TEMPORARY}
        return JSONResponse(told, status_code=status, headers=headers)
    token = str(getattr(request.state, "token", ""))
    if getattr(request.state, "onetap", False):
        said = site.onetap.sentence(site.language(request), sentence, token=token, again=again)
        headers = {**(headers or {}), "content-security-policy": site.onetap.policy}
        return HTMLResponse(said, status_code=status, headers=headers)
    page = site.drawing.problem(site.language(request), sentence, token=token, again=again)
    return HTMLResponse(page, status_code=status, headers=headers)
