"""The demo itself: a whole house over a made-up town, served on one port.

Rules of the room:
- It is the real product: the same house, store, courier and web pages, with simulated phones
  for a channel and a clock that runs faster. Nothing here knows how a roll call works.
- Whatever is measured by the clock but done by a person at a screen, or by this machine, is
  given as much more of it as the clock is faster.

    listening = listen("127.0.0.1", 8080)
    base = address("127.0.0.1", listening)
    async with play(folder, 40, 60.0, listening, base=base) as demo:
        demo.link(demo.town.manager)
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.web.server import Server
from bot.app import House, rules_of
from bot.boarding import Entrance
from bot.buttons import do
from bot.config import Settings
from bot.demo.crowd import Crowd
from bot.demo.manners import Manners
from bot.demo.phones import PAGE, PHONE, Doorkeeper, PhoneChannel, Window
from bot.demo.town import Town, build
from bot.events import Sender, Tapped
from bot.people import Person
from bot.ports import LapseClock
from storage import staff
from storage.seal import make_master

DATABASE, KEY = "renraku.db", "renraku.key"
TICK = 15.0
"""Seconds of the demo's clock between two looks at what is due ..."""
TICK_LEAST, TICK_MOST = 0.1, 1.0
"""... but so many real seconds at least and at most."""
BATCH = 100
"""Cards taken from the outbox at once: small, so that a page never waits long for its turn."""

PATIENCE: dict[str, dict[str, object]] = {
    # A report pages people; whoever plays needs real seconds to read and to tap.
    "critical": {
        "first_reminder": "15m", "remind_every": "15m", "reminders": 1, "climb_every": "15m",
        "rounds": 2, "backstop": "2h",
    },
    # A roll call, and whoever needs help in it.
    "serious": {
        "first_reminder": "10m", "remind_every": "10m", "reminders": 2, "climb_every": "10m",
        "rounds": 1, "backstop": "2h",
    },
    "routine": {
        "first_reminder": "30m", "remind_every": "30m", "reminders": 1, "climb_every": "30m",
        "rounds": 1, "backstop": "2h",
    },
}  # fmt: skip
"""The demo's patience, by severity."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that runs, and how to get in."""

    town: Town
    house: House
    crowd: Crowd
    base: str
    people: dict[str, Person]
    """Those on web pages, by key."""
    board: str
    """The manager's way to the board; works once."""
    serving: asyncio.Task[None]
    """Ends before its time only if the pages cannot be served."""

    def link(self, key: str) -> str:
        return self.house.link(self.people[key], self.base)


def settings(
    folder: Path, town: Town, language: str, zone: str, speed: float, base: str
) -> Settings:
    """The demo's settings; a wait that is the machine's own grows with `speed`."""

    def real(seconds: float, most: timedelta) -> timedelta:
        return min(most, timedelta(seconds=max(1.0, seconds * speed)))

    return Settings(
        replica="demo",
        organisation={"name": town.organisation, "language": language, "time_zone": zone},
        database={"url": f"sqlite:///{folder / DATABASE}"},
        secrets={"master_key_file": folder / KEY},
        web={
            "public_url": base,
            "link_lifetime": "3650d",
            # Nobody looks at a page sixty times as fast because the clock is.
            "board_link": "1d",
            "board_idle": "90d",
            "board_lifetime": "365d",
        },
        policy=PATIENCE,
        rollcall={
            "severity": "serious",
            "drill_severity": "serious",
            "late_answers": "365d",
            "tally_every": real(1.0, timedelta(minutes=10)),
        },
        limits={"drafts_kept": "365d"},
        courier={
            "batch": BATCH,
            "lease": real(60.0, timedelta(hours=1)),
            "stall_after": real(60.0, timedelta(days=1)),
        },
    )


@asynccontextmanager
async def play(
    folder: Path,
    people: int,
    speed: float,
    listening: socket.socket,
    *,
    base: str,
    language: str = "en",
    zone: str = "UTC",
    manners: Manners | None = None,
) -> AsyncIterator[Demo]:
    """A running demo in an empty `folder`, served on the socket `listening`."""
    town = build(people, language, zone)
    make_master(folder / KEY)
    chosen = settings(folder, town, language, zone, speed, base)
    clock, phones = LapseClock(speed), PhoneChannel()
    house = House(
        chosen,
        clock=clock,
        channels={PHONE: phones},
        tick=max(TICK_LEAST, min(TICK_MOST, TICK / speed)),
        # Nobody fills in a form sixty times as fast because the clock is.
        rules=rules_of(chosen).lapsed(speed),
    )
    crowd = Crowd(
        clock,
        house.engine.handle,
        unlucky=town.unlucky,
        away=town.absent,
        manners=manners or Manners().at(speed),
    )
    phones.crowd = crowd
    house.channels[PAGE] = Window(house.channels[PAGE], crowd)
    house.site.people = Doorkeeper(house.site.people, crowd)
    try:
        on_pages = await _move_in(house, town)
        for key in (town.employee, town.manager):
            crowd.leave(Sender(PAGE, str(on_pages[key].id)))
        for person in on_pages.values():
            # An empty page would leave them guessing what can be done here.
            menu = Tapped(f"{PAGE}:menu:{person.id}", Sender(PAGE, str(person.id)), do("menu"))
            await house.engine.handle(menu)
        async with _running(house, crowd, listening) as serving:
            board = base + await Entrance(house).link(on_pages[town.manager])
            yield Demo(town, house, crowd, base, on_pages, board, serving)
    finally:
        await house.store.close()


async def _move_in(house: House, town: Town) -> dict[str, Person]:
    """Store the town as a staff list is stored; returns those on web pages."""
    await house.upgrade()
    async with house.store.write() as work:
        await staff.take_over(work, town.roster(), leave=False)
    async with house.store.look() as look:
        return await look.by_key([town.employee, town.manager, *town.guests.values()])


@asynccontextmanager
async def _running(
    house: House, crowd: Crowd, listening: socket.socket
) -> AsyncIterator[asyncio.Task[None]]:
    """House, crowd and web server, ended in order however it ends.

    The socket takes visitors from the beginning: nobody has to wait for the server.
    """
    server = Server(house.site, *listening.getsockname()[:2])
    serving = asyncio.create_task(server.serve(sockets=[listening]), name="server")
    await house.start()
    living = asyncio.create_task(crowd.run(), name="crowd")
    try:
        yield serving
    finally:
        living.cancel()
        server.should_exit = True
        await asyncio.gather(living, serving, return_exceptions=True)
        await house.stop()


def listen(host: str, port: int, tries: int = 1) -> socket.socket:
    """A socket listening on `port`, or on one of the next `tries - 1`, or at last on any.

    Raises `OSError` if there is none.
    """
    for number in (*range(port, min(port + tries, 65_536)), *([0] if tries > 1 else [])):
        with contextlib.suppress(OSError):
            return _listen(host, number)
    return _listen(host, port)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


def address(host: str, listening: socket.socket) -> str:
    """What links begin with. Listening on every address, it is one that others can reach."""
    port = listening.getsockname()[1]
    if host in ("", "0.0.0.0", "::"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            # Nothing is sent: this only asks which of our addresses the way out has.
            try:
                probe.connect(("192.0.2.1", 9))
                host = probe.getsockname()[0]
            except OSError:
                host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def time_zone() -> str:
    """The machine's own time zone by its IANA name, so that times read as on the reader's clock."""
    from zoneinfo import ZoneInfo

    target = os.path.realpath("/etc/localtime")
    for name in (os.environ.get("TZ", "").lstrip(":"), target.rpartition("zoneinfo/")[2]):
        with contextlib.suppress(Exception):
            return ZoneInfo(name).key
    return "UTC"
