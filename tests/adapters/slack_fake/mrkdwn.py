"""Slack's markup as a reader meets it: what is shown, what is linked, and who is pinged.

Rules of the room:
- Only what arrives unescaped between `<` and `>` is markup; `&amp;`, `&lt;` and `&gt;` are the
  characters themselves. Plain text objects know no markup.
- A ping is anything that makes somebody's telephone ring: a person, a group, a channel's all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_MARK = re.compile(r"<([^<>\n]+)>")
_PINGING = re.compile(r"@[UW][A-Z0-9]+|!subteam\^\w+|!(channel|here|everyone)\b")
_LINK = re.compile(
    r"(?<![\w@/|<.])(https?://[^\s<>|]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|jp|example)\b)"
)
_NAMED = {
    "🔥": ":fire:",
    "🙏": ":pray:",
    "👍": ":+1:",
    "✅": ":white_check_mark:",
    "🆘": ":sos:",
    "😀": ":grinning:",
    "😢": ":cry:",
    "❤️": ":heart:",
    "⚠️": ":warning:",
    "🚒": ":fire_engine:",
}
"""Some of the emoji that people's clients send by name."""


def escape(typed: str) -> str:
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(words: str) -> str:
    """What an app receives when somebody types `words`: escaped, links and emoji marked."""

    def link(found: re.Match[str]) -> str:
        address = found.group(1)
        if "://" in address:
            return f"<{address}>"
        return f"<{'mailto:' if '@' in address else 'http://'}{address}|{address}>"

    for emoji, name in _NAMED.items():
        words = words.replace(emoji, name)
    return _LINK.sub(link, escape(words))


def pings(text: str) -> list[str]:
    """Whom a piece of mrkdwn would ping: `@U1`, `!channel`, `!here`, `!everyone`, a group."""
    found = []
    for mark in _MARK.finditer(text):
        inside = mark.group(1).partition("|")[0]
        if _PINGING.match(inside):
            found.append(inside)
    return found


def shown(text: str) -> str:
    """What a reader sees of a piece of mrkdwn, emphasis left as it is written."""

    def show(mark: re.Match[str]) -> str:
        inside, _, label = mark.group(1).partition("|")
        if inside.startswith("!date^"):
            return label
        if inside[0] in "!@#":
            return label or ("@" + inside[1:] if inside[0] == "!" else inside)
        return label or inside

    return unescape(_MARK.sub(show, text))


def texts(value: Any) -> Iterator[tuple[str, str]]:
    """Every text in blocks, in order, as (kind, text); kind is `plain_text` or `mrkdwn`."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        kind, text = value.get("type"), value.get("text")
        if kind in ("plain_text", "mrkdwn") and isinstance(text, str):
            yield kind, text
            return
        if kind in ("text", "raw_text") and isinstance(text, str):
            yield "plain_text", text
            return
        if kind == "markdown" and isinstance(text, str):
            yield "mrkdwn", text
            return
        if kind == "image" and isinstance(value.get("alt_text"), str):
            yield "plain_text", value["alt_text"]
        for name in ("text", "title", "label", "fields", "accessory", "element", "elements"):
            if name in value:
                yield from texts(value[name])
        for name in ("hint", "placeholder", "options", "option_groups", "rows"):
            if name in value:
                yield from texts(value[name])


def rich_pings(value: Any) -> Iterator[str]:
    """Pings written as rich text elements."""
    if isinstance(value, list):
        for item in value:
            yield from rich_pings(item)
    elif isinstance(value, dict):
        if value.get("type") == "user" and "user_id" in value:
            yield f"@{value['user_id']}"
        elif value.get("type") == "broadcast" and "range" in value:
            yield f"!{value['range']}"
        elif value.get("type") == "usergroup" and "usergroup_id" in value:
            yield f"!subteam^{value['usergroup_id']}"
        for inner in value.values():
            if isinstance(inner, (list, dict)):
                yield from rich_pings(inner)
