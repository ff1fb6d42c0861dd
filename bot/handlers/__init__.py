"""Handlers: what an event means, one file a noun.

Rules of the room:
- A handler looks up what it needs, checks who may, asks the noun to decide, and returns the
  `Outcome`. It never writes.
- Taps are found by the verb of the button, forms by their name; adding a file adds its verbs.
- What people get wrong is an outcome with a text key, never an exception.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bot.asks import Policy
from bot.events import FromPeople, Submitted, Tapped, Wrote
from bot.forms import Draft
from bot.lexicon import Lexicon
from bot.look import Work
from bot.outcomes import Outcome, Reply, Show
from bot.people import Person
from bot.ports import Ids, ask_ids
from bot.rules import Rules
from bot.texts import Texts
from bot.views import Reader

NOUN_ID = 7
"""Letters of the id of a roll call or incident: short enough to read out."""


@dataclass(slots=True)
class Scene:
    """Everything a handler may use: the look, the person, the time, the rules."""

    look: Work
    event: FromPeople
    person: Person
    now: datetime
    ids: Ids
    rules: Rules
    texts: Texts
    lexicon: Lexicon
    contact: int = 0
    """The contact it came through; 0 where the channel needs none."""

    @property
    def channel(self) -> str:
        return self.event.sender.channel

    @property
    def paged(self) -> bool:
        """True if the sender has the form before them as a page: no question is sent as a card."""
        event = self.event
        return isinstance(event, Tapped | Wrote | Submitted) and event.page

    @property
    def reader(self) -> Reader:
        """The sender as the one who will see a card."""
        return Reader(self.person, self.now, self.rules, self.texts)

    def new_ids(self, count: int) -> list[str]:
        """For asks."""
        return ask_ids(self.ids, count, self.now)

    def policy(self, severity: str) -> Policy:
        return self.rules.policies[severity]

    async def above(self, other: int) -> bool:
        """True if the sender answers for `other`."""
        return (await self.look.tree()).above(self.person.id, other)


BOARD = "board"
"""The channel that shows a second question as a page, at once."""


def once_more(scene: Scene, card: Show, question: Reply) -> Outcome:
    """Ask `question` by `card` before it is done: on the board right there, else as a card.

    On the board a tap that awaits its second question is no tap yet, and is told so.
    """
    if scene.channel == BOARD:
        return Outcome(reply=Reply(question.key, question.args, problem=True), shown=(card,))
    return Outcome(show=[card])


Tap = Callable[[Scene, list[str]], Awaitable[Outcome]]
Done = Callable[[Scene, Draft], Awaitable[tuple[Outcome, str]]]
"""What to do with a form that is ready: the outcome, and the id of what it became."""

TAPS: dict[str, Tap] = {}
READY: dict[str, Done] = {}
CHECKS: dict[tuple[str, str], Callable[[Scene, Draft], Awaitable[Reply | None]]] = {}
"""By form and question: what only a look-up can find wrong with an answer."""
SOONER: dict[str, Callable[[Scene, Draft], bool]] = {}
"""Forms that may be sent before the questions that matter are answered, and whether this one is."""
COMPLETED: dict[str, Callable[[Scene, Draft, dict[str, str]], Awaitable[Outcome]]] = {}


def tap(verb: str) -> Callable[[Tap], Tap]:
    """The handler of every button whose id begins with `verb`."""

    def keep(handler: Tap) -> Tap:
        TAPS[verb] = handler
        return handler

    return keep


def ready(form: str) -> Callable[[Done], Done]:
    """What to do once the questions that matter of `form` are answered."""

    def keep(handler: Done) -> Done:
        READY[form] = handler
        return handler

    return keep


@cache
def load() -> None:
    """Import every handler once, so that each has said what it handles."""
    for found in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{found.name}")


def problem(key: str, **args: str | int) -> Outcome:
    """Nothing done, and why."""
    return Outcome(reply=Reply(key, args, problem=True))
