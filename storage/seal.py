"""Sealing what is personal: contact addresses, and nothing else.

Rules of the room:
- Each person has a key of their own, wrapped by the master key. Destroying it makes every
  address of theirs unreadable at once, in copies too.
- AES-GCM; the person's id is bound in as associated data, so that a sealed address moved to
  another row does not open.
- An address is found again by a keyed hash, never by opening.

Source: NIST SP 800-38D for AES-GCM; RFC 5869 for deriving the two keys from the master key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
KEY = 32


class KeyProblem(Exception):
    """The master key is missing, unreadable or not the one this database was sealed with."""


class Keyring:
    """Opens and seals under one master key of 32 bytes; `entropy` gives random bytes."""

    def __init__(self, master: bytes, entropy: Callable[[int], bytes] = os.urandom) -> None:
        if len(master) != KEY:
            raise KeyProblem("The master key must be 32 bytes, written in base64.")
        self._entropy = entropy
        self._wrapping = AESGCM(self._derive(master, b"wrap"))
        self._looking = self._derive(master, b"look-up")
        self.signing = base64.urlsafe_b64encode(self._derive(master, b"links")).decode()
        """The first of the keys that sign personal links."""

        def further(number: int) -> bytes:
            return self._derive(master, b"links %d" % number)

        self._further = further

    @staticmethod
    def _derive(master: bytes, purpose: bytes) -> bytes:
        return HKDF(
            algorithm=hashes.SHA256(), length=KEY, salt=None, info=b"renraku " + purpose
        ).derive(master)

    def signing_keys(self, numbers: Sequence[int]) -> list[str]:
        """Keys that sign personal links, by their numbers; none tells anything of another."""
        return [
            self.signing if n == 1 else base64.urlsafe_b64encode(self._further(n)).decode()
            for n in numbers
        ]

    @property
    def mark(self) -> str:
        """Tells one master key from another without telling the key."""
        return hmac.digest(self._looking, b"mark", "sha256").hex()[:16]

    def new_person_key(self, key: str) -> bytes:
        """A fresh key for the person with staff number `key`, wrapped."""
        return self.new_person(key)[0]

    def new_person(self, key: str) -> tuple[bytes, PersonSeal]:
        """A fresh key for the person with staff number `key`, wrapped, and its seal."""
        nonce, own = self._entropy(NONCE), self._entropy(KEY)
        wrapped = nonce + self._wrapping.encrypt(nonce, own, key.encode())
        return wrapped, PersonSeal(AESGCM(own), key.encode(), self._entropy)

    def open_person(self, key: str, wrapped: bytes) -> PersonSeal:
        """The seal of one person; `KeyProblem` if the master key is another one."""
        try:
            own = self._wrapping.decrypt(wrapped[:NONCE], wrapped[NONCE:], key.encode())
        except (InvalidTag, ValueError) as problem:
            raise KeyProblem(
                "An address cannot be opened: the master key is not the one it was sealed with."
            ) from problem
        return PersonSeal(AESGCM(own), key.encode(), self._entropy)

    def digest(self, channel: str, address: str) -> bytes:
        """By which an address is found again; the same for the same address only.

        Mail is delivered whatever the case of its address, and so it is found.
        """
        address = address.lower() if channel == "email" else address
        said = f"{channel}\0{address}".encode()
        return hmac.new(self._looking, said, hashlib.sha256).digest()[:20]


class PersonSeal:
    """Seals and opens the addresses of one person."""

    def __init__(self, cipher: AESGCM, bound: bytes, entropy: Callable[[int], bytes]) -> None:
        self._cipher = cipher
        self._bound = bound
        self._entropy = entropy

    def seal(self, address: str) -> bytes:
        nonce = self._entropy(NONCE)
        return nonce + self._cipher.encrypt(nonce, address.encode(), self._bound)

    def open(self, sealed: bytes) -> str:
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._bound).decode()
        except (InvalidTag, ValueError) as problem:
            raise KeyProblem("A sealed address is damaged or belongs to another row.") from problem


def make_master(path: Path) -> bool:
    """A new master key in a file only its owner can read; `False` if there was one already.

    It is written beside its place and linked there, so that nobody ever reads half a key.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not named after the process: two containers on one volume may both be number 1.
    draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(base64.b64encode(os.urandom(KEY)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True
