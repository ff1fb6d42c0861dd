"""What Slack sends is committed before Slack hears so, once, however often it comes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.slack import reception
from adapters.slack.calls import Calls
from bot.cards import Button, Card
from bot.channels import Closed
from bot.door import Answered
from bot.events import Attached, Edited, FromPeople, Sender, Tapped, Wrote
from bot.people import Person
from tests.adapters.slack_fake import BOT_USER
from tests.adapters.slack_house import PAGE, House, photo, playing

CARD = Card("Are you safe?", buttons=(Button("ask:a1:safe", "I'm safe"),), open=True)
MENU = Card("What do you need?", buttons=(Button("do:report", "Report an incident"),))


def recorded(_: FromPeople) -> Answered:
    return Answered("Recorded: you are safe.")


async def test_a_typed_line_reaches_the_house_as_it_was_typed():
    async with playing() as stage:
        said = await stage.aiko.says("fire & smoke in <B>")
        (event,) = stage.house.happened
        assert isinstance(event, Wrote)
        assert event.text == "fire & smoke in <B>"
        assert event.id == f"slack:{said.room.id}:{said.ts}"
        assert event.sender.address == "U1"


async def test_the_house_has_it_before_slack_hears_so():
    house = House(gate=asyncio.Event())
    async with playing(house) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: house.waiting)
        (delivery,) = stage.platform.deliveries.waiting
        acked_then = []
        house.before = lambda _: acked_then.append(delivery.acked)
        house.gate.set()
        assert await stage.aiko.waits_for(delivery)
        assert acked_then == [False]


async def test_what_could_not_be_saved_is_not_confirmed_and_comes_again():
    house = House(refuses=1)
    async with playing(house) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: not house.refuses)
        (delivery,) = stage.platform.deliveries.waiting
        stage.clock.turn(timedelta(seconds=4))
        await stage.until(lambda: delivery.acked)
        assert delivery.attempt == 1
        assert [type(e) for e in house.happened] == [Wrote]


async def test_a_fault_of_ours_is_not_confirmed_either():
    house = House(breaks=1)
    async with playing(house) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: not house.breaks)
        (delivery,) = stage.platform.deliveries.waiting
        stage.clock.turn(timedelta(seconds=4))
        await stage.until(lambda: delivery.acked)
        assert len(house.happened) == 1


async def test_what_comes_twice_is_done_once_and_confirmed_twice():
    async with playing(connections=2) as stage:
        stage.platform.deliveries.duplicate()
        await stage.aiko.says("fire")
        await stage.until(lambda: sum(len(s.received) for s in stage.platform.sockets.open) == 2)
        assert len(stage.house.happened) == 1


async def test_a_repeat_of_what_is_still_in_hand_joins_it(monkeypatch):
    monkeypatch.setattr(reception, "DEADLINE", 0.05)
    house = House(gate=asyncio.Event())
    async with playing(house) as stage:
        await stage.aiko.says("fire", wait=False)
        await stage.until(lambda: house.waiting)
        (delivery,) = stage.platform.deliveries.waiting
        await asyncio.sleep(0.1)
        assert not delivery.acked
        await stage.platform.deliveries.repeat(delivery)
        await asyncio.sleep(0.01)
        house.gate.set()
        assert await stage.aiko.waits_for(delivery)
        assert house.waiting == 1


async def test_a_repeat_is_never_dropped_for_being_one():
    """A repeat can be the only delivery of what was sent while no connection was open."""
    async with playing(start=False) as stage:
        await stage.aiko.says("fire", wait=False)
        (delivery,) = stage.platform.deliveries.waiting
        await stage.slack.source.start()
        await stage.platform.sockets.connected()
        stage.clock.turn(timedelta(seconds=61))
        await stage.until(lambda: delivery.acked)
        assert delivery.attempt > 0
        assert [type(e) for e in stage.house.happened] == [Wrote]


async def test_what_somebody_does_in_a_row_arrives_in_that_order():
    house, delays = House(), iter((0.05, 0.03, 0.02, 0.01))
    asked = house.who

    async def slower_at_first(sender: Sender) -> Person | None:
        await asyncio.sleep(next(delays, 0))
        return await asked(sender)

    house.who = slower_at_first  # type: ignore[method-assign]
    async with playing(house) as stage:
        await stage.slack.channel.deliver(stage.parcel(CARD))
        for number in range(10):
            await stage.aiko.says(f"line {number}", wait=False)
            await stage.aiko.taps("I'm safe", stage.aiko.received[0], wait=False)
            await stage.yusuf.says(f"line {number}", wait=False)
        await stage.until(lambda: len(house.happened) == 30)
        for user, each in (("U1", [Wrote, Tapped]), ("U2", [Wrote])):
            theirs = [e for e in house.happened if e.sender.address == user]
            assert [type(e) for e in theirs] == each * 10
            said = [e.text for e in theirs if isinstance(e, Wrote)]
            assert said == [f"line {number}" for number in range(10)]


async def test_words_do_not_wait_for_a_photo_that_is_late():
    async with playing() as stage:
        stage.platform.faults.status("files.download", 503, times=3)
        await stage.aiko.uploads(photo(), wait=False)
        await stage.aiko.says("help")
        assert type(stage.house.happened[0]) is Wrote
        await stage.until(lambda: len(stage.house.happened) == 2)


async def test_a_tap_is_named_by_message_moment_and_hand():
    async with playing() as stage:
        stage.house.answers[Tapped] = recorded
        reference = await stage.slack.channel.deliver(stage.parcel(CARD))
        await stage.aiko.taps("I'm safe")
        (event,) = stage.house.happened
        assert event.button == "ask:a1:safe"
        assert event.id.startswith(f"slack:tap:{reference}:")
        assert event.id.endswith(":U1")
        await stage.until(lambda: stage.aiko.last.ephemeral)
        assert stage.aiko.last.shown == "Recorded: you are safe."
        assert stage.platform.calls("chat.postEphemeral") == []


async def test_whoever_taps_in_vain_hears_that_it_was_not_saved():
    async with playing(House(refuses=1)) as stage:
        await stage.slack.channel.deliver(stage.parcel(CARD))
        delivery = await stage.aiko.taps("I'm safe", wait=False)
        await stage.until(lambda: stage.aiko.last.ephemeral)
        assert "could not be saved" in stage.aiko.last.shown
        assert not delivery.acked
        again = await stage.aiko.taps("I'm safe", stage.aiko.received[0])
        assert again.acked
        assert len(stage.house.happened) == 1


async def test_what_is_shown_after_the_receipt_may_fail(monkeypatch):
    """After "received" nothing may raise: Slack would take it for "not received"."""

    async def broken(*_: object) -> bool:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Calls, "respond", broken)
    async with playing() as stage:
        stage.house.answers[Tapped] = recorded
        await stage.slack.channel.deliver(stage.parcel(CARD))
        delivery = await stage.aiko.taps("I'm safe")
        assert delivery.acked
        assert delivery.sent == 1


async def test_what_the_bot_says_is_heard_by_nobody():
    async with playing() as stage:
        reference = await stage.slack.channel.deliver(stage.parcel(CARD))
        await stage.slack.channel.refresh(stage.parcel(CARD, reference=reference))
        await stage.until(lambda: len(stage.platform.deliveries.all) >= 2)
        await stage.until(lambda: not stage.platform.deliveries.waiting)
        assert stage.house.happened == []
        assert stage.house.asked == 0


async def test_changed_and_deleted_words_name_the_words_they_change():
    async with playing() as stage:
        said = await stage.aiko.says("fire in A")
        await stage.aiko.edits(said, "fire in <B>")
        await stage.aiko.deletes(said)
        changed, gone = stage.house.of(Edited)
        first = stage.house.happened[0].id
        assert (changed.message, changed.text) == (first, "fire in <B>")
        assert (gone.message, gone.text) == (first, None)
        assert len({e.id for e in stage.house.happened}) == 3


async def test_a_mention_in_a_channel_counts_as_said_to_the_bot():
    async with playing() as stage:
        stage.platform.add_channel("C1", "floor-3", "U1")
        await stage.aiko.says(f"<@{BOT_USER}> fire in B", channel="C1", raw=True)
        await stage.aiko.says(f"<@{BOT_USER}>", channel="C1", raw=True)
        wrote, asked = stage.house.happened
        assert wrote.text == "fire in B"
        assert asked.button == "do:menu"


async def test_words_come_before_the_photo_they_were_sent_with():
    async with playing() as stage:
        await stage.aiko.uploads(photo(), words="the shelf")
        wrote, attached = stage.house.happened
        assert isinstance(wrote, Wrote)
        assert isinstance(attached, Attached)
        assert attached.picture.startswith(b"\xff\xd8")
        assert attached.id.startswith(f"{wrote.id}:F")


async def test_a_photo_that_slack_gives_late_still_arrives():
    async with playing() as stage:
        stage.platform.faults.status("files.download", 503, times=2)
        await stage.aiko.uploads(photo())
        assert [type(e) for e in stage.house.happened] == [Attached]


@pytest.mark.parametrize(
    ("data", "says"), [(b"no picture", "not a picture"), (bytes(1_200_000), "too large")]
)
async def test_what_is_no_photo_is_refused_with_a_sentence(data: bytes, says: str):
    async with playing() as stage:
        await stage.aiko.uploads(data, words="look")
        assert [type(e) for e in stage.house.happened] == [Wrote]
        await stage.until(lambda: stage.aiko.received)
        assert says in stage.aiko.last.shown


async def test_a_photo_that_cannot_be_had_is_asked_for_again():
    async with playing() as stage:
        stage.platform.scopes.remove("files:read")
        await stage.aiko.uploads(photo())
        await stage.until(lambda: stage.aiko.received)
        assert "send it again" in stage.aiko.last.shown


async def test_a_file_elsewhere_never_sees_our_token():
    async with playing() as stage:
        file = stage.aiko.file(photo())
        assert file.url.startswith("http://127.0.0.1")
        file.url = file.url.replace("127.0.0.1", "localhost")
        await stage.aiko.says("", files=[file])
        await stage.until(lambda: stage.aiko.received)
        assert "send it again" in stage.aiko.last.shown
        assert stage.house.happened == []


async def test_a_form_opens_as_a_page_within_its_trigger():
    async with playing(House(pages=[PAGE])) as stage:
        await stage.slack.channel.deliver(stage.parcel(MENU))
        await stage.aiko.taps("Report an incident")
        await stage.until(lambda: stage.aiko.modal)
        (tapped,) = stage.house.happened
        assert tapped.page
        assert stage.aiko.modal.title == "Report an incident"


async def test_where_no_page_can_be_opened_the_questions_come_one_by_one():
    async with playing(House(pages=[PAGE])) as stage:
        await stage.slack.channel.deliver(stage.parcel(MENU))
        stage.platform.faults.error("views.open", "expired_trigger_id")
        await stage.aiko.taps("Report an incident")
        await stage.until(lambda: len(stage.house.happened) == 2)
        first, second = stage.house.happened
        assert first.page
        assert (second.button, second.page) == ("form:d1:!resume", False)


async def test_answering_question_by_question_goes_on_so():
    async with playing() as stage:
        card = Card("Where?", buttons=(Button("form:d1:place:x1", "Building B"),), open=True)
        await stage.slack.channel.deliver(stage.parcel(card))
        await stage.aiko.taps("Building B")
        (tapped,) = stage.house.happened
        assert not tapped.page


async def test_shortcuts_open_a_report_with_the_words_of_the_message():
    async with playing(House(pages=[PAGE, PAGE])) as stage:
        await stage.aiko.shortcut("report")
        await stage.until(lambda: stage.aiko.modal)
        await stage.aiko.closes()
        stage.platform.add_channel("C1", "floor-3", "U1", "U2")
        message = await stage.yusuf.says("the pump leaks", channel="C1")
        await stage.aiko.message_shortcut(message, "report_message")
        await stage.until(lambda: stage.aiko.modal)
        told = stage.house.happened[-1]
        assert told.answers == {"details": "the pump leaks"}
        assert (told.about, told.page) == ("draft:d1", True)


@pytest.mark.parametrize(
    ("line", "button"),
    [
        ("/renraku", "do:menu"),
        ("/renraku status", "do:status"),
        ("/renraku Help", "do:help"),
        ("/renraku 報告", ""),
    ],
)
async def test_the_command_is_like_a_button(line: str, button: str):
    async with playing() as stage:
        delivery = await stage.aiko.runs(line)
        assert delivery.acked
        (event,) = stage.house.happened
        assert getattr(event, "button", "") == button
        if not button:
            assert event.text == "報告"
        assert stage.aiko.troubles == []


async def test_commands_are_understood_in_ones_own_language():
    async with playing(House(pages=[PAGE])) as stage:
        word = stage.house.words(stage.house.people["U2"]).list_of("command-report-words")[0]
        await stage.yusuf.runs(f"/renraku {word}")
        await stage.until(lambda: stage.yusuf.modal)


async def test_what_is_typed_behind_the_command_is_said_to_the_bot():
    async with playing() as stage:
        stage.platform.add_channel("C1", "floor-3", "U1")
        await stage.aiko.runs("/renraku fire in <B>", channel="C1")
        (event,) = stage.house.happened
        assert isinstance(event, Wrote)
        assert event.text == "fire in <B>"
        assert "direct messages" in stage.aiko.last.shown


async def test_a_command_that_could_not_be_saved_says_so():
    async with playing(House(refuses=1)) as stage:
        await stage.aiko.runs("/renraku fire")
        assert "could not be saved" in stage.aiko.last.shown


async def test_the_app_thrown_out_is_a_channel_that_is_closed():
    async with playing() as stage:
        await stage.platform.uninstall()
        await stage.until(lambda: stage.platform.deliveries.all[-1].acked)
        calls = len(stage.platform.calls())
        with pytest.raises(Closed, match="token_revoked"):
            await stage.slack.channel.deliver(stage.parcel(CARD))
        assert len(stage.platform.calls()) == calls
        stage.clock.turn(timedelta(seconds=61))
        with pytest.raises(Closed, match="account_inactive"):
            await stage.slack.channel.deliver(stage.parcel(CARD))
