"""Ending something in somebody's name: a roll call, an incident.

Rules of the room:
- What a roll call's end would mean is shown before it is asked for: whom it reached, who is
  missing, who still needs help.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.parts import acting, calls, names, office, paper, standing
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given

if TYPE_CHECKING:
    from bot.app import House
    from bot.commands.parts.standing import Picture
    from bot.incidents import Incident
    from bot.people import Person
    from bot.rollcalls import RollCall
    from storage.look import Looking

NAMED = 10
"""People named of each sort before the question."""


@dataclass(frozen=True, slots=True)
class Closing:
    """One way of ending: the form for it, its question, what the journal calls it."""

    form: str
    question: str
    kind: str
    says: str
    """What to say afterwards; `{id}` is the id, `{what}` drill or roll call with its counts."""
    asks: str = ""
    """What is asked before, for a roll call."""


async def end_roll_call(
    given: Given, closing: Closing, name: str, words: str, who: str, *, yes: bool, as_json: bool
) -> None:
    """Show it, ask, hand in the form that ends it, and say what happened."""
    from bot.forms import SKIPPED

    async with office.joined(given) as house:
        sending = not await office.asleep(house.store, house.clock.now())
        async with house.store.look() as look:
            person = await office.by_key(look, who)
            call = await calls.running_roll_call(look, name)
            await _may_end(house, look, person, call)
            said = {closing.question: words or SKIPPED}
            answers = await acting.checked(house, look, person, closing.form, said, {}, call.about)
            before = await standing.picture(look, call, NAMED, sending=sending)
        # With --json standard output is for the result alone.
        show = paper.aside if as_json else paper.say
        if not (yes and as_json):
            show(*_shown(before, house.settings.organisation.time_zone))
        paper.confirm(f"{_still(before)}{closing.asks}", yes=yes)
        await _submit(house, person, closing, answers, call.about)
        async with house.store.look() as look:
            over = await calls.roll_call(look, call.id)
            after = await standing.picture(look, over, NAMED, sending=sending)
        if as_json:
            paper.as_json(
                {
                    "id": call.id,
                    "state": closing.kind.partition(".")[2],
                    "drill": call.drill,
                    "counts": after.counts(),
                    "server_running": sending,
                }
            )
        else:
            paper.say(closing.says.format(id=call.id, what=_counted(before, after)))
        if not sending:
            paper.aside(office.ASLEEP)


async def end_incident(
    given: Given, closing: Closing, name: str, reason: str, who: str, *, as_json: bool
) -> None:
    """Hand in the form that ends it, and say what happened."""
    async with office.joined(given) as house:
        async with house.store.look() as look:
            person = await office.by_key(look, who)
            incident = await calls.open_incident(look, name)
            await _may_work(house, look, person, incident)
            said = {closing.question: reason}
            about = incident.about
            answers = await acting.checked(house, look, person, closing.form, said, {}, about)
        await _submit(house, person, closing, answers, about)
        if as_json:
            paper.as_json({"id": incident.id, "state": closing.kind.partition(".")[2]})
        else:
            paper.say(closing.says.format(id=incident.id))
        await office.note_if_asleep(house.store, house.clock.now())


async def _submit(
    house: House, person: Person, closing: Closing, answers: dict[str, str], about: str
) -> None:
    done = await acting.submit(house, person, closing.form, answers, about)
    if done.kind != closing.kind:
        raise Refused(f"Nothing was changed: {done.said}", Ending.NO)


# --- what is about to end --------------------------------------------------------------------


def _shown(picture: Picture, zone: str) -> list[str]:
    call, group = picture.roll_call, picture.everyone
    began = f"{paper.clock(call.launched_at, zone)} by {names.called(picture.launcher)}"
    lines = [
        f"{'THIS IS A DRILL' if call.drill else 'THIS IS REAL'}: {picture.noun.lower()} {call.id}.",
        f"  Words      {' '.join(call.words.split())}",
        f"  Started    {began}",
        f"  Asked      {group.total:,}",
        f"  Answered   {group.answered:,}",
        f"  Missing    {_named(group.missing, [row.called for row in picture.missing])}",
        f"  Need help  {_named(group.help, _in_need(picture))}",
    ]
    if picture.waiting:
        lines.insert(4, f"  Not asked  {picture.waiting:,} yet")
    return lines


def _in_need(picture: Picture) -> list[str]:
    return [f"{row.called}, {_taken(names.called(row.taker))}" for row in picture.help]


def _taken(by: str) -> str:
    return f"taken by {by}" if by else "taken by nobody yet"


def _named(number: int, people: list[str]) -> str:
    more = f"; and {number - len(people):,} more" if number > len(people) else ""
    return f"{number:,}" + (f": {'; '.join(people)}{more}" if people else "")


def _still(picture: Picture) -> str:
    """Said before the question, where somebody would be left in need."""
    need = picture.everyone.help
    if not need:
        return ""
    return f"{paper.people(need)} still need{'s' if need == 1 else ''} help. "


def _counted(before: Picture, after: Picture) -> str:
    """The noun, the id and the last counts."""
    group = after.everyone
    if not group.total:
        return f"{after.noun.lower()} {after.roll_call.id} (nobody had been asked)"
    # What was called off is withdrawn, so who was missing is known from before only.
    missing = before.everyone.missing if after.roll_call.state == "cancelled" else group.missing
    facts = [
        f"{group.total:,} asked",
        f"{group.answered:,} answered",
        f"{missing:,} missing",
        f"{group.help:,} in need of help",
    ]
    return f"{after.noun.lower()} {after.roll_call.id} ({', '.join(facts)})"


# --- whether it may ---------------------------------------------------------------------------


async def _may_end(house: House, look: Looking, person: Person, call: RollCall) -> None:
    from bot.handlers.rollcalls import may_end

    known = f"roll call {call.id}"
    if not call.running:
        how = "called off" if call.state == "cancelled" else "ended"
        raise Refused(f"Nothing was changed: {known} was {how} before.", Ending.NO)
    if not await may_end(acting.scene(house, look, person), call):
        raise _not_theirs(person, known, "whoever launched it or somebody with the role safety")


async def _may_work(house: House, look: Looking, person: Person, incident: Incident) -> None:
    from bot.handlers.incidents import may_work

    known = f"incident {incident.id}"
    if incident.over:
        how = incident.state.value
        raise Refused(f"Nothing was changed: {known} was {how} before.", Ending.NO)
    if not await may_work(acting.scene(house, look, person), incident):
        takes = "somebody who was paged, stands above the reporter, or has the role safety"
        raise _not_theirs(person, known, takes)


def _not_theirs(person: Person, known: str, takes: str) -> Refused:
    return Refused(
        f"Nothing was changed: {names.called(person)} may not end {known}; it takes {takes}.",
        Ending.NO,
    )
