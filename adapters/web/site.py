"""The site: what its routes share, and who is asking.

Rules of the room:
- A route asks `visitor` first. Whoever has no good link gets one sentence and learns nothing
  else, not even whether such a person exists.
- What goes wrong is raised as `Refused` with the key of its sentence; `answers.py` turns it
  into a page or JSON in the person's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import BaseRoute

from adapters.web.assets import Assets
from adapters.web.drawing import Drawing
from adapters.web.hub import Hub
from adapters.web.onetap import OneTap
from adapters.web.pace import Pace
from adapters.web.ports import BadLink, Cards, Door, Feed, People, Pictures, Prepare, Texts, Words
from bot.people import LANGUAGES, Person
from bot.ports import Clock, Ids

PHOTO_LIMIT = 12_000_000
"""Bytes of a photo as it leaves the phone."""


class Refused(Exception):
    """The request stops here: an HTTP status and a sentence by its key.

    `again` is the form to offer once more, so that nothing typed is lost.
    """

    def __init__(
        self,
        status: int,
        key: str,
        values: Mapping[str, str | int] | None = None,
        *,
        again: dict[str, str] | None = None,
    ) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.values = dict(values or {})
        self.again = again


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking, as their link says."""

    person: Person
    token: str = field(repr=False)


class Site:
    """Everything the routes need, handed in once."""

    def __init__(
        self,
        *,
        door: Door,
        people: People,
        cards: Cards,
        feed: Feed,
        pictures: Pictures,
        prepare: Prepare,
        clock: Clock,
        ids: Ids,
        texts: Texts,
        base_url: str,
        photo_limit: int = PHOTO_LIMIT,
        pages_each_person: int = 4,
        pages_altogether: int = 8000,
        more: Sequence[BaseRoute] = (),
    ) -> None:
        parts = urlsplit(base_url)
        self.secure = parts.scheme == "https"
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.root = parts.path.rstrip("/")
        """Where a reverse proxy shows the site below a path of its own; it strips that path."""
        self.door = door
        self.people = people
        self.cards = cards
        self.feed = feed
        self.pictures = pictures
        self.prepare = prepare
        self.clock = clock
        self.ids = ids
        self.texts = texts
        self.photo_limit = photo_limit
        self.more = tuple(more)
        """Routes of other channels: where platforms deliver what happens there."""
        self.assets = Assets()
        self.drawing = Drawing(texts, ids, self.assets, self.root)
        self.onetap = OneTap(self.drawing.pages, texts, ids, self.root)
        self.hub = Hub(
            feed,
            people,
            self.drawing,
            each_person=pages_each_person,
            altogether=pages_altogether,
        )
        self.acting = Pace(burst=30, each_second=2)
        self.looking = Pace(burst=60, each_second=5)

    async def visitor(self, request: Request, pace: Pace) -> Visitor:
        """Whose link this is. Raises `Refused` for a bad one and for one used too fast."""
        token = str(request.path_params.get("token", ""))
        found = await self.people.who(token)
        if isinstance(found, BadLink):
            if found.reason == "expired":
                raise Refused(410, "link-expired")
            raise Refused(404, "link-bad")
        # Known from here on: the log names the person, an error speaks their language.
        request.state.person = found
        request.state.token = token
        if not pace.allows(found.id):
            raise Refused(429, "too-fast")
        return Visitor(found, token)

    def words(self, request: Request) -> Words:
        """In the language of the person if the link was good, else of their browser."""
        person = getattr(request.state, "person", None)
        zone = person.time_zone if isinstance(person, Person) else "UTC"
        return self.texts.words(self.language(request), zone)

    def language(self, request: Request) -> str:
        person = getattr(request.state, "person", None)
        if isinstance(person, Person):
            return person.language
        return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """The first language of an `Accept-Language` header that the product speaks.

    >>> preferred("de, zh-TW;q=0.9, en;q=0.8"), preferred("ar-EG"), preferred("tlh")
    ('zh-Hant', 'ar', 'en')
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:200].split(",")[:12]):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        wanted.append((-weight, place, tag.strip().lower()))
    for weight, _, tag in sorted(wanted):
        if not weight:
            continue
        base, *rest = tag.split("-")
        if base == "zh":
            traditional = {"hant", "tw", "hk", "mo"} & set(rest)
            return "zh-Hant" if traditional else "zh-Hans"
        if base in LANGUAGES:
            return base
    return "en"
