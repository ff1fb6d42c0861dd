"""A manager launches from Slack, another from Telegram: nobody takes a drill for the real thing."""

from __future__ import annotations

from tests.scenarios.phones import plain
from tests.scenarios.platforms import City, founded

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety @HQ slack
  Omar: safety @HQ telegram
  Lena: @Plant telegram slack
    Aiko: slack
    Ben: telegram
    Chen: web
    Dora: none
"""
REAL = {
    "drill": "Real emergency",
    "who": "Everyone",
    "words~own": "Smoke in hall B. Are you safe?",
    "mode": "Everyone at once",
}


async def test_a_real_roll_call_from_slack_is_confirmed_by_typing_how_many(database: str) -> None:
    async with founded(database, PEOPLE) as city:
        mori = city.slack("Mori")
        await mori.runs("/renraku rollcall")
        page = await mori.fills(REAL)
        assert page is not None
        said = plain(page.words())
        for line in (
            "THIS IS REAL, not a drill.",
            "Smoke in hall B.",
            "People: 7",
            "Telegram: 3 · Slack: 2 · Web chat: 1",
            "Sending takes: a moment",
            "One person has no working contact: their lead is asked to call them.",
        ):
            assert line in said
        # A number that is not theirs starts nothing, and what was filled in stays.
        await mori.phone.fills({"confirm": "6"})
        await mori.phone.submits()
        assert "The number is 7" in plain(page.errors["confirm"])
        assert await city.count("SELECT count(*) FROM rollcalls") == 0
        await mori.fills({"confirm": "7"})
        assert mori.phone.modal is None

        await mori.hears("Answered: 0 of 7")
        for handset in (city.slack("Aiko"), city.telegram("Ben"), city.telegram("Lena")):
            asked = await handset.hears("Are you safe?", "Smoke in hall B.")
            assert "DRILL" not in asked.text
        city.hears("Chen", "Are you safe?", "Smoke in hall B.")
        # Whoever cannot be reached is somebody's to call, at once.
        await city.telegram("Lena").hears("still to reach", "Dora")
        city.ignores()


async def test_a_drill_from_telegram_is_asked_question_by_question(database: str) -> None:
    async with founded(database, PEOPLE) as city:
        omar = city.telegram("Omar")
        await omar.says("/rollcall")
        await omar.hears("Is this real or a drill?")
        await omar.taps("Drill")
        await omar.hears("Who shall be asked?")
        await omar.taps("Everyone")
        await omar.hears("What shall the message say?")
        await omar.says("We practise: leave the building.")
        await omar.hears("How shall they be asked?")
        await omar.taps("Everyone at once")
        last = await omar.hears("Start the drill?")
        for line in (
            "🟨🟨 DRILL 🟨🟨",
            "THIS IS A DRILL. Every message will say so.",
            "Telegram: 3 · Slack: 2 · Web chat: 1",
            "One person has no working contact",
        ):
            assert line in last.text
        await omar.taps("Start the drill")
        await omar.hears("Answered: 0 of 7")
        await _unmistakable(city)
        city.ignores()


async def _unmistakable(city: City) -> None:
    """Every message about it begins with the word, and so does every notification."""
    for name in ("Aiko", "Mori"):
        asked = await city.slack(name).hears("We practise")
        assert asked.text.startswith("🟦 DRILL 🟦")
        assert asked.raw.text.startswith("[DRILL]")
    for name in ("Ben", "Lena", "Omar"):
        asked = await city.telegram(name).hears("Are you safe?", "We practise")
        assert asked.text.startswith("🟨🟨 DRILL 🟨🟨")
    for handset in city.handsets:
        about = [text for text in handset.texts if "We practise" in text]
        assert [text for text in about if "DRILL" not in text.splitlines()[0]] == []
    city.hears("Chen", "DRILL", "We practise")


async def test_whoever_leads_asks_only_their_own_from_wherever_they_are(database: str) -> None:
    async with founded(database, PEOPLE) as city:
        lena = city.slack("Lena")
        await lena.runs("/renraku rollcall")
        page = await lena.phone.gets_modal()
        assert [o["text"]["text"] for o in page.input("who").element["options"]] == [
            "The \u20684\u2069 people under me"
        ]
        await lena.phone.closes()
        ben = city.telegram("Ben")
        await ben.says("/rollcall")
        await ben.hears("You cannot do that here")
        assert await city.count("SELECT count(*) FROM rollcalls") == 0
        city.ignores()
