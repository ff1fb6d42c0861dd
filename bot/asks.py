"""The one machine that waits for people.

Everything that waits for a person is an `Ask`: a check-in of a roll call, a page ("can you
take it?"), later a plan's step or an inspection. An ask has a person, a frozen chain of
people above them, a frozen policy, a standing and one `due_at`.

Rules of the room:
- An ask waits if and only if it has a `due_at`. Answering clears it, so no timer outlives its
  reason.
- What may happen in which standing is the table `MOVES`. A move that is not in it changes
  nothing: a late timer, a second tap or a button of yesterday is harmless.
- The clock starts when the question was handed to the channel, or after the policy's backstop
  where that failed. A message still in line in our own queue puts that off, but only once: no
  queue is waited for without end.
- Nothing here knows what the question was. The nouns (`rollcalls`, `incidents`) turn effects
  into cards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from bot.moves import Answered as Answered
from bot.moves import Handed as Handed
from bot.moves import InLine as InLine
from bot.moves import Lapse as Lapse
from bot.moves import Move as Move
from bot.moves import Release as Release
from bot.moves import Retracted as Retracted
from bot.moves import TimeUp as TimeUp
from bot.moves import Tried as Tried
from bot.moves import Unreachable as Unreachable
from bot.moves import Withdraw as Withdraw


class Kind(StrEnum):
    """What sort of answer is waited for."""

    CHECK_IN = "check-in"
    PAGE = "page"
    CALL = "call"
    """"Please telephone these people": a hand-out."""


class Standing(StrEnum):
    """Where an ask stands."""

    HELD = "held"
    """In a cascade: not asked yet, released by the person above."""
    ASKED = "asked"
    """With the person."""
    CLIMBED = "climbed"
    """Silence: with somebody above them."""
    UNREACHED = "unreached"
    """The chain is used up. Late answers are welcome."""
    ANSWERED = "answered"
    LAPSED = "lapsed"
    """It ended without an answer. Late answers are welcome."""
    WITHDRAWN = "withdrawn"
    """Called off, or taken by another: no answer is wanted any more."""


WAITING = frozenset({Standing.ASKED, Standing.CLIMBED})
OPEN_TO_ANSWERS = frozenset(Standing) - {Standing.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient an ask is, in seconds; frozen into each ask as `code()`."""

    first_reminder: int
    remind_every: int
    reminders: int
    climb_every: int
    rounds: int = 1
    """How often the climb starts again from the bottom when the top stayed silent."""
    backstop: int = 900
    """How long to wait for the hand-over to a channel before the clock starts anyway."""
    call_after: int = 0
    """How long after the start people begin to call whoever is silent; 0: never."""

    def code(self) -> str:
        """The policy as short text, kept with each ask.

        >>> Policy(180, 180, 2, 300).code()
        '180/180/2/300/1/900/0'
        """
        return (
            f"{self.first_reminder}/{self.remind_every}/{self.reminders}"
            f"/{self.climb_every}/{self.rounds}/{self.backstop}/{self.call_after}"
        )

    @property
    def allows(self) -> timedelta:
        """How long a page may go untaken: its person and the next above have had their time."""
        reminders = self.reminders * self.remind_every
        return timedelta(seconds=self.first_reminder + reminders + self.climb_every)

    @staticmethod
    @lru_cache(maxsize=256)
    def parse(code: str) -> Policy:
        """The policy behind `code()`."""
        return Policy(*(int(part) for part in code.split("/")))


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to one person, and everything needed to see it through."""

    id: str
    kind: Kind
    about: str
    """What it belongs to, as `noun:id`."""
    person: int
    chain: tuple[int, ...]
    policy: Policy
    standing: Standing
    due_at: datetime | None = None
    rung: int = 0
    """0: with the person; n: with `chain[n - 1]`."""
    reminders: int = 0
    round: int = 1
    handed: bool = False
    """The present question has reached a channel and its clock runs."""
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: int | None = None
    tries: int = 0
    """How often somebody tried to reach the person by hand without success."""
    site: str = ""
    team: str = ""
    releaser: int | None = None
    """In a cascade: whose answer or silence releases this ask."""
    drill: bool = False
    """Nothing has happened: it waits behind what is real."""
    put_off: bool = False
    """Its time came while its card was still in line: the next time it goes on without."""

    @property
    def waiting(self) -> bool:
        return self.standing in WAITING

    @property
    def sought(self) -> bool:
        """Asked as often as it takes, in vain: people look for them, though they may be asked
        again meanwhile."""
        again = self.standing is Standing.ASKED and self.round > 1
        return again or self.standing in (Standing.CLIMBED, Standing.UNREACHED)

    @property
    def holder(self) -> int:
        """Who is expected to act now."""
        return self.chain[self.rung - 1] if self.rung else self.person

    @property
    def passed_on(self) -> bool:
        """In a cascade: those below have been released by an answer or by silence."""
        first = self.standing is Standing.ASKED and self.round == 1
        return not first and self.standing is not Standing.HELD

    @property
    def on_behalf(self) -> bool:
        """True if somebody else gave the present answer."""
        return self.answered_by is not None and self.answered_by != self.person

    @property
    def asked_people(self) -> tuple[int, ...]:
        """The person and everybody it has climbed to so far."""
        top = len(self.chain) if self.round > 1 else self.rung
        return (self.person, *self.chain[:top])


# --- moves: what can happen to an ask (`bot.moves`), and what follows ---------------------------


class Effect(StrEnum):
    """What a move asks the nouns to show."""

    QUESTION = "question"
    REMINDER = "reminder"
    CLIMB = "climb"
    EXHAUSTED = "exhausted"
    ANSWER = "answer"
    CHANGE = "change"
    TRIED = "tried"
    RELEASE = "release"
    """In a cascade: those below may be asked now."""
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Step:
    """The ask after a move, and what follows from it."""

    ask: Ask
    effects: tuple[Effect, ...] = ()


_PLACES = {f.name: place for place, f in enumerate(fields(Ask))}
_values = attrgetter(*_PLACES)


def replace(ask: Ask, **new: object) -> Ask:
    """`dataclasses.replace` in half the time: a roll call moves every ask several times."""
    values = [*_values(ask)]
    for name, value in new.items():
        values[_PLACES[name]] = value
    return Ask(*values)


def _after(now: datetime, seconds: int) -> datetime:
    return now + timedelta(seconds=seconds)


def _question(ask: Ask, _move: Move, now: datetime) -> Step:
    asked = replace(
        ask,
        standing=Standing.ASKED,
        rung=0,
        reminders=0,
        handed=False,
        put_off=False,
        due_at=_after(now, ask.policy.backstop),
    )
    return Step(asked, (Effect.QUESTION,))


def _handed(ask: Ask, _move: Move, now: datetime) -> Step:
    if ask.handed:
        return Step(ask)
    patience = ask.policy.remind_every if ask.reminders else ask.policy.first_reminder
    if ask.policy.reminders == 0:
        patience = ask.policy.first_reminder
    return Step(replace(ask, handed=True, put_off=False, due_at=_after(now, patience)))


def _in_line(ask: Ask, move: Move, now: datetime) -> Step:
    """Put off once. A lane may be closed for days: after that it goes on as after a silence."""
    page = ask.kind is Kind.PAGE
    if ask.put_off:
        # Whoever is paged may not even know: a reminder in the same line helps nobody.
        return _climb(ask, move, now) if page or ask.rung else _silent(ask, move, now)
    patience = ask.policy.climb_every if page or ask.rung else ask.policy.backstop
    return Step(replace(ask, put_off=True, due_at=_after(now, patience)))


def _silent(ask: Ask, move: Move, now: datetime) -> Step:
    """The person was given time and said nothing."""
    if ask.reminders < ask.policy.reminders:
        reminded = replace(
            ask,
            reminders=ask.reminders + 1,
            handed=False,
            due_at=_after(now, ask.policy.backstop),
        )
        return Step(reminded, (Effect.REMINDER,))
    return _climb(ask, move, now)


def _climb(ask: Ask, move: Move, now: datetime) -> Step:
    first = (Effect.RELEASE,) if ask.rung == 0 and ask.round == 1 else ()
    if ask.rung < len(ask.chain):
        climbed = replace(
            ask,
            standing=Standing.CLIMBED,
            rung=ask.rung + 1,
            put_off=False,
            due_at=_after(now, ask.policy.climb_every),
        )
        return Step(climbed, (*first, Effect.CLIMB))
    if ask.round < ask.policy.rounds:
        again = _question(replace(ask, round=ask.round + 1), move, now)
        return Step(again.ask, (*first, *again.effects))
    over = replace(ask, standing=Standing.UNREACHED, due_at=None)
    return Step(over, (*first, Effect.EXHAUSTED))


def _answered(ask: Ask, move: Move, now: datetime) -> Step:
    assert isinstance(move, Answered)  # noqa: S101 - the table says so
    if ask.standing is Standing.ANSWERED and (ask.answer, ask.answered_by) == (
        move.answer,
        move.by,
    ):
        return Step(ask)
    first = ask.standing is not Standing.ANSWERED
    settled = replace(
        ask,
        standing=Standing.ANSWERED,
        due_at=None,
        answer=move.answer,
        answered_at=now,
        answered_by=move.by,
    )
    released = ask.standing in (Standing.ASKED, Standing.HELD) and ask.round == 1
    effects = (Effect.ANSWER if first else Effect.CHANGE,)
    return Step(settled, (*effects, Effect.RELEASE) if released else effects)


def _retracted(ask: Ask, move: Move, now: datetime) -> Step:
    """Their own word holds again, or they are silent where it had climbed to; only what the same
    person said for another."""
    assert isinstance(move, Retracted)  # noqa: S101 - the table says so
    if not ask.on_behalf or ask.answered_by != move.by:
        return Step(ask)
    if move.own:
        theirs = replace(ask, answer=move.own, answered_at=now, answered_by=ask.person)
        return Step(theirs, (Effect.CHANGE,))
    tried_all = ask.reminders >= ask.policy.reminders and ask.round >= ask.policy.rounds
    standing, due_at = Standing.UNREACHED, None
    if ask.rung:
        standing, due_at = Standing.CLIMBED, _after(now, ask.policy.climb_every)
    elif ask.chain or not tried_all:
        # It was still with them: they are asked as if nothing had been said.
        standing, due_at = Standing.ASKED, _after(now, ask.policy.first_reminder)
    silent = replace(
        ask,
        standing=standing,
        due_at=due_at,
        answer="",
        answered_at=None,
        answered_by=None,
    )
    return Step(silent, (Effect.CHANGE,))


def _tried(ask: Ask, _move: Move, _now: datetime) -> Step:
    return Step(replace(ask, tries=ask.tries + 1), (Effect.TRIED,))


def _withdraw(ask: Ask, _move: Move, _now: datetime) -> Step:
    return Step(replace(ask, standing=Standing.WITHDRAWN, due_at=None), (Effect.STOP,))


def _lapse(ask: Ask, _move: Move, _now: datetime) -> Step:
    return Step(replace(ask, standing=Standing.LAPSED, due_at=None), (Effect.STOP,))


S = Standing
MOVES: dict[tuple[Standing, type[Move]], Callable[[Ask, Move, datetime], Step]] = {
    (S.HELD, Release): _question,
    (S.HELD, Answered): _answered,
    (S.HELD, Withdraw): _withdraw,
    (S.HELD, Lapse): _lapse,
    (S.ASKED, Handed): _handed,
    (S.ASKED, TimeUp): _silent,
    (S.ASKED, InLine): _in_line,
    (S.ASKED, Unreachable): _climb,
    (S.ASKED, Answered): _answered,
    (S.ASKED, Tried): _tried,
    (S.ASKED, Withdraw): _withdraw,
    (S.ASKED, Lapse): _lapse,
    (S.CLIMBED, TimeUp): _climb,
    (S.CLIMBED, InLine): _in_line,
    (S.CLIMBED, Unreachable): _climb,
    (S.CLIMBED, Answered): _answered,
    (S.CLIMBED, Tried): _tried,
    (S.CLIMBED, Withdraw): _withdraw,
    (S.CLIMBED, Lapse): _lapse,
    (S.UNREACHED, Answered): _answered,
    (S.UNREACHED, Tried): _tried,
    (S.UNREACHED, Withdraw): _withdraw,
    (S.UNREACHED, Lapse): _lapse,
    (S.ANSWERED, Answered): _answered,
    (S.ANSWERED, Withdraw): _withdraw,
    (S.ANSWERED, Retracted): _retracted,
    (S.LAPSED, Answered): _answered,
    (S.LAPSED, Tried): _tried,
    (S.LAPSED, Withdraw): _withdraw,
}
del S


def step(ask: Ask, move: Move, now: datetime) -> Step:
    """The ask after `move` at `now`; unchanged and without effects if the move means nothing."""
    found = MOVES.get((ask.standing, type(move)))
    return found(ask, move, now) if found else Step(ask)


def opened(ask: Ask, now: datetime, *, held: bool = False) -> Step:
    """A new ask's first step: held for a cascade, or asked now."""
    if held:
        return Step(replace(ask, standing=Standing.HELD, due_at=None))
    return _question(ask, Release(), now)
