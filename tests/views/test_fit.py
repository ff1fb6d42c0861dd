"""Pieces that fit: what is cut, and what never is."""

from __future__ import annotations

import pytest

from bot.forms import clean
from bot.views.parts import fit
from tests.views.looking import LONG_WORDS, ODD


def test_what_is_cut_keeps_letters_and_isolates_whole() -> None:
    assert fit.cut("abc", 3) == "abc"
    assert fit.cut("abcd", 3) == "ab…"
    assert fit.cut("e\u0301" * 10, 4) == "e\u0301…"
    assert fit.cut("👩‍👩‍👧‍👦" * 3, 9) == "👩‍👩‍👧‍👦…"
    assert fit.cut("x\u2068abcdef\u2069", 5) == "x\u2068a…\u2069"
    assert fit.cut("\u0301" * 50, 5) == "…"
    for length in range(1, 60):
        assert len(fit.cut(ODD, length)) <= length


def test_a_line_is_one_line_without_hidden_marks() -> None:
    assert fit.line("a\nb\t\u202ec  d\x00") == "a b c d"
    assert fit.said("a\n\u202eb").text == "a\nb"


def test_a_button_that_does_not_fit_is_a_fault() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        fit.button("x" * 65, "label")


def test_pieces_are_the_whole_text_and_end_between_words() -> None:
    for text in (LONG_WORDS, "漢" * 3000, "word " * 900, "", "q" + "\u0301" * 2500):
        found = fit.pieces(text)
        assert all(0 < len(piece) <= fit.SAID for piece in found)
        assert "".join("".join(found).split()) == "".join(clean(text).split())
