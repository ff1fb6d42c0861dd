"""The menu: what can be started, and what waits."""

from __future__ import annotations

from bot.choices import may_launch
from bot.handlers import Scene, board, problem, tap
from bot.handlers.forms import begin
from bot.outcomes import Outcome, Priority, Show

CARDS = {"menu": "menu", "help": "explain", "status": "status"}


def card(scene: Scene, view: str) -> Outcome:
    """One of the cards about oneself."""
    show = Show(
        scene.person.id,
        view,
        f"person:{scene.person.id}",
        priority=Priority.REPLY,
        channel=scene.channel,
    )
    return Outcome(show=[show])


@tap("do")
async def do(scene: Scene, parts: list[str]) -> Outcome:
    """`do:report[:kind]`, `do:rollcall`, `do:help`, `do:status`, `do:menu`, `do:board`."""
    match parts:
        case ["report"]:
            return await begin(scene, "incident")
        case ["report", kind]:
            return await begin(scene, "incident", given={"kind": kind})
        case ["rollcall"]:
            if not may_launch(scene.person, await scene.look.tree()):
                return problem("not-allowed")
            return await begin(scene, "rollcall")
        case ["board"]:
            return board.link(scene)
        case [name] if name in CARDS:
            return card(scene, CARDS[name])
    return problem("button-gone")
