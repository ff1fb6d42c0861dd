"""Two equal servers on one PostgreSQL, both of them on Slack and behind one webhook."""

from __future__ import annotations

from tests.scenarios.launch import roll_call
from tests.scenarios.platforms import City, founded

DATABASES = ("postgresql",)

ASK, SAFE = "Are you safe?", "I'm safe"
ON_SLACK = [f"Slack{n}" for n in range(1, 9)]
ON_TELEGRAM = [f"Telegram{n}" for n in range(1, 9)]
PEOPLE = (
    "Mori: safety @HQ slack\n"
    + "".join(f"  {name}: @Plant slack\n" for name in ON_SLACK)
    + "".join(f"  {name}: @Plant telegram\n" for name in ON_TELEGRAM)
)
EVERYBODY = 1 + len(ON_SLACK) + len(ON_TELEGRAM)
BY_WEBHOOK = {
    "telegram": {"mode": "webhook", "webhook_secret": "a-long-random-word"},
    "web": {"public_url": "https://renraku.example.org"},
    "courier": {"batch": 4},
}


async def test_each_tap_is_handled_once_whichever_server_it_reaches(database: str) -> None:
    async with founded(database, PEOPLE, houses=2, **BY_WEBHOOK) as city:
        hook, slack = city.at_telegram.webhook, city.at_slack
        hook.behind = [await city.serves(house) for house in city.houses]
        await city.until(lambda: hook.url == "https://renraku.example.org/telegram")
        await roll_call(city, "Mori", EVERYBODY)
        for handset in city.handsets:
            await handset.hears(ASK)
            assert handset.heard(ASK) == 1, handset.name

        # Both platforms hand over everything twice, as they do when a receipt is late.
        city.at_telegram.updates.twice = True
        for name in ON_SLACK[:6]:
            slack.deliveries.duplicate()
            await city.slack(name).taps(SAFE)
        for name in ON_TELEGRAM[:6]:
            await city.telegram(name).taps(SAFE)
        await city.slack("Mori").hears("Answered: 12 of 17")
        assert await city.recorded("checkin.answered") == 12
        assert await _writers(city, "checkin.answered") == 2, "both have had their share"
        assert await _writers(city, "card.delivered") == 2

        # One of the two is no more: what comes to its address comes again, to the other.
        other = city.houses.pop()
        await city.close_doors(other)
        city.bury(other)
        before = len(hook.posts)
        for name in ON_SLACK[6:]:
            await city.slack(name).taps(SAFE)
        for name in ON_TELEGRAM[6:]:
            await city.telegram(name).taps(SAFE)
        await city.slack("Mori").taps(SAFE)
        await city.slack("Mori").hears("Answered: 17 of 17")
        assert 0 in {status for _, status in hook.posts[before:]}
        assert await city.recorded("checkin.answered") == EVERYBODY
        assert set((await city.answers()).values()) == {"safe"}


async def _writers(city: City, kind: str) -> int:
    """How many servers have written lines of this kind."""
    return await city.count("SELECT count(DISTINCT writer) FROM journal WHERE kind = :k", k=kind)
