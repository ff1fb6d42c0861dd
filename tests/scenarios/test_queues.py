"""Our own queue is waited for, but not without end.

Times are those of a critical question: the backstop is 15 minutes, a step up takes 5.
"""

from __future__ import annotations

from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

PEOPLE = """
Mori: safety web
  Lena: web
    Aiko: phone mail
    Ben: phone
"""
DAY = 86_400.0


async def closed_lane(found: Founding, people: str = PEOPLE) -> Town:
    """The next hand-over by phone closes the lane for a day: nothing has its turn in it."""
    town = await found(people)
    town.phones.paced = [DAY]
    return town


async def test_who_has_another_contact_is_asked_by_it_when_the_lane_stays_closed(
    found: Founding,
) -> None:
    town = await closed_lane(found)
    await roll_call(town, "Mori", 4)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    town.ignores()
    await town.fast_forward(minutes=29)
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    assert town.hears("Aiko", "Are you safe?", "Reminder").channel == "mail"
    town.hears_nothing()
    await town.taps("Aiko", "I'm safe", by="mail")
    # Ben has no other way, so somebody is asked to look for him.
    await town.fast_forward(minutes=28)
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    town.hears("Lena", "still to reach", "Ben")
    town.hears_nothing()
    await town.taps("Lena", "Safe (by phone)", line="Ben")
    await town.fast_forward(days=1)
    town.ignores("Mori", "Lena")
    town.hears_nothing()


async def test_a_page_behind_a_closed_lane_climbs_after_one_step(found: Founding) -> None:
    town = await closed_lane(found, "Mori:\n  Sato: web\n    Lena: phone\n      Aiko: web")
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "roof", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.ignores("Aiko")
    await town.fast_forward(minutes=19)
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    town.hears("Sato", "Fire: roof", "Nobody has taken it yet")
    town.hears_nothing()
    await town.taps("Sato", "I take it", told="yours")
    town.ignores("Sato", "Aiko")
    await town.fast_forward(days=1)
    town.hears_nothing()


async def test_a_worklist_behind_a_closed_lane_climbs_on(found: Founding) -> None:
    town = await closed_lane(
        found, "Mori: safety web\n  Sato: web\n    Lena: phone\n      Aiko: none"
    )
    key = town.people["Aiko"].somebody.key
    await roll_call(town, "Mori", 1, who="list", people=key)
    town.ignores()
    await town.fast_forward(minutes=9)
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    town.hears("Sato", "still to reach", "Aiko")
    town.hears_nothing()
    await town.taps("Sato", "Safe (by phone)", line="Aiko")
    await town.fast_forward(days=1)
    town.ignores()


async def test_a_channel_that_is_carried_no_more_keeps_no_reminder_back(found: Founding) -> None:
    town = await closed_lane(found)
    await roll_call(town, "Mori", 4)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    town.ignores()
    phones = town.offices.pop("phone")
    town.reopen()
    await town.fast_forward(minutes=16)
    assert town.hears("Aiko", "Are you safe?", "Reminder").channel == "mail"
    await town.taps("Aiko", "I'm safe", by="mail")
    town.offices["phone"] = phones
    town.reopen()
    await town.fast_forward(days=1, hours=1)
    town.ignores()
