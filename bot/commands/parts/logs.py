"""The log: one line an event on standard error, with ids, never texts, tokens or addresses.

Rules of the room:
- Of an exception the log tells its kind and where it was raised. Its words are left out: they
  may quote what somebody wrote, or a parameter of a statement.
- Libraries are heard from warnings on, and only by the pattern of what they say.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.config.sections import Log

ROOT = Path(__file__).parents[3]
OURS = ("bot", "adapters", "storage")
FRAMES = 8
"""How many places of a fault are told, the innermost last."""

SILENT = logging.CRITICAL + 10


def for_server(log: Log) -> None:
    """As the settings say."""
    _set_up(logging.getLevelName(log.level.upper()), as_json=log.as_json)


def for_command(*, debug: bool) -> None:
    """Silent, since a command says what matters in a sentence; with `debug`, everything."""
    _set_up(logging.DEBUG if debug else SILENT, as_json=False)


def _set_up(level: int, *, as_json: bool) -> None:
    import structlog

    draw: Any = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False)
    if as_json:
        draw = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            draw,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(min(level, logging.CRITICAL)),
        logger_factory=_Quiet if level > logging.CRITICAL else _to_stderr,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, _Relay)]:
        root.removeHandler(handler)
    root.addHandler(_Relay(level))
    root.setLevel(max(level, logging.WARNING))
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def _to_stderr(*_args: Any) -> Any:
    import structlog

    return structlog.PrintLogger(sys.stderr)


class _Quiet:
    """A logger that says nothing."""

    def __init__(self, *_args: Any) -> None:
        pass

    def msg(self, _message: str) -> None:
        pass

    log = debug = info = warning = warn = error = critical = fatal = exception = msg


class _Relay(logging.Handler):
    """What is written to the standard library's log, in our words."""

    def emit(self, record: logging.LogRecord) -> None:
        import structlog

        ours = record.name.partition(".")[0] in OURS
        if not ours and record.levelno < logging.WARNING:
            return  # a library that has set its own level
        said = record.getMessage() if ours else str(record.msg)
        more: dict[str, Any] = {"exc_info": record.exc_info} if record.exc_info else {}
        structlog.get_logger(record.name).log(record.levelno, said, logger=record.name, **more)


def without_words(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """An exception as its kind and places, for structlog."""
    found = event.pop("exc_info", None)
    if not found:
        return event
    if found is True:
        found = sys.exc_info()
    fault = found[1] if isinstance(found, tuple) else found
    if isinstance(fault, BaseException):
        event["fault"] = kind(fault)
        event["at"] = " > ".join(places(fault.__traceback__))
    return event


def kind(fault: BaseException) -> str:
    """What an exception is, with what it came from: "CouldNotSave from OperationalError"."""
    names = [type(fault).__name__]
    while len(names) < FRAMES and (fault.__cause__ or fault.__context__) is not None:
        fault = fault.__cause__ or fault.__context__  # type: ignore[assignment]
        names.append(type(fault).__name__)
    return " from ".join(names)


def places(trace: TracebackType | None) -> list[str]:
    """Where an exception passed through, as file, line and function; the innermost last."""
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(name: str) -> str:
    path = Path(name)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])
