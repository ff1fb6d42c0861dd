"""Made-up people, described in a few lines.

Rules of the room:
- One person a line: a name, and after a colon what is not usual. Whoever stands further to the
  right reports to the nearest line above that stands further to the left.
- The words after the colon, in any order: a role (`safety`, `admin`, `responder`), a language
  (`ja`), `@Site`, `#Team` (a lead's count for those below as well), `deputy=Name`, `away`,
  `tz=Asia/Tokyo`, and the channels in their order (`phone web`); `none` is nobody's to reach.
  Who names no channel has a phone.

>>> [
...     (p.name, p.lead, p.site)
...     for p in folk('''
...     Mori: safety @HQ
...       Lena: web
... ''')
... ]
[('Mori', None, 'HQ'), ('Lena', 'Mori', 'HQ')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bot.people import LANGUAGES, Role
from bot.roster import Roster
from bot.roster.entries import Entry

CHANNELS = ("phone", "mail", "slack", "telegram", "web", "email", "sms", "voice", "push")
ROLES = {role.value: role for role in Role}


@dataclass(frozen=True, slots=True)
class Somebody:
    """One line of the description."""

    key: str
    name: str
    lead: str | None = None
    deputy: str | None = None
    roles: frozenset[Role] = frozenset()
    language: str = "en"
    time_zone: str = "UTC"
    site: str = ""
    team: str = ""
    away: bool = False
    channels: tuple[str, ...] = field(default=())

    def address(self, channel: str) -> str:
        """Made-up, and the same each time."""
        match channel:
            case "email":
                return f"{self.key.lower()}@people.example"
            case "sms" | "voice":
                return f"+8190{int(self.key.removeprefix('P')):08d}"
        return f"{channel}-of-{self.key}"


def folk(text: str) -> list[Somebody]:
    """The people of a description, in its order."""
    above: list[tuple[int, Somebody]] = []
    found: list[Somebody] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        depth = len(line) - len(line.lstrip())
        while above and above[-1][0] >= depth:
            above.pop()
        lead = above[-1][1] if above else None
        name, _, words = line.strip().partition(":")
        person = _somebody(f"P{len(found) + 1}", name.strip(), words.split(), lead)
        above.append((depth, person))
        found.append(person)
    return found


def _somebody(key: str, name: str, words: list[str], lead: Somebody | None) -> Somebody:
    person = Somebody(
        key,
        name,
        lead=lead.name if lead else None,
        site=lead.site if lead else "",
        team=lead.team if lead else "",
    )
    channels: list[str] = []
    for word in words:
        if word in ROLES:
            person = replace(person, roles=person.roles | {ROLES[word]})
        elif word in LANGUAGES:
            person = replace(person, language=word)
        elif word in CHANNELS:
            channels.append(word)
        elif word[0] == "@":
            person = replace(person, site=word[1:])
        elif word[0] == "#":
            person = replace(person, team=word[1:])
        elif word == "away":
            person = replace(person, away=True)
        elif word.startswith("tz="):
            person = replace(person, time_zone=word[3:])
        elif word.startswith("deputy="):
            person = replace(person, deputy=word[7:])
        elif word != "none":
            raise ValueError(f"nobody knows what {word!r} says about {name}")
    if not channels and "none" not in words:
        channels = ["phone"]
    return replace(person, channels=tuple(channels))


def roster(
    people: Iterable[Somebody], address: Callable[[Somebody, str], str] = Somebody.address
) -> Roster:
    """The same people as a checked staff list; `address` of each on each channel."""
    listed = list(people)
    keys = {person.name: person.key for person in listed}
    entries = tuple(
        Entry(
            line=number,
            key=p.key,
            name=p.name,
            language=p.language,
            time_zone=p.time_zone,
            site=p.site,
            team=p.team,
            lead=keys[p.lead] if p.lead else None,
            deputy=keys[p.deputy] if p.deputy else None,
            roles=p.roles,
            away=p.away,
            contacts=tuple((c, "" if c == "web" else address(p, c)) for c in p.channels),
        )
        for number, p in enumerate(listed, start=1)
    )
    return Roster(
        entries=entries,
        added=tuple(e.key for e in entries),
        fields=frozenset({"contacts"}),
    )
