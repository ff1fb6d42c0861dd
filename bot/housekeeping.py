"""What administrators see of the house, gathered from every part of it.

Rules of the room:
- What `renraku check` says and what this says come from one place.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.board.settings import Check, Keeping, Way
from bot.commands import check
from bot.commands.parts import office
from bot.config.inforce import sections
from storage import keeping, staff

if TYPE_CHECKING:
    from bot.app import House


async def gather(house: House) -> Keeping:
    settings, store, now = house.settings, house.store, house.clock.now()
    async with store.look() as look:
        languages: dict[str, int] = {}
        for tongue, people in (await keeping.languages(look.conn)).items():
            # Whoever has none of their own reads the organisation's.
            known = tongue or settings.organisation.language
            languages[known] = languages.get(known, 0) + people
        held = await staff.held_channels(look.conn)
        lanes = await keeping.lanes_kept(look.conn)
        queued = await keeping.queued(look.conn)
        imported = await keeping.imported_at(look.conn)
        channels = sorted(look.channels)
    ways = []
    for channel in channels:
        working, failing = held.get(channel, (0, 0))
        lane = lanes.get(channel)
        way = Way(channel, working, failing, queued.get(channel, 0))
        if lane is not None:
            held_back = lane.blocked_until if (lane.blocked_until or now) > now else None
            rate = round(lane.rate, 1) if channel in settings.lanes else 0.0
            way = Way(
                *(channel, working, failing, queued.get(channel, 0)),
                *(lane.closed, held_back, rate),
            )
        ways.append(way)
    return Keeping(
        version("renraku"),
        settings.database.shown,
        tuple(sorted({settings.replica, *await office.servers(store, now)})),
        sum(languages.values()),
        tuple(languages.items()),
        imported,
        tuple(ways),
        tuple(
            Check(found.name, found.result, found.says, found.do)
            for found in await check.at_home(settings, store)
        ),
        tuple(sections(settings)),
    )
