"""Lines about people: those who are missing, those who need help, those who were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import buttons, pages
from bot.asks import Ask, Standing
from bot.calls import Way
from bot.cards import Button, Style
from bot.look import Look
from bot.people import Role
from bot.rollcalls import HELP, SAFE, RollCall
from bot.timeline import Note
from bot.views import Reader
from bot.views.parts import fit

GIVEN_UP = (Standing.CLIMBED, Standing.UNREACHED, Standing.LAPSED)
"""It climbed, or ended: of somebody no channel had reached by then, none will."""
WROTE = 120
"""Characters of what somebody wrote, on a list of people."""
NAMED = 3
"""How many people a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person on a list, with their ask and who has taken it if they need help."""

    name: str
    ask: Ask
    ways: Sequence[Way]
    """How they were asked; empty where no channel has taken it."""
    taken_by: str = ""
    answerable: bool = False
    """The reader may answer for them."""
    remark: Note | None = None
    """What they wrote beside their check-in last."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who was paged about something and who took it."""

    names: tuple[str, ...] = ()
    ids: frozenset[int] = frozenset()
    taken_by: int | None = None
    taker: str = ""


def may_answer(reader: Reader, ask: Ask, roll_call: RollCall) -> bool:
    """True if the reader may answer for the person asked: stands above them, launched the roll
    call (what the chain could not settle comes back to them), or is the safety desk."""
    me = reader.person
    if ask.person == me.id:
        return False
    return me.id in ask.chain or me.id == roll_call.launched_by or me.may(Role.SAFETY)


async def told(look: Look, about: str, named: int = NAMED) -> Told:
    """Who was paged about `about`; `named` of them by name."""
    paged = await look.asks_about(about)
    ids = dict.fromkeys(person for ask in paged for person in ask.asked_people)
    holder = pages.holder(paged)
    first = list(ids)[:named]
    await look.prefetch(people=[*first, *([holder] if holder is not None else [])])
    found = [await look.person(person) for person in first]
    taker = await look.person(holder) if holder is not None else None
    return Told(
        tuple(person.name for person in found if person),
        frozenset(ids),
        holder,
        taker.name if taker else "",
    )


def names(reader: Reader, given: Sequence[str], everyone: int) -> str:
    """Names in a sentence: those `given`, and how many more there are."""
    words = reader.words
    shown = [fit.line(name) for name in given]
    if everyone > len(shown):
        shown.append(words.say("and-more-people", count=everyone - len(shown)))
    return words.join(shown)


async def on_list(
    look: Look, asks: Sequence[Ask], reader: Reader, roll_call: RollCall, *, given: bool = False
) -> tuple[Somebody, ...]:
    """`asks` as people on a list, in the same order; `given` to the reader to look after."""
    await look.prefetch(people=[ask.person for ask in asks])
    ids = [ask.id for ask in asks]
    remarks, asked = await look.remarks(ids), await look.asked_by(ids)
    listed = []
    for ask in asks:
        person = await look.person(ask.person)
        if person is None:
            continue
        taker = (await told(look, f"help:{ask.id}", 0)).taker if ask.answer == HELP else ""
        may = may_answer(reader, ask, roll_call) or (given and ask.person != reader.person.id)
        listed.append(
            Somebody(person.name, ask, asked.get(ask.id, ()), taker, may, remarks.get(ask.id))
        )
    return tuple(listed)


def place(ask: Ask) -> tuple[str, str]:
    """Site and team."""
    return fit.line(ask.site), fit.line(ask.team)


def history(reader: Reader, somebody: Somebody) -> tuple[str, ...]:
    """What has been done to reach somebody so far, or what they said; with what they wrote."""
    words, ask = reader.words, somebody.ask
    if ask.answer == HELP and ask.answered_at is not None:
        since = words.say("person-needs-help", when=words.when(ask.answered_at, reader.now))
        if somebody.taken_by:
            return since, words.say("person-taken", name=fit.line(somebody.taken_by))
        return (since,)
    ways = somebody.ways
    if not ways and ask.standing in GIVEN_UP:
        asked = words.say("person-unreachable")
    elif ways and all(way.closed for way in ways):
        asked = words.say("person-page-closed")
    else:
        before = (ask.round - 1) * (ask.policy.reminders + 1)
        asked = words.say("person-asked", count=before + ask.reminders + 1)
    facts = [asked]
    if ask.tries:
        facts.append(words.say("person-tried", count=ask.tries))
    if ask.standing is Standing.UNREACHED:
        facts.append(words.say("person-unreached"))
    return (*facts, *wrote(reader, somebody))


def wrote(reader: Reader, somebody: Somebody) -> tuple[str, ...]:
    """What somebody wrote beside their check-in last."""
    note = somebody.remark
    if note is None:
        return ()
    when, text = reader.words.when(note.at, reader.now), fit.said(note.text, WROTE).text
    return (reader.words.say("person-wrote", when=when, text=text),)


def answers(reader: Reader, somebody: Somebody) -> tuple[Button, ...]:
    """What the reader may record for somebody."""
    if not somebody.answerable:
        return ()
    words, ask = reader.words, somebody.ask
    if ask.answer == HELP:
        label = words.say("for-now-safe")
        return (fit.button(buttons.behalf(ask.id, SAFE), label, Style.GOOD),)
    return (
        fit.button(buttons.behalf(ask.id, SAFE), words.say("for-safe"), Style.GOOD),
        fit.button(buttons.behalf(ask.id, HELP), words.say("for-help"), Style.DANGER),
        fit.button(buttons.behalf(ask.id, "tried"), words.say("for-tried"), Style.QUIET),
    )
