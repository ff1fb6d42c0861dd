"""Answers to a check-in: one's own, and on behalf of those one answers for."""

from __future__ import annotations

from dataclasses import replace

from bot import calls, checkins, desk, pages
from bot.asks import Ask, Kind
from bot.handlers import Scene, once_more, problem, tap
from bot.outcomes import Outcome, Priority, Reply, Show
from bot.people import Role
from bot.rollcalls import ANSWERS, HELP, SAFE, RollCall
from bot.views import sure
from bot.views.parts import event

NOW_SAFE = "nowsafe"
"""Yes, whoever needed help is safe."""
UNDO = "undo"
"""What was recorded for somebody was a slip."""


async def both(scene: Scene, ask_id: str) -> tuple[Ask, RollCall] | None:
    ask = await scene.look.ask(ask_id)
    if ask is None or ask.kind is not Kind.CHECK_IN:
        return None
    roll_call = await scene.look.roll_call(ask.about.removeprefix("rollcall:"))
    return (ask, roll_call) if roll_call else None


@tap("ask")
async def own(scene: Scene, parts: list[str]) -> Outcome:
    """`ask:<ask>:<answer>`: only the person asked."""
    found = await both(scene, parts[0])
    if found is None or len(parts) != 2 or parts[1] not in ANSWERS:
        return problem("button-gone")
    ask, roll_call = found
    if ask.person != scene.person.id:
        return problem("not-allowed")
    return await answer(scene, roll_call, ask, parts[1])


@tap("room")
async def in_room(scene: Scene, parts: list[str]) -> Outcome:
    """`room:<roll call>:<answer>`: whoever taps answers their own check-in."""
    roll_call = await scene.look.roll_call(parts[0])
    if roll_call is None or len(parts) != 2 or parts[1] not in ANSWERS:
        return problem("button-gone")
    ask = await scene.look.check_in(roll_call.about, scene.person.id)
    if ask is None:
        return problem("room-not-asked")
    return await answer(scene, roll_call, ask, parts[1])


@tap("for")
async def behalf(scene: Scene, parts: list[str]) -> Outcome:
    """`for:<ask>:<answer>`: people above, the safety desk, and whoever launched it. Of whoever
    needs help `safe` asks once more, `nowsafe` says yes to that and `keep` no. `undo` takes back
    what one has said for somebody."""
    found = await both(scene, parts[0])
    if found is None or len(parts) != 2:
        return problem("button-gone")
    ask, roll_call = found
    if not await may_answer_for(scene, ask, roll_call):
        return problem("not-allowed")
    out = await _said_for(scene, roll_call, ask, parts[1])
    if out.save:
        out.save.append(calls.woken(roll_call, scene.person.id, scene.now))
    return out


async def _said_for(scene: Scene, roll_call: RollCall, ask: Ask, said: str) -> Outcome:
    if said == "tried":
        return checkins.tried(roll_call, ask, scene.person, scene.now)
    if said == UNDO:
        return await taken_back(scene, roll_call, ask)
    if checkins.crying(ask) and said in (SAFE, NOW_SAFE, sure.NO):
        return await no_longer(scene, roll_call, ask, said)
    if said == NOW_SAFE:
        return Outcome(reply=Reply("page-over"))
    if said not in ANSWERS:
        return problem("button-gone")
    return await answer(scene, roll_call, ask, said)


async def taken_back(scene: Scene, roll_call: RollCall, ask: Ask) -> Outcome:
    """What somebody recorded by a slip is taken back by themself."""
    refused = checkins.refusal(roll_call, scene.now)
    if refused:
        return Outcome(reply=refused)
    mine = ask.on_behalf and ask.answered_by == scene.person.id
    if not mine or checkins.crying(ask):
        return problem("undo-not-yours")
    own = await scene.look.own_word(ask.id, ask.person)
    if own == HELP:
        # Their cry was ended by the slip: all are told again.
        return await answer(scene, roll_call, ask, HELP)
    out = checkins.retracted(roll_call, ask, scene.person, scene.now, own)
    return replace(out, reply=Reply("undone")) if out.save and not own else out


async def no_longer(scene: Scene, roll_call: RollCall, ask: Ask, said: str) -> Outcome:
    """Nobody ends the call for help of somebody else by a slip of the thumb: asked once more."""
    if said == NOW_SAFE:
        return await answer(scene, roll_call, ask, SAFE)
    if said == sure.NO:
        return Outcome(reply=Reply("cry-goes-on"))
    card = Show(
        scene.person.id,
        "sure",
        f"ask:{ask.id}",
        priority=Priority.REPLY,
        channel=scene.channel,
        about=f"help:{ask.id}",
    )
    name = await event.name_of(scene.look, ask.person)
    return once_more(scene, card, Reply("sure-safe", {"name": name}))


async def may_answer_for(scene: Scene, ask: Ask, roll_call: RollCall) -> bool:
    """Who may answer on behalf: the frozen chain, today's chain, the desk, the launcher or who
    stands in for one that has left, and whoever took that person's cry for help."""
    me = scene.person
    if me.left:
        return False
    if me.id in ask.chain or me.id == roll_call.launched_by or me.may(Role.SAFETY):
        return True
    if await scene.above(ask.person) or await desk.stands_in(scene.look, roll_call, me):
        return True
    cries = await scene.look.asks_about(f"help:{ask.id}")
    return pages.holder(cries) == me.id


async def answer(scene: Scene, roll_call: RollCall, ask: Ask, said: str) -> Outcome:
    """Record it; a cry for help pages the lead and the safety desk at once."""
    paged = await desk.called_for(scene.look, ask, roll_call) if said == HELP else []
    return checkins.answered(
        roll_call,
        ask,
        said,
        scene.person,
        scene.now,
        help_pages=paged,
        ids=scene.new_ids(len(paged)),
        # Somebody may be hurt in a drill too, and in a roll call of little urgency.
        patience=scene.policy("critical"),
    )
