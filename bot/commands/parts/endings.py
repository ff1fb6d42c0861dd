"""How a command ends: a number for scripts, a sentence for people."""

from __future__ import annotations

from enum import IntEnum


class Ending(IntEnum):
    """The exit codes; they are part of the product and do not change."""

    FINE = 0
    NO = 1
    """A check failed, or the answer is no."""
    USAGE = 2
    """Wrong usage or configuration: nothing was done."""
    STORAGE = 3
    """The database refused: nothing was done."""
    FAULT = 4
    """A fault in Renraku itself."""


class Refused(Exception):
    """Ends the command; `str()` is one sentence for people."""

    def __init__(self, sentence: str, ending: Ending = Ending.USAGE) -> None:
        super().__init__(sentence)
        self.ending = ending
