"""What telephone calls gave, and whose number may be shown."""

from __future__ import annotations

from bot import calls, checkins
from bot.asks import Ask, Kind
from bot.calls import Call
from bot.handlers import Scene, problem, tap
from bot.handlers.checkin import answer, may_answer_for, no_longer
from bot.outcomes import Entry, Outcome, Priority, Reply, Show
from bot.phoning import left_of
from bot.rollcalls import HELP, RollCall

CORRECT = "correct"
LONGEST_ID = 18
"""Digits of a contact's id."""


@tap("call")
async def result(scene: Scene, parts: list[str]) -> Outcome:
    """`call:<check-in>:safe|help|relative|tried|correct` or `call:<check-in>:wrong:<contact>`:
    whoever has the name in hand, or answers for that person."""
    if not _may_be(parts):
        return problem("button-gone")
    ask, said = await scene.look.ask(parts[0]), parts[1]
    if ask is None or ask.kind is not Kind.CHECK_IN or ask.person == scene.person.id:
        return problem("button-gone")
    roll_call = await scene.look.roll_call(ask.about.removeprefix("rollcall:"))
    call = (await scene.look.calls_of([ask.id])).get(ask.id)
    if roll_call is None or call is None:
        return problem("button-gone")
    handout = await scene.look.ask(call.handout) if call.handout else None
    mine = handout is not None and handout.person == scene.person.id and not scene.person.left
    if not mine and not await may_answer_for(scene, ask, roll_call):
        return problem("not-allowed")
    refused = checkins.refusal(roll_call, scene.now)
    if refused is not None:
        return Outcome(reply=refused)
    if said == CORRECT:
        return _once_more(scene, ask)
    if ask.answer and ask.answered_by != scene.person.id and said != HELP:
        return Outcome(reply=Reply("already-answered"))
    if checkins.crying(ask) and said != HELP:
        return await no_longer(scene, roll_call, ask, calls.SAFE)
    if said in (calls.TRIED, calls.WRONG):
        if call.caller not in (None, scene.person.id):
            return problem("call-elsewhere")
        if ask.sought and call.caller is None:
            # A second tap, or one that comes too late.
            return problem("call-not-in-hand")
        contact = int(parts[2]) if said == calls.WRONG else 0
        out = await _in_vain(scene, roll_call, ask, call, contact)
    else:
        out = await answer(scene, roll_call, ask, said)
    if handout is not None and mine:
        reply = out.reply
        left = [c for c, _ in await left_of(scene.look, handout.id) if c.ask != ask.id]
        out.add(calls.worked(roll_call, handout, scene.person, len(left), scene.now))
        out.reply = reply
    else:
        out.save.append(calls.woken(roll_call, scene.person.id, scene.now))
    return out


@tap("hand")
async def in_hand(scene: Scene, parts: list[str]) -> Outcome:
    """`hand:<hand-out>`: one's own, shown once more."""
    handout = await scene.look.ask(parts[0])
    if handout is None or handout.kind is not Kind.CALL or len(parts) != 1:
        return problem("button-gone")
    if handout.person != scene.person.id:
        return problem("not-allowed")
    roll_call = handout.about.replace("calls:", "rollcall:", 1)
    card = Show(
        *calls.card_of(handout),
        {"ask": handout.id},
        Priority.REPLY,
        channel=scene.channel,
        about=roll_call,
    )
    return Outcome(show=[card])


def _once_more(scene: Scene, ask: Ask) -> Outcome:
    card = Show(
        scene.person.id,
        "onecall",
        f"ask:{ask.id}",
        priority=Priority.REPLY,
        channel=scene.channel,
        about=ask.about,
    )
    return Outcome(show=[card])


def _may_be(parts: list[str]) -> bool:
    """False for what none of these buttons says."""
    if len(parts) == 3:
        number = parts[2]
        return parts[1] == calls.WRONG and number.isdecimal() and len(number) <= LONGEST_ID
    return len(parts) == 2 and parts[1] in (*calls.RESULTS, CORRECT) and parts[1] != calls.WRONG


async def _in_vain(
    scene: Scene, roll_call: RollCall, ask: Ask, call: Call, contact: int
) -> Outcome:
    """Nobody answered, or somebody else did, whose number `contact` is; the name comes back."""
    if ask.sought:
        out = checkins.tried(roll_call, ask, scene.person, scene.now)
    else:
        own = await scene.look.own_word(ask.id, ask.person)
        if own == HELP:
            # Somebody said that they are safe after all, by mistake: all are told again.
            return await answer(scene, roll_call, ask, HELP)
        out = checkins.retracted(roll_call, ask, scene.person, scene.now, own)
        if own:
            return out
    back = calls.tried_again(call, roll_call, scene.now)
    if contact and scene.person.id in ask.chain:
        shown = (await scene.look.callable_by([ask.person])).get(ask.person)
        if shown == contact:
            out.save.append(calls.WrongNumber(contact))
            data = {"contact": contact}
            out.journal.append(
                Entry("number.wrong", f"ask:{ask.id}", scene.person.id, ask.person, data)
            )
            out.reply = Reply("recorded-for-wrong")
    out.save.append(back)
    out.refresh += calls.lists_with(roll_call.id, [ask], roll_call.launched_by)
    return out


async def consent(scene: Scene, *, shown: bool) -> Outcome:
    """My number, for whoever answers for me: allowed, or not (any more)."""
    if not await scene.look.has_number(scene.person.id):
        return Outcome(reply=Reply("number-none"))
    kind = "number.allowed" if shown else "number.hidden"
    return Outcome(
        save=[calls.Consent(scene.person.id, shown)],
        journal=[Entry(kind, f"person:{scene.person.id}", scene.person.id)],
        reply=Reply("number-shown" if shown else "number-hidden"),
    )
