"""From a person's feed to HTML: whole pages, and single cards for pages that are open.

Rules of the room:
- Templates escape everything; no text of a card ever reaches the page in another way.
- A card's `version` is a hash of what it says. Equal versions need not be drawn, sent or shown
  again, so comparing costs far less than drawing.
- Each rendered form carries an event id of its own: sent twice, it is one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import UTC, format_date, format_skeleton

from adapters.serving.assets import Assets
from adapters.serving.templates import templates
from adapters.web.ports import FeedItem, Texts
from bot.people import LANGUAGES, Person
from bot.ports import Ids

EVENT_ID = 16
"""Characters of the ids our forms carry."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The newest posts of one person and what state they are in."""

    items: tuple[FeedItem, ...]
    versions: dict[int, str]
    state: str
    """Equal on two sheets that look the same, in any process."""
    older: bool
    """There may be more before these."""


class Drawing:
    """Draws for every person, in their language and time zone."""

    def __init__(self, texts: Texts, ids: Ids, assets: Assets, root: str) -> None:
        self._texts = texts
        self._ids = ids
        self._assets = assets
        self._root = root
        self.pages = templates(Path(__file__).parent / "templates")
        self.pages.globals.update(asset=self._asset, root=root, version=assets.version)

    def _asset(self, name: str) -> str:
        return self._root + self._assets.address(name)

    @property
    def version(self) -> str:
        """Changes with every upgrade of pages or scripts."""
        return self._assets.version

    def sheet(self, items: Sequence[FeedItem], limit: int) -> Sheet:
        """What there is to compare, without drawing any of it."""
        versions = {item.post: self._version(item) for item in items}
        state = blake2b(repr(versions).encode(), digest_size=9).hexdigest()
        return Sheet(tuple(items), versions, state, len(items) >= limit)

    def _version(self, item: FeedItem) -> str:
        said = repr((item.at, item.mine, item.card))
        return blake2b(
            said.encode("utf-8", "surrogatepass"), digest_size=6, key=self.version.encode()
        ).hexdigest()

    def chat(
        self,
        person: Person,
        token: str,
        sheet: Sheet,
        *,
        notice: tuple[str, bool] | None = None,
        live: bool = True,
    ) -> str:
        """The whole page. `notice` is a line to show and whether it is a problem."""
        asking = [item for item in sheet.items if _asks(item)]
        return self.pages.get_template("chat.html").render(
            **self._common(person.language, person.time_zone),
            person=person,
            here=self._here(token),
            items=[self._told(person, item, sheet.versions[item.post]) for item in sheet.items],
            hint=asking[-1].card.ask if asking else None,
            waiting=sum(1 for item in sheet.items if waits(item)),
            sheet=sheet,
            notice=notice,
            live=live,
        )

    def item(self, person: Person, token: str, item: FeedItem, version: str) -> str:
        """One post as a list item, to be put into an open page."""
        return self.pages.get_template("item.html").render(
            **self._common(person.language, person.time_zone),
            here=self._here(token),
            item=self._told(person, item, version),
        )

    def problem(
        self,
        language: str,
        sentence: str,
        *,
        token: str = "",
        again: dict[str, str] | None = None,
    ) -> str:
        """A page that says one sentence.

        With `again` it offers the same form once more: `action`, `event`, and either `text` or
        `button` and `post`.
        """
        return self.pages.get_template("problem.html").render(
            **self._common(language, "UTC"),
            here=self._here(token) if token else "",
            sentence=sentence,
            again=again,
        )

    def _here(self, token: str) -> str:
        return f"{self._root}/c/{token}"

    def _common(self, language: str, time_zone: str) -> dict[str, Any]:
        language = language if language in LANGUAGES else "en"
        return {
            "say": self._texts.words(language, time_zone).say,
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "new_id": lambda: self._ids.token(EVENT_ID),
        }

    def _told(self, person: Person, item: FeedItem, version: str) -> dict[str, Any]:
        """A post with its hour and day as the person's clock shows them."""
        hour, day, day_words = _when(
            item.at.replace(second=0, microsecond=0), person.language, person.time_zone
        )
        return {
            "post": item.post,
            "card": item.card,
            "mine": item.mine,
            "version": version,
            "waits": waits(item),
            "asks": _asks(item),
            "iso": item.at.isoformat(timespec="seconds"),
            "time": hour,
            "day": day,
            "day_words": day_words,
        }


@lru_cache(maxsize=4096)
def _when(at: datetime, language: str, time_zone: str) -> tuple[str, str, str]:
    """The hour, the date to compare and the date to read; a roll call has the same for all."""
    locale = Locale.parse(language, sep="-")
    local = at.astimezone(_zone(time_zone))
    # On a 24-hour clock, as in every other sentence of the house.
    hour = format_skeleton("Hm", local, locale=locale)
    return hour, local.date().isoformat(), format_date(local.date(), "full", locale=locale)


def waits(item: FeedItem) -> bool:
    """True where the person has something to answer: counted in the window's title."""
    card = item.card
    return (
        not item.mine
        and card.open
        and bool(card.every_button())
        and not any(button.chosen for button in card.every_button())
    )


def _asks(item: FeedItem) -> bool:
    return item.card.open and item.card.ask is not None


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
