"""A town with a mail server and an SMS gateway on loopback, and its own web server.

    async with reached(found, PEOPLE) as town:
        await roll_call(town.town, "Mori", 4)
        page = await town.page(town.mails("Aiko")[-1].link)

Rules of the room:
- Both are whole and strict; only time is made up.
- A gateway's hooks are posted to over HTTP, as it would.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from tests.adapters import gateway as gateways
from tests.adapters import mail_server
from tests.adapters.gateway import FakeGateway, Message
from tests.adapters.mail_server import Letter, MailServer
from tests.scenarios import taplinks
from tests.scenarios.taplinks import Page, Web
from tests.town import Founding, Town

SECRET = "a secret of some length"
HOOKS = {
    "sms_gw": {"channel": "sms", "secret": SECRET},
    "mail_gw": {"channel": "email", "secret": SECRET},
}


@dataclass
class Reached:
    """A town and what reaches it."""

    town: Town
    mail: MailServer
    gateway: FakeGateway
    web: Web

    def address(self, name: str, channel: str) -> str:
        return self.town.people[name].somebody.address(channel)

    def mails(self, name: str) -> list[Letter]:
        return self.mail.to(self.address(name, "email"))

    def texts(self, name: str) -> list[Message]:
        return self.gateway.to(self.address(name, "sms"))

    async def page(self, link: str) -> Page:
        return await self.web.page(link)

    async def replies(self, name: str, words: str, number: int = 1) -> int:
        """Somebody answers a text message; the status the gateway got."""
        posted = {"from": self.address(name, "sms"), "text": words, "id": f"m{number}-{words}"}
        return await self.hook("sms_gw", posted)

    async def hook(self, name: str, posted: dict[str, Any], **headers: str) -> int:
        sent = headers or {"Authorization": f"Bearer {SECRET}"}
        async with self.web.http.post(
            f"{self.web.base}/hooks/{name}", json=posted, headers=sent
        ) as got:
            assert await got.read() == b"", "a gateway would send on what it is told"
            status = got.status
        await self.town.settle()
        return status

    async def count(self, query: str, **values: object) -> int:
        return int((await self.town.row(f"SELECT count(*) AS n FROM {query}", **values)).n)

    async def answer(self, name: str) -> str:
        row = await self.town.row(
            "SELECT answer FROM asks WHERE kind = 'check-in' AND person = :p",
            p=self.town.people[name].id,
        )
        return str(row.answer)

    async def delivery(self) -> dict[str, Any]:
        """What became of the questions, by channel."""
        about = f"rollcall:{(await self.town.row('SELECT id FROM rollcalls')).id}"
        async with self.town.house.store.look() as look:
            return {each.channel: each for each in await look.delivery(about)}


@asynccontextmanager
async def reached(found: Founding, people: str, **settings: object) -> AsyncIterator[Reached]:
    """A town with mail, text messages and hooks."""
    async with mail_server.serving() as mail, gateways.serving() as gateway:
        given = {
            "mail": mail.settings,
            "outbound": {"sms": gateway.template},
            "hooks": HOOKS,
            **settings,
        }
        town = await found(people, **given)
        async with taplinks.opened(town) as web:
            yield Reached(town, mail, gateway, web)
            town.ignores()
            await town.fast_forward(seconds=5)
        for house in town.houses:
            for platform in house.platforms.values():
                await platform.close()
