"""The courier: takes cards from the outbox, has them handed to the channels, settles what became
of them.

Rules of the room:
- A card is drawn from the state as it is when it is sent (`porter`). A reminder whose question is
  settled by then is dropped, and so is a card whose subject is gone.
- Two workers a channel: one carries only what overtakes everything (cries for help, replies,
  pages), so that it never waits behind a batch of questions.
- The next batch is claimed when all of the last is on its way, not when all of it has arrived:
  one hand-over that takes long holds up nobody else.
- A failure is temporary (again, later and later), paced (the whole lane waits as told),
  permanent (the next contact, at once) or of the whole channel (everybody's next contact).
  Nothing is swallowed: the journal has each.
- The channel's own pace is kept in the store, for all replicas together, and by the second in
  `turnstile`; that of one chat or one method in `lanes`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog

from bot.channels import Channel
from bot.lanes import Lanes
from bot.look import CouldNotSave
from bot.porter import Linker, Porter, Way
from bot.ports import Clock
from bot.postoffice import News, PostOffice
from bot.rounds import Habits, Round
from bot.rules import Rules
from bot.texts import Texts
from bot.turnstile import Turnstile

log = structlog.get_logger("courier")

IDLE = 0.5
"""Seconds between looks into an outbox that nobody has said anything about."""
SHORT = 0.05
"""The same for the fastest of lanes."""
GATHER = 0.1
"""Seconds for which more may arrive before what has arrived is marked."""
SEVERAL = 8
"""How many batches of one worker may be under way at once."""
UNMARKED = 9
"""How often the end of a batch is tried again to be marked, waiting twice as long each time."""
GRACE = 5.0
"""Seconds a batch under way is given when the courier shall stop."""


class Courier:
    """Carries for any number of channels; `pace` gives each its lane."""

    def __init__(
        self,
        office: PostOffice,
        news: News,
        channels: Mapping[str, Channel],
        paces: Mapping[str, Any],
        no_pace: Any,
        rules: Rules,
        texts: Texts,
        clock: Clock,
        habits: Habits | None = None,
        link: Linker | None = None,
    ) -> None:
        """`link`: makes the links of channels that want them."""
        self.office = office
        self.news = news
        self.channels = channels
        self.clock = clock
        self.habits = habits or Habits()
        self.lanes = Lanes(clock)
        self._paces = {name: paces.get(name, no_pace) for name in channels}
        self._wake = {(n, u): asyncio.Event() for n in channels for u in (False, True)}
        self._porters: dict[tuple[str, bool], Porter] = {}
        for name, channel in channels.items():
            pace = self._paces[name]
            way = Way(channel, Turnstile(pace.rate if pace.strict else 0, clock), self.lanes)
            for urgent in (False, True):
                self._porters[name, urgent] = Porter(way, office, rules, texts, clock, link)
        self._tasks: list[asyncio.Task[None]] = []
        self._batches: dict[tuple[str, bool], dict[asyncio.Task[None], Round]] = {
            worker: {} for worker in self._wake
        }
        self._ending = asyncio.Event()

    # --- running -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin carrying, until `stop`."""
        self._ending.clear()
        self._tasks = [
            asyncio.create_task(self._carry(name, urgent=urgent), name=f"courier-{name}-{urgent}")
            for name, urgent in self._wake
        ]

    async def stop(self) -> None:
        """End after the batches under way, so that none is sent again; soon, whatever happens."""
        self._ending.set()
        self.kick()
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                while left := [*self._tasks, *self._under_way()]:
                    await asyncio.wait(left)
                    self._tasks = []
        left = [*self._tasks, *self._under_way()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        self._tasks = []

    def _under_way(self) -> list[asyncio.Task[None]]:
        return [task for batches in self._batches.values() for task in batches]

    def kick(self) -> None:
        """Something has been queued."""
        for event in self._wake.values():
            event.set()

    async def _carry(self, channel: str, *, urgent: bool) -> None:
        wake = self._wake[channel, urgent]
        carried = 0
        while not self._ending.is_set():
            wake.clear()
            begun = self.clock.now()
            try:
                # Looked at first: a claim holds up whoever writes.
                more = carried or await self._ready(channel, urgent)
                carried = await self._next(channel, urgent=urgent) if more else 0
            except asyncio.CancelledError:
                raise
            except Exception as problem:
                await self._failed(channel, problem)
                continue
            if not carried:
                await _until(wake, self._idle(channel))
            elif urgent or carried >= self.habits.batch or not self._paces[channel].rate:
                await asyncio.sleep(0)
            else:
                # A lane gives out its turns one by one; a claim takes several together.
                passed = (self.clock.now() - begun).total_seconds()
                await _until(self._ending, self._idle(channel) - passed)

    def _idle(self, channel: str) -> float:
        """A lane is looked at again before its burst is full: no turn is lost."""
        pace = self._paces[channel]
        return min(IDLE, max(SHORT, pace.burst / pace.rate / 2)) if pace.rate else IDLE

    async def _ready(self, channel: str, urgent: bool) -> bool:
        async with self.office.look() as look:
            return await look.ready(channel, self.clock.now(), urgent=urgent)

    async def _failed(self, channel: str, problem: Exception) -> None:
        log.error("courier.failed", channel=channel, problem=type(problem).__name__)
        await self.clock.sleep(1)

    async def drain(self) -> int:
        """Carry until nothing is ready; returns how many cards were claimed. For tests."""
        total = 0
        while True:
            carried = 0
            for name in self.channels:
                carried += await self.round(name, urgent=False)
            total += carried
            if not carried:
                return total

    # --- one batch -----------------------------------------------------------------------

    async def round(self, channel: str, *, urgent: bool) -> int:
        """Claim, draw, hand over and settle one batch; returns how many cards it was."""
        cards = await self._claim(channel, urgent=urgent)
        if cards:
            await self._batch(channel, cards, Round(self.habits), urgent=urgent)
        return len(cards)

    async def _next(self, channel: str, *, urgent: bool) -> int:
        """Claim a batch and set it going; returns when all of it is on its way."""
        cards = await self._claim(channel, urgent=urgent)
        if not cards:
            return 0
        result = Round(self.habits)

        async def batch() -> None:
            try:
                await self._batch(channel, cards, result, urgent=urgent)
            except Exception as problem:
                await self._failed(channel, problem)
            finally:
                result.away.set()

        task = asyncio.create_task(batch(), name=f"courier-batch-{channel}-{urgent}")
        batches = self._batches[channel, urgent]
        batches[task] = result
        task.add_done_callback(lambda done: batches.pop(done, None))
        await result.away.wait()
        # What has arrived is marked before more goes out; only what is slow is left behind.
        while arrived := [t for t, each in batches.items() if each.over.is_set()]:
            await asyncio.wait(arrived)
        if len(batches) >= SEVERAL:
            await asyncio.wait(batches, return_when=asyncio.FIRST_COMPLETED)
        return len(cards)

    async def _claim(self, channel: str, *, urgent: bool) -> list[Any]:
        pace, habits = self._paces[channel], self.habits
        async with self.office.write(patient=not urgent) as work:
            return await work.claim(channel, pace, habits.batch, habits.lease, urgent=urgent)

    async def _batch(
        self, channel: str, cards: Sequence[Any], result: Round, *, urgent: bool
    ) -> None:
        settling = asyncio.create_task(self._mark(channel, cards, result, urgent=urgent))
        try:
            await self._porters[channel, urgent].carry(cards, result)
        finally:
            # Whatever went wrong: what has been handed over must not be sent again.
            result.over.set()
            result.news.set()
            await settling

    async def _mark(
        self, channel: str, cards: Sequence[Any], result: Round, *, urgent: bool
    ) -> None:
        """Settle what has been handed over while the rest is on its way: whoever is killed
        meanwhile leaves as few cards as can be that are sent again."""
        while not result.over.is_set():
            await result.news.wait()
            await _until(result.over, GATHER)
            if result.over.is_set():
                break
            result.news.clear()
            some = result.so_far()
            try:
                await self._settle(channel, cards, some, urgent=urgent)
            except Exception as problem:
                log.warning("courier.unmarked", channel=channel, problem=type(problem).__name__)
                result.again(some)
        await self._settle_at_last(channel, cards, result.so_far(), urgent=urgent)

    async def _settle_at_last(
        self, channel: str, cards: Sequence[Any], result: Round, *, urgent: bool
    ) -> None:
        """What is not marked is sent again: a database that is away for a moment is waited for."""
        for attempt in range(UNMARKED):
            try:
                return await self._settle(channel, cards, result, urgent=urgent)
            except CouldNotSave as problem:
                log.warning("courier.unmarked", channel=channel, problem=type(problem).__name__)
                await self.clock.sleep(SHORT * 2**attempt)
        return await self._settle(channel, cards, result, urgent=urgent)

    async def _settle(
        self, channel: str, cards: Sequence[Any], result: Round, *, urgent: bool
    ) -> None:
        """What has arrived first: all else only waits. What is settled is out of `result`."""
        if result.delivered or result.failed or result.dropped or result.stuck:
            await self.news.arrived(
                cards,
                result.delivered,
                result.failed,
                result.dropped,
                result.stuck,
                patient=not urgent,
            )
            result.delivered, result.failed, result.dropped, result.stuck = [], {}, [], {}
        if result.later or result.waiting:
            async with self.office.write(patient=True) as work:
                await work.put_back(result.later)
                await work.release(
                    {
                        row: timedelta(seconds=max(wait, result.paced))
                        for row, wait in result.waiting.items()
                    }
                )
                if result.paced:
                    await work.slow_down(channel, result.paced, self._paces[channel])
            result.later, result.waiting = {}, {}
        if result.closed:
            await self.news.closed(channel, result.closed)


async def _until(event: asyncio.Event, seconds: float) -> None:
    """Until it happens, for so long at most."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
