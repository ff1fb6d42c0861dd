"""Where a demo works: a folder of its own, with its log in it.

Rules of the room:
- A folder that was named stays; any other is removed in the end, unless the log tells of
  something that went wrong.
- The log goes to a file, so that the terminal stays calm.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import structlog

from bot.commands.parts.logs import without_words

LOG = "renraku.log"


class NotEmpty(Exception):
    """The folder that was named holds something already."""


@dataclass(slots=True)
class Room:
    """A folder, whether it was named, and how many faults its log tells of."""

    folder: Path
    named: bool
    faults: int = 0

    @property
    def log(self) -> Path:
        return self.folder / LOG

    def note(
        self, _logger: Any, method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """Count a fault on its way into the log."""
        self.faults += method in ("error", "critical", "exception")
        return event


@contextmanager
def room(given: Path | None) -> Iterator[Room]:
    """A folder to work in. Raises `NotEmpty`, or `OSError` where there can be none."""
    if given is None:
        found = Room(Path(tempfile.mkdtemp(prefix="renraku-demo-")), named=False)
    else:
        given.mkdir(parents=True, exist_ok=True)
        if any(given.iterdir()):
            raise NotEmpty(str(given))
        found = Room(given.absolute(), named=True)
    try:
        with found.log.open("w", encoding="utf-8") as file, _logging_to(file, found):
            yield found
    finally:
        if not found.named and not found.faults:
            shutil.rmtree(found.folder, ignore_errors=True)


@contextmanager
def _logging_to(file: TextIO, room: Room) -> Iterator[None]:
    """Both logs of the process, for as long as the demo runs."""
    before = structlog.get_config() if structlog.is_configured() else None
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            room.note,
            without_words,
            structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "event")),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(file)
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        with contextlib.suppress(ValueError):
            handler.flush()
        if before is None:
            structlog.reset_defaults()
        else:
            structlog.configure(**before)
