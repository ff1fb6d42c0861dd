"""The whole platform on loopback: one workspace, one app, its tokens and its roads.

Rules of the room:
- It binds to 127.0.0.1 on a port of its own and to nothing else.
- Time stands still unless `passes` lets it pass, or a clock of somebody else's is handed in.
"""

from __future__ import annotations

import asyncio
from typing import Any, Self

from aiohttp import web

from . import methods as methods  # declares its methods
from . import payloads
from .api import Call, Counter
from .clock import Clock, StandingClock
from .deliveries import Deliveries, Delivery
from .faults import Faults, Tiers
from .messages import Letters, Message, completed
from .modals import Views
from .phone import Phone
from .posts import Posts
from .replies import Replies
from .sockets import Sockets
from .workspace import BOT_USER, JSON, Room, User, Workspace

SCOPES = [
    *("commands", "chat:write", "im:write", "im:history", "users:read", "users:read.email"),
    *("channels:read", "groups:read", "files:read", "app_mentions:read"),
]
EVENTS = [
    *("app_home_opened", "app_mention", "message.im", "user_change", "team_join"),
    *("app_uninstalled", "tokens_revoked"),
]
TICK_SECONDS = 0.02
"""How often, in real time, somebody else's clock is looked at."""


class Slack:
    """One fake platform. `async with Slack() as slack:` starts and stops it."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        strict: bool = True,
        scopes: list[str] | None = None,
        events: list[str] | None = None,
        request_url: str = "",
    ) -> None:
        self.clock: Clock = clock or StandingClock()
        self.strict = strict
        """Hold everything against the rules; off for benches."""
        self.scopes = list(SCOPES if scopes is None else scopes)
        self.app_scopes = ["connections:write"]
        self.events = list(EVENTS if events is None else events)
        """What the app has subscribed to."""
        self.request_url = request_url
        """Where to post to; empty for Socket Mode."""
        self.bot_token = "xoxb-1-fake"
        self.app_token = "xapp-1-A0RENRAKU-1-fake"
        self.signing_secret = "signing-secret-of-the-fake"
        self.dead = ""
        """What every call with the bot's token gets: `token_revoked`, `account_inactive` …"""
        self.messages_tab = True
        self.home_tab = True
        self.echoes = True
        """The app hears its own messages, as it does where it has subscribed to messages."""
        self.refuses_sockets = False
        self.commands = {"/renraku"}
        self.troubles: list[tuple[Delivery, str]] = []
        """Taps and commands whose people were told that it did not work, and why."""
        self.workspace = Workspace(self.clock)
        self.letters = Letters(self.workspace, self.completed)
        self.faults = Faults()
        self.tiers = Tiers(self.clock)
        self.counter = Counter(self)
        self.deliveries = Deliveries(self)
        self.sockets = Sockets(self)
        self.posts = Posts(self)
        self.views = Views(self)
        self.replies = Replies(self)
        self.port = 0
        self._phones: dict[str, Phone] = {}
        self._runner: web.AppRunner | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._echoing: set[asyncio.Task[Any]] = set()

    # --- Starting and stopping -------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=8 << 20)
        app.router.add_route("*", "/api/{method}", self.counter.take)
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_post("/{kind:actions|commands}/{team}/{name}/{secret}", self.replies.take)
        app.router.add_get("/files-pri/{place}/{name}", self._file)
        app.router.add_get("/login", self._login)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._ticking = asyncio.create_task(self._keep_ticking())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.faults.clear()
        tasks = [t for t in (self._ticking, *self._echoing) if t is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.deliveries.close()
        await self.posts.close()
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def api_url(self) -> str:
        """The base URL for the official client."""
        return f"{self.base}api/"

    async def _keep_ticking(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            await self.deliveries.tick()

    async def passes(self, seconds: float) -> None:
        """Let time pass, step by step where something comes due on the way."""
        assert isinstance(self.clock, StandingClock), "turn the clock you have handed in"
        end = self.clock.now().timestamp() + seconds
        while True:
            await self.deliveries.tick()
            dues = [
                due
                for d in self.deliveries.waiting
                for due in (d.deadline, d.again_at)
                if due is not None and due <= end
            ]
            now = self.clock.now().timestamp()
            if not dues:
                break
            self.clock.turn(max(0.0, min(dues) - now))
        self.clock.turn(max(0.0, end - self.clock.now().timestamp()))
        await self.deliveries.tick()

    # --- Who and what there is -------------------------------------------------------------------

    def add_user(self, id: str = "", **known: Any) -> Phone:  # noqa: A002
        """Somebody new, and their phone: `add_user("U1", real_name="Aiko", email=…)`."""
        return self.user(self.workspace.add_user(id, **known).id)

    def add_channel(
        self,
        id: str,  # noqa: A002
        name: str,
        *members: str,
        private: bool = False,
        bot: bool = True,
    ) -> Room:
        room = self.workspace.add_room(id, name=name, private=private, bot=bot)
        room.members |= set(members)
        return room

    def user(self, id: str) -> Phone:  # noqa: A002
        """The phone of somebody who has an account."""
        if id not in self._phones:
            assert id in self.workspace.users, f"nobody is called {id}"
            self._phones[id] = Phone(self, id)
        return self._phones[id]

    def completed(self, blocks: list[Any]) -> list[JSON]:
        return completed(blocks, self.workspace, spelt_out=self.strict)

    @property
    def messages(self) -> list[Message]:
        """All messages of everybody, oldest first."""
        return self.letters.all

    def calls(self, method: str = "") -> list[Call]:
        """The calls made so far, of one method or of all."""
        return [c for c in self.counter.calls if method in ("", c.method)]

    # --- Events ----------------------------------------------------------------------------------

    async def happens(self, event: JSON, subscription: str = "") -> Delivery | None:
        """Tell the app of an event, if it has subscribed to it."""
        if (subscription or event["type"]) not in self.events:
            return None
        return await self.deliveries.send(Delivery("events_api", payloads.event(self, event)))

    def echo(self, message: Message, before: JSON | None = None) -> None:
        """The app hears of its own message where it has subscribed to its room's messages."""
        listens = payloads.subscription(message.room)
        if not self.echoes or message.ephemeral or listens not in self.events:
            return
        told = payloads.said(message)
        if before is not None:
            told = payloads.changed(message, before, self.workspace.ts())
        task = asyncio.get_running_loop().create_task(self.happens(told, listens))
        self._echoing.add(task)
        task.add_done_callback(self._echoing.discard)

    async def removes(self, message: Message) -> Delivery | None:
        """An administrator deletes a message, of the bot's or of anybody's."""
        message.deleted = True
        listens = payloads.subscription(message.room)
        return await self.happens(payloads.deleted(message, self.workspace.ts()), listens)

    async def deactivate(self, user: str, *, back: bool = False) -> Delivery | None:
        """Somebody's account is closed, or opened again."""
        known = self.workspace.users[user]
        known.deleted, known.updated = not back, self.workspace.seconds()
        return await self._user_changed(known)

    async def change(self, user: str, **known: Any) -> Delivery | None:
        """Something about somebody changes: `change("U1", locale="ja-JP")`."""
        for name, value in known.items():
            setattr(self.workspace.users[user], name, value)
        self.workspace.users[user].updated = self.workspace.seconds()
        return await self._user_changed(self.workspace.users[user])

    async def _user_changed(self, user: User) -> Delivery | None:
        shown = user.as_json(email="users:read.email" in self.scopes, locale=True)
        seconds = self.workspace.seconds()
        told = {"type": "user_change", "user": shown, "cache_ts": seconds}
        return await self.happens(told | {"event_ts": self.workspace.ts()})

    async def joins(self, id: str, **known: Any) -> Delivery | None:  # noqa: A002
        """Somebody gets an account."""
        user = self.workspace.add_user(id, **known)
        shown = user.as_json(email="users:read.email" in self.scopes, locale=True)
        told = {"type": "team_join", "user": shown, "cache_ts": self.workspace.seconds()}
        return await self.happens(told | {"event_ts": self.workspace.ts()})

    async def revoke(self, error: str = "token_revoked") -> None:
        """The token is taken away; the app may still hear of it."""
        await self.happens(
            {
                "type": "tokens_revoked",
                "tokens": {"oauth": [], "bot": [BOT_USER]},
                "event_ts": self.workspace.ts(),
            }
        )
        self.dead = error

    async def uninstall(self) -> None:
        """The app is thrown out of the workspace."""
        await self.happens({"type": "app_uninstalled", "event_ts": self.workspace.ts()})
        await self.revoke("account_inactive")

    def trouble(self, delivery: Delivery, why: str) -> None:
        self.troubles.append((delivery, why))

    # --- Files -----------------------------------------------------------------------------------

    async def _file(self, request: web.Request) -> web.StreamResponse:
        id = request.match_info["place"].partition("-")[2]  # noqa: A001
        file = self.workspace.files.get(id)
        allowed = request.headers.get("Authorization") == f"Bearer {self.bot_token}"
        if self.dead or not allowed or "files:read" not in self.scopes:
            # Whoever may not see it is shown the way to the login page, not an error.
            raise web.HTTPFound("/login")
        if file is None or file.deleted:
            return web.Response(status=404)
        fault = self.faults.strike("files.download", {"channel": id})
        if fault is not None:
            return web.Response(status=fault.status)
        return web.Response(body=file.data, content_type=file.mimetype)

    async def _login(self, request: web.Request) -> web.StreamResponse:
        page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>"
        return web.Response(text=page, content_type="text/html")
