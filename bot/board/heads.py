"""A head count as the board shows it: who was seen, who only answered, who is missing.

Rules of the room:
- Everybody counts once: seen, or else by their answer. Who needs help is named apart, seen or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot import heads
from bot.asks import Standing
from bot.board.figures import Choice, Line, Place
from bot.board.look import BoardLook
from bot.board.rollcall import Seen
from bot.found import Count
from bot.rollcalls import HELP, SAFE_ANSWERS, UNAFFECTED


@dataclass(frozen=True, slots=True)
class Head:
    """One person on the list."""

    line: Line

    @property
    def seen(self) -> bool:
        return self.line.sighting is not None

    @property
    def own(self) -> str:
        """How they would be counted without the tick: `safe`, `help`, `unaffected`, or nothing."""
        answer = self.line.ask.answer
        tick = self.line.sighting
        if tick is not None and tick.said and self.line.ask.answered_by == tick.by:
            return "" if answer in SAFE_ANSWERS else answer
        return SAFE_ANSWERS[0] if answer in SAFE_ANSWERS else answer

    @property
    def button(self) -> str:
        """What a tap on their line says."""
        return heads.button(self.line.ask.id, heads.UNDO if self.seen else heads.HERE)


@dataclass(frozen=True, slots=True)
class Heads:
    """One page of the list, and the figures of all of it."""

    choice: Choice
    heads: tuple[Head, ...]
    more: Place | None
    sites: tuple[str, ...]
    seen: int
    answered: int
    """Answered that they are safe, and were not seen."""
    unaffected: int
    """Not affected by their own word, and not seen: at home, or elsewhere."""
    help: int
    """Need help, whether seen or not."""
    missing: int
    """Neither seen nor heard from."""
    guests: int


async def gather(look: BoardLook, found: Seen, choice: Choice) -> Heads:
    """The page of `choice`, whose site and team limit the figures too."""
    about, within = found.roll_call.about, found.within
    asked = [c for c in await look.tallied(about, within) if c.standing != Standing.WITHDRAWN]
    ticked = [c for c in await look.sighted(about, within) if c.standing != Standing.WITHDRAWN]
    lines = await look.listed(about, replace(choice, limit=choice.limit + 1), within)
    more: Place | None = None
    if len(lines) > choice.limit:
        lines = lines[: choice.limit]
        more = lines[-1].name, lines[-1].ask.person

    def people(counts: Iterable[Count], *answers: str) -> int:
        return sum(
            count.people
            for count in counts
            if choice.site in (None, count.site)
            and choice.team in (None, count.team)
            and (not answers or count.answer in answers)
        )

    def unseen(*answers: str) -> int:
        return people(asked, *answers) - people(ticked, *answers)

    return Heads(
        choice,
        tuple(Head(line) for line in lines),
        more,
        tuple(sorted({count.site for count in asked if count.site})),
        people(ticked),
        unseen(*SAFE_ANSWERS),
        unseen(UNAFFECTED),
        people(asked, HELP),
        unseen(""),
        await look.guest_count(about),
    )
