"""Cards as plain lines: what is shown can be typed, and nothing a card says gets lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import buttons
from bot.cards import Button, Card, Fields, Person, Photo, Section, Tally, Text, Tone, as_text
from bot.forms import FORMS, tag
from bot.handlers import NOUN_ID
from bot.people import LANGUAGES
from bot.ports import ASK_ID, SeededIds
from bot.rollcalls import ANSWERS

WORDS = st.text(st.sampled_from("abcdef漢字حريق -"), min_size=1, max_size=12)
BUTTONS = st.builds(Button, id=WORDS, label=WORDS, chosen=st.booleans())
ROWS = st.lists(BUTTONS, max_size=4).map(tuple)
SECTIONS: st.SearchStrategy[Section] = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Fields, st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)),
    st.builds(Person, WORDS, WORDS, ROWS),
    st.builds(Photo, WORDS, WORDS),
    st.builds(
        Tally,
        st.lists(st.tuples(WORDS, st.integers(0, 99), st.just(Tone.CALM)), max_size=3).map(tuple),
        st.integers(0, 999),
    ),
)
CARDS = st.builds(Card, WORDS, st.lists(SECTIONS, max_size=5).map(tuple), ROWS, badge=WORDS)


@settings(deadline=None)
@given(CARDS)
def test_the_number_beside_a_button_is_the_one_to_type_for_it(card: Card) -> None:
    shown = re.findall(r"\[(\d+)\] (✓ )?", as_text(card))
    taps = card.every_button()
    assert [int(number) for number, _ in shown] == list(range(1, len(taps) + 1))
    assert [bool(tick) for _, tick in shown] == [button.chosen for button in taps]
    drawn = as_text(card)
    for number, button in enumerate(taps, start=1):
        tick = "✓ " if button.chosen else ""
        assert f"[{number}] {tick}{button.label}" in drawn


@settings(deadline=None)
@given(CARDS)
def test_every_word_of_a_card_is_in_its_lines(card: Card) -> None:
    for drawn in (as_text(card), as_text(card, numbered=False)):
        assert drawn.startswith(f"[{card.badge}] {card.title}")
        for section in card.body:
            match section:
                case Text(text=text):
                    said = [text]
                case Fields(rows=rows):
                    said = [f"{label}: {value}" for label, value in rows]
                case Person(name=name, note=note):
                    said = [f"{name}, {note}"]
                case Photo(alt=alt):
                    said = [alt]
                case Tally(parts=parts, total=total):
                    said = [f"{label} {count}" for label, count, _ in parts] + [f"/ {total}"]
            assert all(words in drawn for words in said)
        assert all(button.label in drawn for button in card.every_button())


def test_taps_on_peoples_lines_come_before_those_of_the_whole_card() -> None:
    [first, second, last] = [Button(name, name) for name in "abc"]
    card = Card("t", (Person("x", buttons=(first,)), Text("-"), Person("y", buttons=(second,))))
    card = Card("t", card.body, (last,))
    assert card.every_button() == (first, second, last)
    assert as_text(card).splitlines()[-1] == "[3] c"


def test_only_arabic_runs_from_right_to_left() -> None:
    assert [name for name in LANGUAGES if Card("t", language=name).rtl] == ["ar"]


def test_the_real_thing_bears_no_badge() -> None:
    assert as_text(Card("Fire")) == "Fire"


ASK = SeededIds(1).token(ASK_ID)
NOUN = SeededIds(2).token(NOUN_ID)
LONGEST = {
    "own": [buttons.own(ASK, answer) for answer in ANSWERS],
    "behalf": [buttons.behalf(ASK, answer) for answer in (*ANSWERS, "tried")],
    "worklist": [buttons.worklist(NOUN, 10**9, 100_000)],
    "roll call": [buttons.roll_call(NOUN, act) for act in ("allclear", "calloff", "tally")],
    "take": [buttons.take(f"incident:{NOUN}"), buttons.take(f"help:{ASK}")],
    "incident": [buttons.incident(NOUN, act) for act in ("rollcall", "dismiss", "close")],
    "everything": [buttons.everything(f"incident:{NOUN}"), buttons.everything(f"help:{ASK}", 999)],
    "option": [
        buttons.option(NOUN, question.name, tag(value))
        for form in FORMS.values()
        for question in form.questions
        for value in (*question.options, "x" * 24, "site:" + "拠点" * 100)
    ],
    "form": [
        buttons.form(NOUN, act, question.name)
        for form in FORMS.values()
        for question in form.questions
        for act in ("!skip", "!change")
    ],
}


@pytest.mark.parametrize("kind", LONGEST)
def test_a_button_fits_the_narrowest_platform_and_comes_apart_again(kind: str) -> None:
    for button in LONGEST[kind]:
        assert len(button.encode()) <= buttons.LONGEST
        assert buttons.may_be(button)
        verb, *parts = button.split(":")
        assert verb
        assert all(parts), button
