"""Reception: what happened is handed to the house, and Slack gets its receipt.

Rules of the room:
- Commit, then confirm: a receipt with status 200 means that the house has it. What could not be
  saved gets 503, so that Slack sends it again; whoever waits in front of a screen is told so.
- What takes longer than Slack waits goes on in hand; when Slack sends it again it joins what is
  under way instead of being done twice. Nothing is ever dropped for being a repeat.
- Strangers learn nothing: one polite line. Bots hear nothing at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from adapters.slack.answering import Answering
from adapters.slack.arrivals import Arrivals
from adapters.slack.channel import SlackChannel
from adapters.slack.given import CHANNEL
from adapters.slack.homes import Homes
from adapters.slack.pages import Pages, Wish
from adapters.slack.pictures import Pictures
from adapters.slack.plain import escaped_within
from adapters.slack.reading import (
    Account,
    Changed,
    Command,
    Handed,
    Happening,
    Looked,
    Nothing,
    Payload,
    Revoked,
    Said,
    Tap,
    Wanted,
    read,
)
from adapters.slack.telling import Telling
from adapters.slack.turns import Turns
from bot.channels import Paced, Temporary
from bot.door import Door
from bot.events import Edited, Sender, Tapped, Wrote
from bot.look import CouldNotSave
from bot.people import Person

log = structlog.get_logger("slack")

DEADLINE = 2.5
"""Seconds until Slack is told "not yet": it waits for three."""
LINE = 3000

UNLINK = "account:unlink"
RESUME = ":!resume"
REPORT = "do:report"
SHORTCUTS = {"report": REPORT, "report_message": REPORT}
COMMANDS = {"report": REPORT, "rollcall": "do:rollcall", "status": "do:status"} | {
    "help": "do:help",
    "menu": "do:menu",
}
"""What may be typed behind the slash command, and the button it is like."""
LOUD = frozenset({"app_rate_limited", "unknown-shape"})
"""What Slack says that whoever runs this should hear of."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What Slack is told."""

    status: int = 200
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)


RECEIVED = Receipt()
NOT_YET = Receipt(503)


class Reception:
    """Takes payloads in, from a socket or by HTTP."""

    def __init__(
        self,
        door: Door,
        arrivals: Arrivals,
        channel: SlackChannel,
        answering: Answering,
        homes: Homes,
        pages: Pages,
        pictures: Pictures,
        telling: Telling,
    ) -> None:
        self._door = door
        self._arrivals = arrivals
        self._channel = channel
        self._answering = answering
        self._homes = homes
        self._pages = pages
        self._pictures = pictures
        self._telling = telling
        self._turns = Turns()
        self._in_hand: dict[str, asyncio.Task[Receipt]] = {}

    async def take(self, payload: Payload) -> Receipt:
        """Hand one payload in. Never raises."""
        happening = read(payload)
        if isinstance(happening, Nothing):
            if happening.why in LOUD:
                log.error("slack.told", why=happening.why)
            return RECEIVED
        task = self._in_hand.get(happening.id)
        if task is None:
            task = asyncio.create_task(self._safely(happening), name="slack-happening")
            self._in_hand[happening.id] = task
            task.add_done_callback(lambda _: self._in_hand.pop(happening.id, None))
        done, _ = await asyncio.wait({task}, timeout=DEADLINE)
        if not done:
            log.warning("slack.slow", kind=type(happening).__name__, id=happening.id)
            return NOT_YET
        return task.result() if not task.cancelled() else NOT_YET

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand; the rest Slack sends again."""
        if self._in_hand:
            await asyncio.wait(set(self._in_hand.values()), timeout=seconds)
        rest = list(self._in_hand.values())
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _safely(self, happening: Happening) -> Receipt:
        try:
            return await self._taken(happening)
        except (Temporary, Paced) as problem:
            log.warning("slack.waits", kind=type(happening).__name__, problem=str(problem))
        except CouldNotSave:
            log.error("slack.not-saved", kind=type(happening).__name__, id=happening.id)
        except Exception as problem:
            # Whatever it was, it was not received: Slack shall send it again.
            log.exception(
                "slack.fault",
                kind=type(happening).__name__,
                id=happening.id,
                problem=type(problem).__name__,
            )
        return self._refused(happening)

    def _refused(self, happening: Happening) -> Receipt:
        """Not saved. Slack repeats events by itself, but what people press only they can."""
        sorry = self._door.words(None).say("could-not-save")
        match happening:
            case Tap():
                self._telling.answer(happening, sorry, needed=True)
            case Handed():
                return Receipt(200, self._pages.sorry(happening, sorry))
            case Command():
                return Receipt(200, _line(sorry))
        return NOT_YET

    async def _taken(self, happening: Happening) -> Receipt:
        match happening:
            case Revoked(why=why):
                self._channel.close(why)
            case Said():
                await self._said(happening)
            case Nothing():
                pass
            case _:
                async with self._turns.of(happening.user):
                    return await self._in_turn(happening)
        return RECEIVED

    async def _in_turn(
        self, happening: Tap | Handed | Wanted | Command | Changed | Looked | Account
    ) -> Receipt:
        match happening:
            case Tap():
                await self._tapped(happening)
            case Handed():
                person = await self._arrivals.meet(happening.id, happening.user)
                if person is None:
                    return Receipt(200, {"response_action": "clear"})
                return Receipt(200, await self._pages.take(happening, person))
            case Wanted():
                await self._wanted(happening)
            case Command():
                return Receipt(200, await self._command(happening))
            case Changed(id=event, user=user, message=message, text=text):
                if await self._arrivals.known(user) is not None:
                    await self._door.handle(Edited(event, Sender(CHANNEL, user), message, text))
            case Looked(id=event, user=user):
                await self._arrivals.meet(event, user, aloud=False)
                self._homes.opened(user)
            case Account():
                await self._arrivals.changed(happening)
        return RECEIVED

    async def _said(self, said: Said) -> None:
        async with self._turns.of(said.user):
            person = await self._heard(said)
        if person is not None:
            # Outside their turn: what they write next does not wait for a download.
            await self._pictures.hand_in(said.id, said.user, person, said.files)

    async def _heard(self, said: Said) -> Person | None:
        """The words; whoever is known by them."""
        met = await self._arrivals.meet_by_words(said.id, said.user, said.text)
        if met.person is None or met.by_code:
            # A code says nothing else, and the house has welcomed them already.
            return None
        sender = Sender(CHANNEL, said.user)
        if said.text:
            await self._door.handle(Wrote(said.id, sender, said.text))
        elif not said.files:
            # A bare mention of the bot asks what it can do.
            await self._door.handle(Tapped(said.id, sender, "do:menu"))
        return met.person

    async def _tapped(self, tap: Tap) -> None:
        self._answering.tapped(tap.reference, tap.url)
        person = await self._arrivals.meet(tap.id, tap.user, tap)
        if person is None:
            return
        if tap.trigger and _as_page(tap.button):
            answered = await self._pages.open(Wish(tap.id, tap.user, tap.button, tap.trigger))
        else:
            sender = Sender(CHANNEL, tap.user)
            answered = await self._door.handle(Tapped(tap.id, sender, tap.button))
        if tap.button == UNLINK:
            self._arrivals.forget(tap.user)
        if answered.draft and not answered.problem:
            return  # the page that opens says it all
        if tap.home:
            self._homes.opened(tap.user, answered.text)
        else:
            # What was recorded is also on the card itself; what went wrong is nowhere else.
            self._telling.answer(tap, answered.text, needed=answered.problem)

    async def _wanted(self, wanted: Wanted) -> None:
        button = SHORTCUTS.get(wanted.shortcut)
        person = await self._arrivals.meet(wanted.id, wanted.user)
        if button is None or person is None:
            return
        wish = Wish(wanted.id, wanted.user, button, wanted.trigger, details=wanted.text)
        answered = await self._pages.open(wish)
        if answered.problem:
            self._telling.tell(wanted.user, answered.text)

    async def _command(self, command: Command) -> Mapping[str, Any]:
        text = command.text
        met = await self._arrivals.meet_by_words(command.id, command.user, text, aloud=False)
        if met.person is None:
            return _line(met.line)
        sender = Sender(CHANNEL, command.user)
        button = self._button("" if met.by_code else text, met.person)
        if button:
            wish = Wish(command.id, command.user, button, command.trigger)
            answered = await self._pages.open(wish)
            if answered.draft and not answered.problem:
                return _line(met.line)
            said = answered.text
        else:
            await self._door.handle(Wrote(command.id, sender, text))
            said = ""
        if not said and not command.here:
            said = self._door.words(met.person).say("slack-answered-directly")
        return _line("\n".join(line for line in (met.line, said) if line))

    def _button(self, text: str, person: Person) -> str:
        """The button a command is like; empty where it is simply something said."""
        said = " ".join(text.casefold().split())
        if not said:
            return COMMANDS["menu"]
        if said in COMMANDS:
            return COMMANDS[said]
        for words in (self._door.words(person), self._door.words(None)):
            for name, button in COMMANDS.items():
                if said in (word.casefold() for word in words.list_of(f"command-{name}-words")):
                    return button
        return ""


def _as_page(button: str) -> bool:
    """True where a form may be opened by this. Whoever answers question by question goes on so."""
    return not button.startswith("form:") or button.endswith(RESUME)


def _line(text: str) -> Mapping[str, Any]:
    """An answer to a command, for the one who typed it."""
    if not text:
        return {}
    return {"response_type": "ephemeral", "text": escaped_within(text, LINE)}
