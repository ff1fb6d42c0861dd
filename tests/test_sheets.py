"""A list is read as people see it, whatever wrote the file, or refused with the remedy."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.roster import findings, is_title, sheets, workbooks
from bot.roster.cells import INVISIBLE, clean, plain
from bot.roster.findings import letter, number
from bot.roster.sheets import Sheet, read, write_csv

JAPANESE = "社員番号,氏名,部署,上司\r\n001,佐藤さくら,総務部,\r\n002,山田 太郎,製造課,001\r\n"
TRADITIONAL = "員工編號,姓名,部門,主管\r\n001,陳志明,總務處,\r\n002,林淑芬,製造課,001\r\n"
SIMPLIFIED = "员工编号,姓名,部门,上级\r\n001,王伟,行政部,\r\n002,李娜,生产车间,001\r\n"
ARABIC = (
    "الرقم الوظيفي,الاسم,القسم,المدير\r\n001,نورة سعيد,الإدارة,\r\n002,خالد علي,الصيانة,001\r\n"
)


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    assert sheet.problems == ()
    return [row.cells for row in sheet.rows]


def codes(sheet: Sheet) -> list[str]:
    for problem in sheet.problems + sheet.warnings:
        assert problem.sentence()
    return [problem.code for problem in sheet.problems]


# --- CSV -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [JAPANESE, TRADITIONAL, SIMPLIFIED, ARABIC])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_or_without_a_byte_order_mark(text: str, encoding: str) -> None:
    sheet = read(text.encode(encoding), "staff.csv", is_title=is_title)
    assert [sheet.header, *cells(sheet)] == [
        tuple(line.split(",")) for line in text.strip().split("\r\n")
    ]
    assert sheet.warnings == ()


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (TRADITIONAL, "cp950", "Big5"),
        (SIMPLIFIED, "gb18030", "GB18030"),
        (ARABIC, "cp1256", "Windows-1256"),
    ],
)
def test_older_encodings_are_recognised_by_their_titles(text: str, codec: str, name: str) -> None:
    sheet = read(text.encode(codec), "staff.csv", is_title=is_title)
    assert (sheet.encoding, sheet.warnings) == (name, ())
    assert sheet.header == tuple(text.split("\r\n")[0].split(","))
    assert sheet.rows[1].cells == tuple(text.split("\r\n")[2].split(","))


@pytest.mark.parametrize(
    ("names", "codec", "name"),
    [
        ("佐藤健一 鈴木美咲 高橋大輔 田中陽子 渡辺さくら 加藤あゆみ", "cp932", "Shift_JIS"),
        ("陳志明 林淑芬 黃建宏 張雅婷 李俊傑 王怡君 吳宗翰 劉美玲", "cp950", "Big5"),
    ],
)
def test_without_titles_everyday_characters_decide_and_a_warning_says_so(
    names: str, codec: str, name: str
) -> None:
    text = "".join(f"{i},{n}\r\n" for i, n in enumerate(["name", *names.split()]))
    sheet = read(text.encode(codec), "staff.csv")
    assert (sheet.encoding, [w.code for w in sheet.warnings]) == (name, ["encoding_guessed"])
    assert [row.cells[1] for row in sheet.rows] == names.split()
    assert name in sheet.warnings[0].sentence()


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("key,name\n1,陳志明\n", "cp950"),  # too little to tell
        ("key,name\n1,김민준\n2,이서연\n3,박지훈\n4,최수빈\n", "cp949"),  # reads well as Chinese
        ("key,name\n1,José Müller\n2,Zoë Château\n", "cp1252"),
        ("key,name\n1,محمد أحمد\n2,فاطمة علي\n", "cp1256"),
        ("key,name\n1,ﾀﾅｶ ﾖｳｺ\n2,ｽｽﾞｷ ﾐｻｷ\n", "cp932"),
    ],
)
def test_what_cannot_be_told_for_sure_is_refused_with_the_remedy(text: str, codec: str) -> None:
    sheet = read(text.encode(codec), "staff.csv", is_title=is_title)
    assert (codes(sheet), sheet.problems[0].line) == (["encoding_unsure"], 2)
    assert "'CSV UTF-8'" in sheet.problems[0].sentence()


@pytest.mark.parametrize(
    ("asked", "codec"),
    [("Shift_JIS", "cp932"), ("big5", "cp950"), ("gbk", "gb18030"), ("windows-1252", "cp1252")],
)
def test_an_encoding_asked_for_is_used(asked: str, codec: str) -> None:
    text = "key,name\r\n1,José\r\n" if codec == "cp1252" else "key,name\r\n1,山本\r\n"
    sheet = read(text.encode(codec), "staff.csv", encoding=asked)
    assert cells(sheet)[0][1] in ("José", "山本")
    assert sheet.warnings == ()


@pytest.mark.parametrize("asked", ["klingon", "rot13", "base64", "utf-7", "unicode_escape", "\0"])
def test_an_encoding_that_is_none_is_refused(asked: str) -> None:
    assert codes(read(b"key,name\n1,A\n", "staff.csv", encoding=asked)) == ["encoding_unheard"]


def test_broken_text_says_from_which_line_on() -> None:
    sheet = read(b"\xef\xbb\xbfkey,name\n1,A\n2,\xff\xfe\n", "staff.csv")
    assert sheet.problems[0].sentence().startswith("Line 3: This is not valid UTF-8")
    sheet = read("key,name\n1,佐藤\n".encode("cp932"), "staff.csv", encoding="utf-8")
    assert (codes(sheet), sheet.problems[0].line) == (["encoding_broken"], 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n , ,\r\n\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        ("社員番号,氏名\n1,佐藤\n".encode("iso2022_jp"), "not_text"),
        ("key,name\n".encode("utf-16-le"), "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 no workbook at all", "broken_xlsx"),
        (b'key,name\n1,"A\n2,B\n', "quote"),
        (b'key,name\n1,"A" B\n', "quote"),
    ],
)
def test_nonsense_is_one_clear_problem(data: bytes, code: str) -> None:
    assert codes(read(data, "staff.csv", is_title=is_title)) == [code]


@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer(data: bytes) -> None:
    for each in (data, b"PK" + data, b"key,name\n" + data):
        sheet = read(each, "staff.csv", is_title=is_title)
        assert bool(codes(sheet)) == (sheet.header == () or bool(sheet.problems))


def test_a_header_alone_is_a_list_of_nobody() -> None:
    sheet = read(b"key,name\r\n", "staff.csv")
    assert (sheet.header, sheet.rows, sheet.problems) == (("key", "name"), (), ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("known", [is_title, None])
def test_the_delimiter_is_found(delimiter: str, known: Callable[[str], bool] | None) -> None:
    text = 'key|name|contacts\n1|"Lee, Ann"|"email:a@b.example;web"\n'.replace("|", delimiter)
    sheet = read(text.encode(), "staff.csv", is_title=known)
    assert cells(sheet) == [("1", "Lee, Ann", "email:a@b.example;web")]


def test_a_delimiter_declared_for_a_spreadsheet_is_obeyed_and_its_line_counted() -> None:
    sheet = read(b"sep=;\r\nkey;a,b,c\r\n1;x\r\n", "staff.csv")
    assert (sheet.header, sheet.rows[0].line) == (("key", "a,b,c"), 3)


def test_line_numbers_count_the_lines_of_the_file() -> None:
    text = 'key,name\n\n1,"two\nlines"\n2,"and\r\nthree\rhere"\n\n\n3,C\n'
    sheet = read(text.encode(), "staff.csv")
    assert [row.line for row in sheet.rows] == [3, 5, 10]
    assert sheet.rows[1].cells[1] == "and\nthree\nhere"
    broken = read((text + '4,"open\n\n\n').encode(), "staff.csv")
    assert [(p.code, p.line) for p in broken.problems] == [("quote", 11)]


def test_a_heading_above_the_header_is_skipped_with_a_warning() -> None:
    text = "社員名簿,,\n2026年4月1日,,\n社員番号,氏名,部署\n1,佐藤,総務\n"
    sheet = read(text.encode(), "staff.csv", is_title=is_title)
    assert (sheet.header[0], sheet.rows[0].line) == ("社員番号", 4)
    assert [(w.code, w.line) for w in sheet.warnings] == [("skipped", 3)]


def test_short_rows_are_filled_and_empty_columns_behind_are_ignored() -> None:
    sheet = read(b"key,name,team,,\n1\n2,B,T,,\n", "staff.csv")
    assert (sheet.header, cells(sheet)) == (
        ("key", "name", "team"),
        [("1", "", ""), ("2", "B", "T")],
    )


def test_a_cell_without_a_title_is_a_problem_because_the_line_has_shifted() -> None:
    sheet = read(b"key,name\n1,Lee, Ann\n", "staff.csv")
    assert sheet.problems[0].sentence().startswith("Line 2, column C: There is a cell here")
    assert sheet.rows == ()


# --- cells -----------------------------------------------------------------------------------


def test_cells_are_composed_and_trimmed_also_of_ideographic_spaces() -> None:
    sheet = read("key,name\n 1 ,\u3000山田\u3000太郎\u3000\n2,Jose\u0301\u00a0\n".encode(), "x")
    assert [row.cells[1] for row in sheet.rows] == ["山田\u3000太郎", "José"]
    assert sheet.warnings == ()


def test_invisible_characters_go_with_a_warning_that_says_where() -> None:
    hidden = "A\u202elice\u2069\u200b\x07"
    sheet = read(f"key,name\n1,{hidden}\n2,B\n".encode(), "staff.csv")
    assert sheet.rows[0].cells == ("1", "Alice")
    assert [w.sentence() for w in sheet.warnings] == [
        "Line 2, column B 'name': Invisible characters were removed."
    ]


def test_joiners_and_variation_selectors_that_spell_names_stay() -> None:
    for name in ("葛\U000e0100城", "می\u200cخواهم", "👩\u200d🚒"):
        assert clean(name) == name


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+81 90", "-", "@SUM(A1)", "'=1", "''+x", "＝１", "'  =x", '=HYPERLINK("x")'],
)
def test_what_looks_like_a_formula_stays_text_both_ways(formula: str) -> None:
    assert cells(read(f'key,name\n1,"{formula.replace(chr(34), chr(34) * 2)}"\n'.encode(), "x"))
    written = write_csv(["key", "name"], [["1", formula]])
    assert ("'" + formula).replace('"', '""') in written.decode("utf-8-sig")
    assert cells(read(written, "x")) == [("1", formula)]


def test_an_apostrophe_that_guards_nothing_stays() -> None:
    for name in ("'t Hooft", "O'Neil", "'", "''", "'90"):
        assert clean(name) == name
    assert clean("'=1") == "=1"


def test_the_export_opens_in_excel_as_it_is() -> None:
    assert write_csv(["a", "b"], [["1", "ü"]]) == b"\xef\xbb\xbfa,b\r\n1,\xc3\xbc\r\n"
    for first in "=+-@\t\r":
        line = write_csv(["a"], [[f"{first}x"]]).decode("utf-8-sig").split("\r\n")[1]
        assert line.lstrip('"')[0] not in "=+-@\t\r"


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=5))
@example([["'=1", "''=1", "' =1"], ["\t=1", "\r=1", "\u2028@"], ["e\u0301", "\ud800", "\ufeff-"]])
@example([[' "', "'\n=1", "a\r\nb"], ["", "", "\x00"], ["\u3000'+", "'\x0b=", "'\u200b="]])
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    texts = [tuple(map(plain, row)) for row in rows]
    sheet = read(write_csv(["a", "b", "c"], rows), "x")
    assert (sheet.header, sheet.warnings) == (("a", "b", "c"), ())
    assert cells(sheet) == [row for row in texts if any(row)]


@given(st.text(max_size=30))
def test_cleaning_twice_changes_nothing_but_guards(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert not INVISIBLE.search(once)


# --- XLSX ------------------------------------------------------------------------------------


def workbook(*sheets_of_rows: Sequence[Sequence[object]], hidden: int = -1) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for index, rows in enumerate(sheets_of_rows):
        page = book.create_sheet(f"Sheet {index}")
        for row in rows:
            page.append(list(row))
        if index == hidden:
            page.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same workbook with each part passed through `change(name, content)`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def page(content: bytes) -> bytes:
    """A workbook whose one sheet has this XML between <sheetData> and </sheetData>."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, content)
    return repacked(workbook([["key"]]), lambda name, old: whole if "worksheets/" in name else old)


TITLES = b'<row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c></row>'


def test_a_workbook_is_told_by_content_and_read_as_people_see_it() -> None:
    data = workbook(
        [
            ["社員番号", "氏名", "入社日", "出勤", "不在", "比率"],
            [1024, "佐藤", datetime.date(2020, 4, 1), datetime.time(9, 30), True, 0.5],
            [
                "0012",
                "鈴木",
                datetime.datetime(2020, 4, 1, 8, 0),  # noqa: DTZ001 - as a cell is
                None,
                False,
                -3,
            ],
            ["=1+1", "'=x", None, None, None, 819012345678],
        ]
    )
    data = repacked(data, lambda _, old: old.replace(b"<f>1+1</f><v />", b"<v>2</v>"))
    sheet = read(data, "staff.csv", is_title=is_title)
    assert sheet.encoding == "XLSX"
    assert [row.line for row in sheet.rows] == [2, 3, 4]
    assert cells(sheet) == [
        ("1024", "佐藤", "2020-04-01", "09:30:00", "TRUE", "0.5"),
        ("0012", "鈴木", "2020-04-01 08:00:00", "", "FALSE", "-3"),
        ("2", "=x", "", "", "", "819012345678"),
    ]


def test_empty_rows_and_columns_in_front_keep_line_numbers_and_letters() -> None:
    data = workbook([[], [], [None, "key", "name"], [], [None, "1", "x" * 501]])
    sheet = read(data, "staff.xlsx", is_title=is_title)
    assert [p.sentence() for p in sheet.problems] == [
        "Line 5, column C 'name': The cell is longer than 500 characters. Shorten it."
    ]


def test_the_first_visible_sheet_with_a_known_header_is_taken() -> None:
    notes, old, staff = [["Read me"]], [["key"], ["old"]], [["key", "name"], ["1", "A"]]
    assert cells(read(workbook(notes, old, staff, hidden=1), "x", is_title=is_title)) == [
        ("1", "A")
    ]
    assert read(workbook(notes, [], notes), "x", is_title=is_title).header == ("Read me",)
    assert codes(read(workbook([], []), "x", is_title=is_title)) == ["empty"]


def test_an_error_or_a_formula_never_calculated_is_not_taken_for_empty() -> None:
    row = b'<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    sheet = read(page(TITLES + row), "staff.xlsx", is_title=is_title)
    assert [(p.code, p.line, p.column) for p in sheet.problems] == [("no_value", 2, "B")]
    data = workbook([["key", "name", "lead"], ["1", "A", "=1+1"], ["2", "B", "x"]])
    sheet = read(data, "staff.xlsx", is_title=is_title)
    assert [(p.code, p.line, p.column) for p in sheet.problems] == [("no_value", 2, "C")]


def test_a_formula_that_gives_nothing_is_empty() -> None:
    row = b'<row r="2"><c r="A2" t="str"><f>IF(1,"","x")</f><v></v></c><c r="B2"><v>7</v></c></row>'
    sheet = read(page(TITLES.replace(b"</row>", b'<c r="B1"><v>9</v></c></row>') + row), "x")
    assert cells(sheet) == [("", "7")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        (b'<row r="1048576"><c><v>1</v></c></row>', "too_many_rows"),
        (b'<row r="2"><c r="XFD2"><v>1</v></c></row>', "too_many_columns"),
        (b"<row r='2'><c r='xfd2'><v>1</v></c></row>", "too_many_columns"),
        (b'<row r="2">' + b"<c><v>1</v></c>" * 65 + b"</row>", "too_many_columns"),
        (b'<row r="2"><c s="1" r="A99999999"><v>1</v></c></row>', "broken_xlsx"),
        (b'<row r="2"><c r="A2"><v>1</v></row>', "broken_xlsx"),
    ],
)
def test_a_cell_far_out_does_not_take_the_memory(content: bytes, code: str) -> None:
    assert codes(read(page(TITLES + content), "x", is_title=is_title)) == [code]


def test_rows_that_are_only_formatted_do_not_count() -> None:
    far = b'<row r="1048576" ht="12"><c r="XFD1048576" s="1"/></row>'
    row = b'<row r="2"><c r="A2"><v>7</v></c></row>'
    assert cells(read(page(TITLES + row + far), "x", is_title=is_title)) == [("7",)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", 'r="A2" ', 'r="Z9" ', 'r="AB3" ', "r='B7' "]),
            st.sampled_from(["", 't="str" ', 't="e" ', "t='e' "]),
            st.sampled_from(["", "<v/>", "<v>1</v>", "<f>A1</f>", "<f>A1</f><v>3</v>"]),
            st.sampled_from(["", "x:"]),
        ),
        max_size=4,
    )
)
def test_the_quick_look_at_a_sheet_never_misses_what_the_walk_would_find(
    drawn: list[tuple[str, str, str, str]],
) -> None:
    body = "".join(f"<{x}c {r}{t}>{v}</{x}c>" for r, t, v, x in drawn)
    xml = f'<s xmlns:x="y"><row r="2">{body}</row></s>'.encode()
    if workbooks.tame(xml):
        assert workbooks.survey(xml) == set()
        assert b"<c >" not in xml


def test_other_documents_in_a_zip_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert codes(read(out.getvalue(), "staff.ods")) == ["not_xlsx"]


def test_a_zip_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(
        workbook([["key"]]),
        lambda name, old: old + b" " * 2_000_000 if name.endswith("theme1.xml") else old,
    )
    assert len(bomb) < 20_000
    assert read(bomb, "x").problems == ()
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    assert codes(read(bomb, "x")) == ["unpacks_too_big"]


def test_a_size_that_lies_is_a_damaged_workbook() -> None:
    data = repacked(workbook([["key"]]), lambda name, old: old + b" " * 100_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = archive.getinfo("xl/workbook.xml").file_size
    told = data.replace(true.to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert told != data
    assert codes(read(told, "x")) == ["broken_xlsx"]


@settings(deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_an_answer(data: st.DataObject) -> None:
    broken = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    codes(read(bytes(broken), "x", is_title=is_title))


WORKBOOK = workbook([["key", "name"], [1, "A"], [2, "B"]])


# --- sizes -----------------------------------------------------------------------------------


def test_sizes_are_bounded_with_the_bound_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    assert codes(read(b"key\n" + b"1\n" * 3, "x")) == []
    sheet = read(b"key\n" + b"1\n" * 4, "x")
    assert sheet.problems[0].sentence().startswith("Line 5: The list is longer than 3 lines")
    assert codes(read(b"a," * 64 + b"a\n", "x")) == ["too_many_columns"]
    assert codes(read(b"key\n" + b"1" * 501 + b"\n", "x")) == ["too_long"]
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    assert codes(read(b"key,name,site\n", "x")) == ["too_big"]


def test_a_file_that_is_wrong_everywhere_is_counted_not_listed() -> None:
    sheet = read(b"key\n" + b"1,2\n" * 3000, "x")
    assert len(sheet.problems) == findings.MAX_FINDINGS + 1
    assert sheet.problems[-1].sentence() == "... and 2,000 more like these."


def test_progress_is_told_every_thousand_lines_and_at_the_end() -> None:
    told: list[int] = []
    read(b"key\n" + b"1\n" * 2500, "x", told.append)
    assert told == [1000, 2000, 2501]


def test_no_cell_is_shown_by_a_repr_or_repeated_by_a_problem() -> None:
    sheet = read(b"1,ada@example.org,090 1234 5678\n2,ben@example.org,x,y\n", "staff.csv")
    text = repr(sheet) + repr(sheet.rows) + "".join(p.sentence() for p in sheet.problems)
    assert "example" not in text
    assert sheet.column(1) == "B"


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [letter(i) for i in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    assert [number(letter(i)) - 1 for i in range(800)] == list(range(800))
