"""Killed again and again, at every step of the way: nothing is lost and nothing counts twice.

The test is the platform: it keeps each event until it is acknowledged and hands the rest over
again to the next process. That process is this very file, run as a program: it loads
everything once and then forks a server for each life, which ends by SIGKILL.

Rules of the room:
- What a channel was handed and what was acknowledged are lines in files, written at the very
  moment; all else is in the database.
- Each life ends at a step drawn from a seed, or after a moment. The last one may live.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.app import House, open_store
from bot.cards import Limits
from bot.channels import Lane, Parcel
from bot.events import FromPeople, Sender, Submitted, Tapped
from bot.texts import Texts
from storage import journal, staff
from storage.look import asks, outbox
from storage.store import Store
from tests.databases import SqliteFiles, settings_for
from tests.scenarios.folk import folk, roster
from tests.scenarios.phones import TownClock

DATABASES = ("sqlite",)
ROOT = Path(__file__).parent.parent

STEPS = ("received", "uncommitted", "committed", "acknowledging", "delivering", "delivered")
"""Where a life may end. Around each commit it is the engine's, the clock's or the courier's."""
LIVES = 24
LEASE = 5
TRIED = 3
"""How often each silent person is tried by hand."""

ANSWERING = [f"P{n}" for n in range(2, 18)]
SILENT = [f"P{n}" for n in range(18, 24)]
PATIENCE = {"first_reminder": "10h", "remind_every": "10h", "climb_every": "10h"}


class Fuse:
    """Ends this process at the `count`-th time that `step` is reached."""

    def __init__(self, step: str, count: int) -> None:
        self.step, self.count = step, count

    def reached(self, step: str) -> None:
        if step == self.step:
            self.count -= 1
            if self.count == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Lines:
    """A file of lines, each there as soon as it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, *words: object) -> None:
        os.write(self._file, f"{json.dumps(words)}\n".encode())

    def read(self) -> list[list[Any]]:
        return [json.loads(line) for line in self.path.read_text().splitlines()]


class Post:
    """The channel: what it is handed is a line in a file."""

    def __init__(self, lines: Lines, fuse: Fuse) -> None:
        self.name = "phone"
        self.limits = Limits()
        self._lines = lines
        self._fuse = fuse

    def lanes(self, parcel: Parcel) -> Sequence[Lane]:
        return ()

    async def deliver(self, parcel: Parcel) -> str:
        await self._hand_over("new", parcel)
        return f"phone-{parcel.address}"

    async def refresh(self, parcel: Parcel) -> None:
        await self._hand_over("again", parcel)

    async def changed(self, people: object) -> None:
        raise AssertionError("only live channels are told")

    async def _hand_over(self, how: str, parcel: Parcel) -> None:
        self._fuse.reached("delivering")
        buttons = [button.id for button in parcel.card.every_button()]
        self._lines.write(how, parcel.address, buttons)
        self._fuse.reached("delivered")
        await asyncio.sleep(0)


class LaterClock:
    """The machine's time, some lives later: whoever starts again does so after a while."""

    def __init__(self, life: int) -> None:
        self._ahead = timedelta(seconds=life * LEASE * 2)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


# --- one life ---------------------------------------------------------------------------------


def patched(fuse: Fuse) -> None:
    """Every transaction passes the fuse before and after its commit."""
    begin = Store.write

    @asynccontextmanager
    async def write(self: Store, **how: Any) -> AsyncIterator[Any]:
        async with begin(self, **how) as work:
            yield work
            fuse.reached("uncommitted")
        fuse.reached("committed")

    Store.write = write  # type: ignore[method-assign]


def launch() -> Submitted:
    answers = {"drill": "drill", "who": "everyone", "words": "?", "mode": "broadcast"}
    person = Sender("person", "1")
    return Submitted("launch", person, "rollcall", {**answers, "start": "start"})


def taps_after(handed: list[list[Any]]) -> list[FromPeople]:
    """What people tap once they have been handed something; the same ids each time."""
    found: list[FromPeople] = []
    for how, address, buttons in handed:
        own = [b for b in buttons if b.startswith("ask:")]
        if how != "new" or not own:
            continue
        key, ask = address.removeprefix("phone-of-"), own[0].split(":")[1]
        if key in ANSWERING:
            sender = Sender("phone", address)
            found.append(Tapped(f"first:{key}", sender, f"ask:{ask}:unaffected"))
            found.append(Tapped(f"changed:{key}", sender, f"ask:{ask}:{answer_of(key)}"))
        if key in SILENT:
            lead = Sender("phone", "phone-of-P1")
            found += [Tapped(f"try:{key}:{n}", lead, f"for:{ask}:tried") for n in range(TRIED)]
    return list({event.id: event for event in found}.values())


def answer_of(key: str) -> str:
    return "help" if key == "P7" else "safe"


EVENTS = 1 + 2 * len(ANSWERING) + TRIED * len(SILENT)


async def live(url: str, folder: Path, life: int, fuse: Fuse) -> None:
    """Serve until every event is acknowledged and nothing is left to send."""
    handed, done = Lines(folder / "handed"), Lines(folder / "acknowledged")
    house = House(
        server_settings(url),
        clock=LaterClock(life),
        writer="server",
        channels={"phone": Post(handed, fuse)},
        tick=0.05,
    )
    await house.start()
    draw = random.Random(life)

    async def happens(event: FromPeople) -> None:
        fuse.reached("received")
        said = await house.engine.handle(event)
        assert not said.problem, said.text
        fuse.reached("acknowledging")
        done.write(event.id)

    while True:
        before = {name for (name,) in done.read()}
        events: list[FromPeople] = [launch(), *taps_after(handed.read())]
        # A platform may well repeat what was acknowledged: its answer may have been lost.
        waiting = [e for e in events if e.id not in before or draw.random() < 0.05]
        first = [e for e in waiting if not e.id.startswith("changed:")]
        # A second thought comes after the first: nobody taps two buttons at one moment.
        await asyncio.gather(*(happens(e) for e in first[:40]))
        answered = {name for (name,) in done.read()}
        second = [e for e in waiting if e.id.replace("changed:", "first:") in answered]
        await asyncio.gather(*(happens(e) for e in second if e.id.startswith("changed:")))
        async with house.store.look() as look:
            left = (await look.conn.execute(select(func.count()).select_from(outbox))).scalar()
        if len(answered | {e.id for e in second}) >= EVENTS and not left:
            break
        await asyncio.sleep(0.01)
    await house.stop()


def server_settings(url: str) -> Any:
    patience = dict.fromkeys(("routine", "serious", "critical"), PATIENCE)
    return settings_for(
        url, policy=patience, courier={"lease": f"{LEASE}s", "batch": 7}, limits=GENEROUS
    )


GENEROUS = {"taps_per_minute": 10_000}


def nursery() -> None:
    """For each line `life step count moment` fork a server; says how it ended."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    Texts()
    for line in sys.stdin:
        life, step, count, moment = line.split()
        child = os.fork()
        if child == 0:
            code = 1
            with suppress(BaseException):
                fuse = Fuse(step, int(count))
                patched(fuse)
                asyncio.run(asyncio.wait_for(live(url, folder, int(life), fuse), 60))
                code = 0
            os._exit(code)
        if float(moment):
            time.sleep(float(moment))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


# --- the test ---------------------------------------------------------------------------------


async def move_in(url: str) -> None:
    people = ["M: safety phone", *(f"  N{n}: phone" for n in range(2, 24))]
    store = open_store(settings_for(url), TownClock(), channels={"phone"})
    async with store.write() as work:
        await staff.take_over(work, roster(folk("\n".join(people))), leave=False)
    await store.close()


def lives(seed: int) -> list[str]:
    """How each life ends: at every step at least twice, or after a moment; the last lives on."""
    draw = random.Random(seed)
    ends = []
    for life in range(LIVES):
        step = (*STEPS, "later")[life % 7]
        count = draw.randint(1, 12)
        moment = draw.uniform(0.05, 0.6) if step == "later" else 0
        ends.append(f"{life} {step} {count} {moment}")
    return [*ends, f"{LIVES} never 0 0"]


@pytest.mark.slow
def test_however_often_it_is_killed_nothing_is_lost_and_nothing_counts_twice(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    url = sqlite_files.copy(tmp_path)
    asyncio.run(move_in(url))
    kills = 0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.test_kill", url, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for end in lives(seed=20260311):
            process.stdin.write(f"{end}\n")
            process.stdin.flush()
            code = int(process.stdout.readline())
            assert code in (0, -signal.SIGKILL), end
            kills += code != 0
        process.stdin.close()
    assert kills >= LIVES / 2, "it was killed often enough to tell"
    asyncio.run(look_over(url, tmp_path, kills))


async def look_over(url: str, folder: Path, kills: int) -> None:
    store = open_store(settings_for(url), TownClock(), channels={"phone"})
    async with store.look() as look:
        verdict = await journal.verify(look.conn)
        kinds = Counter((await look.conn.execute(text("SELECT kind FROM journal"))).scalars())
        roll_calls = (await look.conn.execute(text("SELECT count(*) FROM rollcalls"))).scalar()
        query = text("SELECT p.key, a.* FROM asks a JOIN people p ON p.id = a.person")
        rows = (await look.conn.execute(query)).all()
        pages = await look.conn.execute(select(func.count()).where(asks.c.kind == "page"))
        paged = pages.scalar()
    await store.close()
    assert verdict.broken == ()
    assert roll_calls == kinds["rollcall.launched"] == 1

    check_ins = {row.key: row for row in rows if row.kind == "check-in"}
    assert sorted(check_ins) == sorted(["P1", *ANSWERING, *SILENT]), "everybody is asked, once"
    assert {key: check_ins[key].answer for key in ANSWERING} == {
        key: answer_of(key) for key in ANSWERING
    }
    assert {check_ins[key].tries for key in SILENT} == {TRIED}
    assert kinds["checkin.answered"] == 2 * len(ANSWERING)
    assert kinds["checkin.tried"] == TRIED * len(SILENT)
    assert paged == kinds["page.sent"] == 1, "one cry for help, one page"
    for row in rows:
        assert (row.due_at is not None) == (row.standing in ("asked", "climbed"))

    handed = Counter(
        button.split(":")[1]
        for how, _, buttons in Lines(folder / "handed").read()
        for button in buttons[:1]
        if how == "new" and button.startswith("ask:")
    )
    assert set(handed) == {row.id for row in check_ins.values()}
    assert max(handed.values()) <= 1 + kills
    assert sum(handed.values()) - len(handed) <= kills * 2 * 7, "a batch of each worker at most"


if __name__ == "__main__":
    nursery()
