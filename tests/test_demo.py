"""The demo: a whole town, a play from launch to all-clear, and a quiet end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import httpx
import pytest
from fluent.syntax import FluentParser, ast
from rich.console import Console

from bot import demo as the_demo
from bot.buttons import behalf, own, take
from bot.cards import Button, Card, Person
from bot.demo.crowd import Crowd
from bot.demo.manners import Chance, Manners, Span, check_in
from bot.demo.names import PLACES, name
from bot.demo.play import Demo, address, listen, play, time_zone
from bot.demo.screen import Screen
from bot.demo.story import Line, Standings, Story
from bot.demo.town import FEWEST, MOST, Town, build
from bot.demo.words import Said, spoken
from bot.events import Sender, Submitted, Tapped
from bot.people import LANGUAGES, CallTree, Role, TreeRow

ROOT = Path(__file__).parent.parent
SIZES = (FEWEST, 11, 17, 40, 99, 1000, 5000)

# --- the town --------------------------------------------------------------------------------


def tree_of(town: Town) -> CallTree:
    ids = {entry.key: number for number, entry in enumerate(town.entries)}
    return CallTree(
        TreeRow(ids[e.key], ids.get(e.lead or ""), ids.get(e.deputy or ""), e.away)
        for e in town.entries
    )


@pytest.mark.parametrize("people", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_town_is_whole(people: int, language: str) -> None:
    town = build(people, language)
    entries = town.entries
    keys = [entry.key for entry in entries]
    assert len(entries) == people == len(set(keys))
    assert {entry.language for entry in entries} == set(LANGUAGES)
    assert {entry.site for entry in entries} == set(PLACES[language].sites)
    assert [entry.key for entry in entries if entry.lead is None] == keys[:1]
    assert all(e.lead in keys[: keys.index(e.key)] for e in entries[1:200])
    assert all(e.deputy not in (e.key, e.lead) for e in entries if e.deputy)
    assert len([entry for entry in entries if not entry.contacts]) == 1
    addresses = [address for e in entries for channel, address in e.contacts if address]
    assert len(addresses) == len(set(addresses))
    tree = tree_of(town)
    assert tree.loops() == []
    assert sum(1 for _ in tree.subtree(0)) == people - 1


@pytest.mark.parametrize("people", SIZES)
def test_those_who_matter_to_the_play_have_their_place(people: int) -> None:
    town = build(people, "ja")
    employee, manager = town.person(town.employee), town.person(town.manager)
    tree = tree_of(town)
    assert employee.site == manager.site
    assert {employee.language, manager.language} == {"ja"}
    assert manager.roles >= {Role.SAFETY}
    assert not employee.roles
    assert not employee.away
    assert not manager.away
    assert tree.above(int(town.manager) - 1001, int(town.employee) - 1001)
    roles = Counter(role for entry in town.entries for role in entry.roles)
    assert set(roles) == {Role.SAFETY, Role.RESPONDER, Role.ADMIN}
    assert all(town.person(key).language == lang for lang, key in town.guests.items())
    at_home = {e.contacts[0][1] for e in town.entries if e.contacts and e.site == employee.site}
    assert town.unlucky & at_home
    assert any(entry.away for entry in town.entries) or people == FEWEST


def test_the_same_town_comes_again_and_leads_have_about_eight_people() -> None:
    assert build(500, "ar") == build(500, "ar")
    assert build(500, "ar") != build(500, "ar", seed=2)
    led = Counter(entry.lead for entry in build(5000).entries if entry.lead)
    assert 6 <= sorted(led.values())[len(led) // 2] <= 9
    assert max(led.values()) <= 12


def test_names_repeat_only_when_they_must() -> None:
    for language in LANGUAGES:
        assert len({name(language, number) for number in range(900)}) == 900


def test_a_hundred_thousand_people_take_little_memory() -> None:
    tracemalloc.start()
    try:
        town = build(MOST)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(town.entries) == MOST
    assert most < 150_000_000


@pytest.mark.parametrize("people", [FEWEST - 1, MOST + 1])
def test_a_town_has_its_limits(people: int) -> None:
    with pytest.raises(ValueError, match="people"):
        build(people)


# --- the crowd -------------------------------------------------------------------------------

SOMEBODY = Sender("phone", "+999000000001")


class Hours:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def question(ask: str, *, open_: bool = True) -> Card:
    buttons = tuple(Button(own(ask, answer), answer) for answer in ("safe", "help", "unaffected"))
    return Card("Are you safe?", buttons=buttons, open=open_)


async def nothing(_tap: Tapped) -> None:
    """A door behind which nobody is."""


async def everything(crowd: Crowd, clock: Hours, hours: int = 12) -> None:
    clock.at += timedelta(hours=hours)
    while await crowd.round():
        pass


def test_most_answer_at_once_some_when_reminded_and_a_few_never() -> None:
    manners, chance = Manners(), Chance(1)
    plans = [
        check_in(manners, chance.of(str(who)), unlucky=False, away=False) for who in range(4000)
    ]
    never = sum(1 for plan in plans if not plan.answer) / 4000
    late = sum(1 for plan in plans if plan.answer and plan.asked > 1) / 4000
    first = sorted(plan.seconds for plan in plans if plan.answer and plan.asked == 1)
    assert never == pytest.approx(manners.never, abs=0.02)
    assert late == pytest.approx(manners.after_reminder, abs=0.02)
    assert 120 < first[len(first) // 2] < 360
    assert first[-1] > 1800
    assert not [plan for plan in plans if plan.answer == "help"]


async def test_somebody_answers_once_and_only_when_asked_often_enough() -> None:
    clock = Hours()
    taps: list[str] = []

    async def tap(event: Tapped) -> None:
        taps.append(event.button)

    slow = Manners(after_reminder=1.0, never=0.0, unaffected=0.0)
    crowd = Crowd(clock, tap, manners=slow)
    crowd.show(SOMEBODY, question("a"), loud=True)
    crowd.show(SOMEBODY, question("a"), loud=False)
    await everything(crowd, clock)
    assert taps == []
    crowd.show(SOMEBODY, question("a"), loud=True)
    crowd.show(SOMEBODY, question("a"), loud=True)
    crowd.show(SOMEBODY, question("a"), loud=True)
    await everything(crowd, clock)
    assert taps == ["ask:a:safe"]
    assert crowd.reminders == 3


async def test_nobody_answers_what_is_over_or_for_somebody_who_is_played() -> None:
    clock = Hours()
    taps: list[str] = []

    async def tap(event: Tapped) -> None:
        taps.append(event.sender.address)

    crowd = Crowd(clock, tap, manners=Manners(after_reminder=0.0, never=0.0))
    played, other = Sender("web", "7"), Sender("phone", "+999000000002")
    for sender in (SOMEBODY, played, other):
        crowd.show(sender, question("a"), loud=True)
    crowd.show(SOMEBODY, question("a", open_=False), loud=False)
    crowd.leave(played)
    crowd.show(played, question("b"), loud=True)
    await everything(crowd, clock)
    assert taps == [other.address]
    assert len(crowd) == 0


def cry(ask: str) -> Card:
    return Card("Somebody needs help", buttons=(Button(take(f"help:{ask}"), "I take it"),))


async def test_the_first_cry_for_help_is_left_to_whoever_plays() -> None:
    clock = Hours()
    taken: list[tuple[str, float]] = []
    began = clock.now()

    async def tap(event: Tapped) -> None:
        minutes = (clock.now() - began).total_seconds() / 60
        taken.append((event.button, minutes))

    crowd = Crowd(clock, tap, manners=Manners(takes=1.0))
    for ask in ("first", "second"):
        for number in range(5):
            crowd.show(Sender("phone", f"+99900000000{number}"), cry(ask), loud=True)
    while len(crowd):
        clock.at += timedelta(minutes=1)
        await crowd.round()
    firsts = {ask: next(m for b, m in taken if ask in b) for ask in ("first", "second")}
    assert firsts["first"] > 25
    assert firsts["second"] < 15


@pytest.mark.parametrize("answers", [True, False])
async def test_nobody_answers_too_soon_for_a_person_somebody_plays(answers: bool) -> None:
    clock = Hours()
    taps: list[str] = []

    async def tap(event: Tapped) -> None:
        taps.append(event.button.split(":")[1])

    crowd = Crowd(clock, tap, manners=Manners(calls=1.0, reached=1.0))
    visitor = Sender("web", "7")
    crowd.leave(visitor)
    crowd.show(visitor, question("mine"), loud=True)
    lines = [
        Person(ask, "", tuple(Button(behalf(ask, a), a) for a in ("safe", "help")))
        for ask in ("mine", "other")
    ]
    crowd.show(SOMEBODY, Card("Still to reach", body=tuple(lines)), loud=True)
    clock.at += timedelta(minutes=60)
    await crowd.round()
    assert taps == ["other"]
    if answers:
        crowd.show(SOMEBODY, Card("Done"), loud=False)
    await everything(crowd, clock)
    assert taps == (["other"] if answers else ["other", "mine"])


def test_whoever_plays_has_as_much_time_at_any_speed() -> None:
    slow, fast = Manners().at(1), Manners().at(600)
    assert (slow.take_first.minutes, slow.spared) == (Manners().take.minutes, 5)
    assert (fast.take_first.minutes, fast.spared) == (500, 1800)


async def test_a_tap_that_is_not_kept_does_not_stop_the_crowd() -> None:
    clock = Hours()

    async def tap(event: Tapped) -> None:
        raise OSError("no room left")

    crowd = Crowd(clock, tap, unlucky={SOMEBODY.address})
    crowd.show(SOMEBODY, question("a"), loud=True)
    clock.at += timedelta(hours=1)
    assert await crowd.round() == 1
    assert await crowd.round() == 0


# --- the play --------------------------------------------------------------------------------

QUICK = Manners(answer=Span(2), after_reminder=0.2, never=0.3, takes=1.0, take=Span(2), calls=0.6)


async def until(told: Callable[[], Awaitable[bool]], what: str, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not await told():
        assert time.monotonic() < end, what
        await asyncio.sleep(0.05)


async def shows(demo: Demo, key: str, wanted: str) -> bool:
    """True if somebody's page shows it by now."""
    async with httpx.AsyncClient(timeout=20) as browser:
        return wanted in (await browser.get(demo.link(key))).text


async def do(demo: Demo, number: int, form: str, about: str = "", **answers: str) -> None:
    """The manager fills in a whole form."""
    sender = Sender("web", str(demo.people[demo.town.manager].id))
    event = Submitted(f"web:test:{number}", sender, form, answers, about)
    said = await demo.house.engine.handle(event)
    assert not said.problem, said.text


@pytest.mark.timeout(180)
async def test_a_play_from_the_links_to_the_all_clear(tmp_path: Path) -> None:
    listening = listen("127.0.0.1", 0)
    base = address("127.0.0.1", listening)
    async with play(tmp_path, 40, 600.0, listening, base=base, manners=QUICK) as demo:
        house, town = demo.house, demo.town
        async with httpx.AsyncClient(timeout=20) as browser:
            for key in (town.employee, town.manager):
                page = await browser.get(demo.link(key))
                assert page.status_code == 200
                assert town.person(key).name.split()[0] in page.text
                await until(partial(shows, demo, key, 'name="button"'), "no menu")
            forged = await browser.get(f"{base}/c/forged")
            assert forged.status_code == 404
        site = town.person(town.manager).site
        asked = sum(entry.site == site for entry in town.entries)
        words = house.texts.words("en")
        story = Story(house.store, house.clock, words)
        lines: list[Line] = []
        await do(
            demo, 1, "rollcall", drill="real", who=f"site:{site}", words="Are you all right?",
            mode="broadcast", confirm=str(asked),
        )  # fmt: skip

        def told(*wanted: str) -> Callable[[], Awaitable[bool]]:
            async def look() -> bool:
                lines.extend(await story.new(demo.crowd.reminders))
                return set(wanted) <= {line.key for line in lines}

            return look

        # Answers, reminders, a cry somebody takes, and silence that climbs.
        await until(told("launched", "answered", "help", "helped"), "no answers")
        await until(told("reminded", "climbed"), "nobody reminded or nothing climbed")
        standings = story.standings
        assert standings is not None
        assert standings.all == asked
        assert 0 < standings.done < asked
        assert standings.called > 0

        async with house.store.look() as look:
            [roll_call] = await look.running()
        await do(demo, 2, "allclear", roll_call.about, words="Back to work")
        await until(told("over"), "no end")
        async with house.store.look() as look:
            assert await look.running() == []
        assert story.standings is None
        await until(partial(shows, demo, town.employee, "Back to work"), "the end was not told")
    # Everything is closed: nobody listens there any more.
    with socket.socket() as visitor:
        assert visitor.connect_ex(("127.0.0.1", int(base.rpartition(":")[2]))) != 0


async def test_who_opens_a_page_plays_that_person(tmp_path: Path) -> None:
    listening = listen("127.0.0.1", 0)
    base = address("127.0.0.1", listening)
    async with play(tmp_path, 40, 60.0, listening, base=base) as demo:
        key = demo.town.guests["ar"]
        guest = Sender("web", str(demo.people[key].id))
        demo.crowd.show(guest, question("x"), loud=True)
        async with httpx.AsyncClient(timeout=20) as browser:
            page = await browser.get(demo.link(key))
        assert 'dir="rtl"' in page.text
        before = len(demo.crowd)
        demo.crowd.show(guest, question("y"), loud=True)
        assert len(demo.crowd) == before


def test_a_port_that_is_taken_leads_to_another_if_none_was_asked_for() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port, tries=20) as second:
            assert second.getsockname()[1] != port
        with pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", port)


def test_links_lead_somewhere_even_if_every_address_is_listened_on() -> None:
    with listen("0.0.0.0", 0) as listening:
        assert not address("0.0.0.0", listening).startswith("http://0.0.0.0")
    with listen("127.0.0.1", 0) as listening:
        assert address("::1", listening).startswith("http://[::1]:")


def test_the_time_zone_is_the_machines_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Taipei")
    assert time_zone() == "Asia/Taipei"
    monkeypatch.setenv("TZ", "no such place")
    assert time_zone()


# --- what is printed -------------------------------------------------------------------------


def keys(language: str) -> set[str]:
    source = (ROOT / "bot" / "demo" / "words" / f"{language}.ftl").read_text(encoding="utf-8")
    body = FluentParser().parse(source).body
    assert [entry.content for entry in body if isinstance(entry, ast.Junk)] == []
    return {entry.id.name for entry in body if isinstance(entry, ast.Message)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    assert keys(language) == keys("en")


VALUES: dict[str, str | int | float] = {
    "organisation": "O", "people": 40, "sites": 3, "speed": 60, "seconds": 1, "name": "N",
    "team": "T", "site": "S", "folder": "F", "taken": "1", "port": "2", "host": "H",
    "reason": "R", "fewest": 10, "most": 100, "file": "L", "what": "W", "count": 40, "done": 3,
    "all": 40, "other": "P", "help": 1, "missing": 2, "called": 1, "minutes": 5, "asked": 10,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_can_be_said(language: str) -> None:
    said = Said(language)
    for key in keys(language):
        line = said.line(key, **VALUES)
        assert line
        assert "{" not in line


def test_the_language_is_the_terminals() -> None:
    assert spoken({"LC_ALL": "zh_CN.UTF-8", "LANG": "ja_JP.UTF-8"}) == "zh-Hans"
    assert spoken({"LANG": "ar_EG.UTF-8"}) == "ar"
    assert spoken({"LANG": "C.UTF-8"}) == "en"


def test_links_stay_whole_and_a_terminal_gets_its_line_at_the_bottom() -> None:
    paper = StringIO()
    console = Console(file=paper, force_terminal=True, width=60, soft_wrap=True, highlight=False)
    screen = Screen(Said("en"), console)
    link = "http://127.0.0.1:8080/c/" + "x" * 80
    screen.introduce(["Facts"], [("Be somebody:", link, "Ada")], [("ar", link)], "The end")
    screen.begin()
    screen.keep_up(Standings(40, 3, 1, 37, 2))
    screen.tell(
        [Line("help", {"name": "[bold]Ada", "site": "Hill"})],
        datetime(2030, 1, 1, 9, 5, tzinfo=UTC),
    )
    screen.keep_up(None)
    screen.end()
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\", "", paper.getvalue())
    assert text.count(link) == 2
    assert "3 of 40 answered" in text
    assert "09:05  [bold]Ada needs help (Hill)" in text


# --- from the outside ------------------------------------------------------------------------


@contextmanager
def started(arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    code = f"from pathlib import Path; from bot.demo import run; run({arguments})"
    inherited = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES")}
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**inherited, "LANG": "en_GB.UTF-8", "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def links(process: subprocess.Popen[str], count: int) -> list[str]:
    found: list[str] = []
    assert process.stdout is not None
    while len(found) < count:
        line = process.stdout.readline()
        assert line, process.stderr.read() if process.stderr else ""
        found += re.findall(r"http://\S+", line)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_cleanly_and_leaves_nothing_behind(
    number: signal.Signals, tmp_path: Path
) -> None:
    with started("people=40, speed=60, port=0", TMPDIR=str(tmp_path)) as process:
        employee = links(process, 2)[0]
        with httpx.Client(timeout=20) as browser:
            assert browser.get(employee).status_code == 200
            # A page that is open must not hold it up.
            with browser.stream("GET", f"{employee}/events") as live:
                assert live.status_code == 200
                assert len(list(tmp_path.iterdir())) == 1
                begun = time.monotonic()
                process.send_signal(number)
                out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")
    assert "ended" in out
    assert time.monotonic() - begun < 10
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_before_it_has_begun_ends_it_as_well(tmp_path: Path) -> None:
    with started("people=20000, port=0", TMPDIR=str(tmp_path)) as process:
        assert process.stdout is not None
        assert "Renraku" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_it_ends_when_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    with started("port=0", TMPDIR=str(tmp_path)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "Renraku" in process.stdout.readline()
        process.stdout.close()
        assert (process.wait(timeout=60), process.stderr.read()) == (0, "")
        process.stderr.close()
        process.stdout = process.stderr = None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_named_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with started(f"port=0, folder=Path({str(folder)!r})", LANG="ja_JP.UTF-8") as process:
        links(process, 7)
        assert process.stdout is not None
        # It says so below the links.
        assert any(str(folder) in line for line in iter(process.stdout.readline, ""))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")
    assert {"renraku.db", "renraku.key", "renraku.log"} <= {p.name for p in folder.iterdir()}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"people": FEWEST - 1}, "people"),
        ({"people": MOST + 1}, "people"),
        ({"speed": 0.0}, "fast"),
        ({"host": "192.0.2.1", "port": 0}, "192.0.2.1"),
        ({"port": -1}, "-1"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    arguments: dict[str, object], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        the_demo.run(**arguments)  # type: ignore[arg-type]
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_a_port_asked_for_and_taken_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(SystemExit) as ended:
        the_demo.run(port=taken.getsockname()[1])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_a_folder_that_holds_something_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "theirs").touch()
    for folder in (tmp_path, tmp_path / "theirs"):
        with pytest.raises(SystemExit) as ended:
            the_demo.run(port=0, folder=folder)
        assert ended.value.code == 2
        assert str(folder) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
