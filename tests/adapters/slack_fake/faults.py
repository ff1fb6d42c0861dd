"""What can go wrong on the platform's side, on demand.

Rules of the room:
- A fault names its method and, where it matters, its room; it strikes `times` and is gone.
- `drop` and `lose` do the work first: what a client cannot see is the answer, not the effect.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch

from .clock import Clock
from .workspace import JSON


@dataclass(slots=True, eq=False)
class Fault:
    """One thing that goes wrong. `method` may be a pattern such as `chat.*`."""

    kind: str
    method: str
    channel: str = ""
    times: int = 1
    seconds: float = 0
    status: int = 200
    error: str = ""
    meanwhile: Callable[[], Awaitable[object]] | None = None
    struck: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def strikes(self, method: str, args: JSON) -> bool:
        room = str(args.get("channel") or args.get("user_id") or "")
        if self.times <= 0 or not fnmatch(method, self.method):
            return False
        return not self.channel or self.channel == room

    def release(self) -> None:
        """Let whoever hangs go on."""
        self.released.set()


class Faults:
    """The faults waiting to strike, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        return fault

    def ratelimit(
        self, method: str, seconds: float = 1, *, channel: str = "", times: int = 1
    ) -> Fault:
        """429 with `Retry-After`, whole seconds."""
        return self.add(Fault("ratelimit", method, channel, times, seconds))

    def error(self, method: str, error: str, *, channel: str = "", times: int = 1) -> Fault:
        """`{"ok": false, "error": …}` with 200."""
        return self.add(Fault("error", method, channel, times, error=error))

    def status(self, method: str, status: int = 503, *, channel: str = "", times: int = 1) -> Fault:
        """A bare HTTP status with a page of HTML, as from a load balancer."""
        return self.add(Fault("status", method, channel, times, status=status))

    def drop(self, method: str, *, channel: str = "", times: int = 1) -> Fault:
        """Do the work, then close the connection without an answer."""
        return self.add(Fault("drop", method, channel, times))

    def refuse(self, method: str, *, channel: str = "", times: int = 1) -> Fault:
        """Close the connection without doing anything."""
        return self.add(Fault("refuse", method, channel, times))

    def delay(self, method: str, seconds: float, *, channel: str = "", times: int = 1) -> Fault:
        """Answer late, in real seconds."""
        return self.add(Fault("delay", method, channel, times, seconds))

    def hang(self, method: str, *, channel: str = "", times: int = 1) -> Fault:
        """Answer only once the fault is released."""
        return self.add(Fault("hang", method, channel, times))

    def meanwhile(self, method: str, happens: Callable[[], Awaitable[object]]) -> Fault:
        """Something happens while the call is on its way."""
        return self.add(Fault("meanwhile", method, meanwhile=happens))

    def strike(self, method: str, args: JSON) -> Fault | None:
        for fault in self._waiting:
            if fault.strikes(method, args):
                fault.times -= 1
                fault.struck += 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        for fault in self._waiting:
            fault.release()
        self._waiting.clear()


TIERS = {
    "auth.test": (600, 100),
    "apps.connections.open": (1, 10),
    "chat.postMessage": (60, 5),
    "chat.update": (50, 10),
    "chat.delete": (50, 10),
    "chat.postEphemeral": (100, 20),
    "conversations.open": (50, 10),
    "conversations.info": (50, 10),
    "users.info": (100, 20),
    "users.lookupByEmail": (50, 10),
    "users.list": (20, 5),
    "views.open": (100, 20),
    "views.update": (100, 20),
    "views.push": (100, 20),
    "views.publish": (100, 20),
    "files.info": (100, 20),
}
"""Calls a minute and how many at once, as published; the size of a burst is not published."""

BY_ROOM = {"chat.postMessage"}
"""Counted by channel: about one a second in each."""


class Tiers:
    """The published rate limits, kept by the fake's clock. Off until told otherwise."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.on = False
        self.limits = dict(TIERS)
        self._left: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, method: str, room: str) -> int:
        """0 where the call may pass, otherwise how many whole seconds it must wait."""
        if not self.on or method not in self.limits:
            return 0
        minute, burst = self.limits[method]
        key = (method, room if method in BY_ROOM else "")
        now = self._clock.now().timestamp()
        left, since = self._left.get(key, (float(burst), now))
        left = min(burst, left + (now - since) * minute / 60)
        if left < 1:
            self._left[key] = (left, now)
            return max(1, -int(-(1 - left) * 60 // minute))
        self._left[key] = (left - 1, now)
        return 0
