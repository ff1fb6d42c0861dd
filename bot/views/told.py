"""What the reporter of an incident is told at each step, in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, Section, Text, Tone
from bot.incidents import Incident
from bot.incidents import State as Stage
from bot.look import Look
from bot.views import Reader
from bot.views.parts import fit, kinds


@dataclass(frozen=True, slots=True)
class State:
    incident: Incident
    key: str
    name: str


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    incident = await look.incident(subject.partition(":")[2])
    if incident is None or incident.reporter != reader.person.id or "text" not in args:
        return None
    return State(incident, args["text"], args.get("name", ""))


def draw(state: State, reader: Reader) -> Card:
    words, incident = reader.words, state.incident
    body: list[Section] = []
    if incident.over and incident.reason:
        body.append(fit.said(incident.reason))
    about = words.say("told-about", incident=kinds.name(reader, incident))
    body.append(Text(about, quiet=True))
    tone = Tone.GOOD if incident.state in (Stage.TAKEN, Stage.CLOSED) else Tone.CALM
    return fit.card(reader, words.say(state.key, name=fit.line(state.name)), body, tone=tone)
