"""Help: what this is, and what can be done by tapping or by typing.

Somebody who types "help" while a roll call waits may mean it: the answers come first then, in
the order in which they are numbered everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Button, Card, Section, Text
from bot.look import Look
from bot.views import Reader, menu
from bot.views.menu import State
from bot.views.parts import fit, waiting


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    return await menu.gather(look, subject, reader, args)


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    body: list[Section] = []
    first: tuple[Button, ...] = ()
    if state.check_in:
        body += waiting.question(reader, state.check_in)
        first = waiting.answers(reader, state.check_in)
    organisation = fit.organisation(reader)
    body += [
        Text(words.say("help-body", organisation=organisation)),
        Text(words.say("help-report")),
        Text(words.say("help-answer")),
    ]
    if state.launcher:
        body.append(Text(words.say("help-rollcall")))
    body += [Text(words.say("help-words")), Text(words.say("help-privacy"), quiet=True)]
    return fit.card(
        reader,
        words.say("help-title"),
        body,
        (
            *first,
            *menu.doors(reader, launcher=state.launcher, draft=state.draft, waits=state.waits)[:-1],
        ),
        drill=bool(state.check_in and state.check_in.roll_call.drill),
    )
