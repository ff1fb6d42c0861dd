"""Photos handed over on the page: checked, made small, refused kindly and early."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
from PIL import Image

from bot.cards import Card, Photo
from bot.events import Attached, Wrote
from bot.look import CouldNotSave
from tests.adapters.test_web_house import AIKO, YUSUF, House, serving


def picture(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def form(data: bytes, text: str = "", event: str = "abcdefgh1") -> aiohttp.FormData:
    fields = aiohttp.FormData()
    fields.add_field("event", event)
    fields.add_field("text", text)
    fields.add_field(
        "photo", io.BytesIO(data), filename="../../etc/passwd", content_type="image/jpeg"
    )
    return fields


async def test_the_words_of_a_photo_come_before_it_and_both_once():
    house = House()
    async with serving(house) as browser:
        data = form(picture(), "the shelf")
        status, _, _ = await browser.post(f"/c/{house.link()}/photo", data)
        assert status == 303
        again = form(picture(), "the shelf")
        await browser.post(f"/c/{house.link()}/photo", again)
    words, event = house.happened
    assert isinstance(words, Wrote)
    assert words.text == "the shelf"
    assert isinstance(event, Attached)
    assert event.picture.startswith(b"\xff\xd8")


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg onload=alert(1)>", b"\xff\xd8\xff"])
async def test_what_is_no_picture_is_refused_with_a_sentence(data: bytes):
    house = House()
    async with serving(house) as browser:
        status, told = await browser.fetch(f"/c/{house.link()}/photo", form(data))
    assert status in (400, 415)
    assert "JPEG" in told["reply"]
    assert not told["again"]
    assert not house.happened


async def test_thirty_megabytes_are_refused_with_a_sentence_and_not_kept():
    house = House()
    async with serving(house) as browser:
        here = f"/c/{house.link()}/photo"
        status, told = await browser.fetch(here, form(b"\xff\xd8" + bytes(30_000_000)))
        assert status == 413
        assert "12" in told["reply"]
        status, page, _ = await browser.post(here, form(b"\xff\xd8" + bytes(30_000_000)))
        assert status == 413
        assert "12" in page
    assert not house.happened


async def test_a_body_that_does_not_say_how_long_it_is_is_stopped_as_well():
    house = House()
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(30):
            sent += 1_000_000
            yield bytes(1_000_000)

    async with serving(house) as browser:
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Accept": "application/json"}
        status, _, _ = await browser.post(f"/c/{house.link()}/photo", endless(), headers)
        assert status in (400, 413)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, _, _ = await browser.post(f"/c/{house.link()}/say", endless(), headers)
        assert status in (400, 413)
    assert not house.happened


async def test_who_asks_before_sending_is_refused_before_sending():
    """curl and its like wait for "100 Continue": nothing needs to be thrown away."""
    house = House()
    async with (
        serving(house) as browser,
        browser.http.post(
            f"{browser.base}/c/{house.link()}/photo",
            data=io.BytesIO(bytes(30_000_000)),
            expect100=True,
            headers={"Content-Type": "multipart/form-data; boundary=x"},
        ) as response,
    ):
        assert response.status == 413


async def test_words_are_kept_where_their_photo_is_none():
    house = House()
    async with serving(house) as browser:
        data = form(b"no picture", "it burns")
        status, _ = await browser.fetch(f"/c/{house.link()}/photo", data)
    assert status == 415
    (words,) = house.happened
    assert isinstance(words, Wrote)
    assert words.text == "it burns"


async def test_a_photo_that_cannot_be_saved_says_so():
    house = House(fault=CouldNotSave("The disk is full."))
    async with serving(house) as browser:
        data = form(picture(), "words that must not be lost")
        status, page, _ = await browser.post(f"/c/{house.link()}/photo", data)
    assert status == 503
    assert "words that must not be lost" in page


async def test_a_picture_is_shown_to_whom_it_may_be_shown():
    house = House()
    house.photos["photo:abc"] = (AIKO.id, picture(kind="JPEG"))
    house.post(AIKO, Card("c", (Photo("photo:abc", "Photo"),)))
    async with serving(house) as browser:
        address = f"{browser.base}/c/{house.link()}/photo/photo%3Aabc"
        async with browser.http.get(address) as response:
            assert response.status == 200
            assert response.headers["content-type"] == "image/jpeg"
            assert "private" in response.headers["cache-control"]
            assert (await response.read()).startswith(b"\xff\xd8")
        other = await browser.get(f"/c/{house.link(YUSUF)}/photo/photo%3Aabc")
        assert other[0] == 404
        assert (await browser.get(f"/c/{house.link()}/photo/..%2f..%2fx"))[0] == 404
