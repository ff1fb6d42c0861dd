"""What Telegram makes of markup and buttons, as strictly as Telegram does.

`Refused` carries the status and the words the platform answers with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any


class Refused(Exception):
    """The platform says no."""

    def __init__(self, status: int, words: str, **parameters: int) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.parameters = parameters


def bad(words: str) -> Refused:
    return Refused(400, f"Bad Request: {words}")


def units(text: str) -> int:
    """UTF-16 units: what lengths and offsets are counted in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_TAG = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>")
_SPELLED = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s"}
_KNOWN = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler", "span", "tg-emoji"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]+);")


@dataclass(frozen=True)
class Read:
    """A text as read: what is shown, and which stretches are styled how."""

    text: str
    entities: tuple[tuple[int, int, str], ...] = ()


def parsed(text: str, mode: str | None) -> Read:
    """The text a person will see. Raises `Refused` as the platform would."""
    if mode is None:
        return _trimmed(Read(text))
    if mode != "HTML":
        raise bad("unsupported parse_mode")
    shown: list[str] = []
    length = 0
    entities: list[tuple[int, int, str]] = []
    opened: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        letter = text[at]
        if letter == "<":
            found = _TAG.match(text, at)
            offset = len(text[:at].encode())
            if found is None:
                raise bad(f"can't parse entities: Unclosed start tag at byte offset {offset}")
            end, name = found[1], _SPELLED.get(found[2].lower(), found[2].lower())
            if name not in _KNOWN:
                raise bad(
                    f'can\'t parse entities: Unsupported start tag "{found[2]}" at byte'
                    f" offset {offset}"
                )
            if not end:
                opened.append((name, length))
            elif not opened:
                raise bad(f"can't parse entities: Unexpected end tag at byte offset {offset}")
            else:
                expected, start = opened.pop()
                if expected != name:
                    raise bad(
                        f"can't parse entities: Unmatched end tag at byte offset {offset},"
                        f' expected "</{expected}>", found "</{name}>"'
                    )
                if length > start:
                    entities.append((start, length - start, name))
            at = found.end()
            continue
        piece, at = _letter(text, at)
        shown.append(piece)
        length += units(piece)
    if opened:
        raise bad(
            "can't parse entities: Can't find end tag corresponding to start tag"
            f' "{opened[-1][0]}"'
        )
    return _trimmed(Read("".join(shown), tuple(sorted(entities))))


def _letter(text: str, at: int) -> tuple[str, int]:
    if text[at] == "&":
        found = _ENTITY.match(text, at)
        if found is not None:
            name = found[1]
            if name.startswith("#"):
                return unescape(found[0]), found.end()
            if name in _NAMED:
                return _NAMED[name], found.end()
    return text[at], at + 1


def _trimmed(read: Read) -> Read:
    """Blanks at both ends are not sent."""
    left = len(read.text) - len(read.text.lstrip())
    cut = units(read.text[:left])
    text = read.text.strip()
    longest = units(text)
    moved = [(max(0, start - cut), length, name) for start, length, name in read.entities]
    return Read(text, tuple((s, min(n, longest - s), name) for s, n, name in moved if s < longest))


@dataclass(frozen=True)
class ButtonShown:
    """One button below a message."""

    text: str
    data: str
    style: str = ""


@dataclass(frozen=True)
class Markup:
    """What came with a message besides its text."""

    rows: tuple[tuple[ButtonShown, ...], ...] = ()
    asks_place: str = ""
    """The label of a button that shares where one is."""
    removes: bool = False
    replies: bool = field(default=False)
    """True for the other kind of keyboard: such a message can never be edited."""


_BUTTON = {"text", "callback_data", "style", "url"}


def markup(given: Any, *, private: bool, editing: bool = False) -> Markup:
    """A reply markup as the platform takes it. Raises `Refused`."""
    if given is None:
        return Markup()
    if not isinstance(given, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in given:
        _only(given, {"inline_keyboard"})
        return Markup(_inline(given["inline_keyboard"]))
    if editing:
        raise bad("inline keyboard expected")
    if "keyboard" in given:
        _only(given, {"keyboard", "resize_keyboard", "one_time_keyboard", "is_persistent"})
        buttons = [button for row in given["keyboard"] for button in row]
        if not buttons:
            raise bad("reply keyboard is empty")
        for button in buttons:
            _only(button, {"text", "request_location"})
            if button.get("request_location") and not private:
                raise bad("location can be requested in private chats only")
        asks = next((b["text"] for b in buttons if b.get("request_location")), "")
        return Markup(asks_place=asks, replies=True)
    if given.get("remove_keyboard") is True:
        _only(given, {"remove_keyboard", "selective"})
        return Markup(removes=True, replies=True)
    raise bad("can't parse reply keyboard markup JSON object")


def _inline(rows: Any) -> tuple[tuple[ButtonShown, ...], ...]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse inline keyboard: Array expected")
    drawn = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if sum(map(len, drawn)) > 100 or any(len(row) > 8 for row in drawn):
        raise bad("reply markup is too long")
    return drawn


def _button(given: Any) -> ButtonShown:
    _only(given, _BUTTON)
    text = given.get("text", "")
    if not isinstance(text, str) or not text.strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    data = given.get("callback_data")
    if data is None:
        raise bad("Text buttons are unallowed in the inline keyboard")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    style = given.get("style", "")
    if style not in ("", "danger", "success", "primary"):
        raise bad("can't parse inline keyboard button: unsupported style")
    return ButtonShown(text, data, style)


def _only(given: Any, known: set[str]) -> None:
    if not isinstance(given, dict):
        raise bad("Object expected")
    for name in given:
        if name not in known:
            raise bad(f"unknown field {name}")
