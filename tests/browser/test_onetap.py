"""One-tap pages on a phone: they fit, they can be tapped without scripts, nothing complains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.links import asked
from tests.browser.stage import PHONE, WATCH, say, words
from tests.databases import SqliteFiles

pytestmark = pytest.mark.browser

Links = Callable[[str], dict[str, str]]


@pytest.fixture
def links(programs: ExitStack, sqlite_files: SqliteFiles, tmp_path: Path) -> Links:
    """Starts a town whose people have been asked: their links."""
    return lambda language: programs.enter_context(asked(sqlite_files.copy(tmp_path), language))


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Page]]:
    contexts, complaints = [], []

    def open_(link: str, **more: Any) -> Page:
        context = chromium.new_context(**{**PHONE, **more})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if more.get("java_script_enabled", True):
            page.add_init_script(WATCH)
        page.goto(link)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def fits(page: Page) -> None:
    """Nothing runs out of the page at its side, and every button is large enough for a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in page.locator("button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, button.inner_text()


@pytest.mark.parametrize("language", ["ja", "ar"])
def test_a_question_is_answered_without_scripts(
    links: Links, look: Callable[..., Page], language: str
) -> None:
    link = links(language)["checkin"]
    page = look(link, java_script_enabled=False)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(page.locator("main")).to_contain_text(say(language, "tap-not-yet"))
    badge = page.locator(".badge")
    expect(badge).to_have_count(1 if language == "ja" else 0)
    page.get_by_role("button", name=say(language, "answer-help")).tap()
    expect(page.locator("[aria-pressed=true]")).to_contain_text(say(language, "answer-help"))
    expect(page.locator("main")).not_to_contain_text(say(language, "tap-not-yet"))
    expect(page.locator("#place")).to_be_hidden()
    page.locator("textarea").fill("3F")
    page.get_by_role("button", name=say(language, "send"), exact=True).tap()
    expect(page.get_by_role("status")).to_have_text(words(say(language, "cry-noted")))


def test_with_scripts_a_place_can_be_shared_and_every_page_fits(
    links: Links, look: Callable[..., Page]
) -> None:
    given = links("en")
    for scheme in ("light", "dark"):
        fits(look(given["worklist"], color_scheme=scheme))
    page = look(
        given["checkin"],
        permissions=["geolocation"],
        geolocation={"latitude": 34.7, "longitude": 135.5},
    )
    fits(page)
    page.get_by_role("button", name="I need help").tap()
    page.get_by_role("button", name="Share where I am").tap()
    expect(page.get_by_role("status")).to_have_text("Passed on to those who were called.")
    fits(page)
    worklist = look(given["worklist"])
    expect(worklist.locator("main")).to_contain_text("Aiko")
    worklist.get_by_role("button", name="Safe (by phone)").first.tap()
    expect(worklist.get_by_role("status")).to_have_text("Recorded: safe.")
