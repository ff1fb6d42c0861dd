"""Messages as they stand in a room: posted, edited, deleted, shown to one person alone.

Rules of the room:
- A message remembers every version of itself; what it shows is its last.
- Blocks get the ids the platform would give them, where the app gave none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import filling, mrkdwn
from .screens import Screen
from .workspace import APP, BOT, BOT_USER, JSON, TEAM, Room, Workspace


def completed(blocks: list[Any], workspace: Workspace, *, spelt_out: bool = True) -> list[JSON]:
    """Blocks as the platform keeps them: with ids everywhere, and defaults spelt out."""

    def complete(value: Any) -> Any:
        if isinstance(value, list):
            return [complete(item) for item in value]
        if not isinstance(value, dict):
            return value
        done = {name: complete(inner) for name, inner in value.items()}
        if done.get("type") == "plain_text":
            done.setdefault("emoji", True)
        elif done.get("type") == "mrkdwn":
            done.setdefault("verbatim", False)
        return done

    kept: list[JSON] = []
    for block in blocks:
        block = complete(block) if spelt_out else dict(block)
        if not block.get("block_id"):
            block["block_id"] = workspace.new("b").lower()
        places = [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]
        for element in places:
            passive = ("image", "plain_text", "mrkdwn")
            if isinstance(element, dict) and element.get("type") not in passive:
                if str(element.get("type")).startswith("rich_text_") and "label" not in block:
                    continue
                element.setdefault("action_id", workspace.new("a").lower())
        kept.append(block)
    return kept


@dataclass(slots=True)
class Version:
    """What a message said from some moment on."""

    text: str
    blocks: list[JSON]
    ts: str


@dataclass(slots=True, eq=False)
class Message(Screen):
    """One message in a room. `only` is the one person who sees an ephemeral one."""

    room: Room
    ts: str
    user: str
    text: str
    blocks: list[JSON] = field(default_factory=list)
    only: str = ""
    thread: str = ""
    parent: str = ""
    """Who began the thread."""
    files: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    metadata: JSON | None = None
    rings_names: bool = False
    """Posted with `link_names` or `parse=full`: plain `@channel` rings too."""
    edited: str = ""
    deleted: bool = False
    versions: list[Version] = field(default_factory=list)
    state: dict[str, dict[str, JSON]] = field(default_factory=dict)
    client_msg_id: str = ""

    def __post_init__(self) -> None:
        self.versions.append(Version(self.text, self.blocks, self.ts))

    @property
    def by_bot(self) -> bool:
        return self.user == BOT_USER

    @property
    def ephemeral(self) -> bool:
        return bool(self.only)

    @property
    def pings(self) -> list[str]:
        """Whose telephones it rings, as written: `!channel`, `@U123`; of every version."""
        found: list[str] = []
        for version in self.versions:
            for kind, text in [("mrkdwn", version.text), *mrkdwn.texts(version.blocks)]:
                if kind == "mrkdwn":
                    found += mrkdwn.pings(text)
                if self.rings_names:
                    found += [w for w in ("@channel", "@here", "@everyone") if w in text]
            found += mrkdwn.rich_pings(version.blocks)
        return list(dict.fromkeys(found))

    @property
    def shown(self) -> str:
        """What a reader sees: the blocks where there are any, otherwise the text."""
        return Screen.words(self) if self.blocks else mrkdwn.shown(self.text)

    def values(self) -> dict[str, dict[str, JSON]]:
        """What stands in its menus and fields, untouched ones included."""
        found: dict[str, dict[str, JSON]] = {}
        for shown in self.elements():
            if shown.kind not in filling.STATELESS:
                kept = self.state.get(shown.block_id, {}).get(shown.action_id)
                first = filling.at_first(shown.element)
                found.setdefault(shown.block_id, {})[shown.action_id] = kept or first
        return found

    @property
    def posted(self) -> Version:
        return self.versions[0]

    def change(self, text: str, blocks: list[JSON], ts: str) -> None:
        # Whoever edits with blocks is not shown as having edited.
        self.text, self.blocks = text, blocks
        self.edited = "" if self.by_bot and blocks else ts
        self.versions.append(Version(text, blocks, ts))
        ids = {block["block_id"] for block in blocks}
        self.state = {name: values for name, values in self.state.items() if name in ids}

    def as_json(self) -> JSON:
        """As the platform shows it to an app."""
        shown: JSON = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": TEAM,
        }
        if self.by_bot:
            shown |= {
                "bot_id": BOT,
                "app_id": APP,
                "bot_profile": {
                    "id": BOT,
                    "app_id": APP,
                    "user_id": BOT_USER,
                    "name": "Renraku",
                    "icons": {"image_36": "https://files.example/36.png"},
                    "deleted": False,
                    "updated": 0,
                    "team_id": TEAM,
                },
            }
        if self.client_msg_id:
            shown["client_msg_id"] = self.client_msg_id
        if self.blocks:
            shown["blocks"] = self.blocks
        if self.attachments:
            shown["attachments"] = self.attachments
        if self.files:
            shown["files"] = self.files
            shown["upload"] = False
        if self.metadata:
            shown["metadata"] = self.metadata
        if self.edited:
            shown["edited"] = {"user": self.user, "ts": self.edited}
        if self.thread:
            shown["thread_ts"] = self.thread
            shown["parent_user_id"] = self.parent
        return shown


class Letters:
    """All messages, by room and timestamp, and who is told of them."""

    def __init__(self, workspace: Workspace, completed: Callable[[list[Any]], list[JSON]]) -> None:
        self._workspace = workspace
        self._completed = completed
        self.all: list[Message] = []
        self._by_place: dict[tuple[str, str], Message] = {}
        self._by_room: dict[str, list[Message]] = {}

    def post(self, room: Room, user: str, text: str, blocks: list[Any], **more: Any) -> Message:
        kept = self._completed(blocks)
        message = Message(room, self._workspace.ts(), user, text, kept, **more)
        self.all.append(message)
        self._by_place[room.id, message.ts] = message
        self._by_room.setdefault(room.id, []).append(message)
        return message

    def find(self, room: str, ts: str) -> Message | None:
        return self._by_place.get((room, ts))

    def author(self, room: str, ts: str) -> str:
        found = self.find(room, ts)
        return found.user if found else ""

    def seen_by(self, user: str) -> list[Message]:
        """What somebody's client shows, oldest first."""
        rooms = self._workspace.rooms_of(user)
        found = [
            message
            for room in rooms
            for message in self._by_room.get(room.id, ())
            if not message.deleted and message.only in ("", user)
        ]
        return sorted(found, key=lambda m: m.ts)

    def clear(self) -> None:
        """Forget everything said: for benches."""
        self.all.clear()
        self._by_place.clear()
        self._by_room.clear()
