"""An SMS, voice or push gateway on loopback, strict about what it takes.

    async with serving() as gateway:
        template = gateway.template         # "json://127.0.0.1:…/{to}?:ref={ref}"
        gateway.refuses.add("+819000000001")
        assert gateway.messages[-1].to == "+819012345678"

Rules of the room:
- It takes what apprise's JSON service posts, at one address a number, and nothing else: whatever
  it does not know is a fault that the test sees.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Message:
    """One message as it arrived."""

    to: str
    ref: str
    title: str
    body: str


@dataclass
class FakeGateway:
    """What arrived, and what is to be refused."""

    messages: list[Message] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    down: bool = False
    hangs: float = 0.0
    faults: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def template(self) -> str:
        return f"json://127.0.0.1:{self.port}/{{to}}?:ref={{ref}}"

    def to(self, number: str) -> list[Message]:
        return [message for message in self.messages if message.to == number]

    async def post(self, request: web.Request) -> web.Response:
        posted: dict[str, Any] = await request.json()
        to = request.match_info["to"]
        unknown = set(posted) - {"version", "title", "message", "attachments", "type", "ref"}
        if unknown or not {"title", "message", "ref"} <= set(posted):
            self.faults.append(f"fields: {sorted(posted)}")
            return web.Response(status=400)
        if self.hangs:
            await asyncio.sleep(self.hangs)
        if self.down or to in self.refuses:
            return web.Response(status=500)
        self.messages.append(Message(to, posted["ref"], posted["title"], posted["message"]))
        return web.Response(text="taken")


@asynccontextmanager
async def serving() -> AsyncIterator[FakeGateway]:
    """A gateway on a free port; at the end it has no fault to tell of."""
    gateway = FakeGateway()
    app = web.Application()
    app.router.add_post("/{to}", gateway.post)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server: Any = site._server
    gateway.port = server.sockets[0].getsockname()[1]
    try:
        yield gateway
        assert gateway.faults == []
    finally:
        await runner.cleanup()
