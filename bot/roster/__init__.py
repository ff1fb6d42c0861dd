"""The list of people: a sheet checked line by line, and what importing it would change.

Rules of the room:
- All or nothing: with one problem there are no entries, so nothing can be half applied.
- Every problem says where it is and what to write instead. Addresses are never repeated, in no
  problem and no `repr`: "the same address as on line 12" is enough to find it.
- A column the file does not have leaves what is known as it is; an empty cell empties it.
- The work grows with the number of lines only: suggestions are looked up, not searched for.

>>> from bot.roster.sheets import read
>>> sheet = read(b"key,name,lead,email\\n1,Ada,,ada@example.org\\n2,Ben,1,\\n", "staff.csv")
>>> roster = check(sheet, known={}, channels={"web", "email"})
>>> roster.added, roster.entries[1].lead, roster.entries[0].contacts
(('1', '2'), '1', (('email', 'ada@example.org'),))
>>> print(roster.warnings[0].sentence())
Nobody can reach Ben (2, line 3). Give them contacts; until then they must be ...
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.roster.addresses import Addresses
from bot.roster.entries import Entry, Fingerprint, KnownPerson
from bot.roster.findings import Problem, Progress, bounded
from bot.roster.nearest import Nearest
from bot.roster.reading import Reading, check_line, check_owners, remark
from bot.roster.sheets import Sheet
from bot.roster.titles import is_title

__all__ = ["COMPARED", "Entry", "KnownPerson", "Roster", "check", "is_title"]

COMPARED = ("name", "language", "time_zone", "site", "team", "lead", "deputy", "roles", "away")
"""What can change of a person, besides the contacts."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a list says and what importing it would change, as keys in the order of the list.

    `fields` names what the list speaks of; importing must leave everything else as it is. For
    people already known the entries repeat it, except contacts, which stay empty.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    added: tuple[str, ...] = ()
    """New, or back after having left."""
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    """Known, still here, and not in the list."""
    fields: frozenset[str] = frozenset()


def check(
    sheet: Sheet,
    known: Mapping[str, KnownPerson],
    channels: Collection[str],
    *,
    country: str = "",
    fingerprint: Fingerprint | None = None,
    progress: Progress | None = None,
) -> Roster:
    """The people in `sheet`, compared with those `known` by key.

    `channels` are those in use, `country` (two letters, such as "JP") is that of phone numbers
    without one. Without `fingerprint` whoever has an address counts as changed. `progress` is told
    the number of lines done, about every 1,000.
    """
    if sheet.problems:
        return Roster(problems=sheet.problems, warnings=sheet.warnings)
    nearest = Nearest()
    addresses = Addresses(channels, country, nearest)
    reading = Reading(sheet, known, addresses, nearest)
    if reading.columns():
        reading.people(progress)
        check_line(reading, nearest)
        if fingerprint:
            check_owners(reading, fingerprint)
    reading.tell_whose()
    if reading.problems:
        reading.problems.sort(key=lambda problem: problem.line or 0)
        return Roster(problems=bounded(reading.problems), warnings=bounded(reading.warnings))
    leaving = reading.absent()
    remark(reading, leaving)
    groups: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": []}
    for entry in reading.entries:
        group = _compare(entry, known.get(entry.key), reading.fields, fingerprint)
        groups[group].append(entry.key)
    return Roster(
        entries=tuple(reading.entries),
        warnings=bounded(reading.warnings),
        added=tuple(groups["added"]),
        changed=tuple(groups["changed"]),
        unchanged=tuple(groups["unchanged"]),
        leaving=tuple(leaving),
        fields=frozenset(reading.fields),
    )


def _compare(
    entry: Entry, was: KnownPerson | None, fields: Collection[str], fingerprint: Fingerprint | None
) -> str:
    if was is None or was.left:
        return "added"
    if any(getattr(entry, name) != getattr(was, name) for name in COMPARED):
        return "changed"
    if "contacts" not in fields:
        return "unchanged"
    if was.contacts is None or (fingerprint is None and any(a for _, a in entry.contacts)):
        return "changed"
    now = tuple((c, fingerprint(c, a) if fingerprint and a else "") for c, a in entry.contacts)
    return "unchanged" if now == was.contacts else "changed"
