"""Which updates are in hand, and from where on Telegram shall send again.

Rules of the room:
- The offset is the oldest update that is not done yet. Handing it to Telegram confirms all before
  it, and nothing else does: whatever is lost here comes again.
- What comes a second time while it is in hand, or done behind one that is not, is not begun again.
- Telegram may start counting anew, even from below.

>>> window = Window()
>>> window.take([7, 8, 9]), window.take([8, 9, 10])
([7, 8, 9], [10])
>>> window.done(8)
... window.offset
7
>>> window.done(7)
... window.offset
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
        """Finished, but behind one that is not."""

    @property
    def offset(self) -> int:
        """The lowest number that may still come; 0 before anything has."""
        return min(self._open) if self._open else self._next

    @property
    def waiting(self) -> int:
        """How many are in hand."""
        return len(self._open)

    def take(self, numbers: Sequence[int]) -> list[int]:
        """Those to be begun now, in the order they came."""
        if not numbers:
            return []
        newest = max(numbers) + 1
        if newest > self._next or (not self._open and max(numbers) < self._next):
            self._next = newest
        new = []
        for number in numbers:
            if number not in self._open and number not in self._done:
                self._open.add(number)
                new.append(number)
        return new

    def done(self, number: int) -> None:
        """This one is saved, or will never be readable."""
        if number in self._open:
            self._open.discard(number)
            self._done.add(number)
        offset = self.offset
        self._done = {done for done in self._done if done >= offset}
