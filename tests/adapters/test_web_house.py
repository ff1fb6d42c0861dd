"""A made-up house behind the web chat: everything the ports ask for, kept in memory.

The other `test_web_*` files speak to it over real HTTP on loopback, as a browser would.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from adapters.pictures import prepare
from adapters.web.links import Links
from adapters.web.ports import BadLink, FeedItem, OneCard
from adapters.web.server import Server
from adapters.web.site import Site
from bot.cards import Button, Card, Style, Text
from bot.door import Answered
from bot.events import FromPeople, Tapped, Wrote
from bot.people import Person
from bot.ports import SeededIds
from bot.texts import Texts

NOON = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
AIKO = Person(1, "A1", "Aiko Tanaka", "en", "Asia/Tokyo", "Osaka", "Claims")
YUSUF = Person(2, "A2", "Yusuf Haddad", "ar", "Asia/Riyadh", "Riyadh", "Front desk")
TEXTS = Texts()

SAFE = Button("ask:7f3k:safe", "I'm safe", Style.GOOD)
HELP = Button("ask:7f3k:help", "I need help", Style.DANGER)
ARE_YOU_SAFE = Card("Are you safe?", (Text("Earthquake in Osaka."),), (SAFE, HELP))


class StillClock:
    """Stands still until told otherwise."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass
class House:
    """Fits `Door`, `People`, `Feed` and `Pictures`."""

    clock: StillClock = field(default_factory=StillClock)
    staff: dict[int, Person] = field(default_factory=lambda: {p.id: p for p in (AIKO, YUSUF)})
    posts: dict[int, list[FeedItem]] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    happened: list[FromPeople] = field(default_factory=list)
    answered: dict[str, Answered] = field(default_factory=dict)
    photos: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    replies: dict[str, Answered] = field(default_factory=dict)
    """What is said to a button, by its id, or to a text."""
    fault: Exception | None = None
    drawings: int = 0

    def __post_init__(self) -> None:
        self.links = Links(["a key for tests"], timedelta(days=30), self.clock)
        self.site: Site | None = None

    def link(self, person: Person = AIKO) -> str:
        return self.links.make(person.id, person.link_rev)

    def post(self, person: Person, card: Card, *, mine: bool = False) -> int:
        """A new post; like another process, it wakes nobody."""
        shown = self.posts.setdefault(person.id, [])
        number = sum(map(len, self.posts.values())) + 1
        at = self.clock.now() + timedelta(seconds=number)
        shown.append(FeedItem(number, at, card, mine, at))
        self._changed(person.id)
        return number

    def redraw(self, person: Person, number: int, **changes: Any) -> None:
        shown = self.posts[person.id]
        at = next(i for i, item in enumerate(shown) if item.post == number)
        shown[at] = replace(shown[at], card=replace(shown[at].card, **changes))
        self._changed(person.id)

    def _changed(self, person: int) -> None:
        self.revisions[person] = self.revisions.get(person, 0) + 1

    # --- Door ------------------------------------------------------------------------------

    async def handle(self, event: FromPeople) -> Answered:
        if self.fault is not None:
            raise self.fault
        if event.id in self.answered:
            return replace(self.answered[event.id], repeat=True)
        self.happened.append(event)
        person = self.staff[int(event.sender.address)]
        said = ""
        if isinstance(event, Wrote):
            self.post(person, Card("You wrote", (Text(event.text, said=True),)), mine=True)
            said = event.text
        if isinstance(event, Tapped):
            said = event.button
            self._choose(person, event)
        self.answered[event.id] = self.replies.get(said, Answered("Noted."))
        return self.answered[event.id]

    def _choose(self, person: Person, event: Tapped) -> None:
        for item in self.posts.get(person.id, []):
            if item.post == event.post:
                drawn = tuple(replace(b, chosen=b.id == event.button) for b in item.card.buttons)
                self.redraw(person, item.post, buttons=drawn)

    # --- People, Feed, Pictures ------------------------------------------------------------

    async def who(self, token: str) -> Person | BadLink:
        found = self.links.read(token)
        if isinstance(found, BadLink):
            return found
        person = self.staff.get(found[0])
        if person is None or person.left or person.link_rev != found[1]:
            return BadLink("bad")
        return person

    async def cards(self, person_id: int, before: int | None, limit: int) -> list[FeedItem]:
        self.drawings += 1
        shown = [i for i in self.posts.get(person_id, []) if before is None or i.post < before]
        return shown[-limit:]

    async def revision(self, person_ids: Collection[int]) -> Mapping[int, int]:
        return {p: self.revisions.get(p, 0) for p in person_ids}

    async def get(self, photo_id: str, person: Person) -> bytes | None:
        owner, data = self.photos.get(photo_id, (0, b""))
        return data if owner == person.id else None


class NoCards:
    """One-tap links are tested with a whole house: see `tests/scenarios/test_onetap.py`."""

    async def open(self, token: str, args: Mapping[str, str]) -> OneCard | BadLink:
        return BadLink("bad")

    def token(self, person: Person, view: str, subject: str) -> str:
        return ""

    def sealed(self, token: str, button: str) -> str:
        return ""

    def unsealed(self, token: str, sealed: str) -> str:
        return ""

    async def seen(self, one: OneCard) -> None:
        raise AssertionError("there are no cards")


@dataclass
class Browser:
    """A client on the site's own page, without scripts unless it asks for JSON."""

    http: aiohttp.ClientSession
    base: str
    site: Site

    async def get(self, path: str, **options: Any) -> tuple[int, str, Mapping[str, str]]:
        options.setdefault("allow_redirects", False)
        async with self.http.get(self.base + path, **options) as response:
            return response.status, await response.text(), response.headers

    async def post(
        self, path: str, data: Any, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str, Mapping[str, str]]:
        sent = {"Sec-Fetch-Site": "same-origin", "Origin": self.base, **(headers or {})}
        async with self.http.post(
            self.base + path, data=data, headers=sent, allow_redirects=False
        ) as response:
            return response.status, await response.text(), response.headers

    async def fetch(self, path: str, data: Any) -> tuple[int, dict[str, Any]]:
        """As the page's script posts."""
        sent = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
        async with self.http.post(self.base + path, data=data, headers=sent) as response:
            return response.status, await response.json()


@asynccontextmanager
async def serving(house: House, **options: Any) -> AsyncIterator[Browser]:
    """The site over `house` on a free port of loopback."""
    settings: dict[str, Any] = {"base_url": "http://127.0.0.1"} | options
    site = Site(
        door=house,
        people=house,
        cards=NoCards(),
        feed=house,
        pictures=house,
        prepare=prepare,
        clock=house.clock,
        ids=SeededIds(1),
        texts=TEXTS,
        **settings,
    )
    server = Server(site, "127.0.0.1", 0)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            yield Browser(http, f"http://127.0.0.1:{server.port}", site)
    finally:
        server.should_exit = True
        await running


def hidden(page: str, name: str) -> list[str]:
    """The values of hidden fields called `name`, in the order of the page."""
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
