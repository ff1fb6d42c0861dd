"""Ticks of a head count."""

from __future__ import annotations

from dataclasses import replace

from bot import checkins
from bot.handlers import Scene, problem, tap
from bot.handlers.checkin import answer, both, may_answer_for, taken_back
from bot.heads import HERE, UNDO, Sighting, Unseen
from bot.outcomes import Entry, Outcome, Reply
from bot.rollcalls import SAFE


@tap("seen")
async def seen(scene: Scene, parts: list[str]) -> Outcome:
    """`seen:<ask>:here`, `seen:<ask>:undo`: whoever may answer for them has them before their
    eyes, or ticked the wrong line."""
    found = await both(scene, parts[0])
    if found is None or len(parts) != 2 or parts[1] not in (HERE, UNDO):
        return problem("button-gone")
    ask, roll_call = found
    if not await may_answer_for(scene, ask, roll_call):
        return problem("not-allowed")
    refused = checkins.refusal(roll_call, scene.now)
    if refused:
        return Outcome(reply=refused)
    known = await scene.look.sighting(ask.id)
    if parts[1] == UNDO:
        if known is None:
            return Outcome(reply=Reply("undone-seen"))
        if known.by != scene.person.id:
            return problem("seen-not-yours")
        theirs = known.said and ask.on_behalf and ask.answered_by == known.by
        if theirs and ask.answer == SAFE:
            # The answer the tick gave goes with it.
            out = await taken_back(scene, roll_call, ask)
        else:
            line = Entry("heads.unseen", f"ask:{ask.id}", scene.person.id, ask.person)
            out = Outcome(journal=[line], reply=Reply("undone-seen"))
        out.save.append(Unseen(ask.id))
        return out
    if known is not None:
        return Outcome(reply=Reply("recorded-seen"))
    sighting = Sighting(ask.id, ask.about, scene.person.id, scene.now, said=not ask.answer)
    if ask.answer:
        line = Entry("heads.seen", f"ask:{ask.id}", scene.person.id, ask.person)
        told = "recorded-seen-help" if checkins.crying(ask) else "recorded-seen"
        return Outcome(save=[sighting], journal=[line], reply=Reply(told))
    out = await answer(scene, roll_call, ask, SAFE)
    if not out.save:
        return out
    # One line says both: they were seen, and that is their answer.
    out.journal = [
        replace(line, data={**line.data, "seen": HERE}) if line.kind == "checkin.answered" else line
        for line in out.journal
    ]
    out.save.append(sighting)
    out.reply = Reply("recorded-seen")
    return out
