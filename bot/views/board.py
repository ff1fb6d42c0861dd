"""The way to the board: a link for one person, for a few minutes, once.

Rules of the room:
- It is drawn for the person it is for and for nobody else, and without the link once that opens
  nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import buttons
from bot.cards import Card, Text
from bot.look import Look
from bot.signin import SignIn
from bot.views import Reader
from bot.views.parts import fit


@dataclass(frozen=True, slots=True)
class State:
    sign_in: SignIn


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    found = await look.sign_in(subject.partition(":")[2])
    if found is None or found.person != reader.person.id:
        return None
    return State(found)


def draw(state: State, reader: Reader) -> Card:
    words, made = reader.words, state.sign_in
    if made.over(reader.now):
        key = "board-link-used" if made.used_at else "board-link-expired"
        again = fit.button(buttons.do("board"), words.say("button-board-again"))
        return fit.card(reader, words.say("menu-board"), (Text(words.say(key)),), (again,))
    how = words.say("board-link-how", when=words.when(made.expires_at, reader.now))
    address = f"{reader.rules.site}/board/in/{made.token}"
    return fit.card(
        reader,
        words.say("menu-board"),
        (Text(how), Text(address, link=words.say("board-open"))),
    )
