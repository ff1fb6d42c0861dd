"""The made-up organisation: any number of people on three sites, in five languages.

Rules of the room:
- The same number, language and seed always give the same town.
- Every line leads to the one director at the top; a lead has about eight people, fewer in a
  small town, so that silence always has somebody to climb to.
- There is one of everything worth seeing: somebody away, somebody nobody can reach, somebody
  who will need help.

>>> town = build(40, "en")
>>> len(town.entries), town.person(town.manager).lead == town.entries[0].key
(40, True)
>>> [entry.key for entry in town.entries if not entry.contacts]
['1017']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from random import Random

from bot.demo.names import PLACES, name
from bot.people import LANGUAGES, Role
from bot.roster import Entry, Roster

FEWEST, MOST = 10, 100_000
FIRST_KEY = 1001
SPAN = 8
SHARES = (0.4, 0.32)
"""How many of the people work on the first and the second site; the rest on the third."""
AWAY = 0.04
UNLUCKY = 400
"""Of so many people one will need help in a roll call, and always one on the first site."""
DESK, RESPONDERS = 12, 60
"""Safety officers and responders at most."""


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody, and by key who matters to the play."""

    organisation: str
    entries: tuple[Entry, ...]
    employee: str
    manager: str
    """Leads the first site, where the employee works, and is a safety officer."""
    guests: Mapping[str, str]
    """One more person on a web page for each other language; a tiny town lacks some."""
    unlucky: frozenset[str]
    """Who will need help, by address."""
    absent: frozenset[str]
    """Who is away, by address."""

    def person(self, key: str) -> Entry:
        return self.entries[int(key) - FIRST_KEY]

    @property
    def sites(self) -> int:
        return len({entry.site for entry in self.entries})

    def roster(self) -> Roster:
        """The town as a list that has been checked, ready to be taken over."""
        fields = ("name", "language", "time_zone", "site", "team", "lead", "deputy", "roles")
        return Roster(
            entries=self.entries,
            added=tuple(entry.key for entry in self.entries),
            fields=frozenset((*fields, "away", "contacts")),
        )


def phone(index: int) -> str:
    """The number of a simulated phone: no country has the code 999."""
    return f"+999{index:09d}"


def levels(size: int) -> list[int]:
    """How many people stand on each level of a site, the head first.

    >>> levels(13), levels(1600)
    ([1, 3, 9], [1, 6, 37, 221, 1335])
    """
    depth = min(range(2, 9), key=lambda d: abs(log(_span(size - 1, d) / SPAN)))
    span = _span(size - 1, depth)
    found, left = [1], size - 1
    for level in range(1, depth):
        here = min(left, max(1, round(span**level)))
        found.append(here)
        left -= here
    return [count for count in (*found, left) if count]


def _span(below: int, depth: int) -> float:
    """How many people each lead has if `below` people stand on `depth` levels."""
    low, high = 0.01, float(below + 1)
    for _ in range(60):
        middle = (low + high) / 2
        if sum(middle**level for level in range(1, depth + 1)) < below:
            low = middle
        else:
            high = middle
    return high


@dataclass(slots=True)
class Post:
    """A place in the tree, before somebody is given it. Places are numbered from the top."""

    site: int
    level: int
    lead: int | None
    language: str
    team: str
    reports: list[int]


def _posts(people: int, language: str) -> list[Post]:
    """Every place in the organisation: the director, then site by site, level by level."""
    places = PLACES[language]
    first = LANGUAGES.index(language)
    spoken = LANGUAGES[first:] + LANGUAGES[:first]
    posts = [Post(0, 0, None, language, places.office, [])]
    sizes = [round((people - 1) * share) for share in SHARES]
    for site, size in enumerate((*sizes, people - 1 - sum(sizes))):
        # Half of a site speaks its own language; the others take turns, those that are no
        # site's own first.
        own = spoken[site]
        others = [x for x in spoken[3:] + spoken[:3] if x != own]
        start, leads = len(posts), 0
        above = range(1)
        for level, count in enumerate(levels(size), start=1):
            begin = len(posts)
            for place in range(count):
                lead = above[place * len(above) // count] if level > 1 else 0
                nth = len(posts) - start
                speaks = others[nth // 2 % len(others)] if nth % 2 else own
                posts[lead].reports.append(len(posts))
                posts.append(Post(site, level, lead, speaks, places.office, []))
            above = range(begin, len(posts))
        for post in posts[start:]:
            if post.level > 1 and post.reports:
                post.team = _team(places.teams[site], leads)
                leads += 1
            elif post.level > 1 and post.lead is not None:
                post.team = posts[post.lead].team
    return posts


def _team(work: tuple[str, ...], nth: int) -> str:
    number, which = divmod(nth, len(work))
    return work[which] if number == 0 else f"{work[which]} {number + 1}"


class _Cast:
    """Gives the places to people."""

    def __init__(self, people: int, language: str, seed: int) -> None:
        self.posts = posts = _posts(people, language)
        self._chance = Random(f"{seed}:{people}:{language}")  # noqa: S311 - it shall repeat
        self.manager = 1
        home = [i for i, post in enumerate(posts) if post.site == 0 and post.level > 1]
        plain = [i for i in home if not posts[i].reports]
        self.employee = [i for i in plain or home if posts[i].language == language][-1]
        self.special = {0, self.manager, self.employee}
        self.unreachable = self._take(reversed(home))
        everybody = range(people)
        taken = set(self.special)
        unlucky = self._take((*reversed(home), *everybody))
        self.guests: dict[str, int] = {}
        for wanted in LANGUAGES:
            matching = (i for i in (*home, *everybody) if posts[i].language == wanted)
            found = None if wanted == language else self._take(matching)
            if found is not None:
                self.guests[wanted] = found
        further = range(UNLUCKY - 1, people, UNLUCKY)
        self.unlucky = {i for i in (unlucky, *further) if i is not None and i not in taken}
        leads = [i for i in everybody if posts[i].reports and self.employee not in posts[i].reports]
        away = self._take((*(i for i in leads if posts[i].level > 1), *reversed(everybody)))
        self.away = {
            i
            for i in everybody
            if i == away
            or (self._chance.random() < AWAY and posts[i].level > 1 and i not in self.special)
        }
        self.roles = self._roles()

    def _take(self, wanted: Iterable[int]) -> int | None:
        """The first of `wanted` who has no part in the play yet, and gets one."""
        found = next((i for i in wanted if i not in self.special), None)
        if found is not None:
            self.special.add(found)
        return found

    def _roles(self) -> dict[int, frozenset[Role]]:
        heads = [i for i, post in enumerate(self.posts) if post.level == 1]
        rest = [i for i in range(len(self.posts)) if i not in self.away and i != self.employee]
        plain = [i for i in rest if i not in self.special and i not in heads]
        roles: dict[int, set[Role]] = {self.manager: {Role.SAFETY}}
        for site, head in enumerate(heads[1:], start=1):
            other = next((i for i in plain if self.posts[i].site == site), head)
            roles.setdefault(other, set()).add(Role.SAFETY)
        for i in plain[500::500][: DESK - len(heads)]:
            roles.setdefault(i, set()).add(Role.SAFETY)
        for i in plain[5::30][:RESPONDERS] or plain[-1:]:
            roles.setdefault(i, set()).add(Role.RESPONDER)
        roles.setdefault(heads[-1], set()).add(Role.ADMIN)
        return {i: frozenset(held) for i, held in roles.items()}

    def deputy(self, post: Post) -> int | None:
        """Who stands in for a lead: one of their own people, for the director a head."""
        shy = (self.employee, self.unreachable, self.manager)
        return next((i for i in post.reports if i not in shy), None)


def build(people: int, language: str = "en", time_zone: str = "UTC", seed: int = 1) -> Town:
    """A town of exactly `people` people (10 to 100,000) for a reader of `language`."""
    if not FEWEST <= people <= MOST:
        raise ValueError(f"a town has {FEWEST} to {MOST:,} people, not {people:,}")
    cast = _Cast(people, language, seed)
    places, nobody = PLACES[language], frozenset[Role]()
    pages = {cast.employee, cast.manager, *cast.guests.values()}
    spoken: Counter[str] = Counter()
    entries = []
    for i, post in enumerate(cast.posts):
        deputy = cast.deputy(post)
        contacts: tuple[tuple[str, str], ...] = (("phone", phone(i)),)
        if i in pages:
            contacts = (("web", ""),)
        elif i == cast.unreachable:
            contacts = ()
        entries.append(
            Entry(
                line=i + 2,
                key=_key(i),
                name=name(post.language, spoken[post.language]),
                language=post.language,
                time_zone=time_zone,
                site=places.sites[post.site],
                team=post.team,
                lead=None if post.lead is None else _key(post.lead),
                deputy=None if deputy is None else _key(deputy),
                roles=cast.roles.get(i, nobody),
                away=i in cast.away,
                contacts=contacts,
            )
        )
        spoken[post.language] += 1
    return Town(
        organisation=places.organisation,
        entries=tuple(entries),
        employee=_key(cast.employee),
        manager=_key(cast.manager),
        guests={language: _key(i) for language, i in cast.guests.items()},
        unlucky=frozenset(phone(i) for i in cast.unlucky),
        absent=frozenset(phone(i) for i in cast.away),
    )


def _key(index: int) -> str:
    return str(FIRST_KEY + index)
