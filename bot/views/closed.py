"""A channel lets us in no more: to administrators, for as long as that is so.

Rules of the room:
- An alarm that comes late is none: where the channel works again by then, it is not sent, and
  where it was sent it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, Tone
from bot.look import Look
from bot.views import Reader, plain
from bot.views.parts import fit


@dataclass(frozen=True, slots=True)
class State:
    channel: str
    shut: bool


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State:
    channel = subject.partition(":")[2]
    return State(channel, channel in await look.out_of_order())


def draw(state: State, reader: Reader) -> Card:
    key = "alarm-channel" if state.shut else "alarm-channel-over"
    words = plain.say(reader, key, {"channel": state.channel})
    tone = Tone.URGENT if state.shut else Tone.GOOD
    return fit.card(reader, words, tone=tone, open=state.shut)
