"""The connections to the mail server: a few, kept open, each used by one mail at a time.

Rules of the room:
- Certificates are checked, always. A server that cannot speak TLS where the settings say so gets
  nothing, the password least of all.
- A connection on which anything went wrong is thrown away. One that has been idle is asked first
  whether it still lives: servers hang up without a word.
- While the server cannot be reached at all, cards wait and try again; if that lasts, the channel
  is out of order, and everybody's cards go by their next contact.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupported,
    SMTPResponseException,
)

from adapters.mail.failures import IN_A_ROW, Failure, Stage, failure
from adapters.mail.given import Given
from adapters.mail.letters import Letter
from bot.channels import Closed, Gone, Paced, Temporary
from bot.ports import Clock

log = structlog.get_logger("mail")

IDLE = 5.0
"""Seconds after which a connection is asked whether it lives."""
MOST_MAILS = 100
"""Servers count the mails of one connection; after so many a new one is made."""
DEAD = timedelta(seconds=45)
"""When a server that has answered nobody for so long is called out of order."""
TRIES = 3


class Post:
    """Carries letters to one server."""

    def __init__(self, given: Given, clock: Clock) -> None:
        self._given = given
        self._clock = clock
        self._places = asyncio.Semaphore(given.connections)
        self._idle: list[_Line] = []
        self._trust: ssl.SSLContext | None = None
        self._silent_since: datetime | None = None
        self._silences = 0
        self._barred: set[str] = set()
        """Recipients refused for our sake since the last that was not."""

    async def carry(self, letter: Letter) -> None:
        """Hand one letter over; raises one of the failures of `bot.channels`."""
        async with self._places:
            line = await self._line()
            try:
                await line.hand_over(letter)
            except SMTPResponseException as refused:
                # The server has spoken; it may be asked again over the same connection.
                stage = line.stage
                if await line.reset():
                    self._idle.append(line)
                raise self._refused(letter, stage, refused) from None
            except Gone:
                self._idle.append(line)
                raise
            except (SMTPException, OSError, TimeoutError) as problem:
                line.hang_up()
                raise Temporary(type(problem).__name__) from None
            except BaseException:
                line.hang_up()
                raise
            self._barred.clear()
            if line.mails < MOST_MAILS:
                self._idle.append(line)
            else:
                await line.bye()

    def _refused(self, letter: Letter, stage: Stage, said: SMTPResponseException) -> Failure:
        """What a refusal means, after those before it."""
        found = failure(stage, said.code, said.message)
        if stage is Stage.SENDER or isinstance(found, Temporary | Paced):
            return found
        if stage is Stage.DATA or not isinstance(found, Closed):
            self._barred.clear()
            return found
        self._barred.add(letter.recipient)
        if len(self._barred) < IN_A_ROW:
            return failure(stage, said.code, said.message, alone=True)
        self._barred.clear()
        return found

    async def close(self) -> None:
        """Ends every connection that is not in use."""
        idle, self._idle = self._idle, []
        for line in idle:
            await line.bye()

    async def _line(self) -> _Line:
        while self._idle:
            line = self._idle.pop()
            if await line.lives():
                return line
            line.hang_up()
        try:
            line = await self.open()
        except SMTPAuthenticationError:
            raise Closed("login-refused") from None
        except SMTPNotSupported:
            raise Closed("not-supported") from None
        except SMTPResponseException as refused:
            if refused.code >= 500:
                raise Closed("server-refused") from None
            raise self._silence(f"smtp-{refused.code}") from None
        except (SMTPException, OSError, TimeoutError) as problem:
            if encryption(problem):
                raise Closed("certificate-refused") from None
            raise self._silence(type(problem).__name__) from None
        self._silent_since, self._silences = None, 0
        return line

    def _silence(self, why: str) -> Temporary | Closed:
        """Once more nobody answered."""
        now = self._clock.now()
        self._silent_since = self._silent_since or now
        self._silences += 1
        log.warning("mail.unreachable", why=why)
        if self._silences >= TRIES and now - self._silent_since >= DEAD:
            self._silent_since, self._silences = None, 0
            return Closed("unreachable")
        return Temporary(why)

    async def open(self) -> _Line:
        """A fresh connection: greeted, encrypted and logged in as the settings say."""
        given = self._given
        if self._trust is None:
            self._trust = given.trust()
        smtp = SMTP(
            hostname=given.host,
            port=given.port,
            timeout=given.timeout,
            use_tls=given.security == "tls",
            start_tls=given.security == "starttls",
            tls_context=self._trust,
            local_hostname=given.domain.encode("idna").decode("ascii"),
        )
        try:
            await smtp.connect()
            # What the server can do is known from here on.
            with suppress(SMTPHeloError):
                await smtp.ehlo()
            if given.user:
                await smtp.login(given.user, given.password)
        except SMTPException as problem:
            smtp.close()
            if type(problem) is SMTPException:
                # So the library says that the server offers no STARTTLS, or no login.
                raise SMTPNotSupported(problem.message) from None
            raise
        except BaseException:
            smtp.close()
            raise
        return _Line(smtp)


def encryption(problem: BaseException) -> ssl.SSLError | None:
    """What went wrong with TLS, where that is behind it."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


class _Line:
    """One connection."""

    def __init__(self, smtp: SMTP) -> None:
        self._smtp = smtp
        self._used = asyncio.get_running_loop().time()
        self.stage = Stage.SENDER
        self.mails = 0

    async def lives(self) -> bool:
        if not self._smtp.is_connected:
            return False
        if asyncio.get_running_loop().time() - self._used < IDLE:
            return True
        with suppress(SMTPException, OSError, TimeoutError):
            return (await self._smtp.noop()).code < 400
        return False

    async def hand_over(self, letter: Letter) -> None:
        options, encoding = [f"SIZE={len(letter.data)}"], "ascii"
        if not self._smtp.supports_extension("size"):
            options = []
        if letter.utf8:
            if not self._smtp.supports_extension("smtputf8"):
                raise Gone("needs-smtputf8")
            options, encoding = [*options, "SMTPUTF8", "BODY=8BITMIME"], "utf-8"
        self.stage = Stage.SENDER
        await self._smtp.mail(letter.sender, options=options, encoding=encoding)
        self.stage = Stage.RECIPIENT
        await self._smtp.rcpt(letter.recipient, encoding=encoding)
        self.stage = Stage.DATA
        await self._smtp.data(letter.data)
        self.mails += 1
        self._used = asyncio.get_running_loop().time()

    async def accepts(self, sender: str) -> None:
        """Ask whether mail from this sender is taken; raises what the library does."""
        await self._smtp.mail(sender)
        await self._smtp.rset()

    async def reset(self) -> bool:
        """Forget a mail that was refused; `False`: the connection is of no more use."""
        with suppress(SMTPException, OSError, TimeoutError):
            if self._smtp.is_connected:
                await self._smtp.rset()
                return True
        self.hang_up()
        return False

    def hang_up(self) -> None:
        self._smtp.close()

    async def bye(self) -> None:
        with suppress(SMTPException, OSError, TimeoutError):
            await self._smtp.quit()
        self._smtp.close()
