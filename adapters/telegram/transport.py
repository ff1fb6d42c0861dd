"""The way to Telegram: python-telegram-bot's calls, carried by aiohttp.

Rules of the room:
- One session for all calls, made when the first one goes out, closed by `shutdown`.
- Every call ends: connecting and the whole of it have their time, and an answer its size.
- An address holds the token. Whatever goes wrong is told by its kind alone, never by its words.
- "Too fast" keeps its exact figure: `TooFast.seconds`.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.ports import Clock

CONNECTIONS = 64
"""At most so many at once; the courier hands over 32 abreast, taps are answered beside them."""
LONGEST_ANSWER = 8_000_000
"""Bytes of an answer of the API; a hundred updates are far below."""


class TooFast(TelegramError):
    """429: nothing for `seconds`, exactly as the platform says."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too fast: wait {seconds:g} s")
        self.seconds = seconds


class TooLarge(TelegramError):
    """What would be fetched is larger than we take."""


class Transport(BaseRequest):
    """Fits `telegram.request.BaseRequest`; `total` and `connect` are in seconds."""

    def __init__(self, clock: Clock, total: float, connect: float) -> None:
        self._clock = clock
        self._total = total
        self._connect = connect
        self._session: aiohttp.ClientSession | None = None
        self.ahead: timedelta | None = None
        """How far our clock was ahead of Telegram's at the last answer."""

    @property
    def read_timeout(self) -> float | None:
        return self._total

    async def initialize(self) -> None:
        """Nothing to do before the first call."""

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer as JSON; one that is none is not written into the log, as it is elsewhere."""
        try:
            found = json.loads(payload)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise TelegramError("an answer that is not the API's")
        return found

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: its status and what came back. Raises what `telegram.error` names."""
        seconds = self._total if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        timeout = aiohttp.ClientTimeout(total=seconds, connect=self._connect)
        body, headers = _body(request_data)
        try:
            async with self._open().request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                payload = await _all_of(answer, LONGEST_ANSWER)
                self._set_clock(answer.headers.get("Date", ""))
                status = answer.status
        except TelegramError:
            raise
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as problem:
            raise NetworkError(type(problem).__name__) from None
        return _checked(status, payload)

    async def fetch(self, url: str, most: int, seconds: float) -> bytes:
        """A file of at most `most` bytes. Raises `TooLarge`, or as `do_request` does."""
        timeout = aiohttp.ClientTimeout(total=seconds, connect=self._connect)
        try:
            async with self._open().get(url, timeout=timeout, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise NetworkError(f"status {answer.status}")
                return await _all_of(answer, most)
        except TelegramError:
            raise
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as problem:
            raise NetworkError(type(problem).__name__) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "renraku"},
                # A proxy named in the environment is used, as by every other program.
                trust_env=True,
            )
        return self._session

    def _set_clock(self, date: str) -> None:
        try:
            theirs: datetime = parsedate_to_datetime(date)
            self.ahead = self._clock.now() - theirs
        except (TypeError, ValueError):
            self.ahead = None


def _body(request: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if request is None:
        return None, {}
    if not request.contains_files:
        said = json.dumps(request.parameters, ensure_ascii=False, separators=(",", ":"))
        return said.encode("utf-8", "replace"), {"Content-Type": "application/json"}
    form = aiohttp.FormData()
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}


async def _all_of(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The whole body, unless it is more than `most` bytes."""
    if (answer.content_length or 0) > most:
        raise TooLarge("too large")
    found = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        found += piece
        if len(found) > most:
            raise TooLarge("too large")
    return bytes(found)


def _checked(status: int, payload: bytes) -> tuple[int, bytes]:
    """What may be handed on; 429 by its figure, and a stranger's answer as the network's fault.

    A proxy in front of the API answers 404 or 401 as well: that says nothing about our token.
    """
    if 200 <= status <= 299:
        return status, payload
    try:
        found = Transport.parse_json_payload(payload)
    except TelegramError:
        raise NetworkError(f"status {status}") from None
    if status == 429:
        parameters = found.get("parameters")
        wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
        raise TooFast(float(wait) if isinstance(wait, int | float) else 1.0)
    if status in (401, 404) and found.get("ok") is not False:
        raise NetworkError(f"status {status}")
    return status, payload
