"""Open pages, and which of them must be shown something new.

Rules of the room:
- Work is bounded, however much happens: a person's posts are drawn at most once a second, by a
  few workers for all pages together. Their own tap and a new post do not wait for that second.
- One question a second to the store covers every open page, since other processes write too.
- A page that cannot keep up is owed the newest state, never a queue of old ones.
- A page is not trusted for long: its link is verified again while it stays open.

A page says which state it shows when it (re)connects. If that is the present state nothing is
sent; otherwise it gets the newest posts whole.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog

from adapters.web.drawing import Drawing, Sheet
from adapters.web.page import Closing, OpenPage
from adapters.web.ports import BadLink, Feed, People
from bot.people import Person

log = structlog.get_logger("web")

NEWEST = 30
"""Posts of a person that are kept up to date in an open page."""

OWN, ENTERED, CHANGED = 0, 1, 2
"""How soon a drawing is due; lower goes first."""

GAPS = {OWN: 0.1, ENTERED: 0.0, CHANGED: 1.0}
"""Seconds between two drawings for one person."""

WORKERS = 4
ASKED_AT_ONCE = 1000
"""People in one question to the store."""

VERIFIED_FOR = 30.0
"""Seconds for which a link that was good is taken as good."""

TOO_LONG = 30.0
"""Seconds after which a drawing is given up and tried again."""

AFTER_FAILURE = 2.0


@dataclass(slots=True)
class Seat:
    """One person with at least one open page."""

    person: int
    pages: list[OpenPage] = field(default_factory=list)
    revision: int | None = None
    drawn_at: float = float("-inf")
    drawing: bool = False
    due: int | None = None
    """OWN, ENTERED, CHANGED, or nothing is due."""
    ticket: int = 0
    timer: asyncio.TimerHandle | None = None


class Hub:
    """Everyone who is looking right now. All of it runs in one event loop."""

    def __init__(
        self,
        feed: Feed,
        people: People,
        drawing: Drawing,
        *,
        each_person: int = 4,
        altogether: int = 8000,
    ) -> None:
        # A browser opens six connections to a site at most: four pages of one person leave two
        # for their taps.
        self._each_person = each_person
        self._altogether = altogether
        self._feed = feed
        self._people = people
        self._drawing = drawing
        self._seats: dict[int, Seat] = {}
        self._open = 0
        self._queue: asyncio.PriorityQueue[tuple[int, int, int]] = asyncio.PriorityQueue()
        self._tickets = itertools.count(1)
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False

    def __len__(self) -> int:
        return self._open

    # --- Pages come and go -----------------------------------------------------------------

    def enter(self, person: Person, token: str, state: str) -> OpenPage | None:
        """A page that shows `state` has been opened; `None` if there is no room for it.

        Beyond a person's own share their oldest page makes room: it is the likeliest to be a
        connection that has died without saying so.
        """
        if self._closed or self._open >= self._altogether:
            return None
        seat = self._seats.setdefault(person.id, Seat(person.id))
        while len(seat.pages) >= self._each_person:
            self._leave(seat, seat.pages[0], Closing.CROWDED)
        page = OpenPage(person, token, state, verified_at=self._now())
        seat.pages.append(page)
        self._open += 1
        self._soon(seat, ENTERED)
        return page

    def leave(self, page: OpenPage) -> None:
        """A page is gone; may be said twice."""
        seat = self._seats.get(page.person.id)
        if seat is not None:
            self._leave(seat, page, Closing.GONE)

    def _leave(self, seat: Seat, page: OpenPage, why: Closing) -> None:
        page.close(why)
        if page not in seat.pages:
            return
        seat.pages.remove(page)
        self._open -= 1
        if not seat.pages:
            if seat.timer is not None:
                seat.timer.cancel()
            del self._seats[seat.person]

    # --- Something has changed -------------------------------------------------------------

    def wake(self, people: Iterable[int], *, at_once: bool = False) -> None:
        """What these people see has changed; `at_once` for their own taps and for new posts."""
        for person in people:
            seat = self._seats.get(person)
            if seat is not None:
                self._soon(seat, OWN if at_once else CHANGED)

    def _soon(self, seat: Seat, how: int) -> None:
        if seat.due is not None and seat.due <= how:
            return
        seat.due = how
        seat.ticket = next(self._tickets)
        if seat.timer is not None:
            seat.timer.cancel()
            seat.timer = None
        entry = (how, seat.ticket, seat.person)
        wait = seat.drawn_at + GAPS[how] - self._now()
        if wait <= 0:
            self._queue.put_nowait(entry)
        else:
            loop = asyncio.get_running_loop()
            seat.timer = loop.call_later(wait, self._queue.put_nowait, entry)

    # --- The work --------------------------------------------------------------------------

    def start(self) -> None:
        """Begin watching; needs a running event loop."""
        work = [self._watch(), *(self._work() for _ in range(WORKERS))]
        self._tasks = [asyncio.create_task(coroutine) for coroutine in work]

    def close(self) -> None:
        """Send every page away, so that the server can end; they come back by themselves."""
        self._closed = True
        for seat in list(self._seats.values()):
            for page in list(seat.pages):
                self._leave(seat, page, Closing.RESTART)
        for task in self._tasks:
            task.cancel()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(1)
            for some in _batches(list(self._seats), ASKED_AT_ONCE):
                try:
                    async with asyncio.timeout(TOO_LONG):
                        revisions = await self._feed.revision(some)
                except Exception as error:
                    log.warning("web.watch_failed", error=type(error).__name__)
                    break
                for person, revision in revisions.items():
                    seat = self._seats.get(person)
                    if seat is not None and seat.revision not in (None, revision):
                        self._soon(seat, CHANGED)

    async def _work(self) -> None:
        while True:
            _, ticket, person = await self._queue.get()
            seat = self._seats.get(person)
            # An overtaken entry, or its turn comes again when the drawing under way is done.
            if seat is None or seat.ticket != ticket or seat.drawing:
                continue
            seat.due, seat.timer, seat.drawing = None, None, True
            try:
                async with asyncio.timeout(TOO_LONG):
                    await self._draw(seat)
                failed = False
            except Exception as error:
                log.warning("web.draw_failed", person=person, error=type(error).__name__)
                failed = True
            seat.drawing = False
            seat.drawn_at = self._now() + (AFTER_FAILURE if failed else 0)
            if self._seats.get(person) is not seat:
                continue
            due, seat.due = seat.due, None
            if failed:
                self._soon(seat, CHANGED)
            elif due is not None:
                self._soon(seat, due)

    async def _draw(self, seat: Seat) -> None:
        await self._verify(seat)
        if not seat.pages:
            return
        # Read before the posts: a change in between is then drawn twice instead of not at all.
        revision = (await self._feed.revision([seat.person])).get(seat.person)
        items = await self._feed.cards(seat.person, None, NEWEST)
        sheet = self._drawing.sheet(items, NEWEST)
        seat.revision = 0 if revision is None else revision
        drawn: dict[tuple[str, int], str] = {}
        for page in list(seat.pages):
            posts = page.lacks(sheet)
            page.owe(sheet, {post: self._fragment(page, sheet, post, drawn) for post in posts})
            # A few milliseconds each; taps come in between.
            await asyncio.sleep(0)

    def _fragment(
        self, page: OpenPage, sheet: Sheet, post: int, drawn: dict[tuple[str, int], str]
    ) -> str:
        """Drawn once for all windows that show the same link."""
        html = drawn.get((page.token, post))
        if html is None:
            item = next(item for item in sheet.items if item.post == post)
            html = self._drawing.item(page.person, page.token, item, sheet.versions[post])
            drawn[page.token, post] = html
        return html

    async def _verify(self, seat: Seat) -> None:
        for page in list(seat.pages):
            if self._now() - page.verified_at < VERIFIED_FOR:
                continue
            found = await self._people.who(page.token)
            if isinstance(found, BadLink) or found.id != seat.person:
                self._leave(seat, page, Closing.REFUSED)
            else:
                page.person, page.verified_at = found, self._now()

    @staticmethod
    def _now() -> float:
        """The event loop's time: setting the wall clock must not stop anybody's page."""
        return asyncio.get_running_loop().time()


def _batches(people: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (people[start : start + size] for start in range(0, len(people), size))
