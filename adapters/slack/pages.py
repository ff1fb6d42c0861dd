"""Forms as pages: opened by a tap, a shortcut or a command, handed in as a whole.

Rules of the room:
- A draft is committed before its page is shown. Where the page cannot be shown (a trigger lives
  for three seconds) the same draft goes on as questions in the conversation.
- A page that is closed loses nothing that was handed in before; the house reminds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from adapters.slack import modals
from adapters.slack.calls import Calls, Refused
from adapters.slack.errands import Errands
from adapters.slack.given import CHANNEL, Speak
from adapters.slack.pictures import Pictures
from adapters.slack.reading import Handed
from adapters.slack.telling import Telling
from bot.buttons import form
from bot.cards import FormPage
from bot.channels import Paced, Temporary
from bot.door import Answered, Door
from bot.events import Sender, Submitted, Tapped
from bot.people import Person

log = structlog.get_logger("slack")

DETAILS = 3500
"""Characters of a message that is reported."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants what a button stands for, and if that is a form, as a page."""

    id: str
    user: str = field(repr=False)
    button: str
    trigger: str = field(repr=False)
    details: str = field(default="", repr=False)
    """What is known of an incident already."""


class Pages:
    """Opens pages and takes them in."""

    def __init__(
        self,
        calls: Calls,
        door: Door,
        pictures: Pictures,
        telling: Telling,
        errands: Errands,
        speak: Speak,
    ) -> None:
        self._calls = calls
        self._door = door
        self._pictures = pictures
        self._telling = telling
        self._errands = errands
        self._speak = speak

    async def open(self, wish: Wish) -> Answered:
        """Do what the button stands for; a form's page is shown in a moment. Raises
        `CouldNotSave`."""
        sender = Sender(CHANNEL, wish.user)
        tapped = Tapped(wish.id, sender, wish.button, page=True)
        answered = await self._door.handle(tapped)
        if answered.draft:
            if wish.details:
                await self._tell(wish, answered.draft)
            self._errands.run(self._show(wish, answered.draft), "page")
        return answered

    async def _tell(self, wish: Wish, draft: str) -> None:
        """What is known already, as an answer given."""
        sender = Sender(CHANNEL, wish.user)
        given = {"details": wish.details[:DETAILS]}
        about = f"draft:{draft}"
        known = Submitted(f"{wish.id}:details", sender, "incident", given, about, page=True)
        await self._door.handle(known)

    async def _show(self, wish: Wish, draft: str) -> None:
        sender = Sender(CHANNEL, wish.user)
        try:
            page = await self._door.page(sender, draft)
            if page is not None:
                view = modals.view(page, self._speak)
                await self._calls.call("views.open", trigger_id=wish.trigger, view=view)
                return
        except Refused as refused:
            log.warning("slack.page", code=refused.code, at=refused.at)
            if refused.code == "exchanged_trigger_id":
                return  # this very press has opened it already
        except (Temporary, Paced) as problem:
            log.warning("slack.page", problem=type(problem).__name__)
        resume = form(draft, "!resume")
        await self._door.handle(Tapped(f"{wish.id}:asked", sender, resume))

    async def take(self, handed: Handed, person: Person) -> Mapping[str, Any]:
        """A page that was handed in; returns what Slack shall do with it. Raises `CouldNotSave`."""
        try:
            filled = modals.filled(handed.view)
        except ValueError:
            log.warning("slack.view", id=handed.id)
            return {"response_action": "clear"}
        sender = Sender(CHANNEL, handed.user)
        about = f"draft:{filled.draft}"
        answered = await self._door.handle(
            Submitted(handed.id, sender, filled.form, filled.answers, about, page=True)
        )
        wrong = dict(answered.problems)
        if answered.problem and not wrong and answered.text:
            wrong = {"": answered.text}
        if wrong and filled.inputs:
            beside = modals.problems(wrong, filled.inputs)
            return {"response_action": "errors", "errors": beside}
        if filled.photos:
            photos = self._pictures.hand_in(handed.id, handed.user, person, filled.photos)
            self._errands.run(photos, "pictures")
        self._telling.tell(handed.user, answered.text)
        page = await self._door.page(sender, filled.draft)
        if page is None or (filled.photos and _only_photos(page)):
            return {"response_action": "clear"}
        return {"response_action": "update", "view": modals.view(page, self._speak)}

    def sorry(self, handed: Handed, text: str) -> Mapping[str, Any]:
        """It could not be saved: what was filled in stays, with a sentence beside it."""
        try:
            inputs = modals.filled(handed.view).inputs
        except ValueError:
            inputs = ()
        if not inputs:
            return {"response_action": "clear"}
        return {"response_action": "errors", "errors": modals.problems({"": text}, inputs)}


def _only_photos(page: FormPage) -> bool:
    """True if nothing is asked but the picture that is on its way."""
    return all(asked.kind == "photo" for asked in page.fields)
