"""How the made-up people behave: how soon they answer, how often they do not.

Rules of the room:
- Times are minutes of the demo's own clock, as such things take in life: most answer at once,
  some when asked again, a few never.
- What is left to chance comes from a seed, a person and how often they were asked before: the
  same town plays the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

MINUTE = 60.0
USUAL = 60.0
"""The speed at which the times below suit whoever plays."""
LEAST_SPARED = 5.0


@dataclass(frozen=True, slots=True)
class Span:
    """How long something takes: half of the time less than `minutes`; a wider `spread` means a
    longer tail."""

    minutes: float
    spread: float = 0.6

    def drawn(self, chance: Random) -> float:
        """Seconds."""
        return self.minutes * MINUTE * chance.lognormvariate(0.0, self.spread)


@dataclass(frozen=True, slots=True)
class Manners:
    """One behaviour for all; shares are between 0 and 1."""

    answer: Span = Span(3.5, 0.8)
    """From the question to the tap."""
    reminded: Span = Span(1.5)
    """From a reminder to the tap, for those who needed one."""
    cry: Span = Span(5, 0.3)
    """From the question to "I need help"."""
    after_reminder: float = 0.12
    never: float = 0.06
    never_away: float = 0.5
    """Somebody on leave looks at their phone less."""
    unaffected: float = 0.06

    take: Span = Span(7)
    """From a cry for help to somebody taking it ..."""
    take_first: Span = Span(50, 0.15)
    """... but the first is left to whoever plays, for about as long as they need to find it."""
    takes: float = 0.45
    """How many of those who are told do."""
    look_after: Span = Span(25, 0.4)
    """Until whoever has taken it can say that the person is safe."""

    take_report: Span = Span(240, 0.2)
    """Reports are left to whoever plays; only in the end does a colleague take one."""
    takes_report: float = 0.3

    call: Span = Span(3, 0.4)
    """One telephone call of somebody working through a list."""
    calls: float = 0.7
    """How many of those who get a list do."""
    reached: float = 0.5
    tried: float = 0.35
    """What a call gives; in the rest of the cases it is put off."""
    spared: float = 180.0
    """For so many minutes nobody answers for a person played by somebody at a screen."""

    def at(self, speed: float) -> Manners:
        """The same, with as much time for whoever plays as a screen takes at this speed."""
        first = max(self.take.minutes, self.take_first.minutes * speed / USUAL)
        return replace(
            self,
            take_first=Span(first, self.take_first.spread),
            spared=max(LEAST_SPARED, self.spared * speed / USUAL),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody will do about a question: after `asked` times, `seconds` later, `answer`.

    An empty answer is none at all.
    """

    answer: str = ""
    asked: int = 1
    seconds: float = 0.0


class Chance:
    """Draws for one person at a time, the same way each time the play is played."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._turns: dict[str, int] = {}

    def of(self, who: str) -> Random:
        """The dice for the next decision of `who`."""
        turn = self._turns[who] = self._turns.get(who, 0) + 1
        return Random(f"{self._seed}:{who}:{turn}")  # noqa: S311 - it shall repeat


def check_in(manners: Manners, dice: Random, *, unlucky: bool, away: bool) -> Plan:
    """What somebody who is asked "are you safe?" will do."""
    if unlucky:
        return Plan("help", 1, manners.cry.drawn(dice))
    answer = "unaffected" if dice.random() < manners.unaffected else "safe"
    lot = dice.random()
    never = manners.never_away if away else manners.never
    if lot < never:
        return Plan()
    if lot < never + manners.after_reminder:
        asked = 2 if dice.random() < 0.8 else 3
        return Plan(answer, asked, manners.reminded.drawn(dice))
    return Plan(answer, 1, manners.answer.drawn(dice))


def call(manners: Manners, dice: Random) -> str:
    """What one telephone call gives: `safe`, `tried`, or nothing worth a tap."""
    lot = dice.random()
    if lot < manners.reached:
        return "safe"
    return "tried" if lot < manners.reached + manners.tried else ""
