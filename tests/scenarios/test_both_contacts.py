"""A platform throws us out, or somebody leaves it: people are reached by what is left to them."""

from __future__ import annotations

import json

from tests.scenarios.handsets import Handset
from tests.scenarios.launch import roll_call
from tests.scenarios.platforms import City, founded

DATABASES = ("sqlite",)

ASK = "Are you safe?"
BOTH = [f"Both{n}" for n in range(1, 7)]
ALONE = [f"Alone{n}" for n in range(1, 5)]
CREW = (
    "Mori: safety admin @HQ slack telegram\n"
    + "".join(f"  {name}: @Plant slack telegram\n" for name in BOTH)
    + "".join(f"  {name}: @Plant slack\n" for name in ALONE)
    + "  Chen: @Plant slack web\n  Dora: @Plant telegram slack\n"
)
EVERYBODY = 1 + len(BOTH) + len(ALONE) + 2
THROWN_OUT = ("slack.closed", "slack.unconnected", "slack.told")


async def look_whether_it_works(city: City) -> None:
    """What the house does once a minute."""
    await city.house._probe()
    await city.settle()


def dies_after(city: City, count: int) -> None:
    """The token is taken away while the message after so many is on its way."""
    passed = 0

    async def one_more() -> None:
        nonlocal passed
        passed += 1
        if passed > count:
            city.at_slack.dead = "token_revoked"

    for _ in range(count + 1):
        city.at_slack.faults.meanwhile("chat.postMessage", one_more)


def asked(handset: Handset) -> int:
    return handset.heard(ASK, "Smoke")


async def test_a_token_revoked_in_the_middle_of_a_launch_loses_nobody(database: str) -> None:
    async with founded(database, CREW, faults=THROWN_OUT) as city:
        dies_after(city, 5)
        await roll_call(city, "Mori", EVERYBODY, words="Smoke in hall B.")
        # Administrators hear it once, by a way that is open.
        await city.telegram("Mori").hears("Slack does not let us in any more")
        assert city.telegram("Mori").heard("does not let us in") == 1
        on_slack = [h.name for h in city.handsets if h.channel == "slack" and asked(h)]
        assert 1 <= len(on_slack) <= 5, "some had been asked before"
        for name in ("Mori", *BOTH):
            await city.until(lambda name=name: asked(city.slack(name)) + asked(city.telegram(name)))
            both = (asked(city.slack(name)), asked(city.telegram(name)))
            assert sum(both) == 1, (name, both)
        await city.telegram("Dora").hears(ASK, "Smoke")
        waiting = [name for name in ALONE if not asked(city.slack(name))]
        assert waiting, "whoever has nothing else waits"
        assert await city.count("SELECT count(*) FROM contacts WHERE failing <> ''") == 0

        await city.fast_forward(minutes=1)
        await look_whether_it_works(city)
        assert not any(asked(city.slack(name)) for name in waiting)
        city.at_slack.dead = ""
        await city.fast_forward(minutes=1)
        await look_whether_it_works(city)
        for name in waiting:
            message = await city.slack(name).hears(ASK, "Smoke")
            assert "Reminder" not in message.posted
            await city.slack(name).taps("I'm safe")
            await city.slack(name).told("you are safe")
        for name in ALONE:
            assert asked(city.slack(name)) == 1
        assert await city.recorded("channel.closed") == await city.recorded("channel.opened") == 1
        city.ignores()


PEOPLE = """
Mori: safety admin @HQ telegram
  Lena: @Plant telegram
    Ben: slack
    Emi: slack telegram web
"""


async def test_whoever_leaves_slack_and_blocks_telegram_is_reached_by_what_is_left(
    database: str,
) -> None:
    async with founded(database, PEOPLE) as city:
        on_slack, on_telegram = city.slack("Emi"), city.telegram("Emi")
        await city.at_slack.deactivate(on_slack.phone.id)
        await roll_call(city, "Mori", 4, words="First.")
        await on_telegram.hears(ASK, "First.")
        assert on_slack.texts == []
        on_telegram.phone.blocks()
        await city.settle()
        await roll_call(city, "Mori", 4, words="Second.")
        city.hears("Emi", ASK, "Second.")
        assert on_telegram.heard("Second.") == 0
        # Ben had Slack alone: somebody above is to call him, at once.
        await city.at_slack.deactivate(city.slack("Ben").phone.id)
        await roll_call(city, "Mori", 4, words="Third.")
        await city.telegram("Lena").hears("still to reach", "Ben", "no message got through")

        listed = json.loads(await city.command("people", "list", "--unreachable", "--json"))
        assert [row["name"] for row in listed] == ["Ben"]
        checked = json.loads(await city.command("check", "--json"))["checks"]
        says = {row["name"]: row["says"] for row in checked}
        assert says["reach"] == "1 cannot be reached: Ben (P3)"
        assert says["channel slack"] == "0 people, 2 failing"
        assert says["channel telegram"] == "2 people, 1 failing"

        # Back again, on both: nothing need be set up anew.
        await city.at_slack.deactivate(city.slack("Ben").phone.id, back=True)
        on_telegram.phone.unblocks()
        await city.settle()
        await roll_call(city, "Mori", 4, words="Fourth.")
        await city.slack("Ben").hears(ASK, "Fourth.")
        await on_telegram.hears(ASK, "Fourth.")
        city.ignores()
