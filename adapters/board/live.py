"""Open roll call pages: drawn once for all who see the same, and sent what has changed.

Rules of the room:
- A topic is a roll call as one group of people may see it. Its figures are looked up once, drawn
  once in each language, and given to every open page of it.
- At most once a second, and never more than a twentieth of the time: after an expensive drawing the
  next one waits longer, and where many topics are open they take turns.
- Where nothing has happened nothing is looked up: the heads of the journal tell, whichever replica
  wrote. What moves without a line there (questions on their way, reminders) is looked at more
  seldom.
- A page is owed the newest state of its parts, never a queue of old ones.
- A page is not trusted for long: its session is looked at again while it stays open.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict, deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

import structlog

from adapters.board.drawing import Drawing, Sheet
from adapters.board.ports import Desk
from bot.board.figures import Choice
from bot.board.rollcall import Quick, Seen, Slow
from bot.people import Person
from bot.rights import Within

log = structlog.get_logger("board")

EVERY = 1.0
"""Seconds between two drawings of a topic at least."""
SLOWLY = 10.0
"""The same for figures that cost more."""
SELDOM = 30.0
"""The same while nothing has happened."""
SHARE = 20
"""A drawing may take one part in so many of the time."""
WARM = 3
"""Rounds after which what they take is believed."""
LONGEST_PAUSE = 10.0
"""A turn is over when the pause it calls for is as long, in seconds."""
KEPT = 64
"""Topics nobody looks at that are remembered."""
EACH_PERSON = 8
ALTOGETHER = 2000
TOO_LONG = 30.0

Key = tuple[str, Within, bool, bool]
Tongue = tuple[str, str]
"""Language and time zone."""


class OpenPage:
    """A page that listens. `state` is what it says it shows."""

    def __init__(self, person: Person, state: str) -> None:
        self.person = person
        self.woken = asyncio.Event()
        self.closing = ""
        self._claims = state
        self._shows: dict[str, str] | None = None
        self._pending: set[str] = set()
        self._sheet: Sheet | None = None

    @property
    def tongue(self) -> Tongue:
        return self.person.language, self.person.time_zone

    def offer(self, sheet: Sheet) -> None:
        """This is how it is now."""
        if self._shows is None:
            known = self._claims == sheet.state
            self._shows = dict(sheet.versions) if known else {}
        lacks = {name for name, v in sheet.versions.items() if self._shows.get(name) != v}
        self._pending |= lacks
        self._shows = dict(sheet.versions)
        self._sheet = sheet
        if self._pending:
            self.woken.set()

    def take(self) -> bytes | None:
        """What it is owed, as one event of the stream; owed no longer."""
        sheet = self._sheet
        if sheet is None or not self._pending:
            return None
        told = sheet.told(frozenset(self._pending))
        self._pending = set()
        return told

    def close(self, why: str) -> None:
        """The stream ends after what it is doing now. The first reason counts."""
        self.closing = self.closing or why
        self.woken.set()


@dataclass(slots=True)
class Topic:
    seen: Seen
    pages: list[OpenPage] = field(default_factory=list)
    quick: Quick | None = None
    slow: Slow | None = None
    looked_at: float = float("-inf")
    looked_slowly_at: float = float("-inf")
    revision: Hashable = None
    """Of the house when it was last looked up."""
    slow_revision: Hashable = None
    turn: int = 0
    """When it was last drawn, counted in turns."""
    sheets: dict[Tongue, Sheet] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def rests(self, revision: Hashable, now: float) -> bool:
        """True if a look would find what the last one found."""
        if self.quick is None or self.slow is None or self.quick.launching:
            return False
        if revision != self.revision or now - self.looked_at >= SELDOM:
            return False
        sending = any(way.queued for way in self.slow.delivery or ())
        behind = sending or revision != self.slow_revision
        return not (behind and now - self.looked_slowly_at >= SLOWLY)


class Topics:
    """Everything that is being looked at. All of it runs in one event loop."""

    def __init__(self, desk: Desk, drawing: Drawing, each_person: int = EACH_PERSON) -> None:
        self._desk = desk
        self._drawing = drawing
        self._topics: OrderedDict[Key, Topic] = OrderedDict()
        self._watching: asyncio.Task[None] | None = None
        self._closed = False
        self._turn = 0
        self._took: deque[float] = deque(maxlen=8)
        self.each_person = each_person
        self.revision: Hashable = None
        """Of the house, as last read while any page is open."""
        self.drawings = 0
        self.looks = 0
        """How often something was drawn, and looked up, for whoever measures."""

    # --- looking -----------------------------------------------------------------------------

    async def sheet(self, seen: Seen, person: Person) -> Sheet:
        """A roll call as it is now, or was within the last second."""
        topic = self._topic(seen)
        await self._look(topic, EVERY)
        return self._drawn(topic, (person.language, person.time_zone))

    def touch(self, roll_call: str = "") -> None:
        """Somebody has done something here: whoever looks next sees it, and all of it where it was
        done from the page of that roll call."""
        for (about, *_), topic in self._topics.items():
            topic.looked_at = float("-inf")
            if about == roll_call:
                topic.looked_slowly_at = float("-inf")

    def _topic(self, seen: Seen) -> Topic:
        key = seen.roll_call.id, seen.within, seen.delivery, seen.ends
        topic = self._topics.get(key)
        if topic is None:
            topic = self._topics[key] = Topic(seen)
            unused = [k for k, t in self._topics.items() if not t.pages and k != key]
            for old in unused[: max(0, len(unused) - KEPT)]:
                del self._topics[old]
        self._topics.move_to_end(key)
        if seen.roll_call != topic.seen.roll_call:
            topic.seen, topic.looked_at, topic.looked_slowly_at = seen, -1e9, -1e9
        return topic

    async def _look(self, topic: Topic, younger: float, revision: Hashable = None) -> None:
        """`revision` was read before; `None` where somebody opens the page just now."""
        async with topic.lock:
            now = self._now()
            if now - topic.looked_at < younger:
                return
            if revision is not None and topic.rests(revision, now):
                return
            self.looks += 1
            quick = await self._desk.quick(topic.seen, Choice())
            if topic.slow is None or now - topic.looked_slowly_at >= SLOWLY:
                topic.slow = await self._desk.slow(topic.seen, quick)
                topic.looked_slowly_at = now
                topic.slow_revision = revision
            topic.revision = revision
            topic.quick, topic.looked_at = quick, now
            topic.sheets.clear()

    def _drawn(self, topic: Topic, tongue: Tongue) -> Sheet:
        sheet = topic.sheets.get(tongue)
        if sheet is None:
            assert topic.quick is not None  # noqa: S101 - looked up just now
            assert topic.slow is not None  # noqa: S101
            self.drawings += 1
            sheet = self._drawing.sheet(topic.seen, topic.quick, topic.slow, *tongue)
            topic.sheets[tongue] = sheet
        return sheet

    # --- open pages --------------------------------------------------------------------------

    def enter(self, seen: Seen, person: Person, state: str) -> OpenPage | None:
        """A page that shows `state` has been opened; `None` if there is no room for it."""
        if self._closed or self._open() >= ALTOGETHER:
            return None
        mine = [p for t in self._topics.values() for p in t.pages if p.person.id == person.id]
        for oldest in mine[: max(0, len(mine) - self.each_person + 1)]:
            oldest.close("crowded")
        page = OpenPage(person, state)
        self._topic(seen).pages.append(page)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch(), name="board")
        return page

    def leave(self, page: OpenPage) -> None:
        """A page is gone; may be said twice."""
        for topic in self._topics.values():
            if page in topic.pages:
                topic.pages.remove(page)

    def close(self) -> None:
        """Send every page away; they come back by themselves."""
        self._closed = True
        for topic in self._topics.values():
            for page in topic.pages:
                page.close("restart")
        if self._watching is not None:
            self._watching.cancel()

    def _open(self) -> int:
        return sum(len(topic.pages) for topic in self._topics.values())

    # --- the work ----------------------------------------------------------------------------

    async def _watch(self) -> None:
        while self._open():
            began, looks = self._now(), self.looks
            revision = self.revision = await self._revision()
            for topic in self._turns():
                try:
                    async with asyncio.timeout(TOO_LONG):
                        await self._look(topic, EVERY / 2, revision)
                    self._offer(topic)
                except Exception as error:
                    log.warning("board.draw_failed", error=type(error).__name__)
                await asyncio.sleep(0)
            took = self._now() - began
            pause = EVERY - took
            # Rounds in which nothing was looked up say nothing of what the others cost.
            if self.looks != looks:
                self._took.append(took)
                pause = max(pause, self._costs() * (SHARE - 1))
            await asyncio.sleep(max(0.0, pause))

    def _costs(self) -> float:
        """What a round costs, in seconds: the least it took lately, for the rest was waiting for
        others. The first ones, which find nothing warm, keep nobody waiting."""
        least = min(self._took)
        return least if len(self._took) >= WARM else min(least, EVERY / SHARE)

    async def _revision(self) -> Hashable:
        """Read before anything is looked up: what happens meanwhile is found the next time."""
        try:
            async with asyncio.timeout(TOO_LONG):
                return await self._desk.revision()
        except Exception as error:
            log.warning("board.draw_failed", error=type(error).__name__)
            return None

    def _turns(self) -> Iterator[Topic]:
        """The open topics, whoever has waited longest first; as many as a turn has time for."""
        began = self._now()
        waiting = sorted((t for t in self._topics.values() if t.pages), key=lambda t: t.turn)
        for topic in waiting:
            self._turn += 1
            topic.turn = self._turn
            yield topic
            # The pause after a turn is so many times as long: nobody waits for it much longer.
            if self._now() - began >= LONGEST_PAUSE / (SHARE - 1):
                return

    def _offer(self, topic: Topic) -> None:
        pages: Iterable[OpenPage] = list(topic.pages)
        for page in pages:
            if not page.closing:
                page.offer(self._drawn(topic, page.tongue))

    @staticmethod
    def _now() -> float:
        """The event loop's time: setting the wall clock must not stop anybody's page."""
        return asyncio.get_running_loop().time()


def event(name: str, told: object) -> bytes:
    """One event of a stream."""
    said = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {said}\n\n".encode("utf-8", "replace")
