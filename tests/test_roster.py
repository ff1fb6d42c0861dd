"""A list of people is taken as a whole or not at all, and every mistake names its remedy."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import roster
from bot.people import LANGUAGES, Role
from bot.roster import KnownPerson, Roster, addresses, check, nearest, titles
from bot.roster.findings import MAX_FINDINGS, Problem
from bot.roster.sheets import read, write_csv
from bot.roster.titles import field_of

CHANNELS = ("web", "email", "sms", "voice", "slack", "telegram")


def listed(
    *rows: str, header: str = "key,name", known: dict[str, KnownPerson] | None = None, **more: str
) -> Roster:
    """The roster of a CSV of these lines; line 2 is the first of them."""
    data = "\n".join([header, *rows]).encode()
    sheet = read(data, "staff.csv", is_title=roster.is_title)
    return check(sheet, known or {}, CHANNELS, **more)  # type: ignore[arg-type]


def only(found: Roster) -> Problem:
    assert [p.code for p in found.problems] == [found.problems[0].code]
    assert (found.entries, found.added, found.changed, found.unchanged) == ((), (), (), ())
    return found.problems[0]


def codes(problems: tuple[Problem, ...]) -> list[str]:
    assert all(problem.sentence() for problem in problems)
    return [problem.code for problem in problems]


# --- columns ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "key,name,language,time_zone,site,team,lead,deputy,roles,away,contacts,email,phone",
        "Staff No.,Full Name,Lang,Time Zone,Office,Department,Reports to,Stand-in,Role,On leave,"
        "Contact,E-mail,Mobile",
        "社員番号,氏名,言語,タイムゾーン,勤務地,部署,上司,代理者,役割,休職中,連絡先,メールアドレス,携帯電話",
        "員工編號,姓名,語言,時區,辦公地點,部門,直屬主管,職務代理人,角色,請假,聯絡方式,電子郵件,手機",
        "员工编号,姓名,语言,时区,办公地点,部门,直属上级,副手,角色,请假,联系方式,邮箱,手机",
        "الرقم الوظيفي,الاسم,اللغة,المنطقة الزمنية,الموقع,القسم,المدير,النائب,الدور,في إجازة,"
        "وسائل الاتصال,البريد الإلكتروني,الجوال",
    ],
)
def test_every_column_is_known_in_every_language(header: str) -> None:
    found = listed(
        "1,Ada,العربية,Asia/Tokyo,Osaka,Line 1,,2,safety,no,web,ada@example.org,+81 90-1234-5678",
        "2,Ben,,,,,1,,,,,,",
        header=header,
    )
    assert codes(found.problems) == []
    ada, ben = found.entries
    assert (ada.line, ada.key, ada.name, ada.language) == (2, "1", "Ada", "ar")
    assert (ada.time_zone, ada.site, ada.team) == ("Asia/Tokyo", "Osaka", "Line 1")
    assert (ada.lead, ada.deputy, ada.away) == (None, "2", False)
    assert ada.roles == {Role.SAFETY}
    assert ada.contacts == (("web", ""), ("email", "ada@example.org"), ("sms", "+819012345678"))
    assert (ben.language, ben.time_zone, ben.lead, ben.deputy) == ("", "", "1", None)
    assert (ben.contacts, ben.roles) == ((), frozenset())
    assert found.fields == {*roster.COMPARED, "key", "contacts"}


def test_no_word_stands_for_two_things() -> None:
    for table in (titles.TITLES, titles.LANGUAGE_NAMES, titles.ROLE_NAMES, titles.CHANNEL_NAMES):
        folded = {code: {titles.fold(w) for w in words.split(";")} for code, words in table.items()}
        assert all("" not in words for words in folded.values())
        together = [word for words in folded.values() for word in words]
        assert len(together) == len(set(together))
    assert set(titles.LANGUAGE_NAMES) == set(LANGUAGES)


@pytest.mark.parametrize(
    "title",
    ["KEY", "key ", "Key*", "k e y", "ｋｅｙ", "key (required)", "Key（必須）", "社員番号【必須】"],
)
def test_a_title_is_known_in_any_dress(title: str) -> None:
    assert field_of(title) == "key"


def test_a_missing_column_says_how_it_may_be_spelt_and_which_one_may_be_meant() -> None:
    found = listed("1,Ada", header="staf nomber,name")
    assert only(found).sentence() == (
        "Column A 'staf nomber': There is no column 'key'. Give one column the title key, id,"
        " staff number, staff no."
    )
    assert found.warnings[0].sentence() == (
        "Column A 'staf nomber': No column with this title is known; it was not read."
        " Did you mean 'key'?"
    )
    assert codes(listed("1,2", header="x,y").problems) == ["missing_column", "missing_column"]


def test_two_columns_for_one_thing_are_refused() -> None:
    problem = only(listed("1,Ada,a@example.org,b@example.org", header="key,name,email,メール"))
    assert problem.sentence() == (
        "Column D 'メール': This column and C 'email' both mean 'email'. Delete one or rename it."
    )


def test_columns_not_known_are_named_and_not_read() -> None:
    found = listed("1,Ada,x,y,", header="key,name,shoe size,,teem")
    assert [w.sentence() for w in found.warnings][:3] == [
        "Column C 'shoe size': No column with this title is known; it was not read.",
        "Column D: This column has no title; it was not read.",
        "Column E 'teem': No column with this title is known; it was not read."
        " Did you mean 'team'?",
    ]


def test_a_header_alone_would_remove_everyone_and_is_refused() -> None:
    assert only(listed(known={"1": KnownPerson("Ada")})).code == "nobody"


def test_the_problems_of_the_file_are_the_problems_of_the_list() -> None:
    sheet = read(b"", "staff.csv")
    assert check(sheet, {}, CHANNELS).problems == sheet.problems != ()


# --- one cell wrong --------------------------------------------------------------------------

HEADER = "key,name,language,time_zone,lead,deputy,roles,away,contacts,email,phone"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (",Ben", "A 'key'", "The key is missing. Write the staff number."),
        ("2,", "B 'name'", "The name is missing."),
        ("1,Ben", "A 'key'", "The key '1' is on line 2 as well."),
        ("b@example.org,Ben", "A 'key'", "This is an address, and keys are shown to everyone."),
        ("1.23457E+17,Ben", "A 'key'", "A spreadsheet has rounded this number."),
        ("2 b,Ben", "A 'key'", "A key has no spaces, commas or semicolons."),
        ("2" * 65 + ",Ben", "A 'key'", "The cell is longer than 64 characters."),
        ("2," + "B" * 201, "B 'name'", "The cell is longer than 200 characters."),
        ("2,Ben,Japanes", "C 'language'", "'Japanes' is not a language spoken here. Write en,"),
        ("2,Ben,Japanes", "C 'language'", "Did you mean 'ja'?"),
        ("2,Ben,中文", "C 'language'", "'中文' may be either Chinese. Write zh-Hant"),
        (
            "2,Ben,,Tokyo",
            "D 'time_zone'",
            "Write one such as Asia/Tokyo. Did you mean 'Asia/Tokyo'",
        ),
        ("2,Ben,,台北", "D 'time_zone'", "Did you mean 'Asia/Taipei'?"),
        ("2,Ben,,Asia/Tokio", "D 'time_zone'", "Did you mean 'Asia/Tokyo'?"),
        ("2,Ben,,../../etc/passwd", "D 'time_zone'", "is not a time zone"),
        ("2,Ben,,,9", "E 'lead'", "Nobody has the key '9'. Write the key of somebody in the list"),
        ("2,Ben,,,Ada", "E 'lead'", "Did you mean '1'?"),
        ("2,Ben,,,0001", "E 'lead'", "Did you mean '1'?"),
        ("2,Ben,,,,11", "F 'deputy'", "Nobody has the key '11'."),
        ("2,Ben,,,2", "E 'lead'", "'2' is their own lead."),
        ("2,Ben,,,,2", "F 'deputy'", "'2' is their own deputy."),
        ("2,Ben,,,,,safty", "G 'roles'", "Did you mean 'safety'?"),
        ("2,Ben,,,,,safety boss", "G 'roles'", "'boss' is not a role. Write responder,"),
        ("2,Ben,,,,,,maybe", "H 'away'", "'maybe' is neither yes nor no. Write yes or no."),
        ("2,Ben,,,,,,,fax:1", "I 'contacts'", "'fax' is not a channel in use. Write one of email,"),
        ("2,Ben,,,,,,,emal:b@example.org", "I 'contacts'", "Did you mean 'email'?"),
        ("2,Ben,,,,,,,b@example.org", "I 'contacts'", "Write the channel in front, such as email:"),
        ("2,Ben,,,,,,,email", "I 'contacts'", "The channel 'email' needs an address."),
        ("2,Ben,,,,,,,web:x", "I 'contacts'", "The channel 'web' needs no address."),
        ("2,Ben,,,,,,,slack:U1 2", "I 'contacts'", "The address for 'slack' holds a space"),
        (
            "2,Ben,,,,,,," + ";".join(f"slack:U{i}" for i in range(11)),
            "I 'contacts'",
            "More than 10",
        ),
        ("2,Ben,,,,,,,,b@example", "J 'email'", "Write it like name@example.org"),
        ("2,Ben,,,,,,,,,090-1234-5678", "K 'phone'", "has no country code. Write it with plus"),
        ("2,Ben,,,,,,,,,819012345678", "K 'phone'", "has no country code."),
        ("2,Ben,,,,,,,,,8.19E+11", "K 'phone'", "country code"),
        ("2,Ben,,,,,,,,,+81 12", "K 'phone'", "This is not a phone number."),
        ("2,Ben,,,,,,,,,+81 90 1234 5678 ext. 9", "K 'phone'", "without extension"),
        ("2,Ben,,,,,,,voice:call me", "I 'contacts'", "This is not a phone number."),
    ],
)
def test_a_mistake_is_placed_and_answered(row: str, column: str, said: str) -> None:
    problem = only(listed("1,Ada,,,,,,,web", row, header=HEADER))
    assert problem.sentence().startswith(f"Line 3, column {column}: ")
    assert said in problem.sentence()
    assert "example.org:" not in problem.sentence()


def test_every_mistake_is_listed_in_the_order_of_the_lines() -> None:
    found = listed("1,Ada,xx,,9,,,,,,", "1,,,Mars,,,boss,,,,", "3,C,,,3,,,?,fax,x,1", header=HEADER)
    assert [problem.line for problem in found.problems] == [2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"), ("English", "en"), ("en-GB", "en"), ("Japanese", "ja"), ("日本語", "ja"),
        ("ja_JP", "ja"), ("zh-TW", "zh-Hant"), ("zh_HK", "zh-Hant"), ("繁體中文", "zh-Hant"),
        ("zh_CN", "zh-Hans"), ("ZH-HANS", "zh-Hans"), ("Chinese (Simplified)", "zh-Hans"),
        ("简体中文", "zh-Hans"), ("العربية", "ar"), ("ar-EG", "ar"), ("アラビア語", "ar"),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_code_and_its_names(text: str, code: str) -> None:
    assert listed(f"1,Ada,{text}", header="key,name,language").entries[0].language == code


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("safety;admin", {Role.SAFETY, Role.ADMIN}),
        ("Safety Officer / Responder", {Role.SAFETY, Role.RESPONDER}),
        ("responder safety", {Role.SAFETY, Role.RESPONDER}),
        ("安全担当、管理者", {Role.SAFETY, Role.ADMIN}),
        ("应急人员，安全员", {Role.SAFETY, Role.RESPONDER}),
        ("مسؤول السلامة، مستجيب", {Role.SAFETY, Role.RESPONDER}),
        ("staff", set()),
        ("", set()),
    ],
)
def test_roles_are_separated_as_people_separate_them(text: str, roles: set[Role]) -> None:
    assert listed(f"1,Ada,{text}", header="key,name,roles").entries[0].roles == roles


def test_yes_and_no_are_words_or_marks() -> None:
    for text in ("yes", "TRUE", "1", "○", "はい", "نعم", "✓"):
        assert listed(f"1,Ada,{text}", header="key,name,away").entries[0].away is True
    for text in ("no", "FALSE", "0", "×", "いいえ", "لا", "-", ""):
        assert listed(f"1,Ada,{text}", header="key,name,away").entries[0].away is False


def test_time_zones_are_forgiving_of_case_only() -> None:
    found = listed("1,A,asia/tokyo", "2,B,America/New York", "3,C,utc", header="key,name,tz")
    assert [e.time_zone for e in found.entries] == ["Asia/Tokyo", "America/New_York", "UTC"]


# --- contacts --------------------------------------------------------------------------------


def test_contacts_keep_their_order_and_the_columns_beside_them_follow() -> None:
    found = listed(
        '1,A,"telegram:12345; 電話：+81-90-1234-5678;web;E-Mail: Ada@Example.ORG ;",'
        "ada@example.org;second@example.org,+81 90 1234 5678",
        header="key,name,contacts,email,phone",
    )
    assert found.entries[0].contacts == (
        ("telegram", "12345"),
        ("sms", "+819012345678"),
        ("web", ""),
        ("email", "Ada@example.org"),
        ("email", "second@example.org"),
    )


def test_full_width_addresses_and_digits_are_understood() -> None:
    found = listed(
        "1,A,ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ,＋８１９０１２３４５６７８",
        header="key,name,email,phone",
    )
    assert found.entries[0].contacts == (("email", "ada@example.org"), ("sms", "+819012345678"))


def test_the_organisations_country_completes_a_number() -> None:
    found = listed("1,A,090-1234-5678", header="key,name,phone", country="jp")
    assert found.entries[0].contacts == (("sms", "+819012345678"),)


@pytest.mark.parametrize(
    "address",
    ["a@b", "a b@example.org", ".a@example.org", "a..b@example.org", "a@-b.example", "@example.org",
     "a@example.1", "Ada <a@example.org>", "a@b@example.org", "a@example..org",
     "a" * 65 + "@b.example", "a@" + "b." * 130 + "example", "a,b@example.org"],
)  # fmt: skip
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    assert only(listed(f'1,A,"{address}"', header="key,name,email")).code == "email"


@pytest.mark.parametrize(
    "address",
    ["a@b.example", "first.last+tag@mail.example.co.jp", "o'neil@example.org", "用戶@例え.example",
     "a@xn--fsq.xn--0zwm56d"],
)  # fmt: skip
def test_what_is_a_mail_address_is_taken(address: str) -> None:
    found = listed(f"1,A,{address}", header="key,name,email")
    assert found.entries[0].contacts == (("email", address),)


@given(
    st.sampled_from(
        ["1", "7", "44", "81", "86", "886", "852", "39", "54", "966", "971", "20", "52"]
    ),
    st.text("0123456789", min_size=4, max_size=12),
)
def test_the_short_way_with_numbers_agrees_with_the_long_one(country: str, rest: str) -> None:
    text = f"+{country}{rest}"
    plain = addresses._plain_number(text)
    if plain:
        number = phonenumbers.parse(text, None)
        reason = phonenumbers.is_possible_number_with_reason(number)
        assert reason == phonenumbers.ValidationResult.IS_POSSIBLE
        assert plain == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def test_one_address_belongs_to_one_person_and_is_not_repeated() -> None:
    found = listed(
        "1,A,ada@example.org,+819012345678",
        "2,B,ADA@example.org,",
        "3,C,,+81 90 1234 5678",
        header="key,name,email,phone",
    )
    assert [problem.sentence() for problem in found.problems] == [
        "Line 3, column C 'email': The same address is given to another person on line 2."
        " Give each person their own.",
        "Line 4, column D 'phone': The same address is given to another person on line 2."
        " Give each person their own.",
    ]
    same_twice = listed(
        "1,A,email:a@example.org;web,A@example.org", header="key,name,contacts,email"
    )
    assert same_twice.entries[0].contacts == (("email", "a@example.org"), ("web", ""))


def test_a_line_entered_twice_is_one_problem() -> None:
    assert only(listed(*["1,A,a@example.org"] * 2, header="key,name,email")).code == "key_twice"


def test_a_channel_not_in_use_has_its_column_left_out_with_a_warning() -> None:
    sheet = read(b"key,name,phone\n1,A,nonsense\n", "staff.csv")
    found = check(sheet, {}, {"web"})
    assert (found.problems, found.entries[0].contacts) == ((), ())
    assert codes(found.warnings) == ["unused_column", "unreachable"]
    assert "contacts" not in found.fields


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("key,name,language", "1,A,secret@example.org"),
        ("key,name,lead", "1,A,secret@example.org"),
        ("key,name,lead", "1,A,+81 90 7777 7777"),
        ("key,name,roles", "1,A,09077777777"),
        ("key,name,away", "1,A,secret@example.org"),
        ("key,name,time_zone", "1,A,090-7777-7777"),
        ("key,name,contacts", "1,A,secret@example.org:x"),
        ("key,name,contacts", "1,A,090 7777 7777:x"),
        ("key,name,email", "1,A,secret@@example.org"),
        ("key,name,phone", "1,A,+81 77777777777777777777"),
        ("1,Ada,secret@example.org", "2,B,090 7777 7777"),
        ("key,name", "secret@example.org,A"),
    ],
)
def test_no_address_is_ever_repeated(header: str, row: str) -> None:
    found = listed(row, header=header)
    text = repr(found) + "".join(p.sentence() for p in found.problems + found.warnings)
    assert found.problems
    assert "secret" not in text
    assert "7777" not in text


def test_an_entry_shows_no_address() -> None:
    found = listed("1,A,a@example.org", header="key,name,email")
    assert "example" not in repr(found)


# --- the reporting line ----------------------------------------------------------------------


def test_a_circle_is_named_whole_from_its_first_line() -> None:
    found = listed("5,E,3", "1,A,", "3,C,4", "4,D,5", "9,I,5", header="key,name,lead")
    assert only(found).sentence() == (
        "Line 2, column C 'lead': The reporting line runs in a circle:"
        " E (5, line 2) -> C (3, line 4) -> D (4, line 5) -> 5. Give one of them another lead."
    )
    assert (found.problems[0].line, found.problems[0].column) == (2, "C 'lead'")


def test_a_circle_through_somebody_not_in_the_list_is_found() -> None:
    known = {"9": KnownPerson("Ida", lead="1"), "8": KnownPerson("H", lead="8")}
    problem = only(listed("1,A,9", header="key,name,lead", known=known))
    assert "A (1, line 2) -> Ida (9, not in this list) -> 1" in problem.sentence()


def test_a_lead_who_is_not_in_the_list_but_known_is_a_warning() -> None:
    known = {"9": KnownPerson("Ida"), "7": KnownPerson("Gus", left=True)}
    found = listed("1,A,9,", "2,B,,9", header="key,name,lead,deputy", known=known)
    assert found.leaving == ("9",)
    assert (
        "Ida (9) is not in this list, but A (1, line 2), B (2, line 3) still name them"
        in " ".join(w.sentence() for w in found.warnings)
    )
    assert only(listed("1,A,7", header="key,name,lead", known=known)).code == "unknown_key"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("E10", "E-10"), ("e-12", "E-12"), ("E-1O", "E-10"), ("-E10", "E-10"), ("E-112", "E-12"),
     ("ben lee", "E-12"), ("ＢＥＮ　ＬＥＥ", "E-12"), ("E-21", "E-12"), ("nobody", None)],
)  # fmt: skip
def test_the_key_that_was_meant_is_found(written: str, meant: str | None) -> None:
    header = "key,name,lead"
    problem = only(listed("E-10,Ada,", "E-12,Ben Lee,E-10", f"E-99,C,{written}", header=header))
    assert problem.args.get("near") == meant


def test_gaps_in_the_tree_are_warned_of() -> None:
    found = listed(
        "1,A,,,web", "2,B,,1,web", "3,C,2,,", "4,D,1,,", header="key,name,lead,deputy,contacts"
    )
    assert [w.sentence() for w in found.warnings] == [
        "Nobody can reach C (3, line 4), D (4, line 5). Give them contacts; until then they must be"
        " looked after in person.",
        "2 people have no lead: A (1, line 2), B (2, line 3). Nobody is asked when they stay"
        " silent.",
        "No deputy for 1 of the leads: A (1, line 2).",
    ]


def test_a_warning_of_a_line_says_whose_it_is_and_never_an_address() -> None:
    found = listed("1,A\u200b,", "2,b@example.org\u200b,1", header="key,name,lead")
    told = [w.sentence() for w in found.warnings if w.code == "invisible"]
    assert told == [
        "Line 2, A (1), column B 'name': Invisible characters were removed.",
        "Line 3, 2, column B 'name': Invisible characters were removed.",
    ]
    assert "example.org" not in " ".join(w.sentence() for w in found.warnings)


# --- what would change -----------------------------------------------------------------------


def digest(channel: str, address: str) -> str:
    return f"{channel}#{address}"


def compared(known: dict[str, KnownPerson], *rows: str, header: str) -> Roster:
    sheet = read("\n".join([header, *rows]).encode(), "staff.csv")
    return check(sheet, known, CHANNELS, fingerprint=digest)


def test_a_second_import_tells_added_changed_unchanged_and_leaving_apart() -> None:
    known = {
        "1": KnownPerson(
            "Ada", lead=None, contacts=(("email", "email#a@example.org"), ("web", ""))
        ),
        "2": KnownPerson("Ben", lead="1", contacts=()),
        "3": KnownPerson("Cy", lead="1", contacts=(("web", ""),)),
        "4": KnownPerson("Di"),
        "5": KnownPerson("Ed", left=True),
        "6": KnownPerson("Flo", left=True),
    }
    found = compared(
        known,
        "1,Ada,,email:A@example.org;web",
        "2,Ben,1,",
        "3,Cy,2,web",
        "6,Flo,1,web",
        "7,Gus,1,web",
        header="key,name,lead,contacts",
    )
    assert (found.added, found.leaving) == (("6", "7"), ("4",))
    assert (found.changed, found.unchanged) == (("1", "3"), ("2",))
    found = compared(known, "1,Ada,,email:a@example.org;web", header="key,name,lead,contacts")
    assert found.unchanged == ("1",)


def test_an_address_of_somebody_not_in_the_list_is_theirs() -> None:
    known = {
        "9": KnownPerson("Ida", contacts=(("email", "email#i@example.org"), ("web", ""))),
        "8": KnownPerson("Hal", contacts=(("email", "email#h@example.org"),), left=True),
    }
    found = compared(
        known, "1,A,web,i@example.org", "2,B,web,h@example.org", header="key,name,contacts,email"
    )
    assert only(found).sentence().startswith("Line 2: An address on this line belongs to somebody")
    found = compared(
        known, "9,Ida,,j@example.org", "1,A,web,i@example.org", header="key,name,contacts,email"
    )
    assert (found.problems, found.added, found.changed) == ((), ("1",), ("9",))


def test_contacts_that_cannot_be_compared_count_as_changed() -> None:
    sheet = read(b"key,name,contacts\n1,A,sms:+819012345678\n2,B,web\n", "staff.csv")
    known = {
        "1": KnownPerson("A", contacts=(("sms", "x"),)),
        "2": KnownPerson("B", contacts=(("web", ""),)),
    }
    assert check(sheet, known, CHANNELS).changed == ("1",)
    assert check(sheet, {"2": KnownPerson("B")}, CHANNELS).changed == ("2",)


def test_a_column_that_is_not_there_leaves_what_is_known() -> None:
    ada = KnownPerson(
        "Ada", "ja", "Asia/Tokyo", "Osaka", "Line 1", None, "2", frozenset({Role.SAFETY}), True
    )
    ben = KnownPerson("Ben", "en", "UTC", lead="1", contacts=(("web", ""),))
    found = compared({"1": ada, "2": ben}, "1,Ada", "2,Benedict", header="key,name")
    assert (found.unchanged, found.changed) == (("1",), ("2",))
    assert found.entries[0].roles == {Role.SAFETY}
    assert (found.entries[0].deputy, found.entries[1].lead) == ("2", "1")
    assert found.fields == {"key", "name"}
    assert "unreachable" not in codes(found.warnings)
    emptied = compared({"1": ada, "2": ben}, "1,Ada,", "2,Ben,", header="key,name,roles")
    assert emptied.changed == ("1",)


def test_zeros_a_spreadsheet_dropped_are_noticed() -> None:
    found = listed("7,Ada", known={"0007": KnownPerson("Ada")})
    assert (found.added, found.leaving) == (("7",), ("0007",))
    assert "'7' is new and looks like '0007', who would leave" in found.warnings[-1].sentence()


# --- size ------------------------------------------------------------------------------------


def test_a_hundred_thousand_lines_are_checked_in_one_pass() -> None:
    rows = [[f"{i}", "A", "Asia/Tokyo", f"{(i - 1) // 9}" if i else ""] for i in range(100_000)]
    sheet = read(write_csv(["key", "name", "time zone", "lead"], rows), "staff.csv")
    told: list[int] = []
    found = check(sheet, {}, CHANNELS, progress=told.append)
    assert len(found.entries) == len(found.added) == 100_000
    assert told == [*range(1000, 100_001, 1000), 100_000]


def test_a_hundred_thousand_mistakes_cost_a_hundred_searches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searches: list[str] = []

    def slips(key: str, letters: str) -> list[str]:
        searches.append(key)
        return []

    def close(word: str, possibilities: object, **more: object) -> list[str]:
        searches.append(word)
        return []

    monkeypatch.setattr("bot.roster.nearest._slips", slips)
    monkeypatch.setattr("bot.roster.nearest.get_close_matches", close)
    rows = [[f"{i}", "A", f"Zone {i}", f"x{i}y"] for i in range(100_000)]
    sheet = read(write_csv(["key", "name", "time zone", "lead"], rows), "staff.csv")
    found = check(sheet, {}, CHANNELS)
    assert len(found.problems) == MAX_FINDINGS + 1
    assert found.problems[-1].args == {"count": "199,000"}
    assert 0 < len(searches) <= nearest.MAX_SUGGESTIONS


def test_a_circle_of_a_hundred_thousand_is_one_short_sentence() -> None:
    rows = [[f"{i}", "A", f"{(i + 1) % 100_000}"] for i in range(100_000)]
    sheet = read(write_csv(["key", "name", "lead"], rows), "staff.csv")
    problem = only(check(sheet, {}, CHANNELS))
    assert "-> 99,950 more -> 0. Give" in problem.sentence()
    assert len(problem.sentence()) < 2000


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=13, max_size=13), max_size=6))
def test_any_cells_give_an_answer(rows: list[list[str]]) -> None:
    header = [*roster.COMPARED, "contacts", "email", "phone", "key"]
    sheet = read(write_csv(header, rows), "staff.csv")
    known = {"a": KnownPerson("A", lead="0"), "0": KnownPerson("B", lead="a", contacts=())}
    found = check(sheet, known, CHANNELS)
    codes(found.problems + found.warnings)
    assert len(found.entries) == (0 if found.problems else len(sheet.rows))
