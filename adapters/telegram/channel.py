"""Telegram as a channel: cards become messages, and edits of them.

Rules of the room:
- `deliver` returns the reference `<chat>:<message>`; nobody else reads it.
- A card that Telegram will not take as it is drawn goes out plain rather than not at all.
- Pictures and the button for sharing a place follow the card; they never hold it up.
- A group that has become a supergroup has a new id: it is used from then on, and the log names
  it, so that the settings can follow.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog
from telegram import InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.telegram.client import Client
from adapters.telegram.drawing import Drawn, draw
from adapters.telegram.failures import beyond_edit, meant, unchanged
from adapters.telegram.following import Following
from adapters.telegram.given import CHANNEL
from adapters.telegram.transport import TooFast
from bot.cards import Limits
from bot.channels import Gone, Lane, Parcel
from bot.ports import Clock

LIMITS = Limits(text=4096, buttons=100, label=64)

PRIVATE = (1.0, 3)
"""Cards a second to one person, and how many may go at once: about what is published."""
GROUP = (0.28, 3)
"""To one group: never more than 20 in a minute, the first burst included."""

MOMENTS = timedelta(seconds=10)
"""Two chats that are too fast within so long are no coincidence."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""Telegram's servers shall not look up addresses that people write."""

log = structlog.get_logger("telegram")


class TelegramChannel:
    """Fits `bot.channels.Channel`."""

    def __init__(self, client: Client, following: Following, clock: Clock) -> None:
        self.name = CHANNEL
        self.limits = LIMITS
        self._client = client
        self._following = following
        self._clock = clock
        self._flooded: tuple[str, datetime] | None = None
        """The last chat that was too fast for Telegram, and when."""
        self._moved: dict[str, str] = {}
        """Groups that have a new id, by the old one."""

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        rate, burst = GROUP if _is_group(parcel.address) else PRIVATE
        return (Lane(_lane(parcel.address), rate, burst),)

    async def deliver(self, parcel: Parcel) -> str:
        drawn = draw(parcel.card)
        chat, message = await self._settled(parcel.address, drawn, self._send)
        if parcel.person:
            self._following.posted(parcel, int(chat), message)
        return f"{chat}:{message}"

    async def refresh(self, parcel: Parcel) -> None:
        chat, _, message = parcel.reference.rpartition(":")
        if not chat or not message.isdecimal():
            log.warning("card.nowhere", post=parcel.post)
            return
        if chat in self._moved:
            return  # messages from before a group moved can be edited no more

        async def edit(chat: str, text: str, mode: str | None, drawn: Drawn) -> int:
            await self._edit(chat, int(message), text, mode, drawn.keyboard)
            return int(message)

        try:
            await self._settled(chat, draw(parcel.card), edit, move=False)
        except ChatMigrated:
            return
        if parcel.person:
            self._following.edited(parcel, int(chat), int(message))

    async def changed(self, people: Sequence[int]) -> None:
        """Nothing is drawn live here."""

    def moved(self, old: int, new: int) -> None:
        """A group has a new id."""
        if self._moved.get(str(old)) != str(new):
            self._moved[str(old)] = str(new)
            log.warning("group.moved", old=old, new=new, do="put the new id into telegram.rooms")

    async def _settled(
        self,
        address: str,
        drawn: Drawn,
        call: Callable[[str, str, str | None, Drawn], Awaitable[int]],
        *,
        move: bool = True,
    ) -> tuple[int | str, int]:
        """One call, done again plainly where the markup is refused, elsewhere where it moved."""
        chat = self._moved.get(address, address)
        if not (chat.removeprefix("-").isdecimal() or chat.startswith("@")):
            raise Gone("unknown")
        text, mode = drawn.html, "HTML"
        for last in (False, False, True):
            try:
                return _number(chat), await call(chat, text, mode or None, drawn)
            except ChatMigrated as moved:
                self.moved(
                    int(chat) if chat.removeprefix("-").isdecimal() else 0, moved.new_chat_id
                )
                if last or not move:
                    raise
                chat = str(moved.new_chat_id)
            except TelegramError as problem:
                lane = self._too_fast(address) if isinstance(problem, TooFast) else ""
                failure = meant(problem, lane)
                if failure is not None:
                    raise failure from None
                if last or not mode:
                    raise
                log.error("card.refused", kind=_kind(problem), do="sent without markup")
                text, mode = drawn.plain, ""
        raise AssertionError("the last attempt returns or raises")

    def _too_fast(self, address: str) -> str:
        """The lane a 429 concerns; empty for the whole token.

        Telegram does not say which limit was met. One chat alone may have been written to too
        often: everybody else goes on. Two chats within moments are the token's own limit.
        """
        before, now = self._flooded, self._clock.now()
        self._flooded = (address, now)
        another = before is not None and before[0] != address and now - before[1] < MOMENTS
        return "" if another and not _is_group(address) else _lane(address)

    async def _send(self, chat: str, text: str, mode: str | None, drawn: Drawn) -> int:
        sent = await self._client.send_message(
            _number(chat),
            text,
            parse_mode=mode,
            reply_markup=drawn.keyboard,
            link_preview_options=NO_PREVIEW,
        )
        return sent.message_id

    async def _edit(
        self,
        chat: str,
        message: int,
        text: str,
        mode: str | None,
        keyboard: InlineKeyboardMarkup | None,
    ) -> None:
        try:
            await self._client.edit_message_text(
                text,
                chat_id=_number(chat),
                message_id=message,
                parse_mode=mode,
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as problem:
            if unchanged(problem):
                return
            if beyond_edit(problem):
                log.info("card.beyond-edit", message=message)
                return
            raise


def _is_group(address: str) -> bool:
    return not address.isdecimal()


def _lane(address: str) -> str:
    return f"chat:{address}"


def _number(chat: str) -> int | str:
    return int(chat) if chat.removeprefix("-").isdecimal() else chat


def _kind(problem: TelegramError) -> str:
    return "markup" if "parse entities" in problem.message.casefold() else "other"
