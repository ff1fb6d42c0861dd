"""What a check finds: one thing looked at, how it is, and what to do.

Rules of the room:
- What is not well says what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.parts import paper

if TYPE_CHECKING:
    from storage.health import Health

OK, LOOK, BAD = "ok", "look", "bad"
MARKS = {OK: "✓", LOOK: "!", BAD: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well."""

    name: str
    result: str
    says: str
    do: str = ""


def unattended(health: Health, *, running: bool) -> Iterator[Finding]:
    """What nobody looks after: the same the watchman calls for."""
    log = "look at the log of the server" if running else "start it: `renraku serve`"
    looked = {
        "untaken": (
            health.untaken,
            "report or call for help taken by nobody",
            "reports or calls for help taken by nobody",
            "have somebody take it now: `renraku incident list`, `renraku rollcall status`",
        ),
        "leavers": (
            health.left,
            "report or call for help with somebody who has left",
            "reports or calls for help with somebody who has left",
            log,
        ),
        "call trees": (
            health.stranded,
            "person not asked, and nobody will ask them",
            "people not asked, and nobody will ask them",
            "phone them: `renraku rollcall status` names them",
        ),
        "half sent": (
            health.claimed,
            "message begun and never finished",
            "messages begun and never finished",
            log,
        ),
    }
    found = [
        Finding(name, BAD, paper.count(number, one, many), do)
        for name, (number, one, many, do) in looked.items()
        if number
    ]
    yield from found or [Finding("unattended", OK, "nothing and nobody")]
