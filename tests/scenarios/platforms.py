"""A city: people on Slack, on Telegram and in the web chat, served by one house or several.

    async with founded(database, "Mori: safety slack\\n  Aiko: telegram slack") as city:
        mori, aiko = city.slack("Mori"), city.telegram("Aiko")
        await aiko.says("fire in building B")
        await aiko.hears("Where?")

Rules of the room:
- Both platforms are whole and on loopback, at their published limits; the house talks to them
  as to the real ones. Only time is made up, and all three share it.
- A step ends when what people did has been received and all that can be sent has been sent. What
  must still come is waited for by `hears` and `until`, and time passes only as far as it must.
- At the end nothing waits to be sent, every chain of the journal holds, the log has no error, no
  word is missing, and no button shows an answer other than the one on record.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import text
from structlog.testing import capture_logs

from adapters.web.server import Server
from bot import cli
from bot.app import House
from bot.events import Sender
from bot.views import Reader, draw
from storage import journal, rows, staff
from tests.adapters.slack_fake import Slack
from tests.adapters.telegram_fake import FakeTelegram, Published
from tests.databases import MASTER_KEY
from tests.scenarios.folk import Somebody, folk, roster
from tests.scenarios.handsets import Handset, OnSlack, OnTelegram
from tests.scenarios.phones import Phone, TownClock, plain
from tests.town import Citizen, Town

PATIENCE = 15.0
"""Real seconds in which something must come that is on its way."""
SHORTLY = timedelta(seconds=20)
"""How far time may pass until something is shown that is due."""
LAST_WORDS = 12
"""How often five seconds pass until the last edits have had their turn in a chat."""
FIRST_TELEGRAM = 70_000
SNAPSHOTS = ("person:", "draft:", "explain:")


def address(person: Somebody, channel: str) -> str:
    """Where somebody is found on a platform."""
    number = int(person.key.removeprefix("P"))
    return {"slack": f"U{person.key}", "telegram": str(FIRST_TELEGRAM + number)}.get(
        channel, person.address(channel)
    )


def environment(url: str, settings: Mapping[str, object]) -> dict[str, str]:
    """These settings as another process is given them."""
    given = {"database": {"url": url}, "secrets": {"master_key": MASTER_KEY}, **settings}
    return {
        f"RENRAKU_{section}__{name}".upper(): (
            json.dumps(value) if isinstance(value, Mapping) else str(value)
        )
        for section, values in given.items()
        if isinstance(values, Mapping)
        for name, value in values.items()
    }


class CityClock(TownClock):
    """Time that is moved by hand and goes on by itself between: the platforms are real servers,
    and whoever waits for a turn there must see it come."""

    def __init__(self) -> None:
        super().__init__()
        self._looked = time.monotonic()

    def now(self) -> datetime:
        looked = time.monotonic()
        self.turn(timedelta(seconds=looked - self._looked))
        self._looked = looked
        return super().now()


class City(Town):
    """A town whose people have real chat platforms. Made by `founded`."""

    def __init__(
        self,
        url: str,
        clock: TownClock,
        settings: Mapping[str, object],
        slack: Slack,
        telegram: FakeTelegram,
    ) -> None:
        super().__init__(url, clock, settings)
        self.offices = {}
        self.at_slack = slack
        self.at_telegram = telegram
        self._servers: dict[House, tuple[Server, asyncio.Task[None]]] = {}
        self._handsets: dict[tuple[str, str], Handset] = {}

    @property
    def carriers(self) -> set[str]:
        return set(self.house.platforms)

    # --- who is there --------------------------------------------------------------------

    async def move_in(self, people: str) -> None:
        new = folk(people)
        async with self.house.store.write() as work:
            await staff.take_over(work, roster(new, address), leave=False)
            known = await work.by_key([p.key for p in new])
        for person in new:
            phone = Phone(person.name)
            self.people[person.name] = Citizen(person, known[person.key].id, phone)
            if "web" in person.channels:
                self.web.open(known[person.key].id, phone)
            if "slack" in person.channels:
                self.slack(person.name)
            if "telegram" in person.channels:
                self.telegram(person.name)

    def slack(self, name: str) -> OnSlack:
        """Somebody's Slack; a stranger's where nobody is called so."""
        known = self._handsets.get(("slack", name))
        if isinstance(known, OnSlack):
            return known
        person = self.people.get(name)
        id_ = address(person.somebody, "slack") if person else f"U{name}"
        phone = self.at_slack.add_user(id_, real_name=name)
        made = self._handsets["slack", name] = OnSlack(self, name, phone)
        return made

    def telegram(self, name: str) -> OnTelegram:
        """Somebody's Telegram; a stranger's where nobody is called so."""
        known = self._handsets.get(("telegram", name))
        if isinstance(known, OnTelegram):
            return known
        person = self.people.get(name)
        number = address(person.somebody, "telegram") if person else "99999"
        language = person.somebody.language if person else "en"
        phone = self.at_telegram.user(int(number), name, language)
        made = self._handsets["telegram", name] = OnTelegram(self, name, phone)
        return made

    @property
    def handsets(self) -> Sequence[Handset]:
        return list(self._handsets.values())

    # --- time ----------------------------------------------------------------------------

    async def settle(self) -> None:
        """Until what people did has been received, and all that can be sent has been sent."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await super().settle()
                if not self._on_the_way():
                    break
                await asyncio.sleep(0.002)
        await super().settle()

    def _on_the_way(self) -> bool:
        """True while something people did is being received. What a platform keeps for later,
        because nobody takes it, is not on its way."""
        slack = [d for d in self.at_slack.deliveries.waiting if d.deadline is not None]
        telegram = self.at_telegram
        fetched = telegram.down is None and not telegram.updates.held
        return bool(slack) or (fetched and bool(telegram.updates.pending))

    async def until(
        self, true: Callable[[], object], what: str = "it", within: timedelta = SHORTLY
    ) -> None:
        """Until something is so; time passes as far as it must, at most `within`."""
        ends = self.clock.now() + within
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.settle()
                    if true():
                        return
                    due = await self.next_due()
                    if due is not None and due <= ends:
                        self.clock.at_least(due)
                    else:
                        await asyncio.sleep(0.002)
        except TimeoutError:
            raise AssertionError(f"{what} never came:\n{self.shown()}") from None

    def shown(self) -> str:
        """What every handset shows, for whoever reads a failure."""
        return "\n".join(
            f"== {handset.name} on {handset.channel}\n" + "\n--\n".join(handset.texts)
            for handset in self.handsets
        )

    # --- what is told to the house at once -------------------------------------------------

    def sender(self, name: str, by: str = "") -> Sender:
        person = self.people[name]
        channel = by or person.somebody.channels[0]
        if channel == "web":
            return Sender("web", str(person.id))
        return Sender(channel, address(person.somebody, channel))

    # --- the house -----------------------------------------------------------------------

    async def open_doors(self, house: House | None = None) -> None:
        """The house begins to receive."""
        for platform in (house or self.house).platforms.values():
            await platform.source.start()

    async def close_doors(self, house: House) -> None:
        if (server := self._servers.pop(house, None)) is not None:
            server[0].should_exit = True
            await server[1]
        for platform in house.platforms.values():
            await platform.source.stop()

    async def serves(self, house: House) -> str:
        """The house's web server begins; returns its address."""
        server = Server(house.site, "127.0.0.1", 0)
        self._servers[house] = server, asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        return f"http://127.0.0.1:{server.port}"

    async def close(self) -> None:
        for house in self.houses:
            await self.close_doors(house)
        await super().close()

    async def command(self, *words: str) -> str:
        """What a command prints that an operator runs beside the server."""

        def run() -> str:
            out, given = io.StringIO(), environment(self.url, self.settings)
            # This process keeps its own log; the command has its own loop, in this thread.
            with (
                patch.dict(os.environ, given),
                patch("bot.commands.parts.logs.for_command"),
                redirect_stdout(out),
                redirect_stderr(io.StringIO()),
            ):
                cli.run(words)
            return out.getvalue()

        return await asyncio.to_thread(run)

    async def count(self, statement: str, **values: object) -> int:
        """The one number a query answers."""
        return int((await self.row(statement, **values))[0])

    async def recorded(self, kind: str) -> int:
        """How many lines of a kind the journal has."""
        return await self.count("SELECT count(*) FROM journal WHERE kind = :kind", kind=kind)

    async def answers(self) -> dict[str, str]:
        """What is on record for everybody asked in any roll call, by name."""
        query = "SELECT p.name, a.answer FROM asks a JOIN people p ON p.id = a.person"
        async with self.house.store.look() as look:
            found = await look.conn.execute(text(f"{query} WHERE a.kind = 'check-in'"))
            return {str(row.name): str(row.answer) for row in found.all()}


@asynccontextmanager
async def founded(
    database: str,
    people: str,
    *,
    houses: int = 1,
    faults: Sequence[str] = (),
    slack: Mapping[str, object] | None = None,
    telegram: Mapping[str, object] | None = None,
    **settings: object,
) -> AsyncIterator[City]:
    """A city at work; it is looked over at the end. `faults` are events of the log that must
    not surprise, `slack` and `telegram` further settings of these."""
    clock = CityClock()
    with capture_logs() as lines:
        async with Slack(clock=clock) as at_slack, FakeTelegram(clock) as at_telegram:
            at_slack.tiers.on = True
            at_telegram.limits = Published()
            given = {
                "slack": {
                    "bot_token": at_slack.bot_token,
                    "app_token": at_slack.app_token,
                    "api_url": at_slack.api_url.rstrip("/"),
                    **(slack or {}),
                },
                "telegram": {
                    "token": at_telegram.token,
                    "api_url": at_telegram.url,
                    **(telegram or {}),
                },
                **settings,
            }
            city = City(database, clock, given, at_slack, at_telegram)
            city.faults_expected |= set(faults)
            try:
                for number in range(houses):
                    city.open_house("server" if number == 0 else f"replica{number}")
                await city.move_in(people)
                for house in city.houses:
                    await city.open_doors(house)
                await at_slack.sockets.connected(2 * houses)
                yield city
                await look_over(city, lines)
            finally:
                await city.close()


async def look_over(city: City, lines: Sequence[Mapping[str, Any]]) -> None:
    """What must hold when all is said and done."""
    for _ in range(LAST_WORDS):
        await city.fast_forward(seconds=5)
        async with city.house.store.look() as look:
            queued = (await look.conn.execute(text("SELECT view, person FROM outbox"))).all()
            verdict = await journal.verify(look.conn)
        if not queued:
            break
    assert not queued, f"never sent: {queued}"
    assert verdict.broken == ()
    wrong = [dict(line) for line in lines if line["log_level"] in ("error", "critical")]
    wrong = [line for line in wrong if line["event"] not in city.faults_expected]
    assert not wrong, f"the log has errors: {wrong}"
    for house in city.houses:
        assert not house.texts.missing, f"words missing: {dict(house.texts.missing)}"
    await _nothing_stale(city)


async def _nothing_stale(city: City) -> None:
    """Each message has the title and the ticked answers it would have if drawn now."""
    names = {citizen.id: name for name, citizen in city.people.items()}
    async with city.house.store.look() as look:
        posts = (await look.conn.execute(text("SELECT * FROM posts"))).all()
        for post in posts:
            handset = city._handsets.get((post.channel, names.get(post.person, "")))
            person = await look.person(post.person) if post.person else None
            if handset is None or person is None or post.subject.startswith(SNAPSHOTS):
                continue
            shown = handset.by_reference(post.reference)
            if shown is None or handset.unreachable:
                continue
            reader = Reader(person, city.clock.now(), city.house.rules, city.house.texts)
            card = await draw(post.view, look, post.subject, reader, rows.mapping(post.args))
            if card is None:
                continue
            assert plain(card.title) in shown.text, f"{handset.name} sees {shown.text!r}"
            now = [plain(b.label) for b in card.every_button() if b.chosen]
            ticked = [label.partition("✓ ")[2] for label in shown.labels if "✓ " in label]
            assert ticked == now, f"{handset.name} sees {ticked} ticked, on record is {now}"
