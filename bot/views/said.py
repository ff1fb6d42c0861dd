"""What somebody wrote to us, shown back to them where the channel itself keeps no history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, Photo, Section
from bot.look import Look
from bot.views import Reader
from bot.views.parts import fit


@dataclass(frozen=True, slots=True)
class State:
    words: str
    photo: str = ""


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    state = State(args.get("words") or args.get("text", ""), args.get("photo", ""))
    return state if state.words or state.photo else None


def draw(state: State, reader: Reader) -> Card:
    words = reader.words
    body: list[Section] = []
    if state.words:
        body.append(fit.said(state.words))
    if state.photo:
        body.append(Photo(state.photo, words.say("photo-alt")))
    return fit.card(reader, words.say("said-title"), body)
