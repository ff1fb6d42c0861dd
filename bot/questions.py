"""Which card asks what waits: for whom, by which view, about what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import calls, checkins, pages
from bot.asks import Ask, Kind
from bot.look import CardKey

_CARDS: Mapping[Kind, Callable[[Ask], CardKey]] = {
    Kind.CHECK_IN: checkins.card_of,
    Kind.PAGE: pages.card_of,
    Kind.CALL: calls.card_of,
}


def card_of(ask: Ask) -> CardKey:
    """Person, view and subject of the card by which an ask is asked."""
    return _CARDS[ask.kind](ask)
