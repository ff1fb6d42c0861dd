"""E-mail by SMTP: cards out, answered behind their links.

The journey of one card: the courier calls `channel` -> `drawing` makes text and HTML of it ->
`letters` puts them into a message with its headers -> `post` carries it over a connection that
stays -> `failures` says in the courier's words what went wrong.

Rules of the room:
- A mail that has left cannot be changed: nothing is drawn again (`Limits.edits`). What has changed
  stands behind its link.
- Nothing is received here. A refusal is heard while we are connected; one that comes later as a
  mail of its own is told by whoever receives those, at a hook (see `adapters.hooks`).
- No address, subject or answer of a server is ever logged: servers quote addresses.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from adapters.mail.channel import MailChannel
from adapters.mail.checking import Checking
from adapters.mail.given import CHANNEL, Given, Texts
from adapters.mail.post import Post
from bot.channels import Channel
from bot.door import Source
from bot.ports import Clock

__all__ = ["CHANNEL", "Given", "Mail"]


class Mail:
    """One mail server: `channel` sends, `source` only looks whether it would."""

    def __init__(self, given: Given, texts: Texts, clock: Clock) -> None:
        self._post = Post(given, clock)
        self.channel: Channel = MailChannel(given, self._post, texts, clock)
        self.source: Source = Checking(given)
        self.routes: Sequence[BaseRoute] = ()

    async def address(self) -> str:
        return ""

    async def close(self) -> None:
        """Ends every connection."""
        await self._post.close()
