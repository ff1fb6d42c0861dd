"""Narrow lanes keep their pace, whoever asks in whatever order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import Lane
from bot.lanes import AHEAD, Lanes
from tests.scenarios.phones import TownClock

CHAT = Lane("chat", 1.0, 1)


@pytest.fixture
def clock() -> TownClock:
    return TownClock()


def test_a_burst_passes_at_once_and_the_rest_in_turn(clock: TownClock) -> None:
    lanes, lane = Lanes(clock), Lane("edits", 2.0, 3)
    waits = [lanes.wait(row, "slack", [lane], hurried=False) for row in range(6)]
    assert waits[:3] == [0, 0, 0]
    assert [round(wait, 2) for wait in waits[3:]] == [0.5, 1.0, 1.5]


def test_whoever_was_given_a_turn_keeps_it(clock: TownClock) -> None:
    lanes = Lanes(clock)
    lanes.wait(1, "slack", [CHAT], hurried=False)
    first = lanes.wait(2, "slack", [CHAT], hurried=False)
    again = lanes.wait(2, "slack", [CHAT], hurried=False)
    assert again == pytest.approx(first, abs=0.01)
    clock.turn(timedelta(seconds=1.1))
    assert lanes.wait(2, "slack", [CHAT], hurried=False) == 0
    # And has had it.
    assert lanes.wait(2, "slack", [CHAT], hurried=False) > 0


def test_what_is_in_a_hurry_does_not_queue_behind_those_who_wait(clock: TownClock) -> None:
    lanes = Lanes(clock)
    for row in range(50):
        lanes.wait(row, "slack", [CHAT], hurried=False)
    assert lanes.wait(99, "slack", [CHAT], hurried=True) == 0
    assert lanes.wait(100, "slack", [CHAT], hurried=True) > 0.9


def test_nobody_passes_while_the_platform_says_wait(clock: TownClock) -> None:
    lanes = Lanes(clock)
    lanes.slow_down("slack", "chat", 7)
    for hurried in (True, False):
        assert lanes.wait(1, "slack", [CHAT], hurried=hurried) == pytest.approx(7, abs=0.01)
    # Another channel's lane of the same name is another lane.
    assert lanes.wait(2, "telegram", [CHAT], hurried=False) == 0
    clock.turn(timedelta(seconds=7.1))
    assert lanes.wait(1, "slack", [CHAT], hurried=False) == 0
    assert lanes.wait(3, "slack", [CHAT], hurried=False) == pytest.approx(2, abs=0.2)


def test_turns_are_not_given_out_for_ever(clock: TownClock) -> None:
    lanes = Lanes(clock)
    waits = [lanes.wait(row, "slack", [CHAT], hurried=False) for row in range(1000)]
    assert max(waits) == AHEAD


@given(
    rate=st.floats(0.2, 50),
    burst=st.integers(1, 20),
    pauses=st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_never_faster_than_the_lane(rate: float, burst: int, pauses: list[float]) -> None:
    clock = TownClock()
    lanes, lane = Lanes(clock), Lane("chat", rate, burst)
    began, passed = clock.now(), 0
    waiting: dict[int, float] = {}
    for row, pause in enumerate(pauses):
        clock.turn(timedelta(seconds=pause))
        for known in [*waiting, row]:
            wait = lanes.wait(known, "slack", [lane], hurried=False)
            if wait > 0:
                waiting[known] = wait
            else:
                waiting.pop(known, None)
                passed += 1
        seconds = (clock.now() - began).total_seconds()
        assert passed <= burst + rate * seconds + 1e-6


def test_turns_given_out_before_a_wait_are_no_good_after_it(clock: TownClock) -> None:
    lanes = Lanes(clock)
    for row in range(60):
        lanes.wait(row, "slack", [CHAT], hurried=False)
    lanes.slow_down("slack", "chat", 60)
    clock.turn(timedelta(seconds=60.1))
    passed = [row for row in range(60) if not lanes.wait(row, "slack", [CHAT], hurried=False)]
    assert len(passed) <= 2


def test_those_in_a_hurry_are_given_turns_of_their_own(clock: TownClock) -> None:
    lanes = Lanes(clock)
    waits = [lanes.wait(row, "slack", [CHAT], hurried=True) for row in range(5)]
    assert [round(wait) for wait in waits] == [0, 1, 2, 3, 4]
