"""Would the mail server take our mail? Asked for real, told in words.

Rules of the room:
- It connects, encrypts, logs in and names the sender; no mail is sent.
- Each trouble says what is wrong and what to do; the password is in none of them.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupported,
    SMTPResponseException,
    SMTPSenderRefused,
)

from adapters.mail.given import Given
from adapters.mail.post import Post, encryption
from bot.door import Trouble
from bot.ports import SteadyClock


class Checking:
    """Fits `bot.door.Source`; mail has nothing to receive."""

    def __init__(self, given: Given) -> None:
        self._given = given

    async def start(self) -> None:
        """There is nothing to receive."""

    async def stop(self) -> None:
        """There is nothing to receive."""

    async def check(self) -> Sequence[Trouble]:
        given = self._given
        where = f"{given.host}:{given.port}"
        try:
            given.trust()
        except (OSError, ssl.SSLError) as problem:
            says = f"mail.ca_file cannot be used ({type(problem).__name__})."
            return [Trouble(says, "Name a file that holds certificates in PEM format.")]
        try:
            line = await Post(given, SteadyClock()).open()
        except SMTPAuthenticationError:
            says = f"The mail server at {where} does not accept user and password."
            return [Trouble(says, "Mend mail.user and RENRAKU_MAIL__PASSWORD.")]
        except SMTPNotSupported:
            says = f"The mail server at {where} does not offer what the settings ask for."
            do = 'Set mail.security to what it offers ("tls" is port 465, "starttls" port 587).'
            return [Trouble(says, do)]
        except (SMTPException, OSError, TimeoutError) as problem:
            return [self._unreached(where, problem)]
        try:
            await line.accepts(given.sender_address)
        except SMTPSenderRefused as refused:
            says = f"The mail server at {where} takes no mail from mail.sender ({refused.code})."
            return [Trouble(says, "Use an address this login may send from.")]
        except (SMTPException, OSError, TimeoutError) as problem:
            return [self._unreached(where, problem)]
        finally:
            await line.bye()
        return self._open_to_all()

    def _unreached(self, where: str, problem: Exception) -> Trouble:
        broken = encryption(problem)
        if broken is not None:
            if isinstance(broken, ssl.SSLCertVerificationError):
                return Trouble(
                    f"The certificate of the mail server at {where} is not to be trusted.",
                    "Use the name that stands in it as mail.host, or give the authority that"
                    " signed it as mail.ca_file.",
                )
            return Trouble(
                f"The mail server at {where} does not speak TLS there.",
                'Set mail.security and mail.port to what belongs together: "tls" and 465, or'
                ' "starttls" and 587.',
            )
        if isinstance(problem, SMTPResponseException):
            says = f"The mail server at {where} turns us away ({problem.code})."
            return Trouble(says, "Ask whoever runs it to let this machine in.")
        return Trouble(
            f"The mail server at {where} does not answer ({type(problem).__name__}).",
            "Check mail.host and mail.port, and that this machine may connect to it (firewall).",
        )

    def _open_to_all(self) -> list[Trouble]:
        given = self._given
        if given.security != "none" or given.host in ("localhost", "127.0.0.1", "::1"):
            return []
        says = "Mail leaves this machine unencrypted, personal links and all."
        return [Trouble(says, 'Set mail.security to "starttls" or "tls".', fatal=False)]
