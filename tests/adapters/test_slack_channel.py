"""Cards leave as messages and are drawn again in place; each refusal means what Slack means."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from adapters.slack.drawing import Drawing
from adapters.slack.plain import escaped
from bot.cards import Button, Card, Text
from bot.channels import Closed, Gone, Paced, Temporary
from tests.adapters.slack_house import Stage, playing

CARD = Card(
    "Are you safe?",
    (Text("There was an earthquake."),),
    (Button("ask:a1:safe", "I'm safe"), Button("ask:a1:help", "I need help")),
    open=True,
)
DONE = Card("Recorded", buttons=(Button("ask:a1:safe", "I'm safe", chosen=True),))


async def posted(stage: Stage, card: Card = CARD) -> str:
    return await stage.slack.channel.deliver(stage.parcel(card))


async def test_a_card_is_posted_to_the_person_and_known_by_its_conversation():
    async with playing(start=False) as stage:
        reference = await posted(stage)
        message = stage.aiko.last
        assert reference == f"{message.room.id}:{message.ts}"
        assert message.room.kind == "im"
        assert message.shown.splitlines()[0] == "Are you safe?"
        assert message.labels == ["I'm safe", "I need help"]
        assert message.text == "Are you safe?\nThere was an earthquake."
        (call,) = stage.platform.calls()
        assert call.args["channel"] == "U1"


async def test_a_card_is_drawn_again_in_place():
    async with playing(start=False) as stage:
        reference = await posted(stage)
        await stage.slack.channel.refresh(stage.parcel(DONE, reference=reference))
        assert len(stage.aiko.received) == 1
        assert stage.aiko.last.labels == ["✓ I'm safe"]


async def test_a_card_without_buttons_takes_them_away():
    async with playing(start=False) as stage:
        reference = await posted(stage)
        await stage.slack.channel.refresh(stage.parcel(Card("Over"), reference=reference))
        assert stage.aiko.last.labels == []
        assert stage.aiko.last.shown == "Over"


async def test_a_room_gets_its_post_by_its_own_id():
    async with playing(start=False) as stage:
        stage.platform.add_channel("C1", "everyone", "U1", "U2")
        parcel = stage.parcel(CARD, "C1")
        assert (await stage.slack.channel.deliver(parcel)).startswith("C1:")
        assert stage.yusuf.last.labels == ["I'm safe", "I need help"]


async def test_after_a_tap_a_card_is_drawn_again_where_the_tap_is_answered():
    """That costs none of the fifty changes a minute Slack allows."""
    async with playing() as stage:
        reference = await posted(stage)
        parcel = stage.parcel(DONE, reference=reference)
        assert [lane.key for lane in stage.slack.channel.lanes(parcel)] == ["edits"]
        await stage.aiko.taps("I'm safe")
        assert stage.slack.channel.lanes(parcel) == ()
        for _ in range(5):
            await stage.slack.channel.refresh(parcel)
        assert stage.platform.calls("chat.update") == []
        assert stage.aiko.last.labels == ["✓ I'm safe"]
        assert [lane.key for lane in stage.slack.channel.lanes(parcel)] == ["edits"]
        await stage.slack.channel.refresh(parcel)
        assert len(stage.platform.calls("chat.update")) == 1


async def test_an_address_for_answers_is_good_for_half_an_hour():
    async with playing() as stage:
        reference = await posted(stage)
        await stage.aiko.taps("I'm safe")
        stage.clock.turn(timedelta(minutes=31))
        await stage.slack.channel.refresh(stage.parcel(DONE, reference=reference))
        assert len(stage.platform.calls("chat.update")) == 1


async def test_an_address_that_slack_has_forgotten_costs_no_drawing():
    async with playing() as stage:
        reference = await posted(stage)
        await stage.aiko.taps("I'm safe")
        stage.platform.replies._urls.clear()
        await stage.slack.channel.refresh(stage.parcel(DONE, reference=reference))
        assert stage.aiko.last.labels == ["✓ I'm safe"]


async def test_a_new_post_passes_the_lane_of_its_conversation():
    async with playing(start=False) as stage:
        (lane,) = stage.slack.channel.lanes(stage.parcel(CARD))
        assert lane.rate == 1
        assert "U1" not in repr(lane)


async def test_too_fast_is_told_to_the_second():
    async with playing(start=False) as stage:
        reference = await posted(stage)
        stage.platform.faults.ratelimit("chat.postMessage", 7)
        with pytest.raises(Paced) as paced:
            await posted(stage)
        assert (paced.value.seconds, paced.value.lane) == (7, "")
        stage.platform.faults.ratelimit("chat.update", 11)
        with pytest.raises(Paced) as paced:
            await stage.slack.channel.refresh(stage.parcel(DONE, reference=reference))
        assert (paced.value.seconds, paced.value.lane) == (11, "edits")
        assert len(stage.platform.calls("chat.postMessage")) == 2
        assert len(stage.platform.calls("chat.update")) == 1


@pytest.mark.parametrize(
    "code", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope", "not_authed"]
)
async def test_an_app_out_of_order_closes_the_channel(code: str):
    async with playing(start=False) as stage:
        stage.platform.faults.error("chat.postMessage", code)
        with pytest.raises(Closed, match=code):
            await posted(stage)
        with pytest.raises(Closed, match=code):
            await posted(stage)
        assert len(stage.platform.calls()) == 1, "asked again before a minute was over"
        stage.clock.turn(timedelta(seconds=61))
        assert await posted(stage)


@pytest.mark.parametrize(
    "code",
    [
        "user_not_found",
        "user_disabled",
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
    ],
)
async def test_somebody_who_cannot_be_reached_is_gone(code: str):
    async with playing(start=False) as stage:
        stage.platform.faults.error("chat.postMessage", code)
        with pytest.raises(Gone, match=code):
            await posted(stage)


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "channel_not_found"])
async def test_what_is_no_longer_there_need_not_be_drawn_again(code: str):
    async with playing(start=False) as stage:
        reference = await posted(stage)
        stage.platform.faults.error("chat.update", code)
        await stage.slack.channel.refresh(stage.parcel(DONE, reference=reference))


async def test_everything_else_may_work_later():
    async with playing(start=False) as stage:
        faults = stage.platform.faults
        for fault in (
            lambda: faults.status("chat.postMessage", 503),
            lambda: faults.status("chat.postMessage", 200),
            lambda: faults.refuse("chat.postMessage"),
            lambda: faults.error("chat.postMessage", "fatal_error"),
            lambda: faults.error("chat.postMessage", "an_error_of_tomorrow"),
        ):
            fault()
            with pytest.raises(Temporary):
                await posted(stage)
        assert stage.aiko.received == []


async def test_nothing_is_sent_again_by_a_library():
    async with playing(start=False) as stage:
        stage.platform.faults.drop("chat.postMessage")
        with pytest.raises(Temporary):
            await posted(stage)
        assert len(stage.platform.calls()) == 1


async def test_a_question_arrives_even_if_its_drawing_is_refused(monkeypatch):
    def broken(*_: object) -> list[dict[str, object]]:
        return [{"type": "section", "text": {"type": "plain_text", "text": ""}}]

    monkeypatch.setattr(Drawing, "_blocks", broken)
    async with playing(start=False) as stage:
        with capture_logs() as logs:
            reference = await posted(stage)
        assert stage.aiko.last.blocks == []
        for words in ("Are you safe?", "[1] I'm safe", "[2] I need help"):
            assert words in stage.aiko.last.shown
        (line,) = [entry for entry in logs if entry["event"] == "slack.blocks"]
        assert line["at"] == ("/blocks/0/text/text",)
        assert "earthquake" not in str(logs)
        await stage.slack.channel.refresh(stage.parcel(DONE, reference=reference))
        assert "[1] ✓ I'm safe" in stage.aiko.last.shown


async def test_peoples_words_ring_nobody():
    words = "<!channel> <@U2> @here & *bold* <https://evil.example|the gate>"
    card = Card(words, (Text(words, said=True), Text(words), Text(words, quiet=True)))
    async with playing(start=False) as stage:
        stage.platform.add_channel("C1", "everyone", "U1", "U2")
        await stage.slack.channel.deliver(stage.parcel(card, "C1"))
        assert stage.aiko.last.pings == []
        assert stage.aiko.last.shown.count(words) == 4
        bare = Drawing(lambda _: stage.house.words(None)).bare(card)
        assert bare.count(escaped(words)) == 4


async def test_a_card_without_blocks_keeps_what_can_be_answered():
    buttons = tuple(Button(f"b:{n}", f"Somebody & somebody {n}") for n in range(40))
    card = Card("t" * 150, (Text("<&>" * 3000),), buttons)
    async with playing(start=False) as stage:
        bare = Drawing(lambda _: stage.house.words(None)).bare(card)
        assert len(bare) <= 4000
        assert "[1] Somebody &amp; somebody 0" in bare
        assert "[40]" in bare
