"""What the board says about people and roll calls, in a reader's language.

Rules of the room:
- The same words and the same buttons as on the cards in chat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import buttons
from bot.asks import Standing
from bot.board.figures import Line
from bot.board.rollcall import Seen
from bot.cards import Button, Person, Style
from bot.people import Person as Member
from bot.ports import Clock
from bot.rollcalls import HELP, RollCall
from bot.rules import Rules
from bot.texts import Texts
from bot.views import Reader
from bot.views.parts import event, fit, people, preflight
from bot.views.parts.people import Somebody

NOBODY = Member(0, "", "")


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaks to everybody with one language and time zone alike."""

    rules: Rules
    texts: Texts
    clock: Clock

    def reader(self, language: str, zone: str) -> Reader:
        """Anybody who reads this language in this time zone."""
        who = replace(NOBODY, language=language, time_zone=zone)
        return Reader(who, self.clock.now(), self.rules, self.texts)

    def line(self, line: Line, seen: Seen, reader: Reader) -> Person:
        """One person of a roll call: how they stand, and what may be recorded for them."""
        ask, words = line.ask, reader.words
        somebody = Somebody(
            line.name, ask, line.ways, line.taken_by, answerable=True, remark=line.remark
        )
        place = people.place(ask)
        if ask.answer and ask.answered_at is not None and ask.answer != HELP:
            facts = [words.say(f"tally-{ask.answer}"), words.when(ask.answered_at, reader.now)]
            if line.answered_by:
                facts.append(words.say("board-said-by", name=fit.line(line.answered_by)))
            facts += people.wrote(reader, somebody)
        elif ask.standing is Standing.HELD:
            facts = [words.say("tally-held")]
        else:
            facts = list(people.history(reader, somebody))
            if ask.answer == HELP:
                facts += people.wrote(reader, somebody)
            if line.away:
                facts.append(words.say("board-away"))
        if line.sighting is not None:
            facts.append(words.say("board-seen-here"))
        return Person(
            fit.line(line.name), words.dotted((*place, *facts)), self._taps(somebody, seen, reader)
        )

    def _taps(self, somebody: Somebody, seen: Seen, reader: Reader) -> tuple[Button, ...]:
        ask = somebody.ask
        if seen.roll_call.state == "cancelled" or ask.standing is Standing.HELD:
            return ()
        if ask.answer and ask.answer != HELP:
            return ()
        taps = people.answers(reader, somebody)
        if ask.answer == HELP and not somebody.taken_by:
            label = reader.words.say("button-take")
            taps = (fit.button(buttons.take(f"help:{ask.id}"), label, Style.DANGER), *taps)
        return taps

    def event(self, roll_call: RollCall, reader: Reader) -> str:
        """The event's own words."""
        return fit.said(event.plain(reader, roll_call.words)).text

    def scope(self, seen: Seen, reader: Reader) -> str:
        """Who is asked."""
        call = seen.roll_call
        return event.scope(reader, call.scope, call.target, seen.lead, call.expected)

    def sender(self, seen: Seen, reader: Reader) -> str:
        """Who sent it, and when."""
        return event.sender(reader, seen.roll_call, seen.launcher).text

    def ended(self, seen: Seen, reader: Reader) -> str:
        """Who ended it, and when; empty while it runs."""
        text = event.ended(reader, seen.roll_call, seen.ended_by)
        return text.text if text else ""

    def seconds(self, queued: dict[str, int], reader: Reader) -> float:
        """How long the slowest channel still needs."""
        return preflight.seconds(queued, reader)
