"""Page templates are compiled once a process, and not by each of a thousand houses.

A house keeps what it has compiled to itself, which is all that a server needs. Here the houses of
one process share it; everything else is each house's own.
"""

from __future__ import annotations

from functools import partialmethod

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Bytecode in memory, by template and the checksum of its source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def share() -> None:
    """From now on, for every environment that asks for no cache of its own."""
    begin = partialmethod(Environment.__init__, bytecode_cache=Compiled())
    Environment.__init__ = begin  # type: ignore[method-assign, assignment]
