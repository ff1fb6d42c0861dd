"""A mail with its headers, as bytes, and the envelope it travels in.

Rules of the room:
- Nothing people wrote can become a header: line ends are taken out, and the library refuses what
  would still hold one.
- The Message-ID is the same when the same card is sent again after a crash: whoever receives it
  twice can tell.
- A domain of another script travels as punycode, which every server takes. A name of another
  script before the @ needs SMTPUTF8; a server without it cannot be asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from adapters.mail.drawing import as_html, as_text, subject, urgent
from adapters.mail.given import Given, Words, written
from bot.channels import Gone, Parcel

LONGEST_SUBJECT = 180


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to be handed over."""

    sender: str = field(repr=False)
    recipient: str = field(repr=False)
    id: str
    """Its Message-ID."""
    data: bytes = field(repr=False)
    utf8: bool
    """It needs a server that speaks SMTPUTF8."""


def letter(parcel: Parcel, given: Given, words: Words, now: datetime) -> Letter:
    """The mail for a card. Raises `Gone` for an address nobody can write to."""
    recipient = deliverable(parcel.address)
    utf8 = not recipient.isascii()
    policy = (SMTPUTF8 if utf8 else SMTP).clone(cte_type="7bit")
    message = EmailMessage(policy=policy)
    card = parcel.card
    message["Subject"] = _line(subject(card, given.organisation))
    message["From"] = written(given.sender)
    local, _, domain = recipient.rpartition("@")
    message["To"] = Address(username=local, domain=domain)
    if given.reply_to:
        message["Reply-To"] = written(given.reply_to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{parcel.once}@{given.domain}>"
    # No machine shall answer, neither by a note of absence nor by one of receipt.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if urgent(card):
        message["Importance"] = "high"
    replies = bool(given.reply_to)
    message.set_content(as_text(card, parcel.link, words, replies=replies))
    message.add_alternative(as_html(card, parcel.link, words, replies=replies), subtype="html")
    # Last: making two bodies of it moves what is said about contents into the first.
    message["Content-Language"] = card.language
    return Letter(given.sender_address, recipient, message["Message-ID"], message.as_bytes(), utf8)


def deliverable(address: str) -> str:
    """An address as it travels: its domain in ASCII. Raises `Gone` where there is no such."""
    local, at, domain = address.rpartition("@")
    if not (local and at) or any(sign.isspace() or sign in "<>\0" for sign in address):
        raise Gone("bad-address")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Gone("bad-address") from None


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"
