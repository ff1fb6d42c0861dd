"""Views: from state to card, one file a card.

Rules of the room:
- A view has two halves. `gather` looks up what the card speaks of and returns it as a value,
  or `None` where it is gone; `draw` turns that value into a `Card` and touches nothing.
- A view is found by its file's name: adding a file adds a view. What several views draw alike
  is in the folder `parts`.
- Words come by key from `texts`; a view never holds a sentence.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from bot.cards import Card
from bot.look import Look
from bot.people import Person
from bot.rules import Rules
from bot.texts import Texts, Words


@dataclass(frozen=True, slots=True)
class Reader:
    """Who will see the card, when, and under which rules."""

    person: Person
    now: datetime
    rules: Rules
    texts: Texts

    @property
    def words(self) -> Words:
        """Words in the reader's language and time zone."""
        return self.texts.words(self.person.language, self.person.time_zone)


class View(Protocol):
    """What a file in this folder offers."""

    async def gather(
        self, look: Look, subject: str, reader: Reader, args: Mapping[str, str]
    ) -> Any: ...

    def draw(self, state: Any, reader: Reader) -> Card: ...


@cache
def views() -> dict[str, View]:
    """Every view by name."""
    return {
        found.name: importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
        if not found.ispkg
    }


async def draw(
    view: str, look: Look, subject: str, reader: Reader, args: Mapping[str, str]
) -> Card | None:
    """The card as `reader` shall see it now, or `None` where there is nothing to show."""
    found = views()[view]
    state = await found.gather(look, subject, reader, args)
    return None if state is None else found.draw(state, reader)
