"""Asking the chat platforms in use whether they let us in.

Rules of the room:
- All are asked at once, each for a bounded time: one that does not answer holds up nobody.
- Nothing is started, sent or received.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.door import Trouble
    from bot.platforms import Platform

PATIENCE = 20.0
"""Seconds a platform has for all its answers."""


async def asked(settings: Settings) -> Mapping[str, Sequence[Trouble]]:
    """What is wrong with each platform in use, by its name. Raises `ConfigError` where a secret
    is missing."""
    from bot.app import House
    from bot.platforms import in_use

    if in_use(settings) == {"web"} and not settings.hooks:
        return {}
    house = House(settings)
    try:
        names = sorted(house.platforms)
        found = await asyncio.gather(*(_troubles(name, house.platforms[name]) for name in names))
        return dict(zip(names, found, strict=True))
    finally:
        await house.stop()


async def _troubles(name: str, platform: Platform) -> Sequence[Trouble]:
    from bot.door import Trouble

    try:
        async with asyncio.timeout(PATIENCE):
            return await platform.source.check()
    except TimeoutError:
        says = f"{name.capitalize()} does not answer within {PATIENCE:.0f} seconds."
        return [Trouble(says, "Check that this machine may connect to it (firewall, proxy, DNS).")]
    except Exception as problem:
        # A check that breaks is a finding as well, and the others are still wanted.
        says = f"{name.capitalize()} answers in a way nobody foresaw ({type(problem).__name__})."
        return [Trouble(says, "Check what stands between this machine and it, such as a proxy.")]
