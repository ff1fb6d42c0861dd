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

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from bot.config.platforms import SECRET, Token, opened
from bot.config.values import ConfigError, Section, key


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


def _template(value: SecretStr | None) -> SecretStr | None:
    text = value.get_secret_value() if value is not None else ""
    if text and "{to}" not in text:
        raise ValueError("must hold {to} where the address goes")
    return value


Template = Annotated[Token, AfterValidator(_template)]


class Outbound(Section):
    """SMS, voice and push, by a service that apprise knows."""

    sms: Template = key(
        None,
        'An apprise URL for SMS, such as "twilio://SID:TOKEN@+15550100/{to}"; better given as'
        " RENRAKU_OUTBOUND__SMS.",
        json_schema_extra=SECRET,
    )
    sms_file: Path = key(Path(), "The file holding the URL for SMS.")
    sms_cost: float = key(0, "What one SMS costs, for the estimate.", 0, 1000)
    voice: Template = key(
        None, "An apprise URL for calls that read a text aloud.", json_schema_extra=SECRET
    )
    voice_file: Path = key(Path(), "The file holding the URL for calls.")
    voice_cost: float = key(0, "What one call costs, for the estimate.", 0, 1000)
    push: Template = key(
        None,
        'An apprise URL for push messages, such as "ntfys://ntfy.example.org/{to}".',
        json_schema_extra=SECRET,
    )
    push_file: Path = key(Path(), "The file holding the URL for push messages.")
    currency: str = key(
        "USD",
        "The currency of the costs.",
        pattern=r"^[A-Z]{3}$",
        json_schema_extra={"words": 'three capital letters, such as "JPY"'},
    )

    def secret(self, name: str) -> str:
        """One of `sms`, `voice`, `push`; empty where it is not given."""
        return opened(f"outbound.{name}", getattr(self, name), getattr(self, f"{name}_file"))

    @property
    def costs(self) -> dict[str, float]:
        """What one message costs, by medium; those that cost nothing are left out."""
        given = {"sms": self.sms_cost, "voice": self.voice_cost}
        return {name: cost for name, cost in given.items() if cost}

    @property
    def used(self) -> tuple[str, ...]:
        """The media that have a gateway."""
        return tuple(name for name in MEDIA if self.secret(name))


MEDIA = ("sms", "voice", "push")
Status = Annotated[str, Field(min_length=1, max_length=60)]


class Hook(Section):
    """One gateway that hands in replies and receipts."""

    channel: Literal["sms", "voice", "push", "email"] = key("sms", "The channel it speaks for.")
    secret: Token = key(
        None,
        "What the gateway must show: 16 characters or more, as a bearer token, as the password of"
        " basic authentication, or as ?key= in the address.",
        json_schema_extra=SECRET,
    )
    secret_file: Path = key(Path(), "The file holding the secret.")
    sender: str = key("from", "The field that says who wrote; a path such as data.from.")
    text: str = key("text", "The field with the words, or with the digits that were pressed.")
    id: str = key("id", "The field with the gateway's own id of the message.")
    recipient: str = key("to", "The field of a receipt that says to whom the message went.")
    reference: str = key("reference", "The field of a receipt that repeats {ref} of the URL.")
    status: str = key("status", "The field of a receipt that says what became of the message.")
    delivered: list[Status] = key(["delivered"], "Statuses of a message that has arrived.")
    seen: list[Status] = key(["read", "opened"], "Statuses of a message that was opened.")
    failed: list[Status] = key(
        ["failed", "undelivered", "rejected", "expired"],
        "Statuses of a message that did not arrive: the next contact is tried at once.",
    )
    gone: list[Status] = key(
        ["bounced", "invalid"], "Statuses of an address that will never work again."
    )
    country: str = key(
        "",
        'Whose numbers come without a country code, as "JP".',
        pattern=r"^([A-Z]{2})?$",
        json_schema_extra={"words": 'two capital letters, such as "JP", or ""'},
    )

    def shown(self, name: str) -> str:
        """The secret of the hook called `name`. Raises `ConfigError` for one nobody could keep."""
        found = opened(f"hooks.{name}.secret", self.secret, self.secret_file)
        if len(found) < SECRET_LENGTH:
            raise ConfigError(
                f"hooks.{name}.secret must have at least {SECRET_LENGTH} characters: make one with"
                " `openssl rand -hex 16`."
            )
        return found


SECRET_LENGTH = 16
