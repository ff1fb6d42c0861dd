"""Acting as somebody: a whole form through the one door, and what came of it.

Rules of the room:
- A form is checked before it is sent, against what this person is offered. What would only
  leave a half-filled form behind is refused here instead.
- Replies are said in English here, whatever the person's own language is: the terminal's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bot.commands.parts.endings import Ending, Refused

if TYPE_CHECKING:
    from bot.app import House
    from bot.handlers import Scene
    from bot.look import Look
    from bot.people import Person


@dataclass(frozen=True, slots=True)
class Done:
    """What one event came to."""

    kind: str
    """The first thing it caused, as the journal calls it: `rollcall.launched`."""
    about: str
    reply: str
    """The key of what the person was told."""
    said: str
    problem: bool


async def submit(
    house: House, person: Person, form: str, answers: Mapping[str, str], about: str = ""
) -> Done:
    """Hand in a whole form as `person`; returns once it is on disk."""
    from bot.events import Sender, Submitted
    from bot.forms import clean
    from storage import records

    event = Submitted(
        f"cli:{house.ids.token(20)}", Sender("person", str(person.id)), form, answers, about
    )
    await house.engine.handle(event)
    async with house.store.look() as look:
        line = await records.caused(look.conn, event.id)
    if line is None:
        raise Refused("The database did not keep what was sent: try again.", Ending.STORAGE)
    key, args, problem = json.loads(line.reply) if line.reply else ("", {}, False)
    said = clean(house.texts.words("en").say(key, **args)) if key else ""
    if line.kind == "event.failed":
        raise Refused(said, Ending.FAULT)
    return Done(line.kind, line.about, key, said, problem)


def scene(house: House, look: Look, person: Person) -> Scene:
    """What the handlers decide from, to ask them beforehand who may."""
    from bot.events import Sender, Submitted
    from bot.handlers import Scene

    event = Submitted("", Sender("person", str(person.id)), "", {})
    # Only looked at, never written to.
    return Scene(
        cast("Any", look),
        event,
        person,
        house.clock.now(),
        house.ids,
        house.rules,
        house.texts,
        house.engine.lexicon,
    )


async def checked(
    house: House,
    look: Look,
    person: Person,
    form: str,
    answers: Mapping[str, str],
    sentences: Mapping[str, str],
    about: str = "",
) -> dict[str, str]:
    """The answers as the form takes them; `sentences` say per question what is wrong with one."""
    from bot.choices import choices
    from bot.forms import FORMS, Draft, answer, upcoming
    from bot.views import Reader

    asked = FORMS[form]
    draft = Draft("", person.id, form, about=about)
    reader = Reader(person, house.clock.now(), house.rules, house.texts)
    offered: dict[str, Any] = {}
    for name in answers:
        question = asked.question(name)
        if question is not None and question.kind == "choice":
            offered[name] = await choices(look, reader, asked, draft, question)
    filled, problems = answer(asked, draft, answers, offered)
    for name, key in problems.items():
        question = asked.question(name)
        longest = question.longest if question else 0
        if key == "problem-too-long":
            raise Refused(f"--{name} is too long: at most {longest:,} characters.")
        raise Refused(sentences.get(name, f"--{name} cannot be used."))
    still = upcoming(asked, filled)
    if still is not None:
        raise Refused(sentences.get(still.name, f"--{still.name} is missing."))
    return dict(filled.answers)
