"""Open pages: what reaches them, how soon, after which absence, and at what cost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import pytest

from adapters.web import hub as hub_room
from adapters.web.channel import WebChannel
from adapters.web.hub import NEWEST
from adapters.web.page import Closing, OpenPage
from adapters.web.stream import Stream
from bot.cards import Card, Text
from bot.channels import Channel, Parcel
from bot.people import Person
from tests.adapters.test_web_house import (
    AIKO,
    ARE_YOU_SAFE,
    SAFE,
    YUSUF,
    Browser,
    House,
    serving,
)


@dataclass
class Listening:
    """The reading end of one page's stream."""

    response: aiohttp.ClientResponse
    id: str = ""

    async def next(self, kind: str = "feed", within: float = 4.0) -> Any:
        """The next event of this kind; other kinds are passed over."""
        async with asyncio.timeout(within):
            while True:
                name, data = await self._event()
                if name == kind:
                    return json.loads(data) if data[:1] in "{[" else data

    async def silent(self, seconds: float) -> bool:
        try:
            await self.next(within=seconds)
        except TimeoutError:
            return True
        return False

    async def _event(self) -> tuple[str, str]:
        name, data = "", ""
        while True:
            raw = await self.response.content.readline()
            if not raw:
                raise EOFError
            field, _, value = raw.decode().rstrip("\n").partition(":")
            value = value.removeprefix(" ")
            if field == "event":
                name = value
            elif field == "data":
                data += value
            elif field == "id":
                self.id = value
            elif not field and name:
                return name, data


@asynccontextmanager
async def listening(
    browser: Browser, house: House, person: Person = AIKO, *, state: str = "", last: str = ""
) -> AsyncIterator[Listening]:
    headers = {"Last-Event-ID": last} if last else {}
    address = f"{browser.base}/c/{house.link(person)}/events?state={state}"
    async with browser.http.get(address, headers=headers) as response:
        assert response.status == 200
        assert response.content_type == "text/event-stream"
        heard = Listening(response)
        await heard.next("hello")
        yield heard


async def state_of(browser: Browser, house: House) -> str:
    _, page, _ = await browser.get(f"/c/{house.link()}")
    return page.partition('data-state="')[2].partition('"')[0]


async def test_a_page_that_is_up_to_date_hears_only_what_is_new():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        state = await state_of(browser, house)
        async with listening(browser, house, state=state) as page:
            assert await page.silent(0.3)
            post = house.post(AIKO, Card("All clear."))
            told = await page.next()
    assert [number for number, _ in told["cards"]] == [post]
    assert "All clear." in told["cards"][0][1]
    assert not told["whole"]


async def test_only_the_card_that_has_changed_is_sent():
    house = House()
    posts = [house.post(AIKO, replace(ARE_YOU_SAFE, title=f"Call {n}")) for n in range(3)]
    async with serving(house) as browser:
        state = await state_of(browser, house)
        async with listening(browser, house, state=state) as page:
            house.redraw(AIKO, posts[1], title="Call is over")
            told = await page.next()
    assert [number for number, _ in told["cards"]] == [posts[1]]


async def test_after_a_break_a_page_gets_what_it_missed_and_nothing_twice():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        async with listening(browser, house) as page:
            assert (await page.next())["whole"]
            last = page.id
        missed = [house.post(AIKO, Card(f"Missed {n}")) for n in range(3)]
        async with listening(browser, house, state="old", last=last) as page:
            told = await page.next()
            assert set(missed) <= {number for number, _ in told["cards"]}
            last = page.id
        async with listening(browser, house, last=last) as page:
            assert await page.silent(0.5)


async def test_after_a_long_absence_the_newest_come_whole_and_the_rest_can_be_asked_for():
    house = House()
    async with serving(house) as browser:
        for number in range(50):
            house.post(AIKO, Card(f"Message {number}."))
        async with listening(browser, house, state="long ago") as page:
            told = await page.next()
    assert told["whole"]
    assert told["older"]
    assert len(told["cards"]) == NEWEST


async def test_a_card_that_is_gone_is_taken_away():
    house = House()
    house.post(AIKO, Card("first"))
    gone = house.post(AIKO, Card("second"))
    async with serving(house) as browser:
        state = await state_of(browser, house)
        async with listening(browser, house, state=state) as page:
            house.posts[AIKO.id].pop()
            house.revisions[AIKO.id] += 1
            assert (await page.next())["gone"] == [gone]


async def test_ones_own_tap_is_seen_at_once_in_every_window():
    house = House()
    post = house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        state = await state_of(browser, house)
        async with (
            listening(browser, house, state=state) as one,
            listening(browser, house, state=state) as other,
        ):
            await asyncio.sleep(0.2)
            form = {"event": "abcdefgh1", "post": str(post), "button": SAFE.id}
            await browser.fetch(f"/c/{house.link()}/tap", form)
            for page in (one, other):
                told = await page.next(within=0.8)
                assert 'aria-pressed="true"' in told["cards"][0][1]


async def test_nobody_sees_what_is_meant_for_somebody_else():
    house = House()
    async with serving(house) as browser, listening(browser, house, YUSUF) as page:
        assert (await page.next())["cards"] == []
        house.post(AIKO, Card("for Aiko alone"))
        browser.site.hub.wake([AIKO.id, YUSUF.id], at_once=True)
        assert await page.silent(1.5)


async def test_a_storm_of_changes_is_a_few_drawings():
    house = House()
    post = house.post(AIKO, Card("Tally 0"))
    async with serving(house) as browser, listening(browser, house) as page:
        await page.next()
        before = house.drawings
        for number in range(1, 301):
            house.redraw(AIKO, post, title=f"Tally {number}")
            browser.site.hub.wake([AIKO.id])
            await asyncio.sleep(0.005)
        while "Tally 300" not in json.dumps(await page.next()):
            pass
    assert house.drawings - before <= 5


async def test_a_new_post_does_not_wait_for_the_second():
    house = House()
    async with serving(house) as browser:
        channel = WebChannel(browser.site.hub)
        fits: Channel = channel
        assert fits.limits.live
        async with listening(browser, house) as page:
            await page.next()
            house.post(AIKO, Card("Tally"))
            await channel.changed([AIKO.id])
            await page.next()
            post = house.post(AIKO, ARE_YOU_SAFE)
            parcel = Parcel(ARE_YOU_SAFE, AIKO.id, post, "1")
            assert await channel.deliver(parcel) == ""
            told = await page.next(within=0.5)
            assert told["cards"][0][0] == post
            await channel.refresh(parcel)


async def test_a_fifth_window_sends_the_first_to_sleep():
    house = House()
    async with serving(house) as browser, listening(browser, house) as first:
        opened = [listening(browser, house) for _ in range(4)]
        pages = [await page.__aenter__() for page in opened]
        assert await first.next("over") == Closing.CROWDED
        assert len(browser.site.hub) == 4
        house.post(AIKO, Card("still live"))
        for page in pages:
            while "still live" not in json.dumps(await page.next()):
                pass
        for page_ in opened:
            await page_.__aexit__(None, None, None)


async def test_when_the_house_is_full_a_page_is_told_to_ask_now_and_then():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house, pages_altogether=1) as browser:
        async with listening(browser, house, YUSUF):
            status, _, headers = await browser.get(f"/c/{house.link()}/events")
            assert status == 503
            assert headers["retry-after"]
        state = await state_of(browser, house)
        assert (await browser.get(f"/c/{house.link()}/fresh?state={state}"))[0] == 204
        status, body, _ = await browser.get(f"/c/{house.link()}/fresh?state=other")
        assert status == 200
        assert "Are you safe?" in body


async def test_a_page_that_is_left_makes_room_at_once():
    house = House()
    async with serving(house) as browser:
        for _ in range(12):
            async with listening(browser, house):
                assert len(browser.site.hub) <= 4
        await asyncio.sleep(0.1)
        assert len(browser.site.hub) == 0


async def test_a_revoked_link_sees_nothing_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hub_room, "VERIFIED_FOR", 0.0)
    house = House()
    async with serving(house) as browser, listening(browser, house) as page:
        await page.next()
        house.staff[AIKO.id] = replace(AIKO, link_rev=1)
        house.post(AIKO, Card("not for whoever has the old link"))
        assert await page.next("over") == Closing.REFUSED
        with pytest.raises(EOFError):
            await page.next()


async def test_a_page_outlives_a_store_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hub_room, "AFTER_FAILURE", 0.1)
    house = House()
    async with serving(house) as browser, listening(browser, house) as page:
        await page.next()
        real = house.cards

        async def broken(*_: Any) -> Any:
            raise OSError("locked")

        house.cards = broken  # type: ignore[method-assign]
        house.post(AIKO, Card("written meanwhile"))
        assert await page.silent(1.5)
        house.cards = real  # type: ignore[method-assign]
        assert "written meanwhile" in json.dumps(await page.next())


async def test_the_end_of_the_server_is_said_to_every_page():
    house = House()
    async with serving(house) as browser, listening(browser, house) as page:
        browser.site.hub.close()
        assert await page.next("over") == Closing.RESTART


async def test_silence_is_filled_with_heartbeats():
    house = House()
    async with serving(house) as browser:
        page = browser.site.hub.enter(AIKO, house.link(), "")
        assert page is not None
        sent: list[bytes] = []
        left = asyncio.Event()

        async def send(message: Any) -> None:
            sent.append(message.get("body", b""))
            if sum(b"event: beat" in body for body in sent) == 3:
                left.set()

        async def receive() -> Any:
            await left.wait()
            return {"type": "http.disconnect"}

        stream = Stream(browser.site.hub, page, "v", beat=0.05)
        async with asyncio.timeout(3):
            await stream({"type": "http"}, receive, send)
        assert len(browser.site.hub) == 0


async def test_a_slow_reader_is_owed_the_newest_state_and_no_queue():
    house = House()
    async with serving(house) as browser:
        drawing = browser.site.drawing
        post = house.post(AIKO, Card("0"))
        page = OpenPage(AIKO, "token", "", verified_at=0)
        for number in range(100):
            house.redraw(AIKO, post, body=(Text(str(number)),))
            sheet = drawing.sheet(await house.cards(AIKO.id, None, NEWEST), NEWEST)
            page.owe(sheet, dict.fromkeys(page.lacks(sheet), f"<li>{number}</li>"))
        owed = page.take()
        assert owed is not None
        assert owed.count(b"<li>") == 1
        assert b"<li>99</li>" in owed
        assert page.take() is None


async def test_a_thousand_open_pages_share_few_questions_and_bounded_work():
    house = House()
    people = [Person(n, f"P{n}", f"Person {n}") for n in range(1000, 2000)]
    asked: list[int] = []
    real = house.revision

    async def revision(person_ids: Any) -> Any:
        asked.append(len(person_ids))
        return await real(person_ids)

    house.revision = revision  # type: ignore[method-assign]
    async with serving(house) as browser:
        hub = browser.site.hub
        for person in people:
            house.staff[person.id] = person
            house.post(person, ARE_YOU_SAFE)
            assert hub.enter(person, house.link(person), "") is not None
        for _ in range(20):
            hub.wake(person.id for person in people)
            await asyncio.sleep(0.01)
        while house.drawings < 1000:
            await asyncio.sleep(0.05)
        await asyncio.sleep(1.2)
        assert house.drawings <= 2000
        assert max(asked) == 1000, "one question covers them all"
