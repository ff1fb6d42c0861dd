"""A chat platform in a process of its own, and a house whose people are all on it.

Rules of the room:
- The platform is the strict fake of the adapters' tests, on loopback; only its own process pays
  for it. It listens to one command a line on its standard input, answers with one line of JSON,
  and ends when its input does.
- Times are the platform's own: when it took a message, when it was told "received".
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from bot.app import House, settle_down
from bot.config import load
from bot.roster import Roster
from storage import staff
from tests.adapters.slack_fake import Slack
from tests.adapters.telegram_fake import FakeTelegram, Published
from tests.bench import stage as s
from tests.bench.probes import ForwardClock
from tests.bench.stage import Stage

PLATFORMS = ("telegram", "slack")
FIRST = 1000
"""Telegram's number of the first person."""
LONGEST = 60.0
"""Seconds that taps may take to be confirmed."""


def address(platform: str, person: int) -> str:
    return str(FIRST + person) if platform == "telegram" else f"U{person}"


def own_answer(button: str) -> bool:
    """True for the button with which somebody says that they are safe themselves."""
    return button.startswith("ask:") and button.endswith(":safe")


# --- the house's side ----------------------------------------------------------------------


@dataclass
class Platform:
    """The other process."""

    name: str
    settings: Mapping[str, object]
    """The platform's section of the settings."""
    process: asyncio.subprocess.Process

    async def ask(self, command: str) -> Any:
        """Have something done there."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n".encode())
        return json.loads(await self.process.stdout.readline())


@asynccontextmanager
async def platform(name: str, people: int, *, limits: bool) -> AsyncIterator[Platform]:
    """A platform with so many people on it, and with its published limits or without any."""
    asked = json.dumps([name, people, limits])
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.chats", asked),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield Platform(name, json.loads(await process.stdout.readline()), process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(10):
                await process.wait()
        except TimeoutError:
            process.kill()


@asynccontextmanager
async def house(stage: Stage, on: Platform, **sections: object) -> AsyncIterator[House]:
    """A house on a fresh database, `stage.people` in it, each with one contact: `on`."""
    settings = load(
        None,
        environ={},
        database={"url": f"sqlite:///{stage.folder}/{on.name}-{time.monotonic_ns()}.db"},
        secrets={"master_key": base64.b64encode(bytes(32)).decode()},
        limits={"taps_per_minute": 10_000},
        **{on.name: on.settings, **sections},
    )
    made = House(settings, clock=ForwardClock())
    await made.upgrade()
    settle_down()
    every = tuple(
        replace(e, contacts=((on.name, address(on.name, number)),))
        for number, e in enumerate(s.entries(stage.people), 1)
    )
    keys = tuple(e.key for e in every)
    roster = Roster(entries=every, added=keys, fields=frozenset({"contacts"}))
    async with made.store.write() as work:
        await staff.take_over(work, roster, leave=False)
    try:
        yield made
    finally:
        await made.stop()


# --- the platform's side -------------------------------------------------------------------


@dataclass
class Taken:
    """What the platform has taken, with its own times in seconds."""

    posts: list[float]
    changes: list[float]
    refused: Counter[str] = field(default_factory=Counter)
    """With 429, by method."""

    def so_far(self) -> dict[str, object]:
        return {
            "posts": len(self.posts),
            "changes": len(self.changes),
            "refused": self.refused.total(),
            "methods": dict(self.refused),
            "first": self.posts[0] if self.posts else 0.0,
            "last": self.posts[-1] if self.posts else 0.0,
            "most": _most(sorted([*self.posts, *self.changes])),
        }


def _most(times: list[float]) -> int:
    """How many there were within any one second."""
    most, start = 0, 0
    for end, at in enumerate(times):
        while at - times[start] >= 1:
            start += 1
        most = max(most, end - start + 1)
    return most


class TelegramSide:
    def __init__(self, people: int, *, limits: bool) -> None:
        self._people = people
        self.fake = FakeTelegram()
        self.fake.limits = Published() if limits else None
        self.taken = Taken([], [])
        send, edit = self.fake._do_sendMessage, self.fake._do_editMessageText
        self.fake._do_sendMessage = self._noted(send, self.taken.posts)  # type: ignore[method-assign]
        self.fake._do_editMessageText = self._noted(  # type: ignore[method-assign]
            edit, self.taken.changes
        )

    def _noted(self, does: Any, into: list[float]) -> Any:
        async def noted(given: dict[str, Any]) -> Any:
            self.fake.calls.clear()
            try:
                found = await does(given)
            except Exception as problem:
                if getattr(problem, "status", 0) == 429:
                    self.taken.refused["sendMessage"] += 1
                raise
            into.append(time.monotonic())
            return found

        return noted

    async def start(self) -> dict[str, object]:
        await self.fake.start()
        for person in range(1, self._people + 1):
            self.fake.user(FIRST + person)
        return {"token": self.fake.token, "api_url": self.fake.url}

    async def stop(self) -> None:
        await self.fake.stop()

    async def tap(self) -> dict[str, object]:
        """Everybody taps at once; until the last toast, and until the last is confirmed."""
        phones = list(self.fake.phones.values())
        start = time.monotonic()
        for phone in phones:
            shown, safe = next(
                (message, data)
                for message in phone.messages
                for data in message.data
                if own_answer(data)
            )
            phone.taps_data(safe, shown)
        sent = time.monotonic()
        answered = 0.0
        async with asyncio.timeout(LONGEST):
            while not answered or self.fake.updates.pending:
                if not answered and all(phone.toasts for phone in phones):
                    answered = time.monotonic()
                await asyncio.sleep(0.005)
        said = sum(1 for phone in phones if phone.toast and phone.toast.text)
        return {
            "sent": sent - start,
            "answered": answered - start,
            "confirmed": time.monotonic() - start,
            "said": said,
            "failed": 0,
        }


class SlackSide:
    def __init__(self, people: int, *, limits: bool) -> None:
        self._people = people
        self.fake = Slack(clock=ForwardClock())
        self.fake.tiers.on = limits
        self.fake.counter.keeps = False
        self.fake.echoes = False
        self.taken = Taken([], [])
        self._take, self.fake.counter._serve = self.fake.counter._serve, self._serve  # type: ignore[method-assign]

    async def _serve(self, call: Any) -> Any:
        found = await self._take(call)
        if call.status == 429:
            self.taken.refused[call.method] += 1
        elif call.method == "chat.postMessage":
            self.taken.posts.append(time.monotonic())
        elif call.method == "chat.update":
            self.taken.changes.append(time.monotonic())
        return found

    async def start(self) -> dict[str, object]:
        await self.fake.__aenter__()
        for person in range(1, self._people + 1):
            self.fake.add_user(f"U{person}")
        tokens = {"bot_token": self.fake.bot_token, "app_token": self.fake.app_token}
        return {**tokens, "api_url": self.fake.api_url}

    async def stop(self) -> None:
        await self.fake.__aexit__()

    async def tap(self) -> dict[str, object]:
        """Everybody taps at once; until the last envelope is acknowledged."""
        phones = [self.fake.user(f"U{person}") for person in range(1, self._people + 1)]
        start = time.monotonic()
        waiting = []
        for phone in phones:
            shown, safe = next(
                (message, element.action_id)
                for message in phone.received
                for element in message.elements()
                if own_answer(element.value)
            )
            waiting.append(await phone.taps(safe, shown, wait=False))
        sent = time.monotonic()
        async with asyncio.timeout(LONGEST):
            await asyncio.gather(*(delivery.settled.wait() for delivery in waiting))
        ended = time.monotonic()
        failed = sum(1 for delivery in waiting if not delivery.acked)
        took = ended - start
        return {"sent": sent - start, "answered": took, "confirmed": took, "failed": failed}


async def serve(name: str, people: int, limits: bool) -> None:
    side = (TelegramSide if name == "telegram" else SlackSide)(people, limits=limits)
    print(json.dumps(await side.start()), flush=True)
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    settle_down()
    while command := (await lines.readline()).decode().strip():
        done = side.taken.so_far() if command == "count" else await side.tap()
        print(json.dumps(done), flush=True)
    await side.stop()


if __name__ == "__main__":
    asyncio.run(serve(*json.loads(sys.argv[1])))
