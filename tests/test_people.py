"""The call tree: who is asked next, in which order a call tree calls, and where lines run wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.people import MAX_CHAIN, CallTree, Person, Role, TreeRow

SOME = settings(deadline=None)


def tree(**leads: int | None) -> CallTree:
    """A tree from `p<id>=<lead's id>`."""
    return CallTree(TreeRow(int(name[1:]), lead) for name, lead in leads.items())


@st.composite
def any_trees(draw: st.DrawFn) -> list[TreeRow]:
    """Any rows at all: circles, people who are away, leads and deputies who do not exist."""
    size = draw(st.integers(1, 12))
    somebody = st.none() | st.integers(1, size + 1)
    return [
        TreeRow(person, draw(somebody), draw(somebody), draw(st.booleans()))
        for person in range(1, size + 1)
    ]


def line_above(rows: dict[int, TreeRow], person: int) -> Iterator[int]:
    """Everyone above in the reporting line, each once, without the person."""
    passed = {person}
    lead = rows[person].lead
    while lead in rows and lead not in passed:
        passed.add(lead)
        yield lead
        lead = rows[lead].lead


# --- chains -----------------------------------------------------------------------------------


def test_lead_and_deputy_answer_first_then_the_next_above() -> None:
    rows = [
        TreeRow(1),
        TreeRow(2, lead=1, deputy=5),
        TreeRow(3, lead=2, deputy=6),
        TreeRow(4, lead=3),
        TreeRow(5, lead=1),
        TreeRow(6, lead=2),
    ]
    built = CallTree(rows)
    assert built.chain(4) == (3, 6, 2, 5, 1)
    assert built.chain(1) == ()
    assert built.above(5, 4)
    assert not built.above(4, 5)


def test_whoever_is_away_is_passed_over_and_their_deputy_is_not() -> None:
    built = CallTree([TreeRow(1), TreeRow(2, 1, deputy=3, away=True), TreeRow(3, 1), TreeRow(4, 2)])
    assert built.chain(4) == (3, 1)


def test_nobody_answers_for_themself_even_as_their_leads_deputy() -> None:
    built = CallTree([TreeRow(1), TreeRow(2, 1, deputy=3), TreeRow(3, 2), TreeRow(4, 2)])
    assert built.chain(3) == (2, 1)
    assert built.chain(4) == (2, 3, 1)


def test_a_lead_who_is_their_own_deputy_is_asked_once() -> None:
    built = CallTree([TreeRow(1, deputy=1), TreeRow(2, 1)])
    assert built.chain(2) == (1,)


def test_somebody_who_is_their_own_lead_has_nobody_above() -> None:
    assert tree(p1=1).chain(1) == ()


def test_a_circle_ends_where_it_began() -> None:
    built = tree(p1=3, p2=1, p3=2, p4=3)
    assert built.chain(4) == (3, 2, 1)
    assert built.chain(1) == (3, 2)


def test_a_lead_who_is_not_on_record_ends_the_chain() -> None:
    built = tree(p1=None, p2=99, p3=2)
    assert built.chain(3) == (2,)
    assert built.chain(2) == ()
    assert built.chain(77) == ()
    assert set(built.reports(None)) == {1, 2}


def test_the_line_runs_through_a_lead_who_has_left_and_keeps_their_deputy() -> None:
    built = CallTree(
        [
            *(TreeRow(1), TreeRow(2, 1), TreeRow(3, 2, deputy=5, left=True)),
            *(TreeRow(4, 3), TreeRow(5, 3), TreeRow(6, 4)),
        ]
    )
    assert built.chain(4) == (5, 2, 1)
    assert built.chain(5) == (2, 1)
    assert built.chain(6) == (4, 5, 2, 1)
    assert built.chain(3) == ()
    assert built.reports(2) == (4, 5)
    assert built.reports(None) == (1,)
    assert list(built.subtree(1)) == [2, 4, 5, 6]
    assert built.cascade([1, 2, 4, 5, 6]) == {1: None, 2: 1, 4: 2, 5: 2, 6: 4}
    assert 3 not in built
    assert len(built) == 5


def test_people_whose_leads_have_all_left_are_at_the_top() -> None:
    gone = [TreeRow(1, left=True), TreeRow(2, 1, left=True)]
    built = CallTree([*gone, TreeRow(3, 2), TreeRow(4, 3)])
    assert built.chain(4) == (3,)
    assert built.chain(3) == ()
    assert built.reports(None) == (3,)
    around = CallTree([TreeRow(1, 2, left=True), TreeRow(2, 1, left=True), TreeRow(3, 2)])
    assert (around.chain(3), around.reports(None)) == ((), (3,))
    assert around.loops() == []


def test_a_chain_is_cut_at_its_longest() -> None:
    built = CallTree(TreeRow(n, n - 1 or None) for n in range(1, 101))
    assert built.chain(100) == tuple(range(99, 99 - MAX_CHAIN, -1))


@SOME
@given(any_trees())
def test_a_chain_names_present_people_above_each_once_never_oneself(rows: list[TreeRow]) -> None:
    built, by_id = CallTree(rows), {r.id: r for r in rows}
    for person in by_id:
        chain = built.chain(person)
        line = list(line_above(by_id, person))
        around = {person} if by_id[[person, *line][-1]].lead == person else set()
        may = {*line, *(by_id[p].deputy for p in {*line, *around})} - {person}
        present = {p for p in may if p in by_id and not by_id[p].away}
        assert set(chain) == present
        assert len(chain) == len(set(chain))
        leads = [p for p in chain if p in line and p not in [by_id[q].deputy for q in line]]
        assert leads == [p for p in line if p in leads], "nearest first"


# --- below ------------------------------------------------------------------------------------


def test_everyone_below_is_found_breadth_first() -> None:
    built = tree(p1=None, p2=1, p3=1, p4=2, p5=4, p6=3)
    assert list(built.subtree(1)) == [2, 3, 4, 6, 5]
    assert list(built.subtree(5)) == []


def test_a_circle_below_is_walked_once() -> None:
    assert list(tree(p1=3, p2=1, p3=2).subtree(1)) == [2, 3]


@SOME
@given(any_trees())
def test_below_is_the_mirror_of_above(rows: list[TreeRow]) -> None:
    built, by_id = CallTree(rows), {r.id: r for r in rows}
    for person in by_id:
        found = list(built.subtree(person))
        assert len(found) == len(set(found))
        assert set(found) == {p for p in by_id if person in line_above(by_id, p)}


# --- cascade ----------------------------------------------------------------------------------


def test_each_lead_releases_those_below_and_the_top_is_asked_at_once() -> None:
    built = tree(p1=None, p2=1, p3=2, p4=2)
    assert built.cascade([1, 2, 3, 4]) == {1: None, 2: 1, 3: 2, 4: 2}


def test_a_circle_never_stops_the_tree() -> None:
    releases = tree(p1=2, p2=1, p3=2, p4=4).cascade([1, 2, 3, 4])
    assert sorted(releases.items()) in (
        [(1, None), (2, 1), (3, 2), (4, None)],
        [(1, 2), (2, None), (3, 2), (4, None)],
    )


def test_a_gap_never_stops_the_tree() -> None:
    away = CallTree([TreeRow(1), TreeRow(2, 1, away=True), TreeRow(3, 2), TreeRow(4, 2)])
    assert away.cascade([1, 2, 3, 4]) == {1: None, 2: 1, 3: 1, 4: 1}
    assert tree(p1=None, p2=1, p3=2).cascade([1, 3]) == {1: None, 3: 1}
    assert tree(p1=None, p2=1, p3=2).cascade([3]) == {3: None}


@SOME
@given(any_trees(), st.data())
def test_a_cascade_reaches_everyone_in_scope_exactly_once(
    rows: list[TreeRow], data: st.DataObject
) -> None:
    everybody = [r.id for r in rows]
    scope = data.draw(st.sets(st.sampled_from(everybody)))
    releases = CallTree(rows).cascade(scope)
    assert set(releases) == scope
    assert all(above is None or above in scope for above in releases.values())
    asked: set[int] = set()
    wave = {p for p, above in releases.items() if above is None}
    while wave:
        asked |= wave
        wave = {p for p, above in releases.items() if above in wave} - asked
    assert asked == scope, "everyone is asked in the end"


# --- circles ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leads", "circles"),
    [
        ({"p1": None, "p2": 1}, []),
        ({"p1": 1}, [{1}]),
        ({"p1": 2, "p2": 1, "p3": 2}, [{1, 2}]),
        ({"p1": 2, "p2": 3, "p3": 1, "p4": 5, "p5": 4, "p6": 4}, [{1, 2, 3}, {4, 5}]),
        ({"p1": 99, "p2": 1}, []),
    ],
)
def test_every_circle_is_named_once(leads: dict[str, int | None], circles: list[set[int]]) -> None:
    found = tree(**leads).loops()
    assert sorted(map(set, found), key=min) == circles
    assert [len(loop) for loop in found] == [len(set(loop)) for loop in found]


@SOME
@given(any_trees())
def test_circles_are_those_who_stand_above_themselves(rows: list[TreeRow]) -> None:
    by_id = {r.id: r for r in rows}

    def circle_of(person: int) -> frozenset[int]:
        around = [person, *line_above(by_id, person)]
        return frozenset(around if by_id[around[-1]].lead == person else ())

    wanted = {circle_of(p) for p in by_id} - {frozenset()}
    loops = CallTree(rows).loops()
    assert sorted(map(sorted, loops)) == sorted(map(sorted, wanted))
    for loop in loops:
        assert [by_id[p].lead for p in loop] == [*loop[1:], loop[0]]


# --- many -------------------------------------------------------------------------------------


MANY = 100_000
FEW = 3_000
LINES_A_PERSON = 60
"""More lines of code than this, run for each of many people, would mean walking in vain."""


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of code `work` runs: a measure that no busy machine changes."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def ten_below_each(people: int) -> CallTree:
    return CallTree(TreeRow(n, (n - 2) // 10 + 1 if n > 1 else None) for n in range(1, people + 1))


def one_long_line(people: int, away: bool = False) -> CallTree:
    """Everyone reports to the one before; from the last to the first."""
    return CallTree(TreeRow(n, n - 1 or None, None, away and n > 1) for n in range(people, 0, -1))


def chains(tree: CallTree, people: int) -> None:
    for person in range(1, people + 1):
        tree.chain(person)


WORK: dict[str, Callable[[int], object]] = {
    "reading": lambda n: ten_below_each(n),
    "chains": lambda n: chains(ten_below_each(n), n),
    "below": lambda n: list(ten_below_each(n).subtree(1)),
    "cascade": lambda n: ten_below_each(n).cascade(range(1, n + 1)),
    "a cascade past a line that is away": lambda n: one_long_line(n, away=True).cascade(range(n)),
    "circles in one long line": lambda n: one_long_line(n).loops(),
}


@pytest.mark.parametrize("what", WORK)
def test_three_times_the_people_are_three_times_the_work(what: str) -> None:
    work = WORK[what]
    once, thrice = (lines_run(lambda n=n: work(n)) for n in (FEW, 3 * FEW))
    assert thrice <= 3.3 * once
    assert once <= LINES_A_PERSON * FEW


def test_a_hundred_thousand_people_are_one_tree() -> None:
    tree = ten_below_each(MANY)
    assert len(tree) == MANY
    assert len(tree.chain(MANY)) == 5
    assert sum(1 for _ in tree.subtree(1)) == MANY - 1
    assert list(tree.cascade(range(1, MANY + 1)).values()).count(None) == 1


def test_one_circle_of_a_hundred_thousand_is_found_whole() -> None:
    [loop] = CallTree(TreeRow(n, n - 1 or MANY) for n in range(1, MANY + 1)).loops()
    assert len(loop) == MANY


# --- rights -----------------------------------------------------------------------------------


def test_whoever_has_left_may_nothing_any_more() -> None:
    officer = Person(1, "k", "Ann", roles=frozenset({Role.SAFETY}))
    assert officer.may(Role.ADMIN, Role.SAFETY)
    assert not officer.may(Role.ADMIN)
    assert not Person(1, "k", "Ann", roles=frozenset({Role.SAFETY}), left=True).may(Role.SAFETY)
