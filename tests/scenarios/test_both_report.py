"""A report comes from Telegram and is taken on Slack; what is written there is its timeline."""

from __future__ import annotations

from tests.scenarios.platforms import founded

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety @HQ telegram
  Lena: @Plant slack
    Aiko: telegram
"""


async def test_a_report_crosses_from_telegram_to_slack_and_back(database: str) -> None:
    async with founded(database, PEOPLE) as city:
        aiko, lena, mori = city.telegram("Aiko"), city.slack("Lena"), city.telegram("Mori")
        await aiko.says("there is a fire in the <kitchen> & smoke")
        await aiko.hears("Where?")
        await aiko.says("Kitchen, 2nd floor")
        await aiko.hears("Is anyone hurt?")
        # They were called by the first words; the rest is added to their card.
        await aiko.taps("Nobody")
        paged = await lena.hears("Fire", "the <kitchen> & smoke")
        await mori.hears("Fire", "Kitchen, 2nd floor")
        assert lena.heard("the <kitchen> & smoke") == 1

        await lena.taps("I take it", on=paged)
        await lena.told("It is yours")
        await aiko.hears("Lena is taking care of your report")
        await mori.hears("Lena", "Kitchen, 2nd floor")
        assert mori.sees("Kitchen, 2nd floor").labels.count("I take it") == 0

        said = await lena.says("On my way with two others")
        await mori.hears("On my way with two others")
        wrong = await lena.says("The lift is stuck")
        await mori.hears("The lift is stuck")
        await lena.phone.edits(said, "On my way with three others")
        await lena.phone.deletes(wrong)
        timeline = [
            "Aiko: reported it",
            "Lena: took it",
            "Lena: On my way with two others",
            "Lena: The lift is stuck",
            "Lena: changed what they had written: On my way with three others",
            "Lena: took back what they had written",
        ]
        for handset in (lena, mori):
            await handset.hears("Timeline", timeline[-1])
            shown = [
                line.partition(" ")[2]
                for line in handset.sees("Timeline").text.partition("Timeline")[2].splitlines()
                if ": " in line
            ]
            assert [line for line in shown if line.split(":")[0] in ("Aiko", "Lena")] == timeline
        assert await city.recorded("incident.noted") == 4


async def test_words_changed_on_telegram_are_noted_for_whoever_took_it_on_slack(
    database: str,
) -> None:
    async with founded(database, PEOPLE) as city:
        aiko, lena = city.telegram("Aiko"), city.slack("Lena")
        first = await aiko.says("fire in the kitchen")
        await aiko.hears("Where?")
        await aiko.says("Kitchen")
        await aiko.hears("Is anyone hurt?")
        await aiko.taps("Nobody")
        await lena.hears("Fire: Kitchen")
        await lena.taps("I take it")
        aiko.phone.edits("fire in the canteen", first)
        await lena.hears("Aiko: changed what they had written: fire in the canteen")
        await lena.taps("Close")
        await lena.phone.gets_modal()
        await lena.fills({"reason": "Put out with one extinguisher."})
        closed = await aiko.hears("Put out with one extinguisher.")
        assert "Lena" in closed.text
        assert lena.sees("Fire: Kitchen").labels == []
