"""Starting roll calls, for scenarios whose subject is what comes after."""

from __future__ import annotations

from tests.town import Town

WORDS = "Smoke on the second floor."


async def roll_call(
    town: Town,
    by: str,
    count: int,
    *,
    who: str = "everyone",
    people: str = "",
    words: str = WORDS,
    mode: str = "broadcast",
    drill: bool = False,
) -> str:
    """`by` asks `count` people; returns the roll call's id. Everyone's question is unheard."""
    answers = {"drill": "drill" if drill else "real", "who": who, "words": words, "mode": mode}
    if people:
        answers["people"] = people
    answers |= {"start": "start"} if drill else {"confirm": str(count)}
    await town.submits(by, "rollcall", answers, told="Started")
    found = await town.row("SELECT id, expected FROM rollcalls ORDER BY launched_at DESC LIMIT 1")
    assert found.expected == count
    return str(found.id)
