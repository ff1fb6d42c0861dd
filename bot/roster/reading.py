"""A list of people read line by line, and its reporting line checked.

Rules of the room:
- Reading goes on past every mistake, so that all are told at once.
- A column that is not there leaves what is known; an empty cell empties it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar, cast

from bot.people import CallTree, TreeRow
from bot.roster.addresses import CONTACT_COLUMNS, ITEMS, NUMBERED, Addresses, Contact
from bot.roster.cells import like_formula
from bot.roster.entries import Entry, Fingerprint, KnownPerson, RosterProblem
from bot.roster.findings import NOTHING, Problem, Progress, quotable
from bot.roster.nearest import Keys, Nearest, Wrong, bare, language, roles, time_zone, yes_no
from bot.roster.sheets import Row, Sheet
from bot.roster.titles import MAX_KEY, TITLE_WORDS, TITLES, field_of

MAX_TEXT = 200
"""Characters in a name, a site, a team."""
MAX_CONTACTS = 10
MAX_LISTED = 20
"""Keys written out in one sentence; the rest are counted."""
MAX_CIRCLE = 50
NOBODY = KnownPerson("")
T = TypeVar("T")

APART = re.compile(r"[\s,;]")
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""What a spreadsheet makes of a long number: 1.23457E+17."""


class Reading:
    """A sheet as far as it was read: entries, and what was found on the way."""

    def __init__(
        self,
        sheet: Sheet,
        known: Mapping[str, KnownPerson],
        addresses: Addresses,
        nearest: Nearest,
    ) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = list(sheet.warnings)
        self.entries: list[Entry] = []
        self.fields: set[str] = set()
        self.known = known
        self.at: dict[str, int] = {}
        """Field -> index of its column."""
        self.lines: dict[str, int] = {}
        """Key -> line."""
        self._sheet = sheet
        self._contacts = addresses
        self._nearest = nearest
        self._owners: dict[Contact, int] = {}
        self._parsed: dict[tuple[str, str], object] = {}
        self._names: dict[str, str] = {}
        self._formulas: dict[int, list[int]] = {}
        """Column -> lines with what looks like a formula."""

    def say(self, line: int, name: str, code: str, args: Mapping[str, str] = NOTHING) -> None:
        """Note a problem in the column of field `name`."""
        place = self._sheet.column(self.at[name])
        self.problems.append(RosterProblem(line, place, code, args))

    def warn(self, code: str, column: str = "", **args: str) -> None:
        """Note a warning."""
        self.warnings.append(RosterProblem(None, column, code, args))

    def absent(self) -> list[str]:
        """Keys of those known and still here who are not in the list."""
        return [k for k, p in self.known.items() if not p.left and k not in self.lines]

    def columns(self) -> bool:
        """Find each field's column; False if it is of no use to go on."""
        sheet = self._sheet
        meant: dict[str, str] = {}
        for index, title in enumerate(sheet.header):
            name, place = field_of(title), sheet.column(index)
            if name is None and title:
                near = self._nearest.word(title, TITLE_WORDS)
                meant |= dict.fromkeys(near.values(), place)
                self.warn("unknown_column", place, **near)
            elif name is None:
                if any(row.cells[index] for row in sheet.rows):
                    self.warn("untitled_column", place)
            elif name in self.at:
                args = {"other": sheet.column(self.at[name]), "field": name}
                self.problems.append(RosterProblem(None, place, "column_twice", args))
            else:
                self.at[name] = index
        for name in ("key", "name"):
            if name not in self.at:
                args = {"field": name, "titles": ", ".join(TITLES[name].split("; ")[:4])}
                place = meant.get(name, "")
                self.problems.append(RosterProblem(None, place, "missing_column", args))
        for name, channel in CONTACT_COLUMNS[1:]:
            if name in self.at and channel not in self._contacts.channels:
                self.warn("unused_column", sheet.column(self.at.pop(name)), channel=channel)
        self.fields = {"contacts" if f in ("email", "phone") else f for f in self.at}
        if not sheet.rows:
            self.problems.append(RosterProblem(None, "", "nobody"))
        return not self.problems

    def people(self, progress: Progress | None) -> None:
        """Read every line into an entry, wrong ones too, so that all problems are found."""
        for count, row in enumerate(self._sheet.rows, 1):
            if progress and count % 1000 == 0:
                progress(count)
            self.entries.append(self._entry(row))
        if progress:
            progress(len(self.entries))

    def formulas(self) -> None:
        """Warn of what looks like a formula, once a column: it may be somebody's slip."""
        for index, lines in sorted(self._formulas.items()):
            noun = "line" if len(lines) == 1 else "lines"
            keys = {entry.line: entry.key for entry in self.entries}
            listed = ", ".join(f"{line} (key {keys[line]})" for line in lines[:MAX_LISTED])
            more = len(lines) - MAX_LISTED
            text = f"{noun} {listed}" + (f" and {more:,} more" if more > 0 else "")
            self.warn("formula", self._sheet.column(index), lines=text)

    def names(self) -> dict[str, str]:
        """Key -> name, of everybody on the list."""
        if not self._names:
            self._names = {entry.key: entry.name for entry in self.entries}
        return self._names

    def whose(self) -> dict[int, str]:
        """Line -> whose it is."""
        return {entry.line: called(entry.name, entry.key) for entry in self.entries if entry.key}

    def tell_whose(self) -> None:
        """Warnings of a line say whose it is: nobody counts lines."""
        whose = self.whose() if any(warning.line for warning in self.warnings) else {}
        for number, warning in enumerate(self.warnings):
            who = whose.get(warning.line or 0)
            if who:
                self.warnings[number] = replace(warning, args={**warning.args, "who": who})

    def _entry(self, row: Row) -> Entry:
        key = self._key(row)
        was = self.known.get(key, NOBODY)
        if not row.cells[self.at["name"]]:
            self.say(row.line, "name", "name_empty")
        return Entry(
            row.line,
            key,
            self._text(row, "name", was.name),
            self._word(row, "language", language, was.language) or "",
            self._word(row, "time_zone", time_zone, was.time_zone) or "",
            self._text(row, "site", was.site),
            self._text(row, "team", was.team),
            self._text(row, "lead", was.lead) or None,
            self._text(row, "deputy", was.deputy) or None,
            self._word(row, "roles", roles, was.roles) or frozenset(),
            self._word(row, "away", yes_no, was.away) or False,
            self._ways(row, key),
            self._word(row, "shown", yes_no, was.shown) or False,
        )

    def _key(self, row: Row) -> str:
        key = row.cells[self.at["key"]]
        code = ""
        args: Mapping[str, str] = NOTHING
        if not key:
            code = "key_empty"
        elif "@" in key or key.startswith("+"):
            code = "key_address"
        elif ROUNDED.fullmatch(key):
            code = "key_rounded"
        elif len(key) > MAX_KEY:
            code, args = "too_long", {"most": str(MAX_KEY)}
        elif not key.isprintable() or APART.search(key):
            code = "key_form"
        elif key in self.lines:
            code, args = "key_twice", {"key": key, "other": str(self.lines[key])}
        else:
            self.lines[key] = row.line
        if code:
            self.say(row.line, "key", code, args)
        return key

    def _text(self, row: Row, name: str, was: str | None) -> str:
        index = self.at.get(name)
        if index is None:
            return was or ""
        text = row.cells[index]
        if len(text) > MAX_TEXT:
            self.say(row.line, name, "too_long", {"most": str(MAX_TEXT)})
        if like_formula(text) and (row.line, index) not in self._sheet.guarded:
            self._formulas.setdefault(index, []).append(row.line)
        return text if text.isprintable() else re.sub(r"[\t\n]+", " ", text)

    def _word(
        self, row: Row, name: str, parse: Callable[[str, Nearest], T | Wrong], was: T
    ) -> T | None:
        """One of few words, parsed once however many lines repeat it; `None` for an empty cell."""
        index = self.at.get(name)
        if index is None:
            return was
        text = row.cells[index]
        if not text:
            return None
        if (name, text) not in self._parsed:
            self._parsed[name, text] = parse(text, self._nearest)
        found = cast("T | Wrong", self._parsed[name, text])
        if isinstance(found, Wrong):
            self.say(row.line, name, found.code, found.args)
            return None
        return found

    def _ways(self, row: Row, key: str) -> tuple[Contact, ...]:
        """The ways to reach one person; no address may be somebody else's as well."""
        found: dict[Contact, Contact] = {}
        name = ""
        repeated = self.lines.get(key) != row.line  # said already; its addresses would repeat too
        for column, channel in CONTACT_COLUMNS:
            index = self.at.get(column)
            if index is None or not row.cells[index]:
                continue
            name = column
            for item in filter(None, map(str.strip, ITEMS.split(row.cells[index]))):
                reads = self._contacts
                contact = reads.address(channel, item) if channel else reads.contact(item)
                if isinstance(contact, Wrong):
                    self.say(row.line, name, contact.code, contact.args)
                    continue
                found.setdefault((contact[0], contact[1].casefold()), contact)
                kind = "number" if contact[0] in NUMBERED else contact[0]
                if contact[1] and not repeated:
                    owner = self._owners.setdefault((kind, contact[1].casefold()), row.line)
                    if owner != row.line:
                        self.say(row.line, name, "address_twice", {"other": str(owner)})
        if len(found) > MAX_CONTACTS:
            self.say(row.line, name, "too_many_contacts", {"most": str(MAX_CONTACTS)})
        return tuple(found.values())


def check_line(reading: Reading, nearest: Nearest) -> None:
    """Leads and deputies must exist, be somebody else, and lead to the top."""
    absent = reading.absent()
    keys = [*reading.lines, *absent]
    ids = {key: i for i, key in enumerate(keys)}
    leads: dict[str, str | None] = {key: reading.known[key].lead for key in absent}
    spelt: Keys | None = None
    for entry in reading.entries:
        for name, whom in (("lead", entry.lead), ("deputy", entry.deputy)):
            if whom is None or name not in reading.at:
                continue
            if whom not in ids:
                if spelt is None:  # most lists never need it
                    names = {e.key: e.name for e in reading.entries if e.key in reading.lines}
                    spelt = Keys(reading.lines, names)
                args = {"value": spelt.shown(whom), **nearest.key(whom, spelt)}
                reading.say(entry.line, name, "unknown_key", args)
            elif whom == entry.key:
                reading.say(entry.line, name, f"own_{name}", {"key": entry.key})
            elif name == "lead" and reading.lines.get(entry.key) == entry.line:
                leads[entry.key] = whom
    tree = CallTree(TreeRow(ids[key], ids.get(lead or "")) for key, lead in leads.items())
    for loop in tree.loops():
        circle = [keys[i] for i in loop]
        lines = [reading.lines[key] for key in circle if key in reading.lines]
        if not lines:
            continue  # a circle among people this list does not speak of
        first = next(i for i, key in enumerate(circle) if reading.lines.get(key) == min(lines))
        circle = circle[first:] + circle[:first]
        text = " -> ".join(_person(reading, key) for key in circle[:MAX_CIRCLE])
        if len(circle) > MAX_CIRCLE:
            text += f" -> {len(circle) - MAX_CIRCLE:,} more"
        reading.say(min(lines), "lead", "circle", {"circle": f"{text} -> {circle[0]}"})


def remark(reading: Reading, leaving: list[str]) -> None:
    """What is worth a look but stops nothing: gaps in the tree, people out of reach."""
    known, entries = reading.known, reading.entries
    reading.formulas()
    alone, tops = [], []
    leads = {entry.lead for entry in entries}
    for entry in entries:
        was = known.get(entry.key)
        unsaid = "contacts" not in reading.fields and was is not None and was.contacts != ()
        if not entry.contacts and not unsaid:
            alone.append(entry.key)
        if entry.lead is None:
            tops.append(entry.key)
    if alone:
        reading.warn("unreachable", people=_people(reading, alone))
    if len(tops) > 1:
        reading.warn("tops", count=f"{len(tops):,}", people=_people(reading, tops))
    single = [entry.key for entry in entries if entry.key in leads and not entry.deputy]
    if single:
        reading.warn("no_deputy", count=f"{len(single):,}", people=_people(reading, single))
    still: dict[str | None, list[str]] = {key: [] for key in leaving}
    for entry in entries:
        for whom in {entry.lead, entry.deputy} & still.keys():
            still[whom].append(entry.key)
    for key in leaving:
        if still[key]:
            gone = called(known[key].name, key)
            reading.warn("still_leads", who=gone, people=_people(reading, still[key]))
    bared = {bare(key): key for key in leaving}
    for entry in entries if leaving else ():
        if entry.key not in known and bare(entry.key) in bared:
            reading.warn("alike", key=entry.key, other=bared[bare(entry.key)])


def check_owners(reading: Reading, fingerprint: Fingerprint) -> None:
    """An address has one owner, and those who are not in the list keep theirs."""
    taken = {contact for key in reading.absent() for contact in reading.known[key].contacts or ()}
    for entry in reading.entries if taken else ():
        if any(a and (c, fingerprint(c, a)) in taken for c, a in entry.contacts):
            reading.problems.append(RosterProblem(entry.line, "", "address_taken"))


def called(name: str, key: str, *more: str) -> str:
    """Name and key, as everywhere; the key alone where the name may be an address."""
    facts = [key, *more]
    if name and quotable(name):
        return f"{name} ({', '.join(facts)})"
    return f"{key} ({', '.join(more)})" if more else key


def _person(reading: Reading, key: str) -> str:
    line, was = reading.lines.get(key), reading.known.get(key)
    if line:
        return called(reading.names().get(key, ""), key, f"line {line}")
    return called(was.name if was else "", key, "not in this list")


def _people(reading: Reading, keys: list[str]) -> str:
    text = ", ".join(_person(reading, key) for key in keys[:MAX_LISTED])
    more = len(keys) - MAX_LISTED
    return f"{text} and {more:,} more" if more > 0 else text
