"""From card to message: it always fits, nothing is taken for markup, and it reads well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.telegram.drawing import BAR, Drawn, draw, line, shares
from adapters.telegram.keyboard import letter
from adapters.telegram.lettering import cut, size, width
from bot.cards import Ask, Button, Card, Fields, Person, Photo, Style, Tally, Text, Tone
from bot.people import LANGUAGES
from tests.adapters.telegram_house import stage
from tests.adapters.telegram_markup import Markup, Read, markup, parsed, units
from tests.adapters.telegram_phones import plain
from tests.views import test_every_card as views
from tests.views.looking import WITNESSES

ISOLATES = re.compile("[\u2066-\u2069]")


def taken(drawn: Drawn) -> tuple[Read, Markup]:
    """What the strict platform makes of a message; it refuses what does not fit."""
    read = parsed(drawn.html, "HTML")
    assert 0 < units(read.text) <= 4096
    assert 0 < units(drawn.plain.strip()) <= 4096
    assert read.text == drawn.plain.strip()
    keyboard = drawn.keyboard.to_dict() if drawn.keyboard else None
    return read, markup(keyboard, private=True)


def text_of(card: Card) -> str:
    return plain(taken(draw(card))[0].text)


def rows_of(card: Card) -> list[list[str]]:
    return [[plain(b.text) for b in row] for row in taken(draw(card))[1].rows]


# --- every card there is ---------------------------------------------------------------------


@pytest.fixture
def every_card() -> Iterator[list[Card]]:
    """Each card that the tests of the views make, at its longest and oddest, is drawn here."""
    drawn: list[Card] = []
    seen: set[Card] = set()

    def look(card: Card) -> None:
        if card not in seen:
            seen.add(card)
            fits(card)
            drawn.append(card)

    WITNESSES.append(look)
    yield drawn
    WITNESSES.remove(look)


def fits(card: Card) -> None:
    read, keyboard = taken(draw(card))
    # Typed numbers tap buttons: the order is that of the card.
    assert [b.data for row in keyboard.rows for b in row] == [b.id for b in card.every_button()]
    assert plain(card.title)[:40].strip() in plain(read.text)
    if card.badge:
        assert read.text.splitlines()[0].count(card.badge) == 1
    opened = sum(map(read.text.count, "\u2066\u2067\u2068"))
    assert opened == read.text.count("\u2069")
    if card.rtl:
        lines = [shown for shown in read.text.splitlines() if shown.strip()]
        assert any(shown.startswith("\u200f") for shown in lines)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_card_of_a_roll_call_fits(every_card: list[Card], language: str) -> None:
    # Each state of a roll call in one language, and each language with two of them.
    for call in views.calls()[LANGUAGES.index(language) :: len(LANGUAGES)]:
        await views.test_cards_of_a_roll_call_are_sound(language, call)
    assert len(every_card) > 50


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_other_card_fits(every_card: list[Card], language: str) -> None:
    await views.test_cards_of_an_incident_are_sound(language)
    await views.test_every_question_of_every_form_is_sound(language)
    await views.test_lines_in_reply_are_sound(language)
    assert len(every_card) > 100


async def test_the_longest_of_them_are_taken_over_the_wire(every_card: list[Card]) -> None:
    await views.test_cards_of_an_incident_are_sound("ar")
    longest = sorted(every_card, key=lambda card: -size(draw(card).plain))[:12]
    async with stage(running=False) as on:
        for card in longest:
            reference = await on.deliver(card, 9, person=3)
            await on.refresh(card, 9, reference, person=3)
        posted = [m for m in on.fake.user(9).messages if not m.markup.replies and not m.photo]
        assert len(posted) >= len(longest)


# --- any card at all -------------------------------------------------------------------------

WORDS = st.text(
    st.sampled_from("ab <>&;\"'\n😀👩‍👧é\u0301\u2068\u2069ح山🇯🇵\u200d"), max_size=300
) | st.text(max_size=80)
TITLES = WORDS.map(lambda words: words.strip() or "Title")
LABELS = st.text(min_size=1, max_size=64).map(lambda label: label if label.strip() else "go")


def button(number: int) -> st.SearchStrategy[Button]:
    return st.builds(
        Button, st.just(f"tap:{number}"), LABELS, st.sampled_from(Style), chosen=st.booleans()
    )


@st.composite
def any_card(draw_one: Any) -> Card:
    count = iter(range(10_000))

    def buttons() -> tuple[Button, ...]:
        some = draw_one(st.integers(0, 4))
        return tuple(draw_one(button(next(count))) for _ in range(some))

    body: list[Any] = []
    for kind in draw_one(st.lists(st.sampled_from("tqfpyo"), max_size=12)):
        words = draw_one(WORDS)
        match kind:
            case "t":
                body.append(Text(words * draw_one(st.integers(1, 8)), quiet=bool(words)))
            case "q":
                body.append(Text(words * draw_one(st.integers(1, 8)), said=True))
            case "f":
                body.append(Fields(((words, draw_one(WORDS)), ("label", "value"))))
            case "p":
                body.append(Person(words, draw_one(WORDS), buttons()))
            case "y":
                counts = draw_one(st.lists(st.integers(0, 100_000), min_size=1, max_size=5))
                parts = tuple((words[:9], n, Tone.CALM) for n in counts)
                body.append(Tally(parts, sum(counts)))
            case _:
                body.append(Photo("p", words))
    return Card(
        draw_one(TITLES),
        tuple(body),
        buttons(),
        draw_one(st.sampled_from(Tone)),
        draw_one(st.sampled_from(LANGUAGES)),
        ask=draw_one(st.none() | st.builds(Ask, WORDS, st.booleans(), st.booleans())),
        badge=draw_one(st.sampled_from(["", "DRILL", "تدريب"])),
    )


@settings(max_examples=80, deadline=None)
@given(any_card())
def test_whatever_a_card_says_the_platform_takes_it(card: Card) -> None:
    read, keyboard = taken(draw(card))
    assert [b.data for row in keyboard.rows for b in row] == [b.id for b in card.every_button()]
    if card.badge:
        assert card.badge in read.text.splitlines()[0]


@settings(max_examples=150, deadline=None)
@given(WORDS, st.integers(1, 120))
@example("👩‍👧" * 9, 10)
@example("🇯🇵🇹🇼", 3)
@example("e\u0301" * 10, 4)
def test_what_is_cut_fits_and_keeps_letters_whole(text: str, longest: int) -> None:
    kept = cut(text, longest)
    assert size(kept) == units(kept) <= longest
    if kept != text:
        kept = kept.rstrip("\u2069").removesuffix("…")
        assert text.startswith(kept)
        rest = text[len(kept) :]
        assert not kept or not rest.startswith(("\u0301", "\u200d"))
        assert not kept.endswith("\u200d")


def test_flags_are_never_halved() -> None:
    assert cut("🇯🇵🇹🇼🇭🇰", 7) == "🇯🇵…"


# --- how it reads ----------------------------------------------------------------------------


def test_what_people_write_is_quoted_and_never_markup() -> None:
    html = draw(Card("<b>T</b>", (Text("a <a href='x'>b</a> & c", said=True),))).html
    assert html == (
        "<b>&lt;b&gt;T&lt;/b&gt;</b>\n\n<blockquote>a &lt;a href='x'&gt;b&lt;/a&gt; &amp;"
        " c</blockquote>"
    )


def test_a_drill_says_so_first_and_again_where_the_buttons_are() -> None:
    short = Card("Are you safe?", badge="DRILL", tone=Tone.DRILL)
    assert text_of(short) == "🟨🟨 DRILL 🟨🟨\nAre you safe?"
    long = Card("Are you safe?", (Text("word " * 300),), badge="DRILL", tone=Tone.DRILL)
    lines = text_of(long).splitlines()
    assert lines[0] == lines[-1] == "🟨🟨 DRILL 🟨🟨"
    endless = Card("T", tuple(Text("word " * 300) for _ in range(9)), badge="DRILL")
    lines = text_of(endless).splitlines()
    assert lines[0] == lines[-1]
    assert lines[-3].endswith("…")


def test_long_quotations_give_way_before_anything_else() -> None:
    card = Card(
        "Fire",
        (*(Text("x" * 1000, said=True) for _ in range(6)), Fields((("Where", "Building B"),))),
        ask=Ask("Write here"),
    )
    text = text_of(card)
    assert "Where: Building B" in text
    assert text.endswith("✏️ Write here")
    assert text.count("…") == 6


def test_whose_buttons_are_whose() -> None:
    def person(name: str, ask: str) -> Person:
        taps = (
            Button(f"for:{ask}:safe", "Safe (by phone)", Style.GOOD),
            Button(f"for:{ask}:help", "Needs help", Style.DANGER),
            Button(f"for:{ask}:tried", "No answer"),
        )
        return Person(name, "asked twice", taps)

    card = Card(
        "2 of 40 still to reach",
        (Text("Please call them."), person("Aiko", "a"), person("Ben", "b")),
        (Button("wl:next", "Next 8"),),
    )
    assert text_of(card).splitlines()[-2:] == ["A · Aiko: asked twice", "B · Ben: asked twice"]
    assert rows_of(card) == [
        ["A · Safe (by phone)"],
        ["A · Needs help"],
        ["A · No answer"],
        ["B · Safe (by phone)"],
        ["B · Needs help"],
        ["B · No answer"],
        ["Next 8"],
    ]
    alone = Card("1 still to reach", (person("Aiko", "a"),))
    assert "• Aiko: asked twice" in text_of(alone)
    assert rows_of(alone)[0] == ["Safe (by phone)"]


def test_letters_go_on_after_z() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_short_buttons_stand_together_and_a_cry_for_help_alone() -> None:
    short = [Button(f"b{n}", label) for n, label in enumerate(["Back", "Skip", "Cancel", "More"])]
    cry = Button("help", "I need help", Style.DANGER)
    card = Card("T", (), (*short, cry, Button("x", "Not affected"), Button("y", "O" * 40)))
    assert rows_of(card) == [
        ["Back", "Skip", "Cancel"], ["More"], ["I need help"], ["Not affected"], ["O" * 40],
    ]  # fmt: skip
    wide = Card("T", (), tuple(Button(f"b{n}", "地震がありました") for n in range(2)))
    assert len(rows_of(wide)) == 2
    assert width("地震") == 4


def test_a_tally_is_a_bar_that_shows_everybody_who_is_counted() -> None:
    tally = Tally(
        (("Need help", 1, Tone.URGENT), ("No answer", 0, Tone.CALM), ("Safe", 999, Tone.GOOD)),
        1000,
    )
    assert shares(tally) == [1, 0, 11]
    assert text_of(Card("T", (tally,))) == (
        "T\n\n🟥🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩\n🟥 Need help: 1\n⬜ No answer: 0\n🟩 Safe: 999"
    )
    assert shares(Tally((("a", 0, Tone.CALM),), 0)) == [0]


@settings(deadline=None)
@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=8))
def test_a_bar_has_always_the_same_length(counts: list[int]) -> None:
    blocks = shares(Tally(tuple(("x", n, Tone.CALM) for n in counts), sum(counts)))
    assert sum(blocks) == (BAR if any(counts) else 0)
    assert all((n > 0) == (b > 0) for n, b in zip(counts, blocks, strict=True))


def test_arabic_lines_begin_from_the_right_and_names_turn_nothing() -> None:
    card = Card(
        "هل أنت بخير؟",
        (Text("سطر\nآخر"), Fields((("أين", "Building B"),)), Person("Sato Ken", "اتصل")),
        language="ar",
    )
    text = taken(draw(card))[0].text
    assert [shown for shown in text.split("\n") if shown and shown[0] != "\u200f"] == []
    assert "\u2068Building B\u2069" in text
    assert "\u2068Sato Ken\u2069" in text
    # In a card from left to right, only names that could turn it are isolated.
    left = draw(Card("T", (Person("محمد", "called"), Person("Ben")))).plain
    assert "• \u2068محمد\u2069: called\n• Ben" in left


def test_what_may_be_handed_over_is_said_last() -> None:
    assert text_of(Card("T", ask=Ask("Send a photo", photo=True))).endswith("📷 Send a photo")
    assert text_of(Card("T", ask=Ask("Where?", place=True))).endswith("📍 Where?")
    assert text_of(Card("T", (Photo("p", "Photo"),))).endswith("📷 Photo")


def test_a_line_is_never_markup() -> None:
    assert line("<b> & co") == "&lt;b&gt; &amp; co"
    assert size(line("x" * 9000)) == 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_the_board_stands_alone_so_that_telegram_links_it(language: str):
    address = "http://127.0.0.1:8080/board/in/k7.aa"
    card = Card("Board", (Text("It works once."), Text(address, link="Open")), language=language)
    assert address in draw(card).plain.splitlines()
