"""The words a list of people is written in, in five languages.

Rules of the room:
- Each word stands for one thing, whatever its case, width, spacing or accents.
- A new spelling is one more word in a table.

>>> field_of("所属長 (必須)"), field_of("E-MAIL"), field_of("shoe size")
('lead', 'email', None)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from bot.people import Role

MAX_KEY = 64

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
    "shown": "show number; show number to lead; number for lead; 番号を上司に表示; 番号表示;"
    "向主管顯示號碼; 顯示號碼; 向主管显示号码; 显示号码; إظهار الرقم; إظهار الرقم للمسؤول",
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
    """True for a title this room knows; made for `bot.roster.sheets.read`."""
    return field_of(text) is not None


@cache
def time_zones() -> Mapping[str, str]:
    """Every IANA time zone by its name in lower case; a table of Python's, read once."""
    return {zone.lower(): zone for zone in available_timezones() - {"localtime", "Factory"}}


@cache
def places() -> Mapping[str, str]:
    """Time zones by their names and by the city alone, folded: for suggestions only."""
    zones = sorted(time_zones().values())
    return {fold(z.rpartition("/")[2]): z for z in zones} | {fold(z): z for z in zones}
