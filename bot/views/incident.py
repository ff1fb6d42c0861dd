"""The incident: what was reported, who has it, what has been done.

Rules of the room:
- The reporter sees whether it arrived and who has it; those who may work on it see their taps
  as well; nobody else sees it.
- It asks until somebody takes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons, incidents
from bot.cards import Button, Card, Fields, Photo, Section, Style, Text, Tone
from bot.choices import may_launch
from bot.incidents import Incident
from bot.incidents import State as Stage
from bot.look import Look
from bot.people import Role
from bot.timeline import Note
from bot.views import Reader
from bot.views.parts import event, fit, kinds, people
from bot.views.parts.people import Told

NAMED = 6
"""How many of those told are named."""
NOTES = 8
NOTE_LENGTH = 300
PHOTOS = 4


@dataclass(frozen=True, slots=True)
class State:
    incident: Incident
    reporter: str
    taken_by: str
    ended_by: str
    told: Told
    notes: tuple[tuple[Note, str], ...]
    """The newest lines of the timeline, oldest first, with who wrote them."""
    worker: bool
    """The reader may work on it."""
    launcher: bool
    """The reader may start a roll call from it."""
    earlier: bool = False
    """The timeline has more lines than the newest."""


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    incident = await look.incident(subject.partition(":")[2])
    if incident is None:
        return None
    me = reader.person
    told = await people.told(look, incident.about, NAMED)
    tree = await look.tree()
    chain = tree.chain(incident.reporter)
    worker = incidents.may_work_on(incident, me, chain, me.id in told.ids)
    if not worker and me.id != incident.reporter:
        return None
    found = await look.notes(incident.about, NOTES + 1)
    notes = found[-NOTES:]
    await look.prefetch(people=[note.by for note in notes if note.by is not None])
    return State(
        incident,
        await event.name_of(look, incident.reporter),
        await event.name_of(look, incident.taken_by),
        await event.name_of(look, incident.ended_by),
        told,
        tuple([(note, await event.name_of(look, note.by)) for note in notes]),
        # The reporter is no judge of their own report, unless it is their office.
        worker and (me.id != incident.reporter or me.may(Role.SAFETY, Role.RESPONDER)),
        may_launch(me, tree),
        len(found) > len(notes),
    )


def draw(state: State, reader: Reader) -> Card:
    incident = state.incident
    body: list[Section | None] = [
        _standing(state, reader),
        _hurt(incident, reader),
        fit.said(incident.details) if incident.details else None,
        *(Photo(photo, reader.words.say("photo-alt")) for photo in incident.photos[:PHOTOS]),
        _facts(state, reader),
        _told(state, reader),
    ]
    if state.worker:
        body += _timeline(state, reader)
    return fit.card(
        reader,
        kinds.name(reader, incident),
        body,
        _buttons(state, reader),
        tone=_tone(incident),
        open=state.worker and incident.state is Stage.REPORTED,
    )


def _tone(incident: Incident) -> Tone:
    if incident.over:
        return Tone.GOOD if incident.state is Stage.CLOSED else Tone.CALM
    urgent = incident.severity == "critical" or incident.hurt == incidents.SOMEONE
    return Tone.URGENT if urgent or incident.state is Stage.REPORTED else Tone.CALM


def _standing(state: State, reader: Reader) -> Text:
    """Where it stands, to the reporter or to those who work on it."""
    words, incident = reader.words, state.incident
    if incident.over:
        when = words.when(incident.ended_at or incident.reported_at, reader.now)
        key = f"incident-ended-{incident.state.value}"
        if incident.taken_back:
            key = "incident-mistake"
        ended = words.say(key, name=fit.line(state.ended_by), when=when)
        if not incident.reason:
            return Text(ended)
        reason = fit.said(incident.reason, NOTE_LENGTH).text
        return Text(words.say("incident-reason", what=ended, reason=reason))
    if incident.state is Stage.TAKEN:
        if incident.taken_by == reader.person.id:
            return Text(words.say("page-yours"))
        when = words.when(incident.taken_at or incident.reported_at, reader.now)
        return Text(words.say("incident-taken", name=fit.line(state.taken_by), when=when))
    if state.worker:
        return Text(words.say("incident-waiting"))
    if not state.told.ids:
        return Text(words.say("incident-sent-nobody"))
    return Text(words.say("incident-mine-sent", count=len(state.told.ids)))


def _hurt(incident: Incident, reader: Reader) -> Text | None:
    if incident.hurt == incidents.UNKNOWN:
        return Text(reader.words.say("incident-hurt-unknown"))
    return Text(reader.words.say(f"incident-hurt-{incident.hurt}"))


def _facts(state: State, reader: Reader) -> Fields:
    words, incident = reader.words, state.incident
    cut = fit.line(incident.place) != fit.line(incident.place, 200)
    rows = [
        (words.say("fact-severity"), words.say(f"severity-{incident.severity}")),
        # The title has it already, unless it was too long for that.
        (words.say("fact-place"), fit.line(incident.place, 200) if cut else ""),
        (words.say("fact-site"), fit.line(incident.site)),
        (words.say("fact-reporter"), fit.line(state.reporter)),
        (words.say("fact-time"), words.when(incident.reported_at, reader.now)),
    ]
    if incident.site == incident.place:
        del rows[2]
    return Fields(tuple((label, value) for label, value in rows if value))


def _told(state: State, reader: Reader) -> Text | None:
    told = state.told
    if not told.ids or state.incident.over:
        return None
    listed = people.names(reader, told.names, len(told.ids))
    return Text(reader.words.say("page-told", names=listed), quiet=True)


def _timeline(state: State, reader: Reader) -> list[Section]:
    if not state.notes:
        return []
    words = reader.words
    lines: list[Section] = [Text(words.say("timeline-title"), quiet=True)]
    for note, name in state.notes:
        text = words.say(
            "timeline-line",
            when=words.when(note.at, reader.now),
            name=fit.line(name) or words.say("timeline-nobody"),
            text=noted(note, reader),
        )
        lines.append(Text(text))
    return lines


def noted(note: Note, reader: Reader) -> str:
    """What happened, or what somebody wrote, or both."""
    words = reader.words
    written = fit.said(note.text, NOTE_LENGTH).text if note.text else ""
    if note.key:
        values = {name: fit.line(value) for name, value in note.args.items()}
        happened = words.say(note.key, **values)
        return words.say("note-with-words", what=happened, text=written) if written else happened
    return written or words.say("photo-alt")


def _buttons(state: State, reader: Reader) -> tuple[Button, ...]:
    incident = state.incident
    words = reader.words
    whole: tuple[Button, ...] = ()
    if _cut(state):
        label = words.say("button-everything")
        whole = (fit.button(buttons.everything(incident.about), label),)
    mistake: tuple[Button, ...] = ()
    if incident.reporter == reader.person.id and incident.state is Stage.REPORTED:
        tap = buttons.incident(incident.id, "mistake")
        mistake = (fit.button(tap, words.say("button-mistake"), Style.QUIET),)
    if not state.worker or incident.over:
        return (*whole, *mistake)

    def act(name: str, style: Style = Style.PLAIN) -> Button:
        return fit.button(buttons.incident(incident.id, name), words.say(f"button-{name}"), style)

    drawn = []
    if incident.state is Stage.REPORTED:
        drawn.append(fit.button(buttons.take(incident.about), words.say("button-take"), Style.GOOD))
    drawn.append(act("note"))
    if state.launcher:
        drawn.append(act("rollcall"))
    return (*drawn, *whole, act("close"), act("dismiss", Style.QUIET), *mistake)


def _cut(state: State) -> bool:
    """True if there is more to read than the card shows."""
    incident = state.incident
    if len(incident.details) > fit.SAID or len(incident.photos) > PHOTOS:
        return True
    long = any(len(note.text) > NOTE_LENGTH for note, _ in state.notes)
    return state.worker and (state.earlier or long)
