"""What waits at the platform for the bot: fetched by polls, or posted to a webhook.

Rules of the room:
- An update stays until it is confirmed: by the offset of a later poll, or by a 2xx.
- Told to, it hands out everything twice, in any order, or refuses to be in order at all.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.adapters.telegram_markup import Refused, bad

_USUAL = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
AGAIN = 0.02
"""Seconds until the platform posts again what was not taken."""


class Updates:
    """A queue that only confirmation empties."""

    def __init__(self) -> None:
        self.pending: dict[int, dict[str, Any]] = {}
        self.confirmed: list[int] = []
        self.twice = False
        """Everything is handed out twice."""
        self.shuffle: random.Random | None = None
        """Each batch comes in another order."""
        self.allowed: frozenset[str] = _USUAL
        self.held = False
        """Nothing is handed out for now."""
        self.unheard = False
        """Confirmations are lost on the way: whoever asks anew is given everything again."""
        self.handed_out: set[int] = set()
        """The numbers of all that was ever handed out to a poll."""
        self._next = 991
        self._once: list[dict[str, Any]] = []
        self._came = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None

    def add(self, kind: str, content: Any) -> int:
        """Something has happened; returns the number of the update."""
        if kind not in self.allowed:
            return 0
        return self.add_raw({kind: content})

    def add_raw(self, update: Any) -> int:
        """An update as it is, malformed or not; only its number is ours."""
        number = self._next
        self._next += 1
        self.pending[number] = {"update_id": number, **update}
        self._came.set()
        return number

    def again(self, update: dict[str, Any]) -> None:
        """An update that was confirmed before is handed out once more, to a poll."""
        self._once.append(update)
        self._came.set()

    # --- polls -----------------------------------------------------------------------------

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """One `getUpdates`; the poll before it, if it still waits, is thrown out."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(
                Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one"
                    " bot instance is running",
                )
            )
        for number in [n for n in self.pending if n < offset and not self.unheard]:
            del self.pending[number]
            self.confirmed.append(number)
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            return await self._waited(mine, offset, limit, seconds)
        finally:
            if self._poll is mine:
                self._poll = None
            if mine.done():
                mine.exception()
            else:
                mine.cancel()

    async def _waited(
        self, mine: asyncio.Future[None], offset: int, limit: int, seconds: float
    ) -> list[dict[str, Any]]:
        ends = asyncio.get_running_loop().time() + seconds
        while True:
            if mine.done():
                mine.result()
            self._came.clear()
            found = [] if self.held else [u for n, u in sorted(self.pending.items()) if n >= offset]
            found, self._once = [*self._once, *found], []
            left = ends - asyncio.get_running_loop().time()
            if found or left <= 0:
                return self._handed_out(found[:limit])
            came = asyncio.ensure_future(self._came.wait())
            try:
                await asyncio.wait([came, mine], timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                came.cancel()

    def _handed_out(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.handed_out |= {update["update_id"] for update in found}
        out = found * 2 if self.twice else found
        if self.shuffle is not None:
            out = list(out)
            self.shuffle.shuffle(out)
        return out

    def wake(self) -> None:
        self._came.set()


class Webhook:
    """Posts updates to an address until each is taken."""

    def __init__(self, updates: Updates) -> None:
        self.url = ""
        self.secret = ""
        self.connections = 40
        self.error = ""
        self.error_at = 0
        self.posts: list[tuple[int, int]] = []
        """Each post: the update's number and the status it was answered with (0: no answer)."""
        self.behind: list[str] = []
        """The servers behind the public address, which are given the posts in turn."""
        self._turn = 0
        self._updates = updates
        self._task: asyncio.Task[None] | None = None
        self._under_way: set[int] = set()
        self._posting: set[asyncio.Task[None]] = set()

    def point(self, url: str, secret: str, connections: int) -> None:
        if url and not url.startswith(("https://", "http://127.0.0.1")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.url, self.secret, self.connections = url, secret, connections
        if url and self._task is None:
            self._task = asyncio.create_task(self._deliver())

    async def close(self) -> None:
        for task in [*self._posting, *([self._task] if self._task else [])]:
            task.cancel()
        waiting: Sequence[asyncio.Task[None]] = [*self._posting]
        await asyncio.gather(*waiting, return_exceptions=True)
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _deliver(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            while True:
                if self.url and not self._updates.held:
                    for number, update in sorted(self._updates.pending.items()):
                        if number not in self._under_way and len(self._posting) < self.connections:
                            self._under_way.add(number)
                            for _ in range(2 if self._updates.twice else 1):
                                task = asyncio.create_task(self._post(session, number, update))
                                self._posting.add(task)
                                task.add_done_callback(self._posting.discard)
                self._updates._came.clear()
                try:
                    async with asyncio.timeout(AGAIN):
                        await self._updates._came.wait()
                except TimeoutError:
                    pass

    def _address(self) -> str:
        if not self.behind:
            return self.url
        self._turn += 1
        return self.behind[self._turn % len(self.behind)] + urlsplit(self.url).path

    async def _post(
        self, session: aiohttp.ClientSession, number: int, update: dict[str, Any]
    ) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        status = 0
        try:
            async with session.post(self._address(), json=update, headers=headers) as answer:
                status = answer.status
                await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            self.error = "Connection refused"
        finally:
            self.posts.append((number, status))
            if 200 <= status < 300:
                if self._updates.pending.pop(number, None) is not None:
                    self._updates.confirmed.append(number)
                self._under_way.discard(number)
            else:
                if status:
                    self.error = f"Wrong response from the webhook: {status}"
                await asyncio.sleep(AGAIN)
                self._under_way.discard(number)
                self._updates.wake()
