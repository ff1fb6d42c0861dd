"""Each in their own language: typed, asked, told; whatever the others speak."""

from __future__ import annotations

import pytest

from tests.scenarios.launch import roll_call
from tests.town import Founding

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Lena: {language} @Plant
    Aiko: {language}
"""
SPOKEN = {
    "ja": ("B棟で火事です", "火災", "担当します", "無事です"),
    "zh-Hant": ("B棟著火了", "火災", "我來處理", "我平安"),
    "zh-Hans": ("B栋着火了", "火灾", "我来处理", "我安全"),
    "ar": ("يوجد حريق في المبنى ب", "حريق", "سأتولى الأمر", "أنا بخير"),
    "en": ("there is a fire in building B", "Fire", "I take it", "I'm safe"),
}


@pytest.mark.parametrize("language", SPOKEN)
async def test_a_fire_is_reported_in_ones_own_words(found: Founding, language: str) -> None:
    said, kind, _, _ = SPOKEN[language]
    town = await found(PEOPLE.format(language=language))
    words = town.house.texts.words(language)
    await town.says("Aiko", said, told=words.say("incident-sent"))
    place = town.hears("Aiko", words.say("ask-incident-place"))
    assert place.card.language == language
    assert place.card.rtl is (language == "ar")
    await town.says("Aiko", "B", told=words.say("incident-updated"))
    town.hears("Aiko", words.say("ask-incident-hurt"))
    await town.says("Aiko", "1", told=words.say("incident-updated"))
    town.hears("Lena", kind, said)
    # Mori reads it in English, the reporter's words as they were written.
    town.hears("Mori", "Fire", said)
    town.sees("Mori", "Fire: B", said, "Nobody is hurt")
    town.ignores("Aiko")


@pytest.mark.parametrize("language", SPOKEN)
async def test_a_roll_call_is_answered_by_typed_words(found: Founding, language: str) -> None:
    town = await found(PEOPLE.format(language=language))
    await roll_call(town, "Mori", 3, words="Gas")
    words = town.house.texts.words(language)
    asked = town.hears("Aiko", words.say("checkin-title"), "Gas")
    assert asked.labels() == [words.say(f"answer-{a}") for a in ("safe", "help", "unaffected")]
    await town.says("Aiko", SPOKEN[language][3], told=words.say("recorded-safe"))
    await town.says("Lena", words.say("answer-help"), told=words.say("recorded-help"))
    town.hears("Mori", "Lena needs help")
    await town.taps("Mori", "I take it")
    town.ignores()


@pytest.mark.parametrize("language", SPOKEN)
async def test_help_and_nonsense_are_answered_in_ones_own_language(
    found: Founding, language: str
) -> None:
    town = await found(PEOPLE.format(language=language))
    words = town.house.texts.words(language)
    for typed in words.list_of("command-help-words")[:1]:
        await town.says("Aiko", typed)
        town.hears("Aiko", words.say("help-title"))
    await town.says("Aiko", "zzz qqq", refused=words.say("not-understood")[:10])
    town.hears("Aiko", words.say("menu-title"))


async def test_free_words_in_a_language_that_is_not_ones_own(found: Founding) -> None:
    town = await found("Mori: safety\n  Aiko: en\n")
    await town.says("Aiko", "停電です")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "キャンセル", told="Nothing was sent")


async def test_everyone_sees_times_in_their_own_time_zone(found: Founding) -> None:
    town = await found("Mori: safety tz=Asia/Tokyo\n  Aiko: tz=Asia/Riyadh\n")
    await roll_call(town, "Mori", 2)
    town.hears("Mori", "Are you safe?", "14:46")
    town.hears("Aiko", "Are you safe?", "08:46")
    town.ignores("Mori")


async def test_what_is_no_report_starts_none(found: Founding) -> None:
    town = await found("Mori: safety\n  Aiko:\n")
    for words in ("ok thanks", "好的", "شكرا", "はい", "see you tomorrow", "👍", "..."):
        await town.says("Aiko", words, refused="did not understand")
        town.hears("Aiko", "What do you need?")
    rows = await town.row("SELECT count(*) AS n FROM drafts")
    assert rows.n == 0
