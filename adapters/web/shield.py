"""Around every request: headers that bind the browser, one log line, one answer to any fault.

Rules of the room:
- No response leaves without the headers, whatever went wrong before it.
- The log names what was asked for and who asked, by id. A path is never logged: it may hold a
  link.
- A fault is logged by its kind and place, without its message (which may quote somebody), and
  the person gets a reference to it.
"""

from __future__ import annotations

import asyncio
import traceback

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web import answers
from adapters.web.site import Refused, Site
from bot.look import CouldNotSave
from bot.people import Person

log = structlog.get_logger("web")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: dict[str, str] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}

HSTS = "max-age=31536000"


class Shield:
    """The outermost layer of our own. A page that needs less may bring a stricter policy."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = asyncio.get_running_loop().time()
        status = 0

        async def shielded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", POLICY)
                if self._site.secure:
                    headers["strict-transport-security"] = HSTS
                # Pages are somebody's own; a route that knows better has said so.
                headers.setdefault("cache-control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, shielded)
        except Exception as error:
            ref = self._site.ids.token(6)
            self._log_fault(scope, error, ref)
            if status:
                # Half an answer is out: the connection must end. The server logs what it is
                # handed, so it is handed nothing that could quote somebody.
                raise ConnectionAbortedError(ref) from None
            await self._apologise(error, ref, Request(scope, receive), shielded)
        finally:
            person = scope.get("state", {}).get("person")
            log.info(
                "web.request",
                what=_what(scope),
                method=scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other",
                status=status,
                person=person.id if isinstance(person, Person) else None,
                ms=round((asyncio.get_running_loop().time() - began) * 1000),
            )

    async def _apologise(self, error: Exception, ref: str, request: Request, send: Send) -> None:
        if not isinstance(error, CouldNotSave):
            response = answers.broken(self._site, request, ref)
        elif request.method == "POST":
            response = answers.refused(self._site, request, Refused(503, "could-not-save"))
        else:
            response = answers.broken(self._site, request, ref, 503)
        await response(request.scope, request.receive, send)

    def _log_fault(self, scope: Scope, error: Exception, ref: str) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        log.error(
            "web.fault",
            ref=ref,
            what=_what(scope),
            error=type(error).__name__,
            where=" < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames[-4:])),
        )


def _what(scope: Scope) -> str:
    """The route's name; no part of the path."""
    return getattr(scope.get("endpoint"), "__name__", "nothing")
