"""Sealing contact addresses: what opens, what must not, and what never shows."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from bot.app import open_store
from bot.look import CouldNotSave
from bot.outcomes import Outcome, Show
from bot.roster import Entry, Roster
from storage import staff
from storage.lanes import Pace
from storage.seal import KEY, NONCE, KeyProblem, Keyring, make_master
from storage.store import Options
from storage.tables import MetaRow
from tests.databases import settings_for
from tests.scenarios.phones import TownClock

SOME = settings(deadline=None)
MASTER = bytes(range(32))
ADDRESS = "aiko.mori@example.org"


def ring(master: bytes = MASTER) -> Keyring:
    return Keyring(master)


@pytest.fixture
def keys() -> Keyring:
    return ring()


# --- sealing and opening ----------------------------------------------------------------------


@SOME
@given(st.text(max_size=300), st.text(min_size=1, max_size=64))
def test_what_was_sealed_opens_again(address: str, person: str) -> None:
    keys = ring()
    wrapped = keys.new_person_key(person)
    sealed = keys.open_person(person, wrapped).seal(address)
    again = ring()
    assert again.open_person(person, wrapped).open(sealed) == address


def test_the_same_address_sealed_twice_looks_different(keys: Keyring) -> None:
    own = keys.open_person("7", keys.new_person_key("7"))
    sealed = {own.seal(ADDRESS) for _ in range(1000)}
    assert len(sealed) == 1000
    assert len({s[:NONCE] for s in sealed}) == 1000
    assert not any(ADDRESS.encode() in s for s in sealed)


def test_every_changed_byte_is_noticed(keys: Keyring) -> None:
    own = keys.open_person("7", keys.new_person_key("7"))
    sealed = own.seal(ADDRESS)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(KeyProblem):
            own.open(bytes(changed))


@pytest.mark.parametrize("damaged", [b"", b"x", bytes(NONCE), bytes(NONCE + 15)])
def test_a_sealed_address_cut_short_is_a_problem_not_a_fault(keys: Keyring, damaged: bytes) -> None:
    own = keys.open_person("7", keys.new_person_key("7"))
    with pytest.raises(KeyProblem):
        own.open(damaged)
    with pytest.raises(KeyProblem):
        keys.open_person("7", damaged)


def test_an_address_moved_to_another_persons_row_does_not_open(keys: Keyring) -> None:
    wrapped = keys.new_person_key("7")
    sealed = keys.open_person("7", wrapped).seal(ADDRESS)
    other = keys.open_person("8", keys.new_person_key("8"))
    with pytest.raises(KeyProblem):
        other.open(sealed)
    with pytest.raises(KeyProblem):
        keys.open_person("8", wrapped)


def test_another_master_key_opens_nothing_and_says_so(keys: Keyring) -> None:
    wrapped = keys.new_person_key("7")
    with pytest.raises(KeyProblem, match="the master key is not the one it was sealed with"):
        ring(bytes(32)).open_person("7", wrapped)


def test_a_destroyed_key_takes_every_copy_along(keys: Keyring) -> None:
    first, second = keys.new_person_key("7"), keys.new_person_key("7")
    copy = keys.open_person("7", first).seal(ADDRESS)
    with pytest.raises(KeyProblem):
        keys.open_person("7", second).open(copy)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_master_key_is_32_bytes(length: int) -> None:
    with pytest.raises(KeyProblem, match="32 bytes"):
        ring(bytes(length))


# --- finding again ----------------------------------------------------------------------------


def test_an_address_is_found_again_by_its_digest_and_only_by_its_own() -> None:
    keys, again, other = ring(), ring(), ring(bytes(32))
    assert keys.digest("email", ADDRESS) == again.digest("email", ADDRESS)
    digests = {
        keys.digest("email", ADDRESS),
        keys.digest("sms", ADDRESS),
        keys.digest("telegram", ADDRESS.upper()),
        keys.digest("emai", f"l{ADDRESS}"),
        other.digest("email", ADDRESS),
    }
    assert len(digests) == 5
    # Mail finds its way whatever the case.
    assert keys.digest("email", ADDRESS.upper()) == keys.digest("email", ADDRESS)
    assert {len(d) for d in digests} == {20}


def test_a_channels_name_cannot_run_into_the_address() -> None:
    assert ring().digest("tele", "gram1") != ring().digest("telegram", "1")


def test_the_mark_tells_keys_apart_without_telling_the_key() -> None:
    mark = ring().mark
    assert mark == ring().mark != ring(bytes(32)).mark
    assert bytes.fromhex(mark) not in MASTER
    assert ring().signing not in (mark, base64.b64encode(MASTER).decode())


# --- the key's file ---------------------------------------------------------------------------


def test_a_new_key_is_its_owners_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "renraku.key"
    assert make_master(path)
    written = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(written, validate=False)) == KEY
    assert not make_master(path)
    assert path.read_text() == written
    assert [p.name for p in path.parent.iterdir()] == ["renraku.key"]


MAKE = """
import sys, pathlib, base64
from storage.seal import make_master
path = pathlib.Path(sys.argv[1])
sys.stdin.read()
made = make_master(path)
assert len(base64.b64decode(path.read_text())) == 32
print(made, path.read_text().strip())
"""


def test_processes_making_a_key_at_once_agree_on_one(tmp_path: Path) -> None:
    path = tmp_path / "renraku.key"
    waiting, go = os.pipe()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(path)],
            stdin=waiting,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    os.close(waiting)
    os.close(go)
    said = [process.communicate()[0].split() for process in started]
    assert sorted(made for made, _ in said) == ["False", "False", "False", "True"]
    assert {key for _, key in said} == {path.read_text().strip()}


def test_two_with_the_same_process_number_agree_on_one_as_well(tmp_path: Path) -> None:
    """As in containers that share a volume."""
    for attempt in range(20):
        path = tmp_path / f"{attempt}.key"
        together = Barrier(8)

        def make(path: Path = path, together: Barrier = together) -> tuple[bool, str]:
            together.wait()
            return make_master(path), path.read_text()

        with ThreadPoolExecutor(8) as pool:
            said = [task.result() for task in [pool.submit(make) for _ in range(8)]]
        assert [made for made, _ in said].count(True) == 1
        assert {text for _, text in said} == {path.read_text()}
        assert len(base64.b64decode(path.read_text())) == KEY
        assert len(list(tmp_path.iterdir())) == attempt + 1


# --- nothing shows ----------------------------------------------------------------------------


def entry(key: str, *contacts: tuple[str, str]) -> Entry:
    return Entry(1, key, "Aiko", "ja", "UTC", "", "", None, None, frozenset(), False, contacts)


def test_no_key_and_no_address_shows_in_what_is_printed(keys: Keyring) -> None:
    own = keys.open_person("7", keys.new_person_key("7"))
    secrets = (ADDRESS, MASTER.hex(), repr(MASTER), keys.signing, base64.b64encode(MASTER).decode())
    shown = [repr(keys), repr(own), repr(entry("7", ("email", ADDRESS)))]
    for damage in (b"x" * 40, own.seal(ADDRESS)[:-1]):
        with pytest.raises(KeyProblem) as caught:
            own.open(damage)
        shown += [str(caught.value), repr(caught.value.__cause__)]
    assert not [secret for secret in secrets for text in shown if secret in text]


def test_a_databases_password_does_not_show() -> None:
    assert "hunter2" not in repr(Options(url="postgresql://renraku:hunter2@db/renraku"))


async def test_an_address_stands_nowhere_in_the_database(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(settings_for(database), TownClock(), channels={"email"})
    roster = Roster(
        entries=(entry("7", ("email", ADDRESS)),), added=("7",), fields=frozenset({"contacts"})
    )
    try:
        async with store.write() as work:
            await staff.take_over(work, roster, leave=False)
            found = []
            for table in ("people", "contacts", "facts", "journal"):
                rows = await work.conn.exec_driver_sql(f"SELECT * FROM {table}")
                found += [repr(tuple(row)) for row in rows]
        assert found
        assert not [row for row in found if ADDRESS in row or "example.org" in row]
        assert "example.org" not in "".join(capsys.readouterr())
    finally:
        await store.close()


async def test_a_claimed_card_hides_whom_it_goes_to_until_it_is_opened(database: str) -> None:
    store = open_store(settings_for(database), TownClock(), channels={"email"})
    roster = Roster(
        entries=(entry("7", ("email", ADDRESS)),), added=("7",), fields=frozenset({"contacts"})
    )
    try:
        async with store.write() as work:
            await staff.take_over(work, roster, leave=False)
            person = (await work.by_key(["7"]))["7"].id
            await work.take(Outcome(show=[Show(person, "menu", f"person:{person}")]))
            assert await work.flush() == []
        async with store.write() as work:
            lease = timedelta(seconds=60)
            [card] = await work.claim("email", Pace(), 10, lease, urgent=False)
        assert ADDRESS not in repr(card)
        assert "sealed" not in repr(card)
        assert store.address(card) == ADDRESS
    finally:
        await store.close()


async def test_what_somebody_wrote_stands_in_no_failed_statement(database: str) -> None:
    store = open_store(settings_for(database), TownClock())
    facts = MetaRow.__table__  # type: ignore[attr-defined]

    async def twice() -> None:
        async with store.write() as work:
            for _ in range(2):
                await work.conn.execute(insert(facts), {"name": "a", "value": "my own words"})

    try:
        with pytest.raises(CouldNotSave) as caught:
            await twice()
        assert isinstance(caught.value.__cause__, DBAPIError)
        told = f"{caught.value!r} {caught.value.__cause__}"
        assert "INSERT INTO facts" in told
        assert "my own words" not in told
    finally:
        await store.close()
