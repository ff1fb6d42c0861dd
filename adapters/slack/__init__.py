"""Slack: messages with buttons, pages as modals, a home page; by socket or by HTTP.

The way in: `source` keeps connections (`lines`) or waits for requests; `gate` checks signatures;
`reading` tells what happened; `arrivals` who it was; `reception` hands it to the house and makes
the receipt, after the commit. Modals go by `pages` and `modals`, photos by `pictures`.

The way out: `channel` posts and redraws what `drawing` and `blocks` make of a card; `answering`
remembers where taps can be answered; `homes` publishes home pages; `telling` says short lines.
`calls` is the only one that calls Slack, and knows what its refusals mean.

Around it: `manifest` says which rights the app needs and why, `checks` whether it has them.

Rules of the room:
- The adapter decides nothing and keeps nothing that must not be lost: what it remembers, it
  remembers to be quicker or quieter.
- Slack hears "received" after the commit, and within three seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import Route

from adapters.slack.accounts import Accounts, Residents
from adapters.slack.answering import Answering
from adapters.slack.arrivals import Arrivals
from adapters.slack.calls import Calls
from adapters.slack.channel import SlackChannel
from adapters.slack.directory import Directory
from adapters.slack.drawing import Drawing
from adapters.slack.errands import Errands
from adapters.slack.gate import Gate
from adapters.slack.given import CHANNEL, Given, Prepare
from adapters.slack.homes import Homes
from adapters.slack.manifest import manifest
from adapters.slack.pages import Pages
from adapters.slack.pictures import Pictures
from adapters.slack.reception import Reception
from adapters.slack.source import SlackSource
from adapters.slack.telling import Telling
from bot.channels import Channel
from bot.door import Door, Source
from bot.events import Sender
from bot.people import Person
from bot.ports import Clock, Ids
from bot.texts import Words

__all__ = ["CHANNEL", "Given", "Slack", "manifest"]

PATH = "/slack"


class Slack:
    """The whole adapter: `channel` for the courier, `source` to receive, `routes` to serve."""

    def __init__(
        self,
        given: Given,
        door: Door,
        clock: Clock,
        ids: Ids,
        prepare: Prepare,
        photo_limit: int,
    ) -> None:
        self._door = door
        self._calls = calls = Calls(given)
        self._drawing = Drawing(self._speak)
        self._residents = Residents(door, clock)
        answering, errands = Answering(clock), Errands()
        telling = Telling(calls, answering, errands, clock)
        homes = Homes(self._publish, clock)
        channel = SlackChannel(calls, self._drawing, answering, clock, homes.moved)
        self.channel: Channel = channel
        pictures = Pictures(calls, door, telling, clock, prepare, photo_limit)
        accounts = Accounts(calls, clock)
        arrivals = Arrivals(door, accounts, self._residents, telling, self._speak)
        pages = Pages(calls, door, pictures, telling, errands, self._speak)
        reception = Reception(door, arrivals, channel, answering, homes, pages, pictures, telling)
        gate = Gate(given, reception)
        finish = (reception.finish, errands.finish, homes.finish)
        directory = Directory(calls, accounts, door, clock)
        self.source: Source = SlackSource(
            given, calls, gate, clock, ids, finish, channel.open, directory
        )
        posted = [Route(PATH, gate.by_http, methods=["POST"])]
        self.routes: Sequence[Route] = posted if given.mode == "http" else ()

    async def address(self) -> str:
        """Empty: no link to Slack carries a code, so people type theirs."""
        return ""

    async def close(self) -> None:
        """The last to be called: ends every connection."""
        await self._calls.close()

    def _speak(self, language: str) -> Words:
        """Words in a language of somebody not known otherwise."""
        somebody = Person(0, "", "", language=language) if language else None
        return self._door.words(somebody)

    async def _publish(self, user: str, note: str) -> None:
        """Somebody's home page as it is now. Raises what `Calls.call` raises."""
        person = await self._residents.get(user)
        if person is None:
            view = self._drawing.line(self._door.words(None).say("unknown-person"))
        else:
            cards = await self._door.home(Sender(CHANNEL, user))
            view = self._drawing.home(cards, note)
        await self._calls.call("views.publish", user_id=user, view=view)
