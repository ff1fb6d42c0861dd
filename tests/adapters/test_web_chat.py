"""The chat page without scripts: what it shows, what a form does, what a bad link gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards import Ask, Button, Card, Fields, Person, Photo, Style, Tally, Text, Tone
from bot.door import Answered
from bot.events import Located, Tapped, Wrote
from bot.look import CouldNotSave
from tests.adapters.test_web_house import (
    AIKO,
    ARE_YOU_SAFE,
    HELP,
    SAFE,
    YUSUF,
    House,
    hidden,
    serving,
)

TOKEN_OF_NOBODY = "WzEsMF0.abc.def"


async def test_the_page_shows_every_kind_of_section():
    house = House()
    card = Card(
        "Roll call",
        (
            Text("Words of the event"),
            Text("small print", quiet=True),
            Text("line one\nline two", said=True),
            Fields((("Place", "Building B"),)),
            Person("Kenji Mori", "asked twice", (Button("for:x:safe", "Safe by phone"),)),
            Tally((("Safe", 3, Tone.GOOD), ("No answer", 1, Tone.CALM)), 4),
            Photo("photo:abc", "Photo"),
        ),
        (Button("do:help", "Help", Style.QUIET),),
        Tone.DRILL,
        badge="DRILL",
        ask=Ask("How many people?"),
    )
    house.post(AIKO, card)
    async with serving(house) as browser:
        status, page, _ = await browser.get(f"/c/{house.link()}")
    assert status == 200
    for shown in (
        "Words of the event",
        '<p class="quiet">small print</p>',
        "line one\nline two",
        "<bdi>Building B</bdi>",
        "Kenji Mori",
        "Safe by phone",
        '<rect class="good" x="0" y="0" width="750.0" height="10"/>',
        "photo/photo%3Aabc",
        '<strong class="badge">DRILL</strong>',
        'placeholder="How many people?"',
        'value="do:help"',
    ):
        assert shown in page
    assert " style=" not in page
    assert "<script>" not in page


async def test_a_tap_without_scripts_is_answered_and_leads_back():
    house = House()
    post = house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        _, page, _ = await browser.get(here)
        form = {"post": str(post), "event": hidden(page, "event")[0], "button": SAFE.id}
        status, _, headers = await browser.post(f"{here}/tap", form)
        assert (status, headers["location"]) == (303, f"{here}#end")
        _, page, _ = await browser.get(here)
        assert "Noted." in page
        assert 'aria-pressed="true"' in page
        _, page, _ = await browser.get(here)
        assert "Noted." not in page, "an answer is shown once"
    (event,) = house.happened
    assert isinstance(event, Tapped)
    assert (event.button, event.post) == (SAFE.id, post)
    assert (event.sender.channel, event.sender.address) == ("web", str(AIKO.id))
    assert event.id.startswith(f"web:{AIKO.id}:{form['event']}.")


async def test_the_same_form_twice_is_one_event():
    house = House()
    post = house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        form = {"post": str(post), "event": "abcdefgh12345678", "button": SAFE.id}
        first = await browser.fetch(f"{here}/tap", form)
        again = await browser.fetch(f"{here}/tap", form)
    assert first == again == (200, {"reply": "Noted.", "problem": False, "again": False})
    assert len(house.happened) == 1


async def test_another_answer_from_the_same_page_is_another_event():
    """Somebody taps "I'm safe", goes back in the browser, and taps "I need help"."""
    house = House()
    post = house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        for button in (SAFE.id, HELP.id):
            form = {"post": str(post), "event": "abcdefgh12345678", "button": button}
            await browser.post(f"{here}/tap", form)
    assert [event.button for event in house.happened if isinstance(event, Tapped)] == [
        SAFE.id,
        HELP.id,
    ]


async def test_each_form_of_a_page_has_an_id_of_its_own():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        _, page, _ = await browser.get(f"/c/{house.link()}")
        _, again, _ = await browser.get(f"/c/{house.link()}")
    ids = hidden(page, "event") + hidden(again, "event")
    assert len(ids) == len(set(ids)) == 6


async def test_what_somebody_writes_cannot_become_markup():
    house = House()
    evil = "<script>alert(1)</script> \"quoted\" 'too' {{ 7*7 }} & <img src=x onerror=y>"
    house.post(AIKO, Card(evil, (Text(evil, said=True), Fields(((evil, evil),)))))
    house.post(AIKO, Card("c", (Person(evil, evil, (Button("b:1", evil),)),), ask=Ask(evil)))
    house.post(AIKO, Card("c", (Photo('x"onerror="y', evil),), badge=evil, language='"><bad'))
    house.staff[AIKO.id] = replace(AIKO, name=evil)
    async with serving(house) as browser:
        _, page, _ = await browser.get(f"/c/{house.link()}")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'onerror="y' not in page
    assert '"><bad' not in page
    assert "{{ 7*7 }}" in page


async def test_direction_overrides_and_control_characters_do_not_get_in():
    house = House()
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        await browser.fetch(
            f"{here}/say", {"event": "abcdefgh1", "text": "\u202efire\x00\x1b[31m\u2066 here\r\n2"}
        )
        _, page, _ = await browser.get(here)
    (event,) = house.happened
    assert isinstance(event, Wrote)
    assert event.text == "fire[31m here\n2"
    assert '<blockquote class="said" dir="auto">fire[31m here\n2</blockquote>' in page


async def test_an_arabic_page_runs_from_right_to_left():
    house = House()
    house.post(YUSUF, replace(ARE_YOU_SAFE, title="هل أنت بأمان؟", language="ar"))
    async with serving(house) as browser:
        _, page, _ = await browser.get(f"/c/{house.link(YUSUF)}")
    assert '<html lang="ar" dir="rtl">' in page
    assert "هل أنت بأمان؟" in page


async def test_ten_thousand_characters_come_through_whole():
    house = House()
    text = "地震で棚が倒れました。" * 1000
    async with serving(house) as browser:
        status, _ = await browser.fetch(
            f"/c/{house.link()}/say", {"event": "abcdefgh1", "text": text}
        )
    assert status == 200
    (event,) = house.happened
    assert isinstance(event, Wrote)
    assert event.text == text


async def test_an_endless_text_is_refused_with_a_sentence():
    house = House()
    async with serving(house) as browser:
        status, told = await browser.fetch(
            f"/c/{house.link()}/say", {"event": "abcdefgh1", "text": "x" * 500_000}
        )
    assert status == 413
    assert told["problem"]
    assert len(told["reply"]) > 10
    assert not house.happened


async def test_when_it_cannot_be_saved_the_words_come_back_with_the_same_id():
    house = House(fault=CouldNotSave("The disk is full."))
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        form = {"event": "abcdefgh12345678", "text": "Fire in <building> B"}
        status, page, headers = await browser.post(f"{here}/say", form)
        assert status == 503
        assert "Fire in &lt;building&gt; B</textarea>" in page
        assert hidden(page, "event") == [form["event"]]
        assert headers["retry-after"]
        status, told = await browser.fetch(f"{here}/say", form)
        assert (status, told["problem"], told["again"]) == (503, True, True)
        house.fault = None
        status, _, _ = await browser.post(f"{here}/say", form)
        assert status == 303
    (event,) = house.happened
    assert isinstance(event, Wrote)
    assert event.text == form["text"]


async def test_a_tap_that_could_not_be_saved_can_be_sent_again():
    house = House(fault=CouldNotSave("The disk is full."))
    post = house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        form = {"event": "abcdefgh12345678", "post": str(post), "button": HELP.id}
        _, page, _ = await browser.post(f"{here}/tap", form)
    assert hidden(page, "event") == [form["event"]]
    assert f'name="button" value="{HELP.id}"' in page


async def test_an_unforeseen_fault_gives_a_reference_and_tells_nothing():
    house = House(fault=RuntimeError("secret words"))
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        form = {"event": "abcdefgh1", "text": "hello"}
        status, page, headers = await browser.post(f"{here}/say", form)
        assert status == 500
        assert "secret words" not in page
        assert "content-security-policy" in headers
        status, told = await browser.fetch(f"{here}/say", form)
        assert (status, told["again"]) == (500, True)


async def test_a_problem_is_marked_as_one():
    house = House(replies={"nonsense": Answered("I do not know that.", problem=True)})
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        await browser.post(f"{here}/say", {"event": "abcdefgh1", "text": "nonsense"})
        _, page, _ = await browser.get(here)
    assert 'class="notice problem"' in page
    assert "I do not know that." in page


async def test_the_answer_of_one_person_is_not_shown_to_another_in_the_same_browser():
    house = House()
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        await browser.post(f"{here}/say", {"event": "abcdefgh1", "text": "hello"})
        _, page, _ = await browser.get(f"/c/{house.link(YUSUF)}")
    assert "Noted." not in page


@pytest.mark.parametrize("path", ["", "/older?before=5", "/fresh", "/events", "/photo/x"])
async def test_a_forged_link_opens_nothing(path: str):
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    good = house.link()
    payload, _, signature = good.partition(".")
    altered = ("B" if payload[0] != "B" else "C") + payload[1:] + "." + signature
    async with serving(house) as browser:
        for token in (TOKEN_OF_NOBODY, "x", altered, good[:-1], good + "A", "%00", "a" * 5000):
            status, page, headers = await browser.get(f"/c/{token}{path}")
            assert status == 404
            assert "Aiko" not in page
            assert "safe" not in page
            assert headers["cache-control"] == "no-store"


async def test_an_expired_link_says_so_and_a_revoked_one_does_not():
    house = House()
    old = house.link()
    house.clock.time += timedelta(days=31)
    revoked = house.link()
    house.staff[AIKO.id] = replace(AIKO, link_rev=1)
    async with serving(house) as browser:
        expired = await browser.get(f"/c/{old}", headers={"Accept-Language": "ja"})
        assert expired[0] == 410
        assert '<html lang="ja"' in expired[1]
        assert (await browser.get(f"/c/{revoked}"))[0] == 404
        status, told = await browser.fetch(f"/c/{old}/say", {"event": "abcdefgh1", "text": "x"})
        assert (status, told["problem"], told["again"]) == (410, True, False)
    assert not house.happened


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none", "Origin": "https://evil.example"},
    ],
)
async def test_a_form_on_another_site_is_refused(headers: dict[str, str]):
    house = House()
    async with serving(house) as browser:
        status, _, _ = await browser.post(
            f"/c/{house.link()}/say", {"event": "abcdefgh1", "text": "x"}, headers
        )
    assert status == 403
    assert not house.happened


async def test_looking_changes_nothing():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        for path in ("", "/tap?button=x", "/say", "/photo", "/place", "/events", "/older?before=9"):
            async with browser.http.head(browser.base + here + path) as response:
                assert response.status in (200, 405)
        assert (await browser.get(f"{here}/tap?button={SAFE.id}"))[0] == 405
    assert not house.happened


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("tap", {"event": "abcdefgh1", "button": ""}),
        ("tap", {"event": "abcdefgh1", "button": "x" * 65}),
        ("tap", {"event": "abcdefgh1", "button": "b", "post": "-1"}),
        ("tap", {"event": "abcdefgh1", "button": "b", "post": "9" * 19}),
        ("tap", {"event": "abcdefgh1", "button": "b", "post": "١"}),
        ("tap", {"event": "short", "button": "b"}),
        ("say", {"event": "abc defgh", "text": "x"}),
        ("say", {"event": "x" * 41, "text": "x"}),
        ("say", {"text": "x"}),
        ("place", {"event": "abcdefgh1", "latitude": "91", "longitude": "0"}),
        ("place", {"event": "abcdefgh1", "latitude": "nan", "longitude": "0"}),
        ("place", {"event": "abcdefgh1", "latitude": "", "longitude": "inf"}),
    ],
)
async def test_what_no_page_of_ours_sends_is_refused(act: str, fields: dict[str, str]):
    house = House()
    async with serving(house) as browser:
        status, told = await browser.fetch(f"/c/{house.link()}/{act}", fields)
        assert (status, told["problem"], told["again"]) == (400, True, False)
        for body in (b"\xff\xfe=%zz", b"event=abcdefgh1&" * 40):
            status, _, _ = await browser.post(f"/c/{house.link()}/{act}", body)
            assert status == 400
    assert not house.happened


async def test_a_place_is_handed_on_in_degrees():
    house = House()
    async with serving(house) as browser:
        form = {"event": "abcdefgh1", "latitude": "34.6937", "longitude": "135.5023"}
        assert (await browser.fetch(f"/c/{house.link()}/place", form))[0] == 200
    (event,) = house.happened
    assert isinstance(event, Located)
    assert (event.latitude, event.longitude) == (34.6937, 135.5023)


async def test_nothing_typed_is_nothing_said():
    house = House()
    async with serving(house) as browser:
        form = {"event": "abcdefgh1", "text": " \n\u202e "}
        status, _, _ = await browser.post(f"/c/{house.link()}/say", form)
    assert status == 303
    assert not house.happened


@pytest.mark.usefixtures("one_moment")
async def test_a_stuck_key_is_slowed_down_and_nobody_else_is():
    house = House()
    async with serving(house) as browser:
        statuses = [
            (await browser.fetch(f"/c/{house.link()}/say", {"event": f"abcdefgh{n}", "text": "x"}))[
                0
            ]
            for n in range(40)
        ]
        assert statuses[:30] == [200] * 30
        assert 429 in statuses
        form = {"event": "abcdefgh1", "text": "x"}
        assert (await browser.fetch(f"/c/{house.link(YUSUF)}/say", form))[0] == 200


async def test_older_posts_are_pages_of_their_own():
    house = House()
    for number in range(70):
        house.post(AIKO, Card(f"Message {number}."))
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        _, page, _ = await browser.get(here)
        assert "Message 69." in page
        assert "Message 39." not in page
        assert f'href="{here}/older?before=41"' in page
        _, page, _ = await browser.get(f"{here}/older?before=41")
        assert "Message 39." in page
        assert "Message 69." not in page
        status, _, _ = await browser.get(f"{here}/older?before=x")
        assert status == 400


async def test_the_title_counts_what_waits_for_an_answer():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    house.post(AIKO, replace(ARE_YOU_SAFE, open=False))
    house.post(AIKO, replace(ARE_YOU_SAFE, buttons=(replace(SAFE, chosen=True), HELP)))
    async with serving(house) as browser:
        _, page, _ = await browser.get(f"/c/{house.link()}")
    assert "<title>(1) Renraku</title>" in page
