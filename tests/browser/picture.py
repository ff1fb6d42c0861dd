"""The picture in the README: what a window shows, and two of them side by side.

`RENRAKU_PICTURE=1 make test ARGS="tests/browser/test_story.py"` takes it anew from the running
product; without that it is taken and thrown away.
"""

from __future__ import annotations

import io
import os

from PIL import Image, ImageDraw

from tests.browser.stage import ROOT, Chat

PICTURE = ROOT / "docs" / "roll-call.png"
LARGEST = 120_000
"""Bytes of a new one; one that is there may be a little larger."""
COLOURS = 96
MARGIN, ROUND = 28, 14
GROUND, EDGE = "#e3e7e4", "#c3cbc8"


def taken(*windows: Image.Image) -> None:
    """Keep it where that is wanted; it is small enough in any case."""
    small = packed(joined(*windows))
    assert len(small) < LARGEST
    if os.environ.get("RENRAKU_PICTURE"):
        PICTURE.write_bytes(small)


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
