"""What is on its way to the app: sent, confirmed, sent again, given up.

Rules of the room:
- Whatever is not confirmed within three seconds by the fake's clock has failed. Events are sent
  again at once, after a minute and after five; a tap or a command is not: its person is told
  that it did not work.
- A repeat is the same payload with the same ids, and may come by another road.
- `hold` keeps back what is sent from then on; `release` lets it go, in any order wanted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .workspace import JSON

if TYPE_CHECKING:
    from .slack import Slack

PATIENCE = 3.0
"""Seconds until something unconfirmed has failed."""
RETRIES = (0.0, 60.0, 300.0)
"""Seconds after each failure until an event is sent again."""


@dataclass(slots=True, eq=False)
class Delivery:
    """One thing for the app. `kind` is `events_api`, `interactive` or `slash_commands`."""

    kind: str
    payload: JSON = field(repr=False)
    accepts_response: bool = False
    on_response: Callable[[Any], Awaitable[None]] | None = None
    attempt: int = 0
    """How often it has been sent again."""
    reason: str = ""
    """Why it was sent again: `timeout`, `http_error`, `connection_failed` …"""
    acked: bool = False
    given_up: bool = False
    response: Any = None
    """What the app answered with."""
    sent: int = 0
    """How often it was really handed over, repeats made by a fault included."""
    failures: list[str] = field(default_factory=list)
    deadline: float | None = None
    again_at: float | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the first confirmation or failure."""
    retries: bool = False
    """Sent again after a failure."""
    envelopes: dict[int, str] = field(default_factory=dict)
    """Envelope ids by attempt: the same attempt made twice has one."""

    @property
    def open(self) -> bool:
        return not self.acked and not self.given_up


class Deliveries:
    """Everything on its way, and the roads it can take."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self.all: list[Delivery] = []
        self.keeps = True
        self.repeats_everything = False
        """Taps and commands are sent again too, as has been seen in Socket Mode."""
        self._open: list[Delivery] = []
        self._held: list[Delivery] | None = None
        self._duplicates = 0
        self._unordered: set[asyncio.Task[None]] = set()

    def _now(self) -> float:
        return self._slack.clock.now().timestamp()

    # --- Faults of the road ----------------------------------------------------------------

    def duplicate(self, times: int = 1) -> None:
        """Deliver each of the next `times` things twice."""
        self._duplicates += times

    def hold(self) -> None:
        """Keep back what is sent from now on."""
        self._held = [] if self._held is None else self._held

    async def release(self, *, reverse: bool = False) -> None:
        """Send what was kept back, the last first where `reverse`."""
        held, self._held = self._held or [], None
        for delivery in reversed(held) if reverse else held:
            await self._attempt(delivery)

    async def repeat(self, delivery: Delivery) -> None:
        """Deliver something once more, whether it was confirmed or not."""
        await self._hand_over(delivery)

    # --- Sending ---------------------------------------------------------------------------

    async def send(self, delivery: Delivery) -> Delivery:
        delivery.retries = delivery.kind == "events_api" or self.repeats_everything
        if self.keeps:
            self.all.append(delivery)
        self._open.append(delivery)
        if self._held is not None:
            self._held.append(delivery)
            return delivery
        await self._attempt(delivery)
        if self._duplicates:
            self._duplicates -= 1
            await self._hand_over(delivery)
        return delivery

    async def _attempt(self, delivery: Delivery) -> None:
        delivery.again_at = None
        if not delivery.open:
            return
        delivery.deadline = self._now() + PATIENCE
        await self._hand_over(delivery)

    async def _hand_over(self, delivery: Delivery) -> None:
        if self._slack.request_url:
            delivery.sent += 1
            self._spawn(self._slack.posts.post(delivery))
        elif await self._slack.sockets.hand_over(delivery):
            delivery.sent += 1
        elif delivery.open:
            await self.failed(delivery, "connection_failed")

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._unordered.add(task)
        task.add_done_callback(self._unordered.discard)

    # --- What became of it -----------------------------------------------------------------

    async def confirmed(self, delivery: Delivery, response: Any = None) -> None:
        """The app has confirmed it; a second confirmation changes nothing."""
        if not delivery.open:
            return
        delivery.acked, delivery.deadline, delivery.again_at = True, None, None
        delivery.response = response
        self._open.remove(delivery)
        if delivery.on_response is not None:
            await delivery.on_response(response)
        delivery.settled.set()

    async def failed(self, delivery: Delivery, why: str, *, retry: bool = True) -> None:
        """One attempt came to nothing."""
        if not delivery.open:
            return
        delivery.failures.append(why)
        delivery.deadline = None
        if retry and delivery.retries and delivery.attempt < len(RETRIES):
            delivery.again_at = self._now() + RETRIES[delivery.attempt]
            delivery.attempt += 1
            delivery.reason = why
        else:
            delivery.given_up = True
            self._open.remove(delivery)
            if not delivery.retries:
                self._slack.trouble(delivery, why)
        delivery.settled.set()

    async def tick(self) -> None:
        """Whatever is due by the clock: attempts that failed, and those to be made again."""
        now = self._now()
        for delivery in list(self._open):
            if delivery.deadline is not None and delivery.deadline <= now:
                await self.failed(delivery, "timeout")
        for delivery in list(self._open):
            if delivery.again_at is not None and delivery.again_at <= now:
                await self._attempt(delivery)

    @property
    def waiting(self) -> list[Delivery]:
        """What is neither confirmed nor given up."""
        return list(self._open)

    async def close(self) -> None:
        tasks = list(self._unordered)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
