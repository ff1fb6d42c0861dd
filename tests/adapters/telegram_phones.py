"""People's phones with Telegram on them, and the groups they are in.

    aiko = fake.user(7, "Aiko")
    aiko.says("fire in building B")
    aiko.taps("Cancel")
    assert aiko.messages[-1].text.startswith("Where?")

Rules of the room:
- A phone shows what a person would see: texts without markup, edits applied, deleted messages
  gone. What has left the phone waits at the platform until the bot fetches it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.adapters.telegram_markup import ButtonShown, Markup, Read

if TYPE_CHECKING:
    from tests.adapters.telegram_fake import FakeTelegram

_INVISIBLE = re.compile("[\u200e\u200f\u2066-\u2069]")
_MARK = re.compile(r"^(?:([A-Z]{1,2}) · )?(✓ )?")


def plain(text: str) -> str:
    """Text without the marks of direction."""
    return _INVISIBLE.sub("", text)


@dataclass
class Shown:
    """One message of the bot, as it stands now."""

    chat: int
    id: int
    read: Read
    markup: Markup
    silent: bool = False
    photo: bytes | None = None
    reply_to: int | None = None
    before: list[str] = field(default_factory=list)
    """What it said before each edit."""
    gone: bool = False

    @property
    def text(self) -> str:
        """What it says, without marks of direction."""
        return plain(self.read.text)

    @property
    def buttons(self) -> list[ButtonShown]:
        return [button for row in self.markup.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """The buttons' labels, in order, as they are drawn."""
        return [plain(button.text) for button in self.buttons]

    @property
    def data(self) -> list[str]:
        return [button.data for button in self.buttons]

    def find(self, wanted: str, line: str = "") -> ButtonShown | None:
        """The button with this label or data; `line`: the letter of its person's line."""
        for button in self.buttons:
            label = plain(button.text)
            mark = _MARK.match(label)
            bare = label[mark.end() :] if mark else label
            letter = mark[1] if mark else None
            if (wanted in (label, bare) and (not line or letter == line)) or wanted == button.data:
                return button
        return None


@dataclass
class Toast:
    """What a tap was answered with."""

    query: str
    text: str
    alert: bool


@dataclass
class Room:
    """A group."""

    fake: FakeTelegram
    id: int
    title: str
    kind: str = "supergroup"
    bot_is_in: bool = True
    moved_to: int | None = None

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.kind, "title": self.title}

    @property
    def messages(self) -> list[Shown]:
        return self.fake.shown(self.id)

    def adds_the_bot(self, by: Phone) -> None:
        self.bot_is_in = True
        self._member(by, "left", "member")

    def throws_the_bot_out(self, by: Phone) -> None:
        self.bot_is_in = False
        self._member(by, "member", "kicked")

    def moves_to(self, new: int, *, told: bool = True) -> Room:
        """It becomes a supergroup with a new id; `told`: the bot hears of it by a message."""
        self.moved_to = new
        other = self.fake.group(new, self.title)
        if told:
            message = self.fake.message(self.chat, None, {"migrate_to_chat_id": new})
            self.fake.updates.add("message", message)
        return other

    def _member(self, by: Phone, before: str, now: str) -> None:
        self.fake.updates.add("my_chat_member", self.fake.membership(self.chat, by, before, now))


@dataclass
class Phone:
    """One person's phone."""

    fake: FakeTelegram
    id: int
    name: str
    language: str = "en"
    started: bool = True
    blocked: bool = False
    deactivated: bool = False
    is_bot: bool = False
    toasts: list[Toast] = field(default_factory=list)
    keyboard: str = ""
    """The label of the button for sharing a place, while it is shown."""

    # --- what it shows ---------------------------------------------------------------------

    @property
    def messages(self) -> list[Shown]:
        """What the bot has said to this person, oldest first."""
        return self.fake.shown(self.id)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def last(self) -> Shown:
        return self.messages[-1]

    @property
    def toast(self) -> Toast | None:
        """The last answer to a tap."""
        return self.toasts[-1] if self.toasts else None

    @property
    def user(self) -> dict[str, Any]:
        found = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        return found | ({"language_code": self.language} if self.language else {})

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}

    # --- what its owner does -----------------------------------------------------------------

    def starts(self, code: str = "") -> int:
        """Opens the chat, by an invitation's link where there is a code."""
        self.started, self.blocked = True, False
        return self.says(f"/start {code}".rstrip())

    def says(self, text: str, *, at: Room | None = None) -> int:
        """Writes; returns the message's id."""
        return self.sends({"text": text}, at=at)

    def sends(self, content: dict[str, Any], *, at: Room | None = None) -> int:
        """Sends a message with any content the platform knows."""
        if at is None:
            self.started = True
        message = self.fake.message(at.chat if at else self.chat, self, content)
        self.fake.updates.add("message", message)
        number: int = message["message_id"]
        return number

    def sends_photo(self, content: bytes, caption: str = "", *, album: str = "") -> int:
        """Sends a photo in the sizes the platform makes of it."""
        small = self.fake.files.keep(b"small " + content[:50], "photos")
        large = self.fake.files.keep(content, "photos")
        sizes = [
            {
                "file_id": file,
                "file_unique_id": f"u{file}",
                "width": edge,
                "height": edge,
                "file_size": self.fake.files.size(file),
            }
            for file, edge in ((large, 1280), (small, 90))
        ]
        more = {"caption": caption} if caption else {}
        if album:
            more["media_group_id"] = album
        return self.sends({"photo": sizes, **more})

    def sends_file(self, content: bytes, kind: str = "image/png", caption: str = "") -> int:
        """Sends a file as it is."""
        file = self.fake.files.keep(content, "documents")
        document = {
            "file_id": file,
            "file_unique_id": f"u{file}",
            "mime_type": kind,
            "file_size": self.fake.files.size(file),
        }
        return self.sends({"document": document, **({"caption": caption} if caption else {})})

    def sends_voice(self, caption: str = "") -> int:
        voice = {"file_id": "voice-1", "file_unique_id": "uvoice", "duration": 3}
        return self.sends({"voice": voice, **({"caption": caption} if caption else {})})

    def shares(self, latitude: float, longitude: float) -> int:
        """Shares where they are; a keyboard for one time hides itself."""
        return self.sends({"location": {"latitude": latitude, "longitude": longitude}})

    def edits(self, text: str, message: int) -> None:
        """Changes what they wrote before."""
        edited = self.fake.message(self.chat, self, {"text": text}) | {
            "message_id": message,
            "edit_date": int(self.fake.clock.now().timestamp()),
        }
        self.fake.updates.add("edited_message", edited)

    def taps(
        self, wanted: str, *, line: str = "", on: Shown | None = None, at: Room | None = None
    ) -> str:
        """Taps a button by its label or data, on the newest message that has it; returns the
        query's id."""
        shown = [on] if on is not None else list(reversed((at or self).messages))
        for message in shown:
            button = message.find(wanted, line)
            if button is not None:
                return self.taps_data(button.data, message)
        offered = [label for message in shown for label in message.labels]
        raise AssertionError(f"no button {wanted!r} on {self.name}'s phone, only {offered}")

    def taps_data(self, data: str, message: Shown) -> str:
        """Sends a tap, whether or not there is such a button (any more)."""
        return self.fake.tapped(self, data, message)

    def blocks(self) -> None:
        self.blocked = True
        change = self.fake.membership(self.chat, self, "member", "kicked")
        self.fake.updates.add("my_chat_member", change)

    def unblocks(self) -> None:
        self.blocked = False
        change = self.fake.membership(self.chat, self, "kicked", "member")
        self.fake.updates.add("my_chat_member", change)
