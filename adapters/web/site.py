"""The site: what its routes share, and who is asking.

Rules of the room:
- A route asks `visitor` first. Whoever has no good link gets one sentence and learns nothing
  else, not even whether such a person exists.
- What goes wrong is raised as `Refused` with the key of its sentence; `answers.py` turns it
  into a page or JSON in the person's language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import BaseRoute

from adapters.serving.assets import Assets
from adapters.serving.pace import Pace
from adapters.serving.refused import Refused as Refused  # asked for here as well
from adapters.serving.refused import preferred as preferred
from adapters.web.drawing import Drawing
from adapters.web.hub import Hub
from adapters.web.onetap import OneTap
from adapters.web.ports import BadLink, Cards, Door, Feed, People, Pictures, Prepare, Texts, Words
from bot.people import Person
from bot.ports import Clock, Ids

HERE = Path(__file__).parent

PHOTO_LIMIT = 12_000_000
"""Bytes of a photo as it leaves the phone."""


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
        self.closing: list[Callable[[], None]] = []
        """Called when the server is told to end: open pages of others are sent away."""
        self.assets = Assets(HERE / "static", HERE / "templates")
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

    def close(self) -> None:
        """Send every open page away, so that the server can end."""
        self.hub.close()
        for close in self.closing:
            close()

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
