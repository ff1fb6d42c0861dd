"""A head count: who was seen is one thing, who answered another."""

from __future__ import annotations

import csv
import io
import re

from tests.board.visiting import PEOPLE, Visitor, begun, hidden, text, visit
from tests.town import Founding


def tick(page: str, name: str) -> tuple[str, bool]:
    """What a tap on somebody's tick says, and whether it is set."""
    line = page.split(f'class="name">{name}<')[1].split("</li>")[0]
    [(value, pressed)] = re.findall(
        r'tick" name="button" value="([^"]+)" aria-pressed="(\w+)"', line
    )
    return value, pressed == "true"


def sums(page: str) -> dict[str, int]:
    """The figures above the list."""
    return {name: int(n) for name, n in re.findall(r'data-sum="(\w+)" data-count="(\d+)"', page)}


async def test_seen_here_and_answered_safe_are_counted_apart(found: Founding) -> None:
    town, mori, path = await begun(found)
    heads = f"{path}/heads?site=*"
    await town.taps("Aiko", "I'm safe", told="you are safe")
    await town.taps("Ben", "I need help", told="you need help")
    await town.taps("Dirk", "Not affected", told="not affected")
    town.ignores()
    nothing = {"seen": 0, "answered": 1, "missing": 4, "help": 1, "unaffected": 1, "guests": 0}
    page = await mori.opens(heads)
    assert sums(page) == nothing
    assert not any(tick(page, name)[1] for name in ("Aiko", "Ben", "Chen", "Dirk", "Lena"))
    for name in ("Aiko", "Ben", "Chen", "Dirk"):
        page = await mori.opens(heads)
        await mori.presses(page, tick(page, name)[0], told="Recorded: seen here")
    page = await mori.opens(heads)
    # Whoever needs help needs it here as well.
    assert sums(page) == {**nothing, "seen": 4, "answered": 0, "missing": 3, "unaffected": 0}
    assert sums(await mori.opens(f"{path}/heads?site=HQ"))["seen"] == 0
    # Chen, who had not answered, is safe by the warden's word; the others' words are their own.
    said = await town.row("SELECT count(*) AS n FROM asks WHERE answer = 'safe'")
    assert said.n == 2
    sheet = (await mori.get(f"{path}/export.csv")).content.decode("utf-8-sig")
    rows = {row["Name"]: row for row in csv.DictReader(io.StringIO(sheet))}
    assert (rows["Ben"]["Answer"], rows["Ben"]["Seen by"]) == ("Need help", "Mori")
    assert rows["Chen"]["Seen here at"]
    assert (rows["Lena"]["Seen by"], rows["Lena"]["Seen here at"]) == ("", "")
    done = text(await mori.opens(path))
    assert "saw Chen at the head count" in done
    assert "saw Aiko at the head count" in done
    assert "recorded for Chen" not in done
    for name in ("Aiko", "Ben", "Chen", "Dirk"):
        page = await mori.opens(heads)
        await mori.presses(page, tick(page, name)[0], told="Taken back")
    assert sums(await mori.opens(heads)) == nothing
    assert "took the head count tick off Aiko" in text(await mori.opens(path))
    town.ignores()


async def test_a_tick_is_taken_off_by_whoever_set_it_and_takes_back_no_more_than_it_said(
    found: Founding,
) -> None:
    town, mori, path = await begun(found)
    lena = await visit(town, "Lena")
    heads = f"{path}/heads?site=*"
    page = await mori.opens(path)
    await mori.taps(page, "Safe (by phone)", of="Chen", told="Recorded: safe")
    page = await mori.opens(heads)
    await mori.presses(page, tick(page, "Chen")[0], told="Recorded: seen here")
    await mori.presses(page, tick(page, "Aiko")[0], told="Recorded: seen here")
    theirs = await lena.opens(heads)
    assert tick(theirs, "Aiko")[1]
    await lena.presses(theirs, tick(theirs, "Aiko")[0], told="not yours to take back")
    # What was heard over the telephone before the tick stays when the tick goes.
    page = await mori.opens(heads)
    await mori.presses(page, tick(page, "Chen")[0], told="Taken back: not seen here")
    assert "Safe" in (await mori.opens(heads)).split('class="name">Chen<')[1].split("</p>")[0]
    # Two wardens tick the same line: it counts once, and the first has set it.
    await lena.presses(theirs, tick(theirs, "Ben")[0], told="Recorded: seen here")
    await mori.presses(page, tick(page, "Ben")[0], told="Recorded: seen here")
    assert sums(await mori.opens(heads))["seen"] == 2
    town.ignores()


async def keeping(visitor: Visitor, path: str) -> str:
    return (await visitor.get(path)).headers.get("x-heads", "")


async def test_a_device_keeps_a_head_count_only_while_it_runs_and_for_whom_it_was_drawn(
    found: Founding,
) -> None:
    town, mori, path = await begun(found, PEOPLE)
    lena, aiko = await visit(town, "Lena"), await visit(town, "Aiko")
    heads = f"{path}/heads"
    for visitor in (mori, lena):
        who = await town.row(f"SELECT id FROM people WHERE name = '{visitor.name}'")
        assert await keeping(visitor, heads) == f"keep {who.id}"
    assert await keeping(aiko, heads) == "gone"
    for other in ("/board", path, f"{path}/print", "/board/people"):
        assert await keeping(mori, other) == ""
    worker = await mori.get("/board/heads-worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"
    assert "worker-src 'self'" in worker.headers["content-security-policy"]
    page = await lena.opens(heads)
    out = await lena.post("/board/out", {"proof": hidden(page, "proof")})
    assert "forget.js" in out.text
    gone = await lena.get(heads)
    assert (gone.status_code, gone.headers["x-heads"]) == (401, "gone")
    assert "forget.js" in gone.text
    form = await mori.taps(await mori.opens(path), "All clear: end it")
    await mori.fills(form.text, words="")
    assert await keeping(mori, heads) == "over"
    town.ignores()
