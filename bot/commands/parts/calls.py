"""Finding the roll call or incident somebody means by what they typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.parts import paper
from bot.commands.parts.endings import Ending, Refused

if TYPE_CHECKING:
    from bot.incidents import Incident
    from bot.rollcalls import RollCall
    from storage.look import Looking


async def roll_call(look: Looking, said: str) -> RollCall:
    """The roll call with this id; without one the newest that runs, else the newest."""
    from storage import records

    if said.strip():
        return await _named(look, said)
    running = await look.running()
    newest = running or await records.roll_calls(look.conn, 1)
    if not newest:
        raise Refused(
            "There has been no roll call yet: `renraku rollcall start --help`.", Ending.NO
        )
    return newest[0]


async def running_roll_call(look: Looking, said: str) -> RollCall:
    """The roll call with this id; without one the only one that runs."""
    if said.strip():
        return await _named(look, said)
    running = await look.running()
    if not running:
        raise Refused(
            "No roll call is running: nothing was changed. `renraku rollcall list` shows those"
            " that have ended.",
            Ending.NO,
        )
    if len(running) > 1:
        raise Refused(
            f"{len(running):,} roll calls are running, and nothing was changed. Name the one you"
            " mean by its id:\n" + "\n".join(_listed(call) for call in running)
        )
    return running[0]


def _listed(call: RollCall) -> str:
    what = "drill" if call.drill else "real"
    return f"  {call.id}  {what}, {paper.people(call.expected)}: {' '.join(call.words.split())}"


async def _named(look: Looking, said: str) -> RollCall:
    found = await look.roll_call(said.strip().lower().removeprefix("rollcall:"))
    if found is None:
        raise Refused(f'There is no roll call "{said}": `renraku rollcall list` shows them.')
    return found


OPEN = 20
"""Open incidents listed where one was to be named."""


async def open_incident(look: Looking, said: str) -> Incident:
    """The incident with this id; without one the only one that is open."""
    if said.strip():
        return await incident(look, said)
    found = await look.open_incidents(OPEN + 1)
    if not found:
        raise Refused(
            "No incident is open: nothing was changed. `renraku incident list --all` shows those"
            " that are over.",
            Ending.NO,
        )
    if len(found) > 1:
        many = f"{len(found):,}" if len(found) <= OPEN else f"More than {OPEN:,}"
        lines = "\n".join(_open(each) for each in found[:OPEN])
        raise Refused(
            f"{many} incidents are open, and nothing was changed. Name the one you mean by its"
            f" id:\n{lines}"
        )
    return found[0]


def _open(found: Incident) -> str:
    place = " ".join(found.place.split()) or "no place"
    return f"  {found.id}  {found.kind}, {place}: {found.state.value}"


async def incident(look: Looking, said: str) -> Incident:
    """The incident with this id."""
    found = await look.incident(said.strip().lower().removeprefix("incident:"))
    if found is None:
        raise Refused(f'There is no incident "{said}": `renraku incident list` shows them.')
    return found
