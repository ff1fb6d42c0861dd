"""The settings of the channels of last resort: mail, and what goes out by a gateway.

Rules of the room:
- A password, and an address that holds one, is a secret: better in the environment or in a file
  of its own. It is never part of a sentence, a log or an error.
- A channel without a server or an address is not used.
"""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ValidationInfo, field_validator

from bot.config.platforms import SECRET, Token, opened
from bot.config.values import Section, key


def _sender(value: str) -> str:
    name, bare = parseaddr(value)
    local, at, domain = bare.rpartition("@")
    fit = local and at and domain and bare.isascii() and not set(bare) & set(' \t\r\n<>"')
    if value and not (fit and value.isprintable() and name.isprintable()):
        raise ValueError('must be an address such as "Safety <safety@example.org>"')
    return value


MailAddress = Annotated[str, AfterValidator(_sender)]


class Mail(Section):
    """E-mail, by SMTP."""

    host: str = key("", "The mail server; without it no e-mail.")
    port: int = key(587, "The port of the mail server.", 1, 65535)
    security: Literal["starttls", "tls", "none"] = key(
        "starttls", "starttls is usual at port 587, tls at port 465; none only on this machine."
    )
    user: str = key("", "The name to log in with; empty: without logging in.")
    password: Token = key(
        None,
        "The password; better given as RENRAKU_MAIL__PASSWORD.",
        json_schema_extra=SECRET,
    )
    password_file: Path = key(Path(), "The file holding the password.")
    sender: MailAddress = key(
        "", 'Who the mail is from, as "Safety <safety@example.org>"; needed with mail.host.'
    )
    reply_to: MailAddress = key("", "Who reads replies; empty: nobody does, and the mail says so.")
    ca_file: Path = key(
        Path(), "Certificates to trust instead of the system's, for a server of one's own."
    )

    @field_validator("sender")
    @classmethod
    def _needed(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("host") and not value:
            raise ValueError('must be given with mail.host, as "Safety <safety@example.org>"')
        return value

    def secret(self, name: str) -> str:
        """The `password`; empty where it is not given."""
        return opened(f"mail.{name}", getattr(self, name), getattr(self, f"{name}_file"))
