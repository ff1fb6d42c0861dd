"""One person of a list, before and after, and what may be wrong with the list.

Rules of the room:
- No `repr` shows an address.

>>> Entry(2, "7", "Ada", "", "", "", "", None, None, frozenset(), False, (("sms", "+81"),))
Entry(line=2, key='7', name='Ada', language='', ..., roles=frozenset(), away=False, shown=False)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bot.people import Role
from bot.roster.findings import Problem


@dataclass(frozen=True, slots=True)
class RosterProblem(Problem):
    """A problem, or a warning, of the list as a list of people."""

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Problem.SENTENCES,
        "missing_column": "There is no column '{field}'. Give one column the title {titles}.",
        "column_twice": "This column and {other} both mean '{field}'. Delete one or rename it.",
        "nobody": "There is a header but nobody below it. Importing it would remove everyone.",
        "key_empty": "The key is missing. Write the staff number.",
        "key_form": "A key has no spaces, commas or semicolons. Write it without.",
        "key_address": "This is an address, and keys are shown to everyone. Write the staff"
        " number, or any short word that is this person's alone.",
        "key_rounded": "A spreadsheet has rounded this number. Format the column as text and"
        " write the number again.",
        "key_twice": "The key '{key}' is on line {other} as well. Give each person a key of their"
        " own, or delete one of the lines.",
        "name_empty": "The name is missing. Write the person's name.",
        "unknown_key": "Nobody has the key {value}. Write the key of somebody in the list, or"
        " leave the cell empty.",
        "own_lead": "'{key}' is their own lead. Write the key of the person above, or leave the"
        " cell empty at the top.",
        "own_deputy": "'{key}' is their own deputy. Write somebody else's key, or leave the cell"
        " empty.",
        "circle": "The reporting line runs in a circle: {circle}. Give one of them another lead.",
        "language": "{value} is not a language spoken here. Write en, ja, zh-Hant, zh-Hans or ar.",
        "chinese": "{value} may be either Chinese. Write zh-Hant (traditional) or zh-Hans"
        " (simplified).",
        "time_zone": "{value} is not a time zone. Write one such as Asia/Tokyo.",
        "role": "{value} is not a role. Write responder, safety or admin, or leave the cell empty.",
        "yes_no": "{value} is neither yes nor no. Write yes or no.",
        "channel": "{value} is not a channel in use. Write one of {channels}, with its address:"
        " {example}.",
        "bare_address": "An address is written without its channel. Write the channel in front,"
        " such as {example}.",
        "no_address": "The channel '{channel}' needs an address. Write it as {example}.",
        "needless_address": "The channel '{channel}' needs no address. Write only {channel}.",
        "email": "This is not an e-mail address. Write it like name@example.org, nothing around"
        " it; separate several by a semicolon.",
        "phone_country": "The phone number has no country code. Write it with plus sign and"
        " country code, like +81 90 1234 5678, and format the column as text.",
        "phone": "This is not a phone number. Write it with plus sign and country code, like"
        " +81 90 1234 5678, without extension; separate several by a semicolon.",
        "address": "The address for '{channel}' holds a space or is too long. Write it as"
        " {channel}:address; separate several by a semicolon.",
        "too_many_contacts": "More than {most} contacts. Keep the best ones.",
        "address_twice": "The same address is given to another person on line {other}. Give each"
        " person their own.",
        "address_taken": "An address on this line belongs to somebody who is not in this list. Put"
        " that person in the list as well, or remove them first.",
        "unknown_column": "No column with this title is known; it was not read.",
        "untitled_column": "This column has no title; it was not read.",
        "unused_column": "The channel '{channel}' is not in use; these addresses were not read.",
        "formula": "What stands on {lines} looks like a formula; it is kept as text. If it was"
        " meant as one, write its result instead.",
        "unreachable": "Nobody can reach {people}. Give them contacts; until then they must be"
        " looked after in person.",
        "tops": "{count} people have no lead: {people}. Nobody is asked when they stay silent.",
        "no_deputy": "No deputy for {count} of the leads: {people}.",
        "still_leads": "{who} is not in this list, but {people} still name them as lead or deputy.",
        "alike": "'{key}' is new and looks like '{other}', who would leave. Has a spreadsheet"
        " dropped zeros in front?",
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the list has them. An empty lead is `None`, an empty language is the
    organisation's own; `contacts` are (channel, address) in the order to be tried."""

    line: int
    key: str
    name: str
    language: str
    time_zone: str
    site: str
    team: str
    lead: str | None
    deputy: str | None
    roles: frozenset[Role]
    away: bool
    contacts: tuple[tuple[str, str], ...] = field(repr=False)
    shown: bool = False
    """Whether those above may see the number, to call when nothing else gets through."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person as already stored, by the same names as in `Entry`.

    `contacts` are (channel, fingerprint), the fingerprint being what the caller's own
    `fingerprint` makes of an address, "" without one; `None` if they cannot be compared.
    """

    name: str
    language: str = ""
    time_zone: str = ""
    site: str = ""
    team: str = ""
    lead: str | None = None
    deputy: str | None = None
    roles: frozenset[Role] = frozenset()
    away: bool = False
    contacts: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)
    left: bool = False
    shown: bool = False


Fingerprint = Callable[[str, str], str]
"""(channel, address) -> what the store keeps to find the address again."""
