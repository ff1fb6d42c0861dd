"""What is recorded for somebody reaches every part of the board, and nothing else does."""

from __future__ import annotations

import pytest

from bot import boarding
from bot.board import rollcall
from tests.board.visiting import PEOPLE, begun, hidden, text, visit
from tests.scenarios.test_calling import RELATIVE, gives, silent
from tests.town import Founding

DATABASES = ("sqlite",)


async def test_safe_from_a_relative_is_safe_everywhere_and_says_from_whom(found: Founding) -> None:
    town = await silent(found, 3)
    mori = await visit(town, "Mori")
    await gives(town, "Lena", RELATIVE, "P00", "a relative says")
    path = f"/board/r/{(await town.row('SELECT id FROM rollcalls')).id}"
    page = text(await mori.opens(path))
    assert "recorded for P00: a relative says safe" in page
    assert "Lena was asked to call 3 people" in page
    listed = (await mori.opens(f"{path}?sort=safe")).split('id="part-list"')[1]
    assert "P00" in text(listed)
    assert "A relative says safe" in text(listed)
    heads = text(await mori.opens(f"{path}/heads?site=*&team="))
    assert "A relative says safe" in heads
    row = (await mori.opens(f"{path}/heads?site=*")).split('class="name">P00<')[1].split("</li>")[0]
    # Nobody has seen them: a word over the telephone is no tick.
    assert 'aria-pressed="false"' in row
    printed = (await mori.opens(f"{path}/print")).split("<bdi>P00<")
    assert printed[0].rsplit("<tr>", 1)[1].count("✓") == 0
    assert "A relative says safe" in printed[1].split("</tr>")[0]
    sheet = await mori.get(f"{path}/export.csv")
    assert "A relative says safe" in sheet.content.decode()
    form = await mori.presses(await mori.opens(path), f"rc:{path.rsplit('/', 1)[1]}:message")
    await mori.fills(form.text, group="safe", text="Back to work at two.")
    town.hears("P00", "Back to work at two.")
    town.ignores()


async def test_whether_a_cry_is_over_is_asked_once_more_on_the_board_itself(
    found: Founding,
) -> None:
    town, mori, path = await begun(found)
    heads = await mori.opens(f"{path}/heads?site=*")
    await town.taps("Aiko", "I need help", told="you need help")
    town.ignores()
    page = await mori.opens(path)
    asked = await mori.taps(page, "Now safe", of="Aiko", told="Is Aiko really safe now?")
    town.hears_nothing()
    await mori.taps(asked.text, "Not yet", told="The call for help goes on")
    # The list on a warden's phone is from before the cry: a tick on it says that they were seen.
    tick = heads.split('class="name">Aiko<')[1].split('value="')[1].split('"')[0]
    fields = {name: hidden(heads, name) for name in ("proof", "event", "back")}
    ticked = await mori.post(
        "/board/act", {**fields, "button": tick}, {"accept": "application/json"}
    )
    assert ticked.json()["problem"] is False
    assert "that call goes on" in ticked.json()["reply"]
    town.hears_nothing()
    fresh = (await mori.opens(f"{path}/heads?site=*")).split('class="name">Aiko<')[1]
    where = fresh.split("</li>")[0].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert 'aria-pressed="true"' in fresh.split("</li>")[0]
    done = await mori.taps(await mori.opens(where), "Yes, safe", told="Recorded: safe")
    assert str(done.url).partition("?")[0].endswith("/heads")
    assert (await mori.get(where)).status_code == 410
    town.ignores()


async def test_whoever_has_waited_longest_with_nobody_coming_heads_those_in_need(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollcall, "IN_NEED", 3)
    town, mori, path = await begun(found, PEOPLE.replace("Chen: none", "Chen:"))
    for name in ("Dirk", "Chen", "Ben", "Aiko"):
        await town.taps(name, "I need help", told="you need help")
        town.ignores()
        await town.fast_forward(seconds=40)
    await mori.taps(await mori.opens(path), "I take it", of="Dirk")
    town.ignores()
    need = (await mori.opens(path)).split('class="panel urgent"')[1].split("</section>")[0]
    names = [part.split("<")[0] for part in need.split('<bdi class="name">')[1:]]
    assert names == ["Chen", "Ben", "Aiko"]
    assert "1 other" in text(need)


async def test_every_visitor_counted_is_on_page_print_and_file(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boarding, "AT_ONCE", 3)
    town, mori, path = await begun(found)
    for number in range(5):
        heads = await mori.opens(f"{path}/heads?site=*")
        at = heads[heads.index('id="visitor"') :]
        fields = {name: hidden(at, name) for name in ("proof", "event", "back")}
        where = "Plant" if number else "HQ"
        await mori.post(f"{path}/visitors", {**fields, "name": f"=Guest{number}", "site": where})
    everyone = [f"=Guest{number}" for number in range(5)]
    heads, printed = await mori.opens(f"{path}/heads?site=*"), await mori.opens(f"{path}/print")
    sheet = (await mori.get(f"{path}/export.csv")).content.decode()
    assert [name for name in everyone if name not in heads or name not in printed] == []
    assert [name for name in everyone if f",'{name}," not in sheet] == []
    assert "visitor counted" in sheet.splitlines()[-1]
    assert "Mori" in sheet.splitlines()[-1]
    assert "Visitors 5" in text(await mori.opens(path))
    plant = await mori.opens(f"{path}/print?site=Plant")
    assert [name for name in everyone if name in plant] == everyone[1:]
    assert "Guest" not in await mori.opens(f"{path}/print?sort=missing")
    town.ignores()


async def test_a_tick_on_the_wrong_line_is_taken_off_by_a_second_tap(found: Founding) -> None:
    town, mori, path = await begun(found)
    heads = f"{path}/heads?site=*"

    def tick(page: str, name: str) -> tuple[str, bool]:
        line = page.split(f'class="name">{name}<')[1].split("</li>")[0]
        return line.split('value="')[1].split('"')[0], 'aria-pressed="true"' in line

    await town.taps("Ben", "I'm safe", told="you are safe")
    page = await mori.opens(heads)
    first, pressed = tick(page, "Aiko")
    assert not pressed
    await mori.presses(page, first, told="Recorded: seen here")
    page = await mori.opens(heads)
    second, pressed = tick(page, "Aiko")
    assert pressed
    town.ignores()
    await mori.presses(page, second, told="Taken back: no answer yet")
    assert tick(await mori.opens(heads), "Aiko") == (first, False)
    assert "took back what was recorded for Aiko" in text(await mori.opens(path))
    # What Ben said himself is no tick, and stays when one is taken off.
    ben, pressed = tick(page, "Ben")
    assert not pressed
    await mori.presses(page, ben, told="Recorded: seen here")
    page = await mori.opens(heads)
    await mori.presses(page, tick(page, "Ben")[0], told="Taken back: not seen here")
    assert "Safe" in (await mori.opens(heads)).split('class="name">Ben<')[1].split("</p>")[0]
    town.ignores()
    await town.fast_forward(minutes=7)
    town.hears("Aiko", "Are you safe?")
    await town.fast_forward(seconds=40)
    town.ignores()


async def test_the_history_names_cries_and_who_took_them(found: Founding) -> None:
    town, mori, path = await begun(found)
    await town.taps("Aiko", "I need help", told="you need help")
    await town.taps("Lena", "I take it", told="yours")
    page = text(await mori.opens(path))
    assert "Aiko says: I need help" in page
    assert "Lena takes care of Aiko" in page
    town.ignores()


async def test_the_words_of_a_cry_stand_beside_the_name(found: Founding) -> None:
    town, mori, path = await begun(found)
    await town.says("Aiko", "I need help, my leg is stuck", told="you need help")
    await town.says("Ben", "we wait at the gate", told="not answered yet")
    page = text(await mori.opens(path))
    assert "my leg is stuck" in page
    assert "we wait at the gate" in page
    town.ignores()
