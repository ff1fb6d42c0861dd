"""Time that never runs backward, and ids nobody guesses or, for tests, everybody can repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot import ports
from bot.ports import ALPHABET, LapseClock, RandomIds, SeededIds, SteadyClock

START = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)


class Machine:
    """A machine's two clocks, set by hand."""

    def __init__(self) -> None:
        self.wall = START
        self.ticks = 1000.0

    def now(self, zone: object) -> datetime:
        assert zone is UTC
        return self.wall

    def monotonic(self) -> float:
        return self.ticks

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.ticks += seconds


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The machine the ports read, which is the one thing they are for."""
    made = Machine()
    monkeypatch.setattr(ports, "datetime", made)
    monkeypatch.setattr(ports, "time", made)
    return made


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


# --- time -------------------------------------------------------------------------------------


def test_time_goes_on_as_the_machines_does(machine: Machine) -> None:
    clock = SteadyClock()
    machine.passes(12.5)
    assert clock.now() == after(12.5)
    assert clock.behind == timedelta()


def test_a_clock_set_back_makes_nobody_wait_longer(machine: Machine) -> None:
    clock = SteadyClock()
    machine.passes(60)
    machine.wall -= timedelta(hours=2)
    assert clock.now() == after(60)
    machine.passes(30)
    assert clock.now() == after(90)
    assert clock.behind == timedelta(hours=2)


def test_a_clock_set_forward_is_followed(machine: Machine) -> None:
    clock = SteadyClock()
    machine.wall += timedelta(hours=8)
    assert clock.now() == after(8 * 3600)
    machine.passes(1)
    assert clock.now() == after(8 * 3600 + 1)
    assert clock.behind == timedelta()


def test_a_clock_set_back_and_right_again_never_jumps(machine: Machine) -> None:
    clock = SteadyClock()
    seen = []
    for change in (0, -3600, 3600, -0.5, 0.5, -86_400, 86_400):
        machine.wall += timedelta(seconds=change)
        machine.passes(10)
        seen.append(clock.now())
    assert seen == [after(10 * n) for n in range(1, 8)]


def test_small_corrections_of_a_time_server_are_not_followed_at_once(machine: Machine) -> None:
    clock = SteadyClock()
    machine.wall += timedelta(seconds=0.9)
    assert clock.now() == START
    machine.wall += timedelta(seconds=0.2)
    assert clock.now() == after(1.1)


def test_time_starts_from_the_newest_on_record_where_the_machine_lags(machine: Machine) -> None:
    clock = SteadyClock()
    clock.not_before(after(3600))
    assert clock.now() == after(3600)
    machine.passes(5)
    assert clock.now() == after(3605)
    assert clock.behind == timedelta(hours=1)


def test_an_older_record_changes_nothing(machine: Machine) -> None:
    clock = SteadyClock()
    clock.not_before(after(-3600))
    assert clock.now() == START
    machine.passes(1)
    assert clock.now() == after(1)


def test_the_machine_catching_up_is_followed_after_a_start_from_the_record(
    machine: Machine,
) -> None:
    clock = SteadyClock()
    clock.not_before(after(60))
    machine.wall += timedelta(hours=1)
    assert clock.now() == after(3600)


def test_time_lapse_runs_at_its_speed_from_now(machine: Machine) -> None:
    clock = LapseClock(60)
    machine.passes(2)
    machine.wall -= timedelta(hours=1)
    assert clock.now() == after(120)


async def test_time_lapse_sleeps_shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(ports.asyncio, "sleep", sleep)
    await LapseClock(60).sleep(30)
    await SteadyClock().sleep(30)
    assert slept == [0.5, 30]


def test_every_time_is_aware() -> None:
    assert SteadyClock().now().utcoffset() == timedelta()
    assert LapseClock(1).now().utcoffset() == timedelta()


# --- ids --------------------------------------------------------------------------------------


def test_letters_are_not_mixed_up_when_read_out() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set(ALPHABET) & set("ilou")
    assert ALPHABET.lower() == ALPHABET


@pytest.mark.parametrize("ids", [RandomIds(), SeededIds(1)], ids=lambda i: type(i).__name__)
@pytest.mark.parametrize("length", [1, 2, 6, 7, 10, 12, 16, 33])
def test_an_id_has_its_length_and_only_these_letters(
    ids: RandomIds | SeededIds, length: int
) -> None:
    drawn = [ids.token(length) for _ in range(200)]
    assert {len(token) for token in drawn} == {length}
    assert set("".join(drawn)) <= set(ALPHABET)


def test_every_letter_stands_everywhere_in_an_id() -> None:
    drawn = [RandomIds().token(12) for _ in range(3000)]
    assert [set(column) for column in zip(*drawn, strict=True)] == [set(ALPHABET)] * 12


def test_no_two_ids_are_the_same() -> None:
    ids = RandomIds()
    assert len({ids.token(12) for _ in range(50_000)}) == 50_000


def test_the_same_seed_gives_the_same_ids_and_another_others() -> None:
    first, again, other = SeededIds(7), SeededIds(7), SeededIds(8)
    drawn = [first.token() for _ in range(100)]
    assert drawn == [again.token() for _ in range(100)]
    assert len(set(drawn) | {other.token() for _ in range(100)}) == 200
