"""The system's own chromium, and pages in it that may not complain.

One browser serves the tests of a module. It is closed with the last of them, because the loop that
drives it keeps other tests of the same process from running theirs.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.stage import Chat, Demo

NAMES = ("chromium", "chromium-browser", "google-chrome")

Play = Callable[[float], Demo]
Visit = Callable[..., Chat]


def no_chromium() -> None:
    """A loud skip, or a failure where everything has to run."""
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail("chromium is needed here: apt-get install chromium", pytrace=False)
    pytest.skip("NO CHROMIUM, the pages are untested: apt-get install chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        no_chromium()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def programs() -> Iterator[ExitStack]:
    """What runs behind the pages; it ends after they are closed, or they would complain."""
    with ExitStack() as running:
        yield running


@pytest.fixture
def play(programs: ExitStack, tmp_path: Path) -> Play:
    """Starts a demo of this test's own: `demo = play(speed=20)`."""
    return lambda speed: programs.enter_context(Demo.played(tmp_path, speed))


@pytest.fixture
def visit(chromium: Browser, programs: ExitStack) -> Iterator[Visit]:
    """Opens somebody's page in a browser profile of its own: `visit(link, **PHONE)`."""
    chats: list[Chat] = []
    contexts = []

    def open_(link: str, **look: Any) -> Chat:
        contexts.append(chromium.new_context(**{"locale": "en-GB", **look}))
        chats.append(Chat.opened(contexts[-1].new_page(), link))
        return chats[-1]

    yield open_
    for context in contexts:
        context.close()
    for chat in chats:
        chat.look_over()
