"""Who is not accounted for in a roll call, by name: those in need of help, and the silent.

Rules of the room:
- Names are for those who look after it: whoever launched or ended it, and the safety desk.
  Everybody else who was asked reads nobody's name.
- A few are named, the rest are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.asks import Standing
from bot.cards import Person, Section, Text
from bot.found import Count
from bot.look import Look
from bot.people import Role
from bot.rollcalls import HELP, SAFE_ANSWERS, UNAFFECTED, RollCall, State
from bot.views import Reader
from bot.views.parts import fit, people
from bot.views.parts.people import Somebody

ROWS = 8
"""People named of each sort."""


@dataclass(slots=True)
class Group:
    """Counts of one site, one team or everybody."""

    total: int = 0
    safe: int = 0
    unaffected: int = 0
    help: int = 0
    held: int = 0
    missing: int = 0
    unreached: int = 0

    def add(self, count: Count) -> None:
        self.total += count.people
        if count.answer in SAFE_ANSWERS:
            self.safe += count.people
        elif count.answer == UNAFFECTED:
            self.unaffected += count.people
        elif count.answer == HELP:
            self.help += count.people
        elif count.standing == Standing.HELD:
            self.held += count.people
        else:
            self.missing += count.people
            if count.standing == Standing.UNREACHED:
                self.unreached += count.people

    @property
    def answered(self) -> int:
        return self.safe + self.unaffected + self.help


@dataclass(frozen=True, slots=True)
class Unsettled:
    """People of each sort: the first by name, and how many they are."""

    in_need: tuple[Somebody, ...] = ()
    silent: tuple[Somebody, ...] = ()
    need: int = 0
    missing: int = 0
    held: int = 0
    """Not asked yet."""


def may_see(reader: Reader, roll_call: RollCall) -> bool:
    """Whoever launched or ended it, and the safety desk."""
    me = reader.person
    return me.id in (roll_call.launched_by, roll_call.ended_by) or me.may(Role.SAFETY)


async def counted(look: Look, roll_call: RollCall) -> list[Count]:
    """The counts, without people who were withdrawn one by one: they are no longer with us."""
    called_off = roll_call.state is State.CANCELLED
    found = await look.counts(roll_call.about)
    return [c for c in found if called_off or c.standing != Standing.WITHDRAWN]


def together(counts: Iterable[Count]) -> Group:
    """Counts of everybody."""
    everyone = Group()
    for count in counts:
        everyone.add(count)
    return everyone


async def gather(look: Look, roll_call: RollCall, everyone: Group, reader: Reader) -> Unsettled:
    """Those not accounted for; nobody once it was called off."""
    if roll_call.state is State.CANCELLED:
        return Unsettled()
    in_need = await look.in_need(roll_call.about, ROWS)
    silent = await look.silent(roll_call.about, ROWS)
    return Unsettled(
        await people.on_list(look, in_need, reader, roll_call),
        await people.on_list(look, silent, reader, roll_call),
        everyone.help,
        everyone.missing,
        everyone.held,
    )


def in_need(found: Unsettled, reader: Reader, *, taps: bool = False) -> list[Section]:
    """Those who need help; `taps` to answer for them."""
    return _lines("tally-in-need", found.in_need, found.need, reader, taps=taps)


def silent(found: Unsettled, reader: Reader, *, taps: bool = False) -> list[Section]:
    """Those not heard from; `taps` to answer for them."""
    return _lines("tally-silent", found.silent, found.missing, reader, taps=taps)


def _lines(
    heading: str, listed: Sequence[Somebody], everyone: int, reader: Reader, *, taps: bool
) -> list[Section]:
    if not listed:
        return []
    words = reader.words
    lines: list[Section] = [Text(words.say(heading, count=everyone))]
    for somebody in listed:
        facts = (*people.place(somebody.ask), *people.history(reader, somebody))
        buttons = people.answers(reader, somebody) if taps else ()
        lines.append(Person(fit.line(somebody.name), words.dotted(facts), buttons))
    if everyone > len(listed):
        rest = words.say("and-more-people", count=everyone - len(listed))
        lines.append(Text(rest, quiet=True))
    return lines
