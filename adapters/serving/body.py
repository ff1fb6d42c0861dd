"""Reading what a page has posted, never more than it may.

Rules of the room:
- The limit counts while bytes come in: a body that says nothing of its length, or lies about
  it, is stopped at the same byte.
- A refused body is read to its end (within reason) and thrown away piece by piece. A browser
  that is cut off in the middle of sending shows its own error instead of our sentence.
- Fields are checked here, so that a route gets values it can trust in form, never in meaning.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from adapters.serving.refused import Refused

FORM_LIMIT = 400_000
"""Bytes of a form without a picture: 10,000 characters of any script, percent-encoded, fit
three times over."""

FIELD_LIMIT = 100_000
"""Bytes of one field next to a picture."""

SECONDS = 120.0
"""For a photo over a poor connection."""

THROWN_AWAY = 64_000_000
"""Bytes of a refused body that are read for courtesy."""

EVENT_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")


class _TooMuch(Exception):
    """The limit is passed."""


@asynccontextmanager
async def form(
    request: Request, limit: int, too_big: Refused, *, each_field: int = FORM_LIMIT
) -> AsyncIterator[FormData]:
    """The posted fields; a file waits on disk, without a name, until the end of the block.

    Raises `too_big` past `limit` bytes, and `Refused` for what is no form.
    """
    length = request.headers.get("content-length", "0")
    receive = request.receive
    try:
        async with asyncio.timeout(SECONDS):
            try:
                if length.isdecimal() and int(length) > limit:
                    raise _TooMuch
                counted = Request(request.scope, _counting(receive, limit))
                fields = await counted.form(max_files=1, max_fields=12, max_part_size=each_field)
            except _TooMuch:
                if request.headers.get("expect", "").lower() != "100-continue":
                    await _throw_away(receive)
                raise too_big from None
    except TimeoutError:
        raise Refused(408, "web-not-understood") from None
    except (ClientDisconnect, HTTPException):
        raise Refused(400, "web-not-understood") from None
    try:
        yield fields
    finally:
        await fields.close()


def _counting(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooMuch
        return message

    return counted


async def _throw_away(receive: Receive) -> None:
    seen = 0
    while seen < THROWN_AWAY:
        message = await receive()
        seen += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


def field(fields: FormData, name: str, longest: int = 1_000_000) -> str:
    """A text field, empty if it is missing. Raises `Refused` if it is too long or a file."""
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Refused(400, "web-not-understood")
    if len(value) > longest:
        raise Refused(400, "web-not-understood")
    return value


def event_id(fields: FormData) -> str:
    """The page's own id of this action. Raises `Refused` if it is none."""
    found = field(fields, "event", 40)
    if not EVENT_ID.fullmatch(found):
        raise Refused(400, "web-not-understood")
    return found


async def upload(fields: FormData, name: str, limit: int, too_big: Refused) -> bytes:
    """The bytes of a file field; empty if nothing was chosen."""
    value = fields.get(name)
    if not isinstance(value, UploadFile):
        return b""
    if value.size is not None and value.size > limit:
        raise too_big
    data = await value.read(limit + 1)
    if len(data) > limit:
        raise too_big
    return data
