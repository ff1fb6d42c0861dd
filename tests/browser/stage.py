"""What the browser tests play with: pages as somebody sees them, and the programs behind them.

    employee = visit(demo.employee, **PHONE)
    employee.write("There is a fire in the workshop")
    employee.tap("Where?", "North Works")
    employee.sees("Fire", "Sent to 4 people")

Rules of the room:
- Nothing sleeps: whatever must appear is waited for, for as long as a slow machine may need.
- Programs run as anybody runs them, from the outside.
- A page that complains in its console, loads from elsewhere or breaks its own policy fails the
  test.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from bot.texts import Texts

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30_000
"""Milliseconds that anything may take to appear."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 800},
    "has_touch": True,
    "is_mobile": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 720, "height": 800}}

WATCH = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy broken: ${event.violatedDirective} ${event.blockedURI}`));
"""
MARK = "window.sameAsBefore"
"""A reload would wipe it out."""

TEXTS = Texts()

expect.set_options(timeout=PATIENCE)


def say(language: str, key: str) -> str:
    """The product's own words, as the pages in `language` show them."""
    return TEXTS.words(language).say(key)


def words(text: str) -> re.Pattern[str]:
    """Finds `text` on a page, where names and numbers stand between invisible marks."""
    pieces = re.findall(r"\w+|\W", text)
    return re.compile("[\u2066-\u2069]*".join(map(re.escape, pieces)))


# --- a page ----------------------------------------------------------------------------------


@dataclass
class Chat:
    """Somebody's chat in a browser tab."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    excused: str = "(?!)"
    """Complaints that belong to the test."""

    @classmethod
    def opened(cls, page: Page, link: str) -> Chat:
        there = urlsplit(link)
        chat = cls(page, f"{there.scheme}://{there.netloc}/")
        chat._watch()
        page.goto(link)
        page.evaluate(f"{MARK} = true")
        return chat

    def again(self) -> Page:
        """Another tab of the same browser, from now on theirs."""
        self.page = self.page.context.new_page()
        self._watch()
        return self.page

    def _watch(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(WATCH)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "blob:")):
            self.complaints.append(f"loads from elsewhere: {request.url}")

    def card(self, title: str) -> Locator:
        """The newest card with this title."""
        heading = self.page.locator("h2").filter(has_text=words(title))
        return self.page.locator("#feed > .post").filter(has=heading).last

    def sees(self, title: str, *texts: str) -> Locator:
        """Waits for a card, and for all that stands on it."""
        card = self.card(title)
        expect(card).to_be_visible()
        for text in texts:
            expect(card).to_contain_text(words(text))
        return card

    def tap(self, title: str, button: str) -> None:
        self.card(title).locator("button").filter(has_text=words(button)).click()

    def write(self, text: str) -> None:
        """Type into the line at the bottom and send it."""
        self.page.locator("#text").fill(text)
        self.page.locator("#send").click()

    def hears(self, text: str) -> None:
        """Waits for the answer above the line to write in."""
        expect(self.page.locator("#notice")).to_contain_text(words(text))

    def fits(self, *widths: int) -> None:
        """Nothing is wider than the screen."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 740})
            for what in ("document.scrollingElement", "document.getElementById('scroll')"):
                wide, room = self.page.evaluate(f"[{what}.scrollWidth, {what}.clientWidth]")
                assert wide <= room, f"{what} at {width}: {wide} > {room}"

    def was_never_reloaded(self) -> None:
        """Whatever was seen since it was opened came by itself."""
        assert self.page.evaluate(MARK) is True

    def look_over(self) -> None:
        complaints = [c for c in self.complaints if not re.search(self.excused, c)]
        assert complaints == []


# --- programs --------------------------------------------------------------------------------


def environment() -> dict[str, str]:
    """Ours without what would change the product: English, and times of day as anybody's."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("RENRAKU_", "LC_", "LANGUAGE"))
    }
    return {**ours, "LANG": "en_GB.UTF-8", "TZ": "UTC", "PYTHONUNBUFFERED": "1"}


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command `renraku`, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def told(process: subprocess.Popen[str], wanted: str, count: int = 1) -> list[str]:
    """What the program prints that matches `wanted`, `count` times; the rest is read away."""
    assert process.stdout is not None
    found: list[str] = []
    said: list[str] = []
    while len(found) < count:
        line = process.stdout.readline()
        assert line, "it ended early: " + "".join(said)
        said.append(line)
        found += re.findall(wanted, line)

    def read_away() -> None:
        try:
            for _ in process.stdout or ():
                pass
        except ValueError:
            pass  # closed in the meantime

    threading.Thread(target=read_away, daemon=True).start()
    return found


@dataclass(frozen=True)
class Demo:
    """`renraku demo`, by the links it prints."""

    employee: str
    manager: str
    guests: dict[str, str]
    board: str
    """Signs the manager in, once."""

    @classmethod
    @contextmanager
    def played(cls, folder: Path, speed: float) -> Iterator[Demo]:
        with running(
            folder, "demo", "--people", "40", "--speed", str(speed), "--port", "0"
        ) as process:
            links = told(process, r"http://\S+", 7)
            guests = dict(zip(("ja", "zh-Hant", "zh-Hans", "ar"), links[3:], strict=True))
            yield cls(links[0], links[1], guests, links[2])


COMMANDS = """
import shlex, sys
from bot import cli
for line in sys.argv[1:]:
    if ended := cli.run(shlex.split(line)):
        sys.exit(ended)
"""


@dataclass(frozen=True)
class House:
    """A folder with a real Renraku in it; its server comes and goes."""

    folder: Path
    port: int

    @classmethod
    def built(cls, folder: Path) -> House:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        (folder / "config.toml").write_text(f"[web]\nport = {port}\n", encoding="utf-8")
        return cls(folder, port)

    def __call__(self, *commands: str) -> str:
        """What commands print, one after the other; in one process, which starts faster."""
        done = subprocess.run(
            [sys.executable, "-c", COMMANDS, *commands],
            cwd=self.folder,
            env={**environment(), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def served(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """A server that takes visitors."""
        with running(self.folder, "serve", *options) as process:
            told(process, rf":{self.port}")
            yield process
