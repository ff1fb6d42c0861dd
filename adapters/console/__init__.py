"""The same chat in a terminal: cards as text, buttons as numbers, people at a keyboard or a pipe.

Rules of the room:
- A number taps that button of the card shown last that has buttons. If that card has only just
  appeared the number was meant for another one: nothing is tapped and it is said.
- What could not be saved is kept, and sent again under the same id by an empty line.
- Each line stands on the screen once: a reply that comes as a card as well is not written again.
- Fed by a pipe it goes line by line: do, wait for what comes of it, show it, next; and it ends
  with the last line.
"""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TextIO

from adapters.console.ink import Ink, plain, says
from bot.cards import Card
from bot.door import Answered
from bot.events import Attached, FromPeople, Sender, Tapped, Wrote
from bot.forms import clean
from bot.people import Person
from bot.ports import Ids, RandomIds

NEWEST = 20
"""Posts that are watched; the last few of them are shown at the start."""
SHOWN_AT_START = 5

POLL = 0.4
REPEAT = 3.0
"""Seconds: a tally that changes all the time is written anew no more often."""
TOO_NEW = 0.6
"""Seconds a card must have been on the screen before a number counts for it."""
QUIET = 0.5
"""Seconds without news after which a script goes on to its next line."""
PATIENCE = 10.0

PHOTO_LIMIT = 12_000_000

ReadLine = Callable[[], Awaitable[str | None]]
"""The next line without its end; `None` when there is no further one."""


class Door(Protocol):
    """The way in; raises if nothing was saved."""

    async def handle(self, event: FromPeople) -> Answered: ...


class Item(Protocol):
    """One post of the feed."""

    @property
    def post(self) -> int: ...
    @property
    def card(self) -> Card: ...
    @property
    def mine(self) -> bool: ...


class Feed(Protocol):
    """What the person has been shown."""

    async def cards(self, person_id: int, before: int | None, limit: int) -> Sequence[Item]: ...

    async def revision(self, person_ids: Collection[int]) -> Mapping[int, int]: ...


class Words(Protocol):
    def say(self, key: str, /, **args: str | int) -> str: ...


class Prepare(Protocol):
    """Makes a photo small; raises `ValueError` with the key of what to say."""

    def __call__(self, data: bytes, limit: int) -> bytes: ...


class ConsoleSession:
    """One person's chat. `run()` lasts until `/quit` or the end of the input."""

    def __init__(
        self,
        person: Person,
        door: Door,
        feed: Feed,
        read_line: ReadLine,
        write: Callable[[str], None],
        *,
        words: Words,
        prepare: Prepare | None = None,
        ids: Ids | None = None,
        channel: str = "console",
        interactive: bool = True,
        width: int = 80,
        colour: bool = False,
    ) -> None:
        self.person = person
        self._door = door
        self._feed = feed
        self._read_line = read_line
        self._write = write
        self._words = words
        self._prepare = prepare
        self._ids = ids or RandomIds()
        self._sender = Sender(channel, str(person.id))
        self._interactive = interactive
        self._ink = Ink(max(20, width), colour=colour)
        self._shown: dict[int, tuple[Card, float]] = {}
        self._target: Item | None = None
        self._target_since = 0.0
        self._revision: int | None = None
        self._unsent: FromPeople | None = None
        self._lines: list[Card] = []
        self._echo = ""
        self._looking = asyncio.Lock()

    async def run(self) -> bool:
        """True if everything typed was saved."""
        name = self.person.name
        self._write(self._ink.quiet(self._words.say("console-you", name=name)))
        await self._look(first=True)
        if self._interactive:
            self._write(self._ink.quiet(self._words.say("console-how")))
        watching = asyncio.create_task(self._watch()) if self._interactive else None
        try:
            while (line := await self._read_line()) is not None:
                if not await self._do(line):
                    break
                if not self._interactive:
                    await self._settle()
        finally:
            if watching is not None:
                watching.cancel()
        return self._unsent is None

    # --- What is typed ---------------------------------------------------------------------

    async def _do(self, line: str) -> bool:
        """False if the person leaves."""
        text = clean(line)
        if not self._interactive:
            self._write(self._ink.quiet(f"> {plain(text)}"))
        command, _, rest = text.partition(" ")
        match command:
            case "":
                if self._unsent is not None:
                    await self._send(self._unsent)
            case "/quit":
                return False
            case "/help":
                self._write(self._ink.quiet(self._words.say("console-how")))
            case "/photo":
                await self._photo(rest.strip())
            case "/say" if rest:
                await self._send(Wrote(self._id(), self._sender, rest.strip()))
            case _ if text.isdecimal() and len(text) <= 3 and self._target is not None:
                await self._tap(int(text), self._target, text)
            case _:
                await self._send(Wrote(self._id(), self._sender, text))
        return True

    async def _tap(self, number: int, item: Item, text: str) -> None:
        buttons = item.card.every_button()
        if not 1 <= number <= len(buttons):
            # No such button: it may be a count somebody is asked for.
            await self._send(Wrote(self._id(), self._sender, text))
        elif self._interactive and self._now() - self._target_since < TOO_NEW:
            self._write(self._ink.problem(self._words.say("console-moved")))
        else:
            button = buttons[number - 1]
            await self._send(Tapped(self._id(), self._sender, button.id, item.post))

    async def _photo(self, path: str) -> None:
        if self._prepare is None or not path:
            self._write(self._ink.problem(self._words.say("console-no-file")))
            return
        try:
            data = await asyncio.to_thread(_read, path)
            picture = await asyncio.to_thread(self._prepare, data, PHOTO_LIMIT)
        except OSError:
            self._write(self._ink.problem(self._words.say("console-no-file")))
        except ValueError as refused:
            too_big = str(refused) == "photo-too-big"
            values = {"limit": PHOTO_LIMIT // 1_000_000} if too_big else {}
            key = "photo-too-big" if too_big else "photo-not-a-picture"
            self._write(self._ink.problem(self._words.say(key, **values)))
        else:
            await self._send(Attached(self._id(), self._sender, picture))

    async def _send(self, event: FromPeople) -> None:
        self._lines.clear()
        self._echo = ""
        try:
            said = await self._door.handle(event)
        except Exception:
            # Whatever it was: the person must know that it was not kept, and the same event may
            # come again. The door has logged the fault.
            self._unsent = event
            self._write(self._ink.problem(self._words.say("could-not-save")))
            return
        if self._unsent is not None and self._unsent.id == event.id:
            self._unsent = None
        if said.text:
            self._reply(said.text, echoed=not isinstance(event, Tapped))
        await self._look()

    def _reply(self, text: str, *, echoed: bool) -> None:
        """What is said to words, a photo or a place comes as a card too, sooner or later or never:
        whichever of the two is first is written."""
        if echoed and any(says(card, text) for card in self._lines):
            return
        self._write(self._ink.reply(text))
        self._echo = text if echoed else ""

    def _id(self) -> str:
        return f"console:{self.person.id}:{self._ids.token(16)}"

    # --- What is shown ---------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                await self._look(repeats=False)
            except Exception:
                # The store is out of reach for the moment; what was missed is seen later.
                self._revision = None

    async def _settle(self) -> None:
        """A script waits until nothing more comes of its line."""
        began = since = self._now()
        while self._now() - since < QUIET and self._now() - began < PATIENCE:
            await asyncio.sleep(QUIET / 5)
            if await self._look():
                since = self._now()

    async def _look(self, *, first: bool = False, repeats: bool = True) -> bool:
        """Writes what is new. Without `repeats`, a card just written waits before its next."""
        async with self._looking:
            found = await self._feed.revision([self.person.id])
            revision = found.get(self.person.id, 0)
            if revision == self._revision:
                return False
            items = await self._feed.cards(self.person.id, None, NEWEST)
            written = held = False
            for place, item in enumerate(items):
                card, at = self._shown.get(item.post, (None, float("-inf")))
                if card == item.card:
                    continue
                if card is not None and not repeats and self._now() - at < REPEAT:
                    held = True
                    continue
                self._shown[item.post] = (item.card, self._now())
                if first and place < len(items) - SHOWN_AT_START:
                    continue
                written = self._show(item, first=first) or written
            self._aim(items)
            self._revision = None if held else revision
            return written

    def _show(self, item: Item, *, first: bool) -> bool:
        if item.mine and not first:
            return False  # it stands on the screen already, as typed
        if self._echo and says(item.card, self._echo):
            self._echo = ""
            return False  # and this one as the reply
        self._lines.append(item.card)
        self._write(self._ink.card(item.card))
        if item.card.every_button() and not item.mine:
            self._target, self._target_since = item, self._now()
        return True

    def _aim(self, items: Sequence[Item]) -> None:
        """Numbers are for the card as it is now, or for none if it has lost its buttons."""
        if self._target is None:
            return
        post = self._target.post
        now = next((item for item in items if item.post == post), None)
        shown = self._shown.get(post)
        if now is not None and shown is not None and shown[0] == now.card:
            self._target = now if now.card.every_button() else None

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _read(path: str) -> bytes:
    """At most one byte more than allowed, so that a device or a film ends somewhere."""
    with Path(path).expanduser().open("rb") as file:
        return file.read(PHOTO_LIMIT + 1)


def lines_of(file: TextIO = sys.stdin) -> ReadLine:
    """Lines of a terminal or a pipe, read beside the event loop.

    The thread is a daemon: nobody has to press Enter once more for the program to end.
    """
    if isinstance(file, io.TextIOWrapper):
        file.reconfigure(errors="replace")
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        try:
            for line in file:
                loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\r\n"))
            loop.call_soon_threadsafe(lines.put_nowait, None)
        except (RuntimeError, OSError, ValueError):
            pass  # the loop or the input is closed: nobody reads any more

    threading.Thread(target=read, name="lines", daemon=True).start()
    return lines.get
