"""Who is called: the lead and the safety desk, and who is there where these are not set up.

Rules of the room:
- Each is called once, nobody about themself, and only people who are present.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.asks import Ask
from bot.look import Look
from bot.pages import Pageable
from bot.people import Role
from bot.rollcalls import RollCall

NOBODY = -1


async def pageable(look: Look, people: Sequence[int], without: int) -> list[Pageable]:
    """These people, each once, present and not `without`, with those above them."""
    tree = await look.tree()
    return [Pageable(p, tree.chain(p)) for p in dict.fromkeys(people) if p != without and p in tree]


async def lead_and_desk(look: Look, line: Sequence[int], without: int) -> list[Pageable]:
    """The first of `line` and the safety desk, each once, but not `without`.

    Silence of the first climbs along the line: a lead's deputy comes before the next above.
    """
    tree = await look.tree()
    present = [p for p in line if p in tree and p != without]
    paged = {present[0]: tuple(present[1:])} if present else {}
    for officer in await look.desk():
        if officer != without:
            paged.setdefault(officer, tree.chain(officer))
    return [Pageable(person, chain) for person, chain in paged.items()]


async def called_about(look: Look, reporter: int) -> list[Pageable]:
    """Who is called about a report; where nobody else is the desk, the reporter too."""
    line = (await look.tree()).chain(reporter)
    found = await lead_and_desk(look, line, without=reporter)
    return found or await lead_and_desk(look, (), without=NOBODY)


async def called_for(look: Look, ask: Ask, roll_call: RollCall) -> list[Pageable]:
    """Who is called for somebody who needs help."""
    found = await lead_and_desk(look, ask.chain, without=ask.person)
    if found:
        return found
    # Nobody is set up to come: then whoever launched it and the administrators are.
    admins = await look.with_role(Role.ADMIN)
    return await pageable(look, [roll_call.launched_by, *admins], without=ask.person)
