"""The courier: takes cards from the outbox, draws them, hands them to the channels.

Rules of the room:
- A card is drawn from the state as it is when it is sent. A reminder whose question is settled
  by then is dropped, and so is a card whose subject is gone.
- Two workers a channel: one carries only what overtakes everything (cries for help, replies,
  pages), so that it never waits behind a batch of questions.
- A failure is temporary (again, later and later), paced (the whole lane waits as told),
  permanent (the next contact, at once) or of the whole channel (everybody's next contact).
  Nothing is swallowed: the journal has each.
- The channel's own pace is kept in the store, for all replicas together; that of one chat or
  one method in `bot.lanes`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from bot.cards import Card
from bot.channels import Channel, Closed, Gone, Paced, Parcel, Temporary
from bot.events import Delivered
from bot.lanes import Lanes
from bot.look import Look
from bot.outcomes import Priority
from bot.people import Person
from bot.ports import Clock
from bot.postoffice import News, PostOffice
from bot.rounds import Round
from bot.rules import Rules
from bot.texts import Texts
from bot.views import Reader, draw

log = structlog.get_logger("courier")

BREATH = 6
"""How many cards are drawn before others may run."""
ABREAST = 32
"""How many hand-overs of one channel are under way at once."""
IDLE = 0.5
"""Seconds between looks into an outbox that nobody has said anything about."""
SHORT = 0.05
"""The same for the fastest of lanes."""
GRACE = 5.0
"""Seconds a batch under way is given when the courier shall stop."""
OLDEST = timedelta(days=2)
"""A card that found no way for so long is given up."""
TOO_OLD, UNDRAWABLE = "too-old", "undrawable"
GIVEN_UP = frozenset({TOO_OLD, UNDRAWABLE})
"""Why a card is dropped for good, through no fault of the contact."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How the courier works: see the section `courier` of the settings."""

    batch: int = 200
    lease: timedelta = timedelta(seconds=60)
    attempts: int = 8
    backoff: timedelta = timedelta(seconds=2)
    backoff_max: timedelta = timedelta(minutes=5)


class Courier:
    """Carries for any number of channels; `pace` gives each its lane."""

    def __init__(
        self,
        office: PostOffice,
        news: News,
        channels: Mapping[str, Channel],
        paces: Mapping[str, Any],
        no_pace: Any,
        rules: Rules,
        texts: Texts,
        clock: Clock,
        habits: Habits | None = None,
    ) -> None:
        self.office = office
        self.news = news
        self.channels = channels
        self.rules = rules
        self.texts = texts
        self.clock = clock
        self.habits = habits or Habits()
        self._paces = {name: paces.get(name, no_pace) for name in channels}
        self._wake = {(n, u): asyncio.Event() for n in channels for u in (False, True)}
        self._tasks: list[asyncio.Task[None]] = []
        self._ending = False
        self.lanes = Lanes(clock)
        self._everybody = Person(0, "", "", rules.language, rules.time_zone)
        """Whoever reads a post in a room."""

    # --- running -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin carrying, until `stop`."""
        self._ending = False
        self._tasks = [
            asyncio.create_task(self._carry(name, urgent=urgent), name=f"courier-{name}-{urgent}")
            for name, urgent in self._wake
        ]

    async def stop(self) -> None:
        """End after the batches under way, so that none is sent again; soon, whatever happens."""
        self._ending = True
        self.kick()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    def kick(self) -> None:
        """Something has been queued."""
        for event in self._wake.values():
            event.set()

    async def _carry(self, channel: str, *, urgent: bool) -> None:
        wake = self._wake[channel, urgent]
        carried = 0
        while not self._ending:
            wake.clear()
            try:
                # Looked at first: a claim holds up whoever writes.
                more = carried or await self._ready(channel, urgent)
                carried = await self.round(channel, urgent=urgent) if more else 0
            except asyncio.CancelledError:
                raise
            except Exception as problem:
                log.error("courier.failed", channel=channel, problem=type(problem).__name__)
                await self.clock.sleep(1)
                continue
            if carried:
                await asyncio.sleep(0)
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(self._idle(channel)):
                    await wake.wait()

    def _idle(self, channel: str) -> float:
        """A lane is looked at again before its burst is full: no turn is lost."""
        pace = self._paces[channel]
        return min(IDLE, max(SHORT, pace.burst / pace.rate / 2)) if pace.rate else IDLE

    async def _ready(self, channel: str, urgent: bool) -> bool:
        async with self.office.look() as look:
            return await look.ready(channel, self.clock.now(), urgent=urgent)

    async def drain(self) -> int:
        """Carry until nothing is ready; returns how many cards were claimed. For tests."""
        total = 0
        while True:
            carried = 0
            for name in self.channels:
                carried += await self.round(name, urgent=False)
            total += carried
            if not carried:
                return total

    # --- one batch -----------------------------------------------------------------------

    async def round(self, channel: str, *, urgent: bool) -> int:
        """Claim, draw, hand over and settle one batch; returns how many cards it was."""
        pace = self._paces[channel]
        async with self.office.write(patient=not urgent) as work:
            cards = await work.claim(
                channel, pace, self.habits.batch, self.habits.lease, urgent=urgent
            )
        if not cards:
            return 0
        result, sent = Round(), asyncio.Event()
        settling = asyncio.create_task(self._mark(channel, cards, result, sent, urgent=urgent))
        try:
            await self._deliver(self.channels[channel], cards, result, sent)
        finally:
            # Whatever went wrong: what has been handed over must not be sent again.
            result.over = True
            sent.set()
            await settling
        return len(cards)

    async def _mark(
        self,
        channel: str,
        cards: Sequence[Any],
        result: Round,
        sent: asyncio.Event,
        *,
        urgent: bool,
    ) -> None:
        """Settle what has been handed over while the rest is on its way: whoever is killed
        meanwhile leaves as few cards as can be that are sent again."""
        while not result.over:
            await sent.wait()
            sent.clear()
            some = result.so_far()
            try:
                await self._settle(channel, cards, some, urgent=urgent)
            except Exception as problem:
                log.warning("courier.unmarked", channel=channel, problem=type(problem).__name__)
                result.again(some)
                await self.clock.sleep(SHORT)
        await self._settle(channel, cards, result.so_far(), urgent=urgent)

    async def _deliver(
        self, channel: Channel, cards: Sequence[Any], result: Round, sent: asyncio.Event
    ) -> None:
        """Hand over each card as soon as it is drawn: the first does not wait for the last.

        Cards to one address go one after the other, in their order.
        """
        abreast = asyncio.Semaphore(ABREAST)
        before: dict[tuple[int, str], asyncio.Task[None]] = {}

        async def bounded(claimed: Any, card: Card, earlier: asyncio.Task[None] | None) -> None:
            if earlier is not None:
                await asyncio.wait([earlier])
            async with abreast:
                await self._one(channel, claimed, card, result)
            sent.set()

        sending: list[asyncio.Task[None]] = []
        try:
            async with aclosing(self._drawn(cards, result)) as drawn:
                async for claimed, card in drawn:
                    if channel.limits.live:
                        await self._one(channel, claimed, card, result)
                        continue
                    chat = (claimed.contact, claimed.room)
                    task = asyncio.create_task(bounded(claimed, card, before.get(chat)))
                    before[chat] = task
                    sending.append(task)
        except asyncio.CancelledError:
            for task in sending:
                task.cancel()
            raise
        finally:
            await asyncio.gather(*sending)

    async def _drawn(
        self, cards: Sequence[Any], result: Round
    ) -> AsyncGenerator[tuple[Any, Card], None]:
        """The cards that have something to say, one after the other."""
        async with self.office.look() as look:
            await look.prefetch(
                people={c.person for c in cards},
                asks=[c.subject[4:] for c in cards if c.subject.startswith("ask:")],
                rollcalls={c.about[9:] for c in cards if c.about.startswith("rollcall:")},
            )
            for number, card in enumerate(cards):
                if number % BREATH == BREATH - 1:
                    await asyncio.sleep(0)
                try:
                    found = await self._card(look, card)
                except Exception as problem:
                    log.exception("card.undrawable", view=card.view, subject=card.subject)
                    if card.attempts >= self.habits.attempts:
                        result.failed[card.row] = UNDRAWABLE
                    else:
                        self._temporary(card, result, problem)
                    continue
                if found is None or (card.unless_settled and not found.open):
                    result.dropped.append(card.row)
                else:
                    yield card, found

    async def _card(self, look: Look, card: Any) -> Card | None:
        person = self._everybody if card.room else await look.person(card.person)
        if person is None or person.left:
            return None
        reader = Reader(person, self.clock.now(), self.rules, self.texts)
        return await draw(card.view, look, card.subject, reader, card.args)

    async def _one(self, channel: Channel, claimed: Any, card: Card, result: Round) -> None:
        if result.paced or result.closed:
            result.waiting[claimed.row] = result.paced
            return
        try:
            address = claimed.room or self.office.address(claimed)
            parcel = Parcel(card, claimed.person, claimed.post or 0, address, claimed.reference)
            lanes, hurried = channel.lanes(parcel), claimed.priority <= Priority.PAGE
            wait = self.lanes.wait(claimed.row, channel.name, lanes, hurried=hurried)
            if wait > 0:
                result.waiting[claimed.row] = wait
                return
            async with asyncio.timeout(self.habits.lease.total_seconds() / 2):
                if claimed.post is None:
                    reference = await channel.deliver(parcel)
                else:
                    await channel.refresh(parcel)
                    reference = claimed.reference
            result.delivered.append(Delivered(claimed.row, reference))
        except Gone as gone:
            result.failed[claimed.row] = gone.why
        except Paced as paced:
            result.waiting[claimed.row] = paced.seconds
            if paced.lane:
                self.lanes.slow_down(channel.name, paced.lane, paced.seconds)
            else:
                result.paced = max(result.paced, paced.seconds)
        except Closed as closed:
            result.closed = closed.why
            result.waiting[claimed.row] = 0.0
        except (Temporary, TimeoutError) as problem:
            self._temporary(claimed, result, problem)
        except Exception as problem:
            log.exception("channel.fault", channel=channel.name, view=claimed.view)
            self._temporary(claimed, result, problem)

    def _temporary(self, card: Any, result: Round, problem: Exception) -> None:
        """Again, later and later; after too many attempts by another contact."""
        if self.clock.now() - card.created_at > OLDEST:
            result.failed[card.row] = TOO_OLD
            return
        if card.attempts >= self.habits.attempts:
            result.stuck.append(card.row)
            return
        wait = self.habits.backoff * (2 ** min(card.attempts - 1, 16))
        result.later[card.row] = min(wait, self.habits.backoff_max)
        log.warning(
            "card.delayed", row=card.row, attempts=card.attempts, problem=type(problem).__name__
        )

    async def _settle(
        self, channel: str, cards: Sequence[Any], result: Round, *, urgent: bool
    ) -> None:
        if result.later or result.waiting:
            async with self.office.write(patient=True) as work:
                await work.put_back(result.later)
                await work.release(
                    {
                        row: timedelta(seconds=max(wait, result.paced))
                        for row, wait in result.waiting.items()
                    }
                )
                if result.paced:
                    await work.slow_down(channel, result.paced, self._paces[channel])
        if result.delivered or result.failed or result.dropped or result.stuck:
            await self.news.arrived(
                cards,
                result.delivered,
                result.failed,
                result.dropped,
                result.stuck,
                patient=not urgent,
            )
        if result.closed:
            await self.news.closed(channel, result.closed)
