"""The organisation's own rules, as values: its kinds of incident, its patience, its limits.

Rules of the room:
- `config` reads and checks them; everybody else is handed this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.asks import Policy
from bot.rooms import Room

SEVERITIES = ("routine", "serious", "critical")
"""The least urgent first."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind of incident. Built-in kinds have their words in the texts; own ones in `labels`."""

    severity: str
    labels: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    organisation: str
    language: str
    time_zone: str
    kinds: Mapping[str, KindRule]
    policies: Mapping[str, Policy]
    """By severity: routine, serious, critical."""
    rollcall_severity: str
    drill_severity: str
    late_answers: timedelta
    worklist_size: int
    rates: Mapping[str, float]
    """Cards a second by channel; a channel that is not in it has no limit worth telling."""
    text_limit: int
    photo_bytes: int
    taps_per_minute: int
    messages_per_minute: int
    drafts_kept: timedelta
    site: str = ""
    """What addresses of our own pages begin with."""
    board_link: timedelta = timedelta(minutes=15)
    """How long a link that signs somebody in to the board works."""
    rooms: tuple[Room, ...] = ()
    """Channels and groups in which a roll call is one post."""
    costs: Mapping[str, float] = field(default_factory=dict)
    """What one message costs, by channel; a channel that is not in it costs nothing."""
    currency: str = "USD"
    nudge_after: timedelta = timedelta(minutes=5)
    """When a report was begun and not sent, its writer is asked once more."""
    sends_after: timedelta = timedelta(minutes=2)
    """When a report was begun and nothing more is answered, it goes as it is."""
    calls_again: timedelta = timedelta(minutes=1)
    """How soon a roll call whose silent people are called is looked at again."""
    listens: timedelta = timedelta(minutes=30)
    """How long a form that has been sent still takes plain typed words as answers."""
    listens_unsent: timedelta = timedelta(hours=12)
    """The same for one that has not; afterwards its buttons still work."""
    overdue_after: timedelta = timedelta(minutes=2)
    """What is later than this is looked after by nobody: the watchman calls."""
    alarm_again: timedelta = timedelta(minutes=10)
    """When he calls a second time about the same; each further time takes twice as long."""

    def lapsed(self, speed: float) -> Rules:
        """The same where the clock runs `speed` times as fast: people and machines do not."""
        spans: tuple[str, ...] = ("nudge_after", "sends_after", "listens", "listens_unsent")
        spans += ("board_link", "overdue_after", "alarm_again")
        return replace(self, **{name: getattr(self, name) * max(1.0, speed) for name in spans})
