"""Somebody's chat on one platform, the same to use whichever it is.

Rules of the room:
- A handset does only what its owner could do on the real platform: tap what is shown, type, wait.
- `heard` counts messages by what they said when they came; `text` is what one says now.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.adapters import slack_fake, telegram_phones
from tests.adapters.slack_fake import screens
from tests.scenarios.phones import plain

if TYPE_CHECKING:
    from tests.scenarios.platforms import City


@dataclass(frozen=True)
class Seen:
    """One message of the bot as it stands now."""

    text: str
    posted: str
    labels: list[str]
    edits: int
    raw: Any = field(repr=False)


class Handset(ABC):
    """One person's chat with the bot."""

    channel: str

    def __init__(self, city: City, name: str) -> None:
        self.city = city
        self.name = name

    @property
    @abstractmethod
    def messages(self) -> list[Seen]:
        """What the bot has said, oldest first."""

    @property
    @abstractmethod
    def lines(self) -> list[str]:
        """What taps and commands were answered with, beside the messages."""

    @property
    @abstractmethod
    def unreachable(self) -> bool:
        """True if the bot can change nothing here any more."""

    @abstractmethod
    def by_reference(self, reference: str) -> Seen | None:
        """The message the house knows by this."""

    @abstractmethod
    async def taps(self, label: str, on: Seen | None = None) -> None:
        """Tap a button, of the newest message that has it."""

    @abstractmethod
    async def forges(self, button: str) -> None:
        """Send the id of a button as if it stood on the newest message."""

    @abstractmethod
    async def says(self, words: str) -> Any:
        """Type a line."""

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    def heard(self, *words: str) -> int:
        """How many messages said all this when they came."""
        return sum(all(w in message.posted for w in words) for message in self.messages)

    def sees(self, *words: str) -> Seen | None:
        """The newest message that says all this now."""
        fitting = (m for m in reversed(self.messages) if all(w in m.text for w in words))
        return next(fitting, None)

    async def hears(self, *words: str) -> Seen:
        """The same, waited for."""
        await self.city.until(lambda: self.sees(*words), f"{words} for {self.name}")
        found = self.sees(*words)
        assert found is not None
        return found

    async def told(self, words: str) -> None:
        """A tap or a command is answered with these words."""
        await self.city.until(
            lambda: any(words in line for line in self.lines[-3:]),
            f"the answer {words!r} for {self.name}, who was told {self.lines[-3:]},",
        )


class OnSlack(Handset):
    """Somebody's Slack."""

    channel = "slack"

    def __init__(self, city: City, name: str, phone: slack_fake.Phone) -> None:
        super().__init__(city, name)
        self.phone = phone

    @staticmethod
    def _seen(message: slack_fake.Message) -> Seen:
        first = screens.Old(message.versions[0].blocks).words()
        return Seen(
            plain(message.shown),
            plain(first or message.versions[0].text),
            [plain(label) for label in message.labels],
            len(message.versions) - 1,
            message,
        )

    @property
    def messages(self) -> list[Seen]:
        return [self._seen(m) for m in self.phone.received if m.room.kind == "im" and not m.only]

    @property
    def lines(self) -> list[str]:
        return [plain(m.shown) for m in self.phone.received if m.only]

    @property
    def unreachable(self) -> bool:
        platform = self.city.at_slack
        return bool(platform.dead) or platform.workspace.users[self.phone.id].deleted

    def by_reference(self, reference: str) -> Seen | None:
        room, _, ts = reference.partition(":")
        return next(
            (m for m in self.messages if (m.raw.room.id, m.raw.ts) == (room, ts)),
            None,
        )

    async def taps(self, label: str, on: Seen | None = None) -> None:
        if on is None:
            await self.phone.taps(self._drawn(label))
        else:
            await self.phone.taps(self._drawn(label, on), on.raw)
        await self.city.settle()

    def _drawn(self, label: str, on: Seen | None = None) -> str:
        """The label as it is written, with the marks that isolate names."""
        shown = [on.raw] if on else [*reversed(self.phone.modals), *reversed(self.phone.received)]
        for screen in shown:
            for written in screen.labels:
                if label in (written, plain(written), plain(written).removeprefix("✓ ")):
                    return str(written)
        return label

    async def forges(self, button: str) -> None:
        action = {"action_id": "forged", "block_id": "b", "type": "button", "value": button}
        newest = self.phone.received[-1] if self.phone.received else None
        shown = screens.Shown({"block_id": "b"}, {**action})
        assert newest is not None, f"{self.name} has no message to send this from"
        told = {"type": "button", "value": button, "text": {"type": "plain_text", "text": "?"}}
        await self.phone._acts(newest, shown, told, True)
        await self.city.settle()

    async def says(self, words: str) -> slack_fake.Message:
        said = await self.phone.says(words)
        await self.city.settle()
        return said

    async def fills(self, answers: Mapping[str, str]) -> screens.Screen | None:
        """Fill in page after page, as far as these answers go; returns the page that is left."""
        left = dict(answers)
        while left:
            page = await self.phone.gets_modal()
            asked = {e.block_id for e in page.elements() if e.kind != "button"} & set(left)
            assert asked, f"{sorted(left)} is not asked on this page:\n{page.words()}"
            await self.phone.fills({name: left.pop(name) for name in asked})
            await self.phone.submits()
            assert not page.errors, page.errors
            await self.city.settle()
        return self.phone.modal

    async def runs(self, line: str) -> None:
        """Type a slash command."""
        await self.phone.runs(line)
        await self.city.settle()


class OnTelegram(Handset):
    """Somebody's Telegram."""

    channel = "telegram"

    def __init__(self, city: City, name: str, phone: telegram_phones.Phone) -> None:
        super().__init__(city, name)
        self.phone = phone

    @staticmethod
    def _seen(message: telegram_phones.Shown) -> Seen:
        posted = message.before[0] if message.before else message.text
        return Seen(message.text, posted, message.labels, len(message.before), message)

    @property
    def messages(self) -> list[Seen]:
        return [self._seen(message) for message in self.phone.messages]

    @property
    def lines(self) -> list[str]:
        return [plain(toast.text) for toast in self.phone.toasts]

    @property
    def unreachable(self) -> bool:
        return self.phone.blocked or self.phone.deactivated

    def by_reference(self, reference: str) -> Seen | None:
        chat, _, message = reference.partition(":")
        return next(
            (m for m in self.messages if (m.raw.chat, m.raw.id) == (int(chat), int(message))),
            None,
        )

    async def taps(self, label: str, on: Seen | None = None) -> None:
        self.phone.taps(label, on=on.raw if on else None)
        await self.city.settle()

    async def forges(self, button: str) -> None:
        self.phone.taps_data(button, self.phone.last)
        await self.city.settle()

    async def says(self, words: str) -> int:
        said = self.phone.says(words)
        await self.city.settle()
        return said
