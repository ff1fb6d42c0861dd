"""The web application: routes found in their folder, one shield around them.

Rules of the room:
- A file in `routes/` that offers `routes(site)` is part of the site; nothing else is to be
  changed to add a page.
- The application starts and stops the live pages with itself. Who serves it is `server.py`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.web import answers
from adapters.web import routes as folder
from adapters.web.shield import Shield
from adapters.web.site import Refused, Site


def build(site: Site) -> Starlette:
    """The ASGI application of `site`."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        site.hub.start()
        try:
            yield
        finally:
            site.close()

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)  # noqa: S101 - registered for this type alone
        return answers.refused(site, request, error)

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type alone
        return answers.http_error(site, request, error)

    return Starlette(
        routes=[*discover(site), *site.more],
        middleware=[Middleware(Shield, site=site)],
        exception_handlers={Refused: refused, HTTPException: http_error},
        lifespan=lifespan,
    )


def discover(site: Site) -> list[BaseRoute]:
    """Every route of every file in the folder, in the order of the files' names."""
    found: list[BaseRoute] = []
    for name in sorted(module.name for module in pkgutil.iter_modules(folder.__path__)):
        offered = importlib.import_module(f"{folder.__name__}.{name}")
        found += offered.routes(site)
    return found
