"""Who is called: the lead and the safety desk, and who is there where these are not set up.

Rules of the room:
- Each is called once, nobody about themself, and only people who are present.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.asks import Ask
from bot.look import Look, Work
from bot.pages import Pageable
from bot.people import Person, Role
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


async def keepers(
    look: Look, roll_call: RollCall, without: Collection[int] = ()
) -> tuple[int, ...]:
    """Who phones those nobody above could reach: whoever launched the roll call. If they have
    left, or are `without`, the safety desk; if nobody is there, whoever stands in for them."""
    tree = await look.tree()
    launcher = roll_call.launched_by
    if launcher in tree and launcher not in without:
        return (launcher,)
    for others in (await look.desk(), tree.line(launcher)[:1], await look.with_role(Role.ADMIN)):
        present = tuple(p for p in others if p not in without)
        if present:
            return present
    return ()


async def listener(work: Work, roll_call: RollCall, ask: Ask) -> tuple[int, ...]:
    """Who reads what somebody writes beside their check-in: the nearest above who is here and
    neither looked for nor in need themself; if there is nobody, whoever keeps such people."""
    tree = await work.tree()
    above = [p for p in ask.chain if tree.present(p) and p != ask.person]
    silent, crying = await work.not_well(roll_call.about, above)
    well = [p for p in above if p not in silent | crying]
    return tuple(well[:1]) or await keepers(work, roll_call, (ask.person,))


async def stands_in(look: Look, roll_call: RollCall, person: Person) -> bool:
    """True if the launcher has left and `person` may do what they could have done."""
    tree = await look.tree()
    if roll_call.launched_by in tree:
        return False
    return person.id in tree.line(roll_call.launched_by) or person.may(Role.ADMIN)


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
