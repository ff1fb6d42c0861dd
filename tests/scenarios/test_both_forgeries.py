"""Button ids are no secret: one that is not theirs gets people nowhere, and changes nothing."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from tests.scenarios.handsets import Handset
from tests.scenarios.launch import roll_call
from tests.scenarios.platforms import City, founded

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety @HQ slack
  Lena: @Plant slack
    Aiko: telegram slack
    Ben: slack
  Omar: @Depot telegram slack
"""
STATE = ("asks", "rollcalls", "drafts", "incidents", "notes", "worklists")
NOT_YOURS = "You cannot do that here"
GONE = "That button no longer works"


async def state(city: City) -> dict[str, list[object]]:
    """Everything there is that an event could change."""
    found: dict[str, list[object]] = {}
    async with city.house.store.look() as look:
        for table in STATE:
            rows = (await look.conn.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))).all()
            found[table] = [tuple(row) for row in rows]
    return found


async def ask_of(city: City, name: str, about: str) -> str:
    query = "SELECT id FROM asks WHERE person = :p AND about = :a"
    return str((await city.row(query, p=city.people[name].id, a=f"rollcall:{about}")).id)


def handset(city: City, platform: str, name: str) -> Handset:
    return city.slack(name) if platform == "slack" else city.telegram(name)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
async def test_what_is_somebody_elses_is_refused(database: str, platform: str) -> None:
    async with founded(database, PEOPLE) as city:
        call = await roll_call(city, "Mori", 5)
        aside = await roll_call(city, "Mori", 1, who="site:Depot", words="Gas alarm.")
        mori, aiko = city.slack("Mori"), handset(city, platform, "Aiko")
        await mori.runs("/renraku rollcall")
        [draft] = await city.row("SELECT id FROM drafts ORDER BY updated_at DESC LIMIT 1")
        # Both have some message of the bot to send it from.
        await city.fast_forward(minutes=4)
        await aiko.hears("Are you safe?")
        theirs = await ask_of(city, "Ben", call)
        lead = city.people["Lena"].id
        refused = {
            f"ask:{theirs}:safe": NOT_YOURS,
            f"ask:{theirs}:help": NOT_YOURS,
            f"for:{theirs}:safe": NOT_YOURS,
            f"for:{theirs}:tried": NOT_YOURS,
            f"rc:{call}:allclear": NOT_YOURS,
            f"rc:{call}:calloff": NOT_YOURS,
            f"rc:{call}:tally": NOT_YOURS,
            f"wl:{call}:{lead}:0": NOT_YOURS,
            f"room:{aside}:safe": "You are not on the list of this roll call",
            f"form:{draft}:drill:real": NOT_YOURS,
            f"form:{draft}:!cancel": NOT_YOURS,
            "form:zzzzzzzz:!resume": "",
            "do:rollcall": NOT_YOURS,
            f"take:incident:{call}": "",
            f"ask:{theirs}:dead": GONE,
            f"ask:{theirs}": GONE,
            "ask:": GONE,
            "nothing:of:ours": GONE,
            ":::": GONE,
            "é" * 30: GONE,
        }
        before = await state(city)
        for button, words in refused.items():
            told = len(aiko.lines)
            await aiko.forges(button)
            await city.until(lambda told=told: len(aiko.lines) > told, f"an answer to {button}")
            assert words in aiko.lines[-1], (button, aiko.lines[-1])
        assert await state(city) == before
        assert set((await city.answers()).values()) == {""}


async def test_a_page_of_somebody_elses_form_cannot_be_handed_in(database: str) -> None:
    async with founded(database, PEOPLE) as city:
        mori, ben = city.slack("Mori"), city.slack("Ben")
        await mori.runs("/renraku rollcall")
        await mori.fills({"drill": "Drill", "who": "Everyone"})
        await ben.runs("/renraku report")
        page = await ben.phone.gets_modal()
        theirs = json.loads(mori.phone.modal.given["private_metadata"])
        page.given["private_metadata"] = json.dumps(theirs)
        before = await state(city)
        await ben.phone.fills({"kind": "Fire", "place~own": "x", "hurt": "Nobody"})
        await ben.phone.submits()
        await city.settle()
        assert await state(city) == before
        assert await city.count("SELECT count(*) FROM rollcalls") == 0


async def test_the_buttons_of_what_is_over_change_nothing(database: str) -> None:
    async with founded(database, PEOPLE) as city:
        call = await roll_call(city, "Mori", 5)
        ben, aiko, mori = city.slack("Ben"), city.telegram("Aiko"), city.slack("Mori")
        asked, on_telegram = await ben.hears("Are you safe?"), await aiko.hears("Are you safe?")
        buttons = {name: await ask_of(city, name, call) for name in ("Ben", "Aiko")}
        await mori.taps("Call off (a mistake)")
        await mori.phone.gets_modal()
        await mori.phone.submits()
        await ben.hears("mistake")
        await aiko.hears("mistake")
        await city.fast_forward(seconds=30)
        before = await state(city)
        # Ben's client has not drawn the message again yet.
        await ben.phone.taps("I need help", on=asked.raw, stale=0)
        await ben.told("This roll call was called off")
        await aiko.forges(f"ask:{buttons['Aiko']}:help")
        await aiko.told("This roll call was called off")
        await mori.forges(f"rc:{call}:allclear")
        await mori.told("This roll call has already ended")
        assert await state(city) == before
        assert on_telegram.raw.data == []
