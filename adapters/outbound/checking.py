"""Is the gateway set up? Without sending anything, so that nobody is charged or woken.

Rules of the room:
- Nothing of the template is ever said: it holds keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from adapters.outbound.gateway import Gateway
from adapters.outbound.given import Given
from bot.door import Trouble


class Checking:
    """Fits `bot.door.Source`; replies and receipts come by a hook."""

    def __init__(self, given: Given, gateway: Gateway) -> None:
        self._given = given
        self._gateway = gateway

    async def start(self) -> None:
        """There is nothing to receive."""

    async def stop(self) -> None:
        """There is nothing to receive."""

    async def check(self) -> Sequence[Trouble]:
        name = self._given.channel
        if "{to}" not in self._given.template:
            says = f"outbound.{name} does not say where the address goes: every message would go"
            return [Trouble(f"{says} to the same one.", "Write {to} in its place.")]
        if not await asyncio.to_thread(self._gateway.understood):
            return [
                Trouble(
                    f"outbound.{name} is no address of a service that apprise knows.",
                    "See its documentation for the service; quote what is special in keys"
                    " (`%2F` for a slash).",
                )
            ]
        return []
