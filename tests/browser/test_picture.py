"""The picture in the README is taken from the running product.

`RENRAKU_PICTURE=1 make test ARGS="tests/browser/test_picture.py"` takes it anew; without that it
is taken and thrown away.
"""

from __future__ import annotations

import io
import os
import re

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser.conftest import Play, Visit
from tests.browser.stage import DESK, PHONE, ROOT, Chat

pytestmark = pytest.mark.browser

PICTURE = ROOT / "docs" / "roll-call.png"
LARGEST = 120_000
"""Bytes of a new one; one that is there may be a little larger."""
COLOURS = 96
MARGIN, ROUND = 28, 14
GROUND, EDGE = "#e3e7e4", "#c3cbc8"
FIRE, WORDS = "Fire: North Works", "Fire in the workshop. Leave the building. Are you safe?"


def test_a_running_roll_call_beside_the_question_can_be_photographed(
    play: Play, visit: Visit
) -> None:
    demo = play(80)
    manager, employee = visit(demo.manager, **DESK), visit(demo.employee, **PHONE)
    employee.write("There is a fire in the workshop")
    employee.tap("Where?", "North Works")
    employee.tap("Is anyone hurt?", "I don't know")
    manager.tap(FIRE, "I take it")
    employee.sees("Emma Clarke is taking care of your report.")
    manager.tap(FIRE, "Start a roll call")
    manager.sees("What shall the message say?")
    manager.write(WORDS)
    manager.tap("How shall they be asked?", "Everyone at once")
    manager.sees("To send it, type the number of people", "17")
    manager.write("17")
    manager.hears("Started: 17 people are being asked.")
    employee.sees("Are you safe?", WORDS)
    # In the middle of it: somebody needs help, half have answered.
    tally = manager.card("Answered:")
    expect(tally.locator(".person").first).to_contain_text("NEEDS HELP since")
    expect(tally.locator("h2")).to_have_text(re.compile(r"Answered: \W*([89]|1\d)\W* of"))
    picture = joined(shot(manager, "Answered:"), shot(employee))
    small = packed(picture)
    assert len(small) < LARGEST
    if os.environ.get("RENRAKU_PICTURE"):
        PICTURE.write_bytes(small)


def test_the_picture_is_there_and_small() -> None:
    assert PICTURE.stat().st_size < 150_000
    with Image.open(PICTURE) as picture:
        assert picture.format == "PNG"
        assert picture.width > picture.height > 600


def shot(chat: Chat, title: str = "") -> Image.Image:
    """What the window shows, with the card of this title at its upper edge."""
    chat.page.evaluate("document.activeElement.blur()")
    if title:
        chat.card(title).evaluate(
            "el => { el.scrollIntoView({block: 'start'});"
            " document.getElementById('scroll').scrollTop -= 14; }"
        )
    taken = chat.page.screenshot(animations="disabled")
    return Image.open(io.BytesIO(taken)).convert("RGB")


def joined(*windows: Image.Image) -> Image.Image:
    """Side by side on a quiet ground, with rounded corners."""
    width = sum(window.width + MARGIN for window in windows) + MARGIN
    height = max(window.height for window in windows) + 2 * MARGIN
    whole = Image.new("RGB", (width, height), GROUND)
    at = MARGIN
    for window in windows:
        box = (0, 0, window.width - 1, window.height - 1)
        shape = Image.new("L", window.size, 0)
        ImageDraw.Draw(shape).rounded_rectangle(box, ROUND, fill=255)
        whole.paste(window, (at, MARGIN), shape)
        ImageDraw.Draw(whole).rounded_rectangle(
            (at, MARGIN, at + box[2], MARGIN + box[3]), ROUND, outline=EDGE
        )
        at += window.width + MARGIN
    return whole


def packed(picture: Image.Image) -> bytes:
    few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()
