"""The one machine that waits: every move in every standing, and whole lives of asks at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.asks import (
    MOVES,
    OPEN_TO_ANSWERS,
    WAITING,
    Answered,
    Ask,
    Effect,
    Handed,
    InLine,
    Kind,
    Lapse,
    Move,
    Policy,
    Release,
    Retracted,
    Standing,
    Step,
    TimeUp,
    Tried,
    Unreachable,
    Withdraw,
    opened,
    step,
)

NOW = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)
PATIENT = Policy(180, 60, reminders=2, climb_every=300, rounds=2, backstop=900)
S = Standing

EXAMPLES: tuple[Move, ...] = (
    Release(),
    Handed(),
    TimeUp(),
    InLine(),
    Unreachable(),
    Answered("safe", by=1),
    Tried(by=7),
    Withdraw(),
    Lapse(),
    Retracted(2),
)
"""One move of each kind."""

LEADS_TO: dict[Standing, dict[type, set[Standing]]] = {
    S.HELD: {
        Release: {S.ASKED},
        Answered: {S.ANSWERED},
        Withdraw: {S.WITHDRAWN},
        Lapse: {S.LAPSED},
    },
    S.ASKED: {
        Handed: {S.ASKED},
        TimeUp: {S.ASKED, S.CLIMBED, S.UNREACHED},
        InLine: {S.ASKED, S.CLIMBED, S.UNREACHED},
        Unreachable: {S.ASKED, S.CLIMBED, S.UNREACHED},
        Answered: {S.ANSWERED},
        Tried: {S.ASKED},
        Withdraw: {S.WITHDRAWN},
        Lapse: {S.LAPSED},
    },
    S.CLIMBED: {
        TimeUp: {S.CLIMBED, S.ASKED, S.UNREACHED},
        InLine: {S.CLIMBED, S.ASKED, S.UNREACHED},
        Unreachable: {S.CLIMBED, S.ASKED, S.UNREACHED},
        Answered: {S.ANSWERED},
        Tried: {S.CLIMBED},
        Withdraw: {S.WITHDRAWN},
        Lapse: {S.LAPSED},
    },
    S.UNREACHED: {
        Answered: {S.ANSWERED},
        Tried: {S.UNREACHED},
        Withdraw: {S.WITHDRAWN},
        Lapse: {S.LAPSED},
    },
    S.ANSWERED: {
        Answered: {S.ANSWERED},
        Withdraw: {S.WITHDRAWN},
        Retracted: {S.ANSWERED, S.ASKED, S.CLIMBED, S.UNREACHED},
    },
    S.LAPSED: {Answered: {S.ANSWERED}, Tried: {S.LAPSED}, Withdraw: {S.WITHDRAWN}},
    S.WITHDRAWN: {},
}
"""What each standing allows, and where it may lead. What is not here changes nothing."""


def ask(standing: Standing = S.ASKED, **fields: object) -> Ask:
    """An ask of person 1 with three people above."""
    due = NOW + timedelta(seconds=900) if standing in WAITING else None
    given = Ask("a", Kind.CHECK_IN, "rollcall:r", 1, (2, 3, 4), PATIENT, standing, due)
    if standing is S.CLIMBED:
        given = replace(given, rung=1)
    if standing is S.ANSWERED:
        given = replace(given, answer="help", answered_by=1, answered_at=NOW)
    return replace(given, **fields)


def life(of: Ask, *moves: Move, apart: int = 1) -> list[Step]:
    """The steps of an ask under these moves, `apart` seconds between."""
    steps = []
    for number, move in enumerate(moves, start=1):
        steps.append(step(of, move, NOW + timedelta(seconds=apart * number)))
        of = steps[-1].ask
    return steps


def test_only_whoever_answered_for_somebody_takes_it_back() -> None:
    given = replace(ask(S.ANSWERED), answered_by=2, rung=1)
    for other in (1, 3):
        assert step(given, Retracted(other), NOW) == Step(given)
    back = step(given, Retracted(2), NOW).ask
    assert (back.standing, back.answer, back.answered_by) == (S.CLIMBED, "", None)
    assert back.due_at == NOW + timedelta(seconds=PATIENT.climb_every)
    # It was still with them: they are asked further.
    asked = step(replace(given, rung=0), Retracted(2), NOW).ask
    assert asked.standing is S.ASKED
    assert asked.due_at == NOW + timedelta(seconds=PATIENT.first_reminder)
    # Nobody stands above them, and they had been asked as often as it takes.
    tried = {"reminders": PATIENT.reminders, "round": PATIENT.rounds}
    unreached = step(replace(given, rung=0, chain=(), **tried), Retracted(2), NOW).ask
    assert (unreached.standing, unreached.due_at) == (S.UNREACHED, None)
    # What somebody said themselves is theirs.
    own = ask(S.ANSWERED)
    assert step(own, Retracted(1), NOW) == Step(own)


# --- the table --------------------------------------------------------------------------------


def test_the_table_is_the_one_written_here_no_move_more_and_none_less() -> None:
    assert {type(m) for m in EXAMPLES} == set(get_args(Move))
    assert set(LEADS_TO) == set(Standing)
    written = {(standing, move) for standing, moves in LEADS_TO.items() for move in moves}
    assert set(MOVES) == written


@pytest.mark.parametrize("move", EXAMPLES, ids=lambda m: type(m).__name__)
@pytest.mark.parametrize("standing", list(Standing))
def test_every_move_leads_where_the_table_says_and_any_other_changes_nothing(
    standing: Standing, move: Move
) -> None:
    given = ask(standing)
    if isinstance(move, Retracted) and given.answered_by is not None:
        given = replace(given, answered_by=move.by)
    taken = step(given, move, NOW + timedelta(seconds=1))
    allowed = LEADS_TO[standing].get(type(move))
    if allowed is None:
        assert taken == Step(given)
        assert taken.ask is given
    else:
        assert taken != Step(given)
        assert taken.ask.standing in allowed


def test_whoever_waits_is_waiting_and_late_answers_are_welcome_unless_withdrawn() -> None:
    assert {s for s in Standing if TimeUp in LEADS_TO[s]} == WAITING
    assert {s for s in Standing if Answered in LEADS_TO[s]} == OPEN_TO_ANSWERS


# --- one thing at a time ----------------------------------------------------------------------


def test_a_new_ask_is_asked_at_once_and_waits_for_the_hand_over() -> None:
    first = opened(ask(), NOW)
    assert first.effects == (Effect.QUESTION,)
    assert first.ask.due_at == NOW + timedelta(seconds=PATIENT.backstop)
    assert not first.ask.handed


def test_an_ask_held_for_a_cascade_waits_for_nobody_until_released() -> None:
    held = opened(ask(), NOW, held=True)
    assert (held.ask.standing, held.ask.due_at, held.effects) == (S.HELD, None, ())
    assert step(held.ask, Release(), NOW) == opened(ask(), NOW)


def test_the_hand_over_starts_the_clock_once() -> None:
    first = opened(ask(), NOW).ask
    handed, again = life(first, Handed(), Handed(), apart=50)
    assert handed.ask.due_at == NOW + timedelta(seconds=50 + PATIENT.first_reminder)
    assert again == Step(handed.ask)


def test_reminders_then_the_chain_then_round_two_then_nobody_is_left() -> None:
    given = opened(ask(), NOW).ask
    steps = life(given, *[TimeUp()] * 12)
    told = [s.effects for s in steps]
    climbs = [(Effect.CLIMB,)] * 3
    once = [(Effect.REMINDER,)] * 2
    assert told == [
        *once,
        (Effect.RELEASE, Effect.CLIMB),
        *climbs[1:],
        (Effect.QUESTION,),
        *once,
        *climbs,
        (Effect.EXHAUSTED,),
    ]
    assert [s.ask.holder for s in steps] == [1, 1, 2, 3, 4, 1, 1, 1, 2, 3, 4, 4]
    assert steps[-1].ask.standing is S.UNREACHED


def test_a_reminder_waits_for_its_own_hand_over() -> None:
    given = opened(ask(), NOW).ask
    handed, reminded, again = life(given, Handed(), TimeUp(), Handed(), apart=100)
    assert not reminded.ask.handed
    assert again.ask.due_at == NOW + timedelta(seconds=300 + PATIENT.remind_every)
    assert handed.ask.due_at is not None


def test_a_question_whose_turn_has_not_come_waits_longer_and_escalates_nothing() -> None:
    given = opened(ask(), NOW).ask
    [waits] = life(given, InLine(), apart=900)
    twice = NOW + timedelta(seconds=2 * PATIENT.backstop)
    assert waits == Step(replace(given, due_at=twice, put_off=True))
    later = NOW + timedelta(seconds=900 + PATIENT.climb_every)
    for climbs_on in (ask(S.CLIMBED), ask(kind=Kind.PAGE), ask(S.CLIMBED, kind=Kind.PAGE)):
        [waits] = life(climbs_on, InLine(), apart=900)
        assert waits == Step(replace(climbs_on, due_at=later, put_off=True))


def test_no_queue_is_waited_for_without_end() -> None:
    asked = life(opened(ask(), NOW).ask, *[InLine()] * 4)
    assert [s.effects for s in asked] == [
        (),
        (Effect.REMINDER,),
        (Effect.REMINDER,),
        (Effect.RELEASE, Effect.CLIMB),
    ]
    # Whoever it climbed to has a card of their own, which may be in line as well.
    above = life(asked[-1].ask, InLine(), InLine())
    assert [s.effects for s in above] == [(), (Effect.CLIMB,)]
    page = life(opened(ask(kind=Kind.PAGE), NOW).ask, InLine(), InLine())
    assert [s.effects for s in page] == [(), (Effect.RELEASE, Effect.CLIMB)]


def test_once_handed_over_the_next_card_may_be_in_line_again() -> None:
    given = opened(ask(), NOW).ask
    *_, handed, reminded, again = life(given, InLine(), Handed(), TimeUp(), InLine())
    assert not handed.ask.put_off
    assert reminded.effects == (Effect.REMINDER,)
    assert again.effects == ()


def test_without_reminders_the_first_patience_counts() -> None:
    given = replace(ask(), policy=Policy(240, 60, 0, 300))
    handed, climbed = life(opened(given, NOW).ask, Handed(), TimeUp())
    assert handed.ask.due_at == NOW + timedelta(seconds=1 + 240)
    assert Effect.CLIMB in climbed.effects


def test_somebody_nobody_can_reach_goes_to_the_next_above_at_once() -> None:
    [first, second] = life(opened(ask(), NOW).ask, Unreachable(), Unreachable())
    assert (first.ask.holder, second.ask.holder) == (2, 3)
    assert first.effects == (Effect.RELEASE, Effect.CLIMB)
    assert second.effects == (Effect.CLIMB,)


def test_nobody_above_means_unreached_at_once() -> None:
    alone = opened(replace(ask(), chain=(), policy=replace(PATIENT, rounds=1)), NOW).ask
    gone = step(alone, Unreachable(), NOW)
    assert gone.ask.standing is S.UNREACHED
    assert gone.effects == (Effect.RELEASE, Effect.EXHAUSTED)


def test_an_answer_releases_those_below_once_whoever_gives_it() -> None:
    first, changed = life(ask(), Answered("safe", by=2), Answered("help", by=1))
    assert first.effects == (Effect.ANSWER, Effect.RELEASE)
    assert first.ask.on_behalf
    assert changed.effects == (Effect.CHANGE,)
    assert not changed.ask.on_behalf
    silent, late = life(ask(reminders=2), TimeUp(), Answered("safe", by=1))
    assert Effect.RELEASE in silent.effects
    assert late.effects == (Effect.ANSWER,)


def test_the_same_answer_again_changes_nothing() -> None:
    [first, again] = life(ask(), Answered("safe", by=1), Answered("safe", by=1))
    assert again == Step(first.ask)


def test_trying_by_hand_is_counted_and_moves_no_clock() -> None:
    given = ask(S.CLIMBED)
    [one, two] = life(given, Tried(by=2), Tried(by=2))
    assert two.ask == replace(given, tries=2)
    assert one.effects == (Effect.TRIED,)


@settings(deadline=None)
@given(st.tuples(*[st.integers(0, 10**9)] * 6))
def test_a_policy_comes_back_from_its_code(numbers: tuple[int, ...]) -> None:
    policy = Policy(*numbers)
    assert Policy.parse(policy.code()) == policy


# --- whole lives ------------------------------------------------------------------------------

POLICIES = st.builds(
    Policy,
    first_reminder=st.integers(1, 600),
    remind_every=st.integers(1, 600),
    reminders=st.integers(0, 4),
    climb_every=st.integers(1, 600),
    rounds=st.integers(1, 3),
    backstop=st.integers(1, 900),
)


class Life(RuleBasedStateMachine):
    """One ask, any moves in any order at any time."""

    @initialize(
        policy=POLICIES,
        chain=st.lists(st.integers(2, 40), unique=True, max_size=6),
        held=st.booleans(),
    )
    def begin(self, policy: Policy, chain: list[int], held: bool) -> None:
        self.now = NOW
        self.policy, self.chain = policy, tuple(chain)
        first = replace(ask(), policy=policy, chain=self.chain)
        self.ask = opened(first, NOW, held=held).ask
        self.releases = 0

    def move(self, move: Move) -> Step:
        before = self.ask
        taken = step(before, move, self.now)
        self.ask = taken.ask
        self.releases += taken.effects.count(Effect.RELEASE)
        frozen = ("id", "kind", "about", "person", "chain", "policy", "site", "team", "releaser")
        frozen += ("drill",)
        assert all(getattr(before, f) == getattr(taken.ask, f) for f in frozen)
        if before.standing is S.WITHDRAWN:
            assert taken == Step(before), "called off is called off"
        if before.standing not in WAITING and taken.ask.waiting:
            assert before.standing is S.HELD, "only a release sets an ask going"
        return taken

    @rule(seconds=st.integers(0, 2000))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def release(self) -> None:
        self.move(Release())

    @rule()
    def hand_over(self) -> None:
        before = self.ask
        first = self.move(Handed())
        again = self.move(Handed())
        assert again == Step(first.ask), "the clock starts once"
        if before.handed or before.standing is not S.ASKED:
            assert first == Step(before)

    @rule()
    def time_is_up(self) -> None:
        self.move(TimeUp())

    @rule()
    def others_go_first(self) -> None:
        before = self.ask
        taken = self.move(InLine())
        if before.put_off or not before.waiting:
            return
        assert taken.effects == ()
        same = replace(taken.ask, due_at=before.due_at, put_off=False)
        assert same == before, "it waits longer, no more"

    @precondition(lambda self: self.ask.waiting)
    @rule()
    def others_go_first_time_and_again(self) -> None:
        before = self.ask
        self.move(InLine())
        self.move(InLine())
        assert self.ask.waiting is False or (
            (self.ask.reminders, self.ask.rung, self.ask.round)
            != (before.reminders, before.rung, before.round)
        ), "a queue that never moves does not hold it up"

    @rule()
    def nobody_reaches_them(self) -> None:
        self.move(Unreachable())

    @rule(answer=st.sampled_from(["safe", "help", "unaffected"]), by=st.integers(1, 5))
    def answer(self, answer: str, by: int) -> None:
        before = self.ask
        taken = self.move(Answered(answer, by))
        if before.standing in OPEN_TO_ANSWERS:
            assert (taken.ask.answer, taken.ask.answered_by) == (answer, by)
            assert (taken.ask.standing, taken.ask.due_at) == (S.ANSWERED, None)

    @rule(by=st.integers(1, 5))
    def try_by_hand(self, by: int) -> None:
        before = self.ask
        assert self.move(Tried(by)).ask.due_at == before.due_at

    @precondition(lambda self: self.ask.standing is not S.WITHDRAWN)
    @rule()
    def withdraw(self) -> None:
        assert self.move(Withdraw()).ask.standing is S.WITHDRAWN

    @rule()
    def lapse(self) -> None:
        before = self.ask
        if self.move(Lapse()).effects:
            assert not before.answer, "an answer never lapses"

    @rule()
    def silence_comes_to_an_end(self) -> None:
        most = self.policy.rounds * (self.policy.reminders + 1 + len(self.chain) + 1)
        left, when = self.ask, self.now
        for _ in range(most):
            if not left.waiting:
                break
            assert left.due_at is not None
            when = max(when, left.due_at)
            left = step(left, TimeUp(), when).ask
        assert not left.waiting

    @invariant()
    def waits_if_and_only_if_it_is_due(self) -> None:
        assert self.ask.waiting == (self.ask.due_at is not None)

    @invariant()
    def every_deadline_lies_ahead(self) -> None:
        longest = max(
            self.policy.first_reminder,
            self.policy.remind_every,
            self.policy.climb_every,
            self.policy.backstop,
        )
        if self.ask.due_at is not None:
            assert self.ask.due_at <= self.now + timedelta(seconds=longest)

    @invariant()
    def stays_within_its_chain_and_policy(self) -> None:
        assert 0 <= self.ask.rung <= len(self.chain)
        assert 0 <= self.ask.reminders <= self.policy.reminders
        assert 1 <= self.ask.round <= self.policy.rounds
        assert self.ask.holder in (self.ask.person, *self.chain)
        assert self.ask.holder in self.ask.asked_people

    @invariant()
    def those_below_are_released_at_most_once(self) -> None:
        assert self.releases <= 1


class TestLife(Life.TestCase):
    settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
