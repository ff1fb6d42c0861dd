"""A person's own link: who it opens for, signed, dated and revocable.

Rules of the room:
- A token carries the person's id and their link revision, nothing that tells who they are. The
  house compares the revision with `Person.link_rev`; raising that revokes every older link.
- The first key signs, all keys verify: a new key is put in front, the old one stays until the
  last link made with it has run out.
- A clock set back expires nothing: a link from the "future" is as good as new.

>>> from datetime import timedelta
>>> from bot.ports import SteadyClock
>>> links = Links(["a-long-secret"], lifetime=timedelta(days=30), clock=SteadyClock())
>>> links.read(links.make(7, rev=2))
(7, 2)
>>> links.read("forged")
BadLink(reason='bad')
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from adapters.web.ports import BadLink
from bot.ports import Clock

SHAPE = re.compile(r"[A-Za-z0-9_-]{1,100}(\.[A-Za-z0-9_-]{1,100}){2}")
"""Anything else was not made here and is not worth a signature check."""


class Links:
    """Makes and reads the tokens in `/c/{token}`."""

    def __init__(self, keys: Sequence[str], lifetime: timedelta, clock: Clock) -> None:
        if not keys or not all(keys):
            raise ValueError("a link needs at least one key to be signed with, and none empty")

        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock.now().timestamp())

        # itsdangerous signs with the last key of its list and verifies with all of them.
        self._serializer = URLSafeTimedSerializer(
            list(reversed(keys)),
            salt="renraku.web.link",
            signer=Signer,
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )
        self._lifetime = lifetime
        self._clock = clock

    def make(self, person_id: int, rev: int) -> str:
        """A new token, good for the lifetime from now."""
        token = self._serializer.dumps([person_id, rev])
        return token.decode("ascii") if isinstance(token, bytes) else token

    def read(self, token: str) -> tuple[int, int] | BadLink:
        """Person id and link revision, or why not. Never raises, whatever it is given."""
        if not SHAPE.fullmatch(token):
            return BadLink("bad")
        try:
            # The age is checked below: the serializer would call a link from the future expired.
            payload, signed = self._serializer.loads(token, return_timestamp=True)
        except BadData:
            return BadLink("bad")
        match payload:
            case [int(person_id), int(rev)]:
                if self._clock.now() - signed > self._lifetime:
                    return BadLink("expired")
                return person_id, rev
            case _:
                return BadLink("bad")
