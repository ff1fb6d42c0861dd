"""What follows a card: its pictures, and the button for sharing where one is.

Rules of the room:
- Nothing here may hold up a card, or fail one: it is done afterwards, and what fails is logged.
- A picture is sent once to a chat, as far as this process remembers, and uploaded once at all.
- Telegram cannot show both kinds of buttons on one message. The one for sharing a place comes on
  a message of its own, once a card, and goes when the place is known or the card asks no more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram import (
    InputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import TelegramError

from adapters.telegram.client import Client
from adapters.telegram.given import CHANNEL
from adapters.telegram.lettering import cut
from adapters.telegram.turns import Turns
from bot.cards import Photo
from bot.channels import Parcel
from bot.door import Door
from bot.events import Sender

REMEMBERED = 10_000
"""How many pictures sent, files and questions are remembered."""
MOST = 4
"""Pictures that follow one card, the newest ones."""
CAPTION = 1024
UPLOAD = 60.0
"""Seconds a picture may take on its way."""

log = structlog.get_logger("telegram")


class Following:
    """Does what follows a card, one thing after the other in each chat."""

    def __init__(self, client: Client, door: Door) -> None:
        self._client = client
        self._door = door
        self._turns = Turns()
        self._sent: OrderedDict[tuple[int, str], None] = OrderedDict()
        self._files: OrderedDict[str, str] = OrderedDict()
        """What Telegram calls a picture that it has already."""
        self._offered: OrderedDict[tuple[int, int], None] = OrderedDict()
        """The cards that have asked for a place."""
        self._asking: dict[int, tuple[int, int]] = {}
        """Chats that show the button: the card that asks, and the message the button is on."""

    def posted(self, parcel: Parcel, chat: int, message: int) -> None:
        """A card has been posted, loud."""
        self._pictures(parcel, chat, message, silent=False)
        self._place(parcel, chat, message)

    def edited(self, parcel: Parcel, chat: int, message: int) -> None:
        """A card has been drawn again, silently."""
        self._pictures(parcel, chat, message, silent=True)
        self._place(parcel, chat, message)

    def located(self, chat: int) -> None:
        """The place has come: the button is in the way now."""
        if chat in self._asking:
            self._behind(chat, lambda: self._take_away(chat))

    async def done(self, seconds: float) -> None:
        """Wait for what is under way, for a while; then give it up."""
        await self._turns.end(seconds)

    def _behind(self, chat: int, work: Callable[[], Awaitable[None]]) -> None:
        async def quietly() -> None:
            try:
                await work()
            except TelegramError as problem:
                log.warning("card.alone", problem=type(problem).__name__)
            except Exception:
                log.exception("card.alone")

        self._turns.start(chat, quietly)

    # --- pictures --------------------------------------------------------------------------

    def _pictures(self, parcel: Parcel, chat: int, message: int, *, silent: bool) -> None:
        photos = [s for s in parcel.card.body if isinstance(s, Photo)][-MOST:]
        for photo in photos:
            if (chat, photo.id) in self._sent:
                continue
            _remember(self._sent, (chat, photo.id), None)

            async def send(photo: Photo = photo) -> None:
                try:
                    await self._picture(parcel.person, photo, chat, message, silent=silent)
                except Exception:
                    self._sent.pop((chat, photo.id), None)
                    raise

            self._behind(chat, send)

    async def _picture(
        self, person: int, photo: Photo, chat: int, message: int, *, silent: bool
    ) -> None:
        # Asked for each reader anew: whether they may see it is the house's to say.
        content = await self._door.picture(photo.id, person)
        if content is None:
            return
        known = self._files.get(photo.id)
        sent = await self._client.send_photo(
            chat,
            known or InputFile(content, filename="photo.jpg"),
            caption=cut(photo.alt, CAPTION) or None,
            disable_notification=silent,
            reply_parameters=ReplyParameters(message, allow_sending_without_reply=True),
            read_timeout=UPLOAD,
        )
        if not known and sent.photo:
            _remember(self._files, photo.id, sent.photo[-1].file_id)

    # --- the button for a place -------------------------------------------------------------

    def _place(self, parcel: Parcel, chat: int, message: int) -> None:
        asks = parcel.card.ask is not None and parcel.card.ask.place
        if asks and (chat, message) not in self._offered:
            _remember(self._offered, (chat, message), None)
            self._behind(chat, lambda: self._offer(chat, message, parcel.address))
        elif not asks:

            async def settled() -> None:
                if self._asking.get(chat, (0, 0))[0] == message:
                    await self._take_away(chat)

            if (chat, message) in self._offered:
                self._behind(chat, settled)

    async def _offer(self, chat: int, message: int, address: str) -> None:
        person = await self._door.who(Sender(CHANNEL, address))
        words = self._door.words(person)
        sent = await self._client.send_message(
            chat,
            words.say("telegram-place-hint"),
            reply_markup=ReplyKeyboardMarkup(
                [[KeyboardButton(words.say("web-place"), request_location=True)]],
                resize_keyboard=True,
                one_time_keyboard=True,
            ),
            disable_notification=True,
        )
        self._asking[chat] = (message, sent.message_id)

    async def _take_away(self, chat: int) -> None:
        """Only a message can take the button away; it goes again itself."""
        found = self._asking.pop(chat, None)
        if found is None:
            return
        sent = await self._client.send_message(
            chat, "✓", reply_markup=ReplyKeyboardRemove(), disable_notification=True
        )
        for message in (sent.message_id, found[1]):
            await self._client.delete_message(chat, message)


def _remember(memory: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    memory[key] = value
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)
