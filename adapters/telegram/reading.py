"""From an update as it came to what it means.

Rules of the room:
- Only the few fields that are used are looked at, and each is checked: whatever else Telegram
  adds to a message one day cannot make it unreadable. What lacks a needed field is `Malformed`.
- In a group only what is meant for the bot is read: a command, a tap. The rest is not ours.
- Bots and channels are nobody.
- The id of a message is made of its chat and number, so that an edit can name it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.telegram.given import CHANNEL
from bot.events import Departed, Edited, Located, Sender, Tapped, Wrote

LARGEST = 20_000_000
"""Bytes of a file that Telegram lets bots fetch."""
_OTHER = frozenset(
    [
        "animation",
        "audio",
        "checklist",
        "contact",
        "dice",
        "document",
        "game",
        "live_photo",
        "paid_media",
        "poll",
        "sticker",
        "story",
        "video",
        "video_note",
        "voice",
    ]
)
"""What people can send that we cannot read."""
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,64}))?(?:\s+(.*))?\Z", re.DOTALL)
_BARE_IN_GROUPS = frozenset({"report", "safe", "sos", "status", "rollcall"})
"""Ours even without our name behind it; /start and /help are every bot's."""
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GONE = frozenset({"kicked", "left"})


class Malformed(Exception):
    """An update that cannot be read, now or ever."""


@dataclass(frozen=True, slots=True)
class From:
    """Who sent an update, and where they are spoken to."""

    id: int
    chat: int
    private: bool
    language: str = ""
    """As Telegram says it: "zh-hant", "en"; empty where it says nothing."""

    @property
    def sender(self) -> Sender:
        return Sender(CHANNEL, str(self.id))


@dataclass(frozen=True, slots=True)
class Said:
    """An event that is whole as it is."""

    by: From
    event: Wrote | Located | Edited


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap, to be answered under `query`."""

    by: From
    query: str
    event: Tapped | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture still at Telegram; `size` in bytes, 0 where it is not said."""

    by: From
    id: str
    file: str = field(repr=False)
    size: int = 0
    caption: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Start:
    """`/start`, with the code of an invitation where there is one."""

    by: From
    id: str
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something we cannot read, such as a voice message; its caption may be an event."""

    by: From
    said: Wrote | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody blocked the bot, or took it back."""

    by: From
    event: Departed


@dataclass(frozen=True, slots=True)
class Room:
    """The bot came into a group, or went."""

    chat: int
    present: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has another id from now on."""

    old: int
    new: int


Read = Said | Tap | Picture | Start | Unreadable | Member | Room | Moved


def number(update: Any) -> int:
    """The update's own number; raises `Malformed` where it has none."""
    return _whole(_mapping(update), "update_id")


def read(update: Any, name: str) -> Read | None:
    """What an update means to the bot called `name`; `None`: it is not for us.

    Raises `Malformed`.
    """
    found = _mapping(update)
    if "message" in found:
        return _message(_mapping(found["message"]), name)
    if "edited_message" in found:
        return _edited(_mapping(found["edited_message"]), number(update))
    if "callback_query" in found:
        return _tap(_mapping(found["callback_query"]))
    if "my_chat_member" in found:
        return _member(_mapping(found["my_chat_member"]))
    return None


def key_of(read: Read) -> object:
    """Whose turn it is: what has the same key is done in the order it came."""
    return (
        read.chat
        if isinstance(read, Room)
        else read.old
        if isinstance(read, Moved)
        else (read.by.id)
    )


# --- messages ------------------------------------------------------------------------------


def _message(message: Mapping[str, Any], name: str) -> Read | None:
    chat = _mapping(message.get("chat"))
    if "migrate_to_chat_id" in message:
        return Moved(_whole(chat, "id"), _whole(message, "migrate_to_chat_id"))
    by = _from(message, chat)
    if by is None:
        return None
    id_ = f"{CHANNEL}:{by.chat}:{_whole(message, 'message_id')}"
    text = _text(message, "text")
    if text.startswith("/"):
        return _command(by, id_, text, name)
    if not by.private:
        return None
    if text:
        return Said(by, Wrote(id_, by.sender, text))
    if "location" in message:
        spot = _mapping(message["location"])
        latitude, longitude = _degrees(spot, "latitude"), _degrees(spot, "longitude")
        return Said(by, Located(id_, by.sender, latitude, longitude))
    return _handed_over(by, id_, message)


def _command(by: From, id_: str, text: str, name: str) -> Read | None:
    """`/report@our_bot words` is `report words`: the house knows what it means."""
    found = _COMMAND.match(text)
    if found is None:
        # "/ fire", or a path: words like any others.
        return Said(by, Wrote(id_, by.sender, text)) if by.private else None
    command, meant, rest = found[1].casefold(), found[2] or "", (found[3] or "").strip()
    if meant and name and meant.casefold() != name.casefold():
        return None
    if not by.private and not meant and command not in _BARE_IN_GROUPS:
        return None
    if command == "start" and by.private:
        return Start(by, id_, rest if _CODE.fullmatch(rest) else "")
    if command == "stop" and not by.private:
        return None
    if command == "stop":
        # Every bot's word for "no more messages"; typed without a stroke it leaves a form.
        command = "unlink"
    words = f"{command.replace('_', ' ')} {rest}".strip()
    return Said(by, Wrote(id_, by.sender, words))


def _handed_over(by: From, id_: str, message: Mapping[str, Any]) -> Read | None:
    caption = _text(message, "caption")
    sizes = message.get("photo")
    if isinstance(sizes, list) and sizes:
        best = _largest([_mapping(size) for size in sizes])
        return Picture(by, id_, _string(best, "file_id"), _size(best), caption)
    document = message.get("document")
    if isinstance(document, Mapping) and _text(document, "mime_type").startswith("image/"):
        return Picture(by, id_, _string(document, "file_id"), _size(document), caption)
    if _OTHER & message.keys():
        return Unreadable(by, Wrote(id_, by.sender, caption) if caption else None)
    return None


def _largest(sizes: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The largest one that can be fetched, else the smallest one."""

    def area(size: Mapping[str, Any]) -> int:
        return int(size.get("width") or 0) * int(size.get("height") or 0)

    small_enough = [size for size in sizes if _size(size) <= LARGEST]
    return max(small_enough, key=area) if small_enough else min(sizes, key=_size)


def _edited(message: Mapping[str, Any], update: int) -> Read | None:
    by = _from(message, _mapping(message.get("chat")))
    if by is None or not by.private or "location" in message:
        return None  # somebody's place that moves on is no edit
    text = _text(message, "text") or _text(message, "caption")
    if not text:
        return None
    id_ = f"{CHANNEL}:{by.chat}:{_whole(message, 'message_id')}"
    # Edited twice within a second, it differs by nothing but the number of the update.
    return Said(by, Edited(f"{id_}:edit:{update}", by.sender, id_, text))


# --- taps and members ----------------------------------------------------------------------


def _tap(query: Mapping[str, Any]) -> Read | None:
    user = _mapping(query.get("from"))
    id_ = _string(query, "id")
    message = query.get("message")
    user_id = _whole(user, "id")
    if user.get("is_bot"):
        return None
    chat = user_id
    if isinstance(message, Mapping):
        chat = _whole(_mapping(message.get("chat")), "id")
    by = From(user_id, chat, chat == user_id, _text(user, "language_code"))
    data = _text(query, "data")
    event = Tapped(f"{CHANNEL}:tap:{id_}", by.sender, data) if data else None
    return Tap(by, id_, event)


def _member(change: Mapping[str, Any]) -> Read | None:
    chat = _mapping(change.get("chat"))
    now = _string(_mapping(change.get("new_chat_member")), "status")
    before = _text(_mapping(change.get("old_chat_member") or {}), "status")
    if chat.get("type") == "private":
        user = _mapping(change.get("from"))
        by = From(_whole(user, "id"), _whole(chat, "id"), True, _text(user, "language_code"))
        id_ = f"{CHANNEL}:member:{by.id}:{_whole(change, 'date')}:{now}"
        return Member(by, Departed(id_, by.sender, "blocked", back=now not in _GONE))
    if chat.get("type") in ("group", "supergroup"):
        present = now not in _GONE
        return Room(_whole(chat, "id"), present) if present != (before not in _GONE) else None
    return None


# --- fields --------------------------------------------------------------------------------


def _from(message: Mapping[str, Any], chat: Mapping[str, Any]) -> From | None:
    """Who wrote a message; `None` for channels, bots and those who hide behind a chat."""
    kind, chat_id = _string(chat, "type"), _whole(chat, "id")
    if kind not in ("private", "group", "supergroup") or "from" not in message:
        return None
    user = _mapping(message["from"])
    if user.get("is_bot") or "sender_chat" in message:
        return None
    return From(_whole(user, "id"), chat_id, kind == "private", _text(user, "language_code"))


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Malformed
    return value


def _whole(found: Mapping[str, Any], key: str) -> int:
    value = found.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed
    return value


def _string(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    if not isinstance(value, str) or not value:
        raise Malformed
    return value


def _text(found: Mapping[str, Any], key: str) -> str:
    """A text that may be missing."""
    value = found.get(key, "")
    if not isinstance(value, str):
        raise Malformed
    return value


def _size(found: Mapping[str, Any]) -> int:
    value = found.get("file_size", 0)
    return value if isinstance(value, int) and value > 0 else 0


def _degrees(found: Mapping[str, Any], key: str) -> float:
    value = found.get(key)
    if not isinstance(value, int | float) or not -180 <= value <= 180:
        raise Malformed
    return float(value)
