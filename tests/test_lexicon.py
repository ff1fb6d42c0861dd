"""What typed words mean, in all five languages at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest

from bot.app import rules_of
from bot.config import load
from bot.forms import fold
from bot.lexicon import COMMANDS, Lexicon
from bot.people import LANGUAGES
from bot.rollcalls import ANSWERS
from bot.rules import KindRule, Rules
from bot.texts import Texts


@cache
def texts() -> Texts:
    return Texts()


@cache
def rules() -> Rules:
    return rules_of(load(None, environ={}))


@cache
def lexicon() -> Lexicon:
    return Lexicon(texts(), rules())


def lexicon_of(**kinds: KindRule) -> Lexicon:
    """A lexicon of an organisation with kinds of its own only."""
    return Lexicon(texts(), replace(rules(), kinds=kinds))


def listed(prefix: str, names: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(language, name, word) of every word listed for these names."""
    return [
        (language, name, word)
        for name in names
        for language, words in texts().every(f"{prefix}-{name}-words").items()
        for word in words
    ]


# --- whole lines ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_answer_has_words_in_every_language(language: str) -> None:
    spoken = {("command", n) for lang, n, _ in listed("command", COMMANDS) if lang == language}
    spoken |= {("answer", n) for lang, n, _ in listed("answer", ANSWERS) if lang == language}
    wanted = {("command", n) for n in COMMANDS} | {("answer", n) for n in ANSWERS}
    assert wanted - spoken == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_words_in_every_language(language: str) -> None:
    silent = [k for k in rules().kinds if language not in texts().every(f"kind-{k}-words")]
    assert silent == []


def test_a_word_means_one_command_and_one_answer_in_whichever_language() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for _, name, word in listed("command", COMMANDS):
        meanings[fold(word)].add(f"command {name}")
    for _, name, word in listed("answer", ANSWERS):
        meanings[fold(word)].add(f"answer {name}")
    for name in ANSWERS:
        for language in LANGUAGES:
            label = texts().words(language).say(f"answer-{name}")
            meanings[fold(label)].add(f"answer {name}")
    assert {word: m for word, m in meanings.items() if len(m) > 1} == {}


def test_every_listed_word_is_understood_as_written_and_shouted() -> None:
    for _, name, word in listed("command", COMMANDS):
        assert lexicon().command(word) == name
        assert lexicon().command(f"/{word.upper()}!") == name
    for _, name, word in listed("answer", ANSWERS):
        assert lexicon().answer(f" {word.upper()} 。") == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_on_an_answers_button_can_be_typed(language: str) -> None:
    for name in ANSWERS:
        assert lexicon().answer(texts().words(language).say(f"answer-{name}")) == name


@pytest.mark.parametrize(
    ("said", "command"),
    [
        *(("help", "help"), ("/help", "help"), ("/renraku status", "status")),
        *(("Renraku: report", None), ("renraku report", "report"), ("Roll call!", "rollcall")),
        *(("安否確認", "rollcall"), ("ヘルプ", "help"), ("キャンセル", "cancel"), ("戻る", "back")),
        *(("平安回報", "rollcall"), ("取消", "cancel"), ("帮助", "help"), ("跳过", "skip")),
        *(("مساعدة", "help"), ("إلغاء", "cancel"), ("رجوع", "back"), ("بلاغ", "report")),
        *(("please help", None), ("cancel everything", None), ("", None), ("/", None)),
    ],
)  # fmt: skip
def test_a_command_is_a_whole_line(said: str, command: str | None) -> None:
    assert lexicon().command(said) == command


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        *(("I’m safe.", "safe"), ("IM OK", "safe"), ("無事です！", "safe"), ("我没事", "safe")),
        *(("我平安", "safe"), ("أنا بخير", "safe"), ("I need help!!", "help"), ("SOS", "help")),
        *(("助けて", "help"), ("救命", "help"), ("أحتاج إلى مساعدة", "help"), ("النجدة", "help")),
        *(("not affected", "unaffected"), ("影響なし", "unaffected"), ("لم أتأثر", "unaffected")),
        *(("not safe", "help"), ("we are not safe here", None), ("is Bob safe?", None)),
    ],
)  # fmt: skip
def test_an_answer_is_a_whole_line(said: str, answer: str | None) -> None:
    assert lexicon().answer(said) == answer


@pytest.mark.parametrize("said", ["ok", "yes", "no", "fine", "はい", "好", "نعم", "👍"])
def test_a_bare_yes_is_no_answer_to_whether_somebody_is_safe(said: str) -> None:
    assert lexicon().answer(said) is None


# --- kinds of incident ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("there is a fire in building B", "fire"),
        ("FIRE!!!", "fire"),
        ("Ｆｉｒｅ　on the 3rd floor", "fire"),
        ("3階でfireです", "fire"),
        ("«fire» (!)", "fire"),
        ("火事です", "fire"),
        ("B棟で火災が発生しました", "fire"),
        ("着火了", "fire"),
        ("三樓著火了", "fire"),
        ("失火了，快来人", "fire"),
        ("حريق", "fire"),
        ("يوجد حريق في المبنى ب", "fire"),
        ("الحريق في الطابق الثالث", "fire"),
        ("大きな地震がありました", "earthquake"),
        ("發生地震", "earthquake"),
        ("زلزال قوي", "earthquake"),
        ("somebody was injured in the warehouse", "injury"),
        ("I have lost my phone on the train", "lost_device"),
        ("携帯を紛失しました", "lost_device"),
        ("ransomware on my PC", "data_leak"),
        ("تسرب بيانات العملاء", "data_leak"),
    ],
)
def test_a_sentence_tells_the_kind_in_any_language(said: str, kind: str) -> None:
    assert lexicon().kind(said) == kind


@pytest.mark.parametrize(
    "said",
    [
        "the firewall needs an update",
        "our wildfires course",
        "she was fired",
        "campfire songs",
        "the keyboard stormed ahead",
        "Burnsmoker & Co.",
        "quakers meet on Sunday",
        "begunstigt",
        "attackers' handbook",
        "good morning",
        "会議は三時からです",
        "明天开会",
        "明天開會",
        "صباح الخير",
        "",
        "🔥",
    ],
)
def test_words_inside_other_words_start_no_report(said: str) -> None:
    assert lexicon().kind(said) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("a storm is coming", "typhoon"),
        ("a social media storm is coming", "reputation"),
        ("a virus", None),
        ("a computer virus", "data_leak"),
        ("the phone is broken", "equipment"),
        ("a broken leg", "injury"),
        ("تسرب مياه", "flood"),
        ("تسرب غاز", "fire"),
        ("サーバー障害", "outage"),
    ],
)
def test_of_kinds_equally_severe_the_longest_word_wins(said: str, kind: str | None) -> None:
    assert lexicon().kind(said) == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("A fire! The board in the lobby says we were hacked.", "fire"),
        ("I lost my phone in the fire", "lost_device fire"),
        ("the supplier says: shortage, and somebody is bleeding", "supplier injury"),
        ("火事です。サーバー障害も起きています", "outage fire"),
        ("スマホを紛失、倉庫で火災", "fire"),
        ("伺服器當機，機房失火了", "outage fire"),
        ("手机丢失了，因为着火", "fire"),
        ("数据泄露，有人受伤", "data_leak injury"),
        ("حريق في غرفة الخوادم وتسرب بيانات", "data_leak fire"),
        ("فقدت هاتفي في الحريق", "fire"),
        # A longer word of a kind that is less severe is still that word.
        ("a broken order: wrong delivery", "mistake"),
    ],
)
def test_of_several_kinds_the_most_severe_counts_however_short_its_word(
    said: str, kind: str
) -> None:
    *lesser, severe = kind.split()
    assert lexicon().kind(said) == severe
    for other in lesser:
        # The sentence does speak of the other too: without the severe kind that is what counts.
        rest = {k: rule for k, rule in rules().kinds.items() if k != severe}
        assert Lexicon(texts(), replace(rules(), kinds=rest)).kind(said) == other


def test_a_word_within_a_longer_one_is_not_spoken_of_even_if_it_is_more_severe() -> None:
    own = lexicon_of(
        drill=KindRule("routine", {}, ("fire drill", "火災訓練")),
        blaze=KindRule("critical", {}, ("fire", "火災")),
    )
    assert own.kind("the fire drill went well") == "drill"
    assert own.kind("火災訓練") == "drill"
    assert own.kind("in the fire drill a fire broke out") == "blaze"
    assert own.kind("火災訓練中に火災") == "blaze"


def test_every_listed_word_for_a_kind_starts_a_report_of_it() -> None:
    stolen = {
        (word, kind, lexicon().kind(word))
        for _, kind, word in listed("kind", tuple(rules().kinds))
        if lexicon().kind(word) != kind
    }
    assert stolen == set()


def test_an_organisation_has_kinds_and_words_of_its_own() -> None:
    own = lexicon_of(
        ammonia=KindRule(
            "critical", {"en": "Ammonia leak", "ja": "アンモニア漏れ"}, ("NH3", "臭氣")
        ),
        dog=KindRule("routine", {"en": "Dog (loose)"}, ("chien méchant",)),
    )
    assert own.kind("Is that nh3 I smell?") == "ammonia"
    assert own.kind("アンモニア漏れです") == "ammonia"
    assert own.kind("好重的臭氣") == "ammonia"
    assert own.kind("CHIEN MÉCHANT !") == "dog"
    assert own.kind("a dog (loose) in the yard") == "dog"
    assert own.kind("NH35") is None
    assert own.kind("there is a fire") is None, "a kind that is hidden starts nothing"


def test_words_of_one_organisation_are_searched_literally() -> None:
    own = lexicon_of(odd=KindRule("routine", {}, ("a.b", "(", "c++", "")))
    assert own.kind("axb") is None
    assert own.kind("") is None
    assert own.kind("we use c++ here") == "odd"
    assert own.kind("in c++20") is None


@pytest.mark.parametrize(
    "said",
    [
        "I need help, my leg is stuck",
        "There are 3 of us trapped in the lift",
        "we need help",
        "I'm not able to walk and need help",
        "I'm safe, but Ben is injured",
        "閉じ込められています。三人です",
        "動けません。地下です",
        "我被困在电梯里",
        "我們需要幫助，在三樓",
        "نحن بحاجة إلى مساعدة",
        "أحتاج إلى مساعدة، أنا محاصر",
        "نحن محاصرون في المصعد",
    ],
)
def test_a_cry_for_help_is_heard_anywhere_in_a_sentence(said: str) -> None:
    assert lexicon().cries(said)


@pytest.mark.parametrize(
    "said",
    [
        "I don't need help",
        "I don't think I need help",
        "nobody injured here",
        "all good, in a meeting",
        "The projector is broken",
        "けがはありません",
        "怪我はしていません",
        "助けは必要ありません",
        "没有人受伤",
        "我不需要幫助",
        "لا أحتاج إلى مساعدة",
        "لست مصابا",
        "",
    ],
)
def test_whoever_says_that_no_help_is_needed_does_not_cry(said: str) -> None:
    assert not lexicon().cries(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_to_cry_and_to_deny_it(language: str) -> None:
    assert texts().every("cry-words")[language]
    assert texts().every("cry-not-words")[language]
