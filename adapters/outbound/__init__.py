"""SMS, voice and push by a gateway: cards out as a line or two, answered behind a link or by reply.

The journey of one card: the courier calls `channel` -> `drawing` makes of it what the medium can
carry (`segments` counts an SMS) -> `gateway` fills the address into the template of the settings
and calls apprise in a thread of its own.

Rules of the room:
- Apprise says "taken" or "not taken", and no more: it is handed over, or it is tried again. Which
  number is wrong, only a receipt can tell (see `adapters.hooks`).
- A gateway that takes nothing from anybody is out of order: everybody's cards go by their next
  contact, instead of each being tried for minutes.
- Apprise is loaded with the first message: nobody waits for it who never uses it. What it logs
  holds addresses and keys, so its log is shut.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from adapters.outbound.channel import OutboundChannel
from adapters.outbound.checking import Checking
from adapters.outbound.gateway import Gateway
from adapters.outbound.given import Given, Texts
from bot.channels import Channel
from bot.door import Source
from bot.ports import Clock

__all__ = ["Given", "Outbound"]


class Outbound:
    """One gateway for one medium."""

    def __init__(self, given: Given, texts: Texts, clock: Clock) -> None:
        self._gateway = Gateway(given)
        self.channel: Channel = OutboundChannel(given, self._gateway, texts)
        self.source: Source = Checking(given, self._gateway)
        self.routes: Sequence[BaseRoute] = ()

    async def address(self) -> str:
        return ""

    async def close(self) -> None:
        """Waits for what is under way, but not for long."""
        await self._gateway.close()
