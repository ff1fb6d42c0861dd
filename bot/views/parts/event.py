"""What a roll call says: the event's words, who is asked, who sent it and how it ended.

Rules of the room:
- Words the launcher chose from our suggestions are shown to everyone in their own language;
  words of the launcher's own are shown as they were written.
- Whoever is asked something reads who asks it.
"""

from __future__ import annotations

from functools import lru_cache

from bot.cards import Text
from bot.forms import clean
from bot.look import Look
from bot.rollcalls import RollCall, Scope
from bot.texts import Texts, Words
from bot.views import Reader
from bot.views.parts import fit

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


def plain(reader: Reader, words: str) -> str:
    """The event's words for this reader."""
    key = _suggestions(reader.texts).get(words)
    return reader.words.say(key) if key else words


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
