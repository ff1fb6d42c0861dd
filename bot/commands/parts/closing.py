"""Ending something in somebody's name: a roll call, an incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.parts import acting, calls, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given

if TYPE_CHECKING:
    from bot.app import House
    from bot.people import Person
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
            about = await _still_on(house, look, person, closing.noun, name)
            answers = await acting.checked(
                house, look, person, closing.form, {closing.question: words or SKIPPED}, {}, about
            )
        done = await acting.submit(house, person, closing.form, answers, about)
        known = about.partition(":")[2]
        if done.kind != closing.kind:
            raise Refused(f"Nothing was changed: {done.said}", Ending.NO)
        if as_json:
            paper.as_json({"id": known, "state": closing.kind.partition(".")[2]})
        else:
            paper.say(closing.says.format(id=known))
        await office.note_if_asleep(house.store, house.clock.now())


async def _still_on(house: House, look: Looking, person: Person, noun: str, name: str) -> str:
    """What it is about, if it is not over and this person may end it."""
    from bot.handlers.incidents import may_work
    from bot.handlers.rollcalls import may_end

    scene = acting.scene(house, look, person)
    if noun == "rollcall":
        call = await calls.roll_call(look, name)
        how = "called off" if call.state == "cancelled" else "ended"
        over, about, known = not call.running, call.about, f"roll call {call.id}"
        may = await may_end(scene, call)
        takes = "whoever launched it or somebody with the role safety"
    else:
        found = await calls.incident(look, name)
        how, over, about = found.state.value, found.over, found.about
        known, may = f"incident {found.id}", await may_work(scene, found)
        takes = "somebody who was paged, stands above the reporter, or has the role safety"
    if over:
        raise Refused(f"Nothing was changed: {known} was {how} before.", Ending.NO)
    if not may:
        raise Refused(
            f"Nothing was changed: {person.name} ({person.key}) may not end {known}; it takes"
            f" {takes}.",
            Ending.NO,
        )
    return about
