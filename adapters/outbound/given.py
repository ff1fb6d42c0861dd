"""What an outbound channel is handed: where its gateway is, and words.

Rules of the room:
- The template is a secret: it holds keys. It appears in no text, and `{to}` in it is where the
  address goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

Medium = Literal["sms", "voice", "push"]


class Words(Protocol):
    """Words by key, in one language."""

    def say(self, key: str, /, **args: str | int) -> str: ...


class Texts(Protocol):
    """All languages' words."""

    def words(self, language: str, time_zone: str = "") -> Words: ...


@dataclass(frozen=True, slots=True)
class Given:
    """One medium and its gateway."""

    channel: Medium
    template: str = field(repr=False)
    """An apprise URL with `{to}`, and `{ref}` where the gateway repeats it in its receipts."""
    replies: bool = False
    """What people reply comes back to us by a hook."""
    timeout: float = 25.0
    """Seconds for one message."""
