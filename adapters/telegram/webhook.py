"""Receiving by being called: Telegram posts each update, and waits for our 200.

Rules of the room:
- Whoever posts must know the secret; it is compared in constant time, before the body is read.
- 200 comes after the commit. Where nothing can be saved it is 503, and Telegram posts it again.
- An update that cannot be read is logged and taken: posted again it would be no better, and hold
  up all behind it.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.telegram.checking import Checking
from adapters.telegram.client import Client
from adapters.telegram.given import PATH, UPDATES, Given, Habits
from adapters.telegram.patience import patiently
from adapters.telegram.reading import Malformed, number
from adapters.telegram.reception import Job, Reception
from adapters.telegram.turns import Turns
from bot.door import Trouble
from bot.look import CouldNotSave
from bot.ports import Clock

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST = 1_000_000
"""Bytes of one update; the longest message with everything around it has some 60,000."""
CONNECTIONS = 40
"""How many Telegram may open to us at once."""
TRIES = 5
REMEMBERED = 1000

log = structlog.get_logger("telegram")


class Webhook:
    """Fits `bot.door.Source`; `routes` is what Telegram calls."""

    def __init__(
        self,
        given: Given,
        client: Client,
        reception: Reception,
        checking: Checking,
        clock: Clock,
        habits: Habits,
        greet: Callable[[], Awaitable[None]],
    ) -> None:
        self.routes = (Route(PATH, self._called, methods=["POST"]),)
        self._given = given
        self._client = client
        self._reception = reception
        self._checking = checking
        self._clock = clock
        self._habits = habits
        self._greet = greet
        self._turns = Turns()
        self._failed: OrderedDict[int, int] = OrderedDict()
        """How often an update has failed for no reason we know."""
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._announce(), name="telegram-webhook")

    async def stop(self) -> None:
        """The webhook stays with Telegram: what comes meanwhile waits there for the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        await self._turns.end(self._habits.farewell)
        await self._reception.done(self._habits.farewell)

    async def check(self) -> Sequence[Trouble]:
        return await self._checking.troubles()

    async def _announce(self) -> None:
        if not (self._given.webhook and self._given.webhook_secret):
            log.error("telegram.webhook", do="set web.public_url and telegram.webhook_secret")
            return

        async def call() -> None:
            await self._client.set_webhook(
                self._given.webhook,
                allowed_updates=list(UPDATES),
                secret_token=self._given.webhook_secret,
                max_connections=CONNECTIONS,
            )

        await patiently("setWebhook", call, self._clock, self._habits)
        await self._greet()

    # --- a call ----------------------------------------------------------------------------

    async def _called(self, request: Request) -> Response:
        shown = request.headers.get(SECRET, "").encode("utf-8", "replace")
        wanted = self._given.webhook_secret.encode()
        if not wanted or not hmac.compare_digest(shown, wanted):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            log.error("update.malformed", update_id=None)
            return Response(status_code=400)
        return Response(status_code=await self._taken(update))

    async def _taken(self, update: object) -> int:
        each: int | None = None
        try:
            each = number(update)
            job = self._reception.job(update)
        except Malformed:
            log.error("update.malformed", update_id=each)
            return 200
        if job is None:
            return 200
        try:
            async with asyncio.timeout(self._habits.webhook):
                problem = await self._done(job)
        except TimeoutError:
            return 503
        if problem is None:
            self._failed.pop(each, None)
            return 200
        if isinstance(problem, CouldNotSave):
            log.warning("update.unsaved", update_id=each)
            return 503
        log.error("update.failed", update_id=each, problem=type(problem).__name__)
        failures = self._failed[each] = self._failed.pop(each, 0) + 1
        while len(self._failed) > REMEMBERED:
            self._failed.popitem(last=False)
        if failures < TRIES:
            return 503
        log.error("update.given-up", update_id=each)
        await job.late()
        return 200

    async def _done(self, job: Job) -> BaseException | None:
        """One part after the other; what is under way goes on, whoever stops waiting."""
        for part in job.parts:
            task = self._turns.start(part.key, part.run)
            await asyncio.wait([task])
            if task.cancelled():
                raise TimeoutError
            if (problem := task.exception()) is not None:
                return problem
        return None


async def _body(request: Request) -> bytes | None:
    """The whole body; `None` where it is too large or was broken off."""
    try:
        if int(request.headers.get("content-length", "0")) > LARGEST:
            return None
        found = bytearray()
        async for piece in request.stream():
            found += piece
            if len(found) > LARGEST:
                return None
    except (ClientDisconnect, ValueError):
        return None
    return bytes(found)
