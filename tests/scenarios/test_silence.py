"""Nobody takes it: asked again, then the deputy, then the next above, up to the top, and round.

Times are those of a critical report: reminders after 3 and 6 minutes, from 9 minutes on one step
up every 5 minutes, three rounds.
"""

from __future__ import annotations

from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori:
  Sato:
    Lena: deputy=Dirk @Plant
      Aiko:
      Dirk:
"""


async def reported(found: Founding, people: str = PEOPLE) -> Town:
    """Aiko has reported a fire in the boiler room."""
    town = await found(people)
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "Boiler room", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.ignores("Aiko")
    return town


async def test_silence_climbs_to_the_deputy_the_next_above_and_the_top(found: Founding) -> None:
    town = await reported(found)
    town.hears("Lena", "Fire")

    for _ in range(2):
        await town.fast_forward(minutes=2, seconds=55)
        town.hears_nothing()
        await town.fast_forward(seconds=6)
        town.hears("Lena", "Fire: Boiler room")
        town.hears_nothing()
    await town.fast_forward(minutes=3)
    town.hears("Dirk", "Fire: Boiler room", "Nobody has taken it yet")
    town.hears_nothing()
    await town.fast_forward(minutes=5)
    town.hears("Sato", "Fire: Boiler room")
    town.hears_nothing()
    await town.fast_forward(minutes=5)
    town.hears("Mori", "Fire: Boiler room")
    town.hears_nothing()

    await town.taps("Dirk", "I take it", told="It is yours")
    town.hears("Dirk", "Fire: Boiler room", "You are taking care of it")
    town.hears("Aiko", "Dirk", "taking care")
    for name in ("Lena", "Sato", "Mori"):
        town.sees(name, "Fire: Boiler room", "Dirk", "taking care", lacks=["I take it"])
    await town.fast_forward(hours=6)
    town.hears_nothing()


async def test_the_climb_starts_again_from_the_bottom_and_ends_after_three_rounds(
    found: Founding,
) -> None:
    town = await reported(found)
    for _ in range(3):
        await town.fast_forward(minutes=8)
        assert town.heard("Lena", "Fire") % 3 == 0
        for name in ("Lena", "Lena", "Lena"):
            town.hears(name, "Fire")
        town.hears_nothing()
        await town.fast_forward(minutes=16)
        for name in ("Dirk", "Sato", "Mori"):
            town.hears(name, "Fire: Boiler room")
        town.hears_nothing()
    await town.fast_forward(minutes=1)
    # In vain to the top, three times: whoever may act hears it once more, loud.
    town.hears("Mori", "Fire: Boiler room")
    town.hears_nothing()
    waiting = await town.row("SELECT count(*) AS n, max(standing) AS standing FROM asks")
    assert (waiting.n, waiting.standing) == (1, "unreached")
    await town.fast_forward(days=1)
    # Late, but still better than never.
    await town.taps("Mori", "I take it", told="It is yours")
    town.hears("Mori", "Fire: Boiler room", "You are taking care of it")
    town.hears("Aiko", "Mori", "taking care")


async def test_somebody_away_is_passed_over(found: Founding) -> None:
    town = await reported(found, PEOPLE.replace("Sato:", "Sato: away"))
    await town.fast_forward(minutes=15)
    for name in ("Lena", "Lena", "Lena", "Dirk", "Mori"):
        town.hears(name, "Fire")
    town.hears_nothing("Sato")
    await town.taps("Mori", "I take it")
    town.hears("Aiko", "Mori")


async def test_a_lead_without_a_deputy_who_is_away_is_replaced_by_the_next_above(
    found: Founding,
) -> None:
    people = "Mori:\n  Lena: away\n    Aiko:"
    town = await reported(found, people)
    town.hears("Mori", "Fire")
    town.hears_nothing("Lena")
    await town.taps("Mori", "I take it")
    town.hears("Aiko", "Mori")


async def test_the_lead_and_the_desk_climb_side_by_side_until_one_takes_it(
    found: Founding,
) -> None:
    people = "Mori:\n  Lena:\n    Aiko:\n  Omar: safety\n"
    town = await reported(found, people)
    await town.fast_forward(minutes=10)
    for name in ("Lena", "Omar") * 3:
        town.hears(name, "Fire")
    # Both climbs end at Mori, who is paged about it once.
    town.hears("Mori", "Fire: Boiler room")
    town.hears_nothing()
    await town.taps("Omar", "I take it")
    town.hears("Omar", "You are taking care of it")
    town.hears("Aiko", "Omar")
    await town.fast_forward(hours=1)
    town.hears_nothing()


async def test_a_routine_report_is_patient(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "lost my badge")
    await town.taps("Aiko", "Plant")
    await town.taps("Aiko", "Nobody", told="Sent")
    town.ignores()
    await town.fast_forward(minutes=59)
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    town.hears("Lena", "badge")
    await town.taps("Lena", "I take it")
    town.hears("Aiko", "Lena")


async def test_an_older_card_of_a_list_that_grew_does_not_go_on_saying_less(
    found: Founding,
) -> None:
    """Somebody without any contact is on their lead's list at once; the others come later, loud."""
    town = await found("Mori: safety web\n  Lena: phone\n    Aiko: phone\n    Chen: none\n")
    await roll_call(town, "Mori", 4)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    town.hears("Lena", "One person still to reach", "Chen")
    town.ignores()
    await town.fast_forward(minutes=10)
    town.hears("Lena", "2 of 2 still to reach", "Aiko", "Chen")
    lists = [m for m in town.people["Lena"].phone.messages if "still to reach" in m.text]
    assert len(lists) == 2
    assert all("2 of 2" in message.text for message in lists)
    town.ignores()
