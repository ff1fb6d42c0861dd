"""The porter: draws the cards of a batch and hands each over, at the pace its channel takes.

Rules of the room:
- A card is drawn from the state as it is when it is sent.
- The first card does not wait for the last to be drawn. One hand-over that takes long holds up
  whoever is next at the same address, and nobody else.
- What became of each card is written into its `Round`; nothing is settled here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from bot.cards import Card
from bot.channels import Channel, Closed, Declined, Gone, Paced, Parcel, Temporary
from bot.events import Delivered
from bot.lanes import Lanes
from bot.look import Look
from bot.numbers import shown
from bot.outcomes import Priority
from bot.people import Person
from bot.ports import Clock
from bot.postoffice import PostOffice
from bot.rounds import Round
from bot.rules import Rules
from bot.texts import Texts
from bot.turnstile import Turnstile
from bot.views import Reader, draw

log = structlog.get_logger("courier")

BREATH = 6
"""How many cards are drawn before others may run."""
ABREAST = 32
"""How many hand-overs of one porter are under way at once."""
OLDEST = timedelta(days=2)
"""A card that found no way for so long is given up."""
TOO_OLD, UNDRAWABLE, STUCK = "too-old", "undrawable", "stuck"
GIVEN_UP = frozenset({TOO_OLD, UNDRAWABLE})
"""Why a card is dropped for good, through no fault of the contact."""

Linker = Callable[[Person, str, str], str]
"""Makes the address of the page that shows a person one card: its view and its subject."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card that has something to say, and the link it brings along."""

    card: Card
    link: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A channel and what limits it."""

    channel: Channel
    stile: Turnstile
    lanes: Lanes


class Porter:
    """Carries batch after batch to one channel; the next may begin while the last is under way."""

    def __init__(
        self,
        way: Way,
        office: PostOffice,
        rules: Rules,
        texts: Texts,
        clock: Clock,
        link: Linker | None = None,
    ) -> None:
        self._way = way
        self._link = link if way.channel.limits.links else None
        self._channel = way.channel
        self._office = office
        self._rules = rules
        self._texts = texts
        self._clock = clock
        self._abreast = asyncio.Semaphore(ABREAST)
        self._last: dict[tuple[int, str], asyncio.Task[None]] = {}
        """The newest hand-over under way to each address."""
        self._everybody = Person(0, "", "", rules.language, rules.time_zone)
        """Whoever reads a post in a room."""

    async def carry(self, cards: Sequence[Any], result: Round) -> None:
        """Draw and hand over a batch; returns once it is known what became of each card."""
        sending: list[asyncio.Task[None]] = []
        try:
            async with aclosing(self._drawn(cards, result)) as drawn:
                async for claimed, found in drawn:
                    if self._channel.limits.live:
                        await self._one(claimed, found, result)
                    else:
                        result.to_begin.add(claimed.row)
                        sending.append(self._begin(claimed, found, result))
            result.all_drawn()
        except asyncio.CancelledError:
            for task in sending:
                task.cancel()
            raise
        finally:
            await asyncio.gather(*sending)

    def _begin(self, claimed: Any, drawn: Drawn, result: Round) -> asyncio.Task[None]:
        """Cards to one address go one after the other, in their order."""
        where = (claimed.contact, claimed.room)
        earlier = self._last.get(where)

        async def bounded() -> None:
            if earlier is not None:
                result.begun(claimed.row)
                await asyncio.wait([earlier])
            async with self._abreast:
                await self._one(claimed, drawn, result)
            result.begun(claimed.row)
            result.news.set()

        def over(done: asyncio.Task[None]) -> None:
            if self._last.get(where) is done:
                del self._last[where]

        task = self._last[where] = asyncio.create_task(bounded())
        task.add_done_callback(over)
        return task

    # --- drawing -------------------------------------------------------------------------

    async def _drawn(
        self, cards: Sequence[Any], result: Round
    ) -> AsyncGenerator[tuple[Any, Drawn], None]:
        """The cards that have something to say, one after the other."""
        async with self._office.look() as look:
            await look.prefetch(
                people={c.person for c in cards},
                asks=[c.subject[4:] for c in cards if c.subject.startswith("ask:")],
                rollcalls={c.about[9:] for c in cards if c.about.startswith("rollcall:")},
            )
            # Known from here on, for all of them: a question each would cost more than the cards.
            await look.remarks([c.subject[4:] for c in cards if c.view == "checkin"])
            for number, card in enumerate(cards):
                if number % BREATH == BREATH - 1:
                    await asyncio.sleep(0)
                try:
                    found = await self._card(look, card)
                except Exception as problem:
                    log.exception("card.undrawable", view=card.view, subject=card.subject)
                    if card.attempts >= result.habits.attempts:
                        result.failed[card.row] = UNDRAWABLE
                    else:
                        self._temporary(card, result, problem)
                    continue
                if found is None or (card.unless_settled and not found.card.open):
                    result.dropped.append(card.row)
                else:
                    yield card, found

    async def _card(self, look: Look, card: Any) -> Drawn | None:
        person = self._everybody if card.room else await look.person(card.person)
        if person is None or person.left:
            return None
        reader = Reader(person, self._clock.now(), self._rules, self._texts)
        found = await draw(card.view, look, card.subject, reader, card.args)
        if found is None:
            return None
        found = await shown(found, self._office)
        # A card with nothing to tap is whole as it stands.
        if self._link is None or not (found.every_button() or found.ask):
            return Drawn(found)
        return Drawn(found, self._link(person, card.view, card.subject))

    # --- handing over --------------------------------------------------------------------

    async def _one(self, claimed: Any, drawn: Drawn, result: Round) -> None:
        way, channel = self._way, self._channel
        if self._stays(claimed, result):
            return
        try:
            address = claimed.room or self._office.address(claimed)
            parcel = _parcel(claimed, drawn, address)
            lanes, hurried = channel.lanes(parcel), claimed.priority <= Priority.PAGE
            wait = way.lanes.wait(claimed.row, channel.name, lanes, hurried=hurried)
            if wait > 0:
                result.waiting[claimed.row] = wait
                return
            async with way.stile.passage(hurried=hurried):
                result.begun(claimed.row)
                if self._stays(claimed, result):
                    return
                await self._hand_over(claimed, parcel, result)
        except Gone as gone:
            result.failed[claimed.row] = gone.why
        except Declined as declined:
            result.stuck[claimed.row] = declined.why
        except Paced as paced:
            result.waiting[claimed.row] = paced.seconds
            way.stile.warn()
            if paced.lane:
                way.lanes.slow_down(channel.name, paced.lane, paced.seconds)
            else:
                way.stile.shut(paced.seconds)
                result.paced = max(result.paced, paced.seconds)
        except Closed as closed:
            result.closed = closed.why
            result.waiting[claimed.row] = 0.0
        except (Temporary, TimeoutError) as problem:
            self._temporary(claimed, result, problem)
        except Exception as problem:
            log.exception("channel.fault", channel=channel.name, view=claimed.view)
            self._temporary(claimed, result, problem)

    def _stays(self, claimed: Any, result: Round) -> bool:
        """True if nothing goes by this channel just now, or if another may be sending this card
        before we are done: it waited here for so long that our claim has nearly run out."""
        wait = self._way.stile.shut_for
        late = self._clock.now() + self._limit(result) > claimed.until
        if not wait and not result.closed and not late:
            return False
        result.waiting[claimed.row] = wait
        return True

    def _limit(self, result: Round) -> timedelta:
        """How long one hand-over may take."""
        return result.habits.lease / 2

    async def _hand_over(self, claimed: Any, parcel: Parcel, result: Round) -> None:
        async with asyncio.timeout(self._limit(result).total_seconds()):
            if claimed.post is None:
                reference = await self._channel.deliver(parcel)
            else:
                await self._channel.refresh(parcel)
                reference = claimed.reference
        result.delivered.append(Delivered(claimed.row, reference))

    def _temporary(self, card: Any, result: Round, problem: Exception) -> None:
        """Again, later and later; after too many attempts by another contact."""
        if self._clock.now() - card.created_at > OLDEST:
            result.failed[card.row] = TOO_OLD
            return
        if card.attempts >= result.habits.attempts:
            result.stuck[card.row] = STUCK
            return
        wait = result.habits.backoff * (2 ** min(card.attempts - 1, 16))
        result.later[card.row] = min(wait, result.habits.backoff_max)
        log.warning(
            "card.delayed", row=card.row, attempts=card.attempts, problem=type(problem).__name__
        )


def _parcel(claimed: Any, drawn: Drawn, address: str) -> Parcel:
    # A row's number alone is given again once the outbox is empty.
    queued = int(claimed.created_at.timestamp() * 1_000_000)
    return Parcel(
        drawn.card,
        claimed.person,
        claimed.post or 0,
        address,
        claimed.reference,
        drawn.link,
        f"{claimed.row}.{queued}.{claimed.contact}",
    )
