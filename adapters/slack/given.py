"""What the adapter is given: names, tokens and ways, already read from the settings.

Rules of the room:
- A secret is never part of a `repr`, so it cannot slip into a log or an error.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.texts import Words

CHANNEL = "slack"
"""The channel's name: in `Sender.channel` and in front of every event id."""

SLACK = "https://slack.com/api"

Prepare = Callable[[bytes, int], bytes]
"""Checks a picture and makes it small; slow, so it is called in a thread. Raises `ValueError`
whose text is the key of what to say."""

Speak = Callable[[str], Words]
"""Words in a language, by its name."""

QUIET = logging.getLogger("adapters.slack.unheard")
"""What the libraries would log quotes tokens, addresses and what people wrote: it is not heard.
Whatever matters of it is logged here, in our words."""
QUIET.setLevel(logging.CRITICAL + 10)
QUIET.propagate = False


@dataclass(frozen=True, slots=True)
class Given:
    """The section `slack` of the settings, opened."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    """For socket mode: an app-level token with `connections:write`."""
    signing_secret: str = field(default="", repr=False)
    """For http mode."""
    mode: Literal["socket", "http"] = "socket"
    connections: int = 2
    api_url: str = SLACK
    directory: bool = False
    """Whether people are found in the directory before they have ever written."""
    rooms: tuple[str, ...] = ()
    """Ids of the channels that get a roll call as one post."""
