"""One-tap tokens: short, bound to one card of one person, and never forged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.taps import OWN, VIEWS, Taps
from bot.ports import ALPHABET
from tests.adapters.test_web_house import StillClock

MONTHS = timedelta(days=60)
ids = st.text(ALPHABET, min_size=12, max_size=12)
asks = st.builds("ask:{}".format, ids)
others = st.sampled_from(["rollcall:abc1234", "worklist:abc1234:7", "incident:0", "person:12"])
people = st.integers(1, 2**50)


def taps(clock: StillClock | None = None, *keys: str) -> Taps:
    return Taps(keys or ("one",), MONTHS, clock or StillClock())


@given(person=people, rev=st.integers(0, 999), view=st.sampled_from(VIEWS), subject=asks | others)
def test_a_token_says_what_it_opens(person: int, rev: int, view: str, subject: str) -> None:
    made = taps()
    token = made.make(person, rev, view, subject)
    claim = made.claim(token)
    assert claim is not None
    assert (claim.view, claim.subject) == (view, subject)
    assert claim.person in (None, person)
    # Only a question about oneself tells by itself whose it is.
    short = subject.startswith("ask:") and view in OWN
    assert (claim.person is None) == short
    assert made.verdict(claim, person, rev) == "good"
    assert made.verdict(claim, person, rev + 1) == "bad"
    assert made.verdict(claim, person + 1, rev) == "bad"
    assert len(token) == 24 or not short


@given(subject=asks | others, data=st.data())
def test_no_letter_can_be_changed(subject: str, data: st.DataObject) -> None:
    made = taps()
    token = made.make(7, 1, "checkin", subject)
    at = data.draw(st.integers(0, len(token) - 1))
    signs = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    other = data.draw(signs.filter(lambda sign: sign != token[at]))
    claim = made.claim(token[:at] + other + token[at + 1 :])
    if claim is not None:
        person = claim.person if claim.person is not None else 7
        assert made.verdict(claim, person, 1) == "bad"


@given(st.text(max_size=300) | st.binary(max_size=60).map(lambda raw: raw.hex()))
def test_whatever_else_is_read_claims_nothing_that_holds(token: str) -> None:
    made = taps()
    claim = made.claim(token)
    assert claim is None or made.verdict(claim, 7, 0) == "bad"


@pytest.mark.parametrize("week", range(0, 260, 13))
def test_a_token_expires_and_never_comes_back(week: int) -> None:
    clock = StillClock()
    made = taps(clock)
    token = made.make(7, 0, "checkin", "ask:0123456789ab")
    clock.time += timedelta(weeks=week)
    claim = made.claim(token)
    assert claim is not None
    verdict = made.verdict(claim, 7, 0)
    if week <= 8:
        assert verdict == "good"
    elif week <= 251:
        assert verdict == "expired"
    else:
        assert verdict == "bad", "after years it is not even known"


def test_a_clock_set_back_a_little_expires_nothing() -> None:
    clock = StillClock()
    made = taps(clock)
    token = made.make(7, 0, "checkin", "ask:0123456789ab")
    clock.time -= timedelta(weeks=3)
    claim = made.claim(token)
    assert claim is not None
    assert made.verdict(claim, 7, 0) == "good"


def test_the_first_key_signs_and_all_verify() -> None:
    old, both, new = taps(None, "old"), taps(None, "new", "old"), taps(None, "new")
    token = old.make(7, 0, "checkin", "ask:0123456789ab")
    claim = both.claim(token)
    assert claim is not None
    assert both.verdict(claim, 7, 0) == "good"
    assert new.verdict(claim, 7, 0) == "bad"
    fresh = new.claim(both.make(7, 0, "checkin", "ask:0123456789ab"))
    assert fresh is not None
    assert new.verdict(fresh, 7, 0) == "good"


@pytest.mark.parametrize("keys", [[], [""], ["good", ""]])
def test_a_missing_key_stops_the_start(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="key"):
        Taps(keys, MONTHS, StillClock())


def test_a_one_tap_link_is_no_personal_link() -> None:
    """Both are made with the same keys, for different purposes."""
    from adapters.web.links import Links
    from adapters.web.ports import BadLink

    clock = StillClock()
    links = Links(["one"], MONTHS, clock)
    assert links.read(taps(clock).make(7, 0, "menu", "person:7")) == BadLink("bad")
    claim = taps(clock).claim(links.make(7, 0))
    assert claim is None or taps(clock).verdict(claim, 7, 0) == "bad"
