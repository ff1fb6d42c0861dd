"""Forms: what is asked, what may be tapped, what went wrong."""

from __future__ import annotations

from bot.cards import Tone
from bot.forms import Draft
from bot.found import Reach
from tests.views.looking import BOSS, ID, LEAD, STAFF, acts, card, shown, text_of, town


async def test_a_question_shows_options_progress_and_ways_out() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="place")
    assert drawn.open
    assert acts(drawn) == ["form:place:Harbour", "form:place:North", "form:!back", "form:!cancel"]
    assert "2 of 3, then it is sent" in text_of(drawn)
    assert drawn.ask is not None
    assert not drawn.ask.multiline
    assert await shown(look, LEAD, "form", f"draft:{ID}", question="place") is None
    assert await shown(look, STAFF, "form", "draft:gone") is None


async def test_what_comes_after_sending_can_only_be_left_out() -> None:
    answers = {"kind": "fire", "place": "B", "hurt": "someone"}
    look = town(drafts={ID: Draft(ID, STAFF, "incident", answers, sent=ID)})
    drawn = await card(look, STAFF, "form", f"draft:{ID}")
    assert drawn.title == "What else should those who come know?"
    assert acts(drawn) == ["form:details:!skip"]
    assert "Your report has been sent." in text_of(drawn)


async def test_an_answered_question_shows_its_answer_and_can_be_changed() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="kind")
    assert (drawn.open, acts(drawn)) == (False, ["form:kind:!change"])
    assert "Fire" in text_of(drawn)


async def test_a_sent_report_can_be_corrected_a_started_roll_call_cannot() -> None:
    report = Draft(ID, STAFF, "incident", {"kind": "fire", "photo": "photo:1"}, sent=ID, done=True)
    look = town(drafts={ID: report})
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="kind")
    assert acts(drawn) == ["form:kind:!change"]
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="photo")
    assert acts(drawn) == []
    look.drafts[ID] = Draft(ID, STAFF, "rollcall", {"drill": "real"}, sent=ID, done=True)
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="drill")
    assert acts(drawn) == []


async def test_a_form_given_up_takes_no_tap() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"}, done=True)})
    for question in ("kind", "place"):
        drawn = await card(look, STAFF, "form", f"draft:{ID}", question=question)
        assert (drawn.open, drawn.buttons) == (False, ())
        assert "This form is no longer open." in text_of(drawn)


async def test_a_problem_is_said_beside_the_question() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(
        look, STAFF, "form", f"draft:{ID}", question="place", problem="problem-too-long"
    )
    assert "Please make it shorter: at most 200 characters." in text_of(drawn)


async def test_the_last_step_tells_everything_before_it_sends() -> None:
    answers = {"drill": "real", "who": "everyone", "words": "Are you safe?", "mode": "cascade"}
    look = town(drafts={ID: Draft(ID, BOSS, "rollcall", answers)})
    look.reachable = Reach(10_000, {"web": 400, "telegram": 9590}, 10)
    drawn = await card(look, BOSS, "form", f"draft:{ID}")
    text = text_of(drawn)
    assert drawn.tone is Tone.URGENT
    for expected in (
        "To send it, type the number of people",
        "THIS IS REAL, not a drill.",
        "Are you safe?",
        "People: 10,000",
        "How: Call tree, level by level",
        "Reached by: Telegram: 9,590 · Web chat: 400",
        "Sending takes: about 6 minutes, 24 seconds",
        "10 people have no working contact",
    ):
        assert expected in text
    assert drawn.ask is not None
    assert "10,000" in drawn.ask.hint


async def test_a_drill_is_started_by_a_tap_and_says_that_it_is_one() -> None:
    answers = {"drill": "drill", "who": "site:North", "words": "Drill", "mode": "broadcast"}
    look = town(drafts={ID: Draft(ID, BOSS, "rollcall", answers)})
    drawn = await card(look, BOSS, "form", f"draft:{ID}")
    assert (drawn.badge, drawn.tone) == ("DRILL", Tone.DRILL)
    assert "THIS IS A DRILL." in text_of(drawn)
    assert "Sending takes: about 1 second" in text_of(drawn)
    assert acts(drawn)[0] == "form:start:start"
