"""The terminal chat: numbers tap, words are sent, nothing hijacks the screen, pipes work."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from adapters import console
from adapters.console import ConsoleSession, lines_of
from adapters.console.ink import Ink, plain
from adapters.pictures import NotAPicture, TooBig
from bot.cards import Ask, Button, Card, Style, Text, Tone
from bot.cards import Person as Line
from bot.door import Answered
from bot.events import Attached, FromPeople, Tapped, Wrote
from bot.people import Person
from bot.ports import SeededIds

AIKO = Person(1, "A1", "Aiko Tanaka")
SAFE = Button("ask:1:safe", "I'm safe", Style.GOOD)
HELP = Button("ask:1:help", "I need help", Style.DANGER)
ARE_YOU_SAFE = Card("Are you safe?", (Text("Earthquake in Osaka."),), (SAFE, HELP), Tone.URGENT)


class Keys:
    """Says the key itself, so that a test reads what was meant."""

    def say(self, key: str, /, **args: str | int) -> str:
        return f"<{key}>" if not args else f"<{key} {' '.join(map(str, args.values()))}>"


@dataclass(frozen=True)
class Post:
    post: int
    card: Card
    mine: bool = False


@dataclass
class Town:
    """A door and a feed in memory."""

    posts: list[Post] = field(default_factory=list)
    happened: list[FromPeople] = field(default_factory=list)
    changes: int = 0
    fault: Exception | None = None
    drawings: int = 0
    echoes: bool = False
    """The reply comes as a card as well."""
    slow: float = 0.0
    """Seconds between the commit and the reply."""

    def post(self, card: Card, *, mine: bool = False) -> None:
        self.posts.append(Post(len(self.posts) + 1, card, mine))
        self.changes += 1

    def redraw(self, number: int, **changes: Any) -> None:
        old = self.posts[number - 1]
        self.posts[number - 1] = replace(old, card=replace(old.card, **changes))
        self.changes += 1

    async def handle(self, event: FromPeople) -> Answered:
        if self.fault is not None:
            raise self.fault
        self.happened.append(event)
        if isinstance(event, Wrote):
            self.post(Card("You wrote", (Text(event.text, said=True),)), mine=True)
            if self.echoes:
                self.post(Card("Noted."))
        await asyncio.sleep(self.slow)
        return Answered("Noted.")

    async def cards(self, person_id: int, before: int | None, limit: int) -> list[Post]:
        self.drawings += 1
        return self.posts[-limit:]

    async def revision(self, person_ids: Collection[int]) -> Mapping[int, int]:
        return dict.fromkeys(person_ids, self.changes)


@dataclass
class Screen:
    """A person at the keyboard."""

    session: ConsoleSession
    keys: asyncio.Queue[str | None]
    lines: list[str]

    def type(self, line: str) -> None:
        self.keys.put_nowait(line)

    async def sees(self, text: str, times: int = 1) -> None:
        async with asyncio.timeout(5):
            while "\n".join(self.lines).count(text) < times:
                await asyncio.sleep(0.01)


def session(
    town: Town, read_line: console.ReadLine, write: Callable[[str], None], **options: Any
) -> ConsoleSession:
    return ConsoleSession(
        AIKO, town, town, read_line, write, words=Keys(), ids=SeededIds(1), **options
    )


@asynccontextmanager
async def sitting(town: Town, **options: Any) -> AsyncIterator[Screen]:
    keys: asyncio.Queue[str | None] = asyncio.Queue()
    lines: list[str] = []
    chat = session(town, keys.get, lines.append, **options)
    running = asyncio.create_task(chat.run())
    screen = Screen(chat, keys, lines)
    await screen.sees("<console-how>")
    try:
        yield screen
    finally:
        keys.put_nowait(None)
        await running


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "POLL", 0.02)
    monkeypatch.setattr(console, "TOO_NEW", 0.05)
    monkeypatch.setattr(console, "QUIET", 0.05)


async def test_a_card_comes_with_numbers_and_a_number_taps():
    town = Town()
    town.post(ARE_YOU_SAFE)
    async with sitting(town) as screen:
        await screen.sees("[1] I'm safe  [2] I need help")
        await asyncio.sleep(0.1)
        screen.type("2")
        await screen.sees("Noted.")
    (event,) = town.happened
    assert isinstance(event, Tapped)
    assert (event.button, event.post) == (HELP.id, 1)
    assert event.id.startswith("console:1:")
    assert (event.sender.channel, event.sender.address) == ("console", "1")


async def test_numbers_count_through_the_lines_of_people():
    town = Town()
    lines = (Line("Kenji", "", (Button("for:1:safe", "Safe"),)), Line("Mei", "", (SAFE, HELP)))
    town.post(Card("Worklist", lines, (Button("wl:next", "Next"),)))
    async with sitting(town) as screen:
        await asyncio.sleep(0.1)
        for number in "1", "3", "4":
            screen.type(number)
        await screen.sees("Noted.", 3)
    assert [e.button for e in town.happened if isinstance(e, Tapped)] == [
        "for:1:safe",
        HELP.id,
        "wl:next",
    ]


async def test_a_number_typed_as_a_card_arrives_taps_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(console, "TOO_NEW", 60)
    town = Town()
    async with sitting(town) as screen:
        town.post(ARE_YOU_SAFE)
        await screen.sees("I'm safe")
        screen.type("1")
        await screen.sees("<console-moved>")
    assert not town.happened


async def test_words_and_numbers_without_a_button_are_sent():
    town = Town()
    town.post(ARE_YOU_SAFE)
    async with sitting(town) as screen:
        for line in "fire in building B", "40", "/say 1", "  ", "/help":
            screen.type(line)
        await screen.sees("Noted.", 3)
        await screen.sees("<console-how>", 2)
    assert [e.text for e in town.happened if isinstance(e, Wrote)] == [
        "fire in building B",
        "40",
        "1",
    ]


async def test_new_and_changed_cards_appear_by_themselves():
    town = Town()
    async with sitting(town) as screen:
        town.post(Card("Tally", (Text("1 of 40"),)))
        await screen.sees("1 of 40")
        for number in range(2, 30):
            town.redraw(1, body=(Text(f"{number} of 40"),))
            await asyncio.sleep(0.005)
        screen.type("hello")
        await screen.sees("29 of 40")
    assert "\n".join(screen.lines).count("Tally") <= 3, "a tally that changes is not a flood"
    assert "You wrote" not in "\n".join(screen.lines)


async def test_a_reply_that_comes_as_a_card_too_is_written_once():
    town = Town(echoes=True)
    async with sitting(town) as screen:
        screen.type("fire")
        await screen.sees("Noted.")
        await asyncio.sleep(0.1)
        screen.type("and smoke")
        await screen.sees("Noted.", 2)
        await asyncio.sleep(0.1)
        town.post(Card("Noted."))
        await screen.sees("Noted.", 3)
        assert "\n".join(screen.lines).count("Noted.") == 3, "one a line typed, one from elsewhere"


async def test_a_card_that_was_quicker_than_its_reply_is_written_once():
    town = Town(echoes=True, slow=0.1)
    async with sitting(town) as screen:
        screen.type("fire")
        await screen.sees("Noted.")
        await asyncio.sleep(0.2)
        assert "\n".join(screen.lines).count("Noted.") == 1


async def test_a_reply_without_a_card_is_written_each_time():
    town = Town()
    async with sitting(town) as screen:
        for _ in range(3):
            screen.type("fire")
        await screen.sees("Noted.", 3)


async def test_a_reply_that_ends_in_a_longer_card_hides_no_question():
    town = Town()
    async with sitting(town) as screen:
        screen.type("fire")
        await screen.sees("Noted.")
        town.post(Card("Where?", (), (Button("form:1", "Noted."),)))
        await screen.sees("Where?")


async def test_a_card_that_has_lost_its_buttons_takes_no_number():
    town = Town()
    town.post(ARE_YOU_SAFE)
    async with sitting(town) as screen:
        town.redraw(1, title="Over", buttons=())
        await asyncio.sleep(0.1)
        screen.type("hello")
        await screen.sees("Over")
        screen.type("1")
        await screen.sees("Noted.", 2)
    assert not any(isinstance(event, Tapped) for event in town.happened)


async def test_only_the_last_few_are_shown_at_the_start():
    town = Town()
    for number in range(30):
        town.post(Card(f"Message {number}."))
    async with sitting(town) as screen:
        await screen.sees("Message 29.")
    assert "Message 24." not in "\n".join(screen.lines)
    assert "Message 25." in "\n".join(screen.lines)


async def test_what_could_not_be_saved_is_sent_again_under_the_same_id():
    town = Town(fault=OSError("disk full"))
    async with sitting(town) as screen:
        screen.type("fire")
        await screen.sees("<could-not-save>")
        screen.type("")
        await screen.sees("<could-not-save>", 2)
        town.fault = None
        screen.type("")
        await screen.sees("Noted.")
        screen.type("")
    (event,) = town.happened
    assert isinstance(event, Wrote)
    assert event.text == "fire"


async def test_escape_sequences_do_not_reach_the_terminal():
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eabc\u2066\r\nnext\ttab\x00\ud800"
    town = Town()
    town.post(Card(evil, (Text(evil, said=True),), (Button("b", evil),), badge=evil, ask=Ask(evil)))
    town.post(Card("You wrote", (Text(evil, said=True),)), mine=True)
    async with sitting(town) as screen:
        await screen.sees("You wrote")
    shown = "\n".join(screen.lines)
    assert not any(ord(letter) < 32 and letter != "\n" for letter in shown)
    assert not any(letter in shown for letter in "\x9b\u202e\u2066\x7f\ud800")
    assert "abc" in shown
    shown.encode("utf-8")


async def test_a_photo_is_made_small_and_sent(tmp_path: Path):
    town = Town()
    (tmp_path / "a.jpg").write_bytes(b"a picture")

    def prepare(data: bytes, limit: int) -> bytes:
        if data == b"a picture":
            return b"small"
        raise TooBig if len(data) > limit else NotAPicture

    async with sitting(town, prepare=prepare) as screen:
        screen.type(f"/photo {tmp_path / 'a.jpg'}")
        await screen.sees("Noted.")
        screen.type("/photo /nowhere/at/all.jpg")
        await screen.sees("<console-no-file>")
        screen.type("/photo")
        await screen.sees("<console-no-file>", 2)
        screen.type("/photo /dev/zero")
        await screen.sees("<photo-too-big 12>")
        (tmp_path / "b.jpg").write_bytes(b"no picture")
        screen.type(f"/photo {tmp_path / 'b.jpg'}")
        await screen.sees("<photo-not-a-picture>")
    (event,) = town.happened
    assert isinstance(event, Attached)
    assert event.picture == b"small"


async def test_quit_leaves():
    town = Town()
    async with sitting(town) as screen:
        screen.type("/quit")
        screen.type("never read")
        await asyncio.sleep(0.1)
    assert not town.happened


@pytest.mark.parametrize(("fault", "saved"), [(None, True), (OSError(), False)])
async def test_a_pipe_is_worked_off_line_by_line(fault: Exception | None, saved: bool):
    town = Town(fault=fault)
    town.post(ARE_YOU_SAFE)
    reading, writing = os.pipe()
    os.write(writing, "1\n火事です\n40\n".encode() + b"\xff\xfe no utf-8\r\nno end")
    os.close(writing)
    shown: list[str] = []
    with open(reading, encoding="utf-8") as file:
        chat = session(town, lines_of(file), shown.append, interactive=False)
        async with asyncio.timeout(10):
            assert await chat.run() is saved
    assert [type(event) for event in town.happened] == ([Tapped] + [Wrote] * 4 if saved else [])
    assert "> 火事です" in shown
    assert "<console-how>" not in shown


async def test_a_script_waits_for_what_comes_of_a_line():
    town = Town()
    lines = iter(["report", None])
    shown: list[str] = []

    async def read_line() -> str | None:
        return next(lines)

    async def later() -> None:
        await asyncio.sleep(0.03)
        town.post(Card("What happened?", (), (Button("form:1", "Fire"),)))

    chat = session(town, read_line, shown.append, interactive=False)
    later_on = asyncio.create_task(later())
    await chat.run()
    await later_on
    assert "What happened?" in "\n".join(shown)


def test_lines_are_wrapped_by_what_they_take_on_the_screen():
    card = Card("安否確認" * 20, (Text("word " * 40),))
    drawn = Ink(40, colour=False).card(card)
    for line in drawn.split("\n"):
        cells = sum(2 if ord(letter) > 0x2E80 else 1 for letter in line)
        assert cells <= 40
    assert "安否" in drawn


def test_colour_is_for_terminals_alone():
    assert "\x1b[" in Ink(80, colour=True).card(ARE_YOU_SAFE)
    drawn = Ink(80, colour=False).card(replace(ARE_YOU_SAFE, badge="DRILL"))
    assert "\x1b" not in drawn
    assert drawn.lstrip().startswith("[DRILL] Are you safe?")


def test_markup_in_words_stays_words():
    drawn = Ink(80, colour=True).card(Card("[bold red]no[/]", (Text("[link=x]:smile:"),)))
    assert "[bold red]no[/]" in drawn
    assert ":smile:" in drawn


def test_plain_keeps_letters_of_every_language():
    text = "حريق 火事です 着火了 café 👩‍🚒 नमस्ते"
    assert plain(text) == text
