"""What nobody has taken, by name, to those the watchman calls.

Rules of the room:
- Drawn when it is sent: what somebody has taken meanwhile is no alarm any more, and an alarm
  with nothing left in it is not sent.
- Names stand here because nobody else came: whoever may do something has the button for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons
from bot.asks import Ask
from bot.cards import Button, Card, Person, Section, Style, Text, Tone
from bot.incidents import Incident
from bot.look import Look
from bot.people import Role
from bot.views import Reader
from bot.views.parts import event, fit, kinds, people

MOST = 8
"""Of each sort by name."""
COUNTED = 1000
"""Of each sort."""


@dataclass(frozen=True, slots=True)
class State:
    cries: tuple[tuple[Ask, str], ...]
    """Check-ins in which somebody needs help, and their names."""
    incidents: tuple[Incident, ...]
    count: int
    """All of them."""


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    if not reader.person.may(Role.ADMIN, Role.SAFETY):
        return None
    cries = await look.crying(reader.now, COUNTED, untaken=True)
    reports = await look.untaken_reports(COUNTED)
    if not cries and not reports:
        return None
    await look.prefetch(people=[ask.person for ask in cries[:MOST]])
    named = [(ask, await event.name_of(look, ask.person)) for ask in cries[:MOST]]
    return State(tuple(named), tuple(reports[:MOST]), len(cries) + len(reports))


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
    rest = state.count - len(state.cries) - len(state.incidents)
    if rest:
        body.append(Text(words.say("and-more", count=rest), quiet=True))
    title = words.say("alarm-untaken", count=state.count)
    return fit.card(reader, title, body, tone=Tone.URGENT, open=True)


def _take(reader: Reader, about: str) -> Button:
    return fit.button(buttons.take(about), reader.words.say("button-take"), Style.DANGER)
