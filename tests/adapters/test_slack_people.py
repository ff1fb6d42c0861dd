"""Whoever comes to the door is known, gets to be known, or learns nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.slack.accounts import Workspace, language_of, profile_of
from bot.cards import Button, Card
from bot.events import Departed, Introduced, Tapped, Wrote
from bot.people import Person
from tests.adapters.slack_fake import BOT_USER
from tests.adapters.slack_house import House, playing

MEI = Person(3, "E3", "美", language="zh-Hant", time_zone="Asia/Taipei")


async def test_somebody_of_the_staff_list_is_known_by_their_address():
    house = House(emails={"mei@example.org": MEI})
    async with playing(house) as stage:
        mei = stage.platform.add_user(
            "U3", email="mei@example.org", locale="zh-TW", tz="Asia/Taipei"
        )
        await mei.says("help")
        introduced, wrote = house.happened
        assert isinstance(introduced, Introduced)
        assert introduced.email == "mei@example.org"
        assert (introduced.language, introduced.time_zone) == ("zh-Hant", "Asia/Taipei")
        assert introduced.code == ""
        assert isinstance(wrote, Wrote)
        assert wrote.text == "help"
        await stage.until(lambda: mei.received)
        assert mei.last.shown == "Welcome, 美."
        await mei.says("again")
        assert len(house.of(Introduced)) == 1


async def test_a_stranger_learns_nothing_and_their_words_go_nowhere():
    async with playing() as stage:
        eve = stage.platform.add_user("U9", email="eve@example.org")
        await eve.says("who is on the list of the fire in building B?")
        assert [type(e) for e in stage.house.happened] == [Introduced]
        assert stage.house.happened[0].code == ""
        await stage.until(lambda: eve.received)
        assert eve.last.shown == "Unknown."
        for _ in range(3):
            await eve.says("hello? hello? is anybody there")
        assert len(eve.received) == 1, "told again within a minute"
        stage.clock.turn(timedelta(minutes=2))
        await eve.says("and now, please")
        await stage.until(lambda: len(eve.received) == 2)


async def test_a_word_typed_by_a_stranger_is_tried_as_their_code():
    house = House(codes={"k7m3-q2xw": MEI})
    async with playing(house) as stage:
        mei = stage.platform.add_user("U3", email="other@example.org")
        await mei.says("k7m3-wrong")
        await stage.until(lambda: mei.received)
        assert mei.last.shown == "That code is wrong."
        stage.clock.turn(timedelta(minutes=2))
        await mei.says(" k7m3-q2xw ")
        assert house.of(Introduced)[-1].code == "k7m3-q2xw"
        await stage.until(lambda: len(mei.received) == 2)
        assert mei.last.shown == "Welcome, 美."
        assert house.of(Wrote) == [], "the code itself says nothing"
        await mei.says("hello")
        assert len(house.of(Wrote)) == 1


async def test_a_tap_of_somebody_unknown_is_introduced_first_and_then_counts():
    house = House(emails={"mei@example.org": MEI})
    async with playing(house) as stage:
        mei = stage.platform.add_user("U3", email="mei@example.org")
        stage.platform.add_channel("C1", "all", "U1", "U3")
        card = Card("Are you safe?", buttons=(Button("room:r1:safe", "I'm safe"),), open=True)
        await stage.slack.channel.deliver(stage.parcel(card, "C1"))
        await mei.taps("I'm safe")
        assert [type(e) for e in house.happened] == [Introduced, Tapped]
        eve = stage.platform.add_user("U9")
        stage.platform.workspace.rooms["C1"].members.add("U9")
        await eve.taps("I'm safe", stage.platform.messages[0])
        assert len(house.of(Tapped)) == 1
        await stage.until(lambda: eve.last.ephemeral)
        assert "not registered" in eve.last.shown


@pytest.mark.parametrize(
    "known",
    [
        {"stranger": True, "team_id": "T0OTHERS"},
        {"team_id": "T0OTHERS"},
        {"deleted": True},
    ],
)
async def test_people_of_others_and_closed_accounts_are_turned_away(known: dict[str, object]):
    """Their address is vouched for by nobody here, and a code of theirs is not tried."""
    house = House(emails={"mei@example.org": MEI}, codes={"k7m3-q2xw": MEI})
    async with playing(house) as stage:
        mei = stage.platform.add_user("U3", email="mei@example.org", **known)
        await mei.says("k7m3-q2xw")
        assert house.happened == []
        await stage.until(lambda: mei.received)
        assert "not registered" in mei.last.shown


async def test_guests_are_met_like_everybody_else():
    house = House(emails={"mei@example.org": MEI})
    async with playing(house) as stage:
        mei = stage.platform.add_user("U3", email="mei@example.org", is_restricted=True)
        eve = stage.platform.add_user("U9", email="eve@example.org", is_ultra_restricted=True)
        await mei.says("hello there")
        await eve.says("hello there")
        assert [e.sender.address for e in house.of(Wrote)] == ["U3"]


async def test_an_address_nobody_confirmed_proves_nothing():
    home = Workspace("T1")
    user = {"id": "U1", "team_id": "T1", "profile": {"email": "a@example.org"}}
    assert profile_of(user, home).email == "a@example.org"
    assert profile_of(user | {"is_email_confirmed": False}, home).email == ""
    grid = user | {"team_id": "T2", "enterprise_user": {"enterprise_id": "E1"}}
    assert profile_of(grid, home).foreign
    assert not profile_of(grid, Workspace("T1", "E1")).foreign


async def test_bots_are_ignored_without_a_word():
    async with playing() as stage:
        robot = stage.platform.add_user("U8", is_bot=True, email="bot@example.org")
        await robot.says("hello")
        assert stage.house.happened == []
        assert len(stage.platform.calls("chat.postMessage")) == 0


async def test_where_slack_tells_nothing_of_people_codes_still_work():
    house = House(codes={"k7m3-q2xw": MEI})
    async with playing(house) as stage:
        stage.platform.scopes.remove("users:read")
        mei = stage.platform.add_user("U3")
        await mei.says("k7m3-q2xw")
        assert house.people["U3"] == MEI


async def test_where_slack_does_not_answer_a_stranger_is_asked_to_come_again():
    house = House(emails={"mei@example.org": MEI})
    async with playing(house) as stage:
        mei = stage.platform.add_user("U3", email="mei@example.org")
        stage.platform.faults.status("users.info", 503)
        await mei.says("help", wait=False)
        await stage.until(lambda: stage.platform.calls("users.info"))
        (delivery,) = stage.platform.deliveries.waiting
        assert not delivery.acked
        stage.clock.turn(timedelta(seconds=4))
        await stage.until(lambda: delivery.acked)
        assert [type(e) for e in house.happened] == [Introduced, Wrote]


async def test_the_known_are_not_looked_up_at_each_tap():
    async with playing() as stage:
        for number in range(5):
            await stage.aiko.says(f"line {number}")
        assert stage.house.asked == 1
        assert stage.platform.calls("users.info") == []
        stage.clock.turn(timedelta(minutes=6))
        await stage.aiko.says("later")
        assert stage.house.asked == 2


async def test_who_lets_their_account_go_is_known_no_longer():
    async with playing() as stage:
        card = Card("?", buttons=(Button("account:unlink", "Unlink"),))
        await stage.slack.channel.deliver(stage.parcel(card))
        await stage.aiko.taps("Unlink")
        del stage.house.people["U1"]
        await stage.aiko.says("hello")
        assert stage.house.of(Wrote) == []


async def test_a_command_of_a_stranger_gets_one_line():
    async with playing() as stage:
        eve = stage.platform.add_user("U9", locale="ja-JP")
        await eve.runs("/renraku status of everybody")
        assert eve.last.ephemeral
        assert stage.house.words(Person(0, "", "", language="ja")).say("unknown-person") == (
            eve.last.shown
        )


async def test_who_leaves_is_told_to_the_house_once_and_who_is_back_as_well():
    async with playing() as stage:
        await stage.platform.change("U1", real_name="Aiko T.")
        await stage.platform.deactivate("U1")
        await stage.platform.deactivate("U1", back=True)
        for _ in range(3):
            await stage.platform.change("U1", real_name="Aiko Tanaka")
        await stage.until(lambda: not stage.platform.deliveries.waiting)
        told = stage.house.of(Departed)
        assert [(e.why, e.back) for e in told] == [
            ("deactivated", True),
            ("deactivated", False),
            ("deactivated", True),
        ]
        assert {e.sender.address for e in told} == {"U1"}


async def test_changes_of_strangers_and_bots_concern_nobody():
    async with playing() as stage:
        stage.platform.add_user("U9")
        await stage.platform.change("U9", real_name="Eve")
        await stage.platform.deactivate("U9")
        await stage.platform.change(BOT_USER, real_name="Renraku 2")
        await stage.until(lambda: not stage.platform.deliveries.waiting)
        assert stage.house.happened == []


async def test_somebody_new_of_the_staff_list_is_welcomed():
    house = House(emails={"mei@example.org": MEI})
    async with playing(house) as stage:
        await stage.platform.joins("U3", email="mei@example.org")
        mei = stage.platform.user("U3")
        await stage.until(lambda: mei.received)
        assert mei.last.shown == "Welcome, 美."
        await stage.platform.joins("U9", email="eve@example.org")
        await stage.until(lambda: not stage.platform.deliveries.waiting)
        assert stage.platform.user("U9").received == []


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *(("en-US", "en"), ("ja-JP", "ja"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant")),
        *(("zh-CN", "zh-Hans"), ("ar", "ar"), ("ar-SA", "ar"), ("pt-BR", ""), ("", "")),
    ],
)
def test_a_locale_is_one_of_our_languages_or_none(locale: str, language: str):
    assert language_of(locale) == language
