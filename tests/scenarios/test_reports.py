"""A report, from its first word until it is closed, and what the reporter is told meanwhile."""

from __future__ import annotations

from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Sato: responder
    Lena: deputy=Dirk @Plant #Line1
      Aiko:
      Ben: web
      Dirk:
  Omar: safety web
"""

PICTURE = b"a small picture, already prepared"


async def fire_reported(found: Founding, hurt: str = "Nobody") -> Town:
    """Aiko has reported a fire in building B; Lena, Mori and Omar were paged."""
    town = await found(PEOPLE)
    await town.says("Aiko", "there is a fire in building B", told="Sent")
    town.hears("Aiko", "Where?", "Plant")
    await town.says("Aiko", "Building B", told="Added")
    town.hears("Aiko", "Is anyone hurt?")
    await town.taps("Aiko", hurt, told="Added")
    town.hears("Aiko", "Fire", "Sent to 3 people", "keep asking")
    town.hears("Aiko", "photo")
    for name in ("Lena", "Mori", "Omar"):
        page = town.hears(name, "Fire", "there is a fire in building B", "Aiko")
        assert page.labels()[0] == "I take it"
    return town


async def test_a_long_report_is_read_to_its_end_by_those_who_deal_with_it(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    sentences = [f"There is smoke in room {room}, and the door is hot." for room in range(70)]
    await town.says("Aiko", " ".join(["Fire!", *sentences]), told="Sent")
    await town.says("Aiko", "Building B", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.ignores()
    cut = town.sees("Lena", "Fire: Building B", "room 1,", lacks=["room 69,"])
    await town.taps("Lena", "Show everything")
    first = town.hears("Lena", "Fire: Building B", "room 1,", "Part 1 of 2", lacks=["room 69,"])
    await town.taps("Lena", "Next part")
    second = town.hears("Lena", "room 69,", "Part 2 of 2", "Aiko · reported it")
    assert all(f"{room}," in first.posted + second.posted for room in range(70))
    button = town.button("Lena", "From the beginning")
    # The reporter reads their own words, the timeline is not theirs; others read nothing.
    await town.presses("Aiko", button)
    town.hears("Aiko", "room 1,", lacks=["reported it"])
    await town.presses("Ben", button, refused="cannot do that")
    assert "Show everything" in cut.labels()
    # What is over can still be read.
    await town.taps("Lena", "Nothing to be done")
    await town.says("Lena", "It was a film set.", told="Dismissed")
    town.ignores()
    town.sees("Lena", "Fire: Building B")
    await town.presses("Omar", button)
    town.hears("Omar", "Part 1 of 2")
    town.ignores()


async def test_a_report_is_told_on_from_the_first_word_to_the_close(found: Founding) -> None:
    town = await fire_reported(found)
    town.hears_nothing("Sato", "Ben", "Dirk")

    await town.taps("Lena", "I take it", told="It is yours")
    town.hears("Aiko", "Lena", "taking care")
    town.sees("Aiko", "Fire: Building B", "Lena", "taking care", lacks=["Sent to"])
    for name in ("Mori", "Omar"):
        town.sees(name, "Fire: Building B", "Lena", "taking care", lacks=["I take it"])
    town.sees("Lena", "Fire: Building B", "You are taking care of it")

    await town.says("Lena", "Fire brigade is here", told="Noted")
    town.sees("Omar", "Fire: Building B", "Lena: Fire brigade is here")
    town.sees("Aiko", "Fire: Building B", lacks=["Fire brigade"])

    await town.taps("Lena", "Close")
    town.hears("Lena", "What was done?")
    await town.says("Lena", "A bin burned. It is out.", told="Closed")
    town.hears("Aiko", "Lena", "closed", "A bin burned. It is out.")
    town.sees("Aiko", "Fire: Building B", "Closed by Lena", "A bin burned. It is out.", buttons=[])
    town.sees("Omar", "Fire: Building B", "Closed by Lena", buttons=[])

    await town.fast_forward(days=1)
    town.hears_nothing()


async def test_somebody_hurt_makes_any_report_critical(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "the lift is out of order")
    town.hears("Aiko", "Where?")
    await town.taps("Aiko", "Plant")
    town.hears("Aiko", "Is anyone hurt?")
    await town.taps("Aiko", "Somebody is hurt", told="Sent")
    town.hears("Lena", "Plant", "SOMEBODY IS HURT", "Critical")
    town.ignores()
    await town.taps("Mori", "I take it", told="It is yours")
    town.hears("Aiko", "Mori", "taking care")


async def test_the_lead_takes_what_the_safety_desk_also_wants(found: Founding) -> None:
    town = await fire_reported(found)
    button = town.button("Mori", "I take it")
    await town.taps("Lena", "I take it", told="It is yours")
    await town.presses("Mori", button, told="Somebody else")
    await town.presses("Lena", button, told="You are taking care of it")
    town.hears("Aiko", "Lena", "taking care")
    await town.fast_forward(hours=3)
    town.hears_nothing()


async def test_two_take_it_at_the_same_moment_and_one_has_it(found: Founding) -> None:
    town = await fire_reported(found)
    button = town.button("Mori", "I take it")
    taps = [town.tap(name, button) for name in ("Mori", "Lena", "Omar")]
    said = [answer.text for answer in await town.together(*taps)]
    assert sum("It is yours" in text for text in said) == 1
    assert sum("Somebody else" in text for text in said) == 2
    town.hears("Aiko", "taking care")


async def test_dismissed_with_a_reason_that_the_reporter_reads(found: Founding) -> None:
    town = await fire_reported(found)
    button = town.button("Lena", "I take it")
    await town.taps("Omar", "Nothing to be done")
    town.hears("Omar", "Why is nothing to be done?")
    await town.says("Omar", "It was the barbecue.", told="Dismissed")
    town.hears("Aiko", "Omar", "looked at your report", "It was the barbecue.")
    town.sees("Lena", "Fire: Building B", "Omar", "It was the barbecue.", buttons=[])
    await town.fast_forward(hours=3)
    town.hears_nothing()
    await town.presses("Lena", button, refused="is over")


async def test_details_and_corrections_reach_everyone_who_has_it(found: Founding) -> None:
    town = await fire_reported(found)
    await town.taps("Aiko", "Change", on="Is anyone hurt?")
    town.hears("Aiko", "Is anyone hurt?")
    await town.taps("Aiko", "Somebody is hurt", told="Added")
    town.hears("Aiko", "photo")
    town.sees("Mori", "Fire: Building B", "SOMEBODY IS HURT")
    await town.taps("Aiko", "Change", on="Where?")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "Building C", told="Added")
    town.hears("Aiko", "photo")
    town.sees("Mori", "Fire: Building C")
    town.sees("Aiko", "Fire: Building C")
    await town.taps("Mori", "I take it")
    town.hears("Aiko", "Mori", "taking care")


async def test_a_photo_goes_to_those_who_have_the_report(found: Founding) -> None:
    town = await fire_reported(found)
    await town.shows("Aiko", b"jpeg", "seen from the car park", told="Photo added.")
    town.hears("Aiko", "Noted in the timeline")
    town.sees("Lena", "Fire: Building B", "[Photo]", "Aiko: seen from the car park")
    await town.taps("Lena", "I take it")
    town.hears("Aiko", "Lena")


async def test_the_reporters_own_lead_is_the_safety_desk_and_gets_one_card(
    found: Founding,
) -> None:
    town = await found("Mori: safety\n  Aiko:")
    await town.says("Aiko", "smoke in the kitchen", told="Sent")
    await town.says("Aiko", "kitchen", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.hears("Mori", "Fire", "smoke in the kitchen")
    town.sees("Mori", "Fire: kitchen")
    town.hears_nothing("Mori")
    town.ignores("Aiko")
    await town.taps("Mori", "I take it")
    town.hears("Aiko", "Mori", "taking care")


async def test_with_nobody_to_receive_it_the_reporter_is_told_to_phone(found: Founding) -> None:
    town = await found("Aiko:\nBen:")
    await town.says("Aiko", "smoke in the kitchen", refused="Please phone somebody now")
    town.hears("Aiko", "Fire", "Please phone somebody now")
    await town.says("Aiko", "kitchen", told="Added")
    town.sees("Aiko", "Fire: kitchen", "Please phone somebody now")
    town.ignores("Aiko")
    town.hears_nothing("Ben")


async def test_whoever_has_two_incidents_is_asked_which_one_a_note_is_for(
    found: Founding,
) -> None:
    town = await fire_reported(found)
    await town.taps("Lena", "I take it")
    await town.says("Ben", "the lift is out of order")
    await town.taps("Ben", "Plant")
    await town.taps("Ben", "Nobody")
    await town.taps("Lena", "I take it", on="Plant")
    town.ignores()
    await town.says("Lena", "Waiting for the engineer")
    which = town.hears("Lena", "Which incident is it about?")
    assert any("Fire: Building B" in label for label in which.labels())
    await town.taps("Lena", "Fire: Building B", told="Noted")
    town.sees("Mori", "Fire: Building B", "Lena: Waiting for the engineer")


async def test_words_that_come_with_a_photo_are_the_report(found: Founding) -> None:
    town = await found("Mori: safety\n  Aiko:")
    await town.shows("Aiko", PICTURE, "there is a fire in the kitchen", told="Photo added")
    town.hears("Mori", "Fire", "there is a fire in the kitchen")
    # The words have gone out already, so the picture need not wait.
    town.sees("Mori", "Fire", "added a photo")
    await town.says("Aiko", "kitchen", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.sees("Mori", "Fire: kitchen", "added a photo")
    town.ignores()
