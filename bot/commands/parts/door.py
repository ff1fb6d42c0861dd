"""The port: open for us, ours already, or somebody else's.

Rules of the room:
- Who answers at a port is asked with a link of ours that has run out: only a server that holds
  our key can tell that it has. Nobody is named in it, and it opens nothing.
"""

from __future__ import annotations

import asyncio
import errno
import http.client
import socket
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.commands.parts.endings import Ending, Refused

PATIENCE = 3.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class At(StrEnum):
    """Who is at a port."""

    NOBODY = "nobody"
    US = "this Renraku"
    ANOTHER = "another Renraku, such as the demo"
    OTHER = "another program"
    CLOSED = "closed to us"
    """No such address here, or not ours to use."""


def listen(host: str, port: int) -> socket.socket:
    """The socket, opened before anything else so that a port in use is said plainly."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, proto)
    except OSError:
        raise Refused(
            f'web.host "{host}" is no address of this machine: write 127.0.0.1 or 0.0.0.0.'
        ) from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as problem:
        listening.close()
        raise NotOpened(host, port, problem) from None
    return listening


class NotOpened(Refused):
    """The port cannot be used; `taken` if somebody else is there."""

    def __init__(self, host: str, port: int, problem: OSError) -> None:
        self.taken = problem.errno == errno.EADDRINUSE
        why = "is taken" if self.taken else f"cannot be used ({problem.strerror})"
        do = "end what uses it, or choose another" if self.taken else "choose another"
        super().__init__(f"Port {port} on {host} {why}: {do} with --port or web.port.")


async def opened(host: str, port: int, key: str) -> socket.socket:
    """The socket; where somebody is there already, who that is. `key` signs our links."""
    try:
        return listen(host, port)
    except NotOpened as refused:
        if not refused.taken:
            raise
    found = await asyncio.to_thread(_ask, host, port, _run_out(key))
    if found is At.US:
        raise Refused(f"This Renraku is already running at port {port} on {host}.", Ending.NO)
    raise Refused(
        f"Port {port} on {host} is taken by {found.value}: end that, or choose another port with"
        " --port or web.port."
    )


async def look(host: str, port: int, key: str) -> At:
    """Who is at this port now; nothing is left open. `key` signs our links."""
    try:
        listen(host, port).close()
    except Refused as refused:
        if not (isinstance(refused, NotOpened) and refused.taken):
            return At.CLOSED
    else:
        return At.NOBODY
    return await asyncio.to_thread(_ask, host, port, _run_out(key))


def _run_out(key: str) -> str:
    """A link of ours for nobody, too old for any lifetime."""
    from adapters.web.links import Links
    from bot.ports import SteadyClock

    class LongAgo(SteadyClock):
        def now(self) -> datetime:
            return datetime(2001, 1, 1, tzinfo=UTC)

    return Links([key], timedelta(seconds=1), LongAgo()).make(0, 0)


def _ask(host: str, port: int, token: str) -> At:
    if _status(host, port, f"/c/{token}")[0] == http.client.GONE:
        return At.US
    return At.ANOTHER if _status(host, port, "/healthz") == (200, b"ok\n") else At.OTHER


def _status(host: str, port: int, path: str) -> tuple[int, bytes]:
    """Status and first bytes of an answer; 0 if there is none that can be understood."""
    asked = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=PATIENCE)
    try:
        asked.request("GET", path)
        answer = asked.getresponse()
        return answer.status, answer.read(100)
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        asked.close()
