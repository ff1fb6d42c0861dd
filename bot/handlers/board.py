"""Asking for the board."""

from __future__ import annotations

from bot import signin
from bot.handlers import Scene
from bot.outcomes import Outcome


def link(scene: Scene) -> Outcome:
    """A link that signs the sender in, once."""
    lasts = scene.rules.board_link
    return signin.asked(scene.person, scene.ids.token(signin.ID), scene.now, lasts, scene.channel)
