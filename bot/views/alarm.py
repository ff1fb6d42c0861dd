"""What nobody has taken, by name, to those the watchman calls.

Rules of the room:
- Drawn when it is sent: what somebody has taken meanwhile is no alarm any more, and an alarm
  with nothing left in it is not sent.
- Names stand here because nobody else came: whoever may do something has the button for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons, incidents
from bot.asks import Ask
from bot.cards import Button, Card, Person, Section, Style, Tone
from bot.incidents import Incident
from bot.look import Look
from bot.people import Role
from bot.views import Reader
from bot.views.parts import event, fit, kinds, people

MOST = 8
"""Of each sort."""


@dataclass(frozen=True, slots=True)
class State:
    cries: tuple[tuple[Ask, str], ...]
    """Check-ins in which somebody needs help, and their names."""
    incidents: tuple[Incident, ...]


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    if not reader.person.may(Role.ADMIN, Role.SAFETY):
        return None
    cries = []
    for ask in await look.crying(reader.now, 5 * MOST):
        if (await people.told(look, f"help:{ask.id}", 0)).taken_by is None:
            cries.append((ask, await event.name_of(look, ask.person)))
    reports = [i for i in await look.open_incidents() if i.state is incidents.State.REPORTED]
    if not cries and not reports:
        return None
    return State(tuple(cries[:MOST]), tuple(reports[:MOST]))


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    body: list[Section] = []
    for ask, name in state.cries:
        since = words.when(ask.answered_at, reader.now) if ask.answered_at else ""
        needs = words.say("person-needs-help", when=since)
        note = words.dotted((needs, *people.place(ask)))
        body.append(Person(fit.line(name), note, (_take(reader, f"help:{ask.id}"),)))
    for report in state.incidents:
        waits = words.say("state-reported")
        when = words.when(report.reported_at, reader.now)
        note = words.dotted((waits, fit.line(report.site), when))
        body.append(Person(kinds.name(reader, report), note, (_take(reader, report.about),)))
    count = len(state.cries) + len(state.incidents)
    return fit.card(
        reader, words.say("alarm-untaken", count=count), body, tone=Tone.URGENT, open=True
    )


def _take(reader: Reader, about: str) -> Button:
    return fit.button(buttons.take(about), reader.words.say("button-take"), Style.DANGER)
