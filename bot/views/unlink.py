"""Before a chat account is let go: what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons
from bot.cards import Card, Style, Text
from bot.look import Look
from bot.views import Reader
from bot.views.parts import fit


@dataclass(frozen=True, slots=True)
class State:
    channel: str


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    return State(args.get("channel", ""))


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    return fit.card(
        reader,
        words.say("link-end-title", channel=fit.channel(reader, state.channel)),
        (Text(words.say("link-end-body")),),
        (
            fit.button(buttons.account("unlink"), words.say("button-unlink"), Style.DANGER),
            fit.button(buttons.account("keep"), words.say("button-keep"), Style.QUIET),
        ),
    )
