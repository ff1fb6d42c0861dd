"""A whole roll call on Slack, on Telegram and in the web chat: whatever can fail does."""

from __future__ import annotations

from tests.adapters.telegram_fake import Status
from tests.scenarios.launch import roll_call
from tests.scenarios.platforms import City, founded

DATABASES = ("sqlite", "postgresql")

NIGHT_SHIFT = [f"Night{n}" for n in range(1, 13)]
PEOPLE = """
Mori: safety @HQ slack
  Lena: @Plant slack telegram
    Aiko: telegram slack
    Ben: telegram
    Chen: slack
    Dora: web telegram
""" + "".join(
    f"    {name}: {'slack' if n % 2 else 'telegram'}\n" for n, name in enumerate(NIGHT_SHIFT)
)
EVERYBODY = 6 + len(NIGHT_SHIFT)
SAFE = "I'm safe"


async def test_from_the_question_to_the_all_clear_through_three_outages(database: str) -> None:
    async with founded(database, PEOPLE) as city:
        await _asked_while_telegram_is_down(city)
        await _a_crowd_answers_at_once(city)
        await _reminded_by_the_next_contact(city)
        await _taps_while_slack_hears_nothing(city)
        await _the_silent_one_is_called(city)
        await _all_clear_while_slack_is_in_a_hurry(city)
        city.ignores()


async def _asked_while_telegram_is_down(city: City) -> None:
    city.at_telegram.down = Status(502)
    await roll_call(city, "Mori", EVERYBODY, words="Smoke in hall B.")
    for name in ("Chen", "Lena", "Mori"):
        await city.slack(name).hears("Are you safe?", "Smoke in hall B.")
    city.hears("Dora", "Are you safe?")
    await city.slack("Chen").taps(SAFE)
    await city.slack("Mori").hears("Answered: 1 of 18")
    await city.fast_forward(seconds=40)
    assert city.telegram("Aiko").texts == []
    city.at_telegram.recovers()
    await city.fast_forward(seconds=30)
    for name in ("Aiko", "Ben"):
        asked = await city.telegram(name).hears("Are you safe?", "Smoke in hall B.")
        assert "Reminder" not in asked.text
        # Nobody who has another contact is asked there meanwhile: it was an outage, not the end.
        assert city.slack("Aiko").texts == []


async def _a_crowd_answers_at_once(city: City) -> None:
    tally = await city.slack("Mori").hears("Answered: 1 of 18")
    await city.fast_forward(seconds=30)
    before = city.slack("Mori").by_reference(f"{tally.raw.room.id}:{tally.raw.ts}").edits
    began = city.clock.now()
    for n, name in enumerate(NIGHT_SHIFT):
        await (city.slack(name) if n % 2 else city.telegram(name)).taps(SAFE)
    tally = await city.slack("Mori").hears("Answered: 13 of 18")
    # One edit of the tally a second, however many answer; time goes on while they tap.
    seconds = int((city.clock.now() - began).total_seconds())
    assert 1 <= tally.edits - before <= 1 + seconds
    assert city.slack("Mori").heard("Answered:") == 1
    await city.telegram("Night1").told("Recorded: you are safe.")


async def _reminded_by_the_next_contact(city: City) -> None:
    await city.fast_forward(minutes=3)
    await city.slack("Aiko").hears("Are you safe?", "Reminder")
    await city.telegram("Lena").hears("Are you safe?", "Reminder")
    await city.telegram("Dora").hears("Are you safe?", "Reminder")
    await city.telegram("Ben").hears("Are you safe?", "Reminder")
    for name in ("Chen", *NIGHT_SHIFT[1::2]):
        assert city.slack(name).heard("Reminder") == 0
    # An answer on either settles the cards on both.
    await city.telegram("Lena").taps(SAFE)
    await city.until(lambda: "✓ I'm safe" in city.slack("Lena").sees("Are you safe?").labels)
    await city.slack("Mori").taps("I'm safe")
    await city.slack("Mori").hears("Answered: 15 of 18")


async def _taps_while_slack_hears_nothing(city: City) -> None:
    slack, aiko = city.at_slack, city.slack("Aiko")
    slack.refuses_sockets = True
    await slack.sockets.drop()
    await slack.sockets.gone()
    await aiko.taps(SAFE)
    assert aiko.phone.troubles, "Slack itself tells her that it did not work"
    assert (await city.answers())["Aiko"] == ""
    # Posting goes on: only what comes in has no road.
    slack.refuses_sockets = False
    await slack.sockets.connected(2)
    await aiko.taps(SAFE)
    await city.until(lambda: "✓ I'm safe" in aiko.sees("Are you safe?").labels)
    await city.until(lambda: "✓ I'm safe" in city.telegram("Aiko").sees("Are you safe?").labels)
    await city.taps("Dora", SAFE, told="you are safe")
    await city.until(lambda: "✓ I'm safe" in city.telegram("Dora").sees("Are you safe?").labels)
    await city.slack("Mori").hears("Answered: 17 of 18")


async def _the_silent_one_is_called(city: City) -> None:
    await city.fast_forward(minutes=7)
    lena = city.slack("Lena")
    listed = await lena.hears("still to reach", "Ben")
    assert city.telegram("Ben").heard("Are you safe?") == 3, "once, and two reminders"
    await lena.taps("Safe (by phone)", on=listed)
    await city.slack("Mori").hears("Answered: 18 of 18")
    await city.telegram("Ben").hears("Lena", "safe")


async def _all_clear_while_slack_is_in_a_hurry(city: City) -> None:
    mori = city.slack("Mori")
    city.at_slack.faults.ratelimit("chat.postMessage", 30, channel="UP5")
    await mori.taps("All clear: end it")
    await mori.phone.gets_modal()
    await mori.phone.submits()
    await city.settle()
    await city.fast_forward(minutes=1)
    city.hears("Dora", "All clear")
    assert set((await city.answers()).values()) == {"safe"}
    for handset in city.handsets:
        first = handset.channel == city.people[handset.name].somebody.channels[0]
        asked = handset.heard("Are you safe?") - handset.heard("Are you safe?", "Reminder")
        assert (asked, handset.heard("Thank you for answering")) == (first, first), handset.name
