"""Ending something in somebody's name: a roll call, an incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.parts import acting, calls, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given

if TYPE_CHECKING:
    from storage.look import Looking


@dataclass(frozen=True, slots=True)
class Closing:
    """One way of ending: the form for it, its question, what the journal calls it."""

    noun: str
    form: str
    question: str
    kind: str
    says: str
    """What to say afterwards; `{id}` is the id."""


async def end(
    given: Given, closing: Closing, name: str, words: str, who: str, *, as_json: bool
) -> None:
    """Hand in the form that ends it, and say what happened."""
    from bot.forms import SKIPPED

    async with office.joined(given) as house:
        async with house.store.look() as look:
            person = await office.by_key(look, who)
            about = await _still_on(look, closing.noun, name)
            answers = await acting.checked(
                house, look, person, closing.form, {closing.question: words or SKIPPED}, {}, about
            )
        done = await acting.submit(house, person, closing.form, answers, about)
        known = about.partition(":")[2]
        if done.kind != closing.kind:
            may = "it takes whoever launched it or somebody with the role safety"
            if closing.noun == "incident":
                may = "it takes somebody who was paged, stands above the reporter or has a role"
            why = f"{person.name} may not: {may}." if done.reply == "not-allowed" else done.said
            raise Refused(f"Nothing was changed: {why}", Ending.NO)
        if as_json:
            paper.as_json({"id": known, "state": closing.kind.partition(".")[2]})
        else:
            paper.say(closing.says.format(id=known))
        await office.note_if_asleep(house.store, house.clock.now())


async def _still_on(look: Looking, noun: str, name: str) -> str:
    if noun == "rollcall":
        call = await calls.roll_call(look, name)
        if not call.running:
            how = "called off" if call.state == "cancelled" else "ended"
            raise Refused(f"Nothing was changed: roll call {call.id} was {how} before.", Ending.NO)
        return call.about
    found = await calls.incident(look, name)
    if found.over:
        raise Refused(
            f"Nothing was changed: incident {found.id} was {found.state.value} before.", Ending.NO
        )
    return found.about
