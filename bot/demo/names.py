"""What the made-up organisation is called, and the names of its people, in five languages.

Rules of the room:
- The organisation says of itself that it is made up. Its places are on no map.
- A name is put together from a family name and a given name as they are common in a language;
  nobody in particular is meant. Names repeat only when all combinations are used up.

>>> name("en", 0), name("ja", 0), name("ja", 1) == name("ja", 0)
('Oliver Bennett', '佐藤 陽菜', False)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd


@dataclass(frozen=True, slots=True)
class Places:
    """What organisation, sites and teams are called in one language."""

    organisation: str
    sites: tuple[str, str, str]
    office: str
    """The team of those who lead a site."""
    teams: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    """What the teams of each site do."""


PLACES: Mapping[str, Places] = {
    "en": Places(
        "Cloud & Umbrella Works (made up)",
        ("North Works", "Harbour Depot", "Hill Office"),
        "Management",
        (
            ("Assembly", "Dye shop", "Workshop", "Quality"),
            ("Receiving", "Shipping", "Stores", "Drivers"),
            ("Accounts", "Sales", "Service desk", "Design"),
        ),
    ),
    "ja": Places(
        "くもかさ製作所（架空の会社）",
        ("北工場", "港倉庫", "丘の上オフィス"),
        "管理室",
        (
            ("組立", "染色", "工作", "品質"),
            ("入荷", "出荷", "保管", "配送"),
            ("経理", "営業", "お客様窓口", "設計"),
        ),
    ),
    "zh-Hant": Places(
        "雲傘製作所（虛構）",
        ("北區工廠", "港口倉庫", "山丘辦公室"),
        "管理部",
        (
            ("組裝", "染整", "機工", "品管"),
            ("進貨", "出貨", "倉儲", "運輸"),
            ("會計", "業務", "客服", "設計"),
        ),
    ),
    "zh-Hans": Places(
        "云伞制作所（虚构）",
        ("北区工厂", "港口仓库", "山丘办公室"),
        "管理部",
        (
            ("装配", "染整", "机修", "质检"),
            ("收货", "发货", "仓储", "运输"),
            ("财务", "销售", "客服", "设计"),
        ),
    ),
    "ar": Places(
        "مصنع الغيمة والمظلة (اسم وهمي)",
        ("مصنع الشمال", "مستودع الميناء", "مكتب التل"),
        "الإدارة",
        (
            ("التجميع", "الصباغة", "الورشة", "الجودة"),
            ("الاستلام", "الشحن", "التخزين", "السائقون"),
            ("الحسابات", "المبيعات", "خدمة العملاء", "التصميم"),
        ),
    ),
}

_FAMILY: Mapping[str, str] = {
    "en": "Bennett Clarke Dalton Eldridge Foster Gardner Harper Irving Jenkins Kendall"
    " Lawson Merton Nolan Osborne Pearce Quinn Russell Sawyer Turner Underwood Vaughn"
    " Weaver Yates Ashby Barlow Chapman Doyle Emerson Fairley Goodwin",
    "ja": "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本"
    " 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川",
    "zh-Hant": "陳 林 黃 張 李 王 吳 劉 蔡 楊 許 鄭 謝 洪 郭 邱 曾 廖 賴 徐 周 葉 蘇 莊 呂"
    " 江 何 蕭 羅 高",
    "zh-Hans": "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩"
    " 唐 冯 于 董 程",
    "ar": "الخطيب النجار الحداد الصائغ الحلاق الخياط الصباغ النحاس العطار القصاب الكيال"
    " الوراق النساج الدباغ البستاني القاضي الحائك العسال الطحان الفحام الملاح الجمال"
    " الخباز السراج البزاز القطان اللبان الكاتب الراعي السماك",
}
_GIVEN: Mapping[str, str] = {
    "en": "Oliver Emma Jack Amelia Henry Sophie Thomas Grace Daniel Hannah Samuel Lucy"
    " Edward Alice Martin Helen Peter Nora Simon Clara Adam Julia Philip Rose Victor Irene"
    " Hugh Diana Leo Ruth Owen",
    "ja": "陽菜 健太 美咲 翔太 さくら 康平 結衣 直樹 葵 達樹 彩花 悠斗 千尋 和也 真由"
    " 蓮 恵子 誠 由美 浩 七海 亮 奈々 隆 明日香 稔 友美 剛 香織 学 綾",
    "zh-Hant": "怡君 志明 淑芬 家豪 雅婷 俊宏 美玲 冠豪 詩涵 建宏 佳穎 宗翰 惠雯 承恩 欣怡"
    " 柏翰 宜蓁 彥廷 心怡 信安 佩珊 文彬 筱涵 明哲 靜宜 國華 玉婷 子軒 雅雯 育誠 思妤",
    "zh-Hans": "雨欣 建民 秀英 浩然 佳怡 志强 春梅 宏伟 子涵 思远 海燕 晓东 玉兰 文博 丽芳"
    " 立新 雪梅 国庆 小燕 振明 美玲 永安 婷婷 家明 晓雯 俊峰 桂英 新宇 秋菊 一帆 欣然",
    "ar": "أحمد فاطمة محمد عائشة يوسف مريم خالد نورة عمر ليلى سعيد هدى حسن سارة علي"
    " زينب إبراهيم سلمى طارق ريم كريم دانة ماجد أمل فيصل لينا ناصر جميلة بدر منى وليد",
}
_FAMILIES = {language: tuple(words.split()) for language, words in _FAMILY.items()}
_GIVENS = {language: tuple(words.split()) for language, words in _GIVEN.items()}


def name(language: str, number: int) -> str:
    """The name of the `number`-th person (0 is the first) who speaks `language`."""
    families, givens = _FAMILIES[language], _GIVENS[language]
    # Both lists are walked at once. As their lengths share no factor, every combination comes
    # once before any comes again.
    family, given = families[number % len(families)], givens[number % len(givens)]
    match language:
        case "ja":
            return f"{family} {given}"
        case "zh-Hant" | "zh-Hans":
            return f"{family}{given}"
        case _:
            return f"{given} {family}"


assert all(gcd(len(_FAMILIES[x]), len(_GIVENS[x])) == 1 for x in PLACES)  # noqa: S101
