"""The menu: what somebody can do here.

Whatever waits for an answer of theirs comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons
from bot.cards import Button, Card, Section, Style
from bot.choices import may_launch
from bot.forms import Draft
from bot.look import Look
from bot.views import Reader
from bot.views.parts import fit, waiting
from bot.views.parts.waiting import CheckIn


@dataclass(frozen=True, slots=True)
class State:
    check_in: CheckIn | None
    """The roll call that waits for the reader's own answer."""
    waits: int
    """How many things wait for them."""
    draft: Draft | None
    launcher: bool


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    me = reader.person
    if subject.partition(":")[2] != str(me.id):
        return None
    asks = await look.waiting_for(me.id)
    return State(
        await waiting.check_in(look, asks, reader),
        len(asks),
        await look.draft_of(me.id),
        may_launch(me, await look.tree()),
    )


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    body: list[Section] = []
    first: tuple[Button, ...] = ()
    if state.check_in:
        body += waiting.question(reader, state.check_in)
        first = waiting.answers(reader, state.check_in)
    return fit.card(
        reader,
        words.say("menu-title"),
        body,
        (*first, *doors(reader, launcher=state.launcher, draft=state.draft, waits=state.waits)),
        drill=bool(state.check_in and state.check_in.roll_call.drill),
    )


def doors(reader: Reader, *, launcher: bool, draft: Draft | None, waits: int) -> tuple[Button, ...]:
    """The ways into everything somebody may do."""
    words = reader.words
    drawn = []
    if draft is not None and not draft.done:
        resume = buttons.form(draft.id, "!resume")
        drawn.append(fit.button(resume, words.say(f"button-resume-{draft.form}"), Style.GOOD))
    drawn.append(fit.button(buttons.do("report"), words.say("menu-report"), Style.DANGER))
    if launcher:
        drawn.append(fit.button(buttons.do("rollcall"), words.say("menu-rollcall")))
    status = words.say("menu-status-count", count=waits) if waits else words.say("menu-status")
    drawn.append(fit.button(buttons.do("status"), status))
    if launcher or reader.person.roles:
        drawn.append(fit.button(buttons.do("board"), words.say("menu-board")))
    drawn.append(fit.button(buttons.do("help"), words.say("menu-help"), Style.QUIET))
    return tuple(drawn)
