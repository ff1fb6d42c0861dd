"""The worklist, the tally and the end: who is missing, who needs help, who may read it."""

from __future__ import annotations

from dataclasses import replace

from bot.asks import Standing
from bot.cards import Fields, Tally, Tone
from bot.cards import Person as Line
from bot.forms import Draft
from bot.found import Count
from bot.rollcalls import State as Call
from tests.views.looking import (
    BOSS,
    ID,
    LEAD,
    NOW,
    OFFICER,
    OTHER,
    STAFF,
    acts,
    answered,
    card,
    crowd,
    over,
    roll_call,
    rules,
    shown,
    text_of,
    town,
)


async def test_a_worklist_turns_its_pages() -> None:
    asks = crowd(20)
    look = town(asks=asks, lists={LEAD: list(asks)}, handled=20)
    subject = f"worklist:{ID}:{LEAD}"
    first = await card(look, LEAD, "worklist", subject)
    assert text_of(first).startswith("20 of 40 still to reach\nPlease call them")
    assert len([s for s in first.body if isinstance(s, Line)]) == 8
    assert [b.label for b in first.buttons] == ["Next \u20688\u2069"]
    assert first.buttons[0].id == f"wl:{ID}:{LEAD}:8"
    last = await card(look, LEAD, "worklist", subject, offset="16")
    assert [b.id for b in last.buttons] == [f"wl:{ID}:{LEAD}:0"]
    assert "17 to 20 of 20" in text_of(last)
    beyond = await card(look, LEAD, "worklist", subject, offset="99")
    assert "1 to 8 of 20" in text_of(beyond)


async def test_a_worklist_never_outgrows_a_card() -> None:
    asks = crowd(50)
    look = town(asks=asks, lists={LEAD: list(asks)})
    generous = rules(worklist_size=50)
    for offset in ("0", "12"):
        await card(look, LEAD, "worklist", f"worklist:{ID}:{LEAD}", generous, offset=offset)


async def test_a_worklist_offers_what_a_call_may_give() -> None:
    asks = {"a": answered("help", ask="a"), **crowd(1)}
    look = town(asks=asks, lists={LEAD: ["a", "a0"]})
    drawn = await card(look, LEAD, "worklist", f"worklist:{ID}:{LEAD}")
    assert drawn.tone is Tone.URGENT
    assert acts(drawn) == ["for:a:safe", "for:a0:safe", "for:a0:help", "for:a0:tried"]
    assert "NEEDS HELP since 14:27" in text_of(drawn)


async def test_a_finished_worklist_is_done_and_asks_nothing() -> None:
    look = town(lists={}, handled=40)
    drawn = await card(look, LEAD, "worklist", f"worklist:{ID}:{LEAD}")
    assert drawn.title.startswith("Done: all")
    assert (drawn.open, drawn.buttons) == (False, ())
    assert await shown(look, OTHER, "worklist", f"worklist:{ID}:{LEAD}") is None


COUNTS = [
    Count("Harbour", "Night", "asked", "", 5),
    Count("Harbour", "Day", "answered", "help", 1),
    Count("North", "Day", "unreached", "", 7),
    Count("North", "Day", "answered", "safe", 20),
    Count("", "", "answered", "unaffected", 3),
    Count("North", "Night", "held", "", 4),
    Count("North", "Night", "withdrawn", "", 2),
]


async def test_a_tally_puts_need_first_and_the_missing_next() -> None:
    asks = {"h": answered("help", ask="h", person=OTHER), **crowd(12)}
    look = town(all_counts=COUNTS, asks=asks)
    drawn = await card(look, OFFICER, "tally", f"rollcall:{ID}")
    assert drawn.title == "Answered: \u206824\u2069 of \u206840\u2069"
    bar = next(s for s in drawn.body if isinstance(s, Tally))
    assert [count for _, count, _ in bar.parts] == [1, 12, 4, 20, 3]
    text = text_of(drawn)
    assert text.index("1 person needs help") < text.index("No answer yet 12")
    assert "North: 7 of 31 missing · 4 not asked yet" in text
    assert text.index("North: 7") < text.index("Harbour: 1 needs help · 5 of 6 missing")
    assert "No site: all 3 answered" in text
    assert "7 people were not reached by anyone." in text
    assert "No answer from 12 people" in text
    assert "4 others" in text
    assert acts(drawn)[-2:] == ["rc:allclear", "rc:calloff"]


async def test_a_tally_is_for_the_launcher_and_the_desk() -> None:
    look = town(all_counts=COUNTS)
    for person, sees in ((BOSS, True), (OFFICER, True), (LEAD, False), (STAFF, False)):
        found = await shown(look, person, "tally", f"rollcall:{ID}")
        assert (found is not None) == sees


async def test_after_the_end_those_in_charge_read_names_and_staff_read_none() -> None:
    counts = [Count("", "", "answered", "help", 1), Count("", "", "lapsed", "", 12)]
    silent = {
        i: replace(ask, standing=Standing.LAPSED, due_at=None) for i, ask in crowd(12).items()
    }
    asks = {"h": answered("help", ask="h", person=LEAD), **silent}
    look = town(all_counts=counts, asks=asks, roll_calls={ID: over()})
    for person in (BOSS, OFFICER, OTHER):
        for view in ("allclear", "tally"):
            drawn = await card(look, person, view, f"rollcall:{ID}")
            text = text_of(drawn)
            assert text.index("1 person needs help") < text.index("Sato Ken")
            assert text.index("No answer from 12 people") < text.index("Amira Nasser")
            assert "4 others" in text
    for person in (STAFF, LEAD):
        drawn = await card(look, person, "allclear", f"rollcall:{ID}")
        assert "Amira" not in text_of(drawn)
        assert "needs help" not in text_of(drawn)
        assert await shown(look, person, "tally", f"rollcall:{ID}") is None


async def test_whoever_is_about_to_end_a_roll_call_reads_who_needs_help() -> None:
    asks = {"h": answered("help", ask="h", person=LEAD), **crowd(12)}
    draft = Draft(ID, BOSS, "allclear", about=f"rollcall:{ID}")
    look = town(all_counts=COUNTS, asks=asks, drafts={ID: draft})
    text = text_of(await card(look, BOSS, "form", f"draft:{ID}"))
    assert text.index("1 person needs help") < text.index("Sato Ken")
    assert "No answer from 12 people" in text
    assert "Not asked yet: 4" in text


async def test_a_tally_names_the_worst_sites_and_counts_the_rest() -> None:
    counts = [Count(f"Site {n:02}", "", "asked", "", n + 1) for n in range(30)]
    drawn = await card(town(all_counts=counts), BOSS, "tally", f"rollcall:{ID}")
    rows = next(s for s in drawn.body if isinstance(s, Fields)).rows
    assert [label for label, _ in rows] == [f"Site {n}" for n in range(29, 21, -1)]
    assert "22 more" in text_of(drawn)


async def test_a_tally_of_an_ended_roll_call_has_no_buttons() -> None:
    over = roll_call(state=Call.CLOSED, ended_at=NOW, ended_by=OFFICER)
    drawn = await card(
        town(all_counts=COUNTS, roll_calls={ID: over}), BOSS, "tally", f"rollcall:{ID}"
    )
    assert drawn.every_button() == ()
    assert "Ended by Lee Wei, 14:30" in text_of(drawn)
