"""A look for those outside: it also knows whose an address is, and the pictures.

Rules of the room:
- An address is looked up by its digest; none is ever read back here.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events import Sender
from storage import feed, newcomers, receipts
from storage.boards import Boards
from storage.guests import Guests
from storage.heads import Heads
from storage.look import Looking
from storage.muster import Muster
from storage.rows import Usual
from storage.seal import Keyring
from storage.trees import Trees


class Lookout(Looking, Boards, Guests, Heads, Muster):
    """`bot.doorway.DoorLook` and `bot.courier.OutLook`. Made by `Store.look`."""

    def __init__(
        self,
        conn: AsyncConnection,
        trees: Trees,
        channels: Collection[str],
        usual: Usual,
        keys: Keyring,
    ) -> None:
        super().__init__(conn, trees, channels, usual)
        self.keys = keys

    async def whose(self, senders: Collection[Sender]) -> dict[Sender, int]:
        """Whom these addresses belong to, by id; those of nobody are left out."""
        found = {s: int(s.address) for s in senders if newcomers.vouched(s)}
        others = [s for s in senders if s not in found]
        return {**found, **await newcomers.owners(self.conn, self.keys, others)}

    async def photo(self, photo: str) -> tuple[int, str, bytes] | None:
        """Who gave a picture, what it is about, and the picture."""
        return await feed.photo(self.conn, photo)

    async def unopened(self, person: int, view: str, subject: str, channels: list[str]) -> bool:
        """True if a message with this card, sent by one of these channels, was not opened yet."""
        return await receipts.unopened(self.conn, person, view, subject, channels)
