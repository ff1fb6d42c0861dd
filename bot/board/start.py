"""The first page of the board: what is going on now, as far as it concerns its reader."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.asks import Kind
from bot.board import rollcall
from bot.board.look import BoardLook
from bot.board.rollcall import Seen
from bot.cards import Button, Card, Person
from bot.found import Count
from bot.incidents import Incident
from bot.questions import card_of
from bot.rights import Rights
from bot.views import Reader, draw
from bot.views.parts import kinds
from bot.views.parts.unsettled import Group, together

RUNNING = 8
ENDED = 6
INCIDENTS = 12
MINE = 6
"""Cards of the reader's own."""

IN_CHAT = frozenset({"do", "wl", "rc", "all"})
"""Verbs of buttons that send a card, which the board has pages for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A roll call in a few numbers."""

    seen: Seen
    group: Group


@dataclass(frozen=True, slots=True)
class Report:
    """An incident in a line."""

    incident: Incident
    name: str
    """What and where, in the reader's language."""
    taken_by: str


@dataclass(frozen=True, slots=True)
class Start:
    mine: tuple[Card, ...]
    """What waits for the reader, as their chat shows it."""
    running: tuple[Standing, ...]
    incidents: tuple[Report, ...]
    ended: tuple[Seen, ...]


async def gather(look: BoardLook, rights: Rights, reader: Reader) -> Start:
    running = []
    for roll_call in (await look.running())[:RUNNING]:
        found = await rollcall.seen(look, roll_call.id, rights)
        if found is not None:
            counts: list[Count] = []
            if found.answers:
                counts = await look.tallied(roll_call.about, found.within)
            running.append(Standing(found, together(counts)))
    ended = []
    for roll_call in await look.lately(ENDED * 2):
        over = await rollcall.seen(look, roll_call.id, rights)
        if over is not None and over.answers:
            ended.append(over)
    return Start(
        await _mine(look, reader),
        tuple(running),
        await reports(
            look,
            await look.incidents_lately(
                None, INCIDENTS, rights.reporters, rights.person.id, unfinished=True
            ),
            reader,
        ),
        tuple(ended[:ENDED]),
    )


async def _mine(look: BoardLook, reader: Reader) -> tuple[Card, ...]:
    """What waits for the reader: cries for help, their own answer, people to call."""
    waits = await look.waiting_for(reader.person.id)
    waits.sort(key=lambda ask: ask.kind is not Kind.PAGE)
    wanted = [card_of(ask)[1:] for ask in waits]
    for roll_call in (await look.running())[:RUNNING]:
        if (await look.worklist(roll_call.about, reader.person.id, 0, 1)).total:
            wanted.append(("worklist", f"worklist:{roll_call.id}:{reader.person.id}"))
    found = [await draw(view, look, subject, reader, {}) for view, subject in wanted[:MINE]]
    return tuple(plain(card) for card in found if card is not None)


def plain(card: Card) -> Card:
    """The card without buttons that only send another card to a chat."""
    body = tuple(
        replace(part, buttons=_kept(part.buttons)) if isinstance(part, Person) else part
        for part in card.body
    )
    return replace(card, body=body, buttons=_kept(card.buttons))


def _kept(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    return tuple(
        button
        for button in buttons
        if button.id.partition(":")[0] not in IN_CHAT and not button.id.endswith(":show")
    )


async def reports(look: BoardLook, found: list[Incident], reader: Reader) -> tuple[Report, ...]:
    """Those of these incidents that the reader may see."""
    listed = []
    for incident in found:
        card = await draw("incident", look, incident.about, reader, {})
        if card is None:
            continue
        taken = await look.person(incident.taken_by) if incident.taken_by is not None else None
        name = kinds.name(reader, incident)
        listed.append(Report(incident, name, taken.name if taken else ""))
    return tuple(listed)
