"""What must hold in a town when all is said and done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from bot.cards import as_text
from bot.views import Reader, draw
from storage import journal, rows
from tests.scenarios.phones import Message, plain

if TYPE_CHECKING:
    from tests.town import Town

MOST_POSTS = 500
"""How many cards are drawn anew; of a crowd's, some."""
SNAPSHOTS = ("person:", "draft:")
"""Cards about these are not kept up to date once somebody has moved on."""


async def look_over(town: Town, lines: Sequence[Mapping[str, Any]]) -> None:
    """Nothing unheard, unsent, broken, missing or stale; `lines` is the log."""
    await town.fast_forward(seconds=5)
    town.hears_nothing()
    async with town.house.store.look() as look:
        queued = (await look.conn.execute(text("SELECT view, person FROM outbox"))).all()
        verdict = await journal.verify(look.conn)
    assert not queued, f"never sent: {queued}"
    assert verdict.broken == ()
    faults = [
        dict(line)
        for line in lines
        if line["log_level"] in ("error", "critical") and line["event"] not in town.faults_expected
    ]
    assert not faults, f"the log has errors: {faults}"
    for house in town.houses:
        assert not house.texts.missing, f"words missing: {dict(house.texts.missing)}"
    await _nothing_stale(town)


async def _nothing_stale(town: Town) -> None:
    """Each card on a phone is what it would be if it had been drawn now."""
    async with town.house.store.look() as look:
        posts = (await look.conn.execute(text("SELECT * FROM posts"))).all()
        names = {citizen.id: name for name, citizen in town.people.items()}
        for post in posts[:: 1 + len(posts) // MOST_POSTS]:
            if post.room:
                continue
            person = await look.person(post.person)
            shown = _shown(town, names[post.person], post)
            if shown is None or person is None or person.left:
                continue
            reader = Reader(person, shown.at[-1], town.house.rules, town.house.texts)
            card = await draw(post.view, look, post.subject, reader, rows.mapping(post.args))
            now = plain(as_text(card, numbered=False)) if card else "(gone)"
            assert shown.text == now, (
                f"{person.name} sees what is no longer so:\n{shown.text}\n"
                f"--- but should see:\n{now}"
            )


def _shown(town: Town, name: str, post: Any) -> Message | None:
    """A post as its phone shows it; `None` where nothing can or need be kept up to date."""
    if post.subject.startswith(SNAPSHOTS):
        return None
    if post.channel == "web":
        return town.web.message(post.person, post.id)
    office, citizen = town.offices.get(post.channel), town.people[name]
    if office is None:
        return None  # what has left by mail or telephone cannot be changed
    if not office.limits.edits or citizen.somebody.address(post.channel) in office.blocked:
        return None
    return next(
        (
            message
            for message in citizen.phone.messages
            if (message.channel, message.reference) == (post.channel, post.reference)
        ),
        None,
    )
