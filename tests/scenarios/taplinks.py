"""People who hold a one-tap link and nothing else: a browser without scripts, over real HTTP.

    async with opened(town) as web:
        page = await web.page(town.house.tap_link(person, "checkin", "ask:…"))
        page = await page.taps("I'm safe")
        page.says("Recorded")

Rules of the room:
- A page is read as it came; a form is sent with exactly the fields it shows.
- A redirect is followed by hand: what a POST answers is looked at as well.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from adapters.web.server import Server
from bot.app import House
from bot.people import Person
from tests.scenarios.phones import plain
from tests.town import Town

FORM = re.compile(r'<form [^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">')
BUTTON = re.compile(r"<button([^>]*)>(.*?)</button>", re.S)
VALUE = re.compile(r'name="button" value="([^"]*)"')
TAGS = re.compile(r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", re.S)


def path(link: str) -> str:
    """The part of an address after its host."""
    return "/" + link.split("://", 1)[1].split("/", 1)[1]


def _button(marks: str, label: str) -> tuple[str, str]:
    value = VALUE.search(marks)
    shown = plain(html.unescape(TAGS.sub("", label))).strip()
    return html.unescape(value[1]) if value else "", shown


@dataclass(frozen=True)
class Form:
    """One form of a page."""

    action: str
    hidden: Mapping[str, str]
    buttons: tuple[tuple[str, str], ...]
    """Value and label of each."""
    source: str


@dataclass(frozen=True)
class Page:
    """One answer of the server."""

    web: Web
    path: str
    status: int
    source: str
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        """What stands on it, without marks."""
        return " ".join(plain(html.unescape(TAGS.sub(" ", self.source))).split())

    @property
    def forms(self) -> list[Form]:
        return [
            Form(
                html.unescape(action),
                {n: html.unescape(v) for n, v in HIDDEN.findall(inside)},
                tuple(_button(marks, label) for marks, label in BUTTON.findall(inside)),
                inside,
            )
            for action, inside in FORM.findall(self.source)
        ]

    @property
    def labels(self) -> list[str]:
        """The labels of everything that can be tapped on the card."""
        return [label for form in self.forms for value, label in form.buttons if value]

    @property
    def chosen(self) -> list[str]:
        found = re.findall(r'<button[^>]*aria-pressed="true"[^>]*><bdi>(.*?)</bdi>', self.source)
        return [plain(html.unescape(label)) for label in found]

    def says(self, *parts: str) -> Page:
        assert self.status == 200, f"{self.status}: {self.text}"
        for part in parts:
            assert part in self.text, f"the page does not say {part!r}:\n{self.text}"
        return self

    def fields(self, label: str) -> tuple[str, dict[str, str]]:
        """Where the button `label` sends what."""
        for form in self.forms:
            for value, shown in form.buttons:
                if shown == label:
                    return form.action, {**form.hidden, **({"button": value} if value else {})}
        raise AssertionError(f"there is no button {label!r}: {self.text}")

    async def taps(self, label: str) -> Page:
        """A button is tapped, and the redirect followed."""
        action, fields = self.fields(label)
        return await self.web.sends(action, fields)

    async def writes(self, words: str) -> Page:
        """A line is typed and sent."""
        form = next(f for f in self.forms if f.action.endswith("/say"))
        return await self.web.sends(form.action, {**form.hidden, "text": words})

    async def fills(self, **answers: str) -> Page:
        """A form is filled in and sent."""
        form = next(f for f in self.forms if f.action.endswith("/form"))
        given = {f"a-{name}": value for name, value in answers.items()}
        return await self.web.sends(form.action, {**form.hidden, **given})


@dataclass
class Web:
    """One browser; another `opened` is another device."""

    http: aiohttp.ClientSession
    base: str
    town: Town

    async def page(self, link: str, *, method: str = "GET", **headers: str) -> Page:
        where = path(link) if "://" in link else link
        async with self.http.request(
            method, self.base + where, headers=headers, allow_redirects=False
        ) as got:
            found = Page(self, where, got.status, await got.text(), got.headers)
        await self.town.settle()
        return found

    async def post(self, where: str, fields: Mapping[str, str], **headers: str) -> Page:
        """A form is sent; what came back, without following it."""
        sent = {"Sec-Fetch-Site": "same-origin", "Origin": self.base, **headers}
        async with self.http.post(
            self.base + where, data=dict(fields), headers=sent, allow_redirects=False
        ) as got:
            found = Page(self, where, got.status, await got.text(), got.headers)
        await self.town.settle()
        return found

    async def sends(self, where: str, fields: Mapping[str, str]) -> Page:
        found = await self.post(where, fields)
        return await self.page(found.headers["location"]) if found.status == 303 else found


@asynccontextmanager
async def opened(town: Town, house: House | None = None) -> AsyncIterator[Web]:
    """The town's web server, and a browser."""
    server = Server((house or town.house).site, "127.0.0.1", 0)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            yield Web(http, f"http://127.0.0.1:{server.port}", town)
    finally:
        server.should_exit = True
        await running


async def person(town: Town, name: str) -> Person:
    async with town.house.store.look() as look:
        found = await look.person(town.people[name].id)
    assert found is not None
    return found


async def link(town: Town, name: str, view: str, subject: str) -> str:
    """Somebody's link to a card."""
    return town.house.tap_link(await person(town, name), view, subject)


async def checkin(town: Town, name: str) -> str:
    """Somebody's link to the newest question they were asked."""
    row: Any = await town.row(
        "SELECT a.id FROM asks a JOIN rollcalls r ON a.about = 'rollcall:' || r.id"
        " WHERE a.person = :person ORDER BY r.launched_at DESC LIMIT 1",
        person=town.people[name].id,
    )
    return await link(town, name, "checkin", f"ask:{row.id}")
