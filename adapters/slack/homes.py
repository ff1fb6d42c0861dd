"""Home pages: published when somebody looks, and again while they may still be looking.

Rules of the room:
- Slack shows the page that was published last; it does not ask for it each time. So whoever has
  looked a short while ago gets a fresh one when something of theirs changes.
- One page for a person each few seconds, however much happens, and all pages together within
  Slack's pace: one worker publishes them, the newest wish first served in its turn.
- Nobody waits for a home page: a failure is logged, and the next look tries again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.channels import Paced, Temporary
from bot.ports import Clock

log = structlog.get_logger("slack")

LOOKING = timedelta(minutes=10)
"""For how long somebody who has opened their page is taken to be looking at it."""
APART = timedelta(seconds=3)
MOST = 2000
BREATH = 0.6
"""Seconds between two pages: Slack takes a hundred a minute."""
AT_ONCE = 20
"""Pages that may go without that breath, after a pause."""

Publish = Callable[[str, str], Awaitable[None]]
"""Publishes the page of a user id, with a line of what has just been recorded."""


class Homes:
    """Who is looking, and who is owed a page."""

    def __init__(self, publish: Publish, clock: Clock) -> None:
        self._publish = publish
        self._clock = clock
        self._looking: OrderedDict[str, datetime] = OrderedDict()
        self._last: OrderedDict[str, datetime] = OrderedDict()
        self._owed: OrderedDict[str, str] = OrderedDict()
        self._some = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    def opened(self, user: str, note: str = "") -> None:
        """Somebody looks at their page, or has tapped on it: they get it as it is now."""
        self._looking[user] = self._clock.now()
        self._looking.move_to_end(user)
        while len(self._looking) > MOST:
            self._looking.popitem(last=False)
        self._owe(user, note)

    def moved(self, user: str) -> None:
        """Something of theirs has changed; a page only for whoever may be looking."""
        seen = self._looking.get(user)
        if seen is None:
            return
        if self._clock.now() - seen > LOOKING:
            del self._looking[user]
            return
        self._owe(user, "")

    def _owe(self, user: str, note: str) -> None:
        if self._ended:
            return
        self._owed[user] = note or self._owed.get(user, "")
        self._some.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work(), name="slack-homes")

    async def finish(self, _seconds: float) -> None:
        """Publish nothing more."""
        self._ended = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _work(self) -> None:
        """Until nobody is owed a page."""
        at_once = AT_ONCE
        while self._owed:
            user, wait = self._next()
            if wait > 0:
                # Whoever comes meanwhile and need not wait goes first.
                self._some.clear()
                await self._either(wait)
                continue
            note = self._owed.pop(user)
            self._last[user] = self._clock.now()
            self._last.move_to_end(user)
            while len(self._last) > MOST:
                self._last.popitem(last=False)
            await self._one(user, note)
            at_once -= 1
            if at_once <= 0:
                await self._clock.sleep(BREATH)

    def _next(self) -> tuple[str, float]:
        """Who is next, and in how many seconds they may have a page."""
        now = self._clock.now()
        soonest = min(self._owed, key=lambda user: self._ready(user, now))
        return soonest, (self._ready(soonest, now) - now).total_seconds()

    def _ready(self, user: str, now: datetime) -> datetime:
        last = self._last.get(user)
        return now if last is None else max(now, last + APART)

    async def _either(self, seconds: float) -> None:
        """For so long, or until somebody else is owed a page."""
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        coming = asyncio.ensure_future(self._some.wait())
        try:
            await asyncio.wait({sleeping, coming}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            coming.cancel()
            await asyncio.gather(sleeping, coming, return_exceptions=True)

    async def _one(self, user: str, note: str) -> None:
        try:
            await self._publish(user, note)
        except Paced as paced:
            self._owed.setdefault(user, note)
            await self._clock.sleep(paced.seconds)
        except Temporary as problem:
            log.warning("slack.home", problem=str(problem))
        except Exception as problem:
            log.warning("slack.home", problem=type(problem).__name__)
