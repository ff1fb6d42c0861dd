"""The gateway: a template of the settings, filled in and called by apprise, a few at a time.

Rules of the room:
- An address is quoted before it is filled in: whatever it holds, it stays one address and never
  becomes another host, key or recipient.
- Each call has a thread and a time limit, which begins with the call: waiting for a thread is
  nobody's silence. A thread cannot be ended; those that hang are few, and once all do nobody waits.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

from adapters.outbound.drawing import Line
from adapters.outbound.given import Given
from bot.channels import Closed, Declined, Temporary

ABREAST = 8
"""Calls at the same time."""


class NoGateway(Exception):
    """The template is none that apprise understands."""


class Gateway:
    """Hands lines to one gateway."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._threads = ThreadPoolExecutor(ABREAST, thread_name_prefix=given.channel)
        self._places = asyncio.Semaphore(ABREAST)
        self._hanging: set[asyncio.Future[bool]] = set()
        """Calls that have outlasted their time and still hold a thread."""

    async def send(self, address: str, reference: str, line: Line) -> None:
        """Returns once the gateway has taken it. Raises `Temporary` where it has not, `Declined`
        for an address it cannot be asked to write to, `Closed` where the template is no good."""
        if len(self._hanging) >= ABREAST:
            raise Temporary("no answer in time")
        try:
            async with asyncio.timeout(self._given.timeout):
                await self._places.acquire()
        except TimeoutError:
            raise Temporary("no answer in time") from None
        loop = asyncio.get_running_loop()
        call = loop.run_in_executor(self._threads, self._call, address, reference, line)
        call.add_done_callback(self._over)
        try:
            async with asyncio.timeout(self._given.timeout):
                # Not ended with us: its thread goes on and keeps its place.
                taken = await asyncio.shield(call)
        except TimeoutError:
            if not call.done():
                self._hanging.add(call)
            raise Temporary("no answer in time") from None
        if not taken:
            raise Temporary("not taken")

    def _over(self, call: asyncio.Future[bool]) -> None:
        self._hanging.discard(call)
        self._places.release()
        if not call.cancelled():
            call.exception()  # whoever still waits for it hears it

    def understood(self) -> bool:
        """True if apprise knows what the template means."""
        try:
            self._service("+12025550123", "0")
        except NoGateway:
            return False
        return True

    def _call(self, address: str, reference: str, line: Line) -> bool:
        try:
            service = self._service(address, reference)
        except NoGateway:
            # Nobody's address is struck off for a fault of ours in the settings.
            if not self.understood():
                raise Closed("settings") from None
            raise Declined("bad-address") from None
        return bool(service.notify(body=line.body, title=line.title))

    def _service(self, address: str, reference: str) -> Any:
        from apprise import Apprise

        logging.getLogger("apprise").disabled = True
        filled = self._given.template.replace("{to}", quote(address, safe=""))
        filled = filled.replace("{ref}", quote(reference, safe=""))
        service = Apprise.instantiate(filled, suppress_exceptions=True)
        if service is None:
            raise NoGateway
        return service

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
