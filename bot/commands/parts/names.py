"""What people are called: the name first, the key behind it, for two may share a name.

Rules of the room:
- People read names. Keys stand beside them, for telling apart and for the next command.
- JSON keeps its keys as they are and has the names next to them.

>>> from bot.people import Person
>>> called(Person(7, "105", "Ada Top")), called(None)
('Ada Top (105)', '')
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.commands.parts import paper

if TYPE_CHECKING:
    from bot.people import Person
    from storage.look import Looking


def called(person: Person | None) -> str:
    """Name and key of somebody; empty for nobody."""
    return shown(person.name, person.key) if person else ""


def shown(name: str | None, key: str | None) -> str:
    """Name and key as they are printed; the key alone where the name is not known."""
    return f"{name} ({key})" if name and key else name or key or ""


def some(names: Mapping[str, str], keys: Sequence[str], most: int = 10) -> str:
    """The first people by name and key, and how many more there are."""
    first = [shown(names.get(key), key) for key in keys[:most]]
    return paper.some([*first, *keys[most:]], most)


async def of_keys(look: Looking, keys: Collection[str]) -> dict[str, str]:
    """The names of people who are here, by key."""
    return {key: person.name for key, person in (await look.by_key(list(keys))).items()}


async def who(look: Looking, field: str, person: int | None) -> dict[str, str | None]:
    """Somebody for JSON: `{field: key, field_name: name}`, both empty for nobody."""
    found = await look.person(person) if person is not None else None
    return {field: found.key if found else None, f"{field}_name": found.name if found else None}
