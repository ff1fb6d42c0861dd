"""Who is who, and who stands above whom.

Rules of the room:
- A person's addresses never appear here: a `Person` is safe to show and to log by id.
- The call tree is the reporting line. It is asked for one thing above all, `chain(person)`:
  the people who answer for somebody, nearest first: lead, lead's deputy, the next above,
  their deputy, up to the top. Whoever is away is skipped; nobody is asked about themself.
- Somebody who has left is nobody's lead any more, but the line does not end there: their deputy
  and those above them answer for their people, until the staff list names another lead.
- A tree is built once from plain rows and never changes; a change of staff makes a new tree.

>>> tree = CallTree(
...     [
...         TreeRow(1, lead=None),
...         TreeRow(2, lead=1, deputy=3),
...         TreeRow(3, lead=1),
...         TreeRow(4, lead=2),
...     ]
... )
>>> tree.chain(4)
(2, 3, 1)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

LANGUAGES = ("en", "ja", "zh-Hant", "zh-Hans", "ar")
"""Every language the product speaks; the order is the one shown to people."""

MAX_CHAIN = 24
"""A chain is cut here: no organisation has more levels, and a frozen chain stays small."""


REMEMBERED = 64
"""For how many people a tree remembers whom they answer for."""


class Role(StrEnum):
    """What somebody may do; a person may have several. Everyone is staff."""

    STAFF = "staff"
    RESPONDER = "responder"
    SAFETY = "safety"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the rest of the house may see them: no address, no number."""

    id: int
    key: str
    """The organisation's own name for the person (staff number), unique."""
    name: str
    language: str = "en"
    time_zone: str = "UTC"
    site: str = ""
    team: str = ""
    lead: int | None = None
    deputy: int | None = None
    roles: frozenset[Role] = frozenset()
    away: bool = False
    left: bool = False
    link_rev: int = 0
    """Raised to make every personal link given out so far invalid."""

    def may(self, *roles: Role) -> bool:
        """True if the person holds one of `roles` and is still here."""
        return not self.left and any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a person; the address itself stays sealed in the store."""

    id: int
    person: int
    channel: str
    rank: int
    """1 is tried first."""
    failing: bool = False


class TreeRow(NamedTuple):
    """What the call tree needs to know of a person."""

    id: int
    lead: int | None = None
    deputy: int | None = None
    away: bool = False
    """On leave, off sick: skipped when somebody must be found to answer for others."""
    left: bool = False
    """Has left the organisation: only the line from below to above still runs through here."""


class CallTree:
    """The reporting line of everyone, asked by id. 100,000 people take some 10 MB and 0.1 s."""

    def __init__(self, rows: Iterable[TreeRow] = ()) -> None:
        # Numbers only: an object a person would be walked through by the garbage collector.
        self._leads: dict[int, int | None] = {}
        self._deputies: dict[int, int] = {}
        self._away: set[int] = set()
        self._left: dict[int, int | None] = {}
        """The leads of those who have left."""
        self._below: dict[int, list[int]] = {}
        self._chains: dict[int, tuple[int, ...]] = {}
        self._under: dict[int, frozenset[int]] = {}
        self.grow(rows)

    def grow(self, rows: Iterable[TreeRow]) -> None:
        """Take in more people. For whoever reads them in portions, before anything is asked."""
        for person, lead, deputy, away, left in rows:
            (self._left if left else self._leads)[person] = lead
            if lead is not None:
                self._below.setdefault(lead, []).append(person)
            if deputy is not None:
                self._deputies[person] = deputy
            if away:
                self._away.add(person)

    def __len__(self) -> int:
        return len(self._leads)

    def __contains__(self, person: object) -> bool:
        return person in self._leads

    def present(self, person: int) -> bool:
        """True for whoever is neither gone nor away."""
        return person in self._leads and person not in self._away

    def chain(self, person: int) -> tuple[int, ...]:
        """Ids of the people who answer for `person`, nearest first; empty at the top.

        People with the same lead share one chain, computed once; a deputy's own chain leaves
        the deputy out.
        """
        lead = self._leads.get(person)
        if lead is None:
            return ()
        line = self._chains.get(lead)
        if line is None:
            line = self._chains[lead] = tuple(self._climb(lead))
        return tuple(p for p in line if p != person) if person in line else line

    def line(self, person: int) -> tuple[int, ...]:
        """Who acts for `person`: themself if they are still here, their deputy, those above."""
        return tuple(self._climb(person))

    def _climb(self, lead: int | None) -> Iterator[int]:
        passed: set[int] = set()
        named: set[int] = set()
        while lead is not None and lead not in passed and len(named) < MAX_CHAIN:
            if lead not in self._leads and lead not in self._left:
                return
            passed.add(lead)
            for found in (lead, self._deputies.get(lead)):
                if found in self._leads and found not in self._away and found not in named:
                    named.add(found)
                    yield found
            lead = self._leads[lead] if lead in self._leads else self._left[lead]

    def _lead(self, person: int) -> int | None:
        """The nearest lead above who is still here."""
        lead = self._leads[person]
        passed: set[int] = set()
        while lead in self._left and lead not in passed:
            passed.add(lead)
            lead = self._left[lead]
        return lead if lead in self._leads else None

    def reports(self, person: int | None) -> tuple[int, ...]:
        """Ids of those directly below `person`; `None` gives those at the top."""
        if person is None:
            return tuple(p for p in self._leads if self._lead(p) is None)
        return tuple(self._directly(person)) if person in self._leads else ()

    def _directly(self, person: int) -> Iterator[int]:
        for found in self._below.get(person, ()):
            if found in self._left:
                yield from self._directly(found)
            else:
                yield found

    def subtree(self, person: int) -> list[int]:
        """Everyone below `person`, breadth first, without themself. 100,000 take 30 ms."""
        seen = {person}
        found: list[int] = []
        ahead = list(self.reports(person))
        for below in ahead:  # it grows as we go
            if below in seen:
                continue
            seen.add(below)
            found.append(below)
            if below in self._below:
                ahead.extend(self._directly(below) if self._left else self._below[below])
        return found

    def answered_for_by(self, person: int) -> frozenset[int]:
        """Everybody `person` answers for: those below them and below whomever they are the deputy
        of, without themself."""
        found = self._under.get(person)
        if found is None:
            if len(self._under) >= REMEMBERED:
                self._under.clear()
            under = set(self.subtree(person))
            for lead in [lead for lead, deputy in self._deputies.items() if deputy == person]:
                for below in self._directly(lead):
                    if below not in under:
                        under.add(below)
                        under.update(self.subtree(below))
            found = self._under[person] = frozenset(under - {person})
        return found

    def above(self, person: int, other: int) -> bool:
        """True if `person` answers for `other`: stands in their chain."""
        return person in self.chain(other)

    def cascade(self, scope: Iterable[int]) -> dict[int, int | None]:
        """For each person in `scope`, who releases them in a classical call tree.

        `None` means asked at once. Whoever stands above but is out of scope or away passes
        the call on to the next above; a gap therefore never stops the tree, nor does a circle:
        one of those in it is taken for its top.
        """
        inside = set(scope)
        tops = {loop[0] for loop in self.loops()}

        def above(person: int) -> int | None:
            return None if person in tops or person not in self._leads else self._lead(person)

        present = (p for p in self._leads if p in inside and p not in self._away)
        nearest: dict[int, int | None] = {p: p for p in present}
        releases: dict[int, int | None] = {}
        for person in inside:
            passed: list[int] = []
            here = above(person)
            while here is not None and here not in nearest:
                passed.append(here)
                here = above(here)
            found = nearest[here] if here is not None else None
            nearest.update(dict.fromkeys(passed, found))
            releases[person] = found
        return releases

    def loops(self) -> list[tuple[int, ...]]:
        """Every reporting line that runs in a circle, each once, as the ids along it."""
        settled: set[int] = set()
        found: list[tuple[int, ...]] = []
        for start in self._leads:
            path: dict[int, int] = {}
            here: int | None = start
            while here is not None and here not in settled:
                if here in path:
                    found.append(tuple(list(path)[path[here] :]))
                    break
                path[here] = len(path)
                here = self._lead(here)
            settled.update(path)
        return found
