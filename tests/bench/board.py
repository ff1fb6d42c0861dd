"""Fifty open boards while 200 people answer a second: what the boards alone cost, how soon the
first page is there, and how large it is.

The naive way: each open page draws the roll call for itself, once a second.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx

from adapters.board.live import EVERY, SELDOM, SLOWLY
from adapters.web.app import build
from bot.app import House
from bot.board.figures import Choice
from bot.boarding import Entrance
from bot.events import Sender, Tapped
from tests.bench import stage as s
from tests.bench.figures import Figure
from tests.bench.probes import percentile
from tests.bench.stage import Stage

BOARDS = 50
ANSWERS = 200
"""A second."""
SECONDS = 12
FIRST = 0.3
LARGEST = 150_000
SHARE = 5.0
"""Percent of a core; with nothing happening, of the whole process and its clockwork."""
BASE = "http://127.0.0.1:8080"


async def run(stage: Stage) -> list[Figure]:
    async with s.full_house(stage) as house:
        await s.call_everyone(house, stage.people)
        await s.spread(house)
        await s.delivered(house)
        everyone = iter(await s.asked(house))
        async with house.store.look() as look:
            [roll_call] = await look.running()
            manager = await look.person(1)
        assert manager is not None
        app = build(house.site)
        path = f"/board/r/{roll_call.id}"
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as browser:
            session = await Entrance(house).enter(
                (await Entrance(house).link(manager)).rpartition("/")[2]
            )
            browser.cookies.set("board", str(session))
            first, page = [], httpx.Response(0)
            for _ in range(7):
                house.board.topics.touch()
                start = time.perf_counter()
                page = await browser.get(path)
                first.append(time.perf_counter() - start)
            assert page.status_code == 200, page.status_code
        alone = await _answering(house, everyone, [])
        streams = [_Stream(app, path, str(session)) for _ in range(BOARDS)]
        # One person's pages are few: that limit is not what is measured here.
        house.board.topics.each_person = BOARDS
        for stream in streams:
            stream.task = asyncio.create_task(stream.run())
            await asyncio.sleep(0)
        with_boards = await _answering(house, everyone, streams)
        told = [stream.events for stream in streams]
        idle, looks = await _idle(house)
        for stream in streams:
            assert stream.task is not None
            stream.task.cancel()
        await asyncio.gather(*(x.task for x in streams if x.task), return_exceptions=True)
        naive, round_ = await _each_for_itself(house, roll_call.id)
        house.board.close()
    # Of two runs each other's noise is subtracted; what a round takes is surer.
    cost = round_ * max(told) / SECONDS
    return [
        Figure("first page, median", percentile(first, 0.5) * 1000, "ms", target=FIRST * 1000),
        Figure("page", len(page.content) / 1000, "kB", target=LARGEST / 1000),
        Figure(
            f"{BOARDS} boards at {ANSWERS} answers/s",
            cost * 100,
            "% of a core",
            target=SHARE,
            naive=naive * BOARDS * 100,
            note=f"the whole process: {alone * 100:.0f} % without, {with_boards * 100:.0f} % with",
        ),
        Figure(f"{BOARDS} boards while nothing happens", idle * 100, "% of a core", target=SHARE),
        Figure("of these, looks at the roll call", looks, "/s", target=1 / SELDOM + 1 / SECONDS),
        Figure("news to each board a second", max(told) / SECONDS, "/s", target=1.0),
    ]


async def _idle(house: House) -> tuple[float, float]:
    """Processor seconds a second, and looks a second, with every board open and nobody doing
    anything; once what is looked at more seldom has caught up."""
    await asyncio.sleep(SLOWLY + 5 * EVERY)
    loop, topics = asyncio.get_running_loop(), house.board.topics
    start, used, looks = loop.time(), time.process_time(), topics.looks
    await asyncio.sleep(SECONDS)
    took = loop.time() - start
    return (time.process_time() - used) / took, (topics.looks - looks) / took


async def _answering(house: House, everyone: Any, streams: list[_Stream]) -> float:
    """Processor seconds a second while people answer."""
    loop = asyncio.get_running_loop()
    for stream in streams:
        stream.events = 0
    start, used, taps = loop.time(), time.process_time(), []
    for number in range(ANSWERS * SECONDS):
        wait = start + number / ANSWERS - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        ask, person = next(everyone)
        button = f"ask:{ask}:{'help' if number % 500 == 250 else 'safe'}"
        tap = Tapped(f"bench:{ask}", Sender("web", str(person)), button)
        taps.append(asyncio.create_task(house.engine.handle(tap)))
    await asyncio.gather(*taps)
    return (time.process_time() - used) / (loop.time() - start)


async def _each_for_itself(house: House, id_: str) -> tuple[float, float]:
    """Processor seconds of looking everything up and drawing it once, and of a shared round, in
    which what costs more is looked up less often."""
    desk = house.board.desk
    async with house.store.look() as look:
        person = await look.person(1)
    assert person is not None
    seen = await desk.seen(id_, await desk.rights(person))
    assert seen is not None
    often, seldom = 0.0, 0.0
    for _ in range(5):
        used = time.process_time()
        quick = await desk.quick(seen, Choice())
        between = time.process_time()
        slow = await desk.slow(seen, quick)
        after = time.process_time()
        house.board.drawing.sheet(seen, quick, slow, person.language, person.time_zone)
        often += (time.process_time() - used - (after - between)) / 5
        seldom += (after - between) / 5
    return often + seldom, often + seldom * EVERY / SLOWLY


class _Stream:
    """An open page's connection, without the socket."""

    def __init__(self, app: Any, path: str, session: str) -> None:
        self.events = 0
        self.task: asyncio.Task[None] | None = None
        self._app = app
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "path": f"{path}/events",
            "raw_path": f"{path}/events".encode(),
            "root_path": "",
            "scheme": "http",
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1:8080"), (b"cookie", f"board={session}".encode())],
            "server": ("127.0.0.1", 8080),
            "client": ("127.0.0.1", 5000),
            "state": {},
        }

    async def run(self) -> None:
        asked = False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if not asked:
                asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await asyncio.Event().wait()
            return {}

        async def send(message: dict[str, Any]) -> None:
            if b"event: sheet" in message.get("body", b""):
                self.events += 1

        await self._app(self._scope, receive, send)
