"""A line in reply: a text key and its values, nothing else.

The first line of a longer text is the card's title, the rest its body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards import Card, Text
from bot.look import Look
from bot.views import Reader
from bot.views.parts import fit

COUNTS = frozenset({"count", "expected", "limit", "all", "done", "first", "last"})
"""Values that are numbers and choose a plural; they arrive as text."""
SPAN = "span"
"""A length of time, which arrives as seconds."""


@dataclass(frozen=True, slots=True)
class State:
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    if "text" not in args:
        return None
    return State(args["text"], {name: value for name, value in args.items() if name != "text"})


def say(reader: Reader, key: str, values: Mapping[str, str | int]) -> str:
    """The text `key` with values that may have travelled as text."""
    return reader.words.say(
        key, **{name: _value(reader, name, value) for name, value in values.items()}
    )


def _value(reader: Reader, name: str, value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    if name == "channel":
        return fit.channel(reader, value)
    if name == SPAN and value.isdecimal() and len(value) <= 9:
        return reader.words.span(int(value))
    # Longer than any count of people: not a number of ours.
    if name in COUNTS and value.isdecimal() and len(value) <= 9:
        return int(value)
    return fit.said(value, 300).text


def draw(state: State, reader: Reader) -> Card:
    title, _, more = say(reader, state.key, state.values).partition("\n")
    if len(title) > fit.TITLE:
        more = f"{title}\n{more}".strip()
    return fit.card(reader, title, (Text(more),) if more else ())
