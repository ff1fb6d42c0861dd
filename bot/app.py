"""Joins the parts and runs them; the only file that knows everyone.

Rules of the room:
- A `House` is every part of one running process, made from settings. `serve`, the terminal
  chat, the demo and the tests are the same house with other channels and clocks.
- Parts are handed what they need here; none reaches for another.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache, cached_property

from adapters.web.channel import WebChannel
from adapters.web.links import Links
from adapters.web.taps import VIEWS, Taps
from bot import boarding, platforms, website
from bot.channels import Channel
from bot.config import Settings
from bot.courier import Courier
from bot.doorway import Doorway
from bot.engine import Engine
from bot.look import CouldNotSave
from bot.outcomes import Entry, Outcome, Priority, Refresh, Show
from bot.people import Person, Role
from bot.ports import Clock, Ids, RandomIds, SteadyClock
from bot.rooms import Room
from bot.rounds import Habits
from bot.rules import SEVERITIES, KindRule, Rules
from bot.scheduler import Scheduler
from bot.texts import Texts
from bot.watchman import Watchman
from storage import feed, lanes, migrations, records
from storage.health import Health, health
from storage.lanes import Pace
from storage.rows import Usual
from storage.seal import Keyring
from storage.store import Options, Store

NO_PACE = Pace()
SELDOM = timedelta(hours=1)
MONTH = timedelta(days=30)
PROBE = timedelta(minutes=1)
"""How often a channel that is out of order is asked whether it works again."""


def rules_of(settings: Settings) -> Rules:
    """The organisation's rules, as values."""
    return Rules(
        organisation=settings.organisation.name,
        language=settings.organisation.language,
        time_zone=settings.organisation.time_zone,
        kinds={
            name: KindRule(
                kind.severity, {str(k): v for k, v in kind.labels.items()}, tuple(kind.words)
            )
            for name, kind in settings.kinds.items()
            if not kind.hidden
        },
        policies={s: settings.policy.of(s) for s in SEVERITIES},
        rollcall_severity=settings.rollcall.severity,
        drill_severity=settings.rollcall.drill_severity,
        late_answers=settings.rollcall.late_answers,
        worklist_size=settings.rollcall.worklist_size,
        rates={name: lane.rate for name, lane in settings.lanes.items()},
        site=settings.web.base_url,
        board_link=settings.web.board_link,
        rooms=tuple(
            Room(name, place, members)
            for name, section in (("slack", settings.slack), ("telegram", settings.telegram))
            for members, place in section.rooms.items()
        ),
        costs=settings.outbound.costs,
        currency=settings.outbound.currency,
        text_limit=settings.limits.text,
        photo_bytes=settings.limits.photo_megabytes * 1_000_000,
        taps_per_minute=settings.limits.taps_per_minute,
        messages_per_minute=settings.limits.messages_per_minute,
        drafts_kept=settings.limits.drafts_kept,
    )


def open_store(
    settings: Settings,
    clock: Clock,
    *,
    writer: str = "",
    channels: Collection[str] = (),
    live: Collection[str] = ("web",),
    final: Collection[str] = (),
) -> Store:
    """The store these settings name; raises `ConfigError` where the master key is missing."""
    options = Options(
        url=settings.database.url,
        writer=writer or settings.replica,
        channels=frozenset(channels or platforms.in_use(settings)),
        live=frozenset(live),
        final=platforms.FINAL | frozenset(final),
        tally_every=settings.rollcall.tally_every,
        usual=Usual(settings.organisation.language, settings.organisation.time_zone),
    )
    return Store(options, clock, Keyring(settings.secrets.read()))


TURN = 0.001
"""Seconds a thread computes before another may; Python's own is 0.005."""


@cache
def settle_down() -> None:
    """Ready for long work: the collector and the threads disturb each other less.

    What is loaded by now stays, and the collector walks around it from here on: it would walk
    through everything every few hundred taps, and everybody would wait for it. And a thread of
    the database that has a row to hand over waits for a busy loop a fifth as long.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    sys.setswitchinterval(TURN)


class House:
    """Every part of one process. `start` sets them going, `stop` ends them in order."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        ids: Ids | None = None,
        writer: str = "",
        channels: Mapping[str, Channel] | None = None,
        tick: float = 1.0,
        rules: Rules | None = None,
        serves: bool = True,
    ) -> None:
        """`serves`: false for commands, which neither send nor receive: platforms are joined only
        if they are asked for."""
        self.settings = settings
        self.clock = clock or SteadyClock()
        self.ids = ids or RandomIds()
        self.rules = rules or rules_of(settings)
        self.texts = Texts(self.rules.language, self.rules.time_zone)
        extra = dict(channels or {})
        live = {"web", *(n for n, c in extra.items() if c.limits.live)}
        in_use = {*platforms.in_use(settings), *extra}
        final = [n for n, c in extra.items() if not c.limits.edits]
        self.store = open_store(
            settings, self.clock, writer=writer, channels=in_use, live=live, final=final
        )
        keys = self.store.keys.signing_keys(settings.web.link_keys)
        self.links = Links(keys, settings.web.link_lifetime, self.clock)
        self.taps = Taps(keys, _tap_lifetime(settings), self.clock)
        self.engine = Engine(
            self.store,
            self.rules,
            self.texts,
            self.clock,
            self.ids,
            on_the_spot={"link": VIEWS},
        )
        self.door = Doorway(self.engine, self.store)
        self._serves = serves
        served = self.platforms if serves else {}
        self.board = boarding.board(self)
        routes = [*self.board.routes, *(r for each in served.values() for r in each.routes)]
        if serves:
            routes += platforms.hooked(settings, self.door, self.engine.receipts, self.clock)
        self.site = website.site(self, routes)
        self.site.closing.append(self.board.close)
        self.channels: dict[str, Channel] = {
            "web": WebChannel(self.site.hub),
            **{name: platform.channel for name, platform in served.items()},
            **extra,
        }
        paces = {
            name: Pace(
                lane.rate,
                lane.burst,
                lane.start,
                edits=not channel.limits.edits_apart,
                strict=lane.strict,
            )
            for name, channel in self.channels.items()
            if (lane := settings.lanes.get(name)) is not None
        }
        self.courier = Courier(
            self.store,
            self.engine,
            self.channels,
            paces,
            NO_PACE,
            self.rules,
            self.texts,
            self.clock,
            _habits(settings),
            self.tap_link,
        )
        self.scheduler = Scheduler(self.engine.come_due, tick)
        self.watchman = Watchman(
            self._health,
            self._alarm,
            self.clock,
            settings.courier.stall_after,
            self.rules.alarm_again,
        )
        self._told: set[asyncio.Task[None]] = set()
        self._not_before: dict[str, datetime] = {}
        self._patience: dict[str, timedelta] = {}
        """When a channel that was opened again may be tried once more, and how long that is."""
        self._started = False
        self.engine.committed.append(self._committed)

    @cached_property
    def platforms(self) -> Mapping[str, platforms.Platform]:
        """All platforms in use, by name."""
        return platforms.joined(
            self.settings, self.door, self.clock, self.ids, self.rules, self.texts
        )

    # --- running -------------------------------------------------------------------------

    async def upgrade(self) -> None:
        """Bring the database up to date, and mark it with the master key."""
        async with self.store.write() as work:
            await work.conn.run_sync(migrations.upgrade)
            mark = await feed.fact(work.conn, "key")
            if not mark:
                await feed.set_fact(work.conn, "key", self.store.keys.mark)
            newest = await feed.newest_time(work.conn)
        if newest is not None and isinstance(self.clock, SteadyClock):
            self.clock.not_before(newest)

    async def start(self) -> None:
        """Set courier, clock and watchman going."""
        async with self.store.write() as work:
            await work.free_own()
            # Read now, not by the first roll call in a hurry.
            await work.tree()
        settle_down()
        self.courier.start()
        self.scheduler.every(30, "watchman", self.watchman.round)
        self.scheduler.every(5, "alive", self._alive)
        if self._serves:
            self.scheduler.every(PROBE.total_seconds(), "channels", self._probe)
        self.scheduler.every(1, "tidy", self.store.tidy)
        self.scheduler.start()
        self._started = True
        await self._alive()
        for platform in self.platforms.values() if self._serves else ():
            await platform.source.start()

    async def stop(self) -> None:
        """End them in order; what is queued stays in the database."""
        if self._started and self._serves:
            for platform in self.platforms.values():
                await platform.source.stop()
        await self.scheduler.stopped()
        await self.courier.stop()
        for platform in self.__dict__.get("platforms", {}).values():
            await platform.close()
        if self._started:
            await self._signed_off()
        if self._told:
            await asyncio.gather(*self._told, return_exceptions=True)
        await self.engine.receipts.idle()
        await self.store.close()

    async def _alive(self) -> None:
        with contextlib.suppress(CouldNotSave):
            async with self.store.write() as work:
                await feed.alive(work.conn, self.store.options.writer, self.clock.now())
                self.store.shut = frozenset(await lanes.closed(work.conn))

    async def _probe(self) -> None:
        """Ask channels that are out of order whether they work again."""
        for name in self.store.shut & set(self.platforms):
            await self.engine.go_round(name)
            not_before = self._not_before.get(name)
            if not_before is not None and self.clock.now() < not_before:
                continue
            troubles = await self.platforms[name].source.check()
            if any(trouble.fatal for trouble in troubles):
                continue
            # What lets us in and then throws us out again is tried ever more seldom.
            again = self._patience[name] = min(self._patience.get(name, PROBE) * 2, SELDOM)
            self._not_before[name] = self.clock.now() + again
            await self.reopen(name)

    async def reopen(self, channel: str) -> None:
        """A channel that was out of order works again; those who heard of the one hear of the
        other."""
        async with self.store.write() as work:
            await work.open_channel(channel)
            work.record([Entry("channel.opened", data={"channel": channel})])
            args = {"text": "alarm-channel-over", "channel": channel}
            for admin in await work.with_role(Role.ADMIN):
                card = Show(admin, "plain", f"person:{admin}", args, Priority.PAGE)
                await work.take(Outcome(show=[card]))
            await work.take(Outcome(refresh=[Refresh(f"channel:{channel}")]))
            await work.flush()
        self.store.shut -= {channel}
        self.courier.kick()

    async def _signed_off(self) -> None:
        """The last word: the next of this name need not wait, and commands know nobody is here."""
        self._started = False
        with contextlib.suppress(CouldNotSave):
            async with self.store.write() as work:
                await records.gone(work.conn, self.store.options.writer)

    def _committed(self, woken: Collection[int], queued: int) -> None:
        """After each commit: wake the pages, the courier and the clock."""
        if queued:
            self.courier.kick()
            self.scheduler.kick()
        if woken:
            people = tuple(woken)
            task = asyncio.get_running_loop().create_task(self._changed(people))
            self._told.add(task)
            task.add_done_callback(self._told.discard)

    async def _changed(self, people: tuple[int, ...]) -> None:
        for channel in self.channels.values():
            if channel.limits.live:
                await channel.changed(people)

    # --- the watchman's eyes and voice ---------------------------------------------------

    async def _health(self, now: datetime) -> Health:
        allowed = {severity: policy.allows for severity, policy in self.rules.policies.items()}
        async with self.store.look() as look:
            return await health(look.conn, now, self.rules.overdue_after, allowed)

    async def _alarm(self, key: str, count: int) -> None:
        async with self.store.write() as work:
            admins = await work.with_role(Role.ADMIN)
            args = {"text": key, "count": str(count)}
            if key == "alarm-database-over":
                args = {"text": key, "span": f"{count}"}
            # What nobody has taken is named when the card is drawn; the rest are only counted.
            named = key == "alarm-untaken"
            view, whom = ("alarm", "alarm:untaken") if named else ("plain", "")
            cards = [Show(a, view, whom or f"person:{a}", args, Priority.PAGE) for a in admins]
            work.record([Entry("watchman.alarm", data={"what": key, "count": count})])
            await work.take(Outcome(show=cards))
            await work.flush()
        self.courier.kick()

    # --- links ---------------------------------------------------------------------------

    def link(self, person: Person, base: str = "") -> str:
        """A person's own address of the web chat."""
        root = (base or self.settings.web.base_url).rstrip("/")
        return f"{root}/c/{self.links.make(person.id, person.link_rev)}"

    def tap_link(self, person: Person, view: str, subject: str) -> str:
        """The address of a page that shows this one card to this person, to be tapped there;
        empty where the card has none."""
        if view not in VIEWS:
            return ""
        token = self.taps.make(person.id, person.link_rev, view, subject)
        return f"{self.settings.web.base_url}/a/{token}"


def _tap_lifetime(settings: Settings) -> timedelta:
    """A question may be open for a month, and is answered late for as long as that is welcome."""
    return max(settings.web.tap_lifetime, settings.rollcall.late_answers + MONTH)


def _habits(settings: Settings) -> Habits:
    courier = settings.courier
    return Habits(
        batch=courier.batch,
        lease=courier.lease,
        attempts=courier.attempts,
        backoff=courier.backoff,
        backoff_max=courier.backoff_max,
    )
