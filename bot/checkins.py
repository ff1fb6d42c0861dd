"""The check-in: "are you safe?", asked of one person in one roll call, and what follows.

Rules of the room:
- An answer may be changed at any time, and late answers are welcome until `late_until`.
- *I need help* pages the person's lead and every safety officer at once; that page is an ask
  of its own about `help:<ask>` and climbs until somebody takes it.
- Forty silent people are one worklist card for whoever stands above them.
- In a cascade each answer, or silence past the policy, releases those below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import asks, calls, pages, rooms
from bot.asks import Ask, Effect, Kind, Policy, Standing
from bot.outcomes import (
    AskEach,
    Candidate,
    Entry,
    ForKeepers,
    OnWorklist,
    Outcome,
    Priority,
    Refresh,
    ReleaseBelow,
    Reply,
    Show,
    Sweep,
)
from bot.pages import Pageable
from bot.people import Person
from bot.rollcalls import HELP, Mode, RollCall, State
from bot.rooms import Room
from bot.timeline import Note


def spread(
    roll_call: RollCall,
    people: Sequence[Candidate],
    ids: Sequence[str],
    now: datetime,
    *,
    upto: int,
    last: bool,
    beside: Sequence[Room] = (),
) -> Outcome:
    """Ask the next batch, everybody up to the person `upto`; `ids` one for each of `people`.

    `beside` are the rooms, posted with the last batch: whoever answers there is asked by then.
    """
    if not roll_call.running:
        return Outcome()
    out = Outcome()
    # All but the same for everybody.
    first = Ask(
        id="",
        kind=Kind.CHECK_IN,
        about=roll_call.about,
        person=0,
        chain=(),
        policy=roll_call.policy,
        standing=Standing.ASKED,
        drill=roll_call.drill,
    )
    out.save.append(
        AskEach(
            asks.opened(first, now).ask,
            asks.opened(first, now, held=True).ask,
            people,
            ids,
            roll_call.cursor,
            upto,
            rooms.sites_in(beside),
            rooms.teams_in(beside),
        )
    )
    if last:
        out.save += rooms.posts(beside, roll_call)
    out.save.append(
        replace(
            roll_call,
            cursor=upto,
            state=State.OPEN if last else State.LAUNCHING,
            due_at=calls.begins_at(roll_call) if last else now,
        )
    )
    out.refresh.append(Refresh(roll_call.about, Priority.TALLY))
    return out


def remarked(roll_call: RollCall, ask: Ask, note: Note, listener: Sequence[int]) -> Outcome:
    """Words or a place from somebody who is being asked, which are no answer: kept with their
    check-in, and read by whoever looks after them."""
    about = f"ask:{ask.id}"
    answered = ask.answer or ask.standing is Standing.HELD
    out = Outcome(
        save=[note, calls.Moved(ask.id, heard=False)],
        show=[
            Show(person, "remark", about, about=roll_call.about, in_place=True)
            for person in listener
        ],
        refresh=[Refresh(about), *_counts(roll_call)],
        journal=[Entry("checkin.noted", about, ask.person, data={"note": note.id})],
        reply=Reply("remark-noted" if answered else "remark-unanswered"),
    )
    return out.add(lists_with(roll_call.id, ask))


def follow(roll_call: RollCall, step: asks.Step) -> Outcome:
    """Turn what a move asks for into cards, worklists and releases."""
    ask = step.ask
    out = Outcome(save=[ask])
    for effect in step.effects:
        match effect:
            case Effect.QUESTION:
                out.show.append(
                    Show(
                        ask.person,
                        "checkin",
                        f"ask:{ask.id}",
                        about=ask.about,
                        unless_settled=True,
                    )
                )
            case Effect.REMINDER:
                out.show.append(
                    Show(
                        ask.person,
                        "checkin",
                        f"ask:{ask.id}",
                        {"reminder": str(ask.reminders)},
                        Priority.REMINDER,
                        step=ask.reminders,
                        about=ask.about,
                        unless_settled=True,
                    )
                )
            case Effect.CLIMB:
                out.add(to_worklist(roll_call, ask, ask.holder))
            case Effect.EXHAUSTED:
                out.journal.append(Entry("checkin.unreached", f"ask:{ask.id}", ask.person))
                out.save.append(ForKeepers(ask.about, ask, given=True))
            case Effect.RELEASE:
                if roll_call.mode is Mode.CASCADE:
                    out.save.append(ReleaseBelow(ask.about, ask.person))
            case Effect.ANSWER | Effect.CHANGE | Effect.TRIED | Effect.STOP:
                pass
    return out


def to_worklist(roll_call: RollCall, ask: Ask, lead: int) -> Outcome:
    """`lead` is to call them, unless it is they themself."""
    if lead == ask.person:
        return Outcome()
    return Outcome(
        save=[OnWorklist(ask.about, lead, ask.id)],
        show=[
            Show(
                lead,
                "worklist",
                f"worklist:{roll_call.id}:{lead}",
                priority=Priority.PAGE,
                about=ask.about,
                in_place=True,
            )
        ],
        journal=[Entry("checkin.climbed", f"ask:{ask.id}", lead, data={"rung": ask.rung})],
        refresh=[Refresh(roll_call.about, Priority.TALLY)],
    )


def released(roll_call: RollCall, ask: Ask, now: datetime) -> Outcome:
    """Cascade: whoever stood above answered or fell silent, so this person is asked."""
    return follow(roll_call, asks.step(ask, asks.Release(), now))


def card_of(ask: Ask) -> tuple[int, str, str]:
    """The card by which whoever holds this check-in was asked: person, view, subject."""
    if ask.rung:
        roll_call = ask.about.removeprefix("rollcall:")
        return (ask.holder, "worklist", f"worklist:{roll_call}:{ask.holder}")
    return (ask.person, "checkin", f"ask:{ask.id}")


def came_due(roll_call: RollCall, ask: Ask, now: datetime, *, in_line: bool = False) -> Outcome:
    """The ask's time is up: remind, climb or give up; `in_line`, its card is still to be sent."""
    if not roll_call.running:
        return follow(roll_call, asks.step(ask, asks.Lapse(), now))
    step = asks.step(ask, asks.InLine() if in_line else asks.TimeUp(), now)
    out = follow(roll_call, step)
    if step.effects and Effect.CLIMB not in step.effects:
        # Asked once more: those who have this person on a list see how often.
        out.refresh.append(Refresh(roll_call.about, Priority.TALLY))
        out.add(lists_with(roll_call.id, ask))
    return out


def departed(roll_call: RollCall, ask: Ask, now: datetime) -> Outcome:
    """The person has left the organisation: nobody need look for them, nobody waits for them."""
    out = follow(roll_call, asks.step(ask, asks.Withdraw(), now))
    if roll_call.mode is Mode.CASCADE and not ask.passed_on:
        out.save.append(ReleaseBelow(ask.about, ask.person))
    out.save.append(calls.Moved(ask.id))
    out.journal.append(Entry("checkin.departed", f"ask:{ask.id}", ask.person))
    out.refresh += _counts(roll_call)
    return out.add(lists_with(roll_call.id, ask))


def unreachable(roll_call: RollCall, ask: Ask, now: datetime) -> Outcome:
    """No contact is left to try: somebody above is asked at once."""
    if ask.standing is not Standing.ASKED:
        return Outcome()
    out = follow(roll_call, asks.step(ask, asks.Unreachable(), now))
    out.journal.append(Entry("checkin.unreachable", f"ask:{ask.id}", ask.person))
    return out


def passed_over(roll_call: RollCall, ask: Ask, now: datetime) -> Outcome:
    """Whoever it climbed to cannot be reached either: on to the next above."""
    return follow(roll_call, asks.step(ask, asks.Unreachable(), now))


def answered(
    roll_call: RollCall,
    ask: Ask,
    answer: str,
    by: Person,
    now: datetime,
    *,
    help_pages: Sequence[Pageable] = (),
    ids: Sequence[str] = (),
    patience: Policy | None = None,
) -> Outcome:
    """Record an answer by the person or on their behalf; `ids` one for each of `help_pages`,
    `patience` that of a cry for help.

    Whether `by` may answer is the caller's question.
    """
    refused = refusal(roll_call, now)
    if refused and not crying(ask):
        return Outcome(reply=refused)
    step = asks.step(ask, asks.Answered(answer, by.id), now)
    if not step.effects:
        return Outcome(reply=_recorded(ask, answer, by))
    subject = f"ask:{ask.id}"
    behalf = ask.person if by.id != ask.person else None
    said = Entry("checkin.answered", subject, by.id, behalf, {"answer": answer})
    if answer == HELP and crying(ask):
        if behalf is not None:
            # Said once more, by somebody else: the cry is whose it was, and so is its end.
            return Outcome(journal=[said], reply=_recorded(ask, answer, by))
        # They need help since somebody first said so.
        step = asks.Step(asks.replace(step.ask, answered_at=ask.answered_at), step.effects)
    out = follow(roll_call, step)
    if ask.sought:
        out.save.append(calls.Moved(ask.id))
    out.journal.append(said)
    out.refresh += [Refresh(subject), *_counts(roll_call)]
    out.add(lists_with(roll_call.id, ask))
    if answer == HELP and not crying(ask):
        out.add(pages.cry(step.ask, help_pages, ids, patience or ask.policy, now))
        # An earlier cry of theirs may still be on a phone, as over.
        out.refresh.append(Refresh(f"help:{ask.id}"))
        if not help_pages:
            out.journal.append(Entry("cry.nobody", subject, ask.person))
            out.reply = Reply("checkin-told-nobody", problem=True)
            return out
    elif answer != HELP and crying(ask):
        if behalf is not None and roll_call.state is not State.CANCELLED:
            # Whoever cried for help hears it, loud, when somebody else says that they are safe.
            out.show.append(
                Show(
                    *(ask.person, "checkin", subject),
                    priority=Priority.PAGE,
                    about=roll_call.about,
                )
            )
        out.save.append(Sweep(f"help:{ask.id}", Standing.WITHDRAWN, answered_too=True))
        out.refresh.append(Refresh(f"help:{ask.id}"))
    out.reply = _recorded(ask, answer, by)
    return out


def _counts(roll_call: RollCall) -> list[Refresh]:
    """Wherever it says how many have answered, to be drawn again now and then."""
    subjects = (roll_call.about, rooms.subject(roll_call))
    return [Refresh(subject, Priority.TALLY) for subject in subjects]


def lists_with(roll_call: str, ask: Ask) -> Outcome:
    """The worklists on which this person stands, to be drawn again."""
    out = Outcome(
        refresh=[
            Refresh(f"worklist:{roll_call}:{lead}", Priority.TALLY)
            for lead in dict.fromkeys(ask.asked_people[1:])
            if lead != ask.person
        ]
    )
    first = ask.standing is Standing.ASKED and ask.round == 1
    if ask.rung == len(ask.chain) and not first:
        out.save.append(ForKeepers(ask.about, ask))
    return out


def _recorded(ask: Ask, answer: str, by: Person) -> Reply:
    return Reply(f"recorded-{answer}" if by.id == ask.person else f"recorded-for-{answer}")


def retracted(roll_call: RollCall, ask: Ask, by: Person, now: datetime, own: str = "") -> Outcome:
    """What `by` said for somebody was a slip: their `own` word holds again, or they are silent,
    and looked for. A cry for help is not ended like this, nor begun: see `answered`."""
    step = asks.step(ask, asks.Retracted(by.id, own), now)
    if not step.effects or crying(ask) or own == HELP:
        return Outcome(reply=Reply("already-answered"))
    out = follow(roll_call, step)
    out.save.append(calls.Moved(ask.id, heard=bool(own)))
    out.journal.append(Entry("checkin.retracted", f"ask:{ask.id}", by.id, ask.person))
    subjects = (f"ask:{ask.id}", f"help:{ask.id}")
    out.refresh += [*map(Refresh, subjects), *_counts(roll_call)]
    out.add(lists_with(roll_call.id, step.ask))
    out.reply = Reply(f"recorded-for-{own}" if own else "recorded-for-tried")
    return out


def tried(roll_call: RollCall, ask: Ask, by: Person, now: datetime) -> Outcome:
    """Somebody above tried by hand and got no answer."""
    refused = refusal(roll_call, now)
    if refused:
        return Outcome(reply=refused)
    step = asks.step(ask, asks.Tried(by.id), now)
    if not step.effects:
        return Outcome(reply=Reply("already-answered"))
    out = follow(roll_call, step)
    out.journal.append(Entry("checkin.tried", f"ask:{ask.id}", by.id, ask.person))
    out.refresh.append(Refresh(roll_call.about, Priority.TALLY))
    out.add(lists_with(roll_call.id, ask))
    out.reply = Reply("recorded-for-tried")
    return out


def help_taken(roll_call: RollCall, ask: Ask, by: Person) -> Outcome:
    """Somebody takes care of it: whoever needs help hears so, and every list shows it."""
    args = {"text": "checkin-taken", "name": by.name}
    told = Show(ask.person, "plain", f"person:{ask.person}", args, Priority.HELP)
    out = Outcome(
        show=[told] if by.id != ask.person else [],
        refresh=[Refresh(f"ask:{ask.id}"), Refresh(roll_call.about, Priority.TALLY)],
    )
    return out.add(lists_with(roll_call.id, ask))


def help_left(
    roll_call: RollCall,
    ask: Ask,
    taker: Person,
    people: Sequence[Pageable],
    ids: Sequence[str],
    policy: Policy,
    now: datetime,
) -> Outcome:
    """Whoever took care of it has left the organisation: `people` are paged afresh."""
    about, subject = f"help:{ask.id}", f"ask:{ask.id}"
    args = {"text": "checkin-taker-left" if people else "checkin-told-nobody", "name": taker.name}
    out = Outcome(
        save=[Sweep(about, Standing.WITHDRAWN, answered_too=True)],
        show=[Show(ask.person, "plain", f"person:{ask.person}", args, Priority.HELP)],
        refresh=[
            *(Refresh(about), Refresh(subject), Refresh(roll_call.about, Priority.TALLY)),
        ],
        journal=[Entry("cry.taker-left", subject, taker.id, ask.person)],
    )
    out.add(lists_with(roll_call.id, ask))
    out.add(pages.cry(ask, people, ids, policy, now))
    if not people:
        out.journal.append(Entry("cry.nobody", subject, ask.person))
    return out


def history(roll_call: RollCall, now: datetime, late: timedelta) -> bool:
    """True if it ended so long ago that nobody comes for what was said in it."""
    return roll_call.ended_at is not None and now - roll_call.ended_at > late


def crying(ask: Ask) -> bool:
    """A cry for help stays one, whatever becomes of its roll call, until somebody is safe."""
    return ask.answer == HELP


def refusal(roll_call: RollCall, now: datetime) -> Reply | None:
    """Why this roll call takes no answer any more, or `None`."""
    if roll_call.state is State.CANCELLED:
        return Reply("rollcall-was-cancelled", problem=True)
    if roll_call.late_until is not None and now > roll_call.late_until:
        return Reply("rollcall-too-late", problem=True)
    return None
