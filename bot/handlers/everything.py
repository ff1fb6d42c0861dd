"""Reading what a card had to cut."""

from __future__ import annotations

from bot.handlers import Scene, problem, tap
from bot.outcomes import Outcome, Priority, Show
from bot.views import draw

LONGEST = 3
"""Digits of a part's number."""


@tap("all")
async def everything(scene: Scene, parts: list[str]) -> Outcome:
    """`all:incident:<id>:<part>` or `all:help:<ask>:<part>`; whoever may see the card may."""
    if len(parts) != 3 or parts[0] not in ("incident", "help"):
        return problem("button-gone")
    noun, name, part = parts
    if not part.isdecimal() or len(part) > LONGEST:
        return problem("button-gone")
    known = scene.look.incident(name) if noun == "incident" else scene.look.ask(name)
    if await known is None:
        return problem("button-gone")
    about, args = f"{noun}:{name}", {"part": part}
    if await draw("everything", scene.look, about, scene.reader, args) is None:
        return problem("not-allowed")
    card = Show(
        scene.person.id,
        "everything",
        about,
        args,
        Priority.REPLY,
        channel=scene.channel,
        about=about,
    )
    return Outcome(show=[card])
