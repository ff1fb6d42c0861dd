"""Linking a chat account, and letting it go."""

from __future__ import annotations

from bot import checkins, newcomers
from bot.asks import Kind
from bot.events import Departed, Introduced
from bot.handlers import Scene, problem, tap
from bot.look import Work
from bot.outcomes import Entry, Outcome, Priority, Reply, Show
from bot.people import Person
from bot.rules import Rules


async def introduced(
    work: Work, event: Introduced, known: Person | None, rules: Rules
) -> tuple[Person | None, Outcome]:
    """Who this account belongs to by now, and what they are told."""
    if event.code:
        invite = await work.invite(event.sender.channel, event.code)
        owner = await work.person(invite.person) if invite else None
        out = newcomers.by_code(event, invite, owner, known, rules, work.now)
        return (owner if out.save else known), out
    if known is not None or (event.quiet and await work.declined(event.sender)):
        return known, Outcome()
    found = await work.owner("email", event.email) if event.email else None
    person = await work.person(found) if found is not None else None
    if person is None or person.left:
        return None, Outcome(
            journal=[Entry("stranger")], reply=Reply("unknown-person", problem=True)
        )
    return person, newcomers.linked(event, person, rules, by="email")


async def departed(scene: Scene, event: Departed) -> Outcome:
    """The platform says that the sender's account works no more, or again."""
    if not scene.contact:
        return Outcome()
    out = newcomers.departed(scene.person, scene.contact, scene.channel, event.why, back=event.back)
    return out if event.back else out.add(await _elsewhere(scene))


async def _elsewhere(scene: Scene) -> Outcome:
    """What waits for an answer of theirs is asked at once by their next contact."""
    out = Outcome()
    for ask in await scene.look.waiting_for(scene.person.id):
        if ask.kind is Kind.CHECK_IN and ask.holder == scene.person.id and ask.handed:
            person, view, subject = checkins.card_of(ask)
            out.show.append(Show(person, view, subject, about=ask.about, unless_settled=True))
    return out


def offer(scene: Scene) -> Outcome:
    """Before an account is let go: what that means, and whether they mean it."""
    if not scene.contact:
        return problem("link-none")
    card = Show(
        scene.person.id,
        "unlink",
        f"person:{scene.person.id}",
        {"channel": scene.channel},
        Priority.REPLY,
        channel=scene.channel,
    )
    return Outcome(show=[card])


@tap("account")
async def tapped(scene: Scene, parts: list[str]) -> Outcome:
    """`account:unlink`, `account:keep`: the account the tap came from."""
    match parts:
        case ["unlink"] if scene.contact:
            out = newcomers.unlinked(scene.person, scene.contact, scene.channel)
            return out.add(await _elsewhere(scene))
        case ["unlink"]:
            return problem("link-none")
        case ["keep"]:
            return Outcome(reply=Reply("link-kept"))
    return problem("button-gone")
