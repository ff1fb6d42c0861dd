"""The demonstration: a made-up organisation to play with, in one command.

    renraku demo                      # 40 people, a minute passes in a second
    renraku demo --people 5000

Rules of the room:
- It says what it is: made-up people, simulated phones, a faster clock.
- It listens on this machine alone unless told otherwise, works in a folder of its own, and
  leaves nothing behind unless a folder is named.
- It ends with Ctrl-C within a second or two, with exit code 0 and without a word too many.

`names` and `town` make the people, `manners` and `crowd` let them act, `phones` are their
channels, `play` puts a house over them, `story` and `screen` tell what happens.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from bot.demo.screen import Screen
from bot.demo.town import FEWEST, MOST
from bot.demo.words import Said, spoken

if TYPE_CHECKING:
    from socket import socket

    from bot.demo.play import Demo
    from bot.demo.room import Room

PORT = 8080
"""Where the pages are if nothing is said; if it is taken, one of the next will do."""
NEXT_PORTS = 20
PORTS = 65_536
FASTEST = 3600
LOOK, LOOK_MOST = 0.5, 5.0
"""Real seconds between two looks at what has happened; longer where there is more to look at."""
LARGE = 5000
"""People for whom a look every second is often enough."""
USAGE = 2


def run(
    people: int = 40,
    speed: float = 60,
    port: int = PORT,
    host: str = "127.0.0.1",
    folder: Path | None = None,
) -> None:
    """Play until Ctrl-C. Raises `SystemExit(2)`, after a sentence, if it cannot begin."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a name must not end the demo.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    screen = Screen(Said(spoken()))
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError), _ended_by_signals():
        if not FEWEST <= people <= MOST:
            _refuse(screen, "people-range", fewest=FEWEST, most=MOST)
        if not 1 <= speed <= FASTEST:
            _refuse(screen, "speed-range", most=FASTEST)
        screen.title()
        _begin(screen, people, speed, port, host, folder)


def _begin(
    screen: Screen, people: int, speed: float, port: int, host: str, folder: Path | None
) -> None:
    # These bring the whole product with them, which takes a moment: the title is there first.
    from bot.demo.room import NotEmpty, room

    listening = _listening(screen, host, port)
    with listening:
        try:
            with room(folder) as found:
                asyncio.run(_play(screen, found, people, speed, host, listening))
        except NotEmpty:
            _refuse(screen, "folder-used", folder=str(folder))
        except OSError as problem:
            if folder is None or isinstance(problem, BrokenPipeError):
                raise
            _refuse(screen, "folder-bad", folder=str(folder), reason=problem.strerror or "?")
    if found.faults:
        screen.say("faults", file=str(found.log))
    screen.say("ended")


def _listening(screen: Screen, host: str, port: int) -> socket:
    """The port asked for; where none was asked for, the next that is free."""
    from bot.demo.play import listen

    if not 0 <= port < PORTS:
        _refuse(screen, "no-listening", host=host, port=str(port), reason=f"0-{PORTS - 1}")
    try:
        listening = listen(host, port, NEXT_PORTS if port == PORT else 1)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            _refuse(screen, "port-taken", port=str(port))
        reason = problem.strerror or type(problem).__name__
        _refuse(screen, "no-listening", host=host, port=str(port), reason=reason)
    found = listening.getsockname()[1]
    if port not in (0, found):
        screen.say("port-moved", taken=str(port), port=str(found))
    return listening


async def _play(
    screen: Screen, room: Room, people: int, speed: float, host: str, listening: socket
) -> None:
    from bot.demo.play import address, play, time_zone

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Where there is no such thing, Ctrl-C cancels this task instead.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    base, zone = address(host, listening), time_zone()
    language = screen.said.language
    async with play(
        room.folder, people, speed, listening, base=base, language=language, zone=zone
    ) as demo:
        if not stop.is_set():
            _introduce(screen, demo, room, speed)
        # What is loaded by now stays: nobody waits while it is searched for garbage again.
        gc.collect()
        gc.freeze()
        telling = asyncio.create_task(_tell(screen, demo, ZoneInfo(zone)))
        stopping = asyncio.create_task(stop.wait())
        try:
            screen.begin()
            await asyncio.wait(
                {telling, stopping, demo.serving}, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            screen.end()
            stopping.cancel()
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await telling


def _introduce(screen: Screen, demo: Demo, room: Room, speed: float) -> None:
    town, said = demo.town, screen.said
    employee, manager = town.person(town.employee), town.person(town.manager)
    works = said.line("works-at", name=employee.name, team=employee.team, site=employee.site)
    leads = said.line("leads", name=manager.name, site=manager.site)
    # As it is set, whatever that is: a reader compares it with what they see.
    policy = demo.house.rules.policies[demo.house.rules.rollcall_severity]
    asked = policy.first_reminder // 60
    called = asked + policy.reminders * policy.remind_every // 60
    ending = said.line("end-kept", folder=str(room.folder)) if room.named else said.line("end")
    screen.introduce(
        [
            said.line(
                "made-up",
                organisation=town.organisation,
                people=len(town.entries),
                sites=town.sites,
            ),
            said.line("time", speed=_plain(speed), seconds=_plain(60 / speed)),
            said.line("patience", asked=asked, called=called),
        ],
        [
            (said.line("employee"), demo.link(town.employee), works),
            (said.line("manager"), demo.link(town.manager), leads),
            (said.line("board"), demo.board, said.line("board-of", name=manager.name)),
        ],
        [(language, demo.link(key)) for language, key in town.guests.items()],
        ending,
    )


def _plain(number: float) -> float:
    """As somebody would say it: 60 and not 60.0."""
    short = round(number, 2)
    return int(short) if short == int(short) else short


async def _tell(screen: Screen, demo: Demo, zone: ZoneInfo) -> None:
    """Look what has happened, and say so, until cancelled."""
    from bot.demo.story import Story

    house = demo.house
    words = house.texts.words(screen.said.language)
    story = Story(house.store, house.clock, words)
    pause = min(LOOK_MOST, max(LOOK, len(demo.town.entries) / LARGE))
    while True:
        lines = await story.new(demo.crowd.reminders)
        screen.tell(lines, house.clock.now().astimezone(zone))
        screen.keep_up(story.standings)
        await asyncio.sleep(pause)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM is Ctrl-C, from the first moment on."""

    def end(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _refuse(screen: Screen, key: str, **values: str | int) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.write(screen.said.line(key, **values) + "\n")
    raise SystemExit(USAGE)
