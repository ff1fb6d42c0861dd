"""What a gateway has posted: fields from JSON or a form, numbers as they are kept.

Rules of the room:
- Whatever is posted is read or refused; it never raises anything but `Unreadable`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import parse_qsl

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from adapters.hooks.given import Given
from bot.receipts import State

LONGEST = 4000
LONGEST_NAME = 200
FIELDS = 200
_REFERENCE = re.compile(r"\d{1,18}\.\d{1,18}\.\d{1,18}(@|$)")
"""As the courier makes them."""
_CODE = re.compile(r"[^a-z0-9]+")


class Unreadable(Exception):
    """Neither JSON nor a form."""


def fields(body: bytes, content_type: str) -> Mapping[str, Any]:
    """What was posted, by name."""
    try:
        text = body.decode("utf-8")
        if "json" in content_type:
            found = json.loads(text)
            if isinstance(found, list) and len(found) == 1:
                found = found[0]
        else:
            found = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(found, dict):
        raise Unreadable
    return found


def field(posted: Mapping[str, Any], path: str, longest: int = LONGEST_NAME) -> str:
    """The value at a path such as `data.from`, as text; empty where there is none."""
    found: Any = posted.get(path)
    if found is None:
        found = posted
        for part in path.split("."):
            found = found.get(part) if isinstance(found, dict) else None
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return str(found).strip()[:longest]


def numbers(text: str, country: str) -> tuple[str, ...]:
    """What a telephone number may be, as `+819012345678`, the likeliest first: gateways leave the
    plus of a foreign number out. Empty for what is none.

    >>> numbers("819012345678", "DE"), numbers("09012345678", "JP")
    (('+819012345678', '+49819012345678'), ('+819012345678',))
    """
    digits = text.translate({ord(sign): None for sign in " -().\u202a\u202c\u200e"})
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    tries = [digits] if digits.startswith("+") else [digits, "+" + digits]
    found: dict[str, bool] = {}
    for each in tries:
        try:
            read = phonenumbers.parse(each, None if each.startswith("+") else country or None)
        except NumberParseException:
            continue
        if phonenumbers.is_possible_number(read):
            form = phonenumbers.format_number(read, PhoneNumberFormat.E164)
            found.setdefault(form, phonenumbers.is_valid_number(read))
    return tuple(sorted(found, key=lambda form: not found[form]))


def standing(given: Given, said: str) -> tuple[State, bool] | None:
    """What a status means, and whether the address will never work again; `None` for nothing."""
    word = said.casefold()

    def among(words: Collection[str]) -> bool:
        return word in {each.casefold() for each in words}

    if among(given.gone):
        return State.FAILED, True
    if among(given.failed):
        return State.FAILED, False
    if among(given.seen):
        return State.SEEN, False
    return (State.DELIVERED, False) if among(given.delivered) else None


def of_ours(given: Given, posted: Mapping[str, Any]) -> bool:
    """True for a receipt: it has a status that is one, and names a message of ours. What it holds
    besides, the message's own text say, is nobody's word."""
    known = standing(given, field(posted, given.status)) is not None
    return known and bool(_REFERENCE.match(field(posted, given.reference).strip("<>")))


def code(said: str) -> str:
    """A status as a short code: nothing of it can be a text or an address.

    >>> code("Undelivered: absent subscriber +81 90")
    'undelivered'
    """
    words = [w for w in _CODE.split(said.casefold()) if w and not w.isdecimal()]
    return words[0][:30] if words else "failed"
