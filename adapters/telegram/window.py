"""Which updates are in hand, and from where on Telegram shall send again.

Rules of the room:
- The offset is the oldest update that is not done yet. Handing it to Telegram confirms all before
  it, and nothing else does: whatever is lost here comes again.
- What comes a second time while it is in hand, or was done while a poll was on its way, is not
  begun again.
- Telegram may start counting anew, even from below.

>>> window = Window()
>>> window.take([7, 8, 9], 0), window.take([8, 9, 10], 0)
([7, 8, 9], [10])
>>> window.done(8)
>>> window.offset
7
>>> window.done(7)
>>> window.offset
9
"""

from __future__ import annotations

from collections.abc import Sequence


class Window:
    """Numbers of updates, from the oldest unfinished one on."""

    def __init__(self) -> None:
        self._next = 0
        self._open: set[int] = set()
        self._done: set[int] = set()
        """Finished, and not yet known to be confirmed."""

    @property
    def offset(self) -> int:
        """The lowest number that may still come; 0 before anything has."""
        return min(self._open) if self._open else self._next

    @property
    def waiting(self) -> int:
        """How many are in hand."""
        return len(self._open)

    def take(self, numbers: Sequence[int], asked: int) -> list[int]:
        """Those to be begun now, in the order they came, of a poll that asked from `asked` on."""
        known = self._open | self._done
        new = [number for number in dict.fromkeys(numbers) if number not in known]
        # A poll that came back has confirmed what lay before it.
        self._done = {number for number in self._done if number >= asked}
        if new:
            newest = max(new) + 1
            if newest > self._next or not self._open:
                self._next = newest
        self._open.update(new)
        return new

    def done(self, number: int) -> None:
        """This one is saved, or will never be readable."""
        if number in self._open:
            self._open.discard(number)
            self._done.add(number)
