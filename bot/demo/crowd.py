"""The made-up people at work: they look at what they are shown and tap, each in their own time.

Rules of the room:
- They know no more than a person does: a card, its buttons, and who they are. A tap goes
  through the same door as anybody's, with the button's own id.
- One heap holds everything anybody is going to do, so that 5,000 people cost no more than one
  task. What comes due together is handed in together.
- Whoever is played by somebody at a screen is left alone from then on, and has time: the first
  cry for help is theirs to take, and nobody answers for them too soon.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field

import structlog

from bot.cards import Card
from bot.cards import Person as Line
from bot.demo.manners import MINUTE, Chance, Manners, Plan, Span, call, check_in
from bot.events import Sender, Tapped
from bot.ports import Clock

log = structlog.get_logger("demo")

GLANCE = 0.05
"""Real seconds between two looks at what is due."""
TOGETHER = 200
"""How many taps are handed in at once."""
MOST_CALLS = 2
"""How often a lead tries to reach the same person."""
AGAIN = 600.0
"""Seconds before a lead tries the same person again."""


@dataclass(order=True, slots=True)
class Act:
    """One tap that is going to happen."""

    at: float
    number: int
    sender: Sender = field(compare=False)
    button: str = field(compare=False)


@dataclass(slots=True)
class Pending:
    """A question somebody has been asked, how often, and what they will do about it."""

    plan: Plan
    asked: int = 0
    done: bool = False


class Crowd:
    """Everybody who is not played by somebody. `tap` is the door; `show` tells them of a card."""

    def __init__(
        self,
        clock: Clock,
        tap: Callable[[Tapped], Awaitable[object]],
        *,
        unlucky: Collection[str] = (),
        away: Collection[str] = (),
        manners: Manners | None = None,
        seed: int = 1,
    ) -> None:
        self.reminders = 0
        """How many questions have been asked once more."""
        self._clock = clock
        self._tap = tap
        self._unlucky = frozenset(unlucky)
        self._away = frozenset(away)
        self._manners = manners or Manners()
        self._chance = Chance(seed)
        self._acts: list[Act] = []
        self._numbers = 0
        self._played: set[Sender] = set()
        self._questions: dict[tuple[Sender, str], Pending] = {}
        self._visitors: dict[str, float] = {}
        """Questions to people who are played, and since when they have had them."""
        self._lists: dict[Sender, set[str]] = {}
        """Questions on the list of somebody who telephones."""
        self._pages: set[tuple[Sender, str]] = set()
        self._first_cry = ""
        self._taken: set[tuple[Sender, str]] = set()
        self._callers: dict[Sender, bool] = {}
        self._busy: dict[Sender, float] = {}
        self._calls: dict[tuple[Sender, str], tuple[int, float]] = {}

    def __len__(self) -> int:
        """How many taps are still to come."""
        return len(self._acts)

    def leave(self, sender: Sender) -> None:
        """Somebody at a screen plays this person now."""
        self._played.add(sender)
        for asked, ask in self._questions:
            if asked == sender:
                self._visitors.setdefault(ask, self._now())

    # --- looking ---------------------------------------------------------------------------

    def show(self, sender: Sender, card: Card, *, loud: bool) -> None:
        """A card has been posted (`loud`), or drawn again in place."""
        taps = [button.id for button in card.every_button()]
        own = [tap for tap in taps if tap.startswith("ask:")]
        if sender in self._played:
            if own:
                self._visitors.setdefault(own[0].split(":")[1], self._now())
            return
        take = next((tap for tap in taps if tap.startswith("take:")), None)
        if own:
            self._question(sender, own, card, loud=loud)
        elif take is not None:
            self._page(sender, take)
        elif any(tap.startswith("for:") for tap in taps):
            self._on_behalf(sender, card, taps)
        elif not any(tap.startswith("call:") for tap in taps):
            self._lists.pop(sender, None)

    def _question(self, sender: Sender, own: list[str], card: Card, *, loud: bool) -> None:
        """Am I safe? Decided when asked for the first time, done when asked often enough."""
        ask = own[0].split(":")[1]
        pending = self._questions.get((sender, ask))
        if pending is None:
            plan = check_in(
                self._manners,
                self._chance.of(sender.address),
                unlucky=sender.address in self._unlucky,
                away=sender.address in self._away,
            )
            pending = self._questions[sender, ask] = Pending(plan)
        if not card.open:
            # Answered, by whomever, or over: nobody goes on fumbling for their phone.
            pending.done = True
        elif loud:
            pending.asked += 1
            self.reminders += pending.asked > 1
            if pending.plan.answer and pending.asked == pending.plan.asked:
                wanted = f"ask:{ask}:{pending.plan.answer}"
                if wanted in own:
                    self._later(pending.plan.seconds, sender, wanted)

    def _page(self, sender: Sender, take: str) -> None:
        """Can I take it? Decided once; a reminder changes nobody's mind."""
        about = take.partition(":")[2]
        if (sender, about) in self._pages:
            return
        self._pages.add((sender, about))
        dice, cry = self._chance.of(sender.address), about.startswith("help:")
        if dice.random() < (self._manners.takes if cry else self._manners.takes_report):
            self._later(self._taking(about, cry=cry).drawn(dice), sender, take)

    def _taking(self, about: str, *, cry: bool) -> Span:
        if not cry:
            return self._manners.take_report
        self._first_cry = self._first_cry or about
        return self._manners.take_first if about == self._first_cry else self._manners.take

    def _on_behalf(self, sender: Sender, card: Card, taps: list[str]) -> None:
        """Answering for others: somebody I look after, or a list to telephone through."""
        if any(tap.startswith("rc:") for tap in taps):
            return  # the tally, which is for reading
        lines = [section for section in card.body if isinstance(section, Line)]
        self._lists[sender] = {tap.split(":")[1] for tap in taps if tap.startswith("for:")}
        if not lines:
            self._look_after(sender, taps)
            return
        works = self._callers.get(sender)
        if works is None:
            dice = self._chance.of(sender.address)
            works = self._callers[sender] = dice.random() < self._manners.calls
        for line in lines if works else ():
            if len(line.buttons) > 1:  # with one they need help, and somebody knows
                self._call(sender, line.buttons[0].id.split(":")[1])

    def _look_after(self, sender: Sender, taps: list[str]) -> None:
        safe = next(tap for tap in taps if tap.startswith("for:"))
        mine = (sender, f"help:{safe.split(':')[1]}")
        if mine in self._taken:
            self._taken.discard(mine)
            dice = self._chance.of(sender.address)
            # Asked once more, they say yes.
            sure = safe.replace(":safe", ":nowsafe")
            self._later(self._manners.look_after.drawn(dice), sender, sure)

    def _call(self, sender: Sender, ask: str) -> None:
        """One telephone call after the other, the same person not too often."""
        now = self._now()
        tries, last = self._calls.get((sender, ask), (0, 0.0))
        if tries >= MOST_CALLS or now < last + AGAIN:
            return
        dice = self._chance.of(sender.address)
        ends = max(now, self._busy.get(sender, now)) + self._manners.call.drawn(dice)
        self._busy[sender] = ends
        self._calls[sender, ask] = (tries + 1, ends)
        outcome = call(self._manners, dice)
        if outcome:
            self._later(ends - now + self._spared(ask, now), sender, f"for:{ask}:{outcome}")

    def _spared(self, ask: str, now: float) -> float:
        """How much longer nobody answers for whoever is played."""
        since = self._visitors.get(ask)
        return max(0.0, since + self._manners.spared * MINUTE - now) if since is not None else 0.0

    # --- doing -----------------------------------------------------------------------------

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _later(self, seconds: float, sender: Sender, button: str) -> None:
        self._numbers += 1
        heapq.heappush(self._acts, Act(self._now() + seconds, self._numbers, sender, button))

    async def run(self) -> None:
        """Do what is due, until cancelled."""
        while True:
            if not await self.round():
                await asyncio.sleep(GLANCE)

    async def round(self) -> int:
        """Do what is due now, a handful at most; returns how many taps it was."""
        due: list[Act] = []
        now = self._now()
        while self._acts and self._acts[0].at <= now and len(due) < TOGETHER:
            act = heapq.heappop(self._acts)
            if self._still(act):
                due.append(act)
        await asyncio.gather(*(self._do(act) for act in due))
        return len(due)

    def _still(self, act: Act) -> bool:
        """False if it has become pointless: the question is settled, the person is played."""
        if act.sender in self._played:
            return False
        verb, _, rest = act.button.partition(":")
        ask = rest.partition(":")[0]
        if verb == "for" and ask in self._visitors:
            # They may have answered meanwhile: then they are on no list any more.
            return ask in self._lists.get(act.sender, ())
        pending = self._questions.get((act.sender, ask))
        return not (verb == "ask" and pending is not None and pending.done)

    async def _do(self, act: Act) -> None:
        verb, _, about = act.button.partition(":")
        if verb == "take":
            self._taken.add((act.sender, about))
        tap = Tapped(f"{act.sender.channel}:tap:{act.number}", act.sender, act.button)
        try:
            await self._tap(tap)
        except Exception as problem:
            # The next one may well be kept; whoever is not heard is asked again.
            log.error("crowd.tap_failed", verb=verb, problem=type(problem).__name__)
