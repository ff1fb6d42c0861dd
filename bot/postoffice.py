"""What the courier needs of the store and of the engine, as ports."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.events import Delivered
from bot.look import Look, Work
from bot.numbers import Numbers


class OutWork(Work, Protocol):
    """A write transaction as the courier needs it."""

    async def claim(
        self, channel: str, pace: Any, most: int, lease: timedelta, *, urgent: bool
    ) -> list[Any]: ...

    async def put_back(self, waits: dict[int, timedelta]) -> None: ...

    async def release(self, waits: dict[int, timedelta]) -> None: ...

    async def slow_down(self, channel: str, seconds: float, pace: Any) -> None: ...


class OutLook(Look, Protocol):
    """A look as the courier needs it."""

    async def ready(self, channel: str, now: datetime, *, urgent: bool) -> bool:
        """True if a card of this channel may be claimed."""
        ...


class PostOffice(Numbers, Protocol):
    """The store as the courier sees it."""

    def write(self, *, patient: bool = False) -> AbstractAsyncContextManager[OutWork]: ...

    def look(self) -> AbstractAsyncContextManager[OutLook]: ...

    def address(self, card: Any) -> str:
        """The address a claimed card goes to, opened for this moment."""
        ...


class News(Protocol):
    """Who is told what became of the cards: the engine."""

    async def arrived(
        self,
        claimed: Sequence[Any],
        delivered: Sequence[Delivered],
        failed: Mapping[int, str],
        dropped: Collection[int],
        stuck: Mapping[int, str],
        *,
        patient: bool,
    ) -> None: ...

    async def closed(self, channel: str, why: str) -> None:
        """A whole channel is out of order: everything goes by other contacts."""
        ...
