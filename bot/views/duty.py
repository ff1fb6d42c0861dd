"""Who is on duty: the safety desk, and whoever is called first for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, Section, Text
from bot.look import Look
from bot.views import Reader
from bot.views.parts import fit, people

NEAREST = 2
"""How many above the reader are named."""
NAMED = 6
"""How many at the desk are."""


@dataclass(frozen=True, slots=True)
class State:
    desk: tuple[str, ...]
    at_the_desk: int
    above: tuple[str, ...]


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    me = reader.person
    if subject.partition(":")[2] != str(me.id):
        return None
    desk = await look.desk()
    above = (await look.tree()).chain(me.id)[:NEAREST]
    await look.prefetch(people={*desk[:NAMED], *above})
    return State(await _names(look, desk[:NAMED]), len(desk), await _names(look, above))


async def _names(look: Look, ids: tuple[int, ...]) -> tuple[str, ...]:
    found = [await look.person(person) for person in ids]
    return tuple(person.name for person in found if person is not None)


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    body: list[Section] = []
    if state.desk:
        names = people.names(reader, state.desk, state.at_the_desk)
        body.append(Text(words.say("duty-desk", names=names)))
    else:
        body.append(Text(words.say("duty-nobody")))
    if state.above:
        names = people.names(reader, state.above, len(state.above))
        body.append(Text(words.say("duty-above", names=names)))
    return fit.card(reader, words.say("duty-title"), body)
