"""A browser on the board of a town: signed in the way people are, over the real application.

mori = await visit(town, "Mori")
page = await mori.opens("/board")
await mori.taps(page, "Safe (by phone)", told="Recorded")
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx

from adapters.web.app import build
from tests.scenarios.launch import WORDS, roll_call
from tests.scenarios.phones import plain
from tests.town import Founding, Town

BASE = "http://127.0.0.1:8080"
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": BASE}


def text(html: str) -> str:
    """What a page says, in one line."""
    bare = re.sub(r"<(script|style|template).*?</\1>|<[^>]+>", " ", html, flags=re.S)
    return " ".join(plain(unescape(bare)).split())


def hidden(html: str, name: str) -> str:
    """The first hidden field called `name`."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', html)
    assert found, f"no hidden {name}"
    return unescape(found[1])


@dataclass
class Visitor:
    """Somebody's browser."""

    town: Town
    name: str
    http: httpx.AsyncClient
    headers: dict[str, str] = field(default_factory=lambda: dict(OURS))

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.http.get(path, **options)

    async def opens(self, path: str) -> str:
        """The page at `path`, which must be there."""
        found = await self.http.get(path)
        assert found.status_code == 200, (path, found.status_code, text(found.text))
        return found.text

    async def refused(self, path: str, status: int = 404) -> str:
        found = await self.http.get(path)
        assert found.status_code == status, (path, found.status_code)
        return text(found.text)

    async def post(
        self, path: str, data: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        sent = {**self.headers, **(headers or {})}
        found = await self.http.post(path, data=dict(data), headers=sent)
        await self.town.settle()
        return found

    async def presses(self, html: str, button: str, *, told: str = "") -> httpx.Response:
        """Taps the button with this id, on a page; follows where it leads."""
        assert f'value="{button}"' in html, f"{button} is not on the page"
        fields = {name: hidden(html, name) for name in ("proof", "event", "back")}
        done = await self.post("/board/act", {**fields, "button": button})
        assert done.status_code == 303, text(done.text)
        after = await self.get(done.headers["location"])
        assert after.status_code == 200, text(after.text)
        assert told in text(after.text), text(after.text)
        return after

    async def taps(self, html: str, label: str, *, of: str = "", told: str = "") -> httpx.Response:
        """Taps the button with this label; `of` names the person whose line it is on."""
        return await self.presses(html, button(html, label, of), told=told)

    async def fills(self, html: str, **answers: str) -> httpx.Response:
        """Hands in the form of a page; the answer comes back unfollowed."""
        [path] = re.findall(r'action="(/board/form/[^"]+)"', html)
        at = html.index(path)
        fields = {name: hidden(html[at:], name) for name in ("proof", "event")}
        return await self.post(path, {**fields, **answers})

    async def follows(self, response: httpx.Response) -> str:
        assert response.status_code == 303, text(response.text)
        return await self.opens(response.headers["location"])


def button(html: str, label: str, of: str = "") -> str:
    """The id of the button called `label`, on the line of `of` if named."""
    for value, caption in re.findall(r'name="button" value="([^"]+)"[^>]*>(.*?)</button>', html):
        if text(caption) != label:
            continue
        at = html.index(f'value="{value}"')
        named = re.findall(r'<bdi class="name">(.*?)</bdi>', html[:at])
        if not of or (named and text(named[-1]) == of):
            return str(unescape(value))
    raise AssertionError(f"no {label} for {of or 'anybody'} in: {text(html)}")


def client(town: Town) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=build(town.house.site))
    return httpx.AsyncClient(transport=transport, base_url=BASE)


async def link(town: Town, name: str) -> str:
    """The path of a fresh link, as the bot sends it to somebody who asks for the board."""
    await town.says(name, "board")
    card = town.hears(name, "Board", "signs you in").card
    address = next(part.text for part in card.body if getattr(part, "link", ""))
    assert address.startswith(f"{BASE}/board/in/")
    return address.removeprefix(BASE)


async def visit(town: Town, name: str) -> Visitor:
    """Somebody asks for the board, opens the link and signs in."""
    visitor = Visitor(town, name, client(town))
    path = await link(town, name)
    assert "Sign in" in await visitor.opens(path)
    done = await visitor.post(path, {})
    assert (done.status_code, done.headers["location"]) == (303, "/board")
    return visitor


PEOPLE = """
Mori: safety @HQ #Board
  Sato: @HQ #Office
    Lena: deputy=Dirk @Plant #Line1
      Aiko:
      Ben: web
      Chen: none
      Dirk:
"""


async def begun(found: Founding, people: str = PEOPLE) -> tuple[Town, Visitor, str]:
    """Everyone has just been asked by Mori, who is on the board; and the page's path."""
    town = await found(people)
    mori = await visit(town, "Mori")
    await roll_call(town, "Mori", 7)
    town.ignores()
    start = await mori.opens("/board")
    assert WORDS in text(start)
    return town, mori, "/board/r/" + start.split('href="/board/r/')[1].split('"')[0]
