"""A roll call as lines of a file: one for each person, the same columns in every language.

Rules of the room:
- Nothing but text; times as 2026-03-11 14:46:05, with their zone in a column of its own.
- Columns are only ever added at the end: somebody's sheet counts on their places.
"""

from __future__ import annotations

from adapters.board.ports import Words
from bot.board.figures import Guest, Line
from bot.rollcalls import RollCall

HEADS = (
    *("board-key", "board-name", "fact-site", "fact-team", "board-answer"),
    *("board-answered-at", "board-answered-by", "board-asked", "board-called"),
    *("board-seen-at", "board-seen-by", "board-time-zone", "board-kind", "board-event"),
    *("board-rollcall-id", "board-started-at", "board-ended-at"),
)


class Record:
    """Writes the lines of one roll call. `event` is what was said to those asked."""

    def __init__(self, call: RollCall, event: str, words: Words) -> None:
        self._words = words
        self._call = (
            words.zone,
            words.say("badge-drill" if call.drill else "board-real"),
            event,
            call.id,
            words.exactly(call.launched_at),
            words.exactly(call.ended_at) if call.ended_at else "",
        )

    @property
    def heads(self) -> list[str]:
        return [self._words.say(key) for key in HEADS]

    def person(self, line: Line) -> list[str]:
        ask, words = line.ask, self._words
        held = ask.standing == "held"
        stands = ask.answer or ("held" if held else "missing")
        asked = (ask.round - 1) * (ask.policy.reminders + 1) + ask.reminders + 1
        return [
            *(line.key, line.name, ask.site, ask.team),
            words.say(f"tally-{stands}"),
            words.exactly(ask.answered_at) if ask.answer and ask.answered_at else "",
            line.answered_by,
            "0" if held else str(asked),
            str(ask.tries),
            words.exactly(line.sighting.at) if line.sighting else "",
            line.seen_by,
            *self._call,
        ]

    def guest(self, guest: Guest) -> list[str]:
        """Somebody on no list, who was counted."""
        at = self._words.exactly(guest.at)
        said = self._words.say("note-visitor")
        seen = at, guest.by
        return ["", guest.name, guest.site, "", said, at, guest.by, "", "", *seen, *self._call]
