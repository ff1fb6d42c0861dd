"""A one-time code from the command line opens the chat on either platform, once."""

from __future__ import annotations

import json

from tests.scenarios.launch import roll_call
from tests.scenarios.platforms import City, founded

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety @HQ telegram
  Aiko: @Plant none
  Ben: @Plant none
"""


async def code_for(city: City, name: str, channel: str) -> str:
    """What an operator is given for somebody, beside the running server."""
    key = city.people[name].somebody.key
    [row] = json.loads(await city.command("people", "invite", key, f"--{channel}", "--json"))
    assert row["name"] == name
    return str(row["code"])


async def test_codes_made_beside_the_server_link_accounts_and_the_next_roll_call_reaches_them(
    database: str,
) -> None:
    async with founded(database, PEOPLE) as city:
        aiko, ben = city.telegram("Aiko"), city.slack("Ben")
        for_aiko = await code_for(city, "Aiko", "telegram")
        for_ben = await code_for(city, "Ben", "slack")
        # A code is for one platform, and a made-up one for none.
        aiko.phone.starts(for_ben)
        await aiko.hears("code")
        assert aiko.heard("Welcome") == 0
        aiko.phone.starts(for_aiko)
        await aiko.hears("Welcome")
        await ben.says(for_ben)
        await ben.hears("Welcome")
        await roll_call(city, "Mori", 3)
        await aiko.hears("Are you safe?")
        await ben.hears("Are you safe?")

        # Whoever finds the slip afterwards gets nowhere, and hears of nobody.
        thief = city.slack("THIEF")
        await thief.says(for_ben)
        await city.until(lambda: thief.messages)
        [told] = thief.texts
        assert "Ben" not in told
        assert thief.heard("Welcome") == 0
        assert await city.recorded("person.linked") == 2
        await ben.taps("I'm safe")
        await aiko.taps("I need help")
        await city.telegram("Mori").hears("Aiko", "needs help")
