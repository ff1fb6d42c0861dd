"""Incidents as the board shows them: the list, and one with all that was written about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.board import start
from bot.board.look import BoardLook
from bot.board.start import Report
from bot.cards import Card
from bot.incidents import Incident
from bot.rights import Rights
from bot.views import Reader, draw, incident
from bot.views.parts import kinds

LISTED = 30
NOTES = 200


@dataclass(frozen=True, slots=True)
class Page:
    reports: tuple[Report, ...]
    more: tuple[datetime, str] | None
    """Where the next page begins."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line of a timeline: what happened in our words, and what was written."""

    at: datetime
    name: str
    happened: str
    text: str


@dataclass(frozen=True, slots=True)
class Dossier:
    incident: Incident
    name: str
    card: Card
    """With the buttons that its reader has in chat as well."""
    notes: tuple[Note, ...]


async def page(
    look: BoardLook, after: tuple[datetime, str] | None, rights: Rights, reader: Reader
) -> Page:
    """The newest reports, or those after `after`."""
    me = rights.person.id
    found = await look.incidents_lately(after, LISTED + 1, rights.reporters, me)
    more = None
    if len(found) > LISTED:
        found = found[:LISTED]
        more = found[-1].reported_at, found[-1].id
    return Page(await start.reports(look, found, reader), more)


async def dossier(look: BoardLook, id_: str, reader: Reader) -> Dossier | None:
    """One incident, if its reader may see it."""
    found = await look.incident(id_)
    card = await draw("incident", look, found.about, reader, {}) if found else None
    if found is None or card is None:
        return None
    state = await incident.gather(look, found.about, reader, {})
    lines = []
    if state is not None and state.worker:
        notes = await look.notes(found.about, NOTES)
        await look.prefetch(people=[note.by for note in notes if note.by is not None])
        for note in notes:
            by = await look.person(note.by) if note.by is not None else None
            happened = reader.words.say(note.key, **note.args) if note.key else ""
            lines.append(Note(note.at, by.name if by else "", happened, note.text))
    return Dossier(found, kinds.name(reader, found), start.plain(card), tuple(lines))
