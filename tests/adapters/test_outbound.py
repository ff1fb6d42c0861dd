"""SMS, voice and push: what fits, what is said aloud, and what a gateway's silence means."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from adapters.outbound import Given, Outbound
from adapters.outbound.drawing import drawn
from adapters.outbound.segments import EACH, fitted, gsm, segments, units
from bot.cards import Button, Card, Fields, Person, Style, Text, Tone
from bot.channels import Closed, Declined, Parcel, Temporary
from bot.people import LANGUAGES
from bot.ports import SteadyClock
from bot.texts import Texts
from tests.adapters.gateway import FakeGateway, serving

TEXTS = Texts()
LINK = "https://s.example.org/a/AXMAAndvcmtsaXN0OnJkNnox"
"""Of a short host, with a token as long as a check-in's."""
NUMBER = "+819012345678"
NOW = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)
ANSWERS = tuple(
    Button(f"ask:0123456789ab:{answer}", answer, Style.PLAIN)
    for answer in ("safe", "help", "unaffected")
)


def question(language: str = "en", said: str = "", *, drill: bool = False) -> Card:
    words = TEXTS.words(language)
    return Card(
        words.say("checkin-title"),
        (Text(said or words.say("option-rollcall-words-earthquake"), said=True),),
        ANSWERS,
        Tone.URGENT,
        language,
        badge=words.say("badge-drill") if drill else "",
    )


def sms(card: Card, *, replies: bool = False, link: str = LINK) -> str:
    return drawn(card, link, "sms", TEXTS.words(card.language), replies=replies).body


# --- counting ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "is_gsm"),
    [
        ("a" * 160, 1, True),
        ("a" * 161, 2, True),
        ("a" * 306, 2, True),
        ("a" * 307, 3, True),
        ("[" * 80, 1, True),
        ("[" * 81, 2, True),
        ("無" * 70, 1, False),
        ("無" * 71, 2, False),
        ("無" * 134, 2, False),
        ("無" * 135, 3, False),
        ("😀" * 35, 1, False),
        ("😀" * 36, 2, False),
        ("a" * 69 + "ş", 1, False),
        ("", 1, True),
    ],
)
def test_segments_are_counted_as_the_networks_count(text: str, count: int, is_gsm: bool) -> None:
    assert (segments(text), gsm(text)) == (count, is_gsm)


@pytest.mark.parametrize("drill", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_one_segment_in_every_language(language: str, drill: bool) -> None:
    for said in ("", "x" * 500, "地震。" * 100, "حريق " * 100):
        text = sms(question(language, said, drill=drill))
        assert segments(text) == 1, text
        assert text.endswith(LINK)
        if drill:
            assert text.startswith(f"[{TEXTS.words(language).say('badge-drill')}] ")


def test_where_there_is_room_the_words_and_the_way_to_reply_are_in_it() -> None:
    text = sms(question(), replies=True)
    assert text == (f"There was an earthquake. Are you safe? Reply 1: safe, 2: need help {LINK}"), (
        "nothing is asked twice"
    )
    other = sms(question(said="There was an earthquake"), replies=True)
    assert other.startswith("Are you safe? There was an earthquake. Reply 1:")
    long = sms(question(said="Smoke on every floor of the building, " * 9), replies=True)
    assert "..." in long
    assert long.endswith(f"Reply 1: safe, 2: need help {LINK}")


def test_a_reply_by_number_is_offered_for_a_check_in_alone() -> None:
    other = replace(question(), buttons=(Button("take:incident:1", "I take it"),))
    assert "Reply" not in sms(other, replies=True)


def test_signs_that_cost_double_are_made_plain() -> None:
    text = sms(question(said="“Don’t go in” — stay \u2068out\u2069…"))
    assert gsm(text)
    assert '"Don\'t go in" - stay out...' in text


@given(
    mark=st.sampled_from(["", "[DRILL]", "[訓練]"]),
    head=st.text(min_size=1, max_size=150),
    said=st.text(max_size=500),
    host=st.integers(1, 80),
)
def test_every_segment_of_a_drill_says_so_and_the_link_is_whole(
    mark: str, head: str, said: str, host: int
) -> None:
    link = f"https://{'h' * host}.example/a/AXMAAndvcmtsaXN0OnJkNnox"
    text = fitted(mark, head, said, link)
    assert text.endswith(link)
    if not mark:
        return
    assert text.startswith(mark)
    _, is_gsm = units(text)
    count = segments(text)
    if count == 1:
        return
    at = 0
    for part in text.split(mark)[1:]:
        length, _ = units(mark + part)
        # Whatever begins a segment begins with the mark; only a word too long for one runs on.
        assert at % EACH[is_gsm] == 0 or is_gsm != gsm(text), text
        at += length


def test_a_list_by_sms_names_nobody_it_need_not() -> None:
    card = Card(
        "2 of 3 still to reach",
        (Text("Please call them."), Person("Aiko", "asked twice", ANSWERS[:1])),
        open=True,
    )
    assert sms(card).startswith("2 of 3 still to reach. Please call them. Aiko.")
    assert segments(sms(card)) == 1


def test_what_is_read_aloud_has_no_link_and_says_first_that_it_is_a_drill() -> None:
    card = replace(question(drill=True), open=True)
    line = drawn(card, LINK, "voice", TEXTS.words("en"), replies=False)
    assert line.body.startswith("DRILL. Are you safe?")
    assert "http" not in line.body
    assert "phone your lead" in line.body


def test_a_push_message_has_a_title_and_its_link() -> None:
    card = Card("Fire: Hall 3", (Fields((("Where", "Hall 3"),)),), ANSWERS[:1], badge="DRILL")
    line = drawn(card, LINK, "push", TEXTS.words("en"), replies=False)
    assert line.title == "[DRILL] Fire: Hall 3"
    assert line.body == f"Where: Hall 3\n{LINK}"


# --- the gateway ---------------------------------------------------------------------------


def outbound(gateway: FakeGateway, **more: object) -> Outbound:
    given = {"channel": "sms", "template": gateway.template, **more}
    return Outbound(Given(**given), TEXTS, SteadyClock())  # type: ignore[arg-type]


def parcel(to: str = NUMBER, person: int = 1) -> Parcel:
    return Parcel(question(), person, 0, to, "", LINK, f"7.1.{person}")


async def test_a_message_goes_to_its_number_with_its_reference() -> None:
    async with serving() as gateway:
        sender = outbound(gateway)
        assert await sender.channel.deliver(parcel()) == "7.1.1"
        await sender.close()
    [message] = gateway.messages
    assert (message.to, message.ref, message.title) == (NUMBER, "7.1.1", "")
    assert message.body.endswith(LINK)


async def test_an_address_stays_one_address_whatever_it_holds() -> None:
    async with serving() as gateway:
        sender = outbound(gateway)
        for odd in ("+81 90/../admin?x=1#y", "a@evil.example:1", "+81,+82", "{ref}"):
            try:
                await sender.channel.deliver(parcel(odd))
            except (Temporary, Declined):
                continue
        await sender.close()
    assert {m.ref for m in gateway.messages} <= {"7.1.1"}
    assert all("evil" not in m.to or m.to == "a@evil.example:1" for m in gateway.messages)


async def test_what_is_not_taken_is_tried_again() -> None:
    async with serving() as gateway:
        gateway.refuses.add(NUMBER)
        sender = outbound(gateway)
        for _ in range(20):
            with pytest.raises(Temporary, match="not taken"):
                await sender.channel.deliver(parcel())
        gateway.refuses.clear()
        await sender.channel.deliver(parcel())
        await sender.close()


async def test_a_gateway_that_takes_nothing_from_anybody_is_out_of_order() -> None:
    async with serving() as gateway:
        gateway.down = True
        sender = outbound(gateway)
        for person in range(1, 10):
            with pytest.raises(Temporary):
                await sender.channel.deliver(parcel(person=person))
        with pytest.raises(Closed, match="takes-nothing"):
            await sender.channel.deliver(parcel(person=10))
        await sender.close()


async def test_a_faulty_template_strikes_nobody_off() -> None:
    async with serving() as gateway:
        sender = outbound(gateway, template="nonsense://key@{to}")
        with pytest.raises(Closed, match="settings"):
            await sender.channel.deliver(parcel())
        await sender.close()


async def test_a_gateway_that_hangs_holds_nobody_for_long() -> None:
    async with serving() as gateway:
        gateway.hangs = 0.6
        sender = outbound(gateway, timeout=0.2)
        with pytest.raises(Temporary, match="in time"):
            await sender.channel.deliver(parcel())
        await sender.close()
        await asyncio.sleep(0.5)


async def test_waiting_for_others_is_not_the_gateways_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.outbound.gateway.ABREAST", 1)
    async with serving() as gateway:
        gateway.hangs = 0.3
        sender = outbound(gateway, timeout=1.0)
        many = [sender.channel.deliver(parcel(person=person)) for person in range(1, 6)]
        assert len(await asyncio.gather(*many)) == 5, "taken one after the other, in 1.5 seconds"
        await sender.close()


async def test_where_every_call_hangs_nobody_waits_for_a_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.outbound.gateway.ABREAST", 1)
    async with serving() as gateway:
        gateway.hangs = 1.0
        sender = outbound(gateway, timeout=0.1)
        for _ in range(2):
            async with asyncio.timeout(0.6):
                with pytest.raises(Temporary, match="in time"):
                    await sender.channel.deliver(parcel())
        await asyncio.sleep(1.0)
        await sender.close()


async def test_nothing_of_key_or_number_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as gateway:
        gateway.down = True
        template = gateway.template.replace("json://", "json://user:very-secret@")
        sender = outbound(gateway, template=template)
        # What the library says of the machine when it is first used is none of this.
        assert await sender.source.check() == []
        caplog.clear()
        quiet = caplog.at_level(logging.DEBUG)
        with quiet, capture_logs() as lines, pytest.raises(Temporary):
            await sender.channel.deliver(parcel())
        await sender.close()
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("apprise")]
    assert ours == []
    assert NUMBER not in str(lines)
    assert "very-secret" not in repr(sender.channel.__dict__)


async def test_the_check_sends_nothing_and_says_nothing_of_the_template() -> None:
    async with serving() as gateway:
        assert await outbound(gateway).source.check() == []
        [trouble] = await outbound(gateway, template="json://127.0.0.1/x").source.check()
        assert "{to}" in trouble.do
        [trouble] = await outbound(gateway, template="nonsense://key@{to}").source.check()
        assert "no address of a service" in trouble.says
        assert "key" not in trouble.says
        assert gateway.messages == []
