"""Every card in every language, with the longest and oddest words people write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.asks import Ask, Kind, Standing
from bot.calls import Call
from bot.cards import Person as Line
from bot.cards import Text
from bot.found import Count
from bot.incidents import State as Stage
from bot.people import LANGUAGES
from bot.rollcalls import Mode, RollCall, Scope
from bot.rollcalls import State as Ended
from bot.signin import SignIn
from bot.timeline import Note
from tests.views.looking import (
    BOSS,
    ID,
    LEAD,
    LONG_WORDS,
    NOW,
    ODD,
    OFFICER,
    OTHER,
    STAFF,
    Looking,
    answered,
    card,
    check_in,
    drafts,
    incident,
    page,
    people,
    roll_call,
    shown,
    sound,
    town,
)

LONG_NAME = (ODD * 9)[:900]


def odd(look: Looking) -> Looking:
    """The same town with the longest and oddest words."""
    language = look.all_people[STAFF].language
    return replace(
        look,
        all_people=people(language, LONG_NAME, LONG_NAME, LONG_NAME),
        roll_calls={
            i: replace(r, words=LONG_WORDS, ending=LONG_WORDS if r.ended_at else "")
            for i, r in look.roll_calls.items()
        },
        asks={i: replace(a, site=LONG_NAME, team=LONG_NAME) for i, a in look.asks.items()},
        incidents={
            i: replace(n, place=LONG_WORDS, site=LONG_NAME, details=LONG_WORDS, reason=LONG_WORDS)
            for i, n in look.incidents.items()
        },
        timeline=[replace(n, text=LONG_WORDS) for n in look.timeline],
        all_counts=[
            replace(c, site=f"{c.site}{LONG_NAME}", team=f"{c.team}{LONG_NAME}")
            for c in look.all_counts
        ],
        places=tuple(f"{LONG_NAME}{n}" for n in range(300)),
        groups=tuple(f"{LONG_NAME}{n}" for n in range(300)),
    )


def calls() -> list[RollCall]:
    over = {"ended_at": NOW, "ended_by": OFFICER}
    late = {"late_until": NOW + timedelta(days=1)}
    past = {"late_until": NOW - timedelta(days=1)}
    return [
        roll_call(),
        roll_call(drill=True),
        roll_call(state=Ended.LAUNCHING, mode=Mode.CASCADE),
        roll_call(scope=Scope.SITE, target=("Harbour",)),
        roll_call(scope=Scope.UNDER, target=(str(LEAD),)),
        roll_call(scope=Scope.LIST, target=("S1", "S2")),
        roll_call(state=Ended.CLOSED, **over, **late),
        roll_call(state=Ended.CLOSED, drill=True, **over, **past),
        roll_call(state=Ended.CANCELLED, **over),
        roll_call(state=Ended.CANCELLED, drill=True, **over),
    ]


def check_ins() -> list[Ask]:
    return [
        check_in(),
        check_in(standing=Standing.HELD, due_at=None),
        check_in(standing=Standing.CLIMBED, rung=1, reminders=2),
        check_in(standing=Standing.CLIMBED, rung=1, handed=False),
        check_in(standing=Standing.UNREACHED, due_at=None, rung=2, round=2, tries=3),
        check_in(standing=Standing.LAPSED, due_at=None),
        check_in(standing=Standing.WITHDRAWN, due_at=None),
        answered("safe"),
        answered("help"),
        answered("help", by=LEAD),
        answered("unaffected"),
        answered("unaffected", by=OFFICER),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", calls(), ids=lambda c: f"{c.state}-{c.scope}-{c.drill:d}")
async def test_cards_of_a_roll_call_are_sound(language: str, call: RollCall) -> None:
    for ask in check_ins():
        pages = [
            page("p1", f"help:{ID}", LEAD),
            page("p2", f"help:{ID}", OFFICER, taken=ask.on_behalf),
        ]
        look = town(
            language,
            roll_calls={ID: call},
            asks={a.id: a for a in (ask, *pages)},
            lists={LEAD: [ID]},
            handled=2,
            all_counts=[Count("Harbour", "Night", ask.standing.value, ask.answer, 1)],
        )
        for some in (look, odd(look)):
            await card(some, STAFF, "checkin", f"ask:{ID}")
            for reminder in ("1", "2"):
                await card(some, STAFF, "checkin", f"ask:{ID}", reminder=reminder)
            await card(some, LEAD, "worklist", f"worklist:{ID}:{LEAD}")
            await card(some, BOSS, "tally", f"rollcall:{ID}")
            await card(replace(some, queued={"slack": 12_345}), BOSS, "tally", f"rollcall:{ID}")
            for members in ("everyone", "site:Harbour", "team:Elsewhere"):
                await card(some, STAFF, "room", f"rollcall:{ID}", members=members)
            for person in (LEAD, BOSS, OFFICER):
                await card(some, person, "help", f"help:{ID}")
                if ask.answer == "help":
                    for part in ("0", "1", "99"):
                        await card(some, person, "everything", f"help:{ID}", part=part)
            over = await shown(some, STAFF, "lookedafter", f"ask:{ID}")
            assert (over is not None) == (call.state is Ended.CLOSED)
            if over:
                sound(over)
            await card(some, LEAD, "sure", f"ask:{ID}")
            hands = (Call(ID, f"person:{LEAD}", LEAD, "h1"), Call(ID, "desk", None, "h2", 3))
            for number, hand in enumerate(hands, start=1):
                given = page(f"h{number}", f"calls:{ID}", LEAD)
                asks = {**some.asks, given.id: replace(given, kind=Kind.CALL)}
                phones = replace(some, asks=asks, in_hand=(hand,))
                drawn = await card(phones, LEAD, "handout", f"handout:h{number}")
                # The number itself is never on a card that is drawn, only whose it is.
                assert all(line.number in (0, 77) for line in drawn.body if isinstance(line, Line))
                assert await shown(phones, OTHER, "handout", f"handout:h{number}") is None
                await card(phones, LEAD, "onecall", f"ask:{ID}")
                await card(phones, LEAD, "worklist", f"worklist:{ID}:{LEAD}")
            named = await shown(some, OFFICER, "alarm", "alarm:untaken")
            if named:
                sound(named)
            for view, state in (("allclear", Ended.CLOSED), ("cancelled", Ended.CANCELLED)):
                found = await shown(some, OTHER, view, f"rollcall:{ID}")
                assert (found is not None) == (call.state is state)
                if found:
                    sound(found)
            for person in some.all_people:
                for view in ("menu", "explain", "status", "duty"):
                    await card(some, person, view, f"person:{person}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_cards_of_an_incident_are_sound(language: str) -> None:
    variants = [
        incident(),
        incident(kind="vault", hurt="unknown", severity="serious", place="", site=""),
        incident(kind="gone_from_the_rules", hurt="nobody", severity="routine"),
        incident(state=Stage.TAKEN, taken_by=OFFICER, taken_at=NOW, photos=("a", "b")),
        incident(state=Stage.CLOSED, ended_by=OFFICER, ended_at=NOW, reason="Put out."),
        incident(state=Stage.DISMISSED, ended_by=OFFICER, ended_at=NOW),
    ]
    keys = ("note-reported", "note-taken", "note-closed", "note-dismissed", "note-photo", "")
    keys += ("note-edited", "note-deleted")
    timeline = [Note(f"n{k}", f"incident:{ID}", NOW, STAFF, k, "words") for k in keys]
    timeline += [Note("n", f"incident:{ID}", NOW, None, photo="x")]
    for variant in variants:
        pages = {p: page(p, f"incident:{ID}", o) for p, o in (("p1", LEAD), ("p2", OFFICER))}
        for asks in ({}, pages):
            look = town(language, incidents={ID: variant}, asks=asks, timeline=timeline)
            for some in (look, odd(look)):
                for person in (STAFF, LEAD, BOSS, OFFICER):
                    await card(some, person, "incident", f"incident:{ID}")
                    await card(some, person, "status", f"person:{person}")
                assert await shown(some, OTHER, "incident", f"incident:{ID}") is None
                await card(some, STAFF, "sure", f"incident:{ID}")
                assert await shown(some, LEAD, "sure", f"incident:{ID}") is None
                for key in ("told-taken", "told-closed", "told-dismissed"):
                    name = some.all_people[LEAD].name
                    await card(some, STAFF, "told", f"incident:{ID}", text=key, name=name)
                assert await shown(some, LEAD, "told", f"incident:{ID}", text="told-taken") is None


PROBLEMS = (
    "problem-needed",
    "problem-number",
    "problem-photo",
    "problem-too-long",
    "problem-choice",
    "count-wrong",
    "nobody-in-scope",
    "unknown-people",
)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_question_of_every_form_is_sound(language: str) -> None:
    for draft, question in drafts(language):
        look = town(language, drafts={ID: draft})
        asker = {**look.all_people, STAFF: replace(look.all_people[BOSS], id=STAFF)}
        look = replace(look, all_people=asker)
        for some in (look, odd(look)):
            drawn = await shown(some, STAFF, "form", f"draft:{ID}", question=question)
            if drawn is not None:
                sound(drawn)
        if question in draft.answers or draft.done:
            continue
        await card(look, STAFF, "form", f"draft:{ID}", question=question, nudge="1")
        for problem in PROBLEMS:
            if problem == "count-wrong" and question not in ("confirm", "start"):
                continue
            drawn = await shown(
                look, STAFF, "form", f"draft:{ID}", question=question, problem=problem
            )
            if drawn is not None:
                sound(drawn)


REPLIES: dict[str, dict[str, Any]] = {
    "rollcall-launched": {"count": "12"},
    "something-broke": {"ref": "abc234"},
    "text-cut": {"limit": "4000"},
    "count-wrong": {"expected": "40"},
    "unknown-people": {"keys": LONG_NAME},
    "not-understood": {},
    "unknown-person": {},
    "button-gone": {},
    "incident-sent-nobody": {},
    "alarm-channel-over": {"channel": "telegram"},
    "alarm-database-over": {"span": "754"},
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_lines_in_reply_are_sound(language: str) -> None:
    look = town(language)
    for key, values in REPLIES.items():
        drawn = await card(look, STAFF, "plain", "person:3", text=key, **values)
        assert not drawn.open
    for words in ("help", LONG_WORDS):
        said = await card(look, STAFF, "said", "person:3", text=words)
        assert [s.said for s in said.body if isinstance(s, Text)] == [True]
    for channel in ("slack", "telegram", "pigeon"):
        account = await card(look, STAFF, "unlink", "person:3", channel=channel)
        assert [button.id for button in account.buttons] == ["account:unlink", "account:keep"]
    shut = replace(look, shut=("telegram",))
    assert (await card(shut, STAFF, "closed", "channel:telegram")).open
    # It works again by the time the card is sent: no alarm any more.
    assert not (await card(look, STAFF, "closed", "channel:telegram")).open
    assert await shown(look, STAFF, "said", "person:3") is None
    assert await shown(look, STAFF, "plain", "person:3") is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_way_to_the_board_and_a_message_to_a_group_are_sound(language: str) -> None:
    made = SignIn(ID, STAFF, NOW + timedelta(minutes=15), token=f"{ID}.{'a' * 40}")
    used, late = replace(made, used_at=NOW), replace(made, expires_at=NOW - timedelta(minutes=1))
    for sign_in, links in ((made, 1), (used, 0), (late, 0)):
        look = town(language, sign_ins={ID: sign_in})
        drawn = await card(look, STAFF, "board", f"signin:{ID}")
        found = [s.text for s in drawn.body if isinstance(s, Text) and s.link]
        assert len(found) == links
        assert all(address.endswith(f"/board/in/{made.token}") for address in found)
        assert bool(drawn.buttons) is not bool(links)
        assert await shown(look, OTHER, "board", f"signin:{ID}") is None
    assert await shown(town(language), STAFF, "board", "signin:gone") is None
    about = f"message:{ID}:{ID}"
    for text in ("Stay where you are.", LONG_WORDS):
        note = Note(ID, about, NOW, BOSS, text=text)
        look = town(language, roll_calls={ID: roll_call(drill=True)}, timeline=[note])
        drawn = await card(look, STAFF, "message", about)
        assert drawn.badge
        assert await shown(look, STAFF, "message", "message:gone:gone") is None
