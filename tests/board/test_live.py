"""Open pages: drawn once for all who see the same, told only what has changed, never for long
after somebody is signed out."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

import pytest

from adapters.board import live
from adapters.board.routes import live as stream
from bot.app import House
from bot.board.rollcall import Seen
from bot.people import Person
from bot.rights import Rights
from tests.board.visiting import client, visit
from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety @HQ
  Ito: safety ja @HQ
  Lena: @Plant
    Aiko:
    Ben:
"""


def parts(told: bytes | None) -> set[str]:
    assert told is not None
    data = next(line for line in told.decode().splitlines() if line.startswith("data: "))
    return set(json.loads(data.removeprefix("data: "))["parts"])


async def looking(town: Town, name: str) -> tuple[House, Seen, Person]:
    house = town.house
    async with house.store.look() as look:
        person = await look.person(town.people[name].id)
        [call] = await look.running()
    assert person is not None
    rights: Rights = await house.board.desk.rights(person)
    seen = await house.board.desk.seen(call.id, rights)
    assert seen is not None
    return house, seen, person


async def test_fifty_pages_are_drawn_once_and_told_what_changed(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "EVERY", 0.05)
    monkeypatch.setattr(live, "SLOWLY", 0.05)
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5)
    town.ignores()
    house, seen, mori = await looking(town, "Mori")
    topics = house.board.topics
    topics.each_person = 100
    sheet = await topics.sheet(seen, mori)
    pages = [topics.enter(seen, mori, sheet.state) for _ in range(50)]
    try:
        # They show the present state: nothing is owed to them.
        await asyncio.sleep(0.2)
        before = topics.drawings
        assert [page.take() for page in pages if page] == [None] * 50
        await town.taps("Aiko", "I need help", told="you need help")
        await asyncio.gather(*(asyncio.wait_for(page.woken.wait(), 5) for page in pages if page))
        told = [page.take() for page in pages if page]
        assert {"need", "count", "list"} <= parts(told[0])
        assert len({id(one) for one in told}) <= 2, "the same bytes for all of them"
        assert topics.drawings - before < 25
        assert all(page.take() is None for page in pages if page)
    finally:
        topics.close()
    town.ignores()


async def test_those_who_see_the_same_share_it_and_nobody_else(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5)
    town.ignores()
    house, seen, mori = await looking(town, "Mori")
    _, theirs, ito = await looking(town, "Ito")
    _, less, lena = await looking(town, "Lena")
    topics = house.board.topics
    one = await topics.sheet(seen, mori)
    assert await topics.sheet(seen, mori) is one
    other = await topics.sheet(theirs, ito)
    assert "Aiko" in other.parts["list"]
    assert other.state != one.state
    some = await topics.sheet(less, lena)
    assert "Mori" not in some.parts["list"]
    assert "Mori" in one.parts["list"]


async def test_room_for_so_many_pages_of_one_person_and_no_more(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 5)
    town.ignores()
    house, seen, mori = await looking(town, "Mori")
    topics = house.board.topics
    pages = [topics.enter(seen, mori, "") for _ in range(topics.each_person + 2)]
    assert [page.closing for page in pages if page][:2] == ["crowded", "crowded"]
    topics.close()
    assert topics.enter(seen, mori, "") is None


async def test_whoever_is_signed_out_is_sent_away_while_the_page_is_open(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BEAT", 0.05)
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    id_ = await roll_call(town, "Mori", 5)
    town.ignores()
    session = mori.http.cookies["board"]
    sent: list[bytes] = []
    app: Any = client(town)._transport.app  # type: ignore[attr-defined]
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/board/r/{id_}/events",
        "raw_path": b"",
        "root_path": "",
        "query_string": b"state=old",
        "headers": [(b"cookie", f"board={session}".encode())],
        "scheme": "http",
        "server": ("127.0.0.1", 8080),
        "http_version": "1.1",
        "state": {},
    }

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message.get("body", b""))

    streaming = asyncio.create_task(app(scope, receive, send))
    while not any(b"event: sheet" in told for told in sent):
        await asyncio.sleep(0.01)
    page = await mori.opens("/board")
    from tests.board.visiting import hidden

    await mori.post("/board/out", {"proof": hidden(page, "proof"), "everywhere": "yes"})
    await asyncio.wait_for(streaming, 10)
    assert b'event: over\ndata: "refused"' in b"".join(sent)
    town.ignores()


async def test_where_many_topics_are_open_they_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = 0.0
    monkeypatch.setattr(live.Topics, "_now", staticmethod(lambda: spent))
    topics = live.Topics(cast(Any, None), cast(Any, None))
    every = [live.Topic(cast(Any, None), [cast(Any, None)]) for _ in range(300)]
    topics._topics.update({cast(Any, number): topic for number, topic in enumerate(every)})
    drawn: list[live.Topic] = []
    for turn in range(3):
        for topic in topics._turns():
            drawn.append(topic)
            spent += 0.005
        # The pause that follows is as long as the share allows, and no longer than is bearable.
        assert spent <= (turn + 1) * (live.LONGEST_PAUSE / (live.SHARE - 1) + 0.005)
    assert {id(topic) for topic in drawn} == {id(topic) for topic in every}


async def test_what_is_done_about_one_roll_call_makes_no_other_be_looked_at_slowly(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    paths = [f"/board/r/{await roll_call(town, 'Mori', 5, drill=drill)}" for drill in (True, False)]
    town.ignores()
    topics = town.house.board.topics
    for path in paths:
        await mori.opens(path)
    page = await mori.opens(f"{paths[0]}/heads?site=*")
    tick = page.split('class="name">Aiko<')[1].split('value="')[1].split('"')[0]
    await mori.presses(page, tick, told="Recorded: seen here")
    slowly = {f"/board/r/{key[0]}": topic.looked_slowly_at for key, topic in topics._topics.items()}
    assert slowly[paths[0]] < 0 < slowly[paths[1]]
    town.ignores()
