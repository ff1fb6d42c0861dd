"""The list of people: a sheet checked line by line, and what importing it would change.

Rules of the room:
- All or nothing: with one problem there are no entries, so nothing can be half applied.
- Every problem says where it is and what to write instead. Addresses are never repeated, in no
  problem and no `repr`: "the same address as on line 12" is enough to find it.
- A column the file does not have leaves what is known as it is; an empty cell empties it.
- The work grows with the number of lines only: suggestions are looked up, not searched for.

>>> from bot.sheets import read
>>> sheet = read(b"key,name,lead,email\\n1,Ada,,ada@example.org\\n2,Ben,1,\\n", "staff.csv")
>>> roster = check(sheet, known={}, channels={"web", "email"})
>>> roster.added, roster.entries[1].lead, roster.entries[0].contacts
(('1', '2'), '1', (('email', 'ada@example.org'),))
>>> print(roster.warnings[0].sentence())
Nobody can reach 2 (line 3). Give them contacts; until then they must be looked after in person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import ClassVar, NamedTuple, TypeVar, cast
from zoneinfo import available_timezones

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, ValidationResult

from bot.people import CallTree, Role, TreeRow
from bot.sheets import NOTHING, Problem, Progress, Row, Sheet, bounded, quotable

MAX_KEY = 64
MAX_TEXT = 200
"""Characters in a name, a site, a team."""
MAX_ADDRESS = 254
MAX_CONTACTS = 10
MAX_LISTED = 20
"""Keys written out in one sentence; the rest are counted."""
MAX_CIRCLE = 50
MAX_SUGGESTIONS = 100
"""Closest matches looked for in one file; whoever has more mistakes has one cause."""
MAX_LETTERS = 80

# --- the words a list is written in --------------------------------------------------------

TITLES: Mapping[str, str] = {
    "key": "key; id; staff number; staff no; staff id; employee number; employee no; employee id;"
    "社員番号; 社員ID; 社員コード; 従業員番号; 職員番号; 員工編號; 員工代號; 職員編號; 工號;"
    "员工编号; 员工号; 工号; 职工号; الرقم الوظيفي; رقم الموظف; رمز الموظف",
    "name": "name; full name; employee name; 氏名; 名前; お名前; 社員名; 姓名; 名字; 員工姓名;"
    "员工姓名; الاسم; اسم; الاسم الكامل; اسم الموظف",
    "language": "language; lang; preferred language; 言語; 使用言語; 語言; 慣用語言; 语言;"
    "常用语言; اللغة; لغة",
    "time_zone": "time zone; tz; タイムゾーン; 時間帯; 時區; 时区; المنطقة الزمنية; التوقيت",
    "site": "site; office; location; branch; workplace; building; 拠点; 勤務地; 事業所; 所在地;"
    "オフィス; 據點; 地點; 辦公地點; 地点; 办公地点; 工作地点; الموقع; مكان العمل; الفرع; المكتب",
    "team": "team; department; dept; unit; group; section; 部署; 部門; チーム; 所属; 課; 團隊;"
    "組別; 团队; 部门; 班组; 小组; الفريق; القسم; الإدارة",
    "lead": "lead; leader; team lead; manager; supervisor; boss; reports to; 上司; 上長; 所属長;"
    "リーダー; 主管; 直屬主管; 主管工號; 上級; 上级; 直属上级; 主管工号; المدير; المشرف;"
    "الرئيس المباشر; رقم المدير",
    "deputy": "deputy; stand in; substitute; backup; 代理; 代理者; 代行者; 代理人; 職務代理人;"
    "副手; 代理人工号; النائب; البديل",
    "roles": "roles; role; 役割; 権限; ロール; 角色; 權限; 权限; 职责; الأدوار; الدور; الصلاحيات",
    "away": "away; absent; absence; on leave; 不在; 休暇; 休暇中; 休職中; 請假; 休假; 请假; غائب;"
    "إجازة; في إجازة",
    "contacts": "contacts; contact; channels; 連絡先; 連絡方法; 聯絡方式; 联系方式; 联络方式;"
    "وسائل الاتصال; جهات الاتصال",
    "email": "email; mail; email address; メール; メールアドレス; Eメール; 電子郵件; 電郵; 信箱;"
    "邮箱; 电子邮件; 电子邮箱; البريد الإلكتروني; البريد; الإيميل",
    "phone": "phone; phone number; mobile; mobile phone; mobile number; cell; telephone; tel; sms;"
    "電話; 電話番号; 携帯; 携帯電話; 携帯番号; 手機; 手機號碼; 电话; 手机; 手机号; 手机号码;"
    "الهاتف; الجوال; رقم الهاتف; رقم الجوال; الهاتف المحمول",
}
"""Each column by its name in the code, and how its title may be spelt."""

LANGUAGE_NAMES: Mapping[str, str] = {
    "en": "en; eng; english; 英語; 英语; 英文; الإنجليزية; انجليزي",
    "ja": "ja; jp; jpn; japanese; 日本語; 日本语; 日語; 日语; 日文; اليابانية",
    "zh-Hant": "zh-Hant; zh-TW; zh-HK; zh-MO; traditional chinese; chinese traditional;"
    "chinese (traditional); 繁體中文; 繁体中文; 正體中文; 繁體; 繁体字; 中国語繁体字; 台湾華語;"
    "臺灣華語; الصينية التقليدية",
    "zh-Hans": "zh-Hans; zh-CN; zh-SG; zh-MY; simplified chinese; chinese simplified;"
    "chinese (simplified); 简体中文; 簡體中文; 简体; 簡體; 簡体字; 中国語簡体字; الصينية المبسطة",
    "ar": "ar; ara; arabic; アラビア語; 阿拉伯語; 阿拉伯语; 阿拉伯文; العربية; عربي; اللغة العربية",
}
ROLE_NAMES: Mapping[str, str] = {
    Role.STAFF: "staff; employee; 社員; 一般; 職員; 員工; 员工; موظف",
    Role.RESPONDER: "responder; responders; 対応者; 対応担当; 應變人員; 应急人员; مستجيب",
    Role.SAFETY: "safety; safety officer; safety desk; 安全; 安全担当; 安全担当者; 安全管理者;"
    "安全人員; 安全官; 安全员; 安全人员; السلامة; مسؤول السلامة",
    Role.ADMIN: "admin; administrator; 管理者; 管理員; 系統管理員; 管理员; 系统管理员; مدير النظام;"
    "مشرف النظام",
}
YES_NO: Mapping[str, str] = {
    "yes": "yes; y; true; 1; x; on; はい; 有; 是; 有り; 不在; 休暇; نعم",
    "no": "no; n; false; 0; off; いいえ; 無; 无; 否; なし; لا",
}
MARKS = {"✓": "yes", "✔": "yes", "○": "yes", "〇": "yes", "×": "no", "✗": "no", "-": "no"}
CHANNEL_NAMES: Mapping[str, str] = {
    "web": "web; browser; web chat; ウェブ; 網頁; 网页; الويب",
    "email": "email; mail; mailto; メール; 電子郵件; 邮箱; 电子邮件; البريد",
    "sms": "sms; text; mobile; phone; tel; 携帯; 電話; 簡訊; 手機; 短信; 手机; 电话; رسالة",
    "voice": "voice; call; 音声; 語音; 语音; اتصال",
}
"""Other words for the channels whose addresses are checked here."""
CHINESE = frozenset({"zh", "chinese", "中文", "中国語", "中國語", "漢語", "汉语", "الصينية"})
ZONE_HINTS: Mapping[str, str] = {
    "jst": "Asia/Tokyo", "日本": "Asia/Tokyo", "東京": "Asia/Tokyo", "台北": "Asia/Taipei",
    "臺北": "Asia/Taipei", "台湾": "Asia/Taipei", "香港": "Asia/Hong_Kong",
    "上海": "Asia/Shanghai", "北京": "Asia/Shanghai", "中国": "Asia/Shanghai",
    "الرياض": "Asia/Riyadh", "دبي": "Asia/Dubai", "القاهرة": "Africa/Cairo",
}  # fmt: skip
"""What people write who do not know the names of time zones; suggested, never assumed."""

NOTE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]\s*$")
"""A remark behind a title, such as "(required)"."""


def fold(text: str) -> str:
    """`text` as it is compared with the words above: no case, space, mark, accent or width."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if c.isalnum())


def _folded(table: Mapping[str, str]) -> dict[str, str]:
    return {fold(word): code for code, words in table.items() for word in words.split(";")}


TITLE_WORDS = _folded(TITLES)
LANGUAGE_WORDS = _folded(LANGUAGE_NAMES)
ROLE_WORDS = _folded(ROLE_NAMES)
YES_NO_WORDS = _folded(YES_NO)
CHANNEL_WORDS = _folded(CHANNEL_NAMES)


def field_of(title: str) -> str | None:
    """The field a column's title stands for: "所属長 (必須)" is `lead`; `None` for no field."""
    if len(title) > MAX_KEY:
        return None
    return TITLE_WORDS.get(fold(title)) or TITLE_WORDS.get(fold(NOTE.sub("", title)))


def is_title(text: str) -> bool:
    """True for a title this room knows; made for `bot.sheets.read`."""
    return field_of(text) is not None


@cache
def time_zones() -> Mapping[str, str]:
    """Every IANA time zone by its name in lower case; a table of Python's, read once."""
    return {zone.lower(): zone for zone in available_timezones() - {"localtime", "Factory"}}


@cache
def _places() -> Mapping[str, str]:
    """Time zones by their names and by the city alone, folded: for suggestions only."""
    zones = sorted(time_zones().values())
    return {fold(z.rpartition("/")[2]): z for z in zones} | {fold(z): z for z in zones}


class Wrong(NamedTuple):
    """A cell that cannot be read, as the code of its problem and the problem's arguments."""

    code: str
    args: Mapping[str, str] = NOTHING


def shown(text: str) -> str:
    """`text` in quotes, unless it may be an address in the wrong column."""
    return f"'{text[:40]}'" if quotable(text) else "What is written here"


class Nearest:
    """The closest match of what somebody wrote, as an argument of the problem; so many times."""

    def __init__(self) -> None:
        self._left = MAX_SUGGESTIONS

    def spend(self, text: str) -> bool:
        """True if one more search is granted."""
        granted = self._left > 0 and len(text) <= MAX_KEY
        self._left -= granted
        return granted

    def word(self, text: str, words: Mapping[str, str]) -> dict[str, str]:
        """What the word nearest to `text` stands for."""
        near = get_close_matches(fold(text), words, n=1, cutoff=0.6) if self.spend(text) else None
        return {"near": words[near[0]]} if near else {}

    def key(self, key: str, keys: Keys) -> dict[str, str]:
        """The key probably meant: the same but for zeros, case or marks; a person of this name;
        or one slip away. Each is looked up, so 100,000 keys cost no more than ten."""
        if not self.spend(key):
            return {}
        near = keys.alike.get(bare(key)) or keys.alike.get(fold(key))
        if not near:
            near = next((slip for slip in _slips(key, keys.letters) if slip in keys.lines), "")
        return {"near": near} if near else {}


class Keys:
    """Every key of a list, arranged for finding the one that was meant."""

    def __init__(self, lines: Mapping[str, int], names: Mapping[str, str]) -> None:
        self.lines = lines
        self.alike = {fold(name): key for key, name in names.items()}
        self.alike |= {bare(key): key for key in names}
        self.alike.pop("", None)
        letters = sorted(set().union(*lines))
        self.letters = "".join(letters) if len(letters) <= MAX_LETTERS else ""
        self._longest = max(map(len, lines), default=0)

    def shown(self, key: str) -> str:
        """`key` in quotes, unless it is longer than any key: then it may be an address."""
        address = "@" in key or key.startswith("+") or len(key) > self._longest + 1
        return "written here" if address and not key.isalpha() else f"'{key[:MAX_KEY]}'"


def bare(key: str) -> str:
    """What a key comes down to when a spreadsheet drops zeros and people ignore case."""
    return fold(key).lstrip("0")


def _slips(key: str, letters: str) -> Iterator[str]:
    """Every text one slip away from `key`: two letters swapped, one missing, wrong or too many."""
    for i in range(len(key) + 1):
        before, after = key[:i], key[i:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        yield from (before + letter + after for letter in letters)


def language(text: str, nearest: Nearest) -> str | Wrong:
    """The code of a language by its code or its name, in any of the five."""
    found = LANGUAGE_WORDS.get(fold(text))
    primary = re.split("[-_]", text.lower())[0]
    if not found and primary in ("en", "ja", "ar") and re.fullmatch(r"[\w-]{4,12}", text):
        found = primary  # en-GB, ja_JP, ar-EG
    if found:
        return found
    if primary == "zh" or fold(text) in CHINESE:
        return Wrong("chinese", {"value": shown(text)})
    return Wrong("language", {"value": shown(text), **nearest.word(text, LANGUAGE_WORDS)})


def time_zone(text: str, nearest: Nearest) -> str | Wrong:
    """The IANA name of a time zone; a city or a country is only suggested."""
    found = time_zones().get(text.lower().replace(" ", "_"))
    if found:
        return found
    near = ZONE_HINTS.get(fold(text)) or _places().get(fold(text))
    more = {"near": near} if near else nearest.word(text, _places())
    return Wrong("time_zone", {"value": shown(text), **more})


def roles(text: str, nearest: Nearest) -> frozenset[Role] | Wrong:
    """The roles named; "staff" is nobody's in particular and left out."""
    found: set[str] = set()
    for part in filter(None, map(str.strip, re.split("[,;/|\n、，；،؛]", text))):
        words = [part] if fold(part) in ROLE_WORDS else part.split()
        for word in words:
            if fold(word) not in ROLE_WORDS:
                return Wrong("role", {"value": shown(word), **nearest.word(word, ROLE_WORDS)})
            found.add(ROLE_WORDS[fold(word)])
    return frozenset(map(Role, found)) - {Role.STAFF}


def yes_no(text: str, nearest: Nearest) -> bool | Wrong:
    """Yes or no, as a word or a mark."""
    found = MARKS.get(text) or YES_NO_WORDS.get(fold(text))
    if found:
        return found == "yes"
    return Wrong("yes_no", {"value": shown(text), **nearest.word(text, YES_NO_WORDS)})


# --- addresses -----------------------------------------------------------------------------

Contact = tuple[str, str]
"""(channel, address), the address "" where the channel needs none."""
CONTACT_COLUMNS = (("contacts", ""), ("email", "email"), ("phone", "sms"))
"""In the order in which they are tried, with the channel that is meant."""
WITHOUT_ADDRESS = {"web"}
NUMBERED = {"sms", "voice"}
EXAMPLES = {"email": "email:name@example.org", "sms": "sms:+819012345678"}
EXAMPLES |= {"voice": "voice:+81312345678"}
ITEMS = re.compile(r"[;；؛\n]")
LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
EMAIL = re.compile(rf'[^\s@,:<>()\[\]\\"]{{1,64}}@(?:{LABEL}\.)+(?=[^\W\d_][^\W_]){LABEL}')
SPACING = str.maketrans("", "", " -().")
PLAIN_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


class Addresses:
    """Reads contacts for the channels in use; `country` (two letters) helps short numbers."""

    def __init__(self, channels: Collection[str], country: str, nearest: Nearest) -> None:
        self.channels = channels
        self._country = country.upper() or None
        self._nearest = nearest
        self._words = {fold(channel): channel for channel in channels} | {
            word: channel for word, channel in CHANNEL_WORDS.items() if channel in channels
        }

    def contact(self, item: str) -> Contact | Wrong:
        """`channel` or `channel:address`, as written in the column of contacts."""
        word, colon, text = item.replace("：", ":").partition(":")
        channel = self._words.get(fold(word))
        if channel:
            return self.address(channel, text.strip())
        example = next((EXAMPLES[c] for c in EXAMPLES if c in self.channels), "web")
        if not colon and not quotable(item):
            return Wrong("bare_address", {"example": example})
        args = {"value": shown(word), "channels": ", ".join(sorted(self.channels))}
        near = self._nearest.word(word, self._words)
        return Wrong("channel", {**args, "example": example, **near})

    def address(self, channel: str, text: str) -> Contact | Wrong:
        """One address as it is kept: numbers as E.164, domains in lower case."""
        named = {"channel": channel, "example": EXAMPLES.get(channel, f"{channel}:address")}
        if channel in WITHOUT_ADDRESS:
            return Wrong("needless_address", named) if text else (channel, "")
        if not text:
            return Wrong("no_address", named)
        if channel in NUMBERED:
            return self._number(channel, text)
        if channel == "email":
            return _email(text)
        if len(text) > MAX_ADDRESS or not text.isprintable() or " " in text:
            return Wrong("address", named)
        return channel, text

    def _number(self, channel: str, text: str) -> Contact | Wrong:
        plain = _plain_number(text)
        if plain:
            return channel, plain
        try:
            number = phonenumbers.parse(text, self._country)
        except NumberParseException as error:
            unplaced = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
            return Wrong("phone_country" if unplaced else "phone")
        fits = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
        if not fits or number.extension:
            return Wrong("phone")
        return channel, phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _email(text: str) -> Contact | Wrong:
    local, _, domain = unicodedata.normalize("NFKC", text).rpartition("@")
    address = f"{local}@{domain.lower()}"
    dotted = ".." in local or local.startswith(".") or local.endswith(".")
    fits = len(address) <= MAX_ADDRESS and not dotted and EMAIL.fullmatch(address)
    return ("email", address) if fits else Wrong("email")


def _plain_number(text: str) -> str:
    """An international number already as it should be, at a fifth of the parser's cost; "" for
    any that needs the parser: a prefix to drop, an unusual length, a country not known."""
    digits = text.translate(SPACING)
    if not PLAIN_NUMBER.fullmatch(digits):
        return ""
    for end in (2, 3, 4):
        rules = _number_rules(int(digits[1:end]))
        if rules is not None:
            prefix, lengths = rules
            rest = digits[end:]
            return digits if len(rest) in lengths and not prefix.match(rest) else ""
    return ""


@cache
def _number_rules(country_code: int) -> tuple[re.Pattern[str], frozenset[int]] | None:
    """What a national number must not begin with, and how many digits it may have."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(country_code)
    about = PhoneMetadata.metadata_for_region(regions[0], None) if regions else None
    if about is None:
        return None
    lengths = frozenset(about.general_desc.possible_length) if about.general_desc else frozenset()
    return re.compile(f"0|{about.national_prefix_for_parsing or '0'}"), lengths


# --- what a check gives ---------------------------------------------------------------------

COMPARED = ("name", "language", "time_zone", "site", "team", "lead", "deputy", "roles", "away")
"""What can change of a person, besides the contacts."""


@dataclass(frozen=True, slots=True)
class RosterProblem(Problem):
    """A problem, or a warning, of the list as a list of people."""

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Problem.SENTENCES,
        "missing_column": "There is no column '{field}'. Give one column the title {titles}.",
        "column_twice": "This column and {other} both mean '{field}'. Delete one or rename it.",
        "nobody": "There is a header but nobody below it. Importing it would remove everyone.",
        "key_empty": "The key is missing. Write the staff number.",
        "key_form": "A key has no spaces, commas or semicolons. Write it without.",
        "key_address": "This is an address, and keys are shown to everyone. Write the staff"
        " number, or any short word that is this person's alone.",
        "key_rounded": "A spreadsheet has rounded this number. Format the column as text and"
        " write the number again.",
        "key_twice": "The key '{key}' is on line {other} as well. Give each person a key of their"
        " own, or delete one of the lines.",
        "name_empty": "The name is missing. Write the person's name.",
        "unknown_key": "Nobody has the key {value}. Write the key of somebody in the list, or"
        " leave the cell empty.",
        "own_lead": "'{key}' is their own lead. Write the key of the person above, or leave the"
        " cell empty at the top.",
        "own_deputy": "'{key}' is their own deputy. Write somebody else's key, or leave the cell"
        " empty.",
        "circle": "The reporting line runs in a circle: {circle}. Give one of them another lead.",
        "language": "{value} is not a language spoken here. Write en, ja, zh-Hant, zh-Hans or ar.",
        "chinese": "{value} may be either Chinese. Write zh-Hant (traditional) or zh-Hans"
        " (simplified).",
        "time_zone": "{value} is not a time zone. Write one such as Asia/Tokyo.",
        "role": "{value} is not a role. Write responder, safety or admin, or leave the cell empty.",
        "yes_no": "{value} is neither yes nor no. Write yes or no.",
        "channel": "{value} is not a channel in use. Write one of {channels}, with its address:"
        " {example}.",
        "bare_address": "An address is written without its channel. Write the channel in front,"
        " such as {example}.",
        "no_address": "The channel '{channel}' needs an address. Write it as {example}.",
        "needless_address": "The channel '{channel}' needs no address. Write only {channel}.",
        "email": "This is not an e-mail address. Write it like name@example.org, nothing around"
        " it; separate several by a semicolon.",
        "phone_country": "The phone number has no country code. Write it with plus sign and"
        " country code, like +81 90 1234 5678, and format the column as text.",
        "phone": "This is not a phone number. Write it with plus sign and country code, like"
        " +81 90 1234 5678, without extension; separate several by a semicolon.",
        "address": "The address for '{channel}' holds a space or is too long. Write it as"
        " {channel}:address; separate several by a semicolon.",
        "too_many_contacts": "More than {most} contacts. Keep the best ones.",
        "address_twice": "The same address is given to another person on line {other}. Give each"
        " person their own.",
        "unknown_column": "No column with this title is known; it was not read.",
        "untitled_column": "This column has no title; it was not read.",
        "unused_column": "The channel '{channel}' is not in use; these addresses were not read.",
        "unreachable": "Nobody can reach {people}. Give them contacts; until then they must be"
        " looked after in person.",
        "tops": "{count} people have no lead: {people}. Nobody is asked when they stay silent.",
        "no_deputy": "No deputy for {count} of the leads: {people}.",
        "still_leads": "'{key}' is not in this list, but {people} still name them as lead or"
        " deputy.",
        "alike": "'{key}' is new and looks like '{other}', who would leave. Has a spreadsheet"
        " dropped zeros in front?",
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the list has them. An empty lead is `None`, an empty language is the
    organisation's own; `contacts` are (channel, address) in the order to be tried."""

    line: int
    key: str
    name: str
    language: str
    time_zone: str
    site: str
    team: str
    lead: str | None
    deputy: str | None
    roles: frozenset[Role]
    away: bool
    contacts: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person as already stored, by the same names as in `Entry`.

    `contacts` are (channel, fingerprint), the fingerprint being what the caller's own
    `fingerprint` makes of an address, "" without one; `None` if they cannot be compared.
    """

    name: str
    language: str = ""
    time_zone: str = ""
    site: str = ""
    team: str = ""
    lead: str | None = None
    deputy: str | None = None
    roles: frozenset[Role] = frozenset()
    away: bool = False
    contacts: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)
    left: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """What a list says and what importing it would change, as keys in the order of the list.

    `fields` names what the list speaks of; importing must leave everything else as it is. For
    people already known the entries repeat it, except contacts, which stay empty.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    added: tuple[str, ...] = ()
    """New, or back after having left."""
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    """Known, still here, and not in the list."""
    fields: frozenset[str] = frozenset()


Fingerprint = Callable[[str, str], str]
"""(channel, address) -> what the store keeps to find the address again."""
NOBODY = KnownPerson("")
T = TypeVar("T")


def check(
    sheet: Sheet,
    known: Mapping[str, KnownPerson],
    channels: Collection[str],
    *,
    language: str = "",
    time_zone: str = "",
    country: str = "",
    fingerprint: Fingerprint | None = None,
    progress: Progress | None = None,
) -> Roster:
    """The people in `sheet`, compared with those `known` by key.

    `channels` are those in use. `language` and `time_zone` stand in for empty cells, `country`
    (two letters, such as "JP") for the country of phone numbers without one. Without
    `fingerprint` whoever has an address counts as changed. `progress` is told the number of
    lines done, about every 1,000.
    """
    if sheet.problems:
        return Roster(problems=sheet.problems, warnings=sheet.warnings)
    nearest = Nearest()
    addresses = Addresses(channels, country, nearest)
    reading = Reading(sheet, known, addresses, nearest, KnownPerson("", language, time_zone))
    if reading.columns():
        reading.people(progress)
        check_line(reading, nearest)
    if reading.problems:
        reading.problems.sort(key=lambda problem: problem.line or 0)
        return Roster(problems=bounded(reading.problems), warnings=bounded(reading.warnings))
    leaving = reading.absent()
    remark(reading, leaving)
    groups: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": []}
    for entry in reading.entries:
        group = _compare(entry, known.get(entry.key), reading.fields, fingerprint)
        groups[group].append(entry.key)
    return Roster(
        entries=tuple(reading.entries),
        warnings=bounded(reading.warnings),
        added=tuple(groups["added"]),
        changed=tuple(groups["changed"]),
        unchanged=tuple(groups["unchanged"]),
        leaving=tuple(leaving),
        fields=frozenset(reading.fields),
    )


def _compare(
    entry: Entry, was: KnownPerson | None, fields: Collection[str], fingerprint: Fingerprint | None
) -> str:
    if was is None or was.left:
        return "added"
    if any(getattr(entry, name) != getattr(was, name) for name in COMPARED):
        return "changed"
    if "contacts" not in fields:
        return "unchanged"
    if was.contacts is None or (fingerprint is None and any(a for _, a in entry.contacts)):
        return "changed"
    now = tuple((c, fingerprint(c, a) if fingerprint and a else "") for c, a in entry.contacts)
    return "unchanged" if now == was.contacts else "changed"


# --- line by line ---------------------------------------------------------------------------

APART = re.compile(r"[\s,;]")
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""What a spreadsheet makes of a long number: 1.23457E+17."""


class Reading:
    """A sheet as far as it was read: entries, and what was found on the way."""

    def __init__(
        self,
        sheet: Sheet,
        known: Mapping[str, KnownPerson],
        addresses: Addresses,
        nearest: Nearest,
        usual: KnownPerson,
    ) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = list(sheet.warnings)
        self.entries: list[Entry] = []
        self.fields: set[str] = set()
        self.known = known
        self.at: dict[str, int] = {}
        """Field -> index of its column."""
        self.lines: dict[str, int] = {}
        """Key -> line."""
        self._sheet = sheet
        self._contacts = addresses
        self._nearest = nearest
        self._usual = usual
        self._owners: dict[Contact, int] = {}
        self._parsed: dict[tuple[str, str], object] = {}

    def say(self, line: int, name: str, code: str, args: Mapping[str, str] = NOTHING) -> None:
        """Note a problem in the column of field `name`."""
        place = self._sheet.column(self.at[name])
        self.problems.append(RosterProblem(line, place, code, args))

    def warn(self, code: str, column: str = "", **args: str) -> None:
        """Note a warning."""
        self.warnings.append(RosterProblem(None, column, code, args))

    def absent(self) -> list[str]:
        """Keys of those known and still here who are not in the list."""
        return [k for k, p in self.known.items() if not p.left and k not in self.lines]

    def columns(self) -> bool:
        """Find each field's column; False if it is of no use to go on."""
        sheet = self._sheet
        meant: dict[str, str] = {}
        for index, title in enumerate(sheet.header):
            name, place = field_of(title), sheet.column(index)
            if name is None and title:
                near = self._nearest.word(title, TITLE_WORDS)
                meant |= dict.fromkeys(near.values(), place)
                self.warn("unknown_column", place, **near)
            elif name is None:
                if any(row.cells[index] for row in sheet.rows):
                    self.warn("untitled_column", place)
            elif name in self.at:
                args = {"other": sheet.column(self.at[name]), "field": name}
                self.problems.append(RosterProblem(None, place, "column_twice", args))
            else:
                self.at[name] = index
        for name in ("key", "name"):
            if name not in self.at:
                args = {"field": name, "titles": ", ".join(TITLES[name].split("; ")[:4])}
                place = meant.get(name, "")
                self.problems.append(RosterProblem(None, place, "missing_column", args))
        for name, channel in CONTACT_COLUMNS[1:]:
            if name in self.at and channel not in self._contacts.channels:
                self.warn("unused_column", sheet.column(self.at.pop(name)), channel=channel)
        self.fields = {"contacts" if f in ("email", "phone") else f for f in self.at}
        if not sheet.rows:
            self.problems.append(RosterProblem(None, "", "nobody"))
        return not self.problems

    def people(self, progress: Progress | None) -> None:
        """Read every line into an entry, wrong ones too, so that all problems are found."""
        for count, row in enumerate(self._sheet.rows, 1):
            if progress and count % 1000 == 0:
                progress(count)
            self.entries.append(self._entry(row))
        if progress:
            progress(len(self.entries))

    def _entry(self, row: Row) -> Entry:
        key = self._key(row)
        was = self.known.get(key, NOBODY)
        usual = self._usual
        if not row.cells[self.at["name"]]:
            self.say(row.line, "name", "name_empty")
        return Entry(
            row.line,
            key,
            self._text(row, "name", was.name),
            self._word(row, "language", language, was.language) or usual.language,
            self._word(row, "time_zone", time_zone, was.time_zone) or usual.time_zone,
            self._text(row, "site", was.site),
            self._text(row, "team", was.team),
            self._text(row, "lead", was.lead) or None,
            self._text(row, "deputy", was.deputy) or None,
            self._word(row, "roles", roles, was.roles) or frozenset(),
            self._word(row, "away", yes_no, was.away) or False,
            self._ways(row, key),
        )

    def _key(self, row: Row) -> str:
        key = row.cells[self.at["key"]]
        code = ""
        args: Mapping[str, str] = NOTHING
        if not key:
            code = "key_empty"
        elif "@" in key or key.startswith("+"):
            code = "key_address"
        elif ROUNDED.fullmatch(key):
            code = "key_rounded"
        elif len(key) > MAX_KEY:
            code, args = "too_long", {"most": str(MAX_KEY)}
        elif not key.isprintable() or APART.search(key):
            code = "key_form"
        elif key in self.lines:
            code, args = "key_twice", {"key": key, "other": str(self.lines[key])}
        else:
            self.lines[key] = row.line
        if code:
            self.say(row.line, "key", code, args)
        return key

    def _text(self, row: Row, name: str, was: str | None) -> str:
        index = self.at.get(name)
        if index is None:
            return was or ""
        text = row.cells[index]
        if len(text) > MAX_TEXT:
            self.say(row.line, name, "too_long", {"most": str(MAX_TEXT)})
        return text if text.isprintable() else re.sub(r"[\t\n]+", " ", text)

    def _word(
        self, row: Row, name: str, parse: Callable[[str, Nearest], T | Wrong], was: T
    ) -> T | None:
        """One of few words, parsed once however many lines repeat it; `None` for an empty cell."""
        index = self.at.get(name)
        if index is None:
            return was
        text = row.cells[index]
        if not text:
            return None
        if (name, text) not in self._parsed:
            self._parsed[name, text] = parse(text, self._nearest)
        found = cast("T | Wrong", self._parsed[name, text])
        if isinstance(found, Wrong):
            self.say(row.line, name, found.code, found.args)
            return None
        return found

    def _ways(self, row: Row, key: str) -> tuple[Contact, ...]:
        """The ways to reach one person; no address may be somebody else's as well."""
        found: dict[Contact, Contact] = {}
        name = ""
        repeated = self.lines.get(key) != row.line  # said already; its addresses would repeat too
        for column, channel in CONTACT_COLUMNS:
            index = self.at.get(column)
            if index is None or not row.cells[index]:
                continue
            name = column
            for item in filter(None, map(str.strip, ITEMS.split(row.cells[index]))):
                reads = self._contacts
                contact = reads.address(channel, item) if channel else reads.contact(item)
                if isinstance(contact, Wrong):
                    self.say(row.line, name, contact.code, contact.args)
                    continue
                found.setdefault((contact[0], contact[1].casefold()), contact)
                kind = "number" if contact[0] in NUMBERED else contact[0]
                if contact[1] and not repeated:
                    owner = self._owners.setdefault((kind, contact[1].casefold()), row.line)
                    if owner != row.line:
                        self.say(row.line, name, "address_twice", {"other": str(owner)})
        if len(found) > MAX_CONTACTS:
            self.say(row.line, name, "too_many_contacts", {"most": str(MAX_CONTACTS)})
        return tuple(found.values())


# --- the reporting line ---------------------------------------------------------------------


def check_line(reading: Reading, nearest: Nearest) -> None:
    """Leads and deputies must exist, be somebody else, and lead to the top."""
    absent = reading.absent()
    keys = [*reading.lines, *absent]
    ids = {key: i for i, key in enumerate(keys)}
    leads: dict[str, str | None] = {key: reading.known[key].lead for key in absent}
    spelt: Keys | None = None
    for entry in reading.entries:
        for name, whom in (("lead", entry.lead), ("deputy", entry.deputy)):
            if whom is None or name not in reading.at:
                continue
            if whom not in ids:
                if spelt is None:  # most lists never need it
                    names = {e.key: e.name for e in reading.entries if e.key in reading.lines}
                    spelt = Keys(reading.lines, names)
                args = {"value": spelt.shown(whom), **nearest.key(whom, spelt)}
                reading.say(entry.line, name, "unknown_key", args)
            elif whom == entry.key:
                reading.say(entry.line, name, f"own_{name}", {"key": entry.key})
            elif name == "lead" and reading.lines.get(entry.key) == entry.line:
                leads[entry.key] = whom
    tree = CallTree(TreeRow(ids[key], ids.get(lead or "")) for key, lead in leads.items())
    for loop in tree.loops():
        circle = [keys[i] for i in loop]
        lines = [reading.lines[key] for key in circle if key in reading.lines]
        if not lines:
            continue  # a circle among people this list does not speak of
        first = next(i for i, key in enumerate(circle) if reading.lines.get(key) == min(lines))
        circle = circle[first:] + circle[:first]
        text = " -> ".join(_person(reading, key) for key in circle[:MAX_CIRCLE])
        if len(circle) > MAX_CIRCLE:
            text += f" -> {len(circle) - MAX_CIRCLE:,} more"
        reading.say(min(lines), "lead", "circle", {"circle": f"{text} -> {circle[0]}"})


def remark(reading: Reading, leaving: list[str]) -> None:
    """What is worth a look but stops nothing: gaps in the tree, people out of reach."""
    known, entries = reading.known, reading.entries
    alone, tops = [], []
    leads = {entry.lead for entry in entries}
    for entry in entries:
        was = known.get(entry.key)
        unsaid = "contacts" not in reading.fields and was is not None and was.contacts != ()
        if not entry.contacts and not unsaid:
            alone.append(entry.key)
        if entry.lead is None:
            tops.append(entry.key)
    if alone:
        reading.warn("unreachable", people=_people(reading, alone))
    if len(tops) > 1:
        reading.warn("tops", count=f"{len(tops):,}", people=_people(reading, tops))
    single = [entry.key for entry in entries if entry.key in leads and not entry.deputy]
    if single:
        reading.warn("no_deputy", count=f"{len(single):,}", people=_people(reading, single))
    still: dict[str | None, list[str]] = {key: [] for key in leaving}
    for entry in entries:
        for whom in {entry.lead, entry.deputy} & still.keys():
            still[whom].append(entry.key)
    for key in leaving:
        if still[key]:
            reading.warn("still_leads", key=key, people=_people(reading, still[key]))
    gone = {bare(key): key for key in leaving}
    for entry in entries if leaving else ():
        if entry.key not in known and bare(entry.key) in gone:
            reading.warn("alike", key=entry.key, other=gone[bare(entry.key)])


def _person(reading: Reading, key: str) -> str:
    line = reading.lines.get(key)
    return f"{key} (line {line})" if line else f"{key} (not in this list)"


def _people(reading: Reading, keys: list[str]) -> str:
    text = ", ".join(_person(reading, key) for key in keys[:MAX_LISTED])
    more = len(keys) - MAX_LISTED
    return f"{text} and {more:,} more" if more > 0 else text
