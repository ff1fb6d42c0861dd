"""What a roll call says: the event's words, who is asked, who sent it and how it ended.

Rules of the room:
- Words the launcher chose from our suggestions are shown to everyone in their own language, the
  kind of the incident they speak of included; words of the launcher's own, and the place of an
  incident, are shown as they were written.
- Whoever is asked something reads who asks it.
"""

from __future__ import annotations

from functools import lru_cache

from bot.cards import Text
from bot.forms import clean
from bot.look import Look
from bot.rollcalls import RollCall, Scope
from bot.rules import Rules
from bot.texts import Texts, Words
from bot.views import Reader
from bot.views.parts import fit, kinds

SUGGESTED = (
    "option-rollcall-words-general",
    "option-rollcall-words-earthquake",
    "option-rollcall-words-fire",
    "option-rollcall-words-drill",
)
"""Words for an event without any particulars."""


@lru_cache(maxsize=8)
def _suggestions(texts: Texts) -> dict[str, str]:
    """Each suggestion in each language, to its key."""
    return {
        clean(texts.words(language).say(key)): key
        for language in texts.languages
        for key in SUGGESTED
    }


class _Spoken:
    """The organisation's kinds of incident in every language, as one thing to remember by."""

    def __init__(self, texts: Texts, rules: Rules) -> None:
        self.texts, self.rules = texts, rules

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Spoken):
            return False
        return self.texts is other.texts and self.rules is other.rules

    def __hash__(self) -> int:
        return hash((id(self.texts), id(self.rules)))


Opening = tuple[str, str, str]
"""What stands before the place of an incident and behind it, and its kind."""
PLACE = "\ue000"
"""Stands for a place: nobody's words hold it."""


@lru_cache(maxsize=4)
def _openings(spoken: _Spoken) -> tuple[dict[str, str], tuple[Opening, ...]]:
    """The words offered for a roll call about an incident: whole ones, and those with a place."""
    whole: dict[str, str] = {}
    parts: list[Opening] = []
    for language in spoken.texts.languages:
        words = spoken.texts.words(language)
        for kind in spoken.rules.kinds:
            label = kinds.called(words, spoken.rules, kind)
            whole.setdefault(_about_incident(words, label, ""), kind)
            before, _, after = _about_incident(words, label, PLACE).partition(PLACE)
            parts.append((before, after, kind))
    parts.sort(key=lambda part: -len(part[0]))
    return whole, tuple(parts)


def _about_incident(words: Words, label: str, place: str) -> str:
    name = words.say("incident-title", kind=label, place=place) if place else label
    return clean(words.say("option-rollcall-words-incident", incident=name))


@lru_cache(maxsize=256)
def _incident_in(spoken: _Spoken, words: str) -> tuple[str, str] | None:
    """The kind and place of the incident these words speak of, if they are ours."""
    whole, parts = _openings(spoken)
    if words in whole:
        return whole[words], ""
    for before, after, kind in parts:
        inner = len(words) - len(before) - len(after)
        if inner > 0 and words.startswith(before) and words.endswith(after):
            return kind, words[len(before) : len(before) + inner]
    return None


def plain(reader: Reader, words: str) -> str:
    """The event's words for this reader: ours in their language, somebody's own as written."""
    key = _suggestions(reader.texts).get(words)
    if key:
        return reader.words.say(key)
    found = _incident_in(_Spoken(reader.texts, reader.rules), words)
    if found is None:
        return words
    kind, place = found
    return _about_incident(reader.words, kinds.label(reader, kind), place)


def said(reader: Reader, roll_call: RollCall) -> Text:
    """The event's words as a paragraph."""
    return fit.said(plain(reader, roll_call.words))


def about(reader: Reader, roll_call: RollCall) -> Text:
    """Which roll call this is about, in small print."""
    words = fit.line(plain(reader, roll_call.words), 200)
    return Text(reader.words.say("rollcall-about", words=words), quiet=True)


def sender(reader: Reader, roll_call: RollCall, launcher: str) -> Text:
    """Who sent it, and when."""
    words = reader.words
    when = words.when(roll_call.launched_at, reader.now)
    return _sent(words, fit.line(launcher), fit.organisation(reader), when)


@lru_cache(maxsize=512)
def _sent(words: Words, name: str, organisation: str, when: str) -> Text:
    # The same on each of 100,000 check-ins: formatting it anew is a third of drawing one.
    text = words.say("rollcall-from", name=name, organisation=organisation, when=when)
    return Text(text, quiet=True)


def ended(reader: Reader, roll_call: RollCall, by: str) -> Text | None:
    """Who ended it, and when; nothing while it runs."""
    if roll_call.ended_at is None:
        return None
    words = reader.words
    when = words.when(roll_call.ended_at, reader.now)
    return Text(words.say("rollcall-ended", name=fit.line(by), when=when), quiet=True)


def scope(reader: Reader, kind: Scope, target: tuple[str, ...], lead: str, people: int) -> str:
    """Who is asked, in words; `lead` is the name behind `under`."""
    words = reader.words
    match kind:
        case Scope.EVERYONE:
            return words.say("scope-everyone", organisation=fit.organisation(reader))
        case Scope.SITE | Scope.TEAM:
            names = words.join([fit.line(name) for name in target[:5]])
            return words.say(f"scope-{kind.value}", names=names)
        case Scope.UNDER:
            return words.say("scope-under", name=fit.line(lead))
        case Scope.LIST:
            return words.say("scope-list", count=people)


async def lead_of(look: Look, kind: Scope, target: tuple[str, ...]) -> str:
    """The name behind a scope of everybody under one lead."""
    if kind is not Scope.UNDER or not target:
        return ""
    return await name_of(look, int(target[0]))


async def name_of(look: Look, person: int | None) -> str:
    """Somebody's name; empty where there is nobody."""
    found = await look.person(person) if person is not None else None
    return found.name if found else ""
