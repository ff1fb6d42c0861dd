"""What a decision wants done: values to save, cards to show, a reply.

Rules of the room:
- A decision returns one `Outcome` and touches nothing. The engine saves all of it in one
  transaction or none of it.
- `Show` names a card, never its words: which view, for whom, about what. It is drawn when it
  is sent.
- `Refresh` names a subject; every card already posted about it is drawn again in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from bot.asks import Ask, Standing


class Priority(IntEnum):
    """What overtakes what on the way out; lower goes first."""

    HELP = 0
    REPLY = 1
    PAGE = 2
    QUESTION = 3
    ALSO = 4
    """A question to somebody who is asked in a room as well."""
    REMINDER = 5
    TALLY = 6


@dataclass(frozen=True, slots=True)
class Show:
    """Post a card, loud, to one person."""

    person: int
    view: str
    subject: str
    args: Mapping[str, str] = field(default_factory=dict)
    priority: Priority = Priority.QUESTION
    step: int = 0
    """Which contact: 0 the first in the person's order, 1 the next, and round again."""
    channel: str = ""
    """Answer on this channel if the person has it; else by their order."""
    about: str = ""
    """The larger thing it belongs to: what is still queued about it can be dropped at once."""
    unless_settled: bool = False
    """Drop it if by then the card has nothing left to ask."""
    in_place: bool = False
    """If the person already has this card, only draw it again."""
    after: int = 0
    """The contact that failed: the next in the person's order shall have it."""
    tried: tuple[int, ...] = ()
    """The contacts that would not take this card: none of them is asked again."""
    since: datetime | None = None
    """When it was first queued, where that was before now."""


@dataclass(frozen=True, slots=True)
class ShowRoom:
    """Post a card, loud, in a room of a channel: one message for everybody in it."""

    channel: str
    room: str
    """The room's id on its platform."""
    view: str
    subject: str
    about: str
    args: Mapping[str, str] = field(default_factory=dict)
    priority: Priority = Priority.PAGE
    """Before all questions: one message asks a whole room."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Draw every posted card about `subject` again, silently."""

    subject: str
    priority: Priority = Priority.REPLY
    whole: bool = False
    """Also every card that belongs to it: all check-ins of a roll call."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Throw away what is still queued and belongs to `about` (a roll call called off)."""

    about: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A short line for whoever just acted: a text key and its values."""

    key: str
    args: Mapping[str, str | int] = field(default_factory=dict)
    problem: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line for the journal: who did or was told what, on whose behalf. Ids, never texts."""

    kind: str
    about: str = ""
    person: int | None = None
    behalf: int | None = None
    data: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Move every unanswered ask about something to `standing` in one statement."""

    about: str
    standing: Standing
    keep: str = ""
    """The id of an ask to leave alone."""
    answered_too: bool = False
    """Answered ones as well: what was answered is asked afresh another time."""


@dataclass(frozen=True, slots=True)
class ShowAsked:
    """Post a card to everyone who was asked about something, in one statement."""

    about: str
    view: str
    subject: str
    priority: Priority = Priority.QUESTION
    reached: bool = False
    """Only those to whom the question was handed over, or is being handed over now."""
    lasting: str = ""
    """Where given, the subject for everybody to whom it will never say anything else: all but
    `followers` and those with a role. A change of `subject` does not draw these again."""
    followers: tuple[int, ...] = ()
    in_need: str = ""
    """Where given, the view for whoever still needs help, about their own ask."""
    group: str = ""
    """Only those who stand so: `silent`, `help`, `safe` (or not affected); empty is everybody."""


class Candidate(NamedTuple):
    """Somebody a roll call is about to ask."""

    person: int
    chain: tuple[int, ...]
    site: str
    team: str
    releaser: int | None = None
    """Cascade only: who releases them; `None` is asked at once."""


@dataclass(frozen=True, slots=True)
class AskEach:
    """Open an ask for each of `people`, and post the first question to those asked at once."""

    asked: Ask
    """What all have in common."""
    held: Ask
    """The same for whoever has a releaser."""
    people: Sequence[Candidate]
    ids: Sequence[str]
    """One for each of them."""
    after: int
    upto: int
    """They are everybody after the person `after`, up to the person `upto`."""
    sites: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    """Who is asked in a room as well: their questions leave after those of the others."""


@dataclass(frozen=True, slots=True)
class ReleaseBelow:
    """Cascade: those whose releaser is `person` may be asked now."""

    about: str
    person: int


@dataclass(frozen=True, slots=True)
class ForKeepers:
    """Nobody above could settle `ask`: whoever looks after such people is given it, or only has
    their list drawn again."""

    about: str
    ask: Ask
    given: bool = False


@dataclass(frozen=True, slots=True)
class OnWorklist:
    """`person` has been given `ask` to look after."""

    about: str
    person: int
    ask: str


@dataclass(slots=True)
class Outcome:
    """Everything one decision wants. Collected while deciding, applied at once."""

    save: list[object] = field(default_factory=list)
    show: list[Show] = field(default_factory=list)
    refresh: list[Refresh] = field(default_factory=list)
    drop: list[Drop] = field(default_factory=list)
    journal: list[Entry] = field(default_factory=list)
    reply: Reply | None = None
    draft: str = ""
    """The form now open, for a channel that shows it as a page."""
    problems: dict[str, Reply] = field(default_factory=dict)
    """What is wrong with which answer of a page."""
    shown: tuple[Show, ...] = ()
    """Cards that are shown on the spot instead of being queued."""

    def add(self, other: Outcome) -> Outcome:
        """Take over what another decision wants; its reply wins if it has one."""
        self.save += other.save
        self.show += other.show
        self.refresh += other.refresh
        self.drop += other.drop
        self.journal += other.journal
        self.reply = other.reply or self.reply
        self.draft = other.draft or self.draft
        self.problems |= other.problems
        return self
