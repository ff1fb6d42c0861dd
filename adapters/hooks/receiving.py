"""One request of a gateway, from its secret to its answer."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from hashlib import blake2b, sha256

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters.hooks import reading
from adapters.hooks.given import Door, Given, Receipts
from adapters.hooks.repeats import Repeats
from bot.events import Sender, Wrote
from bot.forms import clean
from bot.look import CouldNotSave
from bot.ports import Clock
from bot.receipts import Receipt

log = structlog.get_logger("hooks")

LIMIT = 64_000
"""Bytes of one request."""
BY_NUMBER = ("sms", "voice")
"""A number registered for one of these is the same telephone on the other."""


def hooks(
    given: Mapping[str, Given], door: Door, receipts: Receipts, clock: Clock
) -> Sequence[BaseRoute]:
    """The routes of all hooks; none where there is no hook."""
    repeats = Repeats(clock)

    async def hook(request: Request) -> Response:
        one = given.get(str(request.path_params["name"]))
        # Compared in any case: how long it takes does not tell whether there is such a hook.
        right = _secret(request, one.secret if one else "")
        if one is None or not right:
            log.warning("hook.refused", known=one is not None)
            return _said(403)
        body = await _body(request)
        if body is None:
            return _said(413)
        try:
            posted = reading.fields(body, request.headers.get("content-type", ""))
        except reading.Unreadable:
            log.warning("hook.unreadable", hook=one.name)
            return _said(400)
        try:
            text = clean(reading.field(posted, one.text, reading.LONGEST))
            # Anybody can write a mail in anybody's name: its words are no answer.
            words = text and one.channel != "email" and not reading.of_ours(one, posted)
            heard = bool(words) and await _heard(one, door, repeats, posted, text)
            # From an unknown number, such as the gateway's own, it may still be a receipt.
            heard = heard or await _told(one, receipts, repeats, posted)
        except CouldNotSave:
            return _said(503)
        log.info("hook.taken", hook=one.name, heard=heard)
        return _said(200)

    return [Route("/hooks/{name}", hook, methods=["POST"])] if given else []


async def _heard(
    one: Given, door: Door, repeats: Repeats, posted: Mapping[str, object], text: str
) -> bool:
    """Somebody's words; those of an unknown number go no further."""
    channels = BY_NUMBER if one.channel in BY_NUMBER else (one.channel,)
    for address in _addresses(one, reading.field(posted, one.sender)):
        for channel in sorted(channels, key=lambda name: name != one.channel):
            sender = Sender(channel, address)
            if await door.who(sender) is not None:
                id_ = reading.field(posted, one.id) or repeats.id_of(address, text)
                await door.handle(Wrote(f"hook:{one.name}:{_id(id_)}", sender, text))
                return True
    return False


async def _told(
    one: Given, receipts: Receipts, repeats: Repeats, posted: Mapping[str, object]
) -> bool:
    """What became of a message."""
    status = reading.field(posted, one.status)
    found = reading.standing(one, status)
    reference = reading.field(posted, one.reference)
    address = next(iter(_addresses(one, reading.field(posted, one.recipient))), "")
    if found is None or not (reference or address):
        return False
    state, lasting = found
    id_ = reading.field(posted, one.id) or reference or repeats.id_of(address, status)
    why = f"gateway-{reading.code(status)}" if state is state.FAILED else ""
    reference = reference.strip("<>").partition("@")[0]
    await receipts.take(
        Receipt(
            f"receipt:{one.name}:{_id(id_)}:{_id(status)}",
            one.channel,
            state,
            reference,
            address,
            why,
            lasting,
        )
    )
    return True


def _addresses(one: Given, text: str) -> Sequence[str]:
    """What an address may be, the likeliest first."""
    if one.channel in BY_NUMBER:
        return reading.numbers(text, one.country)
    return (text,) if text else ()


def _id(text: str) -> str:
    """A gateway's id as a part of ours: whatever it holds, bounded, and no address to be read."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _secret(request: Request, wanted: str) -> bool:
    kind, _, shown = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() == "basic":
        try:
            shown = base64.b64decode(shown, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            shown = ""
        shown = shown.partition(":")[2]
    shown = shown or request.headers.get("x-hook-secret", "") or request.query_params.get("key", "")
    same = hmac.compare_digest(
        sha256(shown.strip().encode("utf-8", "replace")).digest(), sha256(wanted.encode()).digest()
    )
    return same and bool(wanted)


async def _body(request: Request) -> bytes | None:
    """What was posted; `None` if it is too long."""
    found = b""
    try:
        async for part in request.stream():
            found += part
            if len(found) > LIMIT:
                return None
    except ClientDisconnect:
        return None
    return found


def _said(status: int) -> Response:
    """An empty answer: gateways send on what they are told as a message."""
    headers = {"retry-after": "5"} if status == 503 else None
    return Response(status_code=status, media_type="text/plain", headers=headers)
