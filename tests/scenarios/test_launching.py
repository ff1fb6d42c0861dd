"""Who may ask whom, and the steps between the wish and the first question."""

from __future__ import annotations

from tests.scenarios.launch import WORDS, roll_call
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Sato: @HQ
    Lena: deputy=Dirk @Plant #Line1
      Aiko:
      Ben: web
      Dirk:
  Omar: @HQ
"""


async def test_a_roll_call_step_by_step_in_chat(found: Founding) -> None:
    town = await found(PEOPLE.replace("Omar: @HQ", "Omar: @HQ none"))
    await town.says("Mori", "roll call")
    town.hears("Mori", "real or a drill", buttons=["Real emergency", "Drill", "Cancel"])
    await town.taps("Mori", "Real emergency")
    who = town.hears("Mori", "Who shall be asked?")
    assert {"Everyone", "Site HQ", "Site Plant", "Team Line1"} <= set(who.labels())
    await town.taps("Mori", "Everyone")
    town.hears("Mori", "What shall the message say?")
    await town.says("Mori", WORDS)
    town.hears("Mori", "How shall they be asked?")
    await town.taps("Mori", "Everyone at once")
    town.hears(
        "Mori", "type the number of people", "THIS IS REAL", WORDS, "People: 7", "One person"
    )
    town.hears_nothing()

    await town.says("Mori", "8", refused="The number is 7")
    town.hears("Mori", "type the number of people", "The number is 7")
    town.hears_nothing()
    await town.says("Mori", "７", told="7 people are being asked")
    town.hears("Mori", "Answered: 0 of 7")
    for name in ("Mori", "Sato", "Lena", "Aiko", "Ben", "Dirk"):
        town.hears(name, "Are you safe?", WORDS)
    town.hears("Mori", "still to reach", "Omar")


async def test_the_number_typed_twice_does_nothing_a_second_time(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 7)
    town.ignores()
    await town.says("Mori", "7", refused="did not understand")
    asked = await town.row("SELECT count(*) AS n FROM asks WHERE answer = ''")
    calls = await town.row("SELECT count(*) AS n, max(state) AS state FROM rollcalls")
    assert (asked.n, calls.n, calls.state) == (7, 1, "open")
    town.ignores()


async def test_staff_may_not_launch(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "roll call", refused="cannot do that")
    await town.presses("Aiko", "do:rollcall", refused="cannot do that")
    everyone = {"drill": "real", "who": "everyone", "words": "x", "mode": "broadcast"}
    await town.submits("Aiko", "rollcall", {**everyone, "confirm": "7"}, told=None)
    calls = await town.row("SELECT count(*) AS n FROM rollcalls")
    assert calls.n == 0
    town.ignores()


async def test_a_lead_asks_only_those_below(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Lena", "roll call")
    await town.taps("Lena", "Real emergency")
    town.ignores()
    who = town.sees("Lena", "Who shall be asked?")
    assert who.labels()[:1] == ["The 3 people under me"]
    assert not {"Everyone", "Site Plant", "Team Line1"} & set(who.labels())
    await town.says("Lena", "everyone", refused="Please tap one of the buttons")
    await town.presses(
        "Lena",
        who.card.buttons[0].id.rsplit(":", 1)[0] + ":everyone",
        refused="Please tap one of the buttons",
    )
    town.ignores()
    await town.taps("Lena", "The 3 people under me")
    await town.says("Lena", WORDS)
    await town.taps("Lena", "Everyone at once")
    town.ignores()
    await town.says("Lena", "3", told="3 people are being asked")
    for name in ("Aiko", "Ben", "Dirk"):
        town.hears(name, "Are you safe?", WORDS, "Sent by Lena")
    for name in ("Mori", "Lena"):
        town.hears(name, "Answered: 0 of 3", "Everyone under Lena")
    town.hears_nothing()


async def test_a_lead_answers_for_nobody_elses_people(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 7)
    town.ignores()
    await town.fast_forward(seconds=2)
    safe = town.button("Mori", "Safe (by phone)", line="Omar")
    await town.presses("Lena", safe, refused="cannot do that")
    await town.presses("Aiko", safe.replace("for:", "ask:"), refused="cannot do that")
    await town.presses("Mori", safe, told="safe")


async def test_from_an_incident_its_site_and_words_are_filled_in(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "fire!", told="Sent")
    await town.taps("Aiko", "Plant")
    await town.taps("Aiko", "Nobody")
    await town.taps("Mori", "I take it")
    town.ignores()
    await town.taps("Mori", "Start a roll call")
    words = town.hears("Mori", "What shall the message say?", "Fire: Plant")
    await town.taps("Mori", "Fire: Plant. Are you safe?")
    await town.taps("Mori", "Everyone at once")
    town.hears("Mori", "How shall they be asked?")
    town.hears("Mori", "type the number", "Site: Plant", "People: 4", "Fire: Plant. Are you safe?")
    assert words.labels(posted=True)[0] == "Fire: Plant. Are you safe?"
    await town.says("Mori", "4", told="4 people are being asked")
    for name in ("Lena", "Aiko", "Ben", "Dirk"):
        town.hears(name, "Are you safe?", "Fire: Plant. Are you safe?")
    town.hears("Mori", "Answered: 0 of 4")
    row = await town.row("SELECT incident FROM rollcalls")
    assert row.incident


async def test_a_lead_starts_one_from_an_incident_for_their_own_people_only(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "fire!", told="Sent")
    await town.taps("Aiko", "Plant")
    await town.taps("Aiko", "Nobody")
    await town.taps("Lena", "I take it")
    town.ignores()
    await town.taps("Lena", "Start a roll call")
    who = town.hears("Lena", "Who shall be asked?")
    assert who.labels()[0] == "The 3 people under me"


async def test_named_people_by_staff_number(found: Founding) -> None:
    town = await found(PEOPLE)
    keys = [town.people[name].somebody.key for name in ("Aiko", "Omar")]
    await town.says("Mori", "roll call")
    await town.taps("Mori", "Real emergency")
    await town.taps("Mori", "Named people")
    await town.says("Mori", ", ".join([*keys, keys[0], "P99"]), refused="P99")
    await town.says("Mori", " ".join([*keys, keys[0]]))
    await town.says("Mori", WORDS)
    await town.taps("Mori", "Everyone at once")
    town.ignores()
    await town.says("Mori", "2", told="2 people are being asked")
    for name in ("Aiko", "Omar"):
        town.hears(name, "Are you safe?", "Sent by Mori")
    town.hears("Mori", "Answered: 0 of 2")


async def test_a_drill_needs_one_more_tap_and_no_number(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Mori", "roll call")
    for label in ("Drill", "Site Plant", "Safety drill: please answer.", "Everyone at once"):
        await town.taps("Mori", label)
    town.ignores()
    await town.taps("Mori", "Start the drill", told="4 people are being asked")
    for name in ("Lena", "Aiko", "Ben", "Dirk"):
        town.hears(name, "[DRILL] Are you safe?", "Safety drill: please answer.")
    town.hears("Mori", "[DRILL] Answered: 0 of 4")


async def test_suggested_words_are_read_in_each_readers_own_language(found: Founding) -> None:
    town = await found(
        "Mori: safety @HQ\n  Aiko: ja\n  Fatima: ar\n  Mei: zh-Hant\n  Li: zh-Hans\n"
    )
    await town.says("Mori", "roll call")
    for label in ("Real emergency", "Everyone", "There was an earthquake. Are you safe?"):
        await town.taps("Mori", label)
    await town.taps("Mori", "Everyone at once")
    town.ignores()
    await town.says("Mori", "5", told="5 people are being asked")
    town.hears("Aiko", "地震")
    town.hears("Mei", "地震")
    town.hears("Li", "地震")
    town.hears("Fatima", "زلزال")
    town.ignores("Mori")


async def draft_of(town: Town, name: str) -> str:
    row = await town.row(
        "SELECT id FROM drafts WHERE person = :p ORDER BY updated_at DESC LIMIT 1",
        p=town.people[name].id,
    )
    return str(row.id)


async def test_an_old_button_of_a_roll_call_that_was_sent_is_kindly_refused(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    await town.says("Mori", "roll call")
    for label in ("Drill", "Site Plant", "Safety drill: please answer.", "Everyone at once"):
        await town.taps("Mori", label)
    await town.taps("Mori", "Start the drill")
    town.ignores()
    draft = await draft_of(town, "Mori")
    await town.presses("Mori", f"form:{draft}:who:everyone", refused="no longer open")
    await town.presses("Mori", f"form:{draft}:start:start", refused="no longer open")
    calls = await town.row("SELECT count(*) AS n, max(scope) AS scope FROM rollcalls")
    assert (calls.n, calls.scope) == (1, "site")
    town.hears_nothing()
