"""The words are whole: five languages, the same keys, the same values, nothing left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.app import rules_of
from bot.config import Settings
from bot.config.sections import BUILT_IN_KINDS
from bot.forms import FORMS, fold
from bot.lexicon import COMMANDS, Lexicon
from bot.people import LANGUAGES
from bot.rollcalls import ANSWERS, RECORDED
from bot.texts import Texts
from bot.views import views

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "bot" / "texts"

LONGEST_LABEL = 40
LONGEST_TITLE = 120
LONGEST = 300

ARABIC = {"zero", "one", "two", "few", "many", "other"}
DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

SENTENCES = re.compile(r"option-rollcall-words-.*")
"""Options that are whole sentences: the message of a roll call."""
LABELS = re.compile(
    r"(answer|for|button(?!-gone)|option|menu|kind|badge|fact|channel|tally-\w+$)-.*|send.*"
)
TITLES = re.compile(r"ask-.*|.*-title(-.*)?|told-.*|recorded-.*")

TEXTS = Texts()
LEXICON = Lexicon(TEXTS, rules_of(Settings()))


def parsed(language: str) -> list[ftl.EntryType]:
    source = (FOLDER / f"{language}.ftl").read_text(encoding="utf-8")
    return FluentParser().parse(source).body


def messages(language: str) -> dict[str, ftl.Message]:
    return {e.id.name: e for e in parsed(language) if isinstance(e, ftl.Message)}


MESSAGES = {language: messages(language) for language in LANGUAGES}
KEYS = sorted(MESSAGES["en"])


def inside(node: object) -> Iterator[ftl.BaseNode]:
    """A node of the syntax and all below it."""
    if isinstance(node, ftl.BaseNode):
        yield node
        for value in vars(node).values():
            yield from inside(value)
    elif isinstance(node, list):
        for value in node:
            yield from inside(value)


def variables(message: ftl.Message) -> set[str]:
    found = (node for node in inside(message) if isinstance(node, ftl.VariableReference))
    return {node.id.name for node in found}


def texts_of(message: ftl.Message) -> list[str]:
    """A message as it may come out, values left away: one text a plural form."""
    selects = [n for n in inside(message) if isinstance(n, ftl.SelectExpression)]
    patterns = [v.value for s in selects for v in s.variants] or [message.value or ftl.Pattern([])]
    return ["".join(e.value for e in inside(p) if isinstance(e, ftl.TextElement)) for p in patterns]


# --- the files -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert sorted(MESSAGES[language]) == KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_no_faults_and_says_nothing_twice(language: str) -> None:
    entries = parsed(language)
    assert [e.content for e in entries if isinstance(e, ftl.Junk)] == []
    names = [e.id.name for e in entries if isinstance(e, ftl.Message)]
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_speaks_of_the_same_values(language: str) -> None:
    here = {key: variables(MESSAGES[language][key]) for key in KEYS}
    english = {key: variables(MESSAGES["en"][key]) for key in KEYS}
    assert {k: (v, english[k]) for k, v in here.items() if v != english[k]} == {}


def test_arabic_has_a_form_for_every_plural() -> None:
    selects = {
        key: [{v.key.name for v in s.variants if isinstance(v.key, ftl.Identifier)}]
        for key, message in MESSAGES["ar"].items()
        for s in inside(message)
        if isinstance(s, ftl.SelectExpression)
    }
    assert len(selects) > 10
    assert {key: forms for key, forms in selects.items() if forms != [ARABIC]} == {}


def test_arabic_has_plurals_wherever_english_has() -> None:
    def chooses(message: ftl.Message) -> bool:
        return any(isinstance(n, ftl.SelectExpression) for n in inside(message))

    # These name the number apart from the noun, so nothing depends on it.
    apart = {"worklist-title", "tally-row-help", "tally-row-done"}
    wanted = {key for key, message in MESSAGES["en"].items() if chooses(message)}
    assert {key for key in wanted if not chooses(MESSAGES["ar"][key])} == apart


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_short(language: str) -> None:
    long = {}
    for key, message in MESSAGES[language].items():
        if key.endswith("-words"):
            continue
        limit = LONGEST
        if LABELS.fullmatch(key) and not SENTENCES.fullmatch(key):
            limit = LONGEST_LABEL
        elif TITLES.fullmatch(key):
            limit = LONGEST_TITLE
        for text in texts_of(message):
            if len(text) > limit:
                long[key] = len(text)
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty(language: str) -> None:
    empty = [k for k, m in MESSAGES[language].items() if not all(t.strip() for t in texts_of(m))]
    # These consist of their values alone.
    assert set(empty) <= {"form-progress", "note-with-words", "incident-reason"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_direction_mark_is_typed_by_hand(language: str) -> None:
    assert DIRECTION_MARKS.search((FOLDER / f"{language}.ftl").read_text(encoding="utf-8")) is None


# --- what must have words ------------------------------------------------------------------


def test_every_question_and_option_has_words() -> None:
    wanted = set()
    for form in FORMS.values():
        wanted.add(f"button-resume-{form.name}")
        for question in form.questions:
            wanted.add(f"ask-{form.name}-{question.name}")
            wanted |= {f"option-{form.name}-{question.name}-{v}" for v in question.options}
    assert wanted - set(KEYS) == set()


def test_every_kind_answer_and_command_has_words_to_type() -> None:
    wanted = {f"kind-{kind}" for kind in BUILT_IN_KINDS} | {f"answer-{a}" for a in ANSWERS}
    typed = {f"{key}-words" for key in wanted} | {f"command-{c}-words" for c in COMMANDS}
    assert (wanted | typed) - set(KEYS) == set()
    for key in typed:
        assert set(TEXTS.every(key)) == set(LANGUAGES), key


def test_every_answer_that_may_stand_has_words_wherever_it_is_shown() -> None:
    families = ("tally", "recorded-for", "checkin-recorded-for", "for", "board-did-answered")
    wanted = {f"{family}-{answer}" for family in families for answer in RECORDED}
    assert wanted - set(KEYS) == set()


def meanings(keys: dict[str, str]) -> dict[str, set[str]]:
    """Each typed word of any language, folded, to everything it would mean."""
    found: dict[str, set[str]] = {}
    for meaning, key in keys.items():
        for word in TEXTS.anywhere(f"{key}-words"):
            found.setdefault(fold(word), set()).add(meaning)
    return found


def test_no_typed_word_means_two_things() -> None:
    whole_lines = {f"answer {a}": f"answer-{a}" for a in ANSWERS}
    whole_lines |= {f"command {c}": f"command-{c}" for c in COMMANDS}
    groups = [whole_lines, {kind: f"kind-{kind}" for kind in BUILT_IN_KINDS}]
    for form in FORMS.values():
        for question in form.questions:
            prefix = f"option-{form.name}-{question.name}-"
            words = [key for key in KEYS if key.startswith(prefix) and key.endswith("-words")]
            groups.append({key: key.removesuffix("-words") for key in words})
    for group in groups:
        assert {w: m for w, m in meanings(group).items() if len(m) > 1} == {}


def test_typed_words_survive_folding() -> None:
    typed = [key for key in KEYS if key.endswith("-words")]
    assert [(key, w) for key in typed for w in TEXTS.anywhere(key) if not fold(w)] == []


def test_a_mere_assent_is_no_answer() -> None:
    """After "I need help", an "ok" to whoever is coming must not record the person as safe."""
    safe = {fold(word) for word in TEXTS.anywhere("answer-safe-words")}
    assert (
        safe & {fold(w) for w in ("ok", "okay", "yes", "fine", "はい", "好", "好的", "نعم", "حسنا")}
        == set()
    )


SENTENCES_AND_KINDS = [
    ("There is a fire in building B", "fire"),
    ("It smells of gas!", "fire"),
    ("I sent an e-mail to the wrong person", "misdirected"),
    ("a colleague had a heart attack", "injury"),
    ("I lost my badge", "lost_badge"),
    ("the internet is down", "outage"),
    ("somebody broke in", "intrusion"),
    ("火事です", "fire"),
    ("地震で棚が倒れました", "earthquake"),
    ("けがをした人がいます", "injury"),
    ("社員証をなくしました", "lost_badge"),
    ("メールを誤送信しました", "misdirected"),
    ("3F火災，濃煙很大", "fire"),
    ("識別證不見了", "lost_badge"),
    ("有人昏倒", "injury"),
    ("着火了", "fire"),
    ("电脑中毒了", "data_leak"),
    ("手机丢了", "lost_device"),
    ("يوجد حريق في المبنى ب", "fire"),
    ("انقطعت الكهرباء", "outage"),
    ("ضاع هاتفي", "lost_device"),
    ("I was fired", None),
    ("good morning, what is for lunch?", None),
    ("これだけが心配です", None),
    ("喫煙所はどこですか", None),
    ("今天天氣不錯", None),
    ("今天天气不错", None),
    ("أنا في عطلة", None),
    ("إنارة المنارة بدينار", None),
]


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES_AND_KINDS)
def test_sentences_start_the_right_report_or_none(sentence: str, kind: str | None) -> None:
    assert LEXICON.kind(sentence) == kind


# --- what the code says --------------------------------------------------------------------

SAYING = {"say", "Reply", "problem", "_say", "Refused", "has", "_told"}
"""Calls that are handed a key."""
KEY = re.compile(r"[a-z]+(-[a-z]+)+")


def product(pattern: str) -> list[Path]:
    """The product's sources; the demo has words of its own."""
    found = (p for room in ("bot", "adapters", "storage") for p in (ROOT / room).rglob(pattern))
    return sorted(p for p in found if ROOT / "bot" / "demo" not in p.parents)


def spoken() -> tuple[set[str], set[str], list[re.Pattern[str]]]:
    """Texts in the sources that may be keys, those that must be, and families `prefix-{…}`."""
    literals: set[str] = set()
    said: set[str] = set()
    families: list[re.Pattern[str]] = []
    for path in product("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                family = "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+"
                    for part in node.values
                )
                if re.match(r"[a-z]+(\\?-[a-z]+)*\\?-", family):
                    families.append(re.compile(family))
            elif isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = [a.value for a in node.args if isinstance(a, ast.Constant)]
                if name in SAYING:
                    said |= {v for v in given if isinstance(v, str) and KEY.fullmatch(v)}
    for pattern in ("*.html", "*.js"):
        for path in product(pattern):
            source = path.read_text(encoding="utf-8")
            literals |= set(re.findall(r"[\"']([a-z-]+)[\"']", source))
            said |= set(re.findall(r"\bsay\(\"([a-z-]+)\"\)", source))
            said |= set(re.findall(r"\bwords\(\"([a-z-]+)\"\)", source))
    return literals, said, families


def test_every_key_is_used() -> None:
    literals, _, families = spoken()

    def used(key: str) -> bool:
        bare = key.removesuffix("-words")
        return key in literals or any(f.fullmatch(key) or f.fullmatch(bare) for f in families)

    assert [key for key in KEYS if not used(key)] == []


def test_every_key_the_code_says_exists() -> None:
    assert spoken()[1] - set(KEYS) == set()


# --- saying it -----------------------------------------------------------------------------

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_read_by_itself_is_the_one_in_the_file(language: str) -> None:
    written = TEXTS.languages[language].written
    assert written.keys() == MESSAGES[language].keys()
    for key, message in MESSAGES[language].items():
        [alone] = FluentParser().parse(written[key]).body
        assert alone.equals(message, ignored_fields=["span", "comment"]), key


def test_a_missing_key_falls_back_to_english_and_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = Texts()
    ja = texts.words("ja", "Asia/Tokyo")
    monkeypatch.delitem(texts.languages["ja"].written, "send")
    assert ja.say("send") == "Send"
    assert ja.say("no-such-key", name="x") == "[no-such-key]"
    assert texts.missing == {("ja", "send"): 1, ("ja", "no-such-key"): 1}
    assert ja.has("send")
    assert not ja.has("no-such-key")


def test_unknown_languages_and_zones_fall_back() -> None:
    texts = Texts("ja", "Asia/Tokyo")
    assert texts.words("tlh", "Mars/Olympus").language == "ja"
    assert texts.words("tlh", "Mars/Olympus").when(NOW, NOW) == "14:30"
    assert texts.words("en", "../../etc/passwd").when(NOW, NOW) == "14:30"
    assert Texts("tlh", "nowhere").words("", "").when(NOW, NOW) == "05:30"


@pytest.mark.parametrize(
    ("language", "same_year", "other_year"),
    [
        ("en", "Nov 20, 14:30", "Nov 22, 2025, 14:30"),
        ("ja", "11月20日 14:30", "2025年11月22日 14:30"),
        ("zh-Hant", "11月20日 14:30", "2025年11月22日 14:30"),
        ("zh-Hans", "11月20日 14:30", "2025年11月22日 14:30"),
        ("ar", "20 نوفمبر، 14:30", "22 نوفمبر 2025، 14:30"),
    ],
)
def test_a_moment_has_its_date_unless_it_is_today(
    language: str, same_year: str, other_year: str
) -> None:
    words = TEXTS.words(language, "Asia/Tokyo")
    assert words.when(NOW, NOW + timedelta(hours=3)) == "14:30"
    assert words.when(NOW - timedelta(days=2), NOW) == same_year
    assert words.when(NOW - timedelta(days=365), NOW) == other_year


def test_today_is_the_readers_day() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert TEXTS.words("en", "Asia/Tokyo").when(late, NOW) == "Nov 23, 08:30"
    assert TEXTS.words("en", "America/New_York").when(late, NOW) == "18:30"


@pytest.mark.parametrize(
    ("language", "minutes", "day", "hour_and_more"),
    [
        ("en", "5 minutes ago", "1 day ago", "1 hour, 5 minutes"),
        ("ja", "5 分前", "1 日前", "1 時間 5 分"),
        ("zh-Hant", "5 分鐘前", "1 天前", "1 小時 5 分鐘"),
        ("zh-Hans", "5分钟前", "1天前", "1小时5分钟"),
        ("ar", "قبل 5 دقائق", "قبل يوم واحد", "ساعة و5 دقائق"),
    ],
)
def test_how_long_ago_and_how_long(
    language: str, minutes: str, day: str, hour_and_more: str
) -> None:
    words = TEXTS.words(language, "UTC")
    assert words.ago(NOW - timedelta(seconds=20), NOW) == words.say("just-now")
    assert words.ago(NOW + timedelta(hours=2), NOW) == words.say("just-now")
    assert words.ago(NOW - timedelta(minutes=5, seconds=59), NOW) == minutes
    assert words.ago(NOW - timedelta(hours=47), NOW) == day
    assert words.span(3900) == hour_and_more
    assert words.span(0) == words.span(1)


def test_spans_name_two_units_at_most() -> None:
    words = TEXTS.words("en", "UTC")
    assert words.span(59.6) == "1 minute"
    assert words.span(86_400) == "1 day"
    assert words.span(86_400 + 59) == "1 day"
    assert words.span(2 * 86_400 + 3 * 3600 + 59) == "2 days, 3 hours"


def test_what_is_put_in_is_isolated_and_cannot_turn_the_line() -> None:
    ar = TEXTS.words("ar", "UTC")
    assert ar.say("cry-title", name="Bob") == "\u2068Bob\u2069 بحاجة إلى مساعدة"
    assert ar.say("cry-title", name="\u202eBob\u2069\u2069") == ar.say("cry-title", name="Bob")
    inner = ar.join(["Bob", "\u2067Eve"])
    assert inner == "\u2068Bob\u2069 و\u2068Eve\u2069"
    assert ar.say("page-told", names=inner).endswith(f"\u2068{inner}\u2069")


def test_numbers_and_lists() -> None:
    for language in LANGUAGES:
        assert TEXTS.words(language, "UTC").number(100_000) == "100,000"
    plain = TEXTS.words("en", "UTC").join(["A", "B", "C"])
    assert DIRECTION_MARKS.sub("", plain) == "A, B, and C"
    assert TEXTS.words("en", "UTC").join([]) == ""


@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 100, 100_000])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_can_be_said(language: str, count: int) -> None:
    words = TEXTS.words(language, "UTC")
    for key in KEYS:
        args = dict.fromkeys(variables(MESSAGES["en"][key]), count)
        text = words.say(key, **args)
        assert text.strip(), key
        assert "{" not in text, key


def test_lists_of_typed_words() -> None:
    assert "無事です" in TEXTS.words("ja", "UTC").list_of("answer-safe-words")
    assert TEXTS.words("ja", "UTC").list_of("no-such-words") == ()
    assert TEXTS.every("no-such-words") == {}
    assert {"無事です", "i'm safe", "أنا بخير"} <= set(TEXTS.anywhere("answer-safe-words"))


def test_every_view_is_found() -> None:
    assert {"checkin", "form", "plain", "explain"} <= set(views())
    assert "parts" not in views()
