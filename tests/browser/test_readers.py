"""A drill as different people meet it: on a phone, in their language, without a mouse, without
scripts, in the dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.stage import DESK, PHONE, Chat, Demo, say

pytestmark = pytest.mark.browser

MOST_TABS = 40


@pytest.fixture(scope="module")
def asked(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo in which everybody has been asked, in a drill, and has much time to answer."""
    with Demo.played(tmp_path_factory.mktemp("demo"), speed=5) as demo:
        with chromium.new_context(**DESK) as context:
            manager = Chat.opened(context.new_page(), demo.manager)
            manager.tap("What do you need?", "Start a roll call")
            manager.tap("Is this real or a drill?", "Drill")
            manager.tap("Who shall be asked?", "Everyone")
            manager.tap("What shall the message say?", "Safety drill")
            manager.tap("How shall they be asked?", "Everyone at once")
            manager.tap("Start the drill?", "Start the drill")
            manager.sees("Are you safe?")
            manager.look_over()
        yield demo


def answered(chat: Chat, language: str, answer: str) -> None:
    """The card says that it is recorded, and the button that was tapped is marked."""
    card = chat.card(say(language, "checkin-title"))
    chosen = card.get_by_role("button", name=say(language, answer), pressed=True)
    expect(chosen).to_be_visible()
    chat.hears(say(language, answer.replace("answer", "recorded")))


def test_arabic_runs_from_right_to_left_and_fits_on_a_phone(visit: Visit, asked: Demo) -> None:
    chat = visit(asked.guests["ar"], **PHONE)
    card = chat.sees(say("ar", "checkin-title"), say("ar", "badge-drill"))
    expect(chat.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(chat.page.locator("html")).to_have_attribute("lang", "ar")
    edge = card.locator("article").evaluate("el => el.getBoundingClientRect().right")
    title = card.locator(".title").evaluate(
        "el => { const r = document.createRange(); r.selectNodeContents(el);"
        " return r.getBoundingClientRect().right; }"
    )
    assert edge - title < 40, "the title begins at the right edge"
    first, second = (
        card.get_by_role("button", name=say("ar", name)).bounding_box()
        for name in ("answer-safe", "answer-help")
    )
    assert first
    assert second
    assert first["x"] > second["x"] or first["y"] < second["y"], "the first answer stands first"
    assert min(first["height"], second["height"]) >= 48
    chat.fits(320, 390, 720)
    chat.tap(say("ar", "checkin-title"), say("ar", "answer-safe"))
    answered(chat, "ar", "answer-safe")
    chat.fits(320, 390)


def test_japanese_is_readable_in_the_dark(visit: Visit, asked: Demo) -> None:
    chat = visit(asked.guests["ja"], **PHONE, color_scheme="dark")
    card = chat.sees(say("ja", "checkin-title"), say("ja", "badge-drill"))
    expect(chat.page.locator("html")).to_have_attribute("lang", "ja")
    assert brightness(chat, "body", "background-color") < 0.05
    assert brightness(chat, "#feed h2", "color") > 0.5
    for name in ("answer-safe", "answer-help", "answer-unaffected"):
        button = card.get_by_role("button", name=say("ja", name))
        colours = button.evaluate(
            "el => { const s = getComputedStyle(el); return [s.color, s.backgroundColor]; }"
        )
        dark, light = sorted(map(luminance, colours))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{name} cannot be read: {colours}"
    chat.fits(320, 390)
    chat.tap(say("ja", "checkin-title"), say("ja", "answer-unaffected"))
    answered(chat, "ja", "answer-unaffected")


def brightness(chat: Chat, selector: str, what: str) -> float:
    element = chat.page.locator(selector).first
    return luminance(element.evaluate(f"el => getComputedStyle(el)['{what}']"))


def luminance(colour: str) -> float:
    """How bright a colour is, from 0 to 1, as contrast is reckoned."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_keyboard_alone_answers_and_stays_where_it_was(visit: Visit, asked: Demo) -> None:
    chat = visit(asked.employee, **DESK)
    card = chat.sees("Are you safe?", "DRILL")
    safe = card.get_by_role("button", name="I'm safe")
    keys = chat.page.keyboard
    keys.press("Tab")
    expect(chat.page.locator(".skip")).to_be_focused()
    for _ in range(MOST_TABS):
        if safe.evaluate("el => el === document.activeElement"):
            break
        keys.press("Tab")
    expect(safe).to_be_focused()
    assert safe.evaluate("el => getComputedStyle(el).outlineStyle") == "solid"
    keys.press("Enter")
    answered(chat, "en", "answer-safe")
    # The card has been exchanged for a new one; the focus is on the same button of it.
    expect(safe).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(card.get_by_role("button", name="Not affected")).to_be_focused()
    keys.press("Space")
    answered(chat, "en", "answer-unaffected")
    chat.was_never_reloaded()


def test_without_scripts_plain_forms_do_it_all(visit: Visit, asked: Demo) -> None:
    chat = visit(asked.guests["zh-Hant"], **PHONE, java_script_enabled=False)
    title = say("zh-Hant", "checkin-title")
    chat.sees(title, say("zh-Hant", "badge-drill"))
    chat.tap(title, say("zh-Hant", "answer-safe"))
    answered(chat, "zh-Hant", "answer-safe")
    # Changed by typing, and seen again by looking.
    chat.write(say("zh-Hant", "answer-unaffected"))
    answered(chat, "zh-Hant", "answer-unaffected")
    chat.page.get_by_role("link", name=say("zh-Hant", "web-look")).click()
    card = chat.sees(title)
    expect(card.get_by_role("button", pressed=True)).to_have_count(1)
    expect(chat.page.locator("#notice")).to_be_empty()
