"""Whatever people and strangers send: a clear answer, nothing lost, nobody harmed."""

from __future__ import annotations

import json
import re

import pytest

from bot.events import Sender, Tapped, Wrote
from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin @HQ
  Lena: @Plant
    Aiko: phone mail
    Ben: web
"""
INVISIBLE = re.compile("[\u0000-\u0009\u000b-\u001f\u007f\u200f\u202a-\u202e\ud800-\udfff]")
NASTY = {
    "sql": "'); DROP TABLE people; --",
    "html": "<script>alert(1)</script> & <b>bold</b>",
    "template": "{{ 7 * 7 }} {% raise %} ${x} %s %(name)s",
    "fluent": "{ $name } { $count -> *[other] x }",
    "overrides": "\u202eevil\u202c \u2066open \u200fmark",
    "controls": "bell\x07 nul\x00 esc\x1b[31m end\x7f",
    "emoji": "👩‍🚒🔥 🇯🇵 e\u0301",
    "surrogate": "half \ud83d one",
    "lines": "one\r\ntwo\rthree\n\n\nfour",
}

FORGED = (
    "ask:aaaaaaaaaaaa:safe",
    "ask:{ask}:dead",
    "ask:{ask}",
    "ask:{ask}:safe:more",
    "for:{ask}:",
    "for::safe",
    "take:help:{ask}",
    "take:incident:nothing",
    "take:person:1",
    "rc:{call}:explode",
    "rc:nothing:allclear",
    "wl:{call}:{me}:-1",
    "wl:{call}:{me}:99999999999999999999999",
    "wl:{call}:²:0",
    "inc:nothing:close",
    "all:incident:nothing:0",
    "all:help:{ask}:-1",
    "all:help:{ask}:99999",
    "all:person:1:0",
    "form:nothing:kind:fire",
    "form:",
    "do:",
    "do:report:nothing",
    "do:explode",
    "",
    ":",
    "nobody:knows",
    "ask:\x00:safe",
    "ask:" + "x" * 5000 + ":safe",
    "ask:' OR 1=1 --:safe",
    "ask:\ud800:safe",
)


async def asked(found: Founding) -> Town:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 4)
    town.ignores()
    return town


async def test_a_double_tap_is_one_answer(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I'm safe", told="you are safe")
    await town.taps("Aiko", "I'm safe", told="you are safe")
    lines = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'checkin.answered'")
    assert lines.n == 1


@pytest.mark.parametrize("answer", ["I'm safe", "I need help"])
async def test_an_answer_counts_whichever_post_it_claims_to_stand_on(
    found: Founding, answer: str
) -> None:
    """A page that has been open for long, a card that was posted again: no answer is lost to it."""
    town = await asked(found)
    button, said = town.button("Aiko", answer), {"I'm safe": "safe", "I need help": "help"}[answer]
    others = await town.row("SELECT max(id) AS id FROM posts WHERE person = 1")
    recorded = "SELECT count(*) AS n FROM journal WHERE kind = 'checkin.answered' AND data LIKE :d"
    for post in (10**12, others.id):
        tap = Tapped(town.event_id(), town.sender("Aiko"), button, post)
        assert not (await town.happens(tap)).problem
        assert (await town.row(recorded, d=f"%{said}%")).n == 1
    # And whoever taps what is not theirs gains nothing by naming a post of their own.
    stranger = Tapped(town.event_id(), town.sender("Ben"), button, others.id)
    assert (await town.happens(stranger)).problem
    town.ignores()


async def test_two_devices_at_the_same_moment_are_both_answered(found: Founding) -> None:
    town = await asked(found)
    button = town.button("Aiko", "I'm safe")
    said = await town.together(
        town.tap("Aiko", button), town.tap("Aiko", button, by="mail"), town.tap("Aiko", button)
    )
    assert {answer.text for answer in said} == {said[0].text}
    lines = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'checkin.answered'")
    assert lines.n == 1


async def test_two_devices_that_disagree_end_with_the_last_one(found: Founding) -> None:
    town = await asked(found)
    safe, help_ = town.button("Aiko", "I'm safe"), town.button("Aiko", "I need help")
    await town.together(town.tap("Aiko", safe), town.tap("Aiko", help_, by="mail"))
    for name in ("Lena", "Mori"):
        town.hears(name, "Aiko needs help")
    town.sees("Aiko", "Are you safe?", "you need help")


async def test_an_event_that_is_repeated_is_answered_as_before_and_not_done_twice(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    event = Wrote("platform:1", town.sender("Aiko"), "there is a fire")
    first = await town.happens(event)
    assert not first.repeat
    again = await town.happens(event)
    assert again.repeat
    assert (again.text, again.problem) == (first.text, first.problem)
    assert town.heard("Aiko", "Where?") == 1
    both = await town.together(
        Wrote("platform:2", town.sender("Aiko"), "nonsense"),
        Wrote("platform:2", town.sender("Aiko"), "nonsense"),
    )
    assert sorted(answer.repeat for answer in both) == [False, True]
    assert both[0].text == both[1].text
    town.ignores()


async def test_forged_buttons_are_kindly_refused(found: Founding) -> None:
    town = await asked(found)
    ask = town.button("Aiko", "I'm safe").split(":")[1]
    call = town.button("Mori", "All clear: end it").split(":")[1]
    for button in FORGED:
        made = button.format(ask=ask, call=call, me=town.people["Ben"].id)
        said = await town.happens(town.tap("Ben", made))
        if not made.startswith("do:report"):
            assert said.problem, made
            assert said.text, made
    answers = await town.row("SELECT count(*) AS n FROM asks WHERE answer <> ''")
    assert answers.n == 0
    town.ignores()


async def test_somebody_elses_question_is_not_theirs_to_answer(found: Founding) -> None:
    town = await asked(found)
    await town.presses("Ben", town.button("Aiko", "I'm safe"), refused="cannot do that")
    await town.presses("Ben", town.button("Mori", "All clear: end it"), refused="cannot do that")


async def test_a_stranger_is_told_so_and_is_on_record(found: Founding) -> None:
    town = await asked(found)
    stranger = Sender("phone", "phone-of-nobody")
    for event in (
        Wrote("x:1", stranger, "fire!"),
        Tapped("x:2", stranger, town.button("Aiko", "I'm safe")),
        Wrote("x:3", Sender("web", "987654"), "fire!"),
        Wrote("x:4", Sender("web", "not a number"), "fire!"),
        Wrote("x:5", Sender("web", "9" * 30), "fire!"),
        Wrote("x:6", Sender("pigeon", ""), "fire!"),
    ):
        said = await town.happens(event)
        assert said.problem
        assert "not registered" in said.text
    lines = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'stranger'")
    assert lines.n == 6


async def test_somebody_who_left_can_do_nothing_and_is_asked_nothing(found: Founding) -> None:
    town = await asked(found)
    button = town.button("Aiko", "I'm safe")
    ben = town.sender("Ben")
    await town.leaves("Aiko")
    await town.leaves("Ben")
    await town.presses("Aiko", button, refused="not registered")
    said = await town.happens(Wrote("left:1", ben, "fire!"))
    assert "not registered" in said.text
    await town.fast_forward(minutes=4)
    town.hears("Mori", "Are you safe?", "Reminder")
    town.hears("Lena", "Are you safe?", "Reminder")
    town.hears_nothing("Aiko", "Ben")
    await roll_call(town, "Mori", 2)
    town.ignores()


async def test_a_hammering_sender_is_slowed_and_everyone_else_is_not(found: Founding) -> None:
    town = await asked(found)
    button = town.button("Aiko", "I'm safe")
    said = await town.together(*(town.tap("Aiko", button) for _ in range(130)))
    assert sum(answer.problem for answer in said) in (9, 10)
    assert said[-1].text.startswith("That was a bit fast")
    await town.taps("Ben", "I'm safe", told="you are safe")
    await town.fast_forward(minutes=1)
    await town.taps("Aiko", "Not affected", told="not affected")


async def test_a_text_of_ten_thousand_letters_is_cut_and_says_so(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "fire! " + "x" * 9_994, told="Sent")
    town.hears("Aiko", "too long", "4,000")
    town.hears("Aiko", "Where?")
    await town.says("Aiko", "y" * 10_000, refused="shorter", told=None)
    town.ignores()
    await town.taps("Aiko", "Plant", on="Where?")
    await town.taps("Aiko", "Nobody")
    row = await town.row("SELECT length(details) AS n FROM incidents")
    assert row.n == 4000
    town.ignores()


async def test_nasty_words_come_through_as_they_are_and_harm_nobody(found: Founding) -> None:
    town = await found(PEOPLE)
    everything = " ".join(NASTY.values())
    report = {"kind": "fire", "place": NASTY["html"], "hurt": "nobody", "details": everything}
    await town.submits("Aiko", "incident", report, told="Sent")
    await town.taps("Mori", "I take it")
    for words in NASTY.values():
        await town.says("Mori", words + " is what I saw", told="Noted")
        for word in [w for w in words.split() if w.isascii() and w.isprintable()][:3]:
            town.sees("Lena", "Fire", word)
    await town.taps("Mori", "Close")
    await town.says("Mori", everything, told="Closed")
    row = await town.row("SELECT place, details, reason FROM incidents")
    for kept in row:
        assert not INVISIBLE.search(kept), ascii(kept)
    await roll_call(town, "Mori", 4, words=everything)
    town.hears("Aiko", "DROP TABLE people", "<script>", "{ $name }")
    town.ignores()


async def test_nasty_words_are_shown_back_where_the_channel_keeps_no_history(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    for words in NASTY.values():
        await town.says("Ben", words + " fire", told=None)
        said = town.sees("Ben", "You wrote", "fire")
        assert not INVISIBLE.search(said.text), ascii(said.text)
        await town.says("Ben", "cancel", told=None)
    town.ignores()


async def test_nasty_names_are_only_names(found: Founding) -> None:
    people = "Mori: safety @HQ\n" + "".join(
        f"  {' '.join(name.split())[:40]}:\n"
        for name in NASTY.values()
        if ":" not in name and "\x00" not in name and "\ud83d" not in name
    )
    town = await found(people)
    await roll_call(town, "Mori", len(town.people))
    town.ignores()
    await town.fast_forward(minutes=10)
    for name in town.people:
        await town.taps(name, "I'm safe", told="you are safe")
    town.ignores()


async def test_a_numbered_answer_beyond_the_buttons_is_not_understood(found: Founding) -> None:
    town = await asked(found)
    for number in ("0", "9", "99999999999999999999", "-1", "٩", "½"):
        await town.says("Aiko", number, refused="did not understand")
    answers = await town.row("SELECT count(*) AS n FROM asks WHERE answer <> ''")
    assert answers.n == 0
    town.ignores()


async def test_the_log_and_the_journal_hold_no_words_and_no_addresses(found: Founding) -> None:
    town = await found(PEOPLE)
    secret = "the vault code is 1234"
    await town.says("Aiko", f"fire! {secret}", told="Sent")
    await town.taps("Aiko", "Plant")
    await town.taps("Aiko", "Nobody")
    town.ignores()
    async with town.house.store.look() as look:
        lines = await look.conn.exec_driver_sql("SELECT * FROM journal")
        kept = json.dumps([[str(value) for value in row] for row in lines])
    assert "vault" not in kept
    assert "phone-of" not in kept
