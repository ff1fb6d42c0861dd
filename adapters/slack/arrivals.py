"""Whoever comes to the door: known, to be introduced, or turned away politely.

Rules of the room:
- An address the house does not know is introduced by the e-mail address Slack vouches for; else
  a single typed word is tried as a one-time code. What strangers write goes no further.
- Bots are ignored without a word. Deactivated accounts and people of other organisations are
  turned away with one line; so is everybody else the staff list does not know, guests included.
- The platform says who has left and who is back; each is passed on once.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field

import structlog

from adapters.slack.accounts import Accounts, Profile, Residents, profile_of
from adapters.slack.calls import Refused
from adapters.slack.given import CHANNEL, Speak
from adapters.slack.reading import Account, Tap
from adapters.slack.telling import Telling
from bot.door import Door
from bot.events import Departed, Introduced, Sender
from bot.forms import clean
from bot.people import Person

log = structlog.get_logger("slack")

CODE = re.compile(r"(?=.*[0-9])[A-Za-z0-9_-]{8,64}")
"""What may be a code: a greeting is none."""
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Met:
    """Who it is, if anybody, and what they have been or are to be told."""

    person: Person | None = None
    line: str = field(default="", repr=False)
    by_code: bool = False
    """What they typed was their code."""


NOBODY = Met()


class Arrivals:
    """Knows, or gets to know, who is there."""

    def __init__(
        self, door: Door, accounts: Accounts, residents: Residents, telling: Telling, speak: Speak
    ) -> None:
        self._door = door
        self._accounts = accounts
        self._residents = residents
        self._telling = telling
        self._speak = speak
        self._well: OrderedDict[str, None] = OrderedDict()
        """Accounts the house has been told about since we run, and that are no longer news."""

    async def known(self, user: str) -> Person | None:
        """Whom the house knows already."""
        return await self._residents.get(user)

    def forget(self, user: str) -> None:
        """They may be known no longer."""
        self._residents.forget(user)

    async def meet(
        self, event: str, user: str, tap: Tap | None = None, *, aloud: bool = True
    ) -> Person | None:
        """Who it is; whoever is not known is introduced, or told why not."""
        return (await self._met(event, user, "", tap, aloud=aloud)).person

    async def meet_by_words(self, event: str, user: str, text: str, *, aloud: bool = True) -> Met:
        """The same, with what they typed tried as a code; where not `aloud` nobody is told."""
        return await self._met(event, user, text, None, aloud=aloud)

    async def _met(self, event: str, user: str, text: str, tap: Tap | None, *, aloud: bool) -> Met:
        person = await self._residents.get(user)
        if person is not None:
            return Met(person)
        try:
            profile = await self._accounts.get(user)
        except Refused as refused:
            # Slack does not tell us who it is: a code still does.
            log.error("slack.account", code=refused.code)
            profile = Profile()
        if profile is None or profile.bot:
            return NOBODY
        # Only what somebody does aloud is their wish to be linked, not a look at the home page.
        met = await self._introduced(event, user, profile, text, quiet=not aloud and not text)
        if aloud and met.line:
            self._say(user, met, tap)
        return met

    def _say(self, user: str, met: Met, tap: Tap | None) -> None:
        if tap is not None:
            self._telling.answer(tap, met.line, needed=met.person is not None)
        elif met.person is not None:
            self._telling.tell(user, met.line)
        else:
            self._telling.stranger(user, met.line)

    async def _introduced(
        self, event: str, user: str, profile: Profile, text: str, *, quiet: bool = False
    ) -> Met:
        unknown = self._speak(profile.language).say("unknown-person")
        if profile.gone or profile.foreign:
            return Met(line=unknown)
        sender = Sender(CHANNEL, user)
        language, zone = profile.language, profile.time_zone
        line = unknown
        if profile.email:
            answered = await self._door.handle(
                Introduced(
                    f"{event}:email",
                    sender,
                    email=profile.email,
                    language=language,
                    time_zone=zone,
                    quiet=quiet,
                )
            )
            person = await self._residents.get(user)
            if person is not None:
                return Met(person, "" if answered.repeat else answered.text)
            line = answered.text or line
        code = clean(text)
        if CODE.fullmatch(code):
            answered = await self._door.handle(
                Introduced(f"{event}:code", sender, code=code, language=language, time_zone=zone)
            )
            person = await self._residents.get(user)
            if person is not None:
                return Met(person, "" if answered.repeat else answered.text, by_code=True)
            line = answered.text or line
        return Met(line=line)

    async def changed(self, account: Account) -> None:
        """An account came, went, or changed in some way."""
        user = account.user
        profile = profile_of(account.profile, await self._accounts.home())
        self._accounts.forget(user)
        if profile.bot or profile.foreign:
            return
        if not profile.gone and user in self._well:
            # A new picture, a new status: accounts change all day long.
            return
        person = await self._residents.get(user)
        sender = Sender(CHANNEL, user)
        if person is not None:
            why = "deactivated"
            await self._door.handle(Departed(account.id, sender, why, back=not profile.gone))
        elif not profile.gone:
            # A change of picture is nobody's wish to be linked again.
            quiet = not account.joined
            met = await self._introduced(account.id, user, profile, "", quiet=quiet)
            if met.person is not None and account.joined:
                self._telling.tell(user, met.line)
        self._residents.forget(user)
        self._remember(user, well=not profile.gone)

    def _remember(self, user: str, *, well: bool) -> None:
        self._well.pop(user, None)
        if well:
            self._well[user] = None
        while len(self._well) > MOST:
            self._well.popitem(last=False)
