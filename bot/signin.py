"""Signing in to the board: a link that works once, and the session it opens.

Rules of the room:
- A link is a secret. It is never kept: the card names its row, and the secret half is worked out
  anew under the house's key when the card is drawn, for the one person it is for.
- Opening a link does nothing, since scanners and previews open links. Only the button on its page
  uses it up.
- A session ends by itself, when its owner's links are made void, and when its owner says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.outcomes import Entry, Outcome, Priority, Show
from bot.people import Person

ID = 12
"""Letters of a link's id: 60 bits, beside a secret half of 160."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A link that was handed out; `token` is what it ends in, known only while it is drawn."""

    id: str
    person: int
    expires_at: datetime
    used_at: datetime | None = None
    token: str = field(default="", repr=False)
    link_rev: int = 0
    """Under which revision of its owner's links it was made."""
    void: bool = False
    """Its owner's links have been made void since."""

    @property
    def about(self) -> str:
        return f"signin:{self.id}"

    def over(self, now: datetime) -> bool:
        """True if it opens nothing any more."""
        return self.void or self.used_at is not None or now > self.expires_at


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser: whose, under which revision of their links, since when."""

    person: int
    link_rev: int
    opened_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """How long a session lasts: altogether, and without being used."""

    lifetime: timedelta
    idle: timedelta

    def holds(self, session: Session, person: Person | None, now: datetime) -> bool:
        """True while the session is good for this person."""
        if person is None or person.left or person.link_rev != session.link_rev:
            return False
        return now - session.opened_at <= self.lifetime and now - session.used_at <= self.idle


def made(person: Person, id_: str, now: datetime, lasts: timedelta) -> SignIn:
    """A link for somebody, under their links as they are now."""
    return SignIn(id_, person.id, now + lasts, link_rev=person.link_rev)


def handed_out(person: Person, id_: str, now: datetime, lasts: timedelta) -> Outcome:
    """A link for whoever hands it over themselves: no card is sent."""
    done = Entry("board.handed-out", f"person:{person.id}", person.id)
    return Outcome(save=[made(person, id_, now, lasts)], journal=[done])


def asked(person: Person, id_: str, now: datetime, lasts: timedelta, channel: str) -> Outcome:
    """Somebody asks for the board: a link for them alone, where they asked for it."""
    link = made(person, id_, now, lasts)
    card = Show(person.id, "board", link.about, priority=Priority.REPLY, channel=channel)
    return Outcome(
        save=[link], show=[card], journal=[Entry("board.asked", f"person:{person.id}", person.id)]
    )
