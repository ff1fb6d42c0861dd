"""The page: "can you take it?", asked of several people at once, climbing until one does.

Rules of the room:
- All pages about one thing show the same card, so whoever looks sees whether somebody has it.
- The first to take it settles it for everyone; the others are withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import asks
from bot.asks import Ask, Effect, Kind, Policy, Standing
from bot.outcomes import Entry, Outcome, Priority, Refresh, Reply, Show, Sweep
from bot.people import Person
from bot.timeline import Note

TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Pageable:
    """Somebody who can be paged, with those above them."""

    person: int
    chain: tuple[int, ...]


def view_of(about: str) -> tuple[str, Priority]:
    """Which card a page about `about` shows, and how urgent it is."""
    if about.startswith("help:"):
        return "help", Priority.HELP
    return "incident", Priority.PAGE


def page(
    about: str,
    people: Sequence[Pageable],
    ids: Sequence[str],
    policy: Policy,
    now: datetime,
    *,
    without: int | None = None,
) -> Outcome:
    """Page everybody in `people`, `ids` one for each; `without` is never climbed to."""
    out = Outcome()
    for pageable, page_id in zip(people, ids, strict=True):
        ask = Ask(
            id=page_id,
            kind=Kind.PAGE,
            about=about,
            person=pageable.person,
            chain=tuple(p for p in pageable.chain if p != without),
            policy=policy,
            standing=Standing.ASKED,
        )
        out.add(follow(asks.opened(ask, now)))
        out.journal.append(Entry("page.sent", about, pageable.person))
    return out


def cry(
    ask: Ask,
    people: Sequence[Pageable],
    ids: Sequence[str],
    policy: Policy,
    now: datetime,
) -> Outcome:
    """Somebody asked for help: page lead and safety desk at once."""
    return page(f"help:{ask.id}", people, ids, policy, now, without=ask.person)


def cry_noted(ask: Ask, by: Person, note: Note) -> Outcome:
    """Words or a place from somebody who needs help, for everyone who was called."""
    about = f"help:{ask.id}"
    return Outcome(
        save=[note],
        refresh=[Refresh(about)],
        journal=[Entry("cry.noted", about, by.id, data={"note": note.id})],
        reply=Reply("cry-noted"),
    )


def follow(step: asks.Step) -> Outcome:
    """Turn a page's move into cards: each rung sees the same card about the same thing."""
    ask = step.ask
    view, priority = view_of(ask.about)
    out = Outcome(save=[ask])

    def show(person: int, contact: int) -> None:
        out.show.append(
            Show(
                person,
                view,
                ask.about,
                {"ask": ask.id},
                priority,
                step=contact,
                about=ask.about,
                unless_settled=True,
            )
        )

    for effect in step.effects:
        match effect:
            case Effect.QUESTION | Effect.REMINDER:
                show(ask.person, ask.reminders)
            case Effect.CLIMB:
                show(ask.holder, 0)
                out.journal.append(Entry("page.climbed", ask.about, ask.holder))
                out.refresh += _shown_on(ask.about)
            case Effect.EXHAUSTED:
                out.journal.append(Entry("page.unreached", ask.about, ask.person))
                out.refresh += _shown_on(ask.about)
            case _:
                pass
    return out


def _shown_on(about: str) -> list[Refresh]:
    """The cards that tell who was paged: those paged have one, and whoever asked for help."""
    noun, _, subject = about.partition(":")
    own = [Refresh(f"ask:{subject}")] if noun == "help" else []
    return [Refresh(about), *own]


def card_of(ask: Ask) -> tuple[int, str, str]:
    """The card by which whoever holds this page was asked: person, view, subject."""
    return (ask.holder, view_of(ask.about)[0], ask.about)


def came_due(ask: Ask, now: datetime, *, in_line: bool = False) -> Outcome:
    """Nobody took it in time: remind, climb, start again from the bottom, or give up.

    `in_line`: its card is still to be sent.
    """
    return follow(asks.step(ask, asks.InLine() if in_line else asks.TimeUp(), now))


def unreachable(ask: Ask, now: datetime) -> Outcome:
    """The person paged has no contact left: the next above is paged at once."""
    out = follow(asks.step(ask, asks.Unreachable(), now))
    out.journal.append(Entry("page.unreachable", ask.about, ask.person))
    return out


def holder(pages: Sequence[Ask]) -> int | None:
    """Who took it, or `None`."""
    return next((p.answered_by for p in pages if p.standing is Standing.ANSWERED), None)


def taken(pages: Sequence[Ask], about: str, by: Person, now: datetime) -> Outcome:
    """`by` takes it: their page is answered, the others are withdrawn."""
    has = holder(pages)
    if has is not None:
        return Outcome(reply=Reply("page-yours" if has == by.id else "page-already-taken"))
    live = [p for p in pages if p.standing is not Standing.WITHDRAWN]
    if not live:
        return Outcome(reply=Reply("page-over"))
    own = next((p for p in live if by.id in (p.person, *p.chain)), live[0])
    step = asks.step(own, asks.Answered(TAKEN, by.id), now)
    return Outcome(
        save=[step.ask, Sweep(about, Standing.WITHDRAWN, keep=own.id)],
        refresh=[Refresh(about)],
        journal=[Entry("page.taken", about, by.id)],
        reply=Reply("page-taken"),
    )
