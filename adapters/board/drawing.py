"""From values to HTML: whole pages, and the parts of a roll call that change.

Rules of the room:
- Templates escape everything. A part that is put into a page was made by a template itself.
- A part's version is a hash of it; equal versions need not be sent or shown again.
- Words about people and roll calls come from `bot.board.speech`, the same as in chat.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from adapters.board.curve import Plot, plot
from adapters.board.ports import Texts, Words
from adapters.board.record import Record
from adapters.serving.assets import Assets
from adapters.serving.templates import templates
from bot.board.figures import Change, Choice, Place, Sort
from bot.board.rollcall import Quick, Seen, Slow
from bot.board.speech import Speech
from bot.people import LANGUAGES
from bot.ports import Clock, Ids
from bot.rights import Rights

PARTS = ("need", "count", "list", "groups", "curve", "delivery", "callers", "spots", "changes")
"""The parts of a roll call's page, each drawn by a template of its name."""
EVENT_ID = 16
OWN_NAMES = {
    "en": "English",
    "ja": "日本語",
    "zh-Hant": "繁體中文",
    "zh-Hans": "简体中文",
    "ar": "العربية",
}
"""What each language calls itself, in whichever language a page is."""
DID = {
    "rollcall.launched": "board-did-launched",
    "rollcall.closed": "board-did-closed",
    "rollcall.cancelled": "board-did-cancelled",
    "rollcall.messaged": "board-did-messaged",
    "rollcall.prolonged": "board-did-prolonged",
    "rollcall.visitor": "board-did-visitor",
    "checkin.tried": "board-did-tried",
    "checkin.retracted": "board-did-retracted",
    "number.wrong": "board-did-wrong",
    "heads.seen": "board-did-seen",
    "heads.unseen": "board-did-unseen",
    "page.taken": "board-did-taken",
}
"""Kinds of journal lines that are news, and how they are said."""


@dataclass(slots=True)
class Sheet:
    """A roll call drawn in one language: its parts and their versions."""

    parts: Mapping[str, Markup]
    versions: Mapping[str, str]
    state: str
    running: bool
    _told: dict[frozenset[str], bytes] = field(default_factory=dict)

    def told(self, names: frozenset[str]) -> bytes:
        """These parts as one event of a stream; made once for all pages that lack the same."""
        found = self._told.get(names)
        if found is None:
            parts = {name: self.parts[name] for name in PARTS if name in names}
            told = {"state": self.state, "running": self.running, "parts": parts}
            said = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            found = f"id: {self.state}\nevent: sheet\ndata: {said}\n\n".encode("utf-8", "replace")
            self._told[names] = found
        return found


class Drawing:
    """Draws for everybody, in their language and time zone."""

    def __init__(
        self, speech: Speech, texts: Texts, ids: Ids, clock: Clock, assets: Assets, root: str
    ) -> None:
        self._speech = speech
        self._texts = texts
        self._ids = ids
        self._clock = clock
        self._assets = assets
        self._root = root
        self._pages = templates(Path(__file__).parent / "templates")
        self._pages.globals.update(
            asset=lambda name: root + assets.address(name),
            root=root,
            version=assets.version,
            languages=LANGUAGES,
            sorts=tuple(Sort),
        )

    @property
    def version(self) -> str:
        """Changes with every upgrade of pages or scripts."""
        return self._assets.version

    # --- pages -------------------------------------------------------------------------------

    def page(
        self,
        template: str,
        rights: Rights,
        *,
        proof: str,
        here: str,
        notice: tuple[str, bool] | None,
        **values: object,
    ) -> str:
        """A whole page for somebody who is signed in."""
        person = rights.person
        return self._pages.get_template(template).render(
            **self._common(person.language, person.time_zone),
            rights=rights,
            person=person,
            proof=proof,
            here=here,
            notice=notice,
            **values,
        )

    def alone(self, template: str, language: str, **values: object) -> str:
        """A page for whoever is not signed in."""
        return self._pages.get_template(template).render(**self._common(language, "UTC"), **values)

    def sheet(self, seen: Seen, quick: Quick, slow: Slow, language: str, zone: str) -> Sheet:
        """The parts of a roll call's page."""
        common = self._common(language, zone)
        values: dict[str, Any] = {"seen": seen, "quick": quick, "slow": slow, "live": True}
        values["curve"] = plot(slow.curve)
        parts = {
            name: Markup(self._pages.get_template(f"parts/{name}.html").render(**common, **values))  # noqa: S704 - a template made it
            for name in PARTS
        }
        versions = {
            name: blake2b(part.encode("utf-8", "replace"), digest_size=6).hexdigest()
            for name, part in parts.items()
        }
        state = blake2b(repr(versions).encode() + self.version.encode(), digest_size=9).hexdigest()
        return Sheet(parts, versions, state, quick.running)

    # --- files -------------------------------------------------------------------------------

    def words(self, language: str, zone: str) -> Words:
        """Words in somebody's language and time zone."""
        return self._texts.words(language, zone)

    def record(self, seen: Seen, language: str, zone: str) -> Record:
        """A roll call as a file for whoever reads this language in this time zone."""
        event = self._speech.event(seen.roll_call, self._speech.reader(language, zone))
        return Record(seen.roll_call, event, self.words(language, zone))

    # --- what templates may use ---------------------------------------------------------------

    def _common(self, language: str, zone: str) -> dict[str, Any]:
        language = language if language in LANGUAGES else "en"
        words, now, speech = self._texts.words(language, zone), self._clock.now(), self._speech
        reader = speech.reader(language, zone)

        def channel(name: str) -> str:
            return words.say(f"channel-{name}") if words.has(f"channel-{name}") else name

        def remaining(slow: Slow) -> float:
            ways = slow.delivery or ()
            return speech.seconds({way.channel: way.queued for way in ways}, reader)

        return {
            "say": words.say,
            "number": words.number,
            "when": lambda at: words.when(at, now),
            "ago": lambda at: words.ago(at, now),
            "span": lambda length: words.span(_seconds(length)),
            "since": lambda at: words.span(max(60.0, (now - at).total_seconds() // 60 * 60)),
            "dotted": words.dotted,
            "channel": channel,
            "remaining": remaining,
            "line": lambda line, seen: speech.line(line, seen, reader),
            "event_of": lambda call: speech.event(call, reader),
            "scope_of": lambda seen: speech.scope(seen, reader),
            "sender_of": lambda seen: speech.sender(seen, reader),
            "ended_of": lambda seen: speech.ended(seen, reader),
            "did": lambda change: _did(words, change),
            "state_of": lambda incident: words.say(f"board-state-{incident.state.value}"),
            "origin_of": lambda origin: words.say(f"board-settings-from-{origin.kind}"),
            "own_name": lambda tongue: OWN_NAMES.get(tongue, tongue),
            "role_of": lambda role: words.say(f"board-role-{role.value}"),
            "gap_of": lambda gap: words.say(f"board-gap-{gap.kind}"),
            "gap_why": lambda gap: words.say(f"board-gap-{gap.kind}-why"),
            "iso": lambda at: at.isoformat(timespec="seconds"),
            "to": self._to,
            "choice_path": choice_path,
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "new_id": lambda: self._ids.token(EVENT_ID),
            "now": now,
        }

    def _to(self, path: str, after: Place | tuple[datetime, str] | None = None, **more: str) -> str:
        """A path of the board with what it asks for."""
        asked = {name: value for name, value in more.items() if value}
        if after is not None:
            first, second = after
            asked["after"] = first if isinstance(first, str) else first.isoformat()
            asked["id"] = str(second)
        return f"{self._root}{path}" + (f"?{urlencode(asked)}" if asked else "")


def choice_path(choice: Choice) -> dict[str, str]:
    """A choice of people as an address asks for it."""
    asked = {"sort": choice.sort.value}
    if choice.site is not None:
        asked["site"] = choice.site
    if choice.team is not None:
        asked["team"] = choice.team
    return asked


def _did(words: Words, change: Change) -> str:
    """What somebody did, as a phrase; empty for what is no news."""
    if change.kind == "checkin.answered" and change.data.get("seen"):
        return words.say("board-did-seen", name=change.behalf or change.by)
    if change.kind == "checkin.answered":
        if not change.behalf:
            return words.say("board-did-cried")
        return words.say(f"board-did-answered-{change.data.get('answer', '')}", name=change.behalf)
    if change.kind == "calls.handed":
        return words.say("board-did-handed", count=int(change.data.get("names", "0")))
    key = DID.get(change.kind)
    return words.say(key, name=change.behalf) if key else ""


def _seconds(length: timedelta | float) -> float:
    return length.total_seconds() if isinstance(length, timedelta) else length


__all__ = ["Drawing", "Plot", "Sheet"]
