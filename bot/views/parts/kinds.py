"""What a kind of incident is called, and what an incident is called by it."""

from __future__ import annotations

from bot.incidents import Incident
from bot.rules import Rules
from bot.texts import Words
from bot.views import Reader
from bot.views.parts import fit


def label(reader: Reader, kind: str) -> str:
    """The organisation's own name for the kind, else ours, else the kind as it is kept.

    An own kind without a name in the reader's language is called by its English name, or by
    any it has.
    """
    return called(reader.words, reader.rules, kind)


def called(words: Words, rules: Rules, kind: str) -> str:
    """The same in any language."""
    rule = rules.kinds.get(kind)
    labels = rule.labels if rule else {}
    if words.language in labels:
        return fit.line(labels[words.language])
    if words.has(f"kind-{kind}"):
        return words.say(f"kind-{kind}")
    return fit.line(labels.get("en") or next(iter(labels.values()), kind))


def name(reader: Reader, incident: Incident) -> str:
    """An incident in one line: what, and where if that is known."""
    kind = label(reader, incident.kind)
    place = fit.line(incident.place)
    return reader.words.say("incident-title", kind=kind, place=place) if place else kind
