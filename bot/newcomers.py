"""How a chat account finds its person: by a one-time code, or by an address a platform vouches
for; and how it is let go again.

Rules of the room:
- A code works once, for one person, on one channel, for a while. Whoever shows it again from the
  same account is told that all is well.
- An account belongs to one person. It is never moved to another by a code alone.
- Whoever has unlinked an account is linked again by their own doing only.
- Somebody nobody knows learns nothing, not even whether a code was ever good.
- What people set for themselves is kept; a platform's language and time zone are taken over only
  where the staff list left the organisation's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.events import Introduced, Sender
from bot.outcomes import Entry, Outcome, Priority, Reply, Show
from bot.people import LANGUAGES, Person
from bot.rules import Rules


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time code as it is kept: its digest, never itself."""

    digest: bytes = field(repr=False)
    person: int
    channel: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """From now on this account is a way to reach this person, the first that is tried."""

    person: int
    sender: Sender


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The address of this contact is destroyed. That they did not want it is remembered."""

    contact: int


@dataclass(frozen=True, slots=True)
class Silenced:
    """The platform says that this contact works no more."""

    contact: int
    why: str


@dataclass(frozen=True, slots=True)
class Speaks:
    """What a platform knows of somebody's language and time zone; empty: nothing new."""

    person: int
    language: str
    time_zone: str


def by_code(
    event: Introduced,
    invite: Invite | None,
    owner: Person | None,
    known: Person | None,
    rules: Rules,
    now: datetime,
) -> Outcome:
    """Somebody shows a code. `owner` is whom it was made for, `known` whose account this is
    already."""
    if invite is None or owner is None or owner.left or invite.channel != event.sender.channel:
        return _refused("code-wrong")
    if known is not None and known.id == owner.id:
        return Outcome(reply=Reply("link-already"), show=[_menu(owner, event.sender)])
    if known is not None:
        return _refused("link-taken")
    if invite.used_at is not None:
        return _refused("code-used")
    if now > invite.expires_at:
        return _refused("code-expired")
    out = linked(event, owner, rules, by="code")
    out.save.append(replace(invite, used_at=now))
    return out


def linked(event: Introduced, person: Person, rules: Rules, *, by: str) -> Outcome:
    """This account is this person's."""
    channel = event.sender.channel
    out = Outcome(
        save=[Linked(person.id, event.sender), *_speaks(event, person, rules)],
        journal=[
            Entry("person.linked", f"person:{person.id}", person.id, data={"on": channel, "by": by})
        ],
    )
    if not event.quiet:
        out.show.append(_menu(person, event.sender))
        out.reply = Reply("link-welcome", {"organisation": rules.organisation})
    return out


def _speaks(event: Introduced, person: Person, rules: Rules) -> list[object]:
    language = event.language if event.language in LANGUAGES else ""
    language = language if person.language == rules.language else ""
    zone = event.time_zone if person.time_zone == rules.time_zone else ""
    if not language and not zone:
        return []
    return [Speaks(person.id, language, zone)]


def _menu(person: Person, sender: Sender) -> Show:
    subject = f"person:{person.id}"
    return Show(person.id, "menu", subject, priority=Priority.REPLY, channel=sender.channel)


def _refused(key: str) -> Outcome:
    return Outcome(journal=[Entry("stranger")], reply=Reply(key, problem=True))


def unlinked(person: Person, contact: int, channel: str) -> Outcome:
    """They do not want to be written to on this account any more."""
    return Outcome(
        save=[Unlinked(contact)],
        journal=[Entry("person.unlinked", f"person:{person.id}", person.id, data={"on": channel})],
        reply=Reply("link-ended"),
    )


def departed(person: Person, contact: int, channel: str, why: str, *, back: bool) -> Outcome:
    """The platform says that an account works no more, or again."""
    # That it works again is put on record by whatever arrives from it.
    kind = "contact.back" if back else "contact.failed"
    entry = Entry(kind, f"person:{person.id}", person.id, data={"on": channel, "why": why[:80]})
    return Outcome(save=[] if back else [Silenced(contact, why)], journal=[entry])
