"""Finding the roll call or incident somebody means by what they typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.parts.endings import Ending, Refused

if TYPE_CHECKING:
    from bot.incidents import Incident
    from bot.rollcalls import RollCall
    from storage.look import Looking


async def roll_call(look: Looking, said: str) -> RollCall:
    """The roll call with this id; without one the newest that runs, else the newest."""
    from storage import records

    name = said.strip().lower().removeprefix("rollcall:")
    if name:
        found = await look.roll_call(name)
        if found is None:
            raise Refused(f'There is no roll call "{said}": `renraku rollcall list` shows them.')
        return found
    running = await look.running()
    newest = running or await records.roll_calls(look.conn, 1)
    if not newest:
        raise Refused(
            "There has been no roll call yet: `renraku rollcall start --help`.", Ending.NO
        )
    return newest[0]


async def incident(look: Looking, said: str) -> Incident:
    """The incident with this id."""
    found = await look.incident(said.strip().lower().removeprefix("incident:"))
    if found is None:
        raise Refused(f'There is no incident "{said}": `renraku incident list` shows them.')
    return found
