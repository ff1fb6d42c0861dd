"""A platform throws us out, or somebody leaves it: people are reached by what is left to them."""

from __future__ import annotations

from storage import staff
from tests.scenarios.launch import roll_call
from tests.scenarios.platforms import City, founded

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ slack telegram
  Lena: @Plant telegram
    Aiko: slack telegram
    Ben: slack
    Chen: slack web
    Dora: telegram slack
"""
ASK = "Are you safe?"


async def probes(city: City) -> None:
    """Once a minute channels that are out of order are asked whether they work again."""
    await city.house._probe()
    await city.settle()


async def test_a_token_revoked_in_the_middle_of_a_launch_loses_nobody(database: str) -> None:
    async with founded(
        database, PEOPLE, faults=["slack.closed", "slack.unconnected", "slack.told"]
    ) as city:
        await roll_call(city, "Mori", 6, words="First.")
        city.slack("Ben").heard(ASK, "First.")
        city.at_slack.dead = "token_revoked"
        await roll_call_by_telegram(city)
        # Administrators hear it by a way that is open.
        await city.telegram("Mori").hears("Slack does not let us in any more")
        assert city.telegram("Mori").heard("does not let us in") == 1
        for name in ("Aiko", "Dora", "Lena", "Mori"):
            await city.telegram(name).hears(ASK, "Second.")
            assert city.telegram(name).heard(ASK, "Second.") == 1, name
        city.hears("Chen", ASK, "Second.")
        for handset in city.handsets:
            if handset.channel == "slack":
                assert handset.heard("Second.") == 0
        # Ben has nothing else: he waits, and is not taken for somebody who left.
        row = await city.row("SELECT count(*) AS n FROM contacts WHERE failing <> ''")
        assert row.n == 0
        await probes(city)
        assert city.slack("Ben").heard("Second.") == 0

        city.at_slack.dead = ""
        await city.fast_forward(minutes=2)
        await probes(city)
        asked = await city.slack("Ben").hears(ASK, "Second.")
        await city.slack("Ben").taps("I'm safe", on=asked)
        await city.slack("Ben").told("you are safe")
        assert city.slack("Ben").heard(ASK, "Second.") == 1
        await roll_call(city, "Mori", 6, words="Third.")
        for name in ("Aiko", "Ben", "Chen", "Mori"):
            await city.slack(name).hears(ASK, "Third.")
        city.ignores()


async def roll_call_by_telegram(city: City) -> None:
    city.people["Mori"].somebody  # noqa: B018
    await roll_call(city, "Mori", 6, words="Second.")


async def test_whoever_leaves_slack_and_blocks_telegram_is_reached_by_what_is_left(
    database: str,
) -> None:
    people = PEOPLE + "    Emi: slack telegram web\n"
    async with founded(database, people) as city:
        emi = city.people["Emi"]
        await city.at_slack.deactivate(city.slack("Emi").phone.id)
        await city.settle()
        await roll_call(city, "Mori", 7, words="First.")
        await city.telegram("Emi").hears(ASK, "First.")
        assert city.slack("Emi").texts == []
        city.telegram("Emi").phone.blocks()
        await city.settle()
        await roll_call(city, "Mori", 7, words="Second.")
        city.hears("Emi", ASK, "Second.")
        assert city.telegram("Emi").heard("Second.") == 0
        # Ben had Slack alone.
        await city.at_slack.deactivate(city.slack("Ben").phone.id)
        await city.settle()
        await roll_call(city, "Mori", 7, words="Third.")
        await city.telegram("Lena").hears("still to reach", "Ben", "no message got through")
        async with city.house.store.look() as look:
            held = await staff.held_channels(look.conn)
            alone = await staff.unreachable(look.conn, look.channels, 10)
        assert alone == [city.people["Ben"].somebody.key]
        assert (held["slack"][1], held["telegram"][1]) == (2, 1)
        # Back again, on both: nothing need be set up anew.
        await city.at_slack.deactivate(city.slack("Ben").phone.id, back=True)
        city.telegram("Emi").phone.unblocks()
        await city.telegram("Emi").says("menu")
        await city.settle()
        await roll_call(city, "Mori", 7, words="Fourth.")
        await city.slack("Ben").hears(ASK, "Fourth.")
        await city.telegram("Emi").hears(ASK, "Fourth.")
        assert emi.phone.messages
        city.ignores()
