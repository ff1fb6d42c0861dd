"""Our own style sheet and scripts, read once, addressed by what is in them.

Rules of the room:
- The address carries a hash of everything here, so a browser may keep a file for a year and
  still never shows an old one; scripts import each other beside themselves.
- Only what was found in the folder at the start can be asked for: no path from outside ever
  reaches the disk.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


SHARED = Path(__file__).parent / "shared"
"""What every site shows: the mark, the parts of a card."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its content, plain and packed."""

    content: bytes = field(repr=False)
    packed: bytes = field(repr=False)
    media_type: str


class Assets:
    """Every file of the folder by name.

    `templates` are the pages that use them; `prefix` is where a route shows them.
    """

    def __init__(self, folder: Path, templates: Path, prefix: str = "/static") -> None:
        self._prefix = prefix
        self._found: dict[str, Asset] = {}
        for path in sorted((*SHARED.iterdir(), *folder.iterdir())):
            if path.suffix in TYPES:
                content = path.read_bytes()
                packed = gzip.compress(content, 9, mtime=0)
                self._found[path.name] = Asset(content, packed, TYPES[path.suffix])
        # The templates count too: after an upgrade every open page is drawn anew.
        pages = sorted((*SHARED.glob("*.html"), *templates.rglob("*.html")))
        self.version = _hash(
            *(asset.content for asset in self._found.values()),
            *(path.read_bytes() for path in pages),
        )

    def get(self, name: str) -> Asset | None:
        return self._found.get(name)

    def address(self, name: str) -> str:
        """The path below the site's root. Raises `KeyError` for what is not there."""
        if name not in self._found:
            raise KeyError(name)
        return f"{self._prefix}/{self.version}/{name}"


def _hash(*contents: bytes) -> str:
    digest = blake2b(digest_size=6)
    for content in contents:
        digest.update(content)
    return digest.hexdigest()
