"""A real server is killed while it talks to Slack and Telegram, and started again.

Rules of the room:
- The server is the program itself, in a process of its own that ends by SIGKILL; both platforms
  are on loopback, so the moment of its end can be chosen to the call.
- What a platform has not been told is received it hands over again, as the real ones do.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_store
from storage import staff
from tests.adapters import slack_fake, telegram_phones
from tests.adapters.slack_fake import Delivery, Slack
from tests.adapters.telegram_fake import FakeTelegram, Slow
from tests.databases import MASTER_KEY, SqliteFiles, settings_for
from tests.scenarios.folk import folk, roster
from tests.scenarios.phones import TownClock, plain
from tests.scenarios.platforms import address

ROOT = Path(__file__).parent.parent
PATIENCE = 40.0
"""Real seconds for whatever must come."""
ON_SLACK, ON_TELEGRAM = 8, 8
EVERYBODY = 1 + ON_SLACK + ON_TELEGRAM
ASK = "Are you safe?"
SAFE = "I'm safe"
KILLED_AT = 4
"""The message on its way while the server is killed."""


@dataclass
class World:
    """Both platforms, the database, and the server that may be killed."""

    slack: Slack
    telegram: FakeTelegram
    url: str
    config: Path
    process: asyncio.subprocess.Process | None = None
    slack_phones: list[slack_fake.Phone] = field(default_factory=list)
    telegram_phones: list[telegram_phones.Phone] = field(default_factory=list)

    async def starts(self) -> None:
        """A server begins; it is taken on its word that no other of its name is left."""
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "-c", str(self.config), "serve", "--force"),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            greeting = await self.process.stdout.readline()
        assert b"Renraku is running" in greeting
        await self.slack.sockets.connected(2, PATIENCE)

    def killed(self) -> None:
        """At once, without a word."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)

    async def is_gone(self) -> None:
        assert self.process is not None
        assert await self.process.wait() == -signal.SIGKILL
        await self.slack.sockets.gone(PATIENCE)

    async def until(self, true: Callable[[], object], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not true():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"{what} never came") from None

    def rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as file:
            return file.execute(query).fetchall()

    def answered(self) -> int:
        [(count,)] = self.rows("SELECT count(*) FROM journal WHERE kind = 'checkin.answered'")
        return int(count)

    def asked(self) -> Counter[str]:
        """How often each person has been asked."""
        found: Counter[str] = Counter()
        for phone in self.slack_phones:
            found[phone.id] = sum(ASK in plain(m.shown) for m in phone.received)
        for other in self.telegram_phones:
            found[str(other.id)] = sum(ASK in text for text in other.texts)
        return found


@asynccontextmanager
async def world(database: str, folder: Path) -> AsyncIterator[World]:
    async with Slack() as slack, FakeTelegram() as telegram:
        slack.deliveries.repeats_everything = True
        config = folder / "renraku.toml"
        config.write_text(
            f"""
            [database]
            url = "{database}"
            [secrets]
            master_key = "{MASTER_KEY}"
            [web]
            port = 0
            [slack]
            bot_token = "{slack.bot_token}"
            app_token = "{slack.app_token}"
            api_url = "{slack.api_url.rstrip("/")}"
            [telegram]
            token = "{telegram.token}"
            api_url = "{telegram.url}"
            """,
            encoding="utf-8",
        )
        made = World(slack, telegram, database, config)
        await _move_in(made)
        await made.starts()
        try:
            yield made
        finally:
            process = made.process
            if process is not None and process.returncode is None:
                process.kill()
                await process.wait()


async def _move_in(made: World) -> None:
    lines = ["Mori: safety slack"]
    lines += [f"  S{n}: slack" for n in range(ON_SLACK)]
    lines += [f"  T{n}: telegram" for n in range(ON_TELEGRAM)]
    people = folk("\n".join(lines))
    store = open_store(settings_for(made.url), TownClock(), channels={"slack", "telegram"})
    async with store.write() as work:
        await staff.take_over(work, roster(people, address), leave=False)
    await store.close()
    for person in people:
        [channel] = person.channels
        where = address(person, channel)
        if channel == "slack":
            made.slack_phones.append(made.slack.add_user(where, real_name=person.name))
        else:
            made.telegram_phones.append(made.telegram.user(int(where), person.name))


async def launch(made: World) -> None:
    """Mori starts a roll call, page by page."""
    mori = made.slack_phones[0]
    given = {
        "drill": "Real emergency",
        "who": "Everyone",
        "words~own": "Smoke.",
        "mode": "Everyone at once",
        "confirm": str(EVERYBODY),
    }
    await mori.runs("/renraku rollcall")
    while given:
        page = await mori.gets_modal()
        here = {e.block_id for e in page.elements() if e.kind != "button"} & set(given)
        await mori.fills({name: given.pop(name) for name in here})
        await mori.submits(wait=bool(given))


def dies_while_sending(made: World) -> None:
    """The server is killed while a message to Slack and several to Telegram have been taken and
    nobody has told it yet."""
    sent = 0

    async def one_more() -> None:
        nonlocal sent
        sent += 1
        if sent == KILLED_AT:
            made.killed()

    for _ in range(KILLED_AT):
        made.slack.faults.meanwhile("chat.postMessage", one_more)
    made.telegram.fails("sendMessage", Slow(0.2), times=ON_TELEGRAM)


@pytest.mark.slow
async def test_killed_while_it_sends_and_while_it_receives(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    async with world(sqlite_files.copy(tmp_path), tmp_path) as made:
        # Between sending and marking: nobody is left out, and nobody is asked a third time.
        dies_while_sending(made)
        await launch(made)
        await made.is_gone()
        made.telegram.recovers()
        before = made.asked()
        assert 0 < sum(before.values()) < 2 * EVERYBODY
        await made.starts()
        await made.until(lambda: min(made.asked().values()) > 0, "everybody's question")
        await made.until(lambda: not made.rows("SELECT 1 FROM outbox"), "the last card")
        after = made.asked()
        assert set(after.values()) <= {1, 2}, after
        assert all(before[name] == 1 for name, times in after.items() if times == 2)

        # Between saving and confirming, and between receiving and saving: all of it comes again,
        # nothing is lost, and nothing counts twice.
        saved, unsaved = await dies_while_receiving(made)
        assert made.answered() == 2
        await made.starts()
        await made.slack.passes(3)
        await made.until(lambda: saved.acked and unsaved.acked, "the receipts for Slack's taps")
        await made.until(lambda: not made.telegram.updates.pending, "those for Telegram's")
        assert (saved.sent, unsaved.sent) == (2, 2)
        assert made.answered() == 4
        answers = made.rows("SELECT answer FROM asks WHERE answer <> ''")
        assert answers == [("safe",)] * 4
        for phone in made.telegram_phones[:2]:
            await made.until(lambda p=phone: any("✓" in "".join(m.labels) for m in p.messages), "✓")


async def dies_while_receiving(made: World) -> tuple[Delivery, Delivery]:
    """Two taps on each platform: one pair is saved but not confirmed, the other not even saved."""
    slack, telegram = made.slack_phones[1:3], made.telegram_phones[:2]
    updates = made.telegram.updates
    updates.unheard = True
    telegram[0].taps(SAFE)
    saved = await slack[0].taps(SAFE, wait=False)
    [carried] = [line for line in made.slack.sockets.open if saved.envelopes[0] in line.envelopes]
    made.slack.sockets.deafen(carried)
    await made.until(lambda: made.answered() == 2, "both answers")
    assert not saved.acked
    assert len(updates.pending) == 1
    with closing(sqlite3.connect(made.url.removeprefix("sqlite:///"))) as held:
        held.execute("BEGIN IMMEDIATE")
        unsaved = await slack[1].taps(SAFE, wait=False)
        telegram[1].taps(SAFE)
        await made.until(lambda: set(updates.pending) <= updates.handed_out, "the second tap")
        await asyncio.sleep(0.2)
        assert (unsaved.sent, unsaved.acked, len(updates.pending)) == (1, False, 2)
        made.killed()
        await made.is_gone()
        held.execute("ROLLBACK")
    updates.unheard = False
    return saved, unsaved
