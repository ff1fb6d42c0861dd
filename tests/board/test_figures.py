"""What the board counts and lists, on both databases: each figure of a page is counted by one."""

from __future__ import annotations

import csv
import io

import openpyxl

from tests.board.visiting import PEOPLE, begun, text, visit
from tests.scenarios.launch import WORDS, roll_call
from tests.town import Founding


async def test_those_in_need_come_first_then_the_missing_then_everything_else(
    found: Founding,
) -> None:
    town, mori, path = await begun(found)
    await town.taps("Aiko", "I need help", told="you need help")
    await town.taps("Ben", "I'm safe", told="you are safe")
    await town.says("Aiko", "I am in the cellar", told="Passed on")
    town.ignores()
    page = await mori.opens(path)
    said = text(page)
    assert "REAL" in said
    assert "Answered: 2 of 7" in said
    places = [said.index(part) for part in ("1 person needs help", "Aiko", "Safe (by phone)")]
    assert places == sorted(places)
    names = [line.split("<")[0] for line in page.split('<bdi class="name">')[1:]]
    listed = names[names.index("Aiko") + 1 :]
    assert listed[:5] == ["Chen", "Dirk", "Lena", "Mori", "Sato"]
    assert "No message got through to 1 person" in said
    assert "Plant" in said
    assert "Mori started the roll call" in said
    assert "mail-of" not in page
    assert "phone-of" not in page


async def test_answers_on_behalf_are_recorded_and_shown_with_who_gave_them(
    found: Founding,
) -> None:
    town, mori, path = await begun(found)
    page = await mori.opens(path)
    after = await mori.taps(page, "Safe (by phone)", of="Lena", told="Recorded: safe.")
    assert "Answered: 1 of 7" in text(after.text)
    await mori.taps(after.text, "No answer", of="Sato", told="Recorded: tried")
    await mori.taps(after.text, "Needs help", of="Chen", told="We are telling those responsible")
    page = await mori.opens(path)
    assert "1 person needs help" in text(page)
    assert "Mori recorded for Lena: safe" in text(page)
    assert "Mori called Sato: no answer" in text(page)
    assert "said by Mori" in text(await mori.opens(f"{path}?sort=safe"))
    await mori.taps(page, "I take it", of="Chen", told="It is yours")
    assert "Mori is taking care of it" in text(await mori.opens(path))
    town.ignores()


async def test_a_message_reaches_one_group_and_nobody_else(found: Founding) -> None:
    town, mori, path = await begun(found)
    await town.taps("Aiko", "I'm safe", told="you are safe")
    await town.taps("Dirk", "I need help", told="you need help")
    town.ignores()
    for group, names in (
        ("silent", {"Ben", "Lena", "Mori", "Sato"}),
        ("safe", {"Aiko"}),
        ("help", {"Dirk"}),
        ("everyone", {"Aiko", "Ben", "Dirk", "Lena", "Mori", "Sato"}),
    ):
        form = await mori.taps(await mori.opens(path), "Message a group")
        words = f"News for {group}."
        done = await mori.follows(await mori.fills(form.text, group=group, text=words))
        assert "on its way" in text(done)
        for name in names:
            town.hears(name, "A message about the roll call", words, "Sent by Mori")
        town.hears_nothing()


async def test_files_hold_every_answer_and_no_formula(found: Founding) -> None:
    town = await found(PEOPLE.replace("Aiko:", "=1+cmd|calc:"))
    mori = await visit(town, "Mori")
    await roll_call(town, "Mori", 7)
    town.ignores()
    await town.taps("Ben", "I'm safe", told="you are safe")
    start = await mori.opens("/board")
    path = "/board/r/" + start.split('href="/board/r/')[1].split('"')[0]
    sheet = await mori.get(f"{path}/export.csv")
    assert sheet.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert len(rows) == 8
    # Each line speaks for itself, wherever it is put.
    about = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert {(row["Real or drill"], row["Time zone"]) for row in about} == {("REAL", "UTC")}
    assert {row["What was said"] for row in about} == {WORDS}
    assert {row["Roll call"] for row in about} == {path.rpartition("/")[2]}
    assert len({row["Started at"] for row in about}) == 1
    answers = {row[1]: row[4] for row in rows[1:]}
    assert answers["Ben"] == "Safe"
    assert answers["'=1+cmd|calc"] == "No answer yet"
    book = openpyxl.load_workbook(io.BytesIO((await mori.get(f"{path}/export.xlsx")).content))
    cells = {row[1].value: row[1].data_type for row in book.active.iter_rows(min_row=2)}
    assert cells["=1+cmd|calc"] == "s"
    assert len(cells) == 7
    for content in (sheet.text, await mori.opens(f"{path}/print")):
        assert "-of-" not in content
    town.ignores()


async def test_lists_turn_their_pages_by_where_the_last_one_ended(found: Founding) -> None:
    many = "\n".join(f"  Person{number:03}: @Hall" for number in range(120))
    town = await found(f"Mori: safety @HQ\n{many}")
    mori = await visit(town, "Mori")
    await roll_call(town, "Mori", 121)
    town.ignores()
    start = await mori.opens("/board")
    path = "/board/r/" + start.split('href="/board/r/')[1].split('"')[0]
    seen: list[str] = []
    where: str | None = path
    for _ in range(5):
        page = await mori.opens(str(where))
        listed = page[page.index('id="part-list"') :]
        listed = listed[: listed.index("</ul>\n<p") if "</ul>\n<p" in listed else None]
        seen += [n.split("<")[0] for n in listed.split('<bdi class="name">')[1:]]
        nexts = [p for p in page.split('<a class="tap" href="')[1:] if "Next page" in p[:400]]
        where = nexts[-1].split('"')[0].replace("&amp;", "&") if nexts else None
        if where is None:
            break
    people = [n for n in seen if n.startswith("Person")]
    assert people == sorted({*people})
    assert len(people) == 120
    people_page = await mori.opens("/board/people")
    assert people_page.count('<bdi class="name">') == 50
    assert "Person119" in text(await mori.opens("/board/people?said=person119"))


async def test_people_tree_and_readiness_name_what_is_missing_and_no_address(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    people = await mori.opens("/board/people")
    assert "Chen" in text(people)
    assert "cannot be reached" in text(people)
    # Whoever has written to the bot has proven their way.
    assert "1 verified way" in text(people)
    tree = await mori.opens("/board/tree")
    assert "6 people below" in text(tree)
    assert "no deputy" in text(tree)
    ready = text(await mori.opens("/board/ready"))
    assert "1 ○ Cannot be reached" in ready or "1 Cannot be reached" in ready
    assert "Chen" in ready
    for page in (people, tree, ready):
        assert "-of-" not in page
    town.ignores()


async def test_who_has_names_in_hand_is_said_while_people_call_people(found: Founding) -> None:
    calls = {severity: {"call_after": "20m"} for severity in ("routine", "serious", "critical")}
    town = await found(PEOPLE.replace("Chen: none", "Chen:"), policy=calls)
    mori = await visit(town, "Mori")
    await roll_call(town, "Mori", 7)
    for name in ("Mori", "Sato", "Lena", "Dirk"):
        await town.taps(name, "I'm safe", told="you are safe")
    await town.fast_forward(minutes=20, seconds=5)
    town.ignores()
    start = await mori.opens("/board")
    said = text(await mori.opens("/board/r/" + start.split('href="/board/r/')[1].split('"')[0]))
    assert "Lena 3 in hand now" in said
    town.ignores()
