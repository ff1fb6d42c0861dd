"""The incident: reported, taken by somebody, worked on, closed or dismissed.

Rules of the room:
- A report pages the reporter's lead *and* the safety desk at once; whoever takes it first has
  it, and everybody paged sees who.
- The reporter is told at each step.
- What those who deal with it write becomes its timeline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot import pages
from bot.asks import Ask, Policy, Standing
from bot.outcomes import Entry, Outcome, Priority, Refresh, Reply, Show, Sweep
from bot.pages import Pageable
from bot.people import Person, Role
from bot.timeline import Note

NOBODY, SOMEONE, UNKNOWN = "nobody", "someone", "unknown"


class State(StrEnum):
    REPORTED = "reported"
    TAKEN = "taken"
    CLOSED = "closed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident; `place` and `details` are the reporter's own words."""

    id: str
    kind: str
    severity: str
    reporter: int
    reported_at: datetime
    place: str = field(default="", repr=False)
    site: str = ""
    hurt: str = UNKNOWN
    details: str = field(default="", repr=False)
    photos: tuple[str, ...] = ()
    state: State = State.REPORTED
    taken_by: int | None = None
    taken_at: datetime | None = None
    ended_by: int | None = None
    ended_at: datetime | None = None
    reason: str = field(default="", repr=False)

    @property
    def about(self) -> str:
        return f"incident:{self.id}"

    @property
    def over(self) -> bool:
        return self.state in (State.CLOSED, State.DISMISSED)

    @property
    def taken_back(self) -> bool:
        """Its reporter said that it was a mistake."""
        own = self.ended_by == self.reporter and not self.reason
        return own and self.state is State.DISMISSED


def _told(incident: Incident, key: str, by: Person | None = None) -> list[Show]:
    """The reporter hears of a step in a line of its own, and their card is drawn again."""
    if by is not None and by.id == incident.reporter:
        return []
    args = {"text": key, "name": by.name if by else ""}
    return [Show(incident.reporter, "told", incident.about, args, Priority.REPLY)]


def reported(
    incident: Incident,
    desk: Sequence[Pageable],
    ids: Sequence[str],
    policy: Policy,
    now: datetime,
    note_id: str,
) -> Outcome:
    """A report comes in: page `desk` (lead and safety officers) at once, `ids` one for each.

    An empty `desk` is told to the reporter in plain words: nobody is set up to receive it.
    """
    about = incident.about
    out = Outcome(
        save=[incident, Note(note_id, about, now, incident.reporter, key="note-reported")],
        show=[Show(incident.reporter, "incident", about, priority=Priority.REPLY, about=about)],
        journal=[
            Entry(
                "incident.reported",
                about,
                incident.reporter,
                data={"kind": incident.kind, "severity": incident.severity},
            )
        ],
    )
    out.add(pages.page(about, desk, ids, policy, now, without=incident.reporter))
    out.reply = Reply("incident-sent" if desk else "incident-sent-nobody", problem=not desk)
    return out


def completed(incident: Incident, answers: Mapping[str, str], by: Person) -> Outcome:
    """The reporter adds to or corrects what they sent; everybody's card follows."""
    if incident.over:
        return Outcome(reply=Reply("incident-is-over", problem=True))
    known = {"kind", "place", "site", "hurt", "details", "severity"}
    fresh = {k: v for k, v in answers.items() if k in known and getattr(incident, k) != v}
    if not fresh:
        return Outcome()
    return Outcome(
        save=[replace(incident, **fresh)],  # type: ignore[arg-type]
        refresh=[Refresh(incident.about)],
        journal=[
            Entry("incident.completed", incident.about, by.id, data={"what": " ".join(fresh)})
        ],
        reply=Reply("incident-updated"),
    )


def taken(
    incident: Incident, paged: Sequence[Ask], by: Person, now: datetime, note_id: str
) -> Outcome:
    """Somebody takes it: the climb stops, everyone sees who."""
    if incident.over:
        return Outcome(reply=Reply("incident-is-over", problem=True))
    if incident.state is State.TAKEN:
        mine = incident.taken_by == by.id
        return Outcome(reply=Reply("page-yours" if mine else "page-already-taken"))
    about = incident.about
    out = pages.taken(paged, about, by, now)
    has = replace(incident, state=State.TAKEN, taken_by=by.id, taken_at=now)
    out.save += [has, Note(note_id, about, now, by.id, key="note-taken")]
    out.show += [
        Show(by.id, "incident", about, priority=Priority.REPLY, about=about, in_place=True),
        *_told(has, "told-taken", by),
    ]
    out.refresh = [Refresh(about)]
    out.reply = Reply("page-taken")
    return out


def left(
    incident: Incident,
    taker: Person | None,
    desk: Sequence[Pageable],
    ids: Sequence[str],
    policy: Policy,
    now: datetime,
    note_id: str,
) -> Outcome:
    """Whoever had taken it has left the organisation: it is nobody's, and paged afresh."""
    about, gone = incident.about, incident.taken_by
    again = replace(incident, state=State.REPORTED, taken_by=None, taken_at=None)
    out = Outcome(
        save=[
            again,
            Sweep(about, Standing.WITHDRAWN, answered_too=True),
            Note(note_id, about, now, gone, key="note-taker-left"),
        ],
        show=_told(again, "told-taker-left" if desk else "incident-sent-nobody", taker),
        refresh=[Refresh(about)],
        journal=[Entry("incident.taker-left", about, gone)],
    )
    return out.add(pages.page(about, desk, ids, policy, now, without=incident.reporter))


def raised(
    incident: Incident,
    desk: Sequence[Pageable],
    ids: Sequence[str],
    policy: Policy,
    now: datetime,
) -> Outcome:
    """It is more urgent than it was, and nobody has it: whoever is paged is paged afresh, with
    less patience."""
    again = pages.page(incident.about, desk, ids, policy, now, without=incident.reporter)
    again.save.insert(0, Sweep(incident.about, Standing.WITHDRAWN))
    again.refresh.append(Refresh(incident.about))
    return again


def learned(incident: Incident, paged: Sequence[Ask]) -> list[Show]:
    """Something that changes what one must do: whoever has it, or is asked to take it, hears of
    it, unless their card came a moment ago and only has to be drawn again."""
    holders = [page.holder for page in paged if page.waiting]
    whom = [incident.taken_by] if incident.taken_by is not None else holders
    about = incident.about
    return [
        Show(p, "incident", about, priority=Priority.PAGE, about=about, in_place=True)
        for p in dict.fromkeys(whom)
        if p != incident.reporter
    ]


def taken_back(
    incident: Incident, paged: Sequence[Ask], by: Person, now: datetime, note_id: str
) -> Outcome:
    """Its reporter says that it was a mistake, before anybody took it: whoever was called hears
    so, loud, for they may be running already."""
    if incident.state is not State.REPORTED:
        return Outcome(reply=Reply("page-already-taken", problem=True))
    over = replace(incident, state=State.DISMISSED, ended_by=by.id, ended_at=now)
    about = incident.about
    called = dict.fromkeys(person for page in paged for person in page.asked_people)
    return Outcome(
        save=[
            over,
            Sweep(about, Standing.WITHDRAWN),
            Note(note_id, about, now, by.id, key="note-mistake"),
        ],
        show=[
            Show(p, "incident", about, priority=Priority.PAGE, about=about)
            for p in called
            if p != by.id
        ],
        refresh=[Refresh(about)],
        journal=[Entry("incident.taken-back", about, by.id)],
        reply=Reply("incident-taken-back"),
    )


def noted(incident: Incident, by: Person, note: Note) -> Outcome:
    """Words for the timeline."""
    return Outcome(
        save=[note],
        refresh=[Refresh(incident.about)],
        journal=[Entry("incident.noted", incident.about, by.id, data={"note": note.id})],
        reply=Reply("incident-noted"),
    )


def pictured(incident: Incident, by: Person, photo: str, note: Note) -> Outcome:
    """A photo for the incident."""
    return Outcome(
        save=[replace(incident, photos=(*incident.photos, photo)), note],
        refresh=[Refresh(incident.about)],
        journal=[Entry("incident.pictured", incident.about, by.id, data={"photo": photo})],
        reply=Reply("photo-added"),
    )


def ended(
    incident: Incident,
    state: State,
    by: Person,
    reason: str,
    now: datetime,
    note_id: str,
) -> Outcome:
    """Closed (dealt with) or dismissed (nothing in it), with a reason the reporter hears."""
    if incident.over:
        return Outcome(reply=Reply("incident-is-over"))
    over = replace(incident, state=state, ended_by=by.id, ended_at=now, reason=reason)
    about = incident.about
    return Outcome(
        save=[
            over,
            Sweep(about, Standing.WITHDRAWN),
            Note(note_id, about, now, by.id, key=f"note-{state.value}", text=reason),
        ],
        show=_told(over, f"told-{state.value}", by),
        refresh=[Refresh(about)],
        journal=[Entry(f"incident.{state.value}", about, by.id)],
        reply=Reply(f"incident-{state.value}"),
    )


def may_work_on(incident: Incident, person: Person, chain: Sequence[int], paged: bool) -> bool:
    """Who may take, note, close or dismiss: the desk, those paged, those above the reporter."""
    return (
        person.may(Role.SAFETY, Role.RESPONDER)
        or (paged and not person.left)
        or person.id in chain
        or person.id == incident.taken_by
    )
