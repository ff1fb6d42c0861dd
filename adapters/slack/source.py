"""The receiving side: connections kept open in socket mode, nothing to keep in http mode.

Rules of the room:
- Each connection has a keeper. A connection that Slack wants back is replaced before it ends; one
  that has fallen silent is replaced at once; one that cannot be made is tried again, later and
  later, for ever.
- Stopping takes nothing new, finishes what is in hand, and only then closes. What has not been
  acknowledged by then Slack sends again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import aiohttp
import structlog

from adapters.slack.calls import Calls, Refused
from adapters.slack.checks import check, opening
from adapters.slack.directory import Directory
from adapters.slack.gate import Gate
from adapters.slack.given import Given
from adapters.slack.lines import Line
from bot.channels import Paced, Temporary
from bot.door import Trouble
from bot.ports import Clock, Ids

log = structlog.get_logger("slack")

LOOK = 2.0
"""Seconds between two looks at a connection."""
BACKOFF, BACKOFF_MAX = 1.0, 60.0
STEADY = timedelta(seconds=30)
"""A connection that did not last so long is no reason to hurry: Slack gives few a minute."""
FINISH = 5.0
"""Seconds for what is in hand when the source stops."""
RETIRE = 20.0
"""Seconds an old connection is given to finish what it has in hand."""
ALPHABET = 32
"""How many letters an id is made of: the first tells a fraction."""

Finish = Callable[[float], Awaitable[None]]


class SlackSource:
    """Fits `bot.door.Source`. `finish` is called in turn when receiving has ended, `well` when a
    check has found nothing that keeps people from being reached."""

    def __init__(
        self,
        given: Given,
        calls: Calls,
        gate: Gate,
        clock: Clock,
        ids: Ids,
        finish: Sequence[Finish],
        well: Callable[[], None],
        directory: Directory,
    ) -> None:
        self._given = given
        self._calls = calls
        self._gate = gate
        self._clock = clock
        self._ids = ids
        self._finish = finish
        self._well = well
        self._directory = directory
        self._keepers: list[asyncio.Task[None]] = []
        self._retiring: set[asyncio.Task[None]] = set()
        self._lines: dict[int, Line] = {}

    @property
    def connected(self) -> int:
        """How many connections are open and well."""
        return sum(line.well for line in self._lines.values())

    async def start(self) -> None:
        if self._given.directory:
            self._directory.start()
        if self._given.mode != "socket":
            return
        self._keepers = [
            asyncio.create_task(self._keep(number), name=f"slack-line-{number}")
            for number in range(self._given.connections)
        ]

    async def stop(self) -> None:
        await self._directory.stop()
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        self._keepers = []
        lines, self._lines = list(self._lines.values()), {}
        await asyncio.gather(*(line.retire(FINISH) for line in lines), *self._retiring)
        for finish in self._finish:
            await finish(FINISH)

    async def check(self) -> Sequence[Trouble]:
        found = await check(self._given, self._calls, self._clock)
        if not any(trouble.fatal for trouble in found):
            self._well()
        return found

    # --- one connection ------------------------------------------------------------------

    async def _keep(self, number: int) -> None:
        """One connection after the other, for ever."""
        failures = 0
        while True:
            line = await self._opened()
            if line is not None:
                self._replace(number, line)
                begun = self._clock.now()
                await self._watch(line)
                log.info("slack.replaced", line=number, why=line.why or "silent")
                if line.why == "too_many_websockets" or not line.well:
                    # There is no room for another beside it, or nothing left of it.
                    self._retire(self._lines.pop(number))
                if self._clock.now() - begun > STEADY:
                    failures = 0
                    continue
            failures += 1
            await self._clock.sleep(self._patience(failures))

    def _patience(self, failures: int) -> float:
        """Later and later, and not all connections of all replicas at the same moment."""
        wait = min(BACKOFF_MAX, BACKOFF * 2.0 ** min(failures - 1, 10))
        chance = (ord(self._ids.token(1)) % ALPHABET) / ALPHABET
        return wait * (0.75 + chance / 2)

    async def _opened(self) -> Line | None:
        """A new connection that Slack has greeted."""
        line: Line | None = None
        try:
            url = await opening(self._given, self._calls)
            line = Line(self._given, self._calls, self._gate.from_socket)
            await line.open(url)
        except Paced as paced:
            log.warning("slack.unconnected", seconds=paced.seconds)
            await self._clock.sleep(paced.seconds)
        except Refused as refused:
            log.error("slack.unconnected", code=refused.code)
        except (Temporary, aiohttp.ClientError, TimeoutError, OSError, KeyError) as problem:
            log.warning("slack.unconnected", problem=type(problem).__name__)
        except asyncio.CancelledError:
            if line is not None:
                await line.retire(0)
            raise
        else:
            return line
        if line is not None:
            await line.retire(0)
        return None

    def _replace(self, number: int, line: Line) -> None:
        """The new one is there: the old one finishes what it has in hand and goes."""
        old = self._lines.get(number)
        self._lines[number] = line
        log.info("slack.connected", line=number)
        if old is not None:
            self._retire(old)

    def _retire(self, line: Line) -> None:
        task = asyncio.create_task(line.retire(RETIRE), name="slack-retiring")
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    async def _watch(self, line: Line) -> None:
        """Until this connection shall go or has gone."""
        while line.well:
            try:
                async with asyncio.timeout(LOOK):
                    await line.leaving.wait()
                return
            except TimeoutError:
                continue
