"""What the mail adapter is handed: where the server is, as whom we write, and words.

Rules of the room:
- Handed in once, never changed; the password is part of no text.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, Protocol

CHANNEL = "email"

Security = Literal["tls", "starttls", "none"]


class Words(Protocol):
    """Words by key, in one language."""

    def say(self, key: str, /, **args: str | int) -> str: ...


class Texts(Protocol):
    """All languages' words."""

    def words(self, language: str, time_zone: str = "") -> Words: ...


@dataclass(frozen=True, slots=True)
class Given:
    """One mail server and one sender."""

    host: str
    port: int
    security: Security
    sender: str
    """`name@example.org`, or with a name before it: `Safety <name@example.org>`."""
    organisation: str
    user: str = ""
    password: str = field(default="", repr=False)
    reply_to: str = ""
    ca_file: Path = Path()
    """Whom to trust instead of the system's authorities; empty for these."""
    timeout: float = 20.0
    """Seconds for one command and its answer."""
    connections: int = 8
    """How many are open at once, at most."""

    @property
    def sender_address(self) -> str:
        """The bare address: in the envelope."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """By which we greet the server and name our messages."""
        return self.sender_address.rpartition("@")[2] or "localhost"

    def trust(self) -> ssl.SSLContext | None:
        """Whose certificates are good; `None` where nothing is encrypted. Raises `OSError` for a
        file that cannot be read, `ssl.SSLError` for one that holds none."""
        if self.security == "none":
            return None
        file = None if self.ca_file == Path() else str(self.ca_file)
        return ssl.create_default_context(cafile=file)


def written(address: str) -> Address:
    """An address for a header; a name before it is kept. Raises `ValueError` for what is none."""
    name, bare = parseaddr(address)
    return Address(display_name=name, addr_spec=bare)
