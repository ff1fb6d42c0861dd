"""The home page of a chat platform: everything that concerns somebody now, as cards.

Rules of the room:
- It shows the same cards as everywhere else, drawn from the state as it is when it is looked at.
"""

from __future__ import annotations

from bot.cards import Card
from bot.look import Look
from bot.views import Reader, draw
from bot.views.parts import unsettled

MOST = 4
"""Roll calls shown whole; the card about everything names the others."""


async def home(look: Look, reader: Reader) -> tuple[Card, ...]:
    """What waits for the reader, what they lead, who is on duty."""
    me = f"person:{reader.person.id}"
    found = [await draw("status", look, me, reader, {})]
    for roll_call in (await look.running())[:MOST]:
        mine = f"worklist:{roll_call.id}:{reader.person.id}"
        if (await look.worklist(roll_call.about, reader.person.id, 0, 1)).total:
            found.append(await draw("worklist", look, mine, reader, {}))
        if unsettled.may_see(reader, roll_call):
            found.append(await draw("tally", look, roll_call.about, reader, {}))
    found.append(await draw("duty", look, me, reader, {}))
    return tuple(card for card in found if card is not None)
