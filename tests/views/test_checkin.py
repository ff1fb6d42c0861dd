"""The check-in: the question, its reminders, and what became of it."""

from __future__ import annotations

from datetime import timedelta

from bot.asks import Standing
from bot.cards import Tone
from bot.rollcalls import State as Call
from tests.views.looking import (
    BOSS,
    ID,
    LEAD,
    NOW,
    OFFICER,
    STAFF,
    TEXTS,
    acts,
    answered,
    card,
    check_in,
    page,
    roll_call,
    shown,
    text_of,
    town,
)


async def test_a_check_in_asks_names_its_sender_and_offers_three_answers() -> None:
    drawn = await card(town(), STAFF, "checkin", f"ask:{ID}")
    assert drawn.open
    assert acts(drawn) == ["ask:safe", "ask:help", "ask:unaffected"]
    assert drawn.tone is Tone.URGENT
    assert text_of(drawn).startswith(
        "Are you safe?\nEarthquake in the harbour. Are you safe?\nSent by Chen Mei, Sunrise Clinic"
    )
    assert "14:21" in text_of(drawn)


async def test_an_answered_check_in_says_so_and_lets_it_be_changed() -> None:
    drawn = await card(town(asks={ID: answered("safe")}), STAFF, "checkin", f"ask:{ID}")
    assert not drawn.open
    assert [b.chosen for b in drawn.buttons] == [True, False, False]
    assert "Recorded 14:27: you are safe. Thank you." in text_of(drawn)
    assert "You can change your answer at any time." in text_of(drawn)
    assert drawn.tone is Tone.GOOD


async def test_an_answer_on_behalf_names_who_gave_it() -> None:
    look = town(asks={ID: answered("unaffected", by=LEAD)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "Sato Ken answered for you, 14:27: you are not affected." in text_of(drawn)


async def test_after_a_cry_it_says_truthfully_who_was_told_and_who_comes() -> None:
    look = town(asks={ID: answered("help")})
    assert "Nobody could be told automatically." in text_of(
        await card(look, STAFF, "checkin", f"ask:{ID}")
    )
    look.asks["p1"] = page("p1", f"help:{ID}", LEAD)
    look.asks["p2"] = page("p2", f"help:{ID}", OFFICER)
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "Told: Sato Ken and Lee Wei." in text_of(drawn)
    assert drawn.tone is Tone.URGENT
    look.asks["p2"] = page("p2", f"help:{ID}", OFFICER, taken=True)
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "Lee Wei is taking care of it." in text_of(drawn)


async def test_a_drill_is_one_beyond_doubt() -> None:
    look = town(roll_calls={ID: roll_call(drill=True)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert (drawn.badge, drawn.tone) == ("DRILL", Tone.DRILL)
    assert "This is a drill." in text_of(drawn)
    real = await card(town(), STAFF, "checkin", f"ask:{ID}")
    assert real.badge == ""


async def test_a_reminder_says_that_it_is_one_until_there_is_an_answer() -> None:
    drawn = await card(town(), STAFF, "checkin", f"ask:{ID}", reminder="2")
    assert "Reminder 2: we have not heard from you yet." in text_of(drawn)
    look = town(asks={ID: answered("safe")})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}", reminder="2")
    assert "Reminder" not in text_of(drawn)
    assert not drawn.open


async def test_late_answers_are_welcome_until_they_are_not() -> None:
    over = {"state": Call.CLOSED, "ended_at": NOW, "ended_by": BOSS}
    lapsed = {ID: check_in(standing=Standing.LAPSED, due_at=None)}
    late = roll_call(**over, late_until=NOW + timedelta(hours=1))
    drawn = await card(town(roll_calls={ID: late}, asks=lapsed), STAFF, "checkin", f"ask:{ID}")
    assert len(drawn.buttons) == 3
    assert not drawn.open
    assert "Your answer is still welcome." in text_of(drawn)
    past = roll_call(**over, late_until=NOW - timedelta(hours=1))
    drawn = await card(town(roll_calls={ID: past}, asks=lapsed), STAFF, "checkin", f"ask:{ID}")
    assert drawn.buttons == ()
    assert "There is nothing to do." in text_of(drawn)


async def test_a_roll_call_called_off_asks_nothing_more() -> None:
    off = roll_call(state=Call.CANCELLED, ended_at=NOW, ended_by=BOSS)
    look = town(roll_calls={ID: off}, asks={ID: check_in(standing=Standing.WITHDRAWN)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert drawn.every_button() == ()
    assert not drawn.open
    assert "sent by mistake" in text_of(drawn)


async def test_nobody_sees_another_ones_check_in() -> None:
    assert await shown(town(), LEAD, "checkin", f"ask:{ID}") is None
    assert await shown(town(), STAFF, "checkin", "ask:none") is None


async def test_suggested_words_are_read_in_ones_own_language() -> None:
    english = TEXTS.words("en").say("option-rollcall-words-earthquake")
    look = town("ja", roll_calls={ID: roll_call(words=english)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "地震がありました。ご無事ですか？" in text_of(drawn)
