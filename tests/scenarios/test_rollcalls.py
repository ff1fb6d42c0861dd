"""A roll call to everyone at once: answers, reminders, worklists, and the numbers."""

from __future__ import annotations

from tests.scenarios.launch import WORDS, roll_call
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin @HQ
  Sato: @HQ
    Lena: deputy=Dirk @Plant #Line1
      Aiko:
      Ben: web
      Chen:
      Dirk:
"""
ANSWERS = ["I'm safe", "I need help", "Not affected"]


async def asked(found: Founding, people: str = PEOPLE, count: int = 7, **settings: object) -> Town:
    """Everyone has just been asked by Mori."""
    town = await found(people, **settings)
    await roll_call(town, "Mori", count)
    town.hears("Mori", "Answered: 0 of")
    return town


async def test_everyone_is_asked_at_once_in_the_words_of_the_event(found: Founding) -> None:
    town = await asked(found)
    for name in town.people:
        town.hears(name, "Are you safe?", WORDS, "Sent by Mori", buttons=ANSWERS)


async def test_an_answer_is_recorded_shown_and_counted(found: Founding) -> None:
    town = await asked(found)
    town.ignores()
    await town.taps("Aiko", "I'm safe", told="you are safe")
    card = town.sees("Aiko", "Are you safe?", "Recorded", "you are safe", buttons=ANSWERS)
    assert [b.label for b in card.card.buttons if b.chosen] == ["I'm safe"]
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 1 of 7")
    town.hears_nothing()


async def test_reminders_stop_at_the_answer(found: Founding) -> None:
    town = await asked(found)
    town.ignores()
    await town.fast_forward(minutes=3, seconds=1)
    for name in town.people:
        town.hears(name, "Are you safe?", "Reminder")
    await town.taps("Aiko", "Not affected", told="not affected")
    await town.taps("Ben", "I'm safe", told="you are safe")
    await town.fast_forward(minutes=3)
    town.hears_nothing("Aiko", "Ben")
    for name in ("Mori", "Sato", "Lena", "Chen", "Dirk"):
        town.hears(name, "Are you safe?", "Reminder 2")
    await town.fast_forward(minutes=4)
    town.hears_nothing("Aiko", "Ben")
    town.ignores()


async def test_the_silent_are_one_worklist_for_their_lead_drawn_again_in_place(
    found: Founding,
) -> None:
    town = await asked(found)
    for name in ("Mori", "Sato", "Lena", "Dirk"):
        await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=9, seconds=10)
    town.hears("Lena", "still to reach", "Aiko", "Chen", "asked 3 times")
    town.sees("Lena", "3 of 3 still to reach", "Aiko", "Ben", "Chen")
    assert town.heard("Lena", "still to reach") == 1
    town.ignores()

    await town.taps("Lena", "Safe (by phone)", line="Aiko", told="Recorded: safe")
    town.sees("Aiko", "Are you safe?", "Lena answered for you", "you are safe")
    await town.taps("Lena", "No answer", line="Ben", told="tried")
    await town.fast_forward(seconds=2)
    town.sees("Lena", "2 of 3 still to reach", "Ben, asked 3 times · called once", lacks=["Aiko"])
    await town.taps("Chen", "I'm safe", told="you are safe")
    await town.fast_forward(seconds=2)
    town.sees("Lena", "1 of 3 still to reach", lacks=["Chen"])
    await town.taps("Lena", "Needs help", line="Ben", told="needs help")
    town.hears("Mori", "Ben needs help", "Lena")
    town.hears("Lena", "Ben needs help")
    town.hears_nothing()
    await town.taps("Mori", "I take it", told="yours")
    await town.fast_forward(seconds=2)
    town.sees("Lena", "Ben needs help", "Mori")
    town.ignores("Ben")


async def test_who_answered_for_somebody_else_stands_in_the_history(found: Founding) -> None:
    town = await asked(found)
    town.ignores()
    await town.fast_forward(minutes=9, seconds=10)
    await town.taps("Lena", "Safe (by phone)", line="Aiko")
    row = await town.row("SELECT person, behalf, data FROM journal WHERE kind = 'checkin.answered'")
    lena, aiko = town.people["Lena"].id, town.people["Aiko"].id
    assert (row.person, row.behalf, row.data) == (lena, aiko, '{"answer":"safe"}')
    town.ignores()
    await town.taps("Aiko", "I need help", told="you need help")
    town.hears("Lena", "Aiko needs help")
    town.ignores()


async def test_silence_climbs_past_the_lead_and_ends_with_the_launcher(found: Founding) -> None:
    town = await asked(found, policy={"critical": {"rounds": 1}})
    for name in ("Mori", "Sato", "Lena", "Dirk", "Aiko", "Ben"):
        await town.taps(name, "I'm safe")
    town.ignores()
    await town.fast_forward(minutes=9, seconds=10)
    town.hears("Chen", "Are you safe?", "Reminder")
    town.hears("Chen", "Are you safe?", "Reminder 2")
    town.hears("Lena", "still to reach", "Chen")
    for name in ("Dirk", "Sato", "Mori"):
        await town.fast_forward(minutes=5)
        town.hears(name, "still to reach", "Chen")
        town.hears_nothing()
    await town.fast_forward(minutes=20)
    town.sees("Mori", "Answered: 6 of 7", "was not reached by anyone", "Chen")
    town.ignores()
    waiting = await town.row("SELECT count(*) AS n FROM asks WHERE due_at IS NOT NULL")
    assert waiting.n == 0


async def test_somebody_nobody_can_reach_is_on_their_leads_list_at_once(found: Founding) -> None:
    town = await asked(found, PEOPLE.replace("Chen:", "Chen: none"))
    town.hears("Lena", "still to reach", "Chen")
    town.hears("Lena", "Are you safe?")
    town.ignores("Mori", "Sato", "Aiko", "Ben", "Dirk")
    town.sees("Lena", "still to reach", "no message got through")


async def test_a_lead_nobody_can_reach_is_passed_over_at_once(found: Founding) -> None:
    people = PEOPLE.replace("Lena: ", "Lena: none ").replace("deputy=Dirk", "")
    town = await asked(found, people.replace("Chen:", "Chen: none"))
    town.hears("Sato", "still to reach", "Chen", "Lena")
    town.ignores()


async def test_an_answer_may_be_changed_at_any_time(found: Founding) -> None:
    town = await asked(found)
    town.ignores()
    await town.taps("Aiko", "I'm safe", told="you are safe")
    await town.taps("Aiko", "Not affected", told="not affected")
    await town.taps("Aiko", "I need help", told="you need help")
    for name in ("Lena", "Mori"):
        town.hears(name, "Aiko needs help")
    await town.taps("Aiko", "I'm safe", told="you are safe")
    for name in ("Lena", "Mori"):
        town.sees(name, "Aiko no longer needs help", buttons=[])
    town.sees("Aiko", "Are you safe?", "you are safe", lacks=["need help."])
    history = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'checkin.answered'")
    assert history.n == 4


async def test_words_and_numbers_count_as_taps(found: Founding) -> None:
    town = await asked(found)
    town.ignores()
    await town.says("Aiko", "I'm safe", told="you are safe")
    await town.says("Ben", "無事です", told="you are safe")
    await town.says("Chen", "3", told="not affected")
    await town.says("Dirk", "１", told="you are safe")
    await town.says("Sato", "  I AM OK!! ", told="you are safe")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 5 of 7")


async def test_a_drill_is_never_taken_for_the_real_thing(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 7, drill=True)
    for name in town.people:
        town.hears(name, "[DRILL] Are you safe?", "This is a drill")
    town.hears("Mori", "[DRILL] Answered: 0 of 7")
    await town.taps("Aiko", "I need help")
    town.hears("Lena", "[DRILL] Aiko needs help", "This is a drill")
    town.hears("Mori", "[DRILL] Aiko needs help")


async def test_two_roll_calls_at_once_are_kept_apart(found: Founding) -> None:
    town = await asked(found)
    town.ignores()
    await roll_call(town, "Mori", 5, who="site:Plant", words="Gas?")
    town.ignores()
    await town.taps("Aiko", "I'm safe", on="Gas?")
    town.sees("Aiko", "Are you safe?", "Gas?", "you are safe")
    open_ = await town.row("SELECT count(*) AS n FROM asks WHERE answer = ''")
    assert open_.n == 7 + 5 - 1
