"""What Telegram refuses, in the words of `bot.channels`.

Rules of the room:
- A refusal is known by a few words of Telegram's own; these words are compared here, and are
  never written into a log: some quote what somebody wrote.
- What nobody knows is the network's fault until proven otherwise: it is tried again.
"""

from __future__ import annotations

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from adapters.telegram.transport import TooFast
from bot.channels import Closed, Gone, Paced, Temporary

_FORBIDDEN = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("initiate conversation", "never-started"),
    ("was kicked", "thrown-out"),
    ("not a member", "thrown-out"),
)
_UNKNOWN = (
    ("chat not found", "unknown"),
    ("user not found", "unknown"),
    ("peer_id_invalid", "unknown"),
    ("chat_id is empty", "unknown"),
    ("user is deactivated", "deactivated"),
    ("group chat was deactivated", "deactivated"),
    ("not enough rights to send", "forbidden"),
    ("have no rights to send", "forbidden"),
    ("chat_write_forbidden", "forbidden"),
    ("chat_restricted", "forbidden"),
    ("topic_closed", "forbidden"),
)
_NOTHING_TO_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to be replied not found",
)
_UNCHANGED = "message is not modified"


def meant(problem: TelegramError, lane: str = "") -> Exception | None:
    """The failure a channel may raise for it; `None`: the request itself was refused.

    `lane` is the narrow lane that "too fast" concerns; empty for the whole token.
    """
    said = problem.message.casefold()
    match problem:
        case TooFast(seconds=seconds):
            return Paced(seconds, lane)
        case Forbidden():
            why = next((why for words, why in _FORBIDDEN if words in said), "forbidden")
            return Gone(why)
        case InvalidToken():
            return Closed("token")
        case BadRequest():
            known = next((why for words, why in _UNKNOWN if words in said), None)
            return Gone(known) if known else None
        case ChatMigrated() | Conflict():
            return Temporary(type(problem).__name__)
    return Temporary(type(problem).__name__)


def unchanged(problem: TelegramError) -> bool:
    """The message says already what it shall say."""
    return isinstance(problem, BadRequest) and _UNCHANGED in problem.message.casefold()


def beyond_edit(problem: TelegramError) -> bool:
    """The message is gone or too old: no edit will ever reach it."""
    said = problem.message.casefold()
    return isinstance(problem, BadRequest) and any(words in said for words in _NOTHING_TO_EDIT)


def too_old(problem: TelegramError) -> bool:
    """A tap that Telegram no longer waits for."""
    said = problem.message.casefold()
    return isinstance(problem, BadRequest) and ("query is too old" in said or "query id" in said)
