"""One post asks a whole room."""

from __future__ import annotations

from bot.events import Tapped
from tests.scenarios.launch import roll_call
from tests.scenarios.phones import Phone
from tests.town import Founding, Town

PEOPLE = """
Mori: safety @HQ web
  Lena: @Osaka phone
    Aiko: phone
    Ben: phone
  Chen: @Sendai phone
"""
ROOM = "-1001"


async def town_with_room(found: Founding, members: str = "site:Osaka") -> tuple[Town, Phone]:
    """A town whose room shows what is posted in it."""
    town = await found(PEOPLE, telegram={"rooms": {members: ROOM}})
    room = Phone("room")
    town.offices["telegram"].phones[ROOM] = room
    return town, room


async def test_whoever_answers_in_the_room_is_not_asked_again(found: Founding) -> None:
    town, room = await town_with_room(found)
    town.phones.down = True
    call = await roll_call(town, "Mori", 5)
    [post] = room.messages
    assert post.labels() == ["I'm safe", "I need help", "Not affected"]
    button = post.button("I'm safe")
    assert button is not None
    await town.presses("Aiko", button.id, told="you are safe")
    town.phones.down = False
    await town.fast_forward(seconds=10)
    town.hears("Ben", "Are you safe?")
    town.hears_nothing("Aiko")
    assert "1 of 3 have answered." in post.text
    town.ignores()
    assert call in button.id


async def test_questions_go_first_to_those_outside_the_room(found: Founding) -> None:
    town = await found(
        PEOPLE, telegram={"rooms": {"site:Osaka": ROOM}}, lanes={"phone": {"rate": 1, "burst": 1}}
    )
    town.offices["telegram"].phones[ROOM] = Phone("room")
    await roll_call(town, "Mori", 5)
    await town.fast_forward(seconds=30)
    first = town.phones.handed[0]
    assert first == town.people["Chen"].somebody.address("phone")
    town.ignores()


async def test_somebody_who_is_not_asked_is_told_so_and_nothing_is_recorded(
    found: Founding,
) -> None:
    town, room = await town_with_room(found)
    await roll_call(town, "Mori", 3, who="site:Osaka")
    [post] = room.messages
    button = post.button("I'm safe")
    assert button is not None
    await town.presses("Chen", button.id, refused="not on the list")
    row = await town.row("SELECT count(*) AS n FROM asks WHERE answer <> ''")
    assert row.n == 0
    town.ignores()


async def test_a_cry_in_the_room_is_a_cry(found: Founding) -> None:
    town, room = await town_with_room(found)
    await roll_call(town, "Mori", 5)
    button = room.messages[0].button("I need help")
    assert button is not None
    town.ignores()
    await town.presses("Aiko", button.id)
    town.hears("Lena", "Aiko", "needs help")
    town.ignores()


async def test_a_room_is_not_asked_what_does_not_concern_all_of_it(found: Founding) -> None:
    town, room = await town_with_room(found, "everyone")
    await roll_call(town, "Mori", 3, who="site:Osaka")
    assert room.messages == []
    await roll_call(town, "Mori", 5, mode="cascade", words="Tree")
    assert room.messages == []
    await roll_call(town, "Mori", 5, drill=True, words="Practice")
    [post] = room.messages
    assert "DRILL" in post.text
    town.ignores()


async def test_the_post_says_when_it_is_over_and_when_it_was_a_mistake(found: Founding) -> None:
    town, room = await town_with_room(found)
    call = await roll_call(town, "Mori", 5)
    town.ignores()
    await town.presses("Mori", f"rc:{call}:calloff")
    await town.taps("Mori", "Call it off, nothing to add", told=None)
    await town.fast_forward(seconds=5)
    assert room.messages[0].labels() == []
    assert "mistake" in room.messages[0].text
    town.ignores()


async def test_a_tap_by_somebody_nobody_knows_changes_nothing(found: Founding) -> None:
    from bot.events import Sender

    town, room = await town_with_room(found)
    await roll_call(town, "Mori", 5)
    button = room.messages[0].button("I'm safe")
    assert button is not None
    said = await town.happens(Tapped("s1", Sender("telegram", "999"), button.id))
    assert said.problem
    town.ignores()


async def test_a_room_that_refuses_the_post_is_no_secret(found: Founding) -> None:
    town = await found(
        PEOPLE.replace("safety", "safety admin"), telegram={"rooms": {"site:Osaka": ROOM}}
    )
    town.offices["telegram"].blocked.add(ROOM)
    await roll_call(town, "Mori", 5)
    town.hears("Mori", "A post in a Telegram room was refused")
    town.hears("Aiko", "Are you safe?")
    town.ignores()
