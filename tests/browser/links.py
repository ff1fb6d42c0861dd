"""A program for the browser tests: a town that has been asked, its web server, and its links.

    python -m tests.browser.links FILE LANGUAGE

It prints one line of JSON, `{"checkin": …, "worklist": …}`, and serves until its input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys

from tests.databases import migrate
from tests.scenarios.launch import roll_call
from tests.scenarios.taplinks import checkin, link, opened, path
from tests.town import Town

PEOPLE = "Mori: safety admin\n  Lena: safety {0}\n    Aiko: {0} @Osaka #Nights\n    Ben: {0}\n"


async def main(file: str, language: str) -> None:
    town = await Town.found(f"sqlite:///{file}", PEOPLE.format(language))
    try:
        call = await roll_call(town, "Mori", 4, drill=language == "ja")
        await town.taps("Lena", town.house.texts.words(language).say("answer-safe"))
        await town.fast_forward(minutes=70)
        async with opened(town) as web:
            worklist = f"worklist:{call}:{town.people['Lena'].id}"
            links = {
                "checkin": await checkin(town, "Aiko"),
                "worklist": await link(town, "Lena", "worklist", worklist),
            }
            print(json.dumps({name: web.base + path(url) for name, url in links.items()}))
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.read)
    finally:
        await town.close()


if __name__ == "__main__":
    migrate(f"sqlite:///{sys.argv[1]}")
    asyncio.run(main(sys.argv[1], sys.argv[2]))
