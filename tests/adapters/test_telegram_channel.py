"""Sending: cards as messages, edits, and every way in which Telegram refuses them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.cards import Ask, Button, Card, Photo, Style, Text, Tone
from bot.channels import Channel, Closed, Gone, Paced, Parcel, Temporary
from bot.events import Located
from tests.adapters.telegram_fake import Drops, Hangs, Published, Slow, Status, TooMany
from tests.adapters.telegram_house import TEXTS, Stage, stage

CHECK_IN = Card(
    "Are you safe?",
    (Text("Earthquake <in> the harbour & beyond.", said=True), Text("Sent by Chen", quiet=True)),
    (
        Button("ask:a:safe", "I'm safe", Style.GOOD),
        Button("ask:a:help", "I need help", Style.DANGER),
        Button("ask:a:unaffected", "Not affected"),
    ),
    Tone.URGENT,
)
ANSWERED = replace(
    CHECK_IN,
    buttons=tuple(replace(b, chosen=b.id.endswith("safe")) for b in CHECK_IN.buttons),
    tone=Tone.GOOD,
    open=False,
)


def names(lines: list[Any]) -> list[str]:
    return [line["event"] for line in lines]


async def test_it_is_a_channel() -> None:
    async with stage(running=False) as on:
        channel: Channel = on.telegram.channel
        assert channel.name == "telegram"
        assert channel.limits.edits
        assert channel.limits.history
        assert not channel.limits.live
        await channel.changed([1])


async def test_a_card_is_posted_and_drawn_again_in_place() -> None:
    async with stage(running=False) as on:
        reference = await on.deliver(CHECK_IN, 7)
        [message] = on.fake.user(7).messages
        assert reference == f"7:{message.id}"
        assert message.text == (
            "❗ Are you safe?\n\nEarthquake <in> the harbour & beyond.\n\nSent by Chen"
        )
        assert message.labels == ["I'm safe", "I need help", "Not affected"]
        assert message.data == [button.id for button in CHECK_IN.buttons]
        assert [button.style for button in message.buttons] == ["success", "danger", ""]
        assert not message.silent
        await on.refresh(ANSWERED, 7, reference)
        [message] = on.fake.user(7).messages
        assert message.labels[0] == "✓ I'm safe"
        await on.refresh(replace(ANSWERED, buttons=()), 7, reference)
        assert message.labels == []


async def test_addresses_people_write_are_not_looked_up() -> None:
    async with stage(running=False) as on:
        reference = await on.deliver(CHECK_IN, 7)
        await on.refresh(ANSWERED, 7, reference)
        for method in ("sendMessage", "editMessageText"):
            assert on.fake.called(method)[0]["link_preview_options"] == {"is_disabled": True}


async def test_an_edit_that_changes_nothing_or_comes_too_late_is_done() -> None:
    async with stage(running=False) as on:
        reference = await on.deliver(CHECK_IN, 7)
        await on.refresh(CHECK_IN, 7, reference)
        with capture_logs() as lines:
            on.fake.user(7).last.gone = True
            await on.refresh(ANSWERED, 7, reference)
            await on.refresh(ANSWERED, 7, "7:99999")
            await on.refresh(ANSWERED, 7, "")
            await on.refresh(ANSWERED, 7, "nonsense")
        assert names(lines) == [
            "card.beyond-edit", "card.beyond-edit", "card.nowhere", "card.nowhere",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ({"blocked": True}, "blocked"),
        ({"deactivated": True}, "deactivated"),
        ({"started": False}, "never-started"),
        ({"is_bot": True}, "forbidden"),
    ],
)
async def test_who_cannot_be_written_to_is_gone(state: dict[str, bool], why: str) -> None:
    async with stage(running=False) as on:
        on.fake.user(70, "Nobody", **state)
        with pytest.raises(Gone) as gone:
            await on.deliver(CHECK_IN, 70)
        assert gone.value.why == why


async def test_a_chat_nobody_knows_is_gone_whatever_its_address() -> None:
    async with stage(running=False) as on:
        for address in ("71", "-72", "@nobody", "", "mail@example.org"):
            with pytest.raises(Gone) as gone:
                await on.deliver(CHECK_IN, address)
            assert gone.value.why == "unknown"


async def test_blocked_between_card_and_edit_is_gone() -> None:
    async with stage(running=False) as on:
        reference = await on.deliver(CHECK_IN, 7)
        on.fake.user(7).blocked = True
        with pytest.raises(Gone) as gone:
            await on.refresh(ANSWERED, 7, reference)
        assert gone.value.why == "blocked"


@pytest.mark.parametrize("fault", [Status(500), Status(502), Status(404), Drops(after=False)])
async def test_what_the_network_does_is_temporary(fault: Any) -> None:
    async with stage(running=False) as on:
        on.fake.fails("sendMessage", fault)
        with pytest.raises(Temporary):
            await on.deliver(CHECK_IN, 7)
        await on.deliver(CHECK_IN, 7)
        assert len(on.fake.user(7).messages) == 1


async def test_an_answer_lost_after_sending_is_temporary_and_may_repeat_the_card() -> None:
    async with stage(running=False) as on:
        on.fake.fails("sendMessage", Drops(after=True))
        with pytest.raises(Temporary):
            await on.deliver(CHECK_IN, 7)
        await on.deliver(CHECK_IN, 7)
        # Better twice than never.
        assert len(on.fake.user(7).messages) == 2


async def test_a_call_that_hangs_ends() -> None:
    from tests.adapters.telegram_house import QUICK

    async with stage(running=False, habits=replace(QUICK, call=0.1)) as on:
        for fault in (Hangs(), Slow(0.5)):
            on.fake.fails("sendMessage", fault)
            with pytest.raises(Temporary):
                await on.deliver(CHECK_IN, 7)


async def refused(on: Stage, to: int, seconds: int) -> tuple[float, str]:
    on.fake.fails("sendMessage", TooMany(seconds))
    with pytest.raises(Paced) as paced:
        await on.deliver(CHECK_IN, to, person=max(0, to))
    return paced.value.seconds, paced.value.lane


async def test_too_fast_is_told_with_the_exact_figure_and_whom_it_concerns() -> None:
    async with stage(running=False) as on:
        on.fake.group(-100)
        lanes = {
            to: on.telegram.channel.lanes(Parcel(CHECK_IN, 1, 1, str(to)))[0].key
            for to in (7, 8, -100)
        }
        # One chat alone, even again and again: nobody else waits.
        assert await refused(on, 7, 37) == (37.0, lanes[7])
        assert await refused(on, 7, 5) == (5.0, lanes[7])
        # A second one within moments: the token as a whole.
        assert await refused(on, 8, 11) == (11.0, "")
        assert await refused(on, -100, 40) == (40.0, lanes[-100])
        # Told once each, and never tried again behind the courier's back.
        assert len(on.fake.called("sendMessage")) == 4
        channel: Any = on.telegram.channel
        chat, at = channel._flooded
        channel._flooded = (chat, at - timedelta(minutes=1))
        assert await refused(on, 8, 3) == (3.0, lanes[8])


async def test_the_declared_lanes_keep_within_what_is_published() -> None:
    async with stage(running=False) as on:
        channel = on.telegram.channel
        [private] = channel.lanes(Parcel(CHECK_IN, 1, 1, "7"))
        [group] = channel.lanes(Parcel(CHECK_IN, 0, 1, "-100"))
        [other] = channel.lanes(Parcel(CHECK_IN, 2, 1, "8"))
        assert private.key != other.key
        assert private.rate <= 1
        assert group.burst + 60 * group.rate <= 20
        assert "7" not in repr(private)


async def test_published_limits_are_met_by_whoever_keeps_the_lanes() -> None:
    """The fake counts as Telegram publishes it; what goes far beyond the lane is refused."""
    async with stage(running=False) as on:
        on.fake.limits = Published()
        [lane] = on.telegram.channel.lanes(Parcel(CHECK_IN, 1, 1, "7"))
        # A burst of cards, and one of cards in a hurry beside it.
        for _ in range(2 * lane.burst):
            await on.deliver(CHECK_IN, 7)
        on.fake.limits.left[7] = (0.5, on.fake.clock.now().timestamp())
        with pytest.raises(Paced) as paced:
            await on.deliver(CHECK_IN, 7)
        assert paced.value.seconds == 1.0
        await on.deliver(CHECK_IN, 8)


async def test_a_revoked_token_closes_the_channel() -> None:
    async with stage(running=False) as on:
        on.fake.token = "123456789:another"
        with pytest.raises(Closed) as closed:
            await on.deliver(CHECK_IN, 7)
        assert closed.value.why == "token"


async def test_a_group_that_moved_is_followed_and_named_in_the_log() -> None:
    async with stage(running=False) as on:
        group = on.fake.group(-5, kind="group")
        reference = await on.deliver(CHECK_IN, -5, person=0)
        other = group.moves_to(-100500, told=False)
        with capture_logs() as lines:
            moved = await on.deliver(CHECK_IN, -5, person=0)
            assert moved.startswith("-100500:")
            await on.deliver(CHECK_IN, -5, person=0)
        assert len(other.messages) == 2
        # Asked for its old id once, never again.
        assert [g["chat_id"] for g in on.fake.called("sendMessage")] == [-5, -5, -100500, -100500]
        [line] = lines
        assert (line["event"], line["old"], line["new"]) == ("group.moved", -5, -100500)
        # What was posted before it moved can be edited no more.
        await on.refresh(ANSWERED, -5, reference, person=0)


async def test_a_group_that_moves_while_a_card_is_edited() -> None:
    async with stage(running=False) as on:
        group = on.fake.group(-5, kind="group")
        reference = await on.deliver(CHECK_IN, -5, person=0)
        group.moves_to(-100500, told=False)
        await on.refresh(ANSWERED, -5, reference, person=0)
        assert (await on.deliver(CHECK_IN, -5, person=0)).startswith("-100500:")


async def test_a_group_without_the_bot_is_gone() -> None:
    async with stage(running=False) as on:
        on.fake.group(-5).bot_is_in = False
        with pytest.raises(Gone) as gone:
            await on.deliver(CHECK_IN, -5, person=0)
        assert gone.value.why == "thrown-out"


async def test_a_card_whose_markup_is_refused_goes_out_plain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from adapters.telegram import drawing

    monkeypatch.setattr(drawing, "escape", lambda text: text)
    async with stage(running=False) as on:
        with capture_logs() as lines:
            await on.deliver(CHECK_IN, 7)
        [message] = on.fake.user(7).messages
        assert "Earthquake <in> the harbour" in message.text
        assert message.labels == ["I'm safe", "I need help", "Not affected"]
        [line] = lines
        assert (line["event"], line["kind"]) == ("card.refused", "markup")
        assert "Earthquake" not in str(lines)


# --- what follows a card ---------------------------------------------------------------------

WITH_PICTURE = Card("Fire: Building B", (Photo("p1", "Photo"), Text("words")))


async def test_pictures_follow_their_card_once_and_are_uploaded_once() -> None:
    async with stage(running=False) as on:
        on.door.pictures["p1"] = b"jpeg"
        reference = await on.deliver(WITH_PICTURE, 7)
        await on.until(lambda: len(on.fake.user(7).messages) == 2)
        card, picture = on.fake.user(7).messages
        assert (picture.photo, picture.reply_to, picture.text) == (b"jpeg", card.id, "Photo")
        await on.refresh(WITH_PICTURE, 7, reference)
        await on.deliver(WITH_PICTURE, 7)
        await on.deliver(WITH_PICTURE, 8, person=2)
        await on.until(lambda: len(on.fake.user(8).messages) == 2)
        assert [type(g["photo"]) for g in on.fake.called("sendPhoto")] == [bytes, str]
        assert sum(m.photo is not None for m in on.fake.user(7).messages) == 1


async def test_a_picture_added_later_comes_silently() -> None:
    async with stage(running=False) as on:
        on.door.pictures["p1"] = b"jpeg"
        reference = await on.deliver(replace(WITH_PICTURE, body=()), 7)
        await on.refresh(WITH_PICTURE, 7, reference)
        await on.until(lambda: len(on.fake.user(7).messages) == 2)
        assert on.fake.user(7).last.silent


async def test_a_picture_that_fails_or_may_not_be_seen_fails_no_card() -> None:
    async with stage(running=False) as on:
        await on.deliver(WITH_PICTURE, 7)
        await on.until(lambda: on.door.asked_for == [("p1", 1)])
        on.door.pictures["p1"] = b"jpeg"
        on.fake.fails("sendPhoto", Status(500))
        with capture_logs() as lines:
            await on.deliver(WITH_PICTURE, 8)
            await on.until(lambda: names(lines) == ["card.alone"])
        assert len(on.fake.user(7).messages) == len(on.fake.user(8).messages) == 1
        # A group is no person: it gets no pictures.
        on.fake.group(-5)
        await on.deliver(WITH_PICTURE, -5, person=0)
        await on.telegram.close()
        assert len(on.fake.called("sendPhoto")) == 1


CRY = replace(CHECK_IN, ask=Ask("Where are you?", place=True), open=False)


async def shows_button(on: Stage) -> None:
    await on.until(lambda: on.fake.user(9).keyboard)


async def test_whoever_is_asked_for_a_place_gets_a_button_for_it_and_loses_it_afterwards() -> None:
    async with stage() as on:
        reference = await on.deliver(CHECK_IN, 9, person=3)
        await on.refresh(CRY, 9, reference, person=3)
        await shows_button(on)
        aiko = on.fake.user(9)
        assert aiko.keyboard == TEXTS.words("ar").say("web-place")
        assert aiko.last.text == TEXTS.words("ar").say("telegram-place-hint")
        # Drawn again while it is shown: nothing more comes.
        await on.refresh(CRY, 9, reference, person=3)
        aiko.shares(35.5, 139.25)
        [event] = await on.door.heard(1)
        assert event == Located(event.id, event.sender, 35.5, 139.25)
        await on.until(lambda: not aiko.keyboard and len(aiko.messages) == 1)
        # Drawn once more, as somebody comes: the place is known.
        await on.refresh(replace(CRY, title="Lena comes"), 9, reference, person=3)
        await on.settled()
        await asyncio.sleep(0)
        assert len(aiko.messages) == 1


async def test_the_button_goes_when_the_card_asks_no_more() -> None:
    async with stage(running=False) as on:
        reference = await on.deliver(CRY, 9, person=3)
        await shows_button(on)
        await on.refresh(ANSWERED, 9, reference, person=3)
        await on.until(lambda: not on.fake.user(9).keyboard)
        await on.until(lambda: len(on.fake.user(9).messages) == 1)


async def test_a_group_is_never_asked_for_a_place() -> None:
    async with stage(running=False) as on:
        on.fake.group(-5)
        await on.deliver(CRY, -5, person=0)
        await on.telegram.close()
        assert len(on.fake.called("sendMessage")) == 1
