"""What Telegram's room is given by the settings, and its own habits.

Rules of the room:
- A token or a secret is never shown: not by `repr`, not in a log, not in an error.
- Every length of time here is in seconds; tests hand in shorter ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CHANNEL = "telegram"
"""The channel's name: in `Sender.channel` and in front of every event id."""

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram shall tell us of; everything else stays with it."""

PATH = "/telegram"
"""Where the webhook listens, below the public address."""


@dataclass(frozen=True, slots=True)
class Given:
    """From the section `telegram` of the settings; `public_url` is the server's own address."""

    token: str = field(repr=False)
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: str = field(default="", repr=False)
    api_url: str = "https://api.telegram.org"
    public_url: str = ""
    rooms: tuple[str, ...] = ()
    """Ids of the groups that get a roll call as one post."""

    @property
    def webhook(self) -> str:
        """Where Telegram shall deliver; empty where no public address is known."""
        root = self.public_url.rstrip("/")
        return root if not root or root.endswith(PATH) else root + PATH


@dataclass(frozen=True, slots=True)
class Habits:
    """How long we wait for what."""

    poll: int = 25
    """A poll that finds nothing returns after so long."""
    slack: float = 10.0
    """How much longer it may take before it counts as hanging."""
    call: float = 20.0
    """Any other call, from the first byte to the last."""
    connect: float = 8.0
    tap: float = 2.0
    """A tap is answered by then, whatever the house does; its spinner stops."""
    photo: float = 30.0
    """A photo that has not come down by then is asked for again."""
    head: float = 0.5
    """How long a poll waits for the slowest of what is in hand before it looks for more."""
    backoff: float = 1.0
    backoff_max: float = 30.0
    conflict: float = 15.0
    """Between two looks whether somebody else still receives with this token."""
    stranger: float = 60.0
    """How often somebody nobody knows is told so, at most."""
    webhook: float = 50.0
    """A delivery is refused after so long, and comes again; Telegram itself waits 60."""
    farewell: float = 5.0
    """What is in hand when we shall stop."""
