"""The web chat's ports, joined to the house.

Rules of the room:
- A page is drawn from the present state whenever it is looked at; a handful of queries draw it,
  however many cards it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import structlog
from starlette.routing import BaseRoute

from adapters.pictures import prepare
from adapters.web import ports as web
from adapters.web.site import Site
from adapters.web.taps import VIEWS
from bot import buttons
from bot.forms import FORMS
from bot.handlers.forms import over
from bot.look import CouldNotSave
from bot.numbers import shown
from bot.people import Person
from bot.views import Reader, draw, views
from bot.views.form import page as form_page
from storage import feed
from storage.look import Looking

if TYPE_CHECKING:
    from bot.app import House


def site(house: House, more: Sequence[BaseRoute] = ()) -> Site:
    """The site of a house; `more` is where platforms deliver what happens there."""
    return Site(
        door=house.door,
        people=_People(house),
        cards=_Cards(house),
        feed=_Feed(house),
        pictures=_Pictures(house),
        prepare=prepare,
        clock=house.clock,
        ids=house.ids,
        texts=house.texts,
        base_url=house.settings.web.base_url,
        photo_limit=house.rules.photo_bytes,
        pages_altogether=house.settings.web.max_open_pages,
        more=more,
    )


log = structlog.get_logger("web")


@dataclass(slots=True)
class _People:
    house: House

    async def who(self, token: str) -> Person | web.BadLink:
        found = self.house.links.read(token)
        if isinstance(found, web.BadLink):
            return found
        person_id, rev = found
        async with self.house.store.look() as look:
            person = await look.person(person_id)
        if person is None or person.left or person.link_rev != rev:
            return web.BadLink("bad")
        return person


@dataclass(slots=True)
class _Cards:
    """One card for whoever holds its link, drawn from the present state."""

    house: House

    async def open(self, token: str, args: Mapping[str, str]) -> web.OneCard | web.BadLink:
        house = self.house
        claim = house.taps.claim(token)
        if claim is None or claim.view not in views():
            return web.BadLink("bad")
        async with house.store.look() as look:
            person_id = claim.person
            if person_id is None:
                ask = await look.ask(claim.subject.removeprefix("ask:"))
                person_id = ask.person if ask is not None else 0
            person = await look.person(person_id)
            if person is None or person.left:
                return web.BadLink("bad")
            match house.taps.verdict(claim, person.id, person.link_rev):
                case "bad":
                    return web.BadLink("bad")
                case "expired":
                    return web.BadLink("expired")
            return await self._drawn(look, web.OneCard(person, claim.view, claim.subject), args)

    async def _drawn(self, look: Looking, one: web.OneCard, args: Mapping[str, str]) -> web.OneCard:
        house = self.house
        reader = Reader(one.person, house.clock.now(), house.rules, house.texts)
        if one.view == "form":
            draft = await look.draft(one.subject.removeprefix("draft:"))
            if draft is None or draft.person != one.person.id:
                return one
            if draft.form in FORMS and not over(draft):
                form = await form_page(look, draft, reader)
                if form is not None and any(f.kind != "photo" for f in form.fields):
                    cancel = "" if draft.sent else buttons.form(draft.id, "!cancel")
                    return replace(one, form=form, cancel=cancel)
        card = await draw(one.view, look, one.subject, reader, args)
        return replace(one, card=await shown(card, house.store) if card is not None else None)

    def token(self, person: Person, view: str, subject: str) -> str:
        if view not in VIEWS:
            return ""
        return self.house.taps.make(person.id, person.link_rev, view, subject)

    def sealed(self, token: str, button: str) -> str:
        return self.house.taps.sealed(token, button)

    def unsealed(self, token: str, sealed: str) -> str:
        return self.house.taps.unsealed(token, sealed)

    async def seen(self, one: web.OneCard) -> None:
        house, person = self.house, one.person.id
        try:
            async with house.store.look() as look:
                final = sorted(house.store.options.final)
                if not await look.unopened(person, one.view, one.subject, final):
                    return
            await house.engine.receipts.opened(person, one.view, one.subject)
        except CouldNotSave as problem:
            log.warning("onetap.unrecorded", person=person, problem=type(problem).__name__)


@dataclass(slots=True)
class _Feed:
    house: House

    async def cards(self, person_id: int, before: int | None, limit: int) -> list[web.FeedItem]:
        async with self.house.store.look() as look:
            person = await look.person(person_id)
            if person is None:
                return []
            posts = await feed.page(look.conn, person_id, web.CHANNEL, before, limit)
            # Whoever is asked on a page that nobody opens has not been asked yet.
            unseen = [post.id for post in posts if post.view == "checkin" and not post.seen]
            if unseen:
                self.house.engine.receipts.looked_at(unseen)
            await self._prefetch(look, posts)
            items = []
            for post in posts:
                card = await self._drawn(look, person, post)
                if card is not None:
                    mine = post.view == "said"
                    items.append(web.FeedItem(post.id, post.posted_at, card, mine, post.touched))
            return items

    async def _drawn(self, look: Looking, person: Person, post: feed.Post) -> Any:
        """A posted card as it is now."""
        house = self.house
        reader = Reader(person, house.clock.now(), house.rules, house.texts)
        card = await draw(post.view, look, post.subject, reader, post.args)
        return await shown(card, house.store) if card is not None else None

    async def _prefetch(self, look: Looking, posts: Sequence[feed.Post]) -> None:
        """What these cards speak of, in a handful of queries instead of several a card."""
        named: dict[str, set[str]] = {}
        for post in posts:
            noun, _, rest = post.subject.partition(":")
            named.setdefault(noun, set()).add(rest.partition(":")[0])
        asks = named.get("ask", set()) | named.get("help", set())
        await look.prefetch(asks=asks, incidents=named.get("incident", set()))
        found = [await look.ask(ask) for ask in asks]
        calls = {a.about.partition(":")[2] for a in found if a is not None}
        calls |= named.get("rollcall", set()) | named.get("worklist", set())
        await look.prefetch(rollcalls=calls, people={a.person for a in found if a is not None})

    async def revision(self, person_ids: Collection[int]) -> Mapping[int, int]:
        async with self.house.store.look() as look:
            return await feed.revisions(look.conn, person_ids)


@dataclass(slots=True)
class _Pictures:
    house: House

    async def get(self, photo_id: str, person: Person) -> bytes | None:
        return await self.house.door.picture(photo_id, person.id)
