"""People call people: eight names in a hand, never two hands on one name, nobody left over."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calls import Call
from storage import callers
from tests.scenarios.launch import roll_call
from tests.scenarios.phones import plain
from tests.town import Founding, Town

CALLS = {severity: {"call_after": "20m"} for severity in ("routine", "serious", "critical")}

SAFE, HELP, RELATIVE = "Safe (by phone)", "Needs help", "A relative says safe"
TRIED, WRONG, CORRECT = "No answer", "Wrong number", "Correct it"
ASK = "Please call"


def crowd(count: int, lead: str = "Lena: @Plant deputy=Dirk") -> str:
    staff = "\n".join(f"      P{n:02}:" for n in range(count))
    return f"""
Mori: safety admin web @HQ
  Sato: @HQ
    {lead}
{staff}
    Dirk: @Plant
    Rita: responder @Plant
    Remi: responder @Plant
"""


async def silent(found: Founding, count: int, **more: str) -> Town:
    """Everybody but `count` people under Lena has answered, and people begin to call."""
    town = await found(crowd(count, **more), policy=CALLS)
    await roll_call(town, "Mori", len(town.people))
    for name in town.people:
        if name[0] != "P":
            await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=19, seconds=50)
    assert all(not in_hand(town, name) for name in town.people)
    town.ignores()
    await town.fast_forward(seconds=15)
    return town


def in_hand(town: Town, name: str) -> list[str]:
    """Whom somebody is asked to call on the newest hand-out they see."""
    for message in reversed(town.people[name].phone.messages):
        if plain(message.card.title).startswith(ASK) and message.card.open:
            lines = [s for s in message.card.body if hasattr(s, "buttons") and hasattr(s, "number")]
            return [plain(s.name) for s in lines if len(s.buttons) > 1]
    return []


async def gives(town: Town, name: str, label: str, whom: str, told: str) -> None:
    await town.taps(name, label, on=ASK, line=whom, told=told)


async def test_a_lead_is_handed_eight_of_forty_and_the_next_when_they_are_done(
    found: Founding,
) -> None:
    town = await silent(found, 40)
    first = in_hand(town, "Lena")
    assert len(first) == 8
    card = town.hears("Lena", "Please call 8 people", "asked by Phone 05:52")
    assert card.labels().count(WRONG) == 0, "nobody has allowed a number to be shown"
    seen = set(first)
    for name in first[:7]:
        await gives(town, "Lena", SAFE, name, "Recorded: safe")
    assert in_hand(town, "Lena") == first[7:]
    town.ignores()
    await gives(town, "Lena", HELP, first[7], "needs help")
    for name in ("Mori", "Lena"):
        town.hears(name, f"{first[7]} needs help")
    await town.fast_forward(seconds=2)
    second = in_hand(town, "Lena")
    assert len(second) == 8
    assert not seen & set(second)
    town.hears("Lena", "Please call 8 people")
    town.ignores()


async def test_what_a_sleeping_lead_leaves_moves_sideways(found: Founding) -> None:
    town = await silent(found, 12)
    first = in_hand(town, "Lena")
    assert len(first) == 8
    for other in ("Dirk", "Rita", "Remi", "Mori"):
        assert in_hand(town, other) == []
    # Each has as long as anybody above has before it climbs; then it is somebody else's turn.
    await town.fast_forward(minutes=6, seconds=10)
    assert sorted(in_hand(town, "Dirk")) == sorted(first)
    assert not set(in_hand(town, "Lena")) & set(first)
    await town.fast_forward(minutes=6, seconds=10)
    helpers = in_hand(town, "Rita") + in_hand(town, "Remi")
    assert set(first) <= set(helpers) | set(in_hand(town, "Dirk"))
    everybody = [n for who in town.people for n in in_hand(town, who)]
    assert len(everybody) == len(set(everybody)), "nobody is in two hands"
    assert all(len(in_hand(town, who)) <= 8 for who in town.people)
    town.ignores()


async def test_a_team_does_not_wait_for_a_lead_who_sleeps(found: Founding) -> None:
    """Forty people at eight in five minutes: whoever lets them lie is handed no more of them."""
    town = await silent(found, 40)
    first = in_hand(town, "Lena")
    await town.fast_forward(minutes=6, seconds=10)
    assert in_hand(town, "Lena") == []
    assert len(in_hand(town, "Dirk")) == 8
    waiting = await town.row("SELECT count(*) AS n FROM calls WHERE pool LIKE 'person:%'")
    lena = town.people["Lena"].id
    hers = await town.row(f"SELECT count(*) AS n FROM calls WHERE pool = 'person:{lena}'")
    assert (waiting.n, hers.n) == (40, 0), "all of them wait where somebody is awake"
    # Dirk works: he keeps his hand, however long his list is.
    for _ in range(3):
        await town.fast_forward(minutes=3)
        await gives(town, "Dirk", TRIED, in_hand(town, "Dirk")[0], "Recorded: tried")
    assert in_hand(town, "Dirk")
    # She wakes up: what she says counts, and she is handed names again.
    town.ignores()
    await gives(town, "Lena", SAFE, first[0], "Recorded: safe")
    woken = await town.row(f"SELECT max(tries) AS n FROM asks WHERE person = {lena}")
    assert woken.n == 1
    await town.fast_forward(minutes=40)
    assert in_hand(town, "Lena")
    town.ignores()


async def test_whoever_answers_meanwhile_is_off_the_card_in_place(found: Founding) -> None:
    town = await silent(found, 3)
    assert in_hand(town, "Lena") == ["P00", "P01", "P02"]
    town.ignores()
    await town.taps("P01", "I'm safe", told="you are safe")
    assert in_hand(town, "Lena") == ["P00", "P02"]
    town.sees("Lena", "Please call 2 people", lacks=["P01"])
    town.hears_nothing()
    # What a relative says counts, with its own mark.
    await gives(town, "Lena", RELATIVE, "P00", "a relative says")
    town.sees("P00", "Are you safe?", "Lena answered for you", "a relative says that you are safe")
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 8 of 9", "Safe 8")
    row = await town.row("SELECT count(*) AS n FROM asks WHERE answer = 'relative'")
    assert row.n == 1
    town.ignores()


async def test_tried_without_answer_comes_back_after_a_while(found: Founding) -> None:
    town = await silent(found, 2)
    await gives(town, "Lena", TRIED, "P00", "tried")
    assert in_hand(town, "Lena") == ["P01"]
    await gives(town, "Lena", SAFE, "P01", "safe")
    assert in_hand(town, "Lena") == []
    await town.fast_forward(minutes=4)
    assert in_hand(town, "Lena") == []
    town.ignores()
    await town.fast_forward(minutes=2, seconds=5)
    town.hears("Lena", "Please call one person", "P00", "called once, no answer")
    town.ignores()


async def test_a_slip_is_put_right(found: Founding) -> None:
    town = await silent(found, 3)
    await gives(town, "Lena", SAFE, "P00", "Recorded: safe")
    town.ignores()
    await town.taps("Lena", CORRECT, line="P00")
    town.hears("Lena", "What did the call to P00 give?", "Safe (by phone)")
    await town.taps("Lena", TRIED, on="What did the call to P00 give?", told="tried")
    row = await town.row(
        "SELECT standing, answer FROM asks WHERE person = :p AND kind = 'check-in'",
        p=town.people["P00"].id,
    )
    assert (row.standing in ("climbed", "unreached"), row.answer) == (True, "")
    # What they said themselves is theirs: no caller says otherwise by mistake.
    await town.taps("P01", "I'm safe")
    button = town.button("Lena", SAFE, line="P02").replace(":safe", "")
    mine = await town.row("SELECT id FROM asks WHERE person = :p", p=town.people["P01"].id)
    assert button.startswith("call:")
    await town.presses("Lena", f"call:{mine.id}:tried", told="answered in the meantime")
    town.ignores()


async def test_what_is_in_ones_hand_is_found_again(found: Founding) -> None:
    town = await silent(found, 2)
    await town.says("Lena", "status")
    town.hears("Lena", "What is going on", "Please call 2 people")
    await town.taps("Lena", "Open", on="What is going on")
    town.hears("Lena", "Please call 2 people", "P00", "P01")
    handout = await town.row("SELECT id FROM asks WHERE kind = 'call'")
    await town.presses("Rita", f"hand:{handout.id}", refused="cannot do that")
    town.ignores()


async def test_nobody_else_may_say_what_a_call_gave(found: Founding) -> None:
    town = await silent(found, 2)
    button = town.button("Lena", SAFE, on=ASK, line="P00")
    await town.presses("P01", button, refused="cannot do that")
    await town.presses("Rita", button, refused="cannot do that")
    # Above them, or at the desk, one may say what one knows, but not that one called in vain.
    await town.presses(
        "Dirk", button.replace(":safe", ":tried"), refused="Somebody else is calling"
    )
    await town.presses("Mori", button, told="Recorded: safe")
    assert in_hand(town, "Lena") == ["P01"]
    town.ignores()


async def test_a_number_is_shown_to_ones_lead_only_if_one_allowed_it(found: Founding) -> None:
    town = await found(crowd(2), policy=CALLS)
    await town.says("P00", "show my number to my lead", told="your lead, or whoever stands in")
    await town.says("P01", "show my number", told="your lead")
    await town.says("P01", "hide my number", told="shown to nobody")
    await town.says("Mori", "show my number", told="no telephone number")
    await roll_call(town, "Mori", len(town.people))
    for name in town.people:
        if name[0] != "P":
            await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=20, seconds=5)
    number = town.people["P00"].somebody.address("phone")
    other = town.people["P01"].somebody.address("phone")
    town.sees("Lena", ASK, number, lacks=[other])
    used = await town.row("SELECT person, behalf FROM journal WHERE kind = 'number.shown'")
    assert (used.person, used.behalf) == (town.people["Lena"].id, town.people["P00"].id)
    kept = await town.row("SELECT count(*) AS n FROM outbox WHERE args LIKE :n", n=f"%{number}%")
    assert kept.n == 0
    # Whoever helps out from the side does not see it, nor does the desk.
    await town.fast_forward(minutes=13)
    for name in ("Rita", "Remi", "Mori"):
        assert all(number not in m.text for m in town.people[name].phone.messages)
    town.ignores()


async def test_a_wrong_number_is_shown_no_more(found: Founding) -> None:
    town = await found(crowd(1), policy=CALLS)
    await town.says("P00", "show my number", told="your lead")
    await roll_call(town, "Mori", len(town.people))
    for name in town.people:
        if name[0] != "P":
            await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=20, seconds=5)
    number = town.people["P00"].somebody.address("phone")
    town.sees("Lena", ASK, number)
    await gives(town, "Lena", WRONG, "P00", "not shown to callers any more")
    await town.fast_forward(minutes=6)
    again = town.sees("Lena", ASK, "P00", lacks=[number])
    assert WRONG not in again.labels()
    town.ignores()


async def test_when_everything_is_dead_the_hands_carry_every_name(found: Founding) -> None:
    """No question arrives anywhere below Lena; the leads' pages still do."""
    town = await found(crowd(20), policy=CALLS)
    for name, citizen in town.people.items():
        if name[0] == "P":
            town.offices["phone"].blocked.add(citizen.somebody.address("phone"))
    await roll_call(town, "Mori", len(town.people))
    for name in town.people:
        if name[0] != "P":
            await town.taps(name, "I'm safe")
    called: set[str] = set()
    for _ in range(10):
        await town.fast_forward(minutes=5)
        for name in ("Lena", "Dirk", "Rita", "Remi", "Mori", "Sato"):
            for whom in in_hand(town, name):
                called.add(whom)
                await gives(town, name, SAFE, whom, "Recorded: safe")
                await town.settle()
    assert called == {f"P{n:02}" for n in range(20)}
    await town.fast_forward(minutes=2)
    town.sees("Mori", "Answered: 26 of 26")
    town.ignores()


async def test_an_all_clear_ends_the_calling(found: Founding) -> None:
    town = await silent(found, 3)
    town.ignores()
    await town.taps("Mori", "All clear: end it")
    await town.taps("Mori", "End it, nothing to add", told="ended")
    await town.fast_forward(seconds=3)
    town.sees("Lena", "The roll call has ended: no more calls needed", buttons=[])
    town.ignores()
    await town.fast_forward(hours=2)
    town.hears_nothing()
    rows = await town.row("SELECT count(*) AS n FROM asks WHERE due_at IS NOT NULL")
    assert rows.n == 0


async def answer_of(town: Town, name: str) -> tuple[str, str, int | None]:
    """How somebody stands in the roll call: standing, answer, who gave it."""
    row = await town.row(
        "SELECT standing, answer, answered_by FROM asks WHERE person = :p AND kind = 'check-in'",
        p=town.people[name].id,
    )
    return (row.standing, row.answer, row.answered_by)


async def test_no_caller_ends_the_cry_of_somebody_else(found: Founding) -> None:
    town = await silent(found, 2)
    button, mine = town.button("Lena", HELP, on=ASK, line="P00"), town.people["P00"].id
    await town.taps("P00", "I need help")
    await town.presses("Lena", button, told="needs help")
    assert await answer_of(town, "P00") == ("answered", "help", mine)
    await town.presses("Lena", button.replace(":help", ":tried"), told="in the meantime")
    assert await answer_of(town, "P00") == ("answered", "help", mine)
    # What she says herself she may end, but not by a slip of the thumb.
    await town.taps("Lena", HELP, on=ASK, line="P01")
    town.ignores()
    await town.presses("Lena", town.button("Lena", CORRECT, line="P01"))
    await town.taps("Lena", TRIED, on="What did the call to P01 give?")
    town.hears("Lena", "Is P01 really safe now?")
    assert (await answer_of(town, "P01"))[1] == "help"
    pages = await town.row(
        "SELECT count(*) AS n FROM asks WHERE kind = 'page' AND standing = 'asked'"
    )
    assert pages.n > 0
    town.ignores()


async def test_what_is_taken_back_leaves_what_they_said_themselves(found: Founding) -> None:
    town = await silent(found, 2)
    p00, p01 = (town.button("Lena", HELP, on=ASK, line=name) for name in ("P00", "P01"))
    await town.taps("P00", "I'm safe")
    await town.presses("Lena", p00, told="needs help")
    town.ignores()
    await town.presses("Lena", p00.replace("call:", "for:").replace(":help", ":nowsafe"))
    assert await answer_of(town, "P00") == ("answered", "safe", town.people["Lena"].id)
    await town.presses("Lena", p00.replace(":help", ":tried"), told="safe")
    assert await answer_of(town, "P00") == ("answered", "safe", town.people["P00"].id)
    # A cry that was ended by mistake is heard again.
    await town.taps("P01", "I need help")
    town.ignores()
    await town.presses("Lena", p01.replace("call:", "for:").replace(":help", ":nowsafe"))
    town.ignores()
    await town.presses("Lena", p01.replace(":help", ":tried"), told="needs help")
    assert (await answer_of(town, "P01"))[:2] == ("answered", "help")
    town.hears("Mori", "P01 needs help")
    town.ignores()


async def test_whoever_is_silent_or_in_need_is_handed_nobody(found: Founding) -> None:
    town = await found(crowd(3), policy=CALLS)
    await roll_call(town, "Mori", len(town.people))
    for name in ("Mori", "Sato", "Dirk", "Remi"):
        await town.taps(name, "I'm safe")
    await town.taps("Lena", "I need help")
    await town.fast_forward(minutes=20, seconds=5)
    assert in_hand(town, "Lena") == []
    assert in_hand(town, "Dirk") == ["P00", "P01", "P02"]
    assert in_hand(town, "Sato") == ["Rita"]
    # Sato sleeps, and the desk is above nobody of the site: it goes to Remi, not to Rita herself.
    await town.fast_forward(minutes=6)
    handed = {name: in_hand(town, name) for name in ("Rita", "Remi", "Mori")}
    assert handed["Rita"] == []
    assert "Rita" in handed["Remi"] + handed["Mori"]
    town.ignores()


ALONE = """
Mori: safety admin web @HQ
  Sato: @HQ
    Lena: @Plant
      Rita: responder @Plant
"""


async def test_nobody_waits_for_ever_to_be_called_by_themselves(found: Founding) -> None:
    town = await found(ALONE, policy=CALLS)
    await roll_call(town, "Mori", 4)
    await town.taps("Sato", "I'm safe")
    await town.taps("Lena", "I'm safe")
    held: dict[str, set[str]] = {name: set() for name in town.people}
    await town.fast_forward(minutes=20, seconds=5)
    for _ in range(8):
        for name in town.people:
            held[name] |= set(in_hand(town, name))
        await town.fast_forward(minutes=6)
    # Mori is the whole desk, and silent as well: others look for them, and they for others.
    assert held["Rita"] == set()
    assert all("Rita" in held[name] for name in ("Lena", "Mori"))
    town.ignores()


async def test_every_pool_has_its_turn_however_many_callers_are_busy(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callers, "POOLS", 2)
    sites = range(5)
    staff = "\n".join(
        f"  L{n}: @S{n}\n    R{n}: responder @S{n}\n"
        + "\n".join(f"    P{n}{m:02}: @S{n}" for m in range(10))
        for n in sites
    )
    town = await found(f"Mori: away safety admin web @HQ\n{staff}\n", policy=CALLS)
    await roll_call(town, "Mori", len(town.people))
    for name in town.people:
        if name[0] in "MR":
            await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=20, seconds=5)
    # Each site has two names left over, which wait for the one who is busy.
    await town.fast_forward(minutes=2)
    assert {n: len(in_hand(town, f"R{n}")) for n in sites} == dict.fromkeys(sites, 8)
    town.ignores()


async def test_a_second_tap_on_a_call_counts_no_more(found: Founding) -> None:
    town = await found(crowd(1), policy=CALLS)
    await town.says("P00", "show my number", told="your lead")
    await roll_call(town, "Mori", len(town.people))
    for name in town.people:
        if name[0] != "P":
            await town.taps(name, "I'm safe")
    await town.fast_forward(minutes=20, seconds=5)
    wrong, tried = (town.button("Lena", label, on=ASK, line="P00") for label in (WRONG, TRIED))
    contact = wrong.rpartition(":")[2]
    # Of another contact than the one that was shown nothing is struck.
    await town.presses("Lena", wrong.replace(contact, "99"), told="tried, no answer")
    await town.fast_forward(minutes=6)
    assert (await town.row("SELECT wrong_at FROM contacts WHERE id = :c", c=int(contact)))[
        0
    ] is None
    await town.presses("Lena", wrong, told="not shown to callers any more")
    for again in (wrong, tried):
        await town.presses("Lena", again, refused="not in your hand any more")
    row = await town.row("SELECT tries FROM asks WHERE person = :p", p=town.people["P00"].id)
    assert row.tries == 2
    town.ignores()


async def test_hands_emptied_at_one_moment_are_filled_in_one_look(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await silent(found, 20)
    await town.fast_forward(minutes=12, seconds=20)
    holding = [name for name in ("Lena", "Dirk", "Rita", "Remi") if in_hand(town, name)]
    assert holding == ["Rita", "Remi"]
    looks, waiting = [], callers.waiting

    async def counted(
        conn: AsyncConnection, about: str, now: datetime, after: str = ""
    ) -> tuple[list[Call], str]:
        looks.append(now)
        return await waiting(conn, about, now, after)

    monkeypatch.setattr(callers, "waiting", counted)
    for name in holding:
        for whom in in_hand(town, name):
            await gives(town, name, SAFE, whom, "Recorded: safe")
    assert looks == [], "not one look for each"
    await town.fast_forward(seconds=2)
    assert len({look.replace(microsecond=0) for look in looks}) == 1
    assert in_hand(town, "Rita") + in_hand(town, "Remi")
    town.ignores()
