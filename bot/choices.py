"""What a question offers: the open lists of kinds, places and people, and the fixed options.

Rules of the room:
- Nobody is offered what they may not do: a lead without an office may only ask their own
  people.
- Who is asked travels as text, `everyone`, `site:<name>`, `team:<name>`, `under:<person id>`
  or `list`; `scope_of` reads it back.
- Typed words count in every language, whatever the reader's own is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.forms import Draft, Form, Option, Question, clean
from bot.look import Look
from bot.people import CallTree, Person, Role
from bot.rollcalls import Scope
from bot.views import Reader
from bot.views.parts import event, kinds

PLACES = 8
LISTED = 200
"""Sites and teams offered at most; the card shows the first of them, the rest can be typed."""


def may_launch(person: Person, tree: CallTree) -> bool:
    """True for the safety desk, administrators, and leads for those below them."""
    if person.left:
        return False
    return person.may(Role.SAFETY, Role.ADMIN) or bool(tree.reports(person.id))


def scope_of(who: str, people: str = "") -> tuple[Scope, tuple[str, ...]]:
    """The scope and target behind an answer to *who*; `people` are the keys typed for a list.

    >>> scope_of("site:Osaka"), scope_of("list", "A12, B7")
    ((<Scope.SITE: 'site'>, ('Osaka',)), (<Scope.LIST: 'list'>, ('A12', 'B7')))
    """
    noun, _, name = who.partition(":")
    if noun == Scope.LIST:
        return Scope.LIST, keys_in(people)
    scope = Scope(noun)
    return scope, (name,) if name else ()


def keys_in(people: str) -> tuple[str, ...]:
    """People's keys as somebody typed them: apart by spaces, commas or lines; each once."""
    return tuple(dict.fromkeys(key for key in re.split(r"[\s,;、，；،؛]+", people) if key))


async def choices(
    look: Look, reader: Reader, form: Form, draft: Draft, question: Question
) -> tuple[Option, ...]:
    """What `question` offers this reader; empty where it is to be answered in words."""
    match form.name, question.name:
        case "incident", "kind":
            return _kinds(reader)
        case "incident", "place":
            return await _places(look, reader)
        case "rollcall", "who":
            return await _who(look, reader)
        case "rollcall", "words":
            return await _words(look, reader, draft)
        case "note", "which":
            return await _incidents(look, reader, draft)
        case _:
            return tuple(_fixed(reader, form, question, value) for value in question.options)


def _fixed(reader: Reader, form: Form, question: Question, value: str) -> Option:
    key = f"option-{form.name}-{question.name}-{value}"
    return Option(value, reader.words.say(key), reader.texts.anywhere(f"{key}-words"))


def _kinds(reader: Reader) -> tuple[Option, ...]:
    return tuple(
        Option(
            kind,
            kinds.label(reader, kind),
            (*rule.labels.values(), *rule.words, *reader.texts.anywhere(f"kind-{kind}-words")),
        )
        for kind, rule in reader.rules.kinds.items()
    )


async def _places(look: Look, reader: Reader) -> tuple[Option, ...]:
    sites = _own_first(await look.sites(), reader.person.site)
    return tuple(Option(site, site) for site in sites[:PLACES])


def _own_first(names: Sequence[str], own: str) -> list[str]:
    """`names` with one's own in front, if one has any."""
    return ([own] if own else []) + [name for name in names if name != own]


async def _who(look: Look, reader: Reader) -> tuple[Option, ...]:
    me, words, texts = reader.person, reader.words, reader.texts
    tree = await look.tree()

    def option(value: str, key: str, **args: str | int) -> Option:
        label = words.say(f"option-rollcall-who-{key}", **args)
        return Option(value, label, texts.anywhere(f"option-rollcall-who-{key}-words"))

    def place(noun: str, name: str) -> Option:
        label = words.say(f"option-rollcall-who-{noun}", name=name)
        return Option(f"{noun}:{name}", label, (name,))

    below = []
    if tree.reports(me.id):
        count = len(tree.subtree(me.id))
        below = [option(f"under:{me.id}", "under", count=count)]
    if not me.may(Role.SAFETY, Role.ADMIN):
        return tuple(below)
    sites = [place("site", name) for name in _own_first(await look.sites(), me.site)]
    teams = [place("team", name) for name in _own_first(await look.teams(), me.team)]
    # One's own site and team, then the wider choices, then everybody else's.
    own = (1 if me.site else 0, 1 if me.team else 0)
    return (
        option("everyone", "everyone"),
        *sites[: own[0]],
        *teams[: own[1]],
        *below,
        option("list", "list"),
        *sites[own[0] : LISTED],
        *teams[own[1] : LISTED],
    )


async def _words(look: Look, reader: Reader, draft: Draft) -> tuple[Option, ...]:
    """Words for the event: those of the incident it is about first."""
    texts = []
    if draft.answers.get("drill") == "drill":
        texts.append(reader.words.say("option-rollcall-words-drill"))
    noun, _, incident_id = draft.about.partition(":")
    incident = await look.incident(incident_id) if noun == "incident" else None
    if incident is not None:
        name = kinds.name(reader, incident)
        texts.append(reader.words.say("option-rollcall-words-incident", incident=name))
        texts.append(reader.words.say("option-rollcall-words-general"))
    else:
        texts += [reader.words.say(key) for key in event.SUGGESTED[:3]]
    # Kept with the roll call, so without the marks that isolate names.
    return tuple(Option(clean(text), clean(text)) for text in texts)


async def _incidents(look: Look, reader: Reader, draft: Draft) -> tuple[Option, ...]:
    """Open incidents to note something about: the one the form was opened from, then those the
    reader has taken."""
    found = {incident.id: incident for incident in await look.in_charge(reader.person.id)}
    noun, _, incident_id = draft.about.partition(":")
    opened_from = await look.incident(incident_id) if noun == "incident" else None
    if opened_from is not None and not opened_from.over:
        found = {opened_from.id: opened_from, **found}
    return tuple(Option(i.id, clean(kinds.name(reader, i))) for i in found.values())
