"""Personal links: signed, dated, revocable, with keys that rotate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.links import Links
from adapters.web.ports import BadLink
from tests.adapters.test_web_house import StillClock

MONTH = timedelta(days=30)


def test_a_link_tells_whose_it_is():
    links = Links(["one"], MONTH, StillClock())
    assert links.read(links.make(7, rev=3)) == (7, 3)


def test_a_link_can_stand_in_an_address():
    token = Links(["one"], MONTH, StillClock()).make(123_456_789, rev=99)
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()
    assert len(token) < 90


def test_a_link_lasts_its_lifetime_and_no_longer():
    clock = StillClock()
    links = Links(["one"], MONTH, clock)
    token = links.make(7, 0)
    clock.time += MONTH
    assert links.read(token) == (7, 0)
    clock.time += timedelta(seconds=1)
    assert links.read(token) == BadLink("expired")


def test_a_clock_set_back_expires_nothing():
    clock = StillClock()
    links = Links(["one"], MONTH, clock)
    token = links.make(7, 0)
    clock.time -= timedelta(days=400)
    assert links.read(token) == (7, 0)


def test_keys_rotate_without_breaking_links():
    clock = StillClock()
    old = Links(["old"], MONTH, clock)
    both = Links(["new", "old"], MONTH, clock)
    new = Links(["new"], MONTH, clock)
    assert both.read(old.make(7, 0)) == (7, 0)
    assert new.read(both.make(7, 0)) == (7, 0), "the first key signs"
    assert new.read(old.make(7, 0)) == BadLink("bad")


@pytest.mark.parametrize("keys", [[], [""], ["good", ""]])
def test_a_missing_key_stops_the_start(keys: list[str]):
    with pytest.raises(ValueError, match="key"):
        Links(keys, MONTH, StillClock())


@given(st.text(max_size=400))
def test_whatever_else_is_read_is_a_bad_link(token: str):
    assert Links(["one"], MONTH, StillClock()).read(token) == BadLink("bad")


@given(st.data())
def test_no_character_can_be_changed(data: st.DataObject):
    links = Links(["one"], MONTH, StillClock())
    token = links.make(7, 0)
    at = data.draw(st.integers(0, len(token) - 2))
    # The last character of a base64 part carries bits that mean nothing; elsewhere all count.
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != token[at]))
    assert links.read(token[:at] + other + token[at + 1 :]) == BadLink("bad")
