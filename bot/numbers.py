"""Numbers on a card: put there at the last moment, for the eyes of one reader.

Rules of the room:
- A view names the contact whose number its reader may see, never the number. It is opened when
  the card is handed over or looked at, asked once more whether it may be, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Protocol

from bot.cards import Card, Person


class Numbers(Protocol):
    """Opens what its owner allowed to be shown."""

    async def numbers(self, contacts: Collection[int]) -> Mapping[int, str]:
        """The numbers of these contacts; those that may not be shown (any more) are left out."""
        ...


async def shown(card: Card, numbers: Numbers) -> Card:
    """The card with the numbers its lines name."""
    wanted = {s.number for s in card.body if isinstance(s, Person) and s.number}
    if not wanted:
        return card
    found = await numbers.numbers(wanted)

    def line(person: Person) -> Person:
        number = found.get(person.number, "")
        note = " · ".join(part for part in (number, person.note) if part)
        return replace(person, note=note, number=0)

    body = tuple(line(s) if isinstance(s, Person) and s.number else s for s in card.body)
    return replace(card, body=body)
