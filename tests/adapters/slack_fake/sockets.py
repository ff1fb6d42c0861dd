"""Socket Mode: WebSockets on loopback, envelopes down them, confirmations up.

Rules of the room:
- A ticket from `apps.connections.open` opens one connection; ten may be open.
- An envelope goes to one connection, in turn; a repeat may go to another.
- A connection can be made deaf: it stays open and neither answers nor sends, as behind a NAT
  that has forgotten it.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from .deliveries import Delivery
from .workspace import APP, JSON

if TYPE_CHECKING:
    from .slack import Slack

MOST = 10
REFRESH = ("warning", "refresh_requested")
CONNECTED_FOR = 18_060
"""Seconds a connection is announced to last."""


@dataclass(slots=True, eq=False)
class Socket:
    """One open connection."""

    number: int
    ws: web.WebSocketResponse
    deaf: bool = False
    leaving: bool = False
    """Asked to go: gets nothing new."""
    received: list[JSON] = field(default_factory=list)
    """What the app sent up."""
    envelopes: list[str] = field(default_factory=list)
    pings: int = 0
    greeted: bool = False


class Sockets:
    """The open connections and what each was given."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self.open: list[Socket] = []
        self.ever = 0
        """How many connections were ever made."""
        self.unknown: list[str] = []
        """Envelope ids confirmed that nobody had sent."""
        self._tickets: set[str] = set()
        self.late: list[str] = []
        """Envelope ids confirmed when it had failed already."""
        self._by_envelope: dict[str, tuple[Delivery, int]] = {}
        self._turn = 0
        self._changed = asyncio.Event()

    def ticket(self) -> str:
        name = self._slack.workspace.new("ticket")
        self._tickets.add(name)
        return f"ws://127.0.0.1:{self._slack.port}/link/?ticket={name}&app_id={APP}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name = request.query.get("ticket", "")
        if name not in self._tickets or self._slack.refuses_sockets:
            return web.Response(status=408, text="Request Timeout")
        self._tickets.discard(name)
        # Pings are answered by hand, so that a deaf connection can leave them unanswered.
        ws = web.WebSocketResponse(autoping=False, max_msg_size=4 << 20, compress=False)
        await ws.prepare(request)
        self.ever += 1
        socket = Socket(self.ever, ws)
        if len(self.open) >= MOST:
            await self._say(socket, {"type": "disconnect", "reason": "too_many_websockets"})
            await ws.close()
            return ws
        self.open.append(socket)
        self._notice()
        try:
            await self._say(socket, self._hello())
            socket.greeted = True
            self._notice()
            await self._listen(socket)
        finally:
            if socket in self.open:
                self.open.remove(socket)
            self._notice()
        return ws

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {
                "host": "applink-of-the-fake",
                "build_number": 1,
                "approximate_connection_time": CONNECTED_FOR,
            },
            "connection_info": {"app_id": APP},
        }

    async def _listen(self, socket: Socket) -> None:
        async for message in socket.ws:
            if socket.deaf:
                continue
            if message.type == WSMsgType.PING:
                socket.pings += 1
                await socket.ws.pong(message.data)
            elif message.type == WSMsgType.TEXT:
                said = json.loads(message.data)
                socket.received.append(said)
                await self._confirmed(said)

    async def _confirmed(self, said: JSON) -> None:
        name = str(said.get("envelope_id"))
        if name not in self._by_envelope:
            self.unknown.append(name)
            return
        delivery, attempt = self._by_envelope[name]
        if delivery.given_up or (delivery.open and delivery.attempt != attempt):
            self.late.append(name)
            return
        response = said.get("payload") or None
        if response is not None and not delivery.accepts_response:
            await self._slack.deliveries.failed(delivery, "response_not_accepted", retry=False)
            return
        await self._slack.deliveries.confirmed(delivery, response)

    async def _say(self, socket: Socket, said: JSON) -> bool:
        try:
            await socket.ws.send_str(json.dumps(said, ensure_ascii=False))
        except (ConnectionError, RuntimeError):
            return False
        return True

    async def hand_over(self, delivery: Delivery) -> bool:
        """Give it to one connection; `False` where there is none."""
        able = [s for s in self.open if s.greeted and not s.leaving and not s.ws.closed]
        if not able:
            return False
        self._turn += 1
        socket = able[self._turn % len(able)]
        envelope: JSON = {
            "envelope_id": self._envelope(delivery),
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.accepts_response,
        }
        if delivery.kind == "events_api":
            envelope["retry_attempt"] = delivery.attempt
            envelope["retry_reason"] = delivery.reason
        socket.envelopes.append(envelope["envelope_id"])
        if socket.deaf:
            # It is lost on the way: nobody here knows.
            return True
        return await self._say(socket, envelope)

    def _envelope(self, delivery: Delivery) -> str:
        attempt = delivery.attempt
        if attempt not in delivery.envelopes:
            delivery.envelopes[attempt] = name = self._slack.workspace.new("envelope-")
            self._by_envelope[name] = (delivery, attempt)
        return delivery.envelopes[attempt]

    # --- What a test can do to the connections ----------------------------------------------

    def _notice(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    @property
    def alive(self) -> list[Socket]:
        """The connections that are greeted, not asked to go and not deaf."""
        return [s for s in self.open if s.greeted and not s.leaving and not s.deaf]

    async def connected(self, count: int = 1, patience: float = 5) -> None:
        """Wait until `count` connections are alive."""
        async with asyncio.timeout(patience):
            while len(self.alive) < count:
                await self._changed.wait()

    async def gone(self, patience: float = 5) -> None:
        """Wait until no connection is open."""
        async with asyncio.timeout(patience):
            while self.open:
                await self._changed.wait()

    async def refresh(
        self, socket: Socket | None = None, *, reasons: tuple[str, ...] = REFRESH
    ) -> None:
        """Ask connections to go, as happens every few hours: warning first, then the request.
        Other reasons are `link_disabled` and `too_many_websockets`."""
        for chosen in [socket] if socket else list(self.open):
            for reason in reasons:
                await self._say(
                    chosen,
                    {
                        "type": "disconnect",
                        "reason": reason,
                        "debug_info": {"host": "applink-of-the-fake"},
                    },
                )
            chosen.leaving = True

    async def drop(self, socket: Socket | None = None) -> None:
        """Cut connections without a word."""
        for chosen in [socket] if socket else list(self.open):
            chosen.leaving = True
            transport = chosen.ws._req.transport if chosen.ws._req else None
            if transport is not None:
                transport.abort()

    def deafen(self, socket: Socket | None = None) -> None:
        """Leave connections open but dead: no pong, no envelope arrives."""
        for chosen in [socket] if socket else list(self.open):
            chosen.deaf = True

    async def ping(self) -> None:
        """The platform's own pings."""
        for socket in self.open:
            await socket.ws.ping(b"Ping from applink-of-the-fake")

    async def close(self) -> None:
        for socket in list(self.open):
            await socket.ws.close()
