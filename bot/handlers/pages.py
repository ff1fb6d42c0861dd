"""Taking a page: a cry for help, or a report that needs somebody."""

from __future__ import annotations

from bot import checkins, incidents, pages
from bot.handlers import NOUN_ID, Scene, problem, tap
from bot.outcomes import Outcome
from bot.people import Role


@tap("take")
async def take(scene: Scene, parts: list[str]) -> Outcome:
    """`take:help:<ask>` or `take:incident:<id>`."""
    if len(parts) != 2:
        return problem("button-gone")
    if parts[0] == "incident":
        return await _incident(scene, parts[1])
    about = ":".join(parts)
    # What it is about first, then its pages: whoever answers or ends it goes this way too.
    ask = await scene.look.ask(parts[1])
    paged = await scene.look.asks_about(about)
    named = any(scene.person.id in (p.person, *p.chain) for p in paged)
    if not paged:
        return problem("button-gone")
    # Administrators are called where nobody else came.
    if not (named or scene.person.may(Role.SAFETY, Role.RESPONDER, Role.ADMIN)):
        return problem("not-allowed")
    if scene.person.left:
        return problem("not-allowed")
    out = pages.taken(paged, about, scene.person, scene.now)
    if ask is None or not out.save:
        return out
    roll_call = await scene.look.roll_call(ask.about.removeprefix("rollcall:"))
    if roll_call is not None:
        out.add(checkins.help_taken(roll_call, ask, scene.person))
    return out


async def _incident(scene: Scene, incident_id: str) -> Outcome:
    incident = await scene.look.incident(incident_id)
    if incident is None:
        return problem("button-gone")
    paged = await scene.look.asks_about(incident.about)
    named = any(scene.person.id in (p.person, *p.chain) for p in paged)
    chain = (await scene.look.tree()).chain(incident.reporter)
    untaken = incident.state is incidents.State.REPORTED and scene.person.may(Role.ADMIN)
    if not (untaken or incidents.may_work_on(incident, scene.person, chain, named)):
        return problem("not-allowed")
    return incidents.taken(incident, paged, scene.person, scene.now, scene.ids.token(NOUN_ID + 5))
