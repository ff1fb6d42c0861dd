"""What a page owes those who do not see it, do not see it well, or have no mouse.

Looked for in the page as the browser built it and in the tree it hands to screen readers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

NAMED = {"button", "link", "textbox", "searchbox", "combobox", "radio", "checkbox", "image"}
"""Roles that are nothing without a name."""

STRUCTURE = (Path(__file__).parent / "structure.js").read_text(encoding="utf-8")

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


def nameless(page: Page) -> list[str]:
    """What a screen reader would announce without a name."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        str(node["role"]["value"])
        for node in nodes
        if not node.get("ignored")
        and node.get("role", {}).get("value") in NAMED
        and not str(node.get("name", {}).get("value", "")).strip()
    ]


def audit(page: Page) -> list[str]:
    """Everything that is wrong with a page, in words."""
    wide, room = page.evaluate(
        "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"
    )
    wrong = [f"wider than the screen: {wide} > {room}"] if wide > room else []
    wrong += page.evaluate(STRUCTURE)
    wrong += [f"weak: {found}" for found in page.evaluate(CONTRAST)]
    return wrong + [f"a {role} without a name" for role in nameless(page)]
