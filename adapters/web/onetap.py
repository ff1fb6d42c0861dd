"""The one-tap page as HTML: one card, or one page of a form, and nothing to load besides.

Rules of the room:
- Style and script stand in the page, named by their hashes in its own policy: one request shows
  it. The script only offers to share a place; without it nothing is missing.
- Templates escape everything; what people wrote reaches the page in no other way.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from adapters.web.ports import OneCard, Texts
from bot.cards import Button, Card
from bot.people import LANGUAGES
from bot.ports import Ids

FOLDER = Path(__file__).parent / "templates"
EVENT_ID = 16
OWN = frozenset({"checkin"})
"""Questions about oneself: a line may always be typed beside them, elsewhere only where the card
asks for one; and until they are answered the page says that looking at it was no answer."""


class OneTap:
    """Draws one-tap pages with the site's templates."""

    def __init__(self, pages: Environment, texts: Texts, ids: Ids, root: str) -> None:
        self._template = pages.get_template("onetap.html")
        self._texts = texts
        self._ids = ids
        self._root = root
        self._style = (FOLDER / "onetap.css").read_text(encoding="utf-8").replace("\n", "")
        self._script = (FOLDER / "onetap.js").read_text(encoding="utf-8").replace("\n", "")
        self.policy = "; ".join(
            (
                "default-src 'none'",
                f"style-src '{_hash(self._style)}'",
                f"script-src '{_hash(self._script)}'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            )
        )

    def here(self, token: str) -> str:
        """The page's own address."""
        return f"{self._root}/a/{token}"

    def page(
        self,
        token: str,
        one: OneCard,
        *,
        notice: tuple[str, bool] | None = None,
        problems: Mapping[str, str] | None = None,
        given: Mapping[str, str] | None = None,
        seal: Callable[[str, str], str],
    ) -> str:
        """The card, or the form where it is one. `problems` stand beside the fields they are
        about, which keep what was `given`. `seal` makes buttons of the page's own."""
        card, form = one.card, one.form
        shown = form or card
        assert shown is not None  # noqa: S101 - whoever opened it has seen to that
        lines = card is not None and (card.ask is not None or one.view in OWN)
        return self._template.render(
            **self._common(one.person.language, one.person.time_zone),
            here=self.here(token),
            seal=partial(seal, token),
            title=shown.title,
            badge=shown.badge,
            card=card,
            form=form,
            cancel=one.cancel,
            notice=notice,
            not_yet=card is not None and one.view in OWN and _unanswered(card),
            lines=lines and _welcome(card),
            problems=dict.fromkeys((f.name for f in form.fields), "") | dict(problems or {})
            if form
            else {},
            given=given or {},
            name=one.person.name,
            script=Markup(self._script) if lines and card and _places(card) else "",  # noqa: S704 - our own file
            sentence="",
            again=None,
        )

    def sentence(
        self, language: str, sentence: str, *, token: str = "", again: dict[str, str] | None = None
    ) -> str:
        """A page that says one sentence; with `again` it offers the same form once more."""
        common = self._common(language, "UTC")
        return self._template.render(
            **common,
            here=self.here(token) if token else "",
            seal=str,
            title=common["say"]("page-title"),
            badge="",
            card=None,
            form=None,
            cancel="",
            notice=None,
            name="",
            script="",
            sentence=sentence,
            again=again,
        )

    def _common(self, language: str, time_zone: str) -> dict[str, Any]:
        language = language if language in LANGUAGES else "en"
        return {
            "say": self._texts.words(language, time_zone).say,
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "new_id": lambda: self._ids.token(EVENT_ID),
            "style": Markup(self._style),  # noqa: S704 - our own file
        }


def _buttons(card: Card) -> tuple[Button, ...]:
    return card.every_button()


def _unanswered(card: Card) -> bool:
    """True while it waits for a tap that nobody has made."""
    return card.open and bool(_buttons(card)) and not any(b.chosen for b in _buttons(card))


def _welcome(card: Card | None) -> bool:
    return card is not None and (card.ask is not None or bool(_buttons(card)))


def _places(card: Card) -> bool:
    return card.ask is not None and card.ask.place


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
