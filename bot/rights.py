"""Who may see and do what on the board.

Rules of the room:
- One place decides. Every page and every action asks here, and then the handlers ask again what
  the chat asks of everybody.
- Staff see what is their own. Whoever leads sees those below them, and those of a lead they are the
  deputy of. Safety officers see everything there is; no role sees an address. Administrators see
  how ready the house is and how messages are delivered, and of answers only what they would see
  without that role.
- Whoever launched a roll call sees all of it: they looked after it in chat as well.

>>> chief = Rights(Person(1, "1", "Aiko"), frozenset({2, 3}))
>>> chief.leads, chief.readiness, chief.sees_person(3), chief.sees_person(9)
(True, False, True, False)
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.people import CallTree, Person, Role
from bot.rollcalls import RollCall

Within = frozenset[int] | None
"""The people somebody may see: these, or everybody (`None`)."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do now. `under` are those they answer for, today."""

    person: Person
    under: frozenset[int] = frozenset()
    whole: bool = False
    """They answer for everybody there is: no list of people need go with what is looked up."""

    # --- people ----------------------------------------------------------------------------

    @property
    def safety(self) -> bool:
        return self.person.may(Role.SAFETY)

    @property
    def leads(self) -> bool:
        return bool(self.under) and not self.person.left

    @property
    def staff(self) -> Within:
        """Whom they see in the list of people and in the call tree."""
        if self.whole or self.person.may(Role.SAFETY, Role.ADMIN):
            return None
        return frozenset() if self.person.left else self.under | {self.person.id}

    def sees_person(self, person: int) -> bool:
        return self.staff is None or person in self.staff

    @property
    def reporters(self) -> Within:
        """Whose reports they see, besides those they were called about."""
        if self.whole or self.person.may(Role.SAFETY, Role.RESPONDER):
            return None
        return frozenset() if self.person.left else self.under | {self.person.id}

    @property
    def readiness(self) -> bool:
        """Who cannot be reached, who has no lead, which channel does not work."""
        return self.person.may(Role.SAFETY, Role.ADMIN)

    @property
    def administers(self) -> bool:
        """What is set, and how the house itself stands."""
        return self.person.may(Role.ADMIN)

    @property
    def launches(self) -> bool:
        """May begin a roll call; of whom, the form offers and the handler checks."""
        return self.person.may(Role.SAFETY, Role.ADMIN) or self.leads

    # --- roll calls ------------------------------------------------------------------------

    def within(self, roll_call: RollCall, *, stands_in: bool = False) -> Within:
        """Whose answers they see in a roll call; `stands_in` for a launcher who has left."""
        if self.person.left:
            return frozenset()
        if self._all_of(roll_call, stands_in) or self.whole:
            return None
        return self.under

    def _all_of(self, roll_call: RollCall, stands_in: bool) -> bool:
        """They look after the roll call itself, not only after people in it."""
        return self.safety or self.person.id == roll_call.launched_by or stands_in

    def sees(self, roll_call: RollCall, *, stands_in: bool = False) -> bool:
        """May open its page at all: it speaks of somebody they look after, or of its delivery."""
        within = self.within(roll_call, stands_in=stands_in)
        return within is None or bool(within) or self.person.may(Role.ADMIN)

    def delivery(self, roll_call: RollCall, *, stands_in: bool = False) -> bool:
        """How many messages wait, by channel: that tells nobody's answer."""
        if self.person.left:
            return False
        return self._all_of(roll_call, stands_in) or self.person.may(Role.ADMIN)

    def ends(self, roll_call: RollCall) -> bool:
        """All-clear, calling off, prolonging, messages to a group."""
        if self.person.left:
            return False
        return self.safety or self.person.id == roll_call.launched_by


def of(person: Person, tree: CallTree) -> Rights:
    """What somebody may do under today's call tree."""
    if person.left:
        return Rights(person)
    under = tree.answered_for_by(person.id)
    return Rights(person, under, whole=bool(under) and len(under | {person.id}) == len(tree))
