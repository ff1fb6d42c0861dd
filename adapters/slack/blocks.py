"""Slack's blocks, each made within its limits: whatever comes in, what comes out is accepted.

Rules of the room:
- Nothing is formatted: every text is `plain_text`, in which Slack reads no markup, except what
  a person said, which is quoted and escaped.
- A text is never empty: Slack refuses the whole message for one empty string.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from adapters.slack.plain import RLM, escaped_within, size, within
from bot.cards import Button, Style

Block = dict[str, Any]

HEADER = 150
SECTION = 3000
CONTEXT = 2000
LABEL = 75
VALUE = 2000
ABREAST = 25
"""Buttons in one block of actions."""

STYLES = {Style.GOOD: "primary", Style.DANGER: "danger"}
BLANK = "·"


def plain(text: str, longest: int, *, rtl: bool = False) -> Block:
    """A text object shown as it is."""
    words = text.strip() or BLANK
    if rtl:
        # Otherwise a line that begins with a number or a Latin name is laid out leftwards.
        words = RLM + words
    return {"type": "plain_text", "text": within(words, longest), "emoji": False}


def header(text: str, *, rtl: bool = False) -> Block:
    """One line in large letters."""
    return {"type": "header", "text": plain(" ".join(text.split()), HEADER, rtl=rtl)}


def section(text: str, *, rtl: bool = False) -> Block:
    """A paragraph."""
    return {"type": "section", "text": plain(text, SECTION, rtl=rtl)}


def linked(address: str, label: str) -> Block:
    """A line that leads to an address of ours; the address itself is not shown."""
    said = escaped_within(" ".join(label.split()).replace("|", " "), LABEL)
    return {"type": "section", "text": {"type": "mrkdwn", "text": f"<{address}|{said}>"}}


def quoted(text: str, *, rtl: bool = False) -> Block:
    """A paragraph somebody wrote, with a line down its side."""
    mark = RLM if rtl else ""
    lines = (text.strip() or BLANK).splitlines()
    # Each line costs what stands before it as well.
    room = SECTION - len(lines) * (2 + len(mark))
    if room < SECTION // 2:
        lines, room = [" ".join(lines)], SECTION - 3
    said = escaped_within("\n".join(lines), room)
    quote = "\n".join(f">{mark}{line}" for line in said.splitlines())
    return {"type": "section", "text": {"type": "mrkdwn", "text": quote, "verbatim": True}}


def context(text: str, *, rtl: bool = False) -> Block:
    """Small print."""
    return {"type": "context", "elements": [plain(text, CONTEXT, rtl=rtl)]}


def divider() -> Block:
    return {"type": "divider"}


def button(shown: Button, position: int) -> Block:
    """One button; `position` is unique in what it stands in. What it says is its `value`."""
    label = f"✓ {shown.label}" if shown.chosen else shown.label
    drawn: Block = {
        "type": "button",
        "action_id": f"b{position}",
        "text": plain(" ".join(label.split()), LABEL),
        "value": shown.id[:VALUE],
    }
    if shown.style in STYLES:
        drawn["style"] = STYLES[shown.style]
    return drawn


def rows(buttons: Sequence[Block]) -> list[Block]:
    """Buttons as blocks of actions."""
    return [
        {"type": "actions", "elements": list(buttons[at : at + ABREAST])}
        for at in range(0, len(buttons), ABREAST)
    ]


def cost(block: Block) -> int:
    """How many characters a block counts for, written as JSON."""
    return size(json.dumps(block, ensure_ascii=False))


def total(blocks: Iterable[Block]) -> int:
    return sum(map(cost, blocks))
