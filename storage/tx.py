"""The write side: one transaction that moves state and queues cards.

Rules of the room:
- Values are collected (`take`) and written in batches (`flush`); whatever a batch of events
  wants is a handful of statements, however many events there were.
- A card for somebody whom no channel can reach is handed back by `flush`: the engine decides
  what that means, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import calls
from bot.asks import Ask
from bot.forms import Draft
from bot.heads import Sighting, Unseen
from bot.incidents import Incident
from bot.newcomers import Invite, Linked, Silenced, Speaks, Unlinked
from bot.outcomes import (
    AskEach,
    Drop,
    OnWorklist,
    Outcome,
    Priority,
    Refresh,
    Show,
    ShowAsked,
    ShowRoom,
    Sweep,
)
from bot.rollcalls import RollCall
from bot.signin import SignIn
from bot.timeline import Note, Photo
from storage import callers, groups, heads, journal, newcomers, redraws, rows, signins
from storage.instants import micros
from storage.journal import Line
from storage.look import Looking, asks, drafts, incidents, notes, outbox, posts, roll_calls
from storage.look import worklists as worklist_table
from storage.many import NO_TEXT, Change, Insert, Values, among, slices
from storage.routing import QUEUED, Route, card_mark, choose, queued, ranks
from storage.scopes import contacts
from storage.seal import Keyring
from storage.tables import PhotoRow
from storage.trees import Trees

photos = PhotoRow.__table__  # type: ignore[attr-defined]

NEW_ASK = Insert(asks, (*rows.ASK_FROZEN, *rows.ASK_MOVES))
MOVE_ASK = Change(asks, ("id",), rows.ASK_MOVES)
QUEUE = Insert(outbox, QUEUED, once=True)
GIVE = Insert(worklist_table, ("about", "person", "ask"), once=True)

LOUD_AGAIN = timedelta(minutes=2)
"""A card that grows (a worklist) is drawn again in place for so long, then posted anew."""


class Tx(Looking):
    """A look that can also write. Made by `Store.write`, which commits or rolls back."""

    still = False
    keys: Keyring

    def __init__(
        self,
        conn: AsyncConnection,
        trees: Trees,
        channels: Collection[str],
        *,
        live: Collection[str],
        final: Collection[str] = (),
        writer: str,
        now: datetime,
        tally_every: timedelta,
        shut: Collection[str] = (),
        usual: rows.Usual = rows.USUAL,
    ) -> None:
        super().__init__(conn, trees, channels, usual)
        self.postgres = conn.dialect.name == "postgresql"
        self.locks = self.postgres
        self.now = now
        self.writer = writer
        self.live = list(live)
        self.final = list(final)
        """Channels whose messages stay as they were sent."""
        self.unedited = [*live, *final]
        """Channels where nothing is drawn again by an edit."""
        self.shut = frozenset(shut)
        """Channels out of order: used only for people who have no other."""
        self.woken: set[int] = set()
        """People whose live cards have changed: told after the commit."""
        self.queued = 0
        self.tally_every = tally_every
        self.insert = pg_insert if self.postgres else sqlite_insert
        self._new_asks: dict[str, Ask] = {}
        self._moved_asks: dict[str, Ask] = {}
        self._rows: dict[Any, dict[str, dict[str, Any]]] = {}
        self._plain: dict[Any, list[dict[str, Any]]] = {}
        self._given: list[Values] = []
        self._shows: list[Show] = []
        self._unroutable: list[Show] = []
        self._refresh: dict[Refresh, None] = {}
        self._lines: list[Line] = []
        self._moved: dict[str, bool] = {}
        """Check-ins that somebody may have been handed to call; true: heard from."""

    # --- collecting ----------------------------------------------------------------------

    async def take(self, out: Outcome) -> None:
        """Everything an outcome wants but its reply and journal, in order."""
        for value in out.save:
            await self._save(value)
        for drop in out.drop:
            await self._drop(drop)
        self._shows += out.show
        self._refresh.update(dict.fromkeys(out.refresh))

    def note(self, line: Line) -> None:
        """A line for the journal."""
        self._lines.append(line)

    async def _save(self, value: object) -> None:
        match value:
            case Ask():
                self._save_ask(value)
            case RollCall():
                self._roll_calls[value.id] = value
                self._upsert(roll_calls, rows.roll_call_row(value))
            case Incident():
                self._incidents[value.id] = value
                self._upsert(incidents, rows.incident_row(value))
            case Draft():
                self._drafts[value.id] = value
                self._upsert(drafts, rows.draft_row(value))
            case Note():
                self._plain.setdefault(notes, []).append(rows.note_row(value))
            case Photo():
                self._plain.setdefault(photos, []).append(
                    {
                        "id": value.id,
                        "person": value.person,
                        "about": value.about,
                        "picture": value.picture,
                        "at": value.at,
                    }
                )
            case Sighting() | Unseen():
                await heads.save(self.conn, value)
            case OnWorklist():
                self._given.append((value.about, value.person, value.ask))
            case Invite():
                await newcomers.used(self, value)
            case Linked():
                await newcomers.link(self, self.keys, value)
            case Unlinked():
                await newcomers.unlink(self, value)
            case Silenced():
                await newcomers.silence(self, value)
            case SignIn():
                await signins.keep(self, value)
            case Speaks():
                await newcomers.speaks(self, value)
            case Sweep():
                await self._sweep(value)
            case calls.Moved():
                self._moved[value.ask] = value.heard or self._moved.get(value.ask, False)
            case _ if isinstance(value, callers.SAVED):
                await self._before(value)
                await callers.save(self.conn, value, self.now)
                self.queued += isinstance(value, calls.SoonAgain)
            case ShowRoom():
                await self.conn.execute(groups.show_room(value, self.now))
                self.queued += 1
            case ShowAsked():
                await self._show_asked(value)
            case AskEach():
                await self._ask_each(value)
            case _:
                raise TypeError(f"nobody knows how to save {type(value).__name__}")

    async def _before(self, value: object) -> None:
        """What changes asks in the database must find and leave them as they are here."""
        if isinstance(value, calls.Woken):
            await self.save()
            for known in [a for a in self._asks.values() if a and a.about == value.about]:
                del self._asks[known.id]

    def forget(self, person: int) -> None:
        """Somebody's row has changed: it is read again when it is asked for."""
        self._people.pop(person, None)

    def _save_ask(self, ask: Ask) -> None:
        new = ask.id in self._new_asks or self._asks.get(ask.id) is None
        self._asks[ask.id] = ask
        (self._new_asks if new else self._moved_asks)[ask.id] = ask

    def _upsert(self, table: Any, row: dict[str, Any]) -> None:
        self._rows.setdefault(table, {})[row["id"]] = row

    # --- whole groups at once ------------------------------------------------------------

    async def _sweep(self, sweep: Sweep) -> None:
        await self.save()
        await self.conn.execute(groups.sweep(sweep))
        if sweep.about.startswith("calls:"):
            await callers.end(self.conn, f"rollcall:{sweep.about.removeprefix('calls:')}")
        for known in [a for a in self._asks.values() if a and a.about == sweep.about]:
            del self._asks[known.id]

    @property
    def _way(self) -> Any:
        """Each asked person's first usable contact."""
        return groups.way(self.channels, self.shut)

    async def _show_asked(self, show: ShowAsked) -> None:
        await self.save()
        await self.conn.execute(groups.show_asked(show, self._way, self.now))
        self.queued += 1

    async def _ask_each(self, each: AskEach) -> None:
        await self.save()
        await NEW_ASK.run(self.conn, rows.asks_of(each))
        at_once = sum(candidate.releaser is None for candidate in each.people)
        if not at_once:
            return
        queued = await self.conn.execute(groups.ask_each(each, self._way, self.now))
        self.queued += queued.rowcount
        if queued.rowcount == at_once:
            return
        for ask, person in (await self.conn.execute(groups.unreached(each, self._way))).all():
            subject = f"ask:{ask}"
            self._unroutable.append(Show(person, "checkin", subject, about=each.asked.about))

    async def _drop(self, drop: Drop) -> None:
        """What is on its way already cannot be stopped: it is drawn again on arrival."""
        await self.save()
        await self.conn.execute(
            delete(outbox).where(
                outbox.c.about == drop.about,
                outbox.c.claimed_by == "",
                outbox.c.post.is_(None),
                outbox.c.view.in_(("checkin", "worklist", "room", "handout")),
            )
        )

    # --- writing -------------------------------------------------------------------------

    async def flush(self) -> list[Show]:
        """Write what was collected; returns the cards nobody can be sent."""
        await self.save()
        shows, self._shows = self._shows, []
        await self._queue(shows)
        if self._moved:
            moved, self._moved = self._moved, {}
            for handout in await callers.moved(self.conn, moved):
                self._refresh[Refresh(f"handout:{handout}")] = None
        refresh, self._refresh = self._refresh, {}
        await redraws.redraw(self, refresh)
        lines, self._lines = self._lines, []
        await journal.write(self.conn, self.writer, lines)
        unroutable, self._unroutable = self._unroutable, []
        return unroutable

    async def save(self) -> None:
        """Write the values taken so far, so that queries see them."""
        if self._new_asks:
            new, self._new_asks = list(self._new_asks.values()), {}
            await NEW_ASK.run(self.conn, [(*rows.ask_frozen(a), *rows.ask_moves(a)) for a in new])
        if self._moved_asks:
            moved, self._moved_asks = list(self._moved_asks.values()), {}
            await MOVE_ASK.run(self.conn, [(*rows.ask_moves(a), a.id) for a in moved])
        given, self._given = self._given, []
        await GIVE.run(self.conn, given)
        upserts, self._rows = self._rows, {}
        for table, by_id in upserts.items():
            await self._write_rows(table, list(by_id.values()))
        plain, self._plain = self._plain, {}
        for table, drawn in plain.items():
            await self.conn.execute(self.insert(table).on_conflict_do_nothing(), drawn)

    async def _write_rows(self, table: Any, drawn: list[dict[str, Any]]) -> None:
        statement = self.insert(table)
        fresh = {name: statement.excluded[name] for name in drawn[0] if name != "id"}
        await self.conn.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=fresh), drawn
        )

    # --- cards ---------------------------------------------------------------------------

    async def _queue(self, shows: list[Show]) -> None:
        """Choose a contact for each card and put it in the outbox."""
        if not shows:
            return
        in_place = [s for s in shows if s.in_place]
        posted = await self._posted(in_place) if in_place else set()
        routes = await self.routes({s.person for s in shows})
        # Whoever has left, or has no contact any more, looks at no card of theirs.
        reached = {(s.person, s.view, s.subject) for s in in_place if s.person in routes}
        again = reached & posted
        for show in in_place:
            # Posted anew or not: what was posted before never says what is no longer so.
            known = (show.person, show.view, show.subject) in again
            self._refresh[Refresh(show.subject, Priority.PAGE if known else Priority.TALLY)] = None
        new = [s for s in shows if (s.person, s.view, s.subject) not in again or not s.in_place]
        drawn: list[Values] = []
        other_ways: dict[str, int] = {}
        now = micros(self.now)
        failed = await ranks(self.conn, {show.after for show in new if show.after})
        for show in new:
            route = choose(routes.get(show.person, ()), show, failed.get(show.after))
            if route is None:
                self._unroutable.append(show)
            else:
                drawn.append(queued(show, route, now))
                if show.step:
                    other_ways[card_mark(show.person, show.view, show.subject)] = route.id
        self.queued += len(drawn)
        await self._part(other_ways)
        await QUEUE.run(self.conn, drawn)

    async def _part(self, ways: dict[str, int]) -> None:
        """A card still in line for one contact does not swallow the reminder by another."""
        for some in slices(ways):
            query = select(outbox.c.id, outbox.c.merge, outbox.c.contact)
            found = (await self.conn.execute(query.where(among(outbox.c.merge, some)))).all()
            stuck = [row for row, mark, contact in found if contact != ways[mark]]
            if stuck:
                await self.conn.execute(
                    update(outbox)
                    .where(among(outbox.c.id, stuck), outbox.c.claimed_by == NO_TEXT)
                    .values(merge=None)
                )

    async def _posted(self, shows: Iterable[Show]) -> set[tuple[int, str, str]]:
        """Which of these were posted a moment ago; an older card is posted anew, loud."""
        found: set[tuple[int, str, str]] = set()
        for some in slices({s.subject for s in shows}):
            query = select(posts.c.person, posts.c.view, posts.c.subject).where(
                among(posts.c.subject, some), posts.c.posted_at > self.now - LOUD_AGAIN
            )
            found.update((r.person, r.view, r.subject) for r in await self.conn.execute(query))
        return found

    async def routes(self, people: Collection[int]) -> dict[int, list[Route]]:
        """Every usable contact of these people, in their order."""
        found: dict[int, list[Route]] = {}
        shut: dict[int, list[Route]] = {}
        for some in slices(people, 2000):
            query = (
                select(contacts.c.person, contacts.c.id, contacts.c.channel, contacts.c.rank)
                .where(among(contacts.c.person, some), contacts.c.failing == "")
                .order_by(contacts.c.person, contacts.c.rank)
            )
            for person, contact, channel, rank in (await self.conn.execute(query)).all():
                # Not asked of the database: it would look through everybody on a channel.
                if channel in self.channels:
                    ways = shut if channel in self.shut else found
                    ways.setdefault(person, []).append(Route(contact, channel, rank))
        return {**shut, **found}
