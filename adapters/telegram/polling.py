"""Receiving by asking: `getUpdates`, again and again, confirmed after the commit.

Rules of the room:
- An update is confirmed by the offset of a later poll, and only once it and all before it are
  saved. If the process dies in between, it comes again and the house knows it by its id.
- Many are done at once, those of one person in their order. One that takes long does not keep the
  next poll from going out.
- An update that cannot be read is logged by its number and passed.
- A poll that neither returns nor fails is given up and repeated.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from adapters.telegram.checking import Checking
from adapters.telegram.client import Client
from adapters.telegram.given import Habits
from adapters.telegram.patience import patiently, wait_after
from adapters.telegram.reading import Malformed, number
from adapters.telegram.reception import Job, Part, Reception
from adapters.telegram.turns import Turns
from adapters.telegram.window import Window
from bot.door import Trouble
from bot.look import CouldNotSave
from bot.ports import Clock

TRIES = 5
"""How often what fails for no reason we know is tried before it is given up."""
TOLD = 3
"""After so many failures to save, the sender hears of it."""

log = structlog.get_logger("telegram")


class Polling:
    """Fits `bot.door.Source`."""

    def __init__(
        self,
        client: Client,
        reception: Reception,
        checking: Checking,
        clock: Clock,
        habits: Habits,
        greet: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._client = client
        self._reception = reception
        self._checking = checking
        self._clock = clock
        self._habits = habits
        self._greet = greet
        self._window = Window()
        self._turns = Turns()
        self._moved = asyncio.Event()
        """Something in hand has been done."""
        self._confirmed = 0
        self._failures = 0
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._run(), name="telegram-polling"),
            # Beside it: nobody's cry waits for a menu.
            asyncio.create_task(self._greet(), name="telegram-greeting"),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._turns.end(self._habits.farewell)
        await self._reception.done(self._habits.farewell)
        if self._window.offset > self._confirmed:
            # What is done need not come again; what this returns is not taken, so it will.
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(self._habits.farewell):
                    await self._client.updates(self._window.offset, 0, self._habits.farewell)

    async def check(self) -> Sequence[Trouble]:
        return await self._checking.troubles()

    async def _run(self) -> None:
        await self._alone()
        while True:
            try:
                offset = self._window.offset
                found = await self._poll(offset)
            except (TelegramError, TimeoutError) as problem:
                await self._failed(problem)
                continue
            if self._failures:
                log.info("telegram.back", after=self._failures)
            self._failures = 0
            await self._take(found, offset)

    async def _alone(self) -> None:
        """A webhook would keep everything from us; what waits there is kept."""
        await patiently("deleteWebhook", self._client.delete_webhook, self._clock, self._habits)

    async def _poll(self, offset: int) -> list[object]:
        seconds = self._habits.poll
        async with asyncio.timeout(seconds + 2 * self._habits.slack):
            found = await self._client.updates(offset, seconds, self._habits.slack)
        self._confirmed = max(self._confirmed, offset)
        return found

    async def _failed(self, problem: Exception) -> None:
        self._failures += 1
        wait = wait_after(problem, self._failures, self._habits)
        kind = type(problem).__name__
        if isinstance(problem, Conflict):
            wait = self._habits.conflict
            if "webhook" in problem.message.casefold():
                log.error("telegram.webhook", do="receive by polling or by webhook, not by both")
                await self._alone()
            else:
                log.error("telegram.conflict", do="end the other process that uses this token")
        elif isinstance(problem, InvalidToken):
            log.error("telegram.token", do="check telegram.token")
        else:
            log.warning("telegram.poll", problem=kind, failures=self._failures, seconds=wait)
        await self._clock.sleep(wait)

    async def _take(self, found: Sequence[object], offset: int) -> None:
        updates: dict[int, object] = {}
        for update in found:
            try:
                updates[number(update)] = update
            except Malformed:
                log.error("update.malformed", update_id=None)
        new = self._window.take(list(updates), offset)
        for each in new:
            self._begin(each, updates[each])
        if not updates and found:
            await self._clock.sleep(self._habits.backoff)
        if self._window.waiting:
            await self._progress()

    def _begin(self, each: int, update: object) -> None:
        try:
            job = self._reception.job(update)
        except Malformed:
            log.error("update.malformed", update_id=each)
            self._window.done(each)
            return
        if job is None:
            self._window.done(each)
            return
        self._go_on(each, job, job.parts)

    def _go_on(self, each: int, job: Job, parts: Sequence[Part]) -> None:
        """One part after the other; what has no more is done."""
        if not parts:
            self._window.done(each)
            self._moved.set()
            return
        part, *rest = parts

        async def work() -> None:
            await self._until_saved(each, job, part)
            self._go_on(each, job, rest)

        self._turns.start(part.key, work)

    async def _progress(self) -> None:
        """Until all in hand is done, or for as long as the slowest may hold up the next poll."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._habits.head):
                while self._window.waiting:
                    self._moved.clear()
                    await self._moved.wait()

    async def _until_saved(self, each: int, job: Job, part: Part) -> None:
        failures = 0
        while True:
            try:
                await part.run()
                return
            except CouldNotSave as problem:
                failures += 1
                log.warning("update.unsaved", update_id=each, failures=failures)
                if failures == TOLD:
                    await job.late()
                await self._clock.sleep(wait_after(problem, failures, self._habits))
            except Exception as problem:
                failures += 1
                log.exception("update.failed", update_id=each)
                if failures >= TRIES:
                    log.error("update.given-up", update_id=each)
                    await job.late()
                    return
                await self._clock.sleep(wait_after(problem, failures, self._habits))
