"""What the house is handed from outside: time, ids, chance.

Rules of the room:
- Nothing else in the product reads the wall clock, sleeps or draws a random number. One thread
  with a virtual clock and a seed can therefore run everything, faults included, and run it
  again the same way.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""For ids people may have to read out: no i, l, o or u."""

ASK_ID = 12
"""Letters of an ask's id: three of time, 45 bits that are not to be guessed."""
_MOMENT = 1 << 15
"""Microseconds that share the time in an ask's id: about what a thousand asks take to write."""

_LETTERS = ALPHABET.encode() * 8
"""The letter of each byte: 256 are 8 times 32, so all letters are equally likely."""


class Clock(Protocol):
    """Aware UTC time, and waiting for it to pass."""

    def now(self) -> datetime: ...

    async def sleep(self, seconds: float) -> None: ...


class Ids(Protocol):
    """Where new ids come from."""

    def token(self, length: int = 10) -> str:
        """An id nobody can guess; each letter carries 5 bits."""
        ...


class SteadyClock:
    """The machine's time, which never runs backward while we run.

    It is read once and then carried on by the monotonic clock, so that a clock set back does
    not make everybody wait longer; one set forward (after sleep, or by a time server) is
    followed.
    """

    def __init__(self) -> None:
        self._base = datetime.now(UTC)
        self._mark = time.monotonic()

    def now(self) -> datetime:
        steady = self._base + timedelta(seconds=time.monotonic() - self._mark)
        wall = datetime.now(UTC)
        if wall - steady > timedelta(seconds=1):
            self._base, self._mark = wall, time.monotonic()
            return wall
        return steady

    def not_before(self, newest: datetime) -> None:
        """Start from `newest`, the newest time on record, if the machine's clock lags behind it."""
        if newest > self.now():
            self._base, self._mark = newest, time.monotonic()

    @property
    def behind(self) -> timedelta:
        """How far the machine's clock lags behind the time kept here."""
        return self.now() - datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class LapseClock:
    """Time-lapse: `speed` seconds pass in each real one. For demonstrations."""

    def __init__(self, speed: float) -> None:
        self._speed = max(0.01, speed)
        self._start = datetime.now(UTC)
        self._mark = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._mark) * self._speed)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)


class RandomIds:
    """Ids from the system's randomness."""

    def token(self, length: int = 10) -> str:
        return secrets.token_bytes(length).translate(_LETTERS).decode()


class SeededIds:
    """The same ids each time, for tests and replays only."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the very point is that it repeats

    def token(self, length: int = 10) -> str:
        return "".join(self._random.choice(ALPHABET) for _ in range(length))


def ask_ids(ids: Ids, count: int, now: datetime) -> list[str]:
    """Ids for new asks.

    They begin with the time, so that a database writes what belongs together to the same place:
    a fifth less work for 100,000 of them.
    """
    moment = int(now.timestamp() * 1_000_000) // _MOMENT
    time_part = "".join(ALPHABET[moment >> shift & 31] for shift in (10, 5, 0))
    size = ASK_ID - len(time_part)
    chance = ids.token(count * size) if count else ""
    return [time_part + chance[at : at + size] for at in range(0, count * size, size)]
