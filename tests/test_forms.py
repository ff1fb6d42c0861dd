"""Forms: answers in any order, forms that change under a draft, and whatever people type."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from bot.forms import (
    FORMS,
    SKIPPED,
    Draft,
    Form,
    Option,
    Question,
    answer,
    applies,
    back,
    clean,
    fold,
    match,
    ready,
    tag,
    upcoming,
    value,
)

SOME = settings(deadline=None)
OPEN_LISTS = ("fire", "Building B", "日本橋", "site:大阪 北", "list", "Am I 3rd?")
"""What an open list offers where a form leaves its options to the organisation."""

WORDS = (
    Option("nobody", "Nobody", ("no", "いいえ", "لا أحد")),
    Option("someone", "Somebody is hurt", ("yes", "はい", "نعم")),
    Option("unknown", "I don't know", ("わかりません", "不知道")),
)

EVERYTHING = Form(
    "everything",
    (
        Question("first", "choice", options=("x", "y")),
        Question("why", "text", only_if={"first": ("x",)}),
        Question("where", "choice", own_words=True, optional=True),
        Question("more", "choice", options=("x", "y"), only_if={"first": ("y",)}),
        Question("count", "number", only_if={"more": ("x",)}),
        Question("photo", "photo", optional=True),
    ),
    send_after="more",
)
"""Conditions of conditions before and after the point where it is sent."""

ODD = st.characters() | st.sampled_from(
    "\x00\x07\r\n\t\u2028\u202e\u2066\ufeff\u200d\ud83d\udc69é¨ΐ"
)
ODD_TEXT = st.text(ODD, max_size=60)


def draft(**answers: str) -> Draft:
    return Draft("d", 7, "demo", answers)


def offered(question: Question) -> tuple[Option, ...]:
    values = question.options or OPEN_LISTS
    return tuple(Option(v, f"{n}. the {v}") for n, v in enumerate(values, start=1))


def lists(form: Form) -> dict[str, tuple[Option, ...]]:
    return {q.name: offered(q) for q in form.questions if q.kind == "choice"}


def good_answers(question: Question) -> st.SearchStrategy[tuple[str, str]]:
    """What may be given to a question, and what is kept of it."""
    match question.kind:
        case "choice":
            shown = offered(question)
            chosen = st.sampled_from(range(len(shown))).flatmap(
                lambda n: st.sampled_from(
                    [
                        (shown[n].value, shown[n].value),
                        (shown[n].tag, shown[n].value),
                        (str(n + 1), shown[n].value),
                        (shown[n].label.upper(), shown[n].value),
                    ]
                )
            )
            return (
                chosen | st.just(("in my own words", "in my own words"))
                if (question.own_words)
                else chosen
            )
        case "number":
            return st.integers(0, 10**6).map(lambda n: (f" {n:,} ", str(n)))
        case "photo":
            return st.just(("photo:abc", "photo:abc"))
        case _:
            return st.sampled_from(
                ["ok", "\u202eok\r", "火事です", "a" * min(200, question.longest)]
            ).map(lambda t: (t, t.strip("\u202e\r")))


def bad_answer(question: Question) -> str:
    match question.kind:
        case "choice":
            return "z" * 5000 if question.own_words else "none of these"
        case "number" | "photo":
            return "none of these"
        case _:
            return "z" * (question.longest + 1)


class Filling(RuleBasedStateMachine):
    """One draft of any form, answered in any order while the form itself changes."""

    @initialize(form=st.sampled_from([EVERYTHING, *FORMS.values()]))
    def begin(self, form: Form) -> None:
        self.form = form
        self.draft = Draft("d", 7, form.name)
        self.kept: dict[str, str] = {}
        self.added = 0

    def give(self, given: dict[str, str], kept: dict[str, str]) -> None:
        """Answer, and keep our own record of what must be kept."""
        self.draft, problems = answer(self.form, self.draft, given, lists(self.form))
        assert problems == {}
        self.tidy({**self.kept, **kept})

    def tidy(self, answers: dict[str, str]) -> None:
        self.kept = {}
        for question in self.form.questions:
            if question.name in answers and applies(question, self.kept):
                self.kept[question.name] = answers[question.name]

    def free(self) -> list[Question]:
        """Questions nothing else depends on."""
        needed = {name for q in self.form.questions for name in q.only_if}
        return [q for q in self.form.questions if q.name not in needed]

    @precondition(lambda self: upcoming(self.form, self.draft))
    @rule(data=st.data())
    def answer_what_is_asked(self, data: st.DataObject) -> None:
        question = upcoming(self.form, self.draft)
        assert question is not None
        given, kept = data.draw(good_answers(question))
        self.give({question.name: given}, {question.name: kept})

    @rule(data=st.data())
    def answer_many_in_any_order(self, data: st.DataObject) -> None:
        questions = data.draw(st.lists(st.sampled_from(self.form.questions), max_size=4))
        drawn = {q.name: data.draw(good_answers(q)) for q in questions}
        self.give({n: g for n, (g, _) in drawn.items()}, {n: k for n, (_, k) in drawn.items()})

    @rule(data=st.data())
    def answer_badly(self, data: st.DataObject) -> None:
        question = data.draw(st.sampled_from(self.form.questions))
        before = self.draft.answers.get(question.name)
        said = data.draw(st.sampled_from([bad_answer(question), "\u202e \x00"]))
        if question.optional and not clean(said):
            return
        self.draft, problems = answer(
            self.form, self.draft, {question.name: said}, lists(self.form)
        )
        assert list(problems) == [question.name]
        assert problems[question.name].startswith("problem-")
        assert self.draft.answers.get(question.name) == before
        self.tidy(self.kept)

    @rule(data=st.data())
    def leave_out(self, data: st.DataObject) -> None:
        question = data.draw(st.sampled_from(self.form.questions))
        if question.optional:
            self.give({question.name: SKIPPED}, {question.name: SKIPPED})
        else:
            same, problems = answer(self.form, self.draft, {question.name: SKIPPED}, {})
            assert problems == {question.name: "problem-needed"}
            assert same.answers.get(question.name) == self.draft.answers.get(question.name)

    @rule()
    def go_back(self) -> None:
        before = [q.name for q in self.form.questions if q.name in self.draft.answers]
        self.draft = back(self.form, self.draft)
        if before:
            self.kept.pop(before[-1], None)
        assert set(before) - set(self.draft.answers) == set(before[-1:])

    @rule(data=st.data(), optional=st.booleans())
    def the_form_gains_a_question(self, data: st.DataObject, optional: bool) -> None:
        at = data.draw(st.integers(0, len(self.form.questions)))
        self.added += 1
        choices = [q for q in self.form.questions[:at] if q.options]
        only_if = {}
        if choices and data.draw(st.booleans()):
            on = data.draw(st.sampled_from(choices))
            only_if = {on.name: on.options[:1]}
        new = Question(f"new{self.added}", "text", optional=optional, only_if=only_if)
        questions = self.form.questions
        self.form = replace(self.form, questions=(*questions[:at], new, *questions[at:]))
        assert new.name not in self.draft.answers, "an inserted question is simply open"

    @precondition(lambda self: len(self.form.questions) > 1 and self.free())
    @rule(data=st.data())
    def the_form_loses_a_question(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.free()))
        left = tuple(q for q in self.form.questions if q is not gone)
        self.form = replace(self.form, questions=left)
        self.kept.pop(gone.name, None)

    @rule(name=st.sampled_from(["", "renamed", "new99"]))
    def an_old_button_is_tapped(self, name: str) -> None:
        self.give({name: "whatever"}, {})

    @invariant()
    def nothing_that_applies_is_lost(self) -> None:
        known = {q.name for q in self.form.questions}
        assert {n: v for n, v in self.draft.answers.items() if n in known} == self.kept

    @invariant()
    def the_next_question_is_the_first_open_one(self) -> None:
        still = [
            q for q in self.form.questions if q.name not in self.kept and applies(q, self.kept)
        ]
        assert upcoming(self.form, self.draft) == (still[0] if still else None)

    @invariant()
    def ready_means_all_that_matters_is_answered(self) -> None:
        names = [q.name for q in self.form.questions]
        last = self.form.send_after if self.form.send_after in names else names[-1]
        matter = self.form.questions[: names.index(last) + 1]
        complete = all(q.name in self.kept for q in matter if applies(q, self.kept))
        assert ready(self.form, self.draft) == complete
        if upcoming(self.form, self.draft) is None:
            assert ready(self.form, self.draft)


class TestFilling(Filling.TestCase):
    settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


# --- one thing at a time ----------------------------------------------------------------------


def test_a_report_is_sent_after_three_questions_and_completed_afterwards() -> None:
    form = FORMS["incident"]
    mine = replace(draft(kind="fire", place="B"), form="incident")
    assert not ready(form, mine)
    mine, problems = answer(form, mine, {"hurt": "nobody"}, lists(form))
    assert (problems, ready(form, mine)) == ({}, True)
    assert getattr(upcoming(form, mine), "name", None) == "details"


def test_a_condition_that_no_longer_holds_takes_what_hangs_on_it_along() -> None:
    form = Form(
        "demo",
        (
            Question("a", "choice", options=("x", "y")),
            Question("b", "choice", options=("x", "y"), only_if={"a": ("x",)}),
            Question("c", "text", only_if={"b": ("y",)}),
        ),
    )
    whole, _ = answer(form, draft(), {"a": "x", "b": "y", "c": "because"}, {})
    assert upcoming(form, whole) is None
    changed, _ = answer(form, whole, {"a": "y"}, {})
    assert (changed.answers, upcoming(form, changed)) == ({"a": "y"}, None)


def test_an_answer_and_a_problem_together_keep_the_answer() -> None:
    form = FORMS["rollcall"]
    kept, problems = answer(form, draft(), {"drill": "real", "confirm": "forty"}, lists(form))
    assert (kept.answers, problems) == ({"drill": "real"}, {"confirm": "problem-number"})


@pytest.mark.parametrize("said", ["40", " 40 ", "４０", "٤٠", "۴۰", "0,040", "4 0", "٠٬٠٤٠"])
def test_a_number_counts_in_any_digits(said: str) -> None:
    kept, problems = answer(FORMS["rollcall"], draft(drill="real"), {"confirm": said}, {})
    assert (value(kept, "confirm"), problems) == ("40", {})


@pytest.mark.parametrize("said", ["-1", "4.0", "four", "40人", "½", "9" * 5000, "🔟", "0x28"])
def test_what_is_no_number_is_refused_and_breaks_nothing(said: str) -> None:
    _, problems = answer(FORMS["rollcall"], draft(drill="real"), {"confirm": said}, {})
    assert problems == {"confirm": "problem-number"}


def test_what_was_left_out_has_no_value() -> None:
    assert value(draft(details=SKIPPED), "details") == ""
    assert value(draft(), "details") == ""


def test_a_draft_keeps_its_answers_out_of_sight() -> None:
    assert "in the cellar" not in repr(draft(place="in the cellar"))


def test_every_form_is_whole() -> None:
    for name, form in FORMS.items():
        names = [q.name for q in form.questions]
        assert name == form.name
        assert len(names) == len(set(names))
        assert form.send_after in ("", *names)
        for at, question in enumerate(form.questions):
            assert set(question.only_if) <= set(names[:at]), "conditions look back only"
            for on, wanted in question.only_if.items():
                earlier = form.question(on)
                assert earlier is not None
                assert not earlier.options or set(wanted) <= set(earlier.options)


# --- what is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("1", "nobody"), ("２", "someone"), ("٣", "unknown"), ("۲", "someone"), ("③", "unknown")),
        *(("二", "someone"), ("三", "unknown"), (" 1. ", "nobody"), ("2!", "someone")),
        *(("nobody", "nobody"), ("NOBODY", "nobody"), ("Ｎｏｂｏｄｙ", "nobody")),
        *(("Somebody is hurt.", "someone"), ("i don’t know", "unknown")),
        *(("いいえ。", "nobody"), ("はい", "someone"), ("لا أحد", "nobody"), ("نعم!", "someone")),
        *(("not sure", None), ("some", "someone"), ("so", None), ("0", None), ("4", None)),
        *(("-1", None), ("1" * 5000, None), ("½", None), ("", None), ("\u202e1", "nobody")),
    ],
)  # fmt: skip
def test_the_option_meant_is_found(typed: str, meant: str | None) -> None:
    found = match(typed, WORDS)
    assert (found.value if found else None) == meant


def test_a_beginning_counts_only_if_it_is_one_options_alone() -> None:
    sites = (Option("a", "Osaka North"), Option("b", "Osaka South"), Option("c", "東京本社ビル"))
    assert match("osaka", sites) is None
    assert match("Osaka n", sites) == sites[0]
    assert match("東京本", sites) == sites[2]


def test_a_value_or_tag_is_never_taken_for_a_number() -> None:
    years = (Option("2", "Second"), Option("1", "First"))
    assert [match("2", years), match("1", years)] == list(years)


@SOME
@given(st.lists(st.text(min_size=1), unique=True, min_size=1), st.data())
def test_every_option_answers_to_its_tag_whatever_its_value_is(
    values: list[str], data: st.DataObject
) -> None:
    options = tuple(Option(v, "the same label") for v in values)
    meant = data.draw(st.sampled_from(options))
    assume(not any(o.value == meant.tag for o in options if o is not meant))
    assert match(meant.tag, options) is meant


@SOME
@given(st.text())
@example("a" * 24)
@example("a" * 25)
@example("line\n")
def test_a_tag_is_short_and_plain(value: str) -> None:
    short = tag(value)
    assert len(short.encode()) <= 24
    assert short.isascii()
    assert ":" not in short
    assert not short.startswith("!"), "acts begin with that"


def test_no_two_of_many_values_share_a_tag() -> None:
    values = {f"site:{n} 拠点" for n in range(50_000)} | {f"n{n}" for n in range(50_000)}
    assert len({tag(v) for v in values}) == len(values)


@SOME
@given(ODD_TEXT)
@example("e\u200e\u0301")
@example("\ud83d\udc69")
@example("a\r\n\rb\u2028c")
def test_cleaned_words_hold_no_control_sign_and_no_override(text: str) -> None:
    kept = clean(text)
    kinds = {unicodedata.category(c) for c in kept} | {
        "override" for c in kept if c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    }
    assert "Cs" not in kinds
    assert "override" not in kinds
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in kept)
    assert kept == kept.strip() == clean(kept)
    kept.encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  無事です\u3000", "無事です"),
        ("\u202eevil\u202c", "evil"),
        ("\u2067abc\u2069", "abc"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("👩‍👩‍👧‍👦 ok 🇯🇵", "👩‍👩‍👧‍👦 ok 🇯🇵"),
        ("e\u0301", "é"),
        ("\u200b\ufeff\u2060\u00ad", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<b>{{ 7*7 }}'; DROP TABLE people;--", "<b>{{ 7*7 }}'; DROP TABLE people;--"),
    ],
)
def test_words_are_kept_as_meant(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@SOME
@given(ODD_TEXT)
def test_case_width_and_end_marks_make_no_difference(text: str) -> None:
    assert fold(text) == fold(f" {text}。!")


@pytest.mark.parametrize("said", ["I'm safe!", "i’m  SAFE", "Ｉ'ｍ ｓａｆｅ。", "\u202aI'm\tsafe…"])
def test_one_answer_however_it_is_typed(said: str) -> None:
    assert fold(said) == "i m safe"


def test_ten_thousand_letters_are_a_problem_or_kept_whole_never_cut() -> None:
    form = FORMS["incident"]
    mine = replace(draft(kind="fire", place="B", hurt="nobody"), form="incident")
    long = "あ" * 10_000
    for name in ("place", "details"):
        refused, problems = answer(form, mine, {name: long}, {name: ()})
        assert problems == {name: "problem-too-long"}
        assert refused.answers == mine.answers
    whole, problems = answer(form, mine, {"details": long[:4000]}, {})
    assert (value(whole, "details"), problems) == (long[:4000], {})


def test_a_resumed_draft_knows_nothing_of_time() -> None:
    old = replace(draft(kind="fire"), form="incident", updated_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert getattr(upcoming(FORMS["incident"], old), "name", None) == "place"
