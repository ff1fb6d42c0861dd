"""What look-ups find, as values: counts, lists, who is reached, what there is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.asks import Ask
from bot.incidents import Incident
from bot.rollcalls import RollCall


@dataclass(frozen=True, slots=True)
class Count:
    """How many asks of one site and team are in one state.

    `answer` is `safe`, `help`, `unaffected` or empty: nobody has answered yet. `standing` is
    the ask's.
    """

    site: str
    team: str
    standing: str
    answer: str
    people: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the questions of a roll call on one channel.

    `queued` counts messages still to be sent; the others count people: to whom one was `handed`
    over, to whom it was `delivered` as far as the platform says so, who has `seen` it (opened its
    page), who of them has `answered` by whatever means, and to whom it `failed`, by why.
    """

    channel: str
    queued: int = 0
    handed: int = 0
    delivered: int = 0
    seen: int = 0
    answered: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Worklist:
    """What one person is to work off in one roll call; `asks` is one page of the `total` open.

    Of these `in_hand` are on another card of theirs, to be called just now, and on no page here.
    """

    asks: tuple[Ask, ...]
    total: int
    done: int
    in_hand: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Who a roll call would reach: `channels` maps each first channel to people."""

    people: int
    channels: Mapping[str, int]
    unreachable: int
    alone: tuple[str, ...] = ()
    """Names of some whom no channel reaches."""
    by_page: int = 0
    """Of those reached, whoever has nothing but a web page: asked when they open it."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What there is to do at a moment, seen without holding anybody up."""

    asks: bool
    roll_call: bool
    drafts: bool
    staff: str
    """Differs whenever the staff has changed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The next people a roll call asks, by id, with their site and team.

    Who has left meanwhile makes `people` shorter, but neither ends the roll call nor is looked
    for again: that `upto` and `last` tell.
    """

    people: Sequence[Any]
    upto: int
    """Everybody up to this id has had their turn."""
    last: bool
    """Nobody comes after them."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What people who have left the organisation still have in hand."""

    incidents: Sequence[Incident]
    """Taken by one of them."""
    cries: Sequence[str]
    """Check-ins whose cry for help one of them has taken."""
    climbed: Sequence[Ask]
    """Asks that wait for one of them above."""
    roll_calls: Sequence[RollCall]
    """Running ones that one of them launched."""
