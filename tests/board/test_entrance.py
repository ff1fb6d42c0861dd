"""Signing in to the board: a link once, for one person, used by a tap and by nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.board.visiting import BASE, OURS, Visitor, client, hidden, link, text, visit
from tests.scenarios.launch import roll_call
from tests.town import Founding

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety
  Lena:
    Aiko: web
    Ben:
"""
COOKIE = re.compile(r"board=[0-9a-z]{40};")


async def test_a_link_signs_in_once_and_only_by_its_button(found: Founding) -> None:
    town = await found(PEOPLE)
    path = await link(town, "Mori")
    mori = Visitor(town, "Mori", client(town))
    for _ in range(3):
        seen = await mori.get(path)
        assert seen.status_code == 200
        assert "set-cookie" not in seen.headers
        assert seen.headers["referrer-policy"] == "no-referrer"
    await mori.refused("/board", 401)
    done = await mori.post(path, {})
    cookie = done.headers["set-cookie"]
    assert COOKIE.match(cookie)
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Mori" in await mori.opens("/board")
    # Used: nobody else gets in by it, and the card says so.
    again = await Visitor(town, "Mori", client(town)).post(path, {})
    assert again.status_code == 410
    assert "set-cookie" not in again.headers
    town.sees("Mori", "Board", "has been used")


async def test_words_of_every_language_and_the_button_ask_for_it(found: Founding) -> None:
    town = await found(PEOPLE)
    for words in ("board", "ボード", "看板", "看板", "لوحة المتابعة"):
        await town.says("Lena", words)
        town.hears("Lena", "Board", "signs you in")
    await town.says("Lena", "menu")
    town.hears("Lena", "What do you need?")
    await town.taps("Lena", "Board", on="What do you need?")
    town.hears("Lena", "Board", "signs you in")


async def test_a_link_ends_after_a_quarter_of_an_hour(found: Founding) -> None:
    town = await found(PEOPLE)
    path = await link(town, "Mori")
    town.clock.turn(timedelta(minutes=15, seconds=1))
    mori = Visitor(town, "Mori", client(town))
    late = await mori.post(path, {})
    assert late.status_code == 410
    assert "opens nothing any more" in text(late.text)


@pytest.mark.parametrize(
    "token", ["x", "0123456789ab.", "0123456789ab.00000000000000000000", "../board", "%2e%2e"]
)
async def test_a_forged_link_opens_nothing(found: Founding, token: str) -> None:
    town = await found(PEOPLE)
    mori = Visitor(town, "Mori", client(town))
    assert (await mori.post(f"/board/in/{token}", {})).status_code in (404, 405, 410)
    await mori.refused("/board", 401)


async def test_a_link_altered_by_a_letter_opens_nothing(found: Founding) -> None:
    town = await found(PEOPLE)
    path = await link(town, "Mori")
    other = path[:-1] + ("0" if path[-1] != "0" else "1")
    mori = Visitor(town, "Mori", client(town))
    assert (await mori.post(other, {})).status_code == 410
    assert (await mori.post(path, {})).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
        {"Sec-Fetch-Site": "", "Origin": "http://evil.example"},
    ],
)
async def test_what_another_page_sends_is_refused(found: Founding, headers: dict[str, str]) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    page = await mori.opens("/board")
    fields = {name: hidden(page, name) for name in ("proof", "event", "back")}
    path = await link(town, "Mori")
    for where, data in (
        ("/board/act", {**fields, "button": "do:report"}),
        ("/board/out", {"proof": fields["proof"], "everywhere": "yes"}),
        ("/board/form/abcdefg", fields),
        (path, {}),
    ):
        refused = await mori.post(where, data, headers)
        assert refused.status_code == 403, where
    await mori.opens("/board")


async def test_a_form_without_its_proof_or_with_anothers_is_refused(found: Founding) -> None:
    town = await found(PEOPLE)
    mori, lena = await visit(town, "Mori"), await visit(town, "Lena")
    page = await mori.opens("/board")
    theirs = hidden(await lena.opens("/board"), "proof")
    fields = {"event": hidden(page, "event"), "button": "do:report", "back": "/board"}
    for proof in ("", theirs, "0" * 24, "ü"):
        refused = await mori.post("/board/act", {**fields, "proof": proof})
        assert refused.status_code == 403
    done = await mori.post("/board/act", {**fields, "proof": hidden(page, "proof")})
    assert done.status_code == 303


async def test_signing_out_here_and_everywhere(found: Founding) -> None:
    town = await found(PEOPLE)
    one, two = await visit(town, "Mori"), await visit(town, "Mori")
    three = await visit(town, "Mori")
    unused = await link(town, "Mori")
    stays = dict(one.http.cookies)
    proof = hidden(await one.opens("/board"), "proof")
    assert "not signed in" in text((await one.post("/board/out", {"proof": proof})).text)
    await one.refused("/board", 401)
    # A cookie that was kept aside is worth nothing.
    one.http.cookies.update(stays)
    await one.refused("/board", 401)
    proof = hidden(await two.opens("/board"), "proof")
    await two.post("/board/out", {"proof": proof, "everywhere": "yes"})
    await three.refused("/board", 401)
    assert (await three.post(unused, {})).status_code == 410


async def test_a_session_ends_by_itself_when_unused_and_in_any_case(found: Founding) -> None:
    web = {"board_idle": "2h", "board_lifetime": "1d"}
    town = await found(PEOPLE, web=web)
    mori, lena = await visit(town, "Mori"), await visit(town, "Lena")
    for _ in range(12):
        town.clock.turn(timedelta(hours=1, minutes=50))
        await mori.opens("/board")
    await lena.refused("/board", 401)
    town.clock.turn(timedelta(hours=3))
    await mori.refused("/board", 401)


async def test_a_page_left_open_does_not_keep_anybody_signed_in(found: Founding) -> None:
    town = await found(PEOPLE, web={"board_idle": "2h"})
    mori = await visit(town, "Mori")
    path = f"/board/r/{await roll_call(town, 'Mori', 4)}/events"
    for name in town.people:
        await town.taps(name, "I'm safe", told="you are safe")
    town.ignores()
    session, entrance = mori.http.cookies["board"], town.house.board.entrance
    for _ in range(4):
        town.clock.turn(timedelta(minutes=29))
        # What an open page does by itself: it looks whether it may stay, and connects again.
        assert await entrance.who(session, uses=False) is not None
        assert (await mori.http.head(path)).status_code == 200
    town.clock.turn(timedelta(minutes=29))
    assert await entrance.who(session, uses=False) is None
    await mori.refused("/board", 401)
    town.ignores()


async def test_whoever_leaves_or_has_their_links_made_void_is_out(found: Founding) -> None:
    from storage import staff

    town = await found(PEOPLE)
    aiko, ben = await visit(town, "Aiko"), await visit(town, "Ben")
    async with town.house.store.write() as work:
        await staff.new_links(work, [town.people["Aiko"].somebody.key])
    await aiko.refused("/board", 401)
    # Nor does a link from before, still lying in the chat of a stolen phone, sign anybody in.
    stolen = Visitor(town, "Lena", client(town))
    unused = await link(town, "Lena")
    async with town.house.store.write() as work:
        await staff.new_links(work, [town.people["Lena"].somebody.key])
        await work.flush()
    town.house.courier.kick()
    await town.settle()
    town.sees("Lena", "Board", "expired")
    assert (await stolen.post(unused, {})).status_code >= 400
    await stolen.refused("/board", 401)
    assert (await (await visit(town, "Lena")).get("/board")).status_code == 200
    await town.leaves("Ben")
    await ben.refused("/board", 401)


async def test_under_https_the_cookie_cannot_be_planted(found: Founding) -> None:
    town = await found(PEOPLE, web={"public_url": "https://renraku.example"})
    await town.says("Mori", "board")
    card = town.hears("Mori", "Board", "signs you in").card
    address = next(part.text for part in card.body if getattr(part, "link", ""))
    assert address.startswith("https://renraku.example/board/in/")
    mori = Visitor(town, "Mori", client(town))
    headers = {"Origin": "https://renraku.example"}
    done = await mori.post(address.removeprefix("https://renraku.example"), {}, headers)
    cookie = done.headers["set-cookie"]
    assert cookie.startswith("__Host-board=")
    assert "Secure" in cookie
    assert done.headers["strict-transport-security"]


async def test_secrets_are_in_no_table(found: Founding) -> None:
    """Neither the link nor the session can be read out of the database."""
    town = await found(PEOPLE)
    path = await link(town, "Mori")
    mori = Visitor(town, "Mori", client(town))
    session = (await mori.post(path, {})).cookies["board"]
    secret = path.rpartition(".")[2]
    tables = ("signins", "sessions", "posts", "outbox", "journal", "notes", "drafts")
    async with town.house.store.look() as look:
        for table in tables:
            rows = (await look.conn.exec_driver_sql(f"SELECT * FROM {table}")).all()
            kept = " ".join(str(value) for row in rows for value in row)
            assert secret not in kept, table
            assert session not in kept, table
            assert bytes.fromhex(secret) not in [v for row in rows for v in row]


async def test_every_page_is_bound_by_the_strict_policy(found: Founding) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    for path in ("/board", "/board/nothing", "/board/form/gone", "/board/incidents"):
        page = await mori.get(path)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "style=" not in page.text
        assert page.headers["cache-control"] == "no-store"
    assert OURS["Origin"] == BASE
