"""What comes in: every kind of payload, from people we know and people we do not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from adapters.telegram.commands import chinese, language_of
from adapters.telegram.reading import Malformed, read
from bot.door import Answered
from bot.events import Attached, Departed, Edited, Introduced, Located, Sender, Wrote
from bot.look import CouldNotSave
from bot.people import Person
from tests.adapters.telegram_fake import Drops, Hangs, Status
from tests.adapters.telegram_house import BEN, PHOTO_LIMIT, QUICK, TEXTS, stage

SEVEN = Sender("telegram", "7")
STRANGER = 66
UNKNOWN = TEXTS.words("en").say("unknown-person")


# --- words and commands ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fire!", "fire!"),
        ("/report", "report"),
        ("/safe", "safe"),
        ("/sos", "sos"),
        ("/rollcall", "rollcall"),
        ("/HELP", "help"),
        ("/status@renraku_test_bot", "status"),
        ("/report fire in building B", "report fire in building B"),
        ("/something_else now", "something else now"),
        ("/stop", "unlink"),
        ("/start", "menu"),
        ("/start not a code!", "menu"),
        ("/ fire", "/ fire"),
        ("/火事です", "/火事です"),
    ],
)
async def test_commands_are_words_the_house_knows(typed: str, meant: str) -> None:
    async with stage() as on:
        on.fake.user(7).says(typed)
        [event] = await on.door.heard(1)
        assert event == Wrote("telegram:7:1", SEVEN, meant)
        # The house answers words with a card; nothing is said twice.
        await on.settled()
        assert on.fake.user(7).messages == []


async def test_every_command_of_the_menu_is_understood_by_the_house() -> None:
    from adapters.telegram.commands import MENU
    from tests.test_texts import LEXICON

    for command, _ in MENU:
        assert LEXICON.command(command) or LEXICON.answer(command) or LEXICON.cries(command)


async def test_somebody_elses_command_is_not_ours() -> None:
    async with stage() as on:
        await on.until(lambda: on.telegram._reception.name)
        on.fake.user(7).says("/report@another_bot")
        on.fake.user(7).says("mine")
        await on.settled()
        assert on.door.wrote() == ["mine"]


async def test_an_edit_names_what_it_changes() -> None:
    async with stage() as on:
        message = on.fake.user(7).says("fire in A")
        on.fake.user(7).edits("fire in B", message)
        on.fake.user(7).edits("fire in C", message)
        _, first, second = await on.door.heard(3)
        assert first == Edited("telegram:7:1:edit:992", SEVEN, "telegram:7:1", "fire in B")
        # Within the same second, and still another edit.
        assert second == Edited("telegram:7:1:edit:993", SEVEN, "telegram:7:1", "fire in C")


async def test_a_place_is_a_place_and_one_that_moves_on_is_no_edit() -> None:
    async with stage() as on:
        aiko = on.fake.user(7)
        message = aiko.shares(35.68, 139.76)
        live = on.fake.message(aiko.chat, aiko, {"location": {"latitude": 1.0, "longitude": 2.0}})
        on.fake.updates.add("edited_message", live | {"message_id": message, "edit_date": 5})
        place = {"latitude": 35, "longitude": 139.5}
        aiko.sends({"location": place, "venue": {"location": place, "title": "Harbour"}})
        await on.settled()
        assert on.door.events == [
            Located("telegram:7:1", SEVEN, 35.68, 139.76),
            Located("telegram:7:3", SEVEN, 35.0, 139.5),
        ]


async def test_what_cannot_be_read_is_said_and_its_caption_is_not_lost() -> None:
    async with stage() as on:
        on.fake.user(7).sends_voice()
        on.fake.user(7).sends_voice("I am in the lift")
        await on.until(lambda: len(on.fake.user(7).messages) == 2)
        assert on.door.wrote() == ["I am in the lift"]
        assert on.fake.user(7).texts == [TEXTS.words("en").say("telegram-not-read")] * 2
        # What the platform itself puts into a chat is nobody's message.
        on.fake.user(7).sends({"pinned_message": {"message_id": 1}})
        on.fake.user(7).sends({"message_auto_delete_timer_changed": {}})
        await on.settled()
        assert len(on.fake.user(7).messages) == 2


# --- pictures --------------------------------------------------------------------------------


async def test_a_photo_is_fetched_in_its_largest_size_and_prepared() -> None:
    async with stage() as on:
        on.fake.user(7).sends_photo(b"a large picture", "look at this")
        # The words are kept before the picture is fetched.
        words, picture = await on.door.heard(2)
        assert words == Wrote("telegram:7:1", SEVEN, "look at this")
        assert picture == Attached("telegram:7:1:picture", SEVEN, b"small:a large picture")


async def test_an_album_is_all_of_its_pictures() -> None:
    async with stage() as on:
        on.fake.user(7).sends_photo(b"one", "three of them", album="x")
        on.fake.user(7).sends_photo(b"two", album="x")
        on.fake.user(7).sends_photo(b"three", album="x")
        await on.door.heard(4)
        assert on.door.wrote() == ["three of them"]
        pictures = {e.picture for e in on.door.events if isinstance(e, Attached)}
        assert pictures == {b"small:one", b"small:two", b"small:three"}


async def test_a_picture_sent_as_a_file_is_a_picture_and_another_file_is_not() -> None:
    async with stage() as on:
        on.fake.user(7).sends_file(b"png")
        on.fake.user(7).sends_file(b"pdf", "application/pdf")
        await on.settled()
        assert [type(event) for event in on.door.events] == [Attached]
        assert on.fake.user(7).texts == [TEXTS.words("en").say("telegram-not-read")]


async def test_a_photo_too_large_is_not_fetched_and_its_words_are_kept() -> None:
    async with stage() as on:
        file = on.fake.files.keep(b"x", "documents")
        for size in (PHOTO_LIMIT + 1, 30_000_000):
            document = {"file_id": file, "mime_type": "image/png", "file_size": size}
            on.fake.user(7).sends({"document": document, "caption": "fire"})
        await on.settled()
        assert on.door.wrote() == ["fire", "fire"]
        assert on.fake.called("getFile") == []
        assert on.fake.user(7).texts == [
            TEXTS.words("en").say("photo-too-big", limit=10).replace("\u2068", "").replace(
                "\u2069", ""
            )
        ] * 2  # fmt: skip


async def test_a_photo_that_grows_on_its_way_is_left() -> None:
    async with stage() as on:
        photo = on.fake.user(7).sends_photo(b"x" * (PHOTO_LIMIT + 1))
        update = next(iter(on.fake.updates.pending.values()))
        for size in update["message"]["photo"]:
            size["file_size"] = 5
        await on.settled()
        assert photo
        assert on.door.events == []
        assert on.fake.user(7).last.text.startswith("The photo is too large")


async def test_what_is_no_picture_is_said_so() -> None:
    async with stage() as on:
        on.fake.user(7).sends_file(b"not a picture", "image/heic")
        await on.until(lambda: on.fake.user(7).messages)
        assert on.fake.user(7).last.text == TEXTS.words("en").say("photo-not-a-picture")


@pytest.mark.parametrize("fault", [Status(502), Drops(after=True)])
async def test_a_photo_is_fetched_again_where_the_network_fails(fault: Any) -> None:
    async with stage() as on:
        on.fake.fails("getFile", fault)
        on.fake.fails("download", Status(500))
        on.fake.user(7).sends_photo(b"picture")
        [event] = await on.door.heard(1)
        assert isinstance(event, Attached)


async def test_a_photo_that_never_comes_is_asked_for_again_and_holds_up_nobody() -> None:
    async with stage() as on:
        on.fake.fails("download", Hangs(), times=4)
        on.fake.user(7).sends_photo(b"picture", "the roof burns")
        on.fake.user(7).says("help me")
        on.fake.user(8).says("I wait for nobody")
        heard = await on.door.heard(3)
        assert {event.sender.address for event in heard} == {"7", "8"}
        assert sorted(on.door.wrote()) == ["I wait for nobody", "help me", "the roof burns"]
        assert on.fake.user(7).messages == [], "the photo is still on its way"
        await on.settled()
        assert on.fake.user(7).last.text == TEXTS.words("en").say("telegram-photo-lost")


async def test_a_hundred_photos_that_never_come_hold_up_nobody_for_long() -> None:
    patient = replace(QUICK, photo=3.0)
    async with stage(habits=patient) as on:
        on.fake.fails("download", Hangs(), times=1000)
        for _ in range(3):
            on.fake.user(7).sends_photo(b"picture")
        await on.until(lambda: len(on.fake.user(7).messages) == 3)
        # Telegram hands out a hundred updates at a time: what comes after them has to wait.
        for number in range(100, 200):
            on.door.people[str(number)] = replace(BEN, id=number)
            on.fake.user(number, "Somebody").sends_photo(b"picture")
        on.fake.user(8).says("help")
        await on.door.heard(1)
        assert on.door.wrote() == ["help"]
        await on.settled()
        lost = TEXTS.words("ja").say("telegram-photo-lost")
        assert [on.fake.user(n).texts for n in range(100, 200)] == [[lost]] * 100


async def test_a_file_telegram_knows_no_more_is_asked_for_again() -> None:
    async with stage() as on:
        photo = {"file_id": "gone", "width": 9, "height": 9}
        on.fake.user(7).sends({"photo": [photo]})
        await on.until(lambda: on.fake.user(7).messages)
        assert on.fake.user(7).last.text == TEXTS.words("en").say("telegram-photo-lost")
        assert len(on.fake.called("getFile")) == 1


# --- who it is -------------------------------------------------------------------------------


async def test_an_invitation_makes_a_stranger_one_of_us() -> None:
    async with stage() as on:
        on.door.codes["abc_DEF-1"] = Person(4, "S4", "Yuki", "ja")
        yuki = on.fake.user(STRANGER, "Yuki", "zh-hant", started=False)
        yuki.starts("abc_DEF-1")
        [introduced] = await on.door.heard(1)
        assert introduced == Introduced(
            "telegram:66:1", introduced.sender, code="abc_DEF-1", language="zh-Hant"
        )
        await on.until(lambda: yuki.texts == ["Welcome, Yuki."])
        yuki.says("fire")
        await on.door.heard(2)
        assert on.door.wrote() == ["fire"]


async def test_a_code_that_does_not_work_is_said_and_nothing_more() -> None:
    async with stage() as on:
        on.fake.user(STRANGER).starts("used-before")
        await on.door.heard(1)
        await on.settled()
        assert on.fake.user(STRANGER).texts == ["That code is not known."]
        assert on.door.wrote() == []


async def test_a_stranger_is_told_in_the_language_of_their_own_telegram() -> None:
    async with stage() as on:
        stranger = on.fake.user(STRANGER, "Amal", "ar-EG")
        stranger.says("مرحبا")
        await on.until(lambda: stranger.texts)
        assert stranger.texts == [TEXTS.words("ar").say("unknown-person")]


async def test_a_stranger_gets_one_polite_line_and_nothing_is_kept() -> None:
    async with stage() as on:
        stranger = on.fake.user(STRANGER)
        stranger.says("who works here?")
        stranger.says("hello?")
        stranger.sends_voice()
        stranger.sends_photo(b"x")
        stranger.shares(1, 2)
        stranger.says("/start")
        stranger.edits("x", 1)
        await on.until(lambda: stranger.texts)
        stranger.blocks()
        await on.settled()
        assert stranger.texts == [UNKNOWN]
        assert on.door.events == []
        assert on.fake.called("getFile") == []


async def test_a_line_that_cannot_be_sent_holds_nothing_up() -> None:
    async with stage() as on:
        on.fake.fails("sendMessage", Status(500))
        on.fake.user(STRANGER).says("hello")
        with capture_logs() as lines:
            await on.settled()
        assert [line["event"] for line in lines if "line" in line["event"]] == ["line.lost"]


async def test_blocking_and_coming_back() -> None:
    async with stage() as on:
        on.fake.user(7).blocks()
        on.fake.user(7).unblocks()
        gone, back = await on.door.heard(2)
        assert isinstance(gone, Departed)
        assert isinstance(back, Departed)
        assert (gone.sender, gone.why, gone.back, back.back) == (SEVEN, "blocked", False, True)
        assert gone.id != back.id


async def test_what_cannot_be_known_for_want_of_a_house_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with stage() as on:
        asked = 0
        who = on.door.who

        async def sometimes(sender: Sender) -> Person | None:
            nonlocal asked
            asked += 1
            if asked < 3:
                raise CouldNotSave("away")
            return await who(sender)

        monkeypatch.setattr(on.door, "who", sometimes)
        on.fake.user(7).says("fire")
        await on.door.heard(1)


# --- groups ----------------------------------------------------------------------------------


async def test_in_a_group_only_what_is_meant_for_us_is_read() -> None:
    async with stage() as on:
        await on.until(lambda: on.telegram._reception.name)
        room = on.fake.group(-100)
        aiko = on.fake.user(7)
        for ignored in ("just chatting about the fire", "/start", "/help", "/stop", "/x@other_bot"):
            aiko.says(ignored, at=room)
        aiko.sends_photo(b"x")
        on.fake.user(STRANGER).says("/report@renraku_test_bot", at=room)
        bot = on.fake.user(99, "Robot", is_bot=True)
        bot.says("/report@renraku_test_bot", at=room)
        message = on.fake.message(room.chat, aiko, {"text": "/safe", "sender_chat": room.chat})
        on.fake.updates.add("message", message)
        channel = {"id": -200, "type": "channel", "title": "News"}
        on.fake.updates.add("message", on.fake.message(channel, None, {"text": "/safe"}))
        aiko.says("/safe", at=room)
        aiko.says("/report@Renraku_Test_Bot fire", at=room)
        await on.settled()
        wrote = [event for event in on.door.events if isinstance(event, Wrote)]
        assert [event.text for event in wrote] == ["safe", "report fire"]
        assert {event.sender for event in wrote} == {SEVEN}
        assert wrote[0].id.startswith("telegram:-100:")
        assert room.messages == []
        assert on.fake.user(STRANGER).messages == []


async def test_the_id_of_a_new_group_stands_in_the_log() -> None:
    async with stage() as on:
        with capture_logs() as lines:
            room = on.fake.group(-100777)
            room.adds_the_bot(on.fake.user(7))
            room.throws_the_bot_out(on.fake.user(7))
            await on.settled()
        seen = [(line["event"], line["group"]) for line in lines if "group" in line]
        assert seen == [("group.joined", -100777), ("group.left", -100777)]


async def test_a_group_that_says_it_moved_is_followed() -> None:
    from tests.adapters.test_telegram_channel import CHECK_IN

    async with stage() as on:
        on.fake.group(-5, kind="group").moves_to(-100500)
        await on.settled()
        assert (await on.deliver(CHECK_IN, -5, person=0)).startswith("-100500:")


# --- anything at all -------------------------------------------------------------------------

FIELDS = (
    *("id", "chat", "from", "type", "text", "photo", "file_id", "message_id", "location"),
    *("latitude", "longitude", "document", "mime_type", "caption", "data", "date", "status"),
    *("new_chat_member", "is_bot", "message", "sender_chat", "migrate_to_chat_id"),
)
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.just("private"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]), JUNK)
def test_whatever_an_update_holds_it_is_read_or_malformed(kind: str, content: Any) -> None:
    try:
        read({"update_id": 5, kind: content}, "our_bot")
    except Malformed:
        return


def test_nothing_personal_is_shown_by_accident() -> None:
    from adapters.telegram.reading import From, Picture, Start

    by = From(7, 7, True)
    shown = repr([Start(by, "id", "secret-code"), Picture(by, "id", "file-9", 1, "caption-words")])
    assert not any(word in shown for word in ("secret-code", "file-9", "caption-words"))


@pytest.mark.parametrize(
    ("code", "organisation", "language"),
    [
        ("en", "ja", "en"),
        ("en-GB", "ja", "en"),
        ("ja", "en", "ja"),
        ("ar-EG", "en", "ar"),
        ("zh-hans", "en", "zh-Hans"),
        ("zh-CN", "zh-Hant", "zh-Hans"),
        ("zh-hant", "zh-Hans", "zh-Hant"),
        ("zh-TW", "en", "zh-Hant"),
        ("zh_HK", "en", "zh-Hant"),
        ("zh", "en", "zh-Hant"),
        ("zh", "zh-Hans", "zh-Hans"),
        ("pt-br", "en", ""),
        ("", "ja", ""),
    ],
)
def test_languages_by_telegrams_codes(code: str, organisation: str, language: str) -> None:
    assert language_of(code, organisation) == language


def test_the_menu_is_in_the_organisations_chinese() -> None:
    assert [chinese(name) for name in ("zh-Hans", "zh-Hant", "ar")] == [
        "zh-Hans", "zh-Hant", "zh-Hant",
    ]  # fmt: skip


async def test_many_at_once_are_all_done() -> None:
    async with stage() as on:
        on.door.answer = lambda event: Answered()
        for number in range(250):
            on.fake.user(7 + number % 3).says(f"line {number}")
        await on.door.heard(250)
        await on.settled()
        for person in ("7", "8", "9"):
            mine = [e.text for e in on.door.events if isinstance(e, Wrote)
                    and e.sender.address == person]  # fmt: skip
            assert mine == sorted(mine, key=lambda text: int(text.split()[1]))
        await asyncio.sleep(0)
