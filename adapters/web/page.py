"""One open page: what it shows, what it is owed.

Rules of the room:
- It holds hashes of what it shows, not the words: five thousand pages are a few megabytes.
- What it is owed is a state, not a sequence: newer drawings replace older ones that have not
  been sent yet.
"""

from __future__ import annotations

import asyncio
import json
from enum import StrEnum

from adapters.web.drawing import Sheet
from bot.people import Person


class Closing(StrEnum):
    """Why a page is sent away; the script on it knows these words."""

    GONE = "gone"
    CROWDED = "crowded"
    REFUSED = "refused"
    RESTART = "restart"


class OpenPage:
    """A page that listens. `state` is what it says it shows, empty if it does not know."""

    def __init__(self, person: Person, token: str, state: str, *, verified_at: float) -> None:
        self.person = person
        self.token = token
        self.verified_at = verified_at
        self.woken = asyncio.Event()
        self.closing: Closing | None = None
        self._claims = state
        self._shows: dict[int, str] | None = None
        self._whole = False
        self._cards: dict[int, str] = {}
        self._gone: set[int] = set()
        self._sheet: Sheet | None = None

    def lacks(self, sheet: Sheet) -> list[int]:
        """The posts it does not show as they are on `sheet`."""
        if self._shows is None:
            if self._claims == sheet.state:
                self._shows = dict(sheet.versions)
            else:
                self._shows, self._whole = {}, True
        return [post for post, v in sheet.versions.items() if self._shows.get(post) != v]

    def owe(self, sheet: Sheet, fragments: dict[int, str]) -> None:
        """It shall be brought to the state of `sheet`, whose `fragments` it lacks."""
        shows = self._shows or {}
        oldest = min(sheet.versions, default=0)
        # Older posts that the page keeps from before are not on the sheet and not gone either.
        self._gone |= {post for post in shows if post >= oldest and post not in sheet.versions}
        self._cards = {p: html for p, html in self._cards.items() if p in sheet.versions}
        self._cards.update(fragments)
        self._shows = dict(sheet.versions)
        self._sheet = sheet
        if self._cards or self._gone or self._whole:
            self.woken.set()

    def take(self) -> bytes | None:
        """What it is owed, as one event of the stream; owed no longer."""
        sheet = self._sheet
        if sheet is None or not (self._cards or self._gone or self._whole):
            return None
        told = feed_json(sheet, self._cards, sorted(self._gone), whole=self._whole)
        self._cards, self._gone, self._whole = {}, set(), False
        return f"id: {sheet.state}\nevent: feed\ndata: {told}\n\n".encode("utf-8", "replace")

    def close(self, why: Closing) -> None:
        """The stream ends after what it is doing now. The first reason counts."""
        self.closing = self.closing or why
        self.woken.set()


def feed_json(
    sheet: Sheet, fragments: dict[int, str], gone: list[int] | None = None, *, whole: bool
) -> str:
    """Posts for the script: one line of JSON, in the order of the posts."""
    return json.dumps(
        {
            "state": sheet.state,
            "whole": whole,
            "older": sheet.older,
            "cards": [[post, fragments[post]] for post in sorted(fragments)],
            "gone": gone or [],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
