"""People are found in the workspace's directory before they have ever written."""

from __future__ import annotations

from bot.events import Departed, Introduced
from bot.people import Person
from tests.adapters.slack_house import House, playing

MEI = Person(3, "E3", "美", language="zh-Hant", time_zone="Asia/Taipei")


async def walked(house: House, people: dict[str, dict[str, object]]) -> list[object]:
    """What the house was told by one walk through these people and the two it knows."""
    async with playing(house, start=False, directory=True) as stage:
        for user, about in people.items():
            stage.platform.add_user(user, **about)
        await stage.slack.source.start()
        await stage.until(lambda: stage.slack.source._directory.walks)
        return list(house.happened)


async def test_whoever_is_on_the_staff_list_is_linked_without_a_word() -> None:
    house = House(emails={"mei@example.org": MEI})
    about = {"email": "mei@example.org", "locale": "zh-TW", "tz": "Asia/Taipei"}
    [found] = await walked(house, {"U3": about})
    assert isinstance(found, Introduced)
    assert found.quiet
    assert (found.email, found.language) == ("mei@example.org", "zh-Hant")
    assert found.time_zone == "Asia/Taipei"
    assert house.people["U3"] == MEI


async def test_bots_strangers_and_accounts_without_a_vouched_address_are_left_alone() -> None:
    house = House()
    happened = await walked(
        house,
        {
            "U4": {"is_bot": True, "email": "bot@example.org"},
            "U5": {"stranger": True, "email": "eve@elsewhere.example"},
            "U6": {"email": ""},
        },
    )
    assert happened == []


async def test_a_large_workspace_is_read_page_by_page() -> None:
    house = House(emails={"late@example.org": MEI})
    many: dict[str, dict[str, object]] = {f"UA{n:04}": {"email": ""} for n in range(450)}
    async with playing(house, start=False, directory=True) as stage:
        for user, about in many.items():
            stage.platform.add_user(user, **about)
        stage.platform.add_user("UZ", email="late@example.org")
        stage.platform.faults.ratelimit("users.list", 7)
        await stage.slack.source.start()
        await stage.until(lambda: stage.slack.source._directory.walks)
        assert house.people["UZ"] == MEI
        assert len(stage.platform.calls("users.list")) >= 3


async def test_somebody_who_was_deactivated_while_we_were_away_is_passed_by() -> None:
    house = House()
    async with playing(house, start=False, directory=True) as stage:
        await stage.platform.deactivate("U1")
        await stage.slack.source.start()
        await stage.until(lambda: stage.slack.source._directory.walks)
        await stage.slack.source._directory.walk()
        found = [event for event in house.happened if ":directory:" in event.id]
        assert [type(event) for event in found] == [Departed]
        # Slack may tell of it by an event as well, as soon as somebody listens.
        told = [event for event in house.happened if event not in found]
        assert [type(event) for event in told] in ([], [Departed])
        assert {event.sender.address for event in house.happened} == {"U1"}
