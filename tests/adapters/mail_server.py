"""A mail server on loopback, real but for its mailboxes, and what it can be told to do.

    async with serving() as server:
        server.refuses["gone@example.org"] = "550 5.1.1 no such user"
        …
        letter = server.letters[-1]
        assert letter.to == "aiko@example.org"

Rules of the room:
- It speaks SMTP as aiosmtpd does; what it refuses, it refuses with the very words it was told.
- It keeps each mail as it came, and reads it with a parser that is not the writer's.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.mail import Given

LINK = re.compile(r"https?://\S+/a/[A-Za-z0-9_-]+")
SENDER = "Safety <safety@example.org>"


@dataclass(frozen=True)
class Letter:
    """One mail as it arrived."""

    sender: str
    to: str
    raw: bytes
    options: list[str]

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.raw, policy=default)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    def body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content())

    @property
    def text(self) -> str:
        return self.body("plain")

    @property
    def html(self) -> str:
        return self.body("html")

    @property
    def link(self) -> str:
        """The one link of both bodies."""
        found = set(LINK.findall(self.text)) | set(LINK.findall(unescape(self.html)))
        assert len(found) == 1, found
        return found.pop()


@dataclass
class MailServer:
    """What arrived, and what is to be refused."""

    letters: list[Letter] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    """By address, the answer at RCPT."""
    refuses_sender: str = ""
    refuses_data: list[str] = field(default_factory=list)
    """For the next mails, each once."""
    greets_with: str = ""
    """The answer at EHLO where it is no welcome."""
    hangs: bool = False
    """It takes a mail and never says so."""
    connections: int = 0
    port: int = 0
    users: dict[str, str] = field(default_factory=dict)
    open: list[Any] = field(default_factory=list)
    """Connections, to be ended with the server."""

    # --- what aiosmtpd calls ---------------------------------------------------------------

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses_sender:
            return self.refuses_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.refuses_data:
            return self.refuses_data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        [to] = envelope.rcpt_tos
        self.letters.append(
            Letter(str(envelope.mail_from), to, content, list(envelope.mail_options))
        )
        if self.hangs:
            await asyncio.sleep(60)
        return "250 taken"

    # --- what tests ask --------------------------------------------------------------------

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.to == address]

    def given(self, **more: Any) -> Given:
        return Given(
            **{
                "host": "127.0.0.1",
                "port": self.port,
                "security": "none",
                "sender": SENDER,
                "organisation": "Our organisation",
                "timeout": 5.0,
                **more,
            }
        )

    @property
    def settings(self) -> dict[str, object]:
        """The section `mail` of the settings that lead here."""
        return {"host": "127.0.0.1", "port": self.port, "security": "none", "sender": SENDER}


@asynccontextmanager
async def serving(
    *, tls: ssl.SSLContext | None = None, wrapped: bool = False, utf8: bool = True, port: int = 0
) -> AsyncIterator[MailServer]:
    """A server on a free port. `tls` offers STARTTLS, or with `wrapped` speaks TLS from the first
    byte; a server with `users` wants to know who one is."""
    mail = MailServer()
    loop = asyncio.get_running_loop()

    def authenticated(server: Any, session: Any, envelope: Any, kind: str, who: Any) -> AuthResult:
        known = isinstance(who, LoginPassword) and mail.users.get(who.login.decode()) == (
            who.password.decode()
        )
        return AuthResult(success=known, handled=False)

    def line() -> SMTP:
        mail.connections += 1
        made = SMTP(
            mail,
            hostname="mail.example.org",
            enable_SMTPUTF8=utf8,
            tls_context=None if wrapped else tls,
            require_starttls=bool(tls) and not wrapped,
            authenticator=authenticated,
            auth_required=bool(mail.users) and not wrapped,
            auth_require_tls=tls is not None and not wrapped,
            loop=loop,
        )
        mail.open.append(made)
        return made

    server = await loop.create_server(line, "127.0.0.1", port, ssl=tls if wrapped else None)
    mail.port = server.sockets[0].getsockname()[1]
    try:
        yield mail
    finally:
        server.close()
        for each in mail.open:
            if each.transport is not None:
                each.transport.abort()
        await asyncio.sleep(0.01)


def certificate(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A certificate for loopback that nobody has signed but itself; and where it is kept."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    alternative: x509.GeneralName = (
        x509.IPAddress(ip_address(name)) if name[0].isdecimal() else x509.DNSName(name)
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.crt", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return context, public
