"""Receiving by polls: nothing lost, nothing twice, nobody held up."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from adapters.telegram.window import Window
from bot.door import Answered
from bot.events import FromPeople, Tapped, Wrote
from tests.adapters.telegram_fake import Drops, Hangs, Status, TooMany
from tests.adapters.telegram_house import QUICK, Stage, stage


def log_of(lines: list[Any], event: str) -> list[Any]:
    return [line for line in lines if line["event"] == event]


async def test_what_people_write_arrives_and_is_confirmed_afterwards() -> None:
    async with stage() as on:
        on.fake.user(7).says("fire in building B")
        [event] = await on.door.heard(1)
        assert event == Wrote("telegram:7:1", event.sender, "fire in building B")
        assert (event.sender.channel, event.sender.address) == ("telegram", "7")
        await on.settled()
        assert on.fake.updates.confirmed == [991]


async def test_an_update_is_not_confirmed_before_it_is_saved() -> None:
    async with stage() as on:
        saved = asyncio.Event()

        async def wait(event: FromPeople) -> None:
            await saved.wait()

        on.door.before_commit = wait
        polls = len(on.fake.called("getUpdates"))
        on.fake.user(7).says("fire")
        # Polls go on meanwhile, and none of them confirms it.
        await on.until(lambda: len(on.fake.called("getUpdates")) > polls + 4)
        assert on.fake.updates.confirmed == []
        assert list(on.fake.updates.pending) == [991]
        saved.set()
        await on.settled()
        assert on.door.wrote() == ["fire"]


async def test_killed_between_receiving_and_confirming_nothing_is_lost() -> None:
    async with stage(running=False) as on:
        first = on.another()
        reached = asyncio.Event()

        async def never(event: FromPeople) -> None:
            if event.id == "telegram:7:2":
                reached.set()
                await asyncio.Event().wait()

        on.door.before_commit = never
        for text in ("one", "two", "three"):
            on.fake.user(7).says(text)
        await first.source.start()
        await reached.wait()
        for task in asyncio.all_tasks():
            # As a kill would: nobody gets to say goodbye.
            if task is not asyncio.current_task() and "telegram" in (task.get_name() or ""):
                task.cancel()
        assert on.door.wrote() == ["one"]
        assert {992, 993} <= set(on.fake.updates.pending)
        on.door.before_commit = None
        await on.start()
        await on.door.heard(3)
        assert on.door.wrote() == ["one", "two", "three"]
        await on.settled()


async def test_each_person_is_heard_in_their_order_and_nobody_waits_for_another() -> None:
    async with stage() as on:
        slow = asyncio.Event()

        async def aiko_takes_long(event: FromPeople) -> None:
            if event.id == "telegram:7:1":
                await slow.wait()

        on.door.before_commit = aiko_takes_long
        on.fake.user(7).says("first")
        on.fake.user(7).says("second")
        for text in ("a", "b", "c"):
            on.fake.user(8).says(text)
        await on.door.heard(3)
        assert on.door.wrote() == ["a", "b", "c"]
        # Even what comes later, behind an update that is not done.
        on.fake.user(9).says("d")
        await on.door.heard(4)
        slow.set()
        await on.door.heard(6)
        assert on.door.wrote()[-2:] == ["first", "second"]
        await on.settled()
        assert on.door.repeats == []


async def test_what_cannot_be_saved_is_tried_again_and_not_confirmed() -> None:
    async with stage() as on:
        on.door.down = 5
        on.fake.user(7).says("fire")
        await on.door.heard(1)
        await on.settled()
        assert on.door.wrote() == ["fire"]
        # The third failure is told: whoever is in danger must know to phone.
        assert on.fake.user(7).texts == [
            "What you sent cannot be recorded just now. We keep trying. If it is urgent, phone."
        ]


async def test_an_unreadable_update_holds_up_nobody() -> None:
    async with stage() as on:
        with capture_logs() as lines:
            for broken in (
                {"message": {"garbage": True}},
                {"message": "words"},
                {"callback_query": {"id": 5}},
                {"message": {"message_id": 1, "date": 1, "chat": {"id": "x", "type": "private"}}},
            ):
                on.fake.updates.add_raw(broken)
            on.fake.updates.add_raw({"something_new": {}})
            on.fake.user(7).says("still here")
            await on.door.heard(1)
            await on.settled()
        assert [line["update_id"] for line in log_of(lines, "update.malformed")] == [
            991, 992, 993, 994,
        ]  # fmt: skip
        assert on.fake.updates.confirmed[-1] == 996


async def test_what_is_odd_beside_the_words_does_not_hide_them() -> None:
    """A cry must not be lost because of some field that nobody needs."""
    async with stage() as on:
        on.fake.user(7).sends(
            {
                "text": "help me",
                "entities": "none of your business",
                "reply_to_message": {"garbage": 1},
                "forward_origin": 5,
                "from_the_future": [],
            }
        )
        await on.door.heard(1)
        assert on.door.wrote() == ["help me"]


async def test_what_the_house_stumbles_over_is_given_up_after_a_while() -> None:
    async with stage() as on:
        on.door.broken = lambda event: event.id == "telegram:7:1"
        with capture_logs() as lines:
            on.fake.user(7).says("poison")
            on.fake.user(8).says("fine")
            await on.settled()
        assert on.door.wrote() == ["fine"]
        assert log_of(lines, "update.given-up") == [
            {"event": "update.given-up", "update_id": 991, "log_level": "error"}
        ]
        assert "phone" in on.fake.user(7).last.text


async def test_repeated_and_shuffled_updates_are_done_once_each() -> None:
    async with stage(running=False) as on:
        on.fake.updates.twice = True
        on.fake.updates.shuffle = random.Random(4)
        for number in range(30):
            on.fake.user(7 + number % 3).says(f"line {number}")
        await on.start()
        await on.settled()
        assert sorted(on.door.wrote()) == sorted(f"line {n}" for n in range(30))
        assert on.door.repeats == []


async def test_an_update_confirmed_before_and_sent_again_is_a_repeat() -> None:
    async with stage() as on:
        on.fake.user(7).says("once")
        update = next(iter(on.fake.updates.pending.values()))
        await on.settled()
        on.fake.user(8).says("another")
        await on.settled()
        on.fake.updates.again(update)
        await on.until(lambda: on.door.repeats)
        assert on.door.wrote() == ["once", "another"]


@pytest.mark.parametrize(
    "fault", [Status(502), Status(200, "[]"), Drops(after=False), Drops(after=True), Status(404)]
)
async def test_a_poll_that_fails_is_repeated(fault: Any) -> None:
    async with stage() as on:
        on.fake.fails("getUpdates", fault, times=3)
        on.fake.user(7).says("hello")
        await on.door.heard(1)
        await on.settled()


async def test_a_poll_that_hangs_is_given_up() -> None:
    habits = replace(QUICK, poll=0, slack=0.1)
    async with stage(habits=habits) as on:
        on.fake.fails("getUpdates", Hangs(), times=2)
        with capture_logs() as lines:
            on.fake.user(7).says("hello")
            await on.door.heard(1)
        assert [line["problem"] for line in log_of(lines, "telegram.poll")][:1] == ["TimedOut"]


async def test_too_fast_a_poll_waits_exactly_as_told() -> None:
    async with stage(running=False) as on:
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        polling: Any = on.telegram.source
        polling._clock.sleep = sleep
        on.fake.fails("getUpdates", TooMany(17))
        on.fake.user(7).says("hello")
        await on.start()
        await on.door.heard(1)
        assert slept == [17.0]


async def test_somebody_else_who_polls_is_named_in_the_log_and_we_back_off() -> None:
    async with stage() as on:
        other = on.another()
        with capture_logs() as lines:
            await other.source.start()
            await on.until(lambda: len(log_of(lines, "telegram.conflict")) > 1)
            on.fake.user(7).says("hello")
            await on.door.heard(1)
            await other.source.stop()
        assert log_of(lines, "telegram.conflict")[0]["log_level"] == "error"
        assert on.door.wrote() == ["hello"]


async def test_a_webhook_in_the_way_is_taken_down_and_what_waits_is_kept() -> None:
    async with stage(running=False) as on:
        on.fake.updates.held = True
        on.fake.webhook.point("http://127.0.0.1:9/telegram", "", 1)
        on.fake.user(7).says("hello")
        on.fake.updates.held = False
        on.fake.fails("deleteWebhook", Status(502))
        await on.start()
        await on.door.heard(1)
        assert on.fake.called("deleteWebhook")[-1] == {}
        # Set again by somebody while we run.
        on.fake.webhook.point("http://127.0.0.1:9/telegram", "", 1)
        on.fake.user(7).says("again")
        await on.door.heard(2)


async def test_only_what_is_needed_is_asked_for() -> None:
    async with stage() as on:
        await on.until(lambda: on.fake.called("getUpdates"))
        assert on.fake.called("getUpdates")[0]["allowed_updates"] == [
            "message", "edited_message", "callback_query", "my_chat_member",
        ]  # fmt: skip


async def test_stopping_ends_what_is_in_hand_and_confirms_it() -> None:
    async with stage() as on:
        saved = asyncio.Event()
        begun = asyncio.Event()

        async def wait(event: FromPeople) -> None:
            begun.set()
            await saved.wait()

        on.door.before_commit = wait
        on.fake.user(7).says("last words")
        await begun.wait()
        stopping = asyncio.create_task(on.stop())
        await asyncio.sleep(0)
        saved.set()
        await stopping
        assert on.door.wrote() == ["last words"]
        assert on.fake.updates.pending == {}


async def test_a_menu_that_fails_keeps_nobody_waiting() -> None:
    async with stage(running=False) as on:
        on.fake.fails("getMe", Hangs())
        on.fake.fails("setMyCommands", Hangs(), times=9)
        on.fake.user(7).says("hello")
        await on.start()
        await on.door.heard(1)


async def test_the_menu_is_there_in_every_language() -> None:
    async with stage() as on:
        await on.until(lambda: len(on.fake.commands) == 5)
        assert set(on.fake.commands) == {"", "en", "ja", "zh", "ar"}
        named = [each["command"] for each in on.fake.commands["ja"]]
        assert named == ["report", "safe", "sos", "status", "rollcall", "menu", "help", "cancel"]
        assert on.fake.commands["zh"][0]["description"] == "通報事件"


# --- taps ------------------------------------------------------------------------------------


def tapping(on: Stage, answered: Answered) -> None:
    on.door.answer = lambda event: answered


async def card_with_buttons(on: Stage) -> None:
    from tests.adapters.test_telegram_channel import CHECK_IN

    await on.deliver(CHECK_IN, 7)


async def test_a_tap_is_answered_once_with_what_the_house_says() -> None:
    async with stage() as on:
        await card_with_buttons(on)
        tapping(on, Answered("Recorded: you are safe. Thank you."))
        query = on.fake.user(7).taps("I'm safe")
        [event] = await on.door.heard(1)
        assert event == Tapped(f"telegram:tap:{query}", event.sender, "ask:a:safe")
        await on.until(lambda: on.fake.user(7).toast)
        toast = on.fake.user(7).toast
        assert toast is not None
        assert (toast.text, toast.alert) == ("Recorded: you are safe. Thank you.", False)
        await on.settled()
        assert len(on.fake.called("answerCallbackQuery")) == 1


async def test_a_problem_is_an_alert_and_long_words_are_cut() -> None:
    async with stage() as on:
        await card_with_buttons(on)
        tapping(on, Answered("a" * 500, problem=True))
        on.fake.user(7).taps("I'm safe")
        await on.until(lambda: on.fake.user(7).toast)
        toast = on.fake.user(7).toast
        assert toast is not None
        assert toast.alert
        assert toast.text == "a" * 199 + "…"


async def test_a_slow_house_stops_the_spinner_all_the_same_and_says_problems_later() -> None:
    async with stage() as on:
        await card_with_buttons(on)
        go = asyncio.Event()

        async def wait(event: FromPeople) -> None:
            await go.wait()

        on.door.before_commit = wait
        tapping(on, Answered("This roll call has ended.", problem=True))
        on.fake.user(7).taps("I'm safe")
        await on.until(lambda: on.fake.user(7).toast)
        toast = on.fake.user(7).toast
        assert toast is not None
        assert toast.text == ""
        go.set()
        await on.until(lambda: on.fake.user(7).last.text == "This roll call has ended.")
        await on.settled()
        assert len(on.fake.called("answerCallbackQuery")) == 1


async def test_a_tap_that_cannot_be_saved_yet_is_answered_and_done_later() -> None:
    async with stage() as on:
        await card_with_buttons(on)
        on.door.down = 3
        on.fake.user(7).taps("I need help")
        [event] = await on.door.heard(1)
        assert isinstance(event, Tapped)
        await on.settled()
        assert len(on.fake.called("answerCallbackQuery")) == 1


async def test_a_tap_from_long_ago_is_done_though_its_answer_is_refused() -> None:
    async with stage(running=False) as on:
        await card_with_buttons(on)
        on.fake.user(7).taps("I'm safe")
        for query in on.fake._queries.values():
            query.at = query.at.replace(year=2020)
        with capture_logs() as lines:
            await on.start()
            await on.door.heard(1)
            await on.until(lambda: on.fake.called("answerCallbackQuery"))
            await on.settled()
        assert log_of(lines, "tap.unanswered") == []


async def test_nobody_tells_a_stranger_who_taps_anything() -> None:
    async with stage() as on:
        room = on.fake.group(-100)
        from tests.adapters.test_telegram_channel import CHECK_IN

        await on.deliver(CHECK_IN, -100, person=0)
        on.fake.user(66, "Stranger").taps("I'm safe", at=room)
        await on.until(lambda: on.fake.user(66).toast)
        toast = on.fake.user(66).toast
        assert toast is not None
        assert toast.alert
        assert toast.text.startswith("This address is not registered here.")
        assert on.door.events == []


# --- the window ------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_the_offset_never_passes_what_is_not_done(seed: int) -> None:
    """Whatever the order things are done in, and however often they are handed out."""
    chance = random.Random(seed)
    window = Window()
    pending = list(range(500, 501 + chance.randrange(40)))
    in_hand: list[int] = []
    done: set[int] = set()
    while pending or in_hand:
        pending = [n for n in pending if n >= window.offset]
        batch = chance.sample(pending[:7], len(pending[:7]))
        new = window.take(batch * chance.choice([1, 2]), window.offset)
        assert not set(new) & (done | set(in_hand))
        in_hand += new
        assert window.waiting == len(in_hand)
        for _ in range(chance.randint(0, len(in_hand))):
            number = in_hand.pop(chance.randrange(len(in_hand)))
            window.done(number)
            done.add(number)
        assert all(n in done for n in range(500, window.offset))
    assert window.offset == max(done) + 1


def test_what_is_done_while_a_poll_is_on_its_way_is_not_begun_again() -> None:
    window = Window()
    window.take([7, 8], 0)
    asked = window.offset
    window.done(7)
    assert window.take([7, 8, 9], asked) == [9]
    assert window.offset == 8


def test_numbers_that_start_anew_from_below_are_followed() -> None:
    window = Window()
    assert window.take([90, 91], 0) == [90, 91]
    window.done(90)
    window.done(91)
    assert window.take([5], 92) == [5]
    assert window.offset == 5
    window.done(5)
    assert window.offset == 6
