"""A town that has been asked, its web server, and its links, beside a browser.

    with asked("sqlite:///…", "ja") as links:
        page.goto(links["checkin"])

Rules of the room:
- The town lives on a thread of its own: the one of the test belongs to the browser.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from tests.scenarios.launch import roll_call
from tests.scenarios.taplinks import checkin, link, opened, path
from tests.town import Town

PEOPLE = "Mori: safety admin\n  Lena: safety {0}\n    Aiko: {0} @Osaka #Nights\n    Ben: {0}\n"
PATIENCE = 60.0
"""Real seconds until everybody has been asked."""

Links = dict[str, str]


@contextmanager
def asked(url: str, language: str) -> Iterator[Links]:
    """`checkin` and `worklist`, served until the block ends."""
    links: Future[tuple[Links, asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    with ThreadPoolExecutor(1) as thread:
        serving = thread.submit(asyncio.run, _serve(url, language, links))
        # A town that fails says why, and nobody waits for its links.
        serving.add_done_callback(
            lambda ended: links.done() or links.set_exception(ended.exception() or EOFError())
        )
        given, loop, over = links.result(PATIENCE)
        try:
            yield given
        finally:
            loop.call_soon_threadsafe(over.set)
            serving.result(PATIENCE)


async def _serve(url: str, language: str, links: Future[object]) -> None:
    over = asyncio.Event()
    town = await Town.found(url, PEOPLE.format(language))
    try:
        call = await roll_call(town, "Mori", 4, drill=language == "ja")
        await town.taps("Lena", town.house.texts.words(language).say("answer-safe"))
        await town.fast_forward(minutes=70)
        async with opened(town) as web:
            worklist = f"worklist:{call}:{town.people['Lena'].id}"
            found = {
                "checkin": await checkin(town, "Aiko"),
                "worklist": await link(town, "Lena", "worklist", worklist),
            }
            given = {name: web.base + path(url) for name, url in found.items()}
            links.set_result((given, asyncio.get_running_loop(), over))
            await over.wait()
    finally:
        await town.close()
