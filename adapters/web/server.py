"""Serving the application: uvicorn, set up so that it neither talks too much nor hangs.

Rules of the room:
- The server's own access log is off: it writes whole paths, and a path holds a link.
- Open pages are sent away before the server waits for its connections to end; it would wait
  for them for ever.
- Signals belong to whoever joins the parts: set `should_exit` to end.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn

from adapters.web.app import build
from adapters.web.site import Site

GRACE = 5
"""Seconds for requests under way when the server is told to end."""


class Server(uvicorn.Server):
    """Serves one site. `await serve()` runs it; `should_exit = True` ends it."""

    def __init__(self, site: Site, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                build(site),
                host=host,
                port=port,
                http="h11",
                ws="none",
                lifespan="on",
                access_log=False,
                # Anything finer writes whole requests.
                log_level="info",
                log_config=None,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=20,
                timeout_graceful_shutdown=GRACE,
                backlog=2048,
            )
        )
        self._site = site

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the process's signals alone."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._site.close()
        await super().shutdown(sockets)

    @property
    def port(self) -> int:
        """The port it listens on, once started; useful after asking for port 0."""
        found: int = self.servers[0].sockets[0].getsockname()[1]
        return found
